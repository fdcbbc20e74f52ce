package runtime

import (
	"context"
	"slices"
	"sync"
)

// seats is where actions wait for each other: one queue an aggregate, in this process. Beside the queue
// stands what is known of the aggregate from the last time, for at most limit aggregates, the one used
// longest ago going first.
//
// One mutex for all: it is held for a few map and list operations. No channel is made before somebody has to
// wait, so that an engine made outside of a synctest bubble works in one.
type seats struct {
	limit int

	mu     sync.Mutex
	byName map[seatName]*seat
	warm   int
	newest *seat // the list of those that are warm
	oldest *seat
}

type seatName struct{ aggregate, id string }

type seat struct {
	name         seatName
	held         bool
	waiting      []chan struct{}
	warm         warmth // nil where nothing is known
	newer, older *seat
}

// warmth is a state that the aggregate had; it never changes.
type warmth interface{ sequence() uint64 }

// take waits for the aggregate's turn. Who has taken must release.
func (s *seats) take(ctx context.Context, name seatName) error {
	turn := s.enter(name)
	if turn == nil {
		return nil
	}
	if decidingHere() {
		s.leave(name, turn)
		return errInDecision
	}
	select {
	case <-turn:
		return nil
	case <-ctx.Done():
		s.leave(name, turn)
		return ctx.Err()
	}
}

// enter is nil if it is the caller's turn at once.
func (s *seats) enter(name seatName) chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := s.at(name)
	if !at.held {
		at.held = true
		return nil
	}
	turn := make(chan struct{})
	at.waiting = append(at.waiting, turn)
	return turn
}

// leave is for who no longer waits. If the turn came in the same instant it is passed on.
func (s *seats) leave(name seatName, turn chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := s.byName[name]
	if i := slices.Index(at.waiting, turn); i >= 0 {
		at.waiting = slices.Delete(at.waiting, i, i+1)
		return
	}
	s.pass(at)
}

func (s *seats) release(name seatName) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pass(s.byName[name])
}

func (s *seats) pass(at *seat) {
	if len(at.waiting) == 0 {
		at.held = false
		s.forget(at)
		return
	}
	next := at.waiting[0]
	at.waiting = at.waiting[1:]
	close(next)
}

// know keeps what is known of an aggregate, unless something newer is.
func (s *seats) know(name seatName, w warmth) {
	if s.limit == 0 {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	at := s.at(name)
	if at.warm != nil && at.warm.sequence() > w.sequence() {
		return
	}
	if at.warm == nil {
		s.warm++
	} else {
		s.unlink(at)
	}
	at.warm = w
	s.link(at)
	if s.warm > s.limit {
		s.cool(s.oldest)
	}
}

// known is what is known of an aggregate; nil for nothing.
func (s *seats) known(name seatName) warmth {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := s.byName[name]
	if at == nil || at.warm == nil {
		return nil
	}
	s.unlink(at)
	s.link(at)
	return at.warm
}

func (s *seats) at(name seatName) *seat {
	at := s.byName[name]
	if at == nil {
		if s.byName == nil {
			s.byName = map[seatName]*seat{}
		}
		at = &seat{name: name}
		s.byName[name] = at
	}
	return at
}

// cool drops what is known.
func (s *seats) cool(at *seat) {
	s.unlink(at)
	at.warm = nil
	s.warm--
	s.forget(at)
}

// forget drops a seat that nobody needs.
func (s *seats) forget(at *seat) {
	if !at.held && at.warm == nil {
		delete(s.byName, at.name)
	}
}

func (s *seats) link(at *seat) {
	at.older, at.newer = s.newest, nil
	if s.newest != nil {
		s.newest.newer = at
	} else {
		s.oldest = at
	}
	s.newest = at
}

func (s *seats) unlink(at *seat) {
	if at.newer != nil {
		at.newer.older = at.older
	} else {
		s.newest = at.older
	}
	if at.older != nil {
		at.older.newer = at.newer
	} else {
		s.oldest = at.newer
	}
	at.newer, at.older = nil, nil
}
