package runtime_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/fluvius-io/fluvius-go/runtime/memory"
)

// The subscriptions are tested on records alone, in a bubble of testing/synctest, so that leases, back-off and
// heart-beats take no time and nothing is left to chance.

var errNoted = errors.New("as the test wants it")

// happen appends one event to an aggregate and gives its position.
func happen(t *testing.T, s runtime.Store, id string) uint64 {
	t.Helper()
	stream := runtime.Stream{Domain: "d", Aggregate: "a", ID: id}
	var mark runtime.Mark
	for r, err := range s.Read(context.Background(), stream, mark) {
		require.NoError(t, err)
		mark = runtime.Mark{Sequence: r.Sequence, Position: r.Position}
	}
	done, err := s.Append(context.Background(), runtime.Append{Stream: stream, After: mark, Records: []runtime.Record{{
		Header: runtime.Header{
			Domain: "d", Aggregate: "a", AggregateID: id, Key: "happened", Version: 1,
			Sequence: mark.Sequence + 1, Timestamp: time.Now().UTC(),
		},
		Data: "{}",
	}}})
	require.NoError(t, err)
	return done.Last.Position
}

func engine(t *testing.T, s runtime.Store, opts ...runtime.DomainOption) *runtime.Engine {
	t.Helper()
	e, err := runtime.NewEngine(s, "d", opts...)
	require.NoError(t, err)
	return e
}

// seen notes what a handler was given, as id/sequence.
type seen struct {
	mu   sync.Mutex
	list []string
}

func (s *seen) add(r runtime.Record) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.list = append(s.list, fmt.Sprintf("%s/%d", r.AggregateID, r.Sequence))
}

func (s *seen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.list, " ")
}

// start runs an engine; the function it returns ends Run and gives its error.
func start(e *runtime.Engine) func() error {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- e.Run(ctx) }()
	return func() error {
		cancel()
		return <-done
	}
}

func letters(t *testing.T, e *runtime.Engine, handler string) []string {
	t.Helper()
	all, err := e.DeadLetters(context.Background(), handler)
	require.NoError(t, err)
	var out []string
	for _, l := range all {
		out = append(out, fmt.Sprintf("%s/%d", l.AggregateID, l.Sequence))
	}
	return out
}

func TestRunHandlesWhatComes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, got := memory.New(), &seen{}
		e := engine(t, s)
		runtime.OnRecord(e, "h", func(_ context.Context, r runtime.Record) error { got.add(r); return nil })
		happen(t, s, "x")
		stop := start(e)
		require.NoError(t, e.WaitFor(t.Context(), happen(t, s, "y")))
		require.NoError(t, e.WaitFor(t.Context(), happen(t, s, "x"), "h"))
		require.Equal(t, "x/1 y/1 x/2", got.String())
		require.NoError(t, stop())
	})
}

func TestLaw20AFailingHandlerStopsNoOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, got := memory.New(), &seen{}
		e := engine(t, s)
		runtime.OnRecord(e, "bad", func(context.Context, runtime.Record) error { panic("oh") }, runtime.Retry(1000))
		runtime.OnRecord(e, "good", func(_ context.Context, r runtime.Record) error { got.add(r); return nil })
		stop := start(e)
		require.NoError(t, e.WaitFor(t.Context(), happen(t, s, "x"), "good"))
		require.Equal(t, "x/1", got.String())
		require.NoError(t, stop(), "what is in flight is neither parked nor lost")
		require.Empty(t, letters(t, e, "bad"))
	})
}

func TestLaw21ACrashLosesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, got := memory.New(), &seen{}
		happen(t, s, "x")
		handler := func(_ context.Context, r runtime.Record) error { got.add(r); return nil }
		for range 2 {
			e := engine(t, s)
			runtime.OnRecord(e, "h", handler)
			require.NoError(t, e.CatchUp(t.Context()))
		}
		require.Equal(t, "x/1", got.String(), "after its checkpoint it does not come again")
	})
}

func TestLaw21WhatWasInFlightAtACrashComesAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, got := memory.New(), &seen{}
		crashed := &stalling{Store: s, wake: make(chan struct{})}
		e1, e2 := engine(t, crashed), engine(t, s)
		runtime.OnRecord(e1, "h", func(context.Context, runtime.Record) error {
			crashed.stall() // from here on this process writes nothing more
			<-crashed.wake
			return nil
		})
		runtime.OnRecord(e2, "h", func(_ context.Context, r runtime.Record) error { got.add(r); return nil })
		happen(t, s, "x")
		stop1 := start(e1)
		synctest.Wait()
		stop2 := start(e2)
		require.NoError(t, e2.WaitFor(t.Context(), 1))
		require.Equal(t, "x/1", got.String(), "its handler never ended, so another process handles the event")
		close(crashed.wake)
		require.NoError(t, stop1())
		require.NoError(t, stop2())
	})
}

func TestLaw22AFailureIsNotAcknowledgedByALaterSuccess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, got, broken := memory.New(), &seen{}, true
		e := engine(t, s)
		runtime.OnRecord(e, "h", func(_ context.Context, r runtime.Record) error {
			if r.AggregateID == "bad" && broken {
				return errNoted
			}
			got.add(r)
			return nil
		}, runtime.Retry(0))
		for _, id := range []string{"a", "bad", "a", "b"} {
			happen(t, s, id)
		}
		require.ErrorIs(t, e.CatchUp(t.Context()), errNoted)
		require.Equal(t, "a/1 a/2 b/1", got.String())
		require.Equal(t, []string{"bad/1"}, letters(t, e, "h"))
		broken = false
		require.NoError(t, e.Retry(t.Context(), "h", "a", "bad"))
		require.Equal(t, "a/1 a/2 b/1 bad/1", got.String())
		require.Empty(t, letters(t, e, "h"))
	})
}

func TestLaw23WhatIsParkedKeepsItsOrder(t *testing.T) {
	for _, concurrency := range []int{1, 4} {
		t.Run(fmt.Sprintf("concurrency %d", concurrency), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s, got, broken := memory.New(), &seen{}, true
				var log strings.Builder
				e := engine(t, s, runtime.WithLogger(slog.New(slog.NewTextHandler(&log, nil))))
				runtime.OnRecord(e, "h", func(_ context.Context, r runtime.Record) error {
					if r.AggregateID == "bad" && r.Sequence == 1 && broken {
						return errNoted
					}
					got.add(r)
					return nil
				}, runtime.Retry(2), runtime.Concurrency(concurrency))
				stop := start(e)
				for _, id := range []string{"bad", "bad", "a", "bad"} {
					happen(t, s, id)
				}
				require.NoError(t, e.WaitFor(t.Context(), 4))
				require.NoError(t, e.WaitFor(t.Context(), happen(t, s, "a")))
				require.Equal(t, "a/1 a/2", got.String())
				require.Equal(t, []string{"bad/1", "bad/2", "bad/3"}, letters(t, e, "h"))

				require.NoError(t, e.Retry(t.Context(), "h", "a", "bad"))
				require.Equal(t, []string{"bad/1", "bad/2", "bad/3"}, letters(t, e, "h"), "it failed again and stays")
				require.Contains(t, log.String(), `msg="a handler fails again with a parked event" handler=h event_id=a/bad/1`)
				broken = false
				require.NoError(t, e.Retry(t.Context(), "h", "a", "bad"))
				require.NoError(t, e.WaitFor(t.Context(), happen(t, s, "bad")))
				require.Equal(t, "a/1 a/2 bad/1 bad/2 bad/3 bad/4", got.String())
				require.Empty(t, letters(t, e, "h"))
				require.NoError(t, stop())
			})
		})
	}
}

func TestDiscardAndReplay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, got, broken := memory.New(), &seen{}, true
		e := engine(t, s)
		runtime.OnRecord(e, "h", func(_ context.Context, r runtime.Record) error {
			if broken {
				return errNoted
			}
			got.add(r)
			return nil
		}, runtime.Retry(0))
		happen(t, s, "x")
		happen(t, s, "x")
		require.ErrorIs(t, e.CatchUp(t.Context()), errNoted)
		require.Len(t, letters(t, e, "h"), 2)
		require.NoError(t, e.Discard(t.Context(), "h", "a", "x"))
		require.Empty(t, letters(t, e, "h"))
		broken = false
		happen(t, s, "x")
		require.NoError(t, e.CatchUp(t.Context()))
		require.Equal(t, "x/3", got.String(), "what comes after a discard is handled")
		require.NoError(t, e.Replay(t.Context(), "h"))
		require.NoError(t, e.CatchUp(t.Context()))
		require.Equal(t, "x/3 x/1 x/2 x/3", got.String())
		require.ErrorIs(t, e.Retry(t.Context(), "nobody", "a", "x"), runtime.ErrInvalid)
	})
}

func TestSkipAndHalt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, skipped, beside := memory.New(), &seen{}, &seen{}
		e := engine(t, s)
		fail := func(r runtime.Record) error {
			if r.AggregateID == "bad" {
				return errNoted
			}
			return nil
		}
		runtime.OnRecord(e, "skips", func(_ context.Context, r runtime.Record) error { skipped.add(r); return fail(r) },
			runtime.Retry(0), runtime.OnFailure(runtime.Skip))
		runtime.OnRecord(e, "halts", func(_ context.Context, r runtime.Record) error { return fail(r) },
			runtime.Retry(0), runtime.OnFailure(runtime.Halt))
		runtime.OnRecord(e, "beside", func(_ context.Context, r runtime.Record) error { beside.add(r); return nil })
		happen(t, s, "bad")
		happen(t, s, "ok")
		stop := start(e)
		require.NoError(t, e.WaitFor(t.Context(), 2, "skips", "beside"))
		require.Equal(t, "bad/1 ok/1", skipped.String())
		require.Equal(t, "bad/1 ok/1", beside.String())
		err := stop()
		require.ErrorIs(t, err, errNoted, "a halt is Run's error")
		require.ErrorContains(t, err, "halts")
		status, err := e.Status(t.Context())
		require.NoError(t, err)
		require.Equal(t, []uint64{2, 0, 2}, []uint64{status[0].Position, status[1].Position, status[2].Position})
		err = e.CatchUp(t.Context())
		require.ErrorIs(t, err, errNoted, "it stands before the same event at the next start")
		require.Equal(t, 1, strings.Count(err.Error(), "handler "), err.Error())
	})
}

func TestRunEndsWhenAllHaveHalted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := memory.New()
		e := engine(t, s)
		runtime.OnRecord(e, "h", func(context.Context, runtime.Record) error { return errNoted }, runtime.Retry(0), runtime.OnFailure(runtime.Halt))
		happen(t, s, "x")
		require.ErrorIs(t, e.Run(t.Context()), errNoted)
	})
}

func TestAKilledProcessesHandlersAreTakenOverAfterItsLeaseTime(t *testing.T) {
	for _, c := range []struct {
		killed []runtime.DomainOption
		after  time.Duration
	}{
		{nil, 6 * time.Second},
		{[]runtime.DomainOption{runtime.WithLeaseTime(time.Second)}, time.Second},
		{[]runtime.DomainOption{runtime.WithLeaseTime(0)}, 500 * time.Millisecond},
	} {
		synctest.Test(t, func(t *testing.T) {
			s, second := memory.New(), &seen{}
			killed := &stalling{Store: s, wake: make(chan struct{})}
			e1, e2 := engine(t, killed, c.killed...), engine(t, s, runtime.WithLeaseTime(time.Second/2))
			runtime.OnRecord(e1, "h", func(_ context.Context, r runtime.Record) error {
				if r.Sequence == 2 {
					killed.stall()
					<-killed.wake
				}
				return nil
			})
			runtime.OnRecord(e2, "h", func(_ context.Context, r runtime.Record) error { second.add(r); return nil })
			stop1 := start(e1)
			happen(t, s, "x")
			require.NoError(t, e1.WaitFor(t.Context(), 1))
			happen(t, s, "x")
			synctest.Wait()
			stop2 := start(e2)
			time.Sleep(c.after - time.Millisecond)
			require.Empty(t, second.String(), "the lease time is the owner's")
			time.Sleep(time.Second)
			require.Equal(t, "x/2", second.String())
			close(killed.wake)
			require.NoError(t, stop1())
			require.NoError(t, stop2())
		})
	}
}

func TestLaw24ALeaseIsTakenOverAndTheLateCheckpointRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, first, second := memory.New(), &seen{}, &seen{}
		sleeper := &stalling{Store: s, wake: make(chan struct{})}
		e1, e2 := engine(t, sleeper), engine(t, s)
		runtime.OnRecord(e1, "h", func(_ context.Context, r runtime.Record) error {
			first.add(r)
			if r.Sequence == 3 {
				sleeper.stall()
				<-sleeper.wake
			}
			return nil
		})
		runtime.OnRecord(e2, "h", func(_ context.Context, r runtime.Record) error { second.add(r); return nil })
		happen(t, s, "x")
		stop1 := start(e1)
		require.NoError(t, e1.WaitFor(t.Context(), 1))
		stop2 := start(e2)
		time.Sleep(time.Minute)
		happen(t, s, "x")
		time.Sleep(time.Minute)
		require.Equal(t, "x/1 x/2", first.String())
		require.Empty(t, second.String(), "never taken while it beats")

		happen(t, s, "x")
		time.Sleep(time.Minute)
		require.Equal(t, "x/3", second.String(), "taken after the lease time, from the checkpoint on")
		happen(t, s, "x")
		close(sleeper.wake)
		time.Sleep(time.Minute)
		require.Equal(t, "x/1 x/2 x/3", first.String(), "its late checkpoint was refused, and it stopped")
		require.Equal(t, "x/3 x/4", second.String())
		require.NoError(t, stop1())
		require.NoError(t, stop2())
	})
}

// stalling is the store as a process sees it that is stopped for a while.
type stalling struct {
	runtime.Store
	mu      sync.Mutex
	stalled bool
	wake    chan struct{}
}

func (s *stalling) stall() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stalled = true
}

func (s *stalling) Put(ctx context.Context, bucket, key, value string, revision uint64) (uint64, error) {
	s.mu.Lock()
	stalled := s.stalled
	s.mu.Unlock()
	if stalled {
		<-s.wake
	}
	return s.Store.Put(ctx, bucket, key, value, revision)
}

func TestLaw25Draining(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := memory.New()
		e := engine(t, s, runtime.WithDrainTimeout(10*time.Second))
		finished := false
		runtime.OnRecord(e, "slow", func(ctx context.Context, _ runtime.Record) error {
			time.Sleep(5 * time.Second)
			finished = ctx.Err() == nil
			return nil
		})
		happen(t, s, "x")
		stop := start(e)
		synctest.Wait()
		require.NoError(t, stop())
		require.True(t, finished, "a handler's context does not end with Run's")
	})
	synctest.Test(t, func(t *testing.T) {
		s := memory.New()
		e := engine(t, s, runtime.WithDrainTimeout(10*time.Second))
		runtime.OnRecord(e, "stuck", func(ctx context.Context, _ runtime.Record) error { <-ctx.Done(); return ctx.Err() }, runtime.Timeout(time.Hour))
		happen(t, s, "x")
		stop := start(e)
		synctest.Wait()
		before := time.Now()
		require.Error(t, stop(), "the drain time ran out")
		require.Equal(t, 10*time.Second, time.Since(before))
		require.Empty(t, letters(t, e, "stuck"), "a shutdown parks nothing")
	})
}

func TestLaw26ParallelHandlingKeepsTheOrderOfAnAggregate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, got := memory.New(), &seen{}
		e := engine(t, s)
		busy, most := 0, 0
		var mu sync.Mutex
		runtime.OnRecord(e, "h", func(_ context.Context, r runtime.Record) error {
			mu.Lock()
			busy++
			most = max(most, busy)
			mu.Unlock()
			time.Sleep(time.Duration(8-r.Sequence) * time.Second)
			got.add(r)
			mu.Lock()
			busy--
			mu.Unlock()
			return nil
		}, runtime.Concurrency(3))
		for range 7 {
			for _, id := range []string{"a", "b", "c", "d"} {
				happen(t, s, id)
			}
		}
		require.NoError(t, e.CatchUp(t.Context()))
		require.Equal(t, 3, most)
		for _, id := range []string{"a", "b", "c", "d"} {
			var own []string
			for _, one := range got.list {
				if strings.HasPrefix(one, id) {
					own = append(own, one)
				}
			}
			require.Len(t, own, 7)
			require.True(t, slices.IsSorted(own), "%v", own)
		}
	})
}

func TestLaw27FromStartAndFromNow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, start, now := memory.New(), &seen{}, &seen{}
		happen(t, s, "x")
		e := engine(t, s)
		runtime.OnRecord(e, "start", func(_ context.Context, r runtime.Record) error { start.add(r); return nil })
		runtime.OnRecord(e, "now", func(_ context.Context, r runtime.Record) error { now.add(r); return nil }, runtime.FromNow())
		require.NoError(t, e.CatchUp(t.Context()))
		happen(t, s, "x")
		require.NoError(t, e.CatchUp(t.Context()))
		require.Equal(t, "x/1 x/2", start.String())
		require.Equal(t, "x/2", now.String())
	})
}

func TestARenamedHandlerGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, got := memory.New(), &seen{}
		happen(t, s, "bad")
		happen(t, s, "x")
		before := engine(t, s)
		runtime.OnRecord(before, "old", func(_ context.Context, r runtime.Record) error {
			if r.AggregateID == "bad" {
				return errNoted
			}
			return nil
		}, runtime.Retry(0))
		require.Error(t, before.CatchUp(t.Context()))
		after := engine(t, s)
		runtime.OnRecord(after, "new", func(_ context.Context, r runtime.Record) error { got.add(r); return nil }, runtime.Was("old"))
		happen(t, s, "x")
		require.NoError(t, after.CatchUp(t.Context()))
		require.Equal(t, "x/2", got.String())
		require.Equal(t, []string{"bad/1"}, letters(t, after, "new"))
	})
}

func TestAnUnknownEventParksNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, got := memory.New(), &seen{}
		var known atomic.Bool
		e := engine(t, s)
		runtime.On(e, "h", runtime.Source[int]{Decode: func(r *runtime.Record) (int, runtime.EventType, bool, error) {
			if !known.Load() {
				return 0, runtime.EventType{}, false, runtime.UnknownEvent(r)
			}
			return 1, runtime.EventType{Key: r.Key, Version: 7}, true, nil
		}}, func(_ context.Context, e runtime.Event[int]) error {
			got.add(runtime.Record{Header: e.Header})
			return nil
		})
		happen(t, s, "x")
		require.ErrorIs(t, e.CatchUp(t.Context()), runtime.ErrUnknownEvent)
		stop := start(e)
		time.Sleep(time.Minute)
		require.Empty(t, got.String())
		require.Empty(t, letters(t, e, "h"))
		known.Store(true) // as a newer build does
		require.NoError(t, e.WaitFor(t.Context(), 1))
		require.Equal(t, "x/1", got.String())
		require.NoError(t, stop())
	})
}

func TestCatchUpSeesWhatHandlersAppend(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, got := memory.New(), &seen{}
		e := engine(t, s)
		runtime.OnRecord(e, "first", func(_ context.Context, r runtime.Record) error { got.add(r); return nil })
		runtime.OnRecord(e, "second", func(_ context.Context, r runtime.Record) error {
			if r.Sequence < 4 {
				happen(t, s, "x")
			}
			return nil
		})
		happen(t, s, "x")
		require.NoError(t, e.CatchUp(t.Context()))
		require.Equal(t, "x/1 x/2 x/3 x/4", got.String())
	})
}

func TestAHandlersTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := memory.New()
		e := engine(t, s)
		runtime.OnRecord(e, "h", func(ctx context.Context, _ runtime.Record) error { <-ctx.Done(); return ctx.Err() },
			runtime.Timeout(3*time.Second), runtime.Retry(1))
		happen(t, s, "x")
		before := time.Now()
		require.ErrorIs(t, e.CatchUp(t.Context()), context.DeadlineExceeded)
		require.Equal(t, 6*time.Second, time.Since(before))
	})
}

func TestRegistrationPanicsAsHandleFuncDoes(t *testing.T) {
	nothing := func(context.Context, runtime.Record) error { return nil }
	e := engine(t, memory.New())
	runtime.OnRecord(e, "h", nothing)
	require.Panics(t, func() { runtime.OnRecord(e, "h", nothing) }, "a double name")
	require.Panics(t, func() { runtime.OnRecord(e, "", nothing) }, "an empty name")
	require.Panics(t, func() { runtime.OnRecord(e, "nil", nil) }, "no function")
	require.Panics(t, func() { runtime.OnRecord(e, strings.Repeat("n", 65), nothing) }, "too long")
	require.Panics(t, func() { runtime.Retry(-1) })
	require.Panics(t, func() { runtime.Concurrency(0) })
	require.Panics(t, func() { runtime.Timeout(0) })
	require.NoError(t, e.CatchUp(t.Context()))
	require.Panics(t, func() { runtime.OnRecord(e, "late", nothing) }, "after CatchUp began")
}

func TestWithHandlersRunsOnlyThose(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, got := memory.New(), &seen{}
		happen(t, s, "x")
		e := engine(t, s, runtime.WithHandlers("mine"))
		runtime.OnRecord(e, "mine", func(_ context.Context, r runtime.Record) error { got.add(r); return nil })
		runtime.OnRecord(e, "theirs", func(context.Context, runtime.Record) error { panic("not here") })
		require.NoError(t, e.CatchUp(t.Context()))
		require.Equal(t, "x/1", got.String())
		wrong := engine(t, s, runtime.WithHandlers("nobody"))
		require.ErrorContains(t, wrong.CatchUp(t.Context()), "nobody")
		require.ErrorContains(t, wrong.Run(t.Context()), "nobody")
	})
}

func TestAStoreThatFailsForAWhile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, got := memory.New(), &seen{}
		happen(t, s, "x")
		ill := &illStore{Store: s, ill: true}
		e := engine(t, ill)
		runtime.OnRecord(e, "h", func(_ context.Context, r runtime.Record) error { got.add(r); return nil })
		stop := start(e)
		time.Sleep(time.Minute)
		require.Empty(t, got.String())
		ill.set(false)
		require.NoError(t, e.WaitFor(t.Context(), 1))
		require.Equal(t, "x/1", got.String())
		require.NoError(t, stop())
	})
}

// illStore fails whatever is asked of it while it is ill.
type illStore struct {
	runtime.Store
	mu  sync.Mutex
	ill bool
}

func (s *illStore) set(ill bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ill = ill
}

func (s *illStore) err() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ill {
		return errNoted
	}
	return nil
}

func (s *illStore) Get(ctx context.Context, bucket, key string) (string, uint64, error) {
	if err := s.err(); err != nil {
		return "", 0, err
	}
	return s.Store.Get(ctx, bucket, key)
}

func (s *illStore) Wait(ctx context.Context, after uint64) error {
	if err := s.err(); err != nil {
		return err
	}
	return s.Store.Wait(ctx, after)
}
