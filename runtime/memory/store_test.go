package memory_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/fluvius-io/fluvius-go/runtime/memory"
	"github.com/fluvius-io/fluvius-go/runtime/storetest"
	"github.com/stretchr/testify/require"
)

func TestStoreKeepsTheContract(t *testing.T) {
	storetest.Run(t, func(t *testing.T) storetest.Opened {
		return storetest.Opened{Store: memory.New()}
	})
}

func TestWhatOtherStoresCouldNotTakeIsRefused(t *testing.T) {
	store := memory.New()
	tooMany := one("u", 1)
	for n := uint64(2); n <= runtime.MaxRecords+1; n++ {
		tooMany.Records = append(tooMany.Records, one("u", n).Records[0])
	}
	tooLarge := one("u", 1)
	tooLarge.Records[0].Data = `"` + strings.Repeat("x", runtime.MaxBytes) + `"`
	for _, a := range []runtime.Append{tooMany, tooLarge} {
		_, err := store.Append(t.Context(), a)
		require.ErrorIs(t, err, runtime.ErrTooLarge)
	}
	head, err := store.Head(t.Context())
	require.NoError(t, err)
	require.Zero(t, head, "nothing was written")
}

// A goroutine that waits is durably blocked, so a bubble's clock goes on: with a real clock, or a goroutine
// of the store's own, this would hang or the bubble would not end.
func TestStoreWorksInABubble(t *testing.T) {
	outside := memory.New()
	synctest.Test(t, func(t *testing.T) {
		for _, s := range []*memory.Store{outside, memory.New()} {
			woken := make(chan error, 1)
			go func() { woken <- s.Wait(t.Context(), 0) }()
			time.Sleep(time.Hour) // the bubble's
			synctest.Wait()
			require.Empty(t, woken, "nothing was appended")
			_, err := s.Append(t.Context(), one("u", 1))
			require.NoError(t, err)
			require.NoError(t, <-woken)

			ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
			require.ErrorIs(t, s.Wait(ctx, 1), context.DeadlineExceeded)
			cancel()
		}
	})
}

func one(id string, sequence uint64) runtime.Append {
	return runtime.Append{
		Stream: runtime.Stream{Domain: "shop", Aggregate: "user", ID: id},
		After:  runtime.Mark{Sequence: sequence - 1},
		Records: []runtime.Record{{Header: runtime.Header{
			Domain: "shop", Aggregate: "user", AggregateID: id, Key: "user-created", Version: 1, Sequence: sequence,
			Timestamp: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC),
		}, Data: `{}`}},
	}
}

func TestReadAllocatesNothingPerEvent(t *testing.T) {
	s := memory.New()
	for i := range uint64(1000) {
		_, err := s.Append(t.Context(), one("u", i+1))
		require.NoError(t, err)
	}
	at := runtime.Stream{Domain: "shop", Aggregate: "user", ID: "u"}
	allocs := testing.AllocsPerRun(10, func() {
		for _, err := range s.Read(context.Background(), at, runtime.Mark{}) {
			if err != nil {
				t.Fatal(err)
			}
		}
	})
	require.Less(t, allocs, 10.0)
}

func BenchmarkRead(b *testing.B) {
	s := memory.New()
	for i := range uint64(1000) {
		if _, err := s.Append(b.Context(), one("u", i+1)); err != nil {
			b.Fatal(err)
		}
	}
	at := runtime.Stream{Domain: "shop", Aggregate: "user", ID: "u"}
	b.ReportAllocs()
	for b.Loop() {
		for _, err := range s.Read(context.Background(), at, runtime.Mark{}) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.N*1000)/b.Elapsed().Seconds(), "events/s")
}

func BenchmarkAppend(b *testing.B) {
	s := memory.New()
	b.ReportAllocs()
	n := uint64(0)
	for b.Loop() {
		n++
		if _, err := s.Append(context.Background(), one("u", n)); err != nil {
			b.Fatal(err)
		}
	}
}
