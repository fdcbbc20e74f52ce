package sqlite

import (
	"context"
	"sync"
	"time"
)

// poll is how often Wait looks for the events of other processes, which nothing tells it of.
const poll = time.Second

// Wait implements [runtime.Log]. An append of this store ends it at once, one of another process within a
// second. What it asks each second is the log's last position, one page of the file; PRAGMA data_version
// costs the same, tells only that someone wrote something, and needs a connection of its own.
func (s *Store) Wait(ctx context.Context, after uint64) error {
	for {
		grown := s.grown.next() // before Head: what is appended in between rings this one
		if head, err := s.Head(ctx); err != nil || head > after {
			return err
		}
		if err := s.waitFor(ctx, grown); err != nil {
			return err
		}
	}
}

func (s *Store) waitFor(ctx context.Context, grown <-chan struct{}) error {
	timer := time.NewTimer(poll)
	defer timer.Stop()
	select {
	case <-grown:
	case <-timer.C:
	case <-ctx.Done():
		return ctx.Err()
	}
	return nil
}

// bell wakes all who listen: a channel that is closed and replaced.
type bell struct {
	mu   sync.Mutex
	rung chan struct{}
}

func (b *bell) next() <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.rung == nil {
		b.rung = make(chan struct{})
	}
	return b.rung
}

func (b *bell) ring() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.rung != nil {
		close(b.rung)
		b.rung = nil
	}
}
