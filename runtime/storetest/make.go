package storetest

import (
	"fmt"
	"iter"
	"testing"
	"time"

	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/stretchr/testify/require"
)

// epoch has nanoseconds that are not whole microseconds: a store that rounds is found out.
var epoch = time.Date(2026, 11, 23, 2, 32, 0, 123456789, time.UTC)

func user(id string) runtime.Stream {
	return runtime.Stream{Domain: "shop", Aggregate: "user", ID: id}
}

// records are n events that follow the sequence, each different in everything.
func records(s runtime.Stream, after uint64, n int) []runtime.Record {
	all := make([]runtime.Record, n)
	for i := range all {
		sequence := after + uint64(i) + 1
		all[i] = runtime.Record{
			Header: runtime.Header{
				Domain: s.Domain, Aggregate: s.Aggregate, AggregateID: s.ID,
				Key: fmt.Sprintf("user-moved-%d", sequence%3), Version: int(sequence%2) + 1,
				Sequence: sequence, Timestamp: epoch.Add(time.Duration(sequence)),
				Metadata: runtime.MetaFromText(fmt.Sprintf(`{"actor":"a%d"}`, sequence)),
			},
			Data: fmt.Sprintf(`{"to":"%s","n":%d}`, s.ID, sequence),
		}
	}
	return all
}

// next is an append of n events after the sequence.
func next(s runtime.Stream, after uint64, n int) runtime.Append {
	return runtime.Append{Stream: s, After: runtime.Mark{Sequence: after}, Records: records(s, after, n)}
}

func named(a runtime.Append, commandID string) runtime.Append {
	a.CommandID = commandID
	return a
}

// mustAppend appends and checks the answer.
func mustAppend(t *testing.T, s runtime.Store, a runtime.Append) runtime.Appended {
	t.Helper()
	done, err := s.Append(background(t), a)
	require.NoError(t, err)
	require.False(t, done.Duplicate)
	require.Equal(t, a.After.Sequence+1, done.First)
	require.Equal(t, a.After.Sequence+uint64(len(a.Records)), done.Last.Sequence)
	return done
}

// collect ends the test at an error.
func collect(t *testing.T, all iter.Seq2[runtime.Record, error]) []runtime.Record {
	t.Helper()
	got := []runtime.Record{}
	for r, err := range all {
		require.NoError(t, err)
		got = append(got, r)
	}
	return got
}

func readStream(t *testing.T, s runtime.Store, at runtime.Stream, after uint64) []runtime.Record {
	t.Helper()
	return collect(t, s.Read(background(t), at, runtime.Mark{Sequence: after}))
}

// everything is the whole log.
func everything(t *testing.T, s runtime.Store) []runtime.Record {
	t.Helper()
	return collect(t, s.ReadAll(background(t), 0, 1<<30))
}

func headOf(t *testing.T, s runtime.Store) uint64 {
	t.Helper()
	head, err := s.Head(background(t))
	require.NoError(t, err)
	return head
}

// requireSame compares what was handed in with what came out, which has a position besides.
func requireSame(t *testing.T, want, got []runtime.Record) {
	t.Helper()
	require.Len(t, got, len(want))
	for i := range want {
		requireSameRecord(t, want[i], got[i])
	}
}

func requireSameRecord(t *testing.T, want, got runtime.Record) {
	t.Helper()
	require.Equal(t, want.Metadata.Text(), got.Metadata.Text(), "metadata")
	require.Equal(t, want.Data, got.Data, "data")
	require.True(t, want.Timestamp.Equal(got.Timestamp), "timestamp %s, not %s", got.Timestamp, want.Timestamp)
	require.Equal(t, time.UTC, got.Timestamp.Location(), "timestamps are UTC")
	want.Position, want.Timestamp, want.Metadata = got.Position, got.Timestamp, got.Metadata
	require.Equal(t, want, got)
}

// requireRising: positions rise and survive JSON.
func requireRising(t *testing.T, all []runtime.Record) {
	t.Helper()
	last := uint64(0)
	for _, r := range all {
		require.Greater(t, r.Position, last, "positions rise")
		require.Less(t, r.Position, uint64(1)<<53, "positions survive JSON")
		last = r.Position
	}
}

// many is a count that is smaller with -short.
func many(full, short int) int {
	if testing.Short() {
		return short
	}
	return full
}
