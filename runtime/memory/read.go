package memory

import (
	"context"
	"iter"

	"github.com/fluvius-io/fluvius-go/runtime"
)

// checkEvery is how many events are yielded between two looks at the context, which cost more than an event.
const checkEvery = 256

// Read implements [runtime.Log]. It yields the stream as it is when the loop begins.
func (s *Store) Read(ctx context.Context, at runtime.Stream, after runtime.Mark) iter.Seq2[runtime.Record, error] {
	return func(yield func(runtime.Record, error) bool) {
		yieldAll(ctx, s.streamAfter(at, after.Sequence), yield)
	}
}

func (s *Store) streamAfter(at runtime.Stream, sequence uint64) []*runtime.Record {
	s.mu.RLock()
	defer s.mu.RUnlock()
	st := s.streams[at]
	if st == nil || sequence >= uint64(len(st.records)) {
		return nil
	}
	return st.records[sequence:]
}

// ReadAll implements [runtime.Log]. It yields the log as it is when the loop begins; with a limit below one
// it yields nothing.
func (s *Store) ReadAll(ctx context.Context, after uint64, limit int) iter.Seq2[runtime.Record, error] {
	return func(yield func(runtime.Record, error) bool) {
		yieldAll(ctx, s.logAfter(after, limit), yield)
	}
}

func (s *Store) logAfter(position uint64, limit int) []*runtime.Record {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if position >= uint64(len(s.log)) || limit <= 0 {
		return nil
	}
	rest := s.log[position:]
	return rest[:min(limit, len(rest))]
}

// yieldAll holds no lock: the records that the slice points to never change, and the slice is a view of a
// list that only grows behind it.
func yieldAll(ctx context.Context, records []*runtime.Record, yield func(runtime.Record, error) bool) {
	if err := ctx.Err(); err != nil {
		yield(runtime.Record{}, err)
		return
	}
	for i, r := range records {
		if i%checkEvery == checkEvery-1 && ctx.Err() != nil {
			yield(runtime.Record{}, ctx.Err())
			return
		}
		if !yield(*r, nil) {
			return
		}
	}
}

// Head implements [runtime.Log].
func (s *Store) Head(ctx context.Context) (uint64, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	return uint64(len(s.log)), nil
}

// Wait implements [runtime.Log].
func (s *Store) Wait(ctx context.Context, after uint64) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		grown := s.grownAfter(after)
		if grown == nil {
			return nil
		}
		select {
		case <-grown:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// grownAfter is nil if there is an event after the position, else the channel that the next append closes.
// It is made by who waits, not by New: a channel belongs to the synctest bubble that made it, and a store
// may have been opened outside.
func (s *Store) grownAfter(position uint64) <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	if uint64(len(s.log)) > position {
		return nil
	}
	if s.grown == nil {
		s.grown = make(chan struct{})
	}
	return s.grown
}

// wake is called with the lock held.
func (s *Store) wake() {
	if s.grown != nil {
		close(s.grown)
		s.grown = nil
	}
}
