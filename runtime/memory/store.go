// Package memory keeps a log in memory: for tests, for trying things out, and for what may be forgotten
// when the process ends. It obeys every sentence of the store's contract, so that a test on it does not lie.
//
// It starts no goroutine and reads no clock, so it works in a testing/synctest bubble.
package memory

import (
	"context"
	"sync"

	"github.com/fluvius-io/fluvius-go/runtime"
)

// Store is a log and its cells, in memory. It is safe for concurrent use and needs no closing.
type Store struct {
	mu      sync.RWMutex
	log     []*runtime.Record // by position, from 1; what is in it never changes
	streams map[runtime.Stream]*stream
	grown   chan struct{} // closed at the next append; nil while nobody waits
	cells   cells
}

// stream is one aggregate's events. Slices of both lists are handed to readers: they only ever grow.
type stream struct {
	records  []*runtime.Record // by sequence, from 1
	commands map[string]runtime.Appended
}

// New returns an empty store.
func New() *Store {
	return &Store{streams: map[runtime.Stream]*stream{}, cells: cells{buckets: map[string]bucket{}}}
}

var _ runtime.Store = (*Store)(nil)

// Append implements [runtime.Log].
func (s *Store) Append(ctx context.Context, a runtime.Append) (runtime.Appended, error) {
	if err := ctx.Err(); err != nil {
		return runtime.Appended{}, err
	}
	if err := a.Check(); err != nil {
		return runtime.Appended{}, err
	}
	own := make([]runtime.Record, len(a.Records)) // before the lock, which is for all
	for i := range own {
		own[i] = a.Normal(i)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.append(a, own)
}

func (s *Store) append(a runtime.Append, own []runtime.Record) (runtime.Appended, error) {
	st := s.streams[a.Stream]
	if st == nil {
		st = &stream{}
	}
	if done, ok := st.commands[a.CommandID]; ok && a.CommandID != "" {
		done.Duplicate = true
		return done, nil
	}
	if actual := uint64(len(st.records)); actual != a.After.Sequence {
		return runtime.Appended{}, runtime.ConflictError{Stream: a.Stream, Expected: a.After.Sequence, Actual: actual}
	}
	if len(own) == 0 {
		return nothing(st), nil
	}
	s.streams[a.Stream] = st
	done := s.add(st, own)
	st.remember(a.CommandID, done)
	s.wake()
	return done, nil
}

// nothing answers an append of no records. It leaves no trace, not even of its command id: First is one
// past Last, so that Last.Sequence+1-First is the count of what was stored, as for any other.
func nothing(st *stream) runtime.Appended {
	last := uint64(len(st.records))
	done := runtime.Appended{First: last + 1, Last: runtime.Mark{Sequence: last}}
	if last > 0 {
		done.Last.Position = st.records[last-1].Position
	}
	return done
}

func (s *Store) add(st *stream, own []runtime.Record) runtime.Appended {
	for i := range own {
		own[i].Position = uint64(len(s.log)) + 1
		s.log = append(s.log, &own[i])
		st.records = append(st.records, &own[i])
	}
	last := &own[len(own)-1]
	return runtime.Appended{First: own[0].Sequence, Last: runtime.Mark{Sequence: last.Sequence, Position: last.Position}}
}

func (st *stream) remember(commandID string, done runtime.Appended) {
	if commandID == "" {
		return
	}
	if st.commands == nil {
		st.commands = map[string]runtime.Appended{}
	}
	st.commands[commandID] = done
}

// Lookup implements [runtime.Log].
func (s *Store) Lookup(ctx context.Context, at runtime.Stream, commandID string) (runtime.Appended, bool, error) {
	if err := ctx.Err(); err != nil {
		return runtime.Appended{}, false, err
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	st := s.streams[at]
	if st == nil {
		return runtime.Appended{}, false, nil
	}
	done, ok := st.commands[commandID]
	return done, ok, nil
}
