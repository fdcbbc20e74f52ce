package storetest

import (
	"testing"

	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/stretchr/testify/require"
)

var keptLaws = []sentence{
	{"durable", "what was appended and put is there when the store is opened again, and the log goes on", lawReopen},
	{"processes", "what one writes another sees, and their conflicts are conflicts", lawBeside},
}

func lawReopen(t *testing.T, o Opened) {
	if o.Reopen == nil {
		t.Skip("what this store holds does not outlive it")
	}
	fill(t, o.Store, 300)
	done := mustAppend(t, o.Store, named(next(user("u"), 300, 2), "c"))
	before := everything(t, o.Store)
	revision := mustPut(t, o.Store, "lease", "a", "one", 0)
	gone := mustPut(t, o.Store, "lease", "b", "one", 0)
	require.NoError(t, o.Store.Delete(background(t), "lease", "b", gone))

	s := o.Reopen(t)
	require.Equal(t, before, everything(t, s))
	require.Equal(t, done.Last.Position, headOf(t, s))
	requireCell(t, s, "lease", "a", "one", revision)
	require.Greater(t, mustPut(t, s, "lease", "b", "two", 0), gone)
	again, err := s.Append(background(t), named(next(user("u"), 0, 1), "c"))
	require.NoError(t, err)
	done.Duplicate = true
	require.Equal(t, done, again)
	requireConflict(t, s, next(user("u"), 300, 1), 302)
	after := mustAppend(t, s, next(user("u"), 302, 1))
	require.Greater(t, after.Last.Position, done.Last.Position)
}

func lawBeside(t *testing.T, o Opened) {
	if o.Beside == nil {
		t.Skip("this store is in one process only")
	}
	stores := [2]runtime.Store{o.Store, o.Beside(t)}
	revision := uint64(0)
	for i := range 20 {
		one, other := stores[i%2], stores[1-i%2]
		mustAppend(t, one, next(user("u"), uint64(i), 1))
		requireConflict(t, other, next(user("u"), uint64(i), 1), uint64(i)+1)
		require.Equal(t, everything(t, one), everything(t, other))
		old := revision
		revision = mustPut(t, one, "lease", "a", "v", old)
		requireCell(t, other, "lease", "a", "v", revision)
		_, err := other.Put(background(t), "lease", "a", "late", old)
		require.ErrorIs(t, err, runtime.ErrRevision)
	}
}
