package storetest

import (
	"context"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

var waitLaws = []sentence{
	{"wait", "returns nil when there is an event with Position > after", lawWaitThere},
	{"wait", "an append wakes all who wait", lawWaitWakes},
	{"wait", "ends with its context", lawWaitContext},
	{"wait", "an append through another process ends it, though no notification came", lawWaitLost},
}

func lawWaitThere(t *testing.T, o Opened) {
	done := mustAppend(t, o.Store, next(user("u"), 0, 2))
	require.NoError(t, o.Store.Wait(background(t), 0))
	require.NoError(t, o.Store.Wait(background(t), done.Last.Position-1))
}

func lawWaitWakes(t *testing.T, o Opened) {
	for round := range many(50, 10) {
		head := headOf(t, o.Store)
		answers := make([]error, 8)
		var wg sync.WaitGroup
		for i := range answers {
			wg.Go(func() { answers[i] = waitPast(t.Context(), o, head) })
		}
		mustAppend(t, o.Store, next(user("u"), uint64(round), 1))
		wg.Wait()
		for _, err := range answers {
			require.NoError(t, err)
		}
	}
}

// waitPast waits until the log has grown: Wait itself may be wrong.
func waitPast(ctx context.Context, o Opened, position uint64) error {
	for {
		if err := o.Store.Wait(ctx, position); err != nil {
			return err
		}
		if head, err := o.Store.Head(ctx); err != nil || head > position {
			return err
		}
	}
}

func lawWaitContext(t *testing.T, o Opened) {
	require.ErrorIs(t, o.Store.Wait(cancelled(t), 0), context.Canceled)
	done := mustAppend(t, o.Store, next(user("u"), 0, 1))
	ctx, cancel := context.WithCancel(background(t))
	answer := make(chan error)
	go func() {
		for {
			if err := o.Store.Wait(ctx, done.Last.Position); err != nil {
				answer <- err
				return
			}
		}
	}()
	cancel()
	require.ErrorIs(t, <-answer, context.Canceled)
}

func lawWaitLost(t *testing.T, o Opened) {
	if o.Beside == nil {
		t.Skip("this store is in one process only")
	}
	other := o.Beside(t)
	for round := range 2 {
		head := headOf(t, o.Store)
		answer := make(chan error)
		go func() { answer <- waitPast(t.Context(), o, head) }()
		mustAppend(t, other, next(user("u"), uint64(round), 1))
		require.NoError(t, <-answer)
	}
}
