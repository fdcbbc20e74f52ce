package sqlite_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/fluvius-io/fluvius-go/runtime/sqlite"
	"github.com/stretchr/testify/require"
)

// FuzzBytesInAreBytesOut: law 8 for any bytes, also those that a runtime would not let through.
func FuzzBytesInAreBytesOut(f *testing.F) {
	f.Add("u-1", "user-created", `{"z":1,"a":"\u0000"}`, `{"actor":"ada"}`, "c-1", int64(0))
	f.Add("\x00", "\xff\xfe", "\x00\x00", "\xc3\x28", "\x00", int64(-1))
	f.Add("a\x00b", "", "", "", "", int64(1<<62))
	f.Add("ä/1", "k", "\xed\xa0\x80", "🙂", "'", int64(-1<<62))
	s, err := sqlite.Open(context.Background(), filepath.Join(f.TempDir(), "fuzz.db"), sqlite.Synchronous(sqlite.Normal))
	require.NoError(f, err)
	f.Cleanup(func() { s.Close() })
	round := 0
	f.Fuzz(func(t *testing.T, id, key, data, meta, command string, nanoseconds int64) {
		round++
		at := runtime.Stream{Domain: fmt.Sprintf("d%d-%d", time.Now().UnixNano(), round), Aggregate: "user", ID: id}
		want := runtime.Record{Header: runtime.Header{
			Domain: at.Domain, Aggregate: at.Aggregate, AggregateID: id, Key: key, Version: int(nanoseconds), Sequence: 1,
			Timestamp: time.Unix(0, max(nanoseconds, -1<<63+1)).UTC(), Metadata: runtime.MetaFromText(meta),
		}, Data: data}
		a := runtime.Append{Stream: at, CommandID: command, Records: []runtime.Record{want}}
		if a.Check() != nil {
			t.Skip("too large for any store")
		}
		done, err := s.Append(t.Context(), a)
		require.NoError(t, err)
		want.Position = done.Last.Position
		requireBack(t, s, at, want)
		_, ok, err := s.Lookup(t.Context(), at, command)
		require.NoError(t, err)
		require.Equal(t, command != "", ok)
	})
}

func requireBack(t *testing.T, s *sqlite.Store, at runtime.Stream, want runtime.Record) {
	t.Helper()
	for _, all := range []func(func(runtime.Record, error) bool){
		s.Read(t.Context(), at, runtime.Mark{}), s.ReadAll(t.Context(), want.Position-1, 1),
	} {
		n := 0
		for got, err := range all {
			require.NoError(t, err)
			require.Equal(t, want.Metadata.Text(), got.Metadata.Text())
			got.Metadata = want.Metadata
			require.Equal(t, want, got)
			n++
		}
		require.Equal(t, 1, n)
	}
}
