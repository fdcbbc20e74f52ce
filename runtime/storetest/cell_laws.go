package storetest

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/stretchr/testify/require"
)

var cellLaws = []sentence{
	{"get", "returns a value and its revision; revision 0 if there is none, which is no error", lawGet},
	{"put", "writes if the revision is still the one given (0: if there is none), else ErrRevision", lawPut},
	{"put", "a key's revisions only grow, also across a Delete: an old owner is never right again", lawRevisionsGrow},
	{"delete", "removes under the same condition", lawDelete},
	{"put", "of N writers at one revision exactly one wins", lawPutRace},
	{"list", "returns the entries whose key begins with prefix and is > after, in byte order, at most limit", lawList},
	{"kv", "buckets are apart, and keys and values are kept byte for byte", lawCellBytes},
	{"kv", "a cancelled context writes nothing, and says so", lawCellCancelled},
}

func mustPut(t *testing.T, s runtime.Store, bucket, key, value string, revision uint64) uint64 {
	t.Helper()
	got, err := s.Put(background(t), bucket, key, value, revision)
	require.NoError(t, err)
	require.Greater(t, got, revision)
	return got
}

func requireCell(t *testing.T, s runtime.Store, bucket, key, value string, revision uint64) {
	t.Helper()
	gotValue, gotRevision, err := s.Get(background(t), bucket, key)
	require.NoError(t, err)
	require.Equal(t, value, gotValue)
	require.Equal(t, revision, gotRevision)
}

func lawGet(t *testing.T, o Opened) {
	requireCell(t, o.Store, "lease", "a", "", 0)
	revision := mustPut(t, o.Store, "lease", "a", "one", 0)
	requireCell(t, o.Store, "lease", "a", "one", revision)
	requireCell(t, o.Store, "lease", "b", "", 0)
	empty := mustPut(t, o.Store, "lease", "b", "", 0)
	requireCell(t, o.Store, "lease", "b", "", empty)
}

func lawPut(t *testing.T, o Opened) {
	refusePut(t, o.Store, "a", 1)
	one := mustPut(t, o.Store, "lease", "a", "one", 0)
	refusePut(t, o.Store, "a", 0)
	two := mustPut(t, o.Store, "lease", "a", "two", one)
	for _, old := range []uint64{0, one, two + 1, 1 << 60} {
		refusePut(t, o.Store, "a", old)
	}
	requireCell(t, o.Store, "lease", "a", "two", two)
}

func refusePut(t *testing.T, s runtime.Store, key string, revision uint64) {
	t.Helper()
	_, err := s.Put(background(t), "lease", key, "refused", revision)
	require.ErrorIs(t, err, runtime.ErrRevision)
	require.NotErrorIs(t, err, runtime.ErrOutcomeUnknown)
}

func lawRevisionsGrow(t *testing.T, o Opened) {
	highest := uint64(0)
	for range 10 {
		revision := mustPut(t, o.Store, "lease", "a", "v", 0)
		require.Greater(t, revision, highest)
		next := mustPut(t, o.Store, "lease", "a", "w", revision)
		require.Greater(t, next, revision)
		require.NoError(t, o.Store.Delete(background(t), "lease", "a", next))
		refusePut(t, o.Store, "a", revision)
		refusePut(t, o.Store, "a", next)
		require.ErrorIs(t, o.Store.Delete(background(t), "lease", "a", next), runtime.ErrRevision)
		highest = next
	}
}

func lawDelete(t *testing.T, o Opened) {
	ctx := background(t)
	require.ErrorIs(t, o.Store.Delete(ctx, "lease", "a", 1), runtime.ErrRevision)
	one := mustPut(t, o.Store, "lease", "a", "one", 0)
	require.ErrorIs(t, o.Store.Delete(ctx, "lease", "a", 0), runtime.ErrRevision)
	two := mustPut(t, o.Store, "lease", "a", "two", one)
	require.ErrorIs(t, o.Store.Delete(ctx, "lease", "a", one), runtime.ErrRevision)
	requireCell(t, o.Store, "lease", "a", "two", two)
	require.NoError(t, o.Store.Delete(ctx, "lease", "a", two))
	requireCell(t, o.Store, "lease", "a", "", 0)
	list, err := o.Store.List(ctx, "lease", "", "", 10)
	require.NoError(t, err)
	require.Empty(t, list)
}

func lawPutRace(t *testing.T, o Opened) {
	const owners = 8
	each := many(25, 8)
	failures := make([]error, owners)
	var wg sync.WaitGroup
	for i := range owners {
		wg.Go(func() { failures[i] = countUp(t.Context(), o.Store, each) })
	}
	wg.Wait()
	for _, err := range failures {
		require.NoError(t, err)
	}
	value, _, err := o.Store.Get(background(t), "lease", "count")
	require.NoError(t, err)
	require.Equal(t, strconv.Itoa(owners*each), value, "a write was lost or done twice")
}

// countUp adds one so many times, again whenever another was faster.
func countUp(ctx context.Context, s runtime.Store, times int) error {
	for done := 0; done < times; {
		value, revision, err := s.Get(ctx, "lease", "count")
		if err != nil {
			return err
		}
		n, _ := strconv.Atoi(value)
		switch _, err = s.Put(ctx, "lease", "count", strconv.Itoa(n+1), revision); {
		case err == nil:
			done++
		case !isRevision(err):
			return err
		}
	}
	return nil
}

var listKeys = []string{
	"a", "a/", "a/1", "a/2", "a/%", "a/_", "a/*", "a0", "A/1", "b", "ab", "aé", "a\u00e9/1", "a/\U0001F600", "a/é", "z", "a/1/x", "a/10", "%", "_", "*",
	"a\u0000", "a\u0000b", "a'", strings.Repeat("k", 1024), "a/" + strings.Repeat("ä", 511), "a/\U0010FFFF", "a/\uFFFF",
}

func lawList(t *testing.T, o Opened) {
	for i, key := range listKeys {
		mustPut(t, o.Store, "dead", key, fmt.Sprint(i), 0)
		mustPut(t, o.Store, "deadx", key, "other bucket", 0)
	}
	sorted := slices.Sorted(slices.Values(listKeys))
	for _, prefix := range append([]string{"", "nothing", "k"}, listKeys...) {
		for _, after := range []string{"", "a", "a/", "a/1", "a/\U0010FFFF", "zzz", prefix} {
			var want []string
			for _, key := range sorted {
				if strings.HasPrefix(key, prefix) && key > after {
					want = append(want, key)
				}
			}
			for _, limit := range []int{0, 1, 3, 1000} {
				requireList(t, o.Store, prefix, after, limit, want[:min(limit, len(want))])
			}
		}
	}
}

func requireList(t *testing.T, s runtime.Store, prefix, after string, limit int, want []string) {
	t.Helper()
	entries, err := s.List(background(t), "dead", prefix, after, limit)
	require.NoError(t, err)
	var got []string
	for _, e := range entries {
		got = append(got, e.Key)
		require.Equal(t, fmt.Sprint(slices.Index(listKeys, e.Key)), e.Value)
		require.NotZero(t, e.Revision)
	}
	require.Equal(t, len(want), len(got), "prefix %q, after %q, at most %d", prefix, after, limit)
	require.True(t, slices.Equal(want, got), "prefix %q, after %q: %q, not %q", prefix, after, got, want)
}

func lawCellBytes(t *testing.T, o Opened) {
	revisions := map[string]uint64{}
	for i, value := range awkward {
		revisions[value] = mustPut(t, o.Store, "snapshot", fmt.Sprintf("%d/%s", i, strings.Repeat("é", i)), value, 0)
		mustPut(t, o.Store, "lease", fmt.Sprintf("%d/%s", i, strings.Repeat("é", i)), "another", 0)
	}
	for i, value := range awkward {
		requireCell(t, o.Store, "snapshot", fmt.Sprintf("%d/%s", i, strings.Repeat("é", i)), value, revisions[value])
	}
}

func lawCellCancelled(t *testing.T, o Opened) {
	revision := mustPut(t, o.Store, "lease", "a", "one", 0)
	ctx := cancelled(t)
	_, err := o.Store.Put(ctx, "lease", "a", "two", revision)
	require.ErrorIs(t, err, context.Canceled)
	require.ErrorIs(t, o.Store.Delete(ctx, "lease", "a", revision), context.Canceled)
	_, _, err = o.Store.Get(ctx, "lease", "a")
	require.ErrorIs(t, err, context.Canceled)
	_, err = o.Store.List(ctx, "lease", "", "", 1)
	require.ErrorIs(t, err, context.Canceled)
	requireCell(t, o.Store, "lease", "a", "one", revision)
}
