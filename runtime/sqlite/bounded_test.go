package sqlite_test

import (
	"path/filepath"
	goruntime "runtime"
	"testing"

	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/fluvius-io/fluvius-go/runtime/sqlite"
	"github.com/stretchr/testify/require"
)

func TestPromise23IteratesALongLogInBoundedMemory(t *testing.T) {
	total := 100_000
	if testing.Short() {
		total = 10_000
	}
	s := open(t, filepath.Join(t.TempDir(), "shop.db"), sqlite.Synchronous(sqlite.Normal))
	for i := 0; i < total; i += runtime.MaxRecords {
		appendTo(t, s, "u", uint64(i), runtime.MaxRecords)
	}
	base := heap()
	highest, n := uint64(0), 0
	for r, err := range s.ReadAll(t.Context(), 0, 1<<30) {
		require.NoError(t, err)
		n++
		require.Equal(t, uint64(n), r.Position)
		if n%(total/10) == 0 {
			highest = max(highest, heap())
		}
	}
	require.Equal(t, total, n)
	require.Less(t, highest, base+8<<20, "the heap grew with the log")
}

func heap() uint64 {
	goruntime.GC()
	var m goruntime.MemStats
	goruntime.ReadMemStats(&m)
	return m.HeapAlloc
}

// A page ends at so many bytes too: 256 of the largest events would be 128 MiB.
func TestPagesOfLargeEventsAreShort(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "shop.db"), sqlite.Synchronous(sqlite.Normal))
	large := string(make([]byte, 400<<10))
	for i := range uint64(40) {
		recs := records(user("u"), i, 1)
		recs[0].Data = large
		_, err := s.Append(t.Context(), runtime.Append{Stream: user("u"), After: runtime.Mark{Sequence: i}, Records: recs})
		require.NoError(t, err)
	}
	base := heap()
	n := 0
	for r, err := range s.Read(t.Context(), user("u"), runtime.Mark{}) {
		require.NoError(t, err)
		n++
		require.Equal(t, uint64(n), r.Sequence)
		require.Equal(t, large, r.Data)
		require.Less(t, heap(), base+8<<20)
	}
	require.Equal(t, 40, n)
	require.Len(t, all(t, s), 40)
}
