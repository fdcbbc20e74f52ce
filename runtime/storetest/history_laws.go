package storetest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/stretchr/testify/require"
)

var historyLaws = []sentence{
	{"history", "a random history gives what a simple model gives (FLUV_SEED=n repeats one)", lawHistory},
	{"linearizable", "concurrent appends and reads of a stream are as if one after the other", lawLinearAppends},
	{"linearizable", "concurrent puts, gets and deletes of a cell are as if one after the other", lawLinearCells},
}

func isRevision(err error) bool { return errors.Is(err, runtime.ErrRevision) }

// seed is printed, so that what failed once can be made to fail again.
func seed(t *testing.T) *rand.Rand {
	n := uint64(time.Now().UnixNano())
	if text := os.Getenv("FLUV_SEED"); text != "" {
		given, err := strconv.ParseUint(text, 10, 64)
		require.NoError(t, err, "FLUV_SEED")
		n = given
	}
	t.Logf("FLUV_SEED=%d", n)
	return rand.New(rand.NewPCG(n, 0))
}

func lawHistory(t *testing.T, o Opened) {
	h := &history{store: o.Store, model: newModel(), rand: seed(t)}
	for step := range many(1500, 300) {
		if o.Reopen != nil && h.rand.IntN(100) == 0 {
			h.store = o.Reopen(t)
		}
		h.step(t)
		if step%50 == 0 {
			h.compareAll(t)
		}
	}
	h.compareAll(t)
}

// history is a store and a model that get the same calls.
type history struct {
	store runtime.Store
	model *model
	rand  *rand.Rand
}

func (h *history) step(t *testing.T) {
	switch h.rand.IntN(8) {
	case 0, 1, 2, 3:
		h.append(t)
	case 4:
		h.lookup(t)
	case 5:
		h.read(t)
	case 6:
		h.put(t)
	case 7:
		h.delete(t)
	}
}

func (h *history) stream() runtime.Stream {
	return runtime.Stream{
		Domain: pick(h.rand, "shop", "billing"), Aggregate: pick(h.rand, "user", "order"), ID: pick(h.rand, "a", "b", "*"),
	}
}

func pick(r *rand.Rand, of ...string) string { return of[r.IntN(len(of))] }

func (h *history) append(t *testing.T) {
	s := h.stream()
	after := uint64(len(h.model.streams[s]))
	if h.rand.IntN(4) == 0 { // stale, or ahead
		after = uint64(max(0, int(after)+h.rand.IntN(5)-2))
	}
	a := next(s, after, h.rand.IntN(5))
	if h.rand.IntN(3) == 0 {
		a.CommandID = fmt.Sprint("c-", h.rand.IntN(60))
	}
	for i := range a.Records {
		a.Records[i].Data = fmt.Sprintf(`{"n":%d}`, h.rand.Uint64())
	}
	got, err := h.store.Append(background(t), a)
	want, conflict := h.model.append(a)
	if conflict != nil {
		require.ErrorIs(t, err, runtime.ErrConflict)
		var found runtime.ConflictError
		require.ErrorAs(t, err, &found)
		require.Equal(t, *conflict, found)
		return
	}
	require.NoError(t, err)
	want.Last.Position = got.Last.Position // the store's to choose; compareAll looks at their order
	require.Equal(t, want, got)
}

func (h *history) lookup(t *testing.T) {
	s, id := h.stream(), fmt.Sprint("c-", h.rand.IntN(60))
	got, ok, err := h.store.Lookup(background(t), s, id)
	require.NoError(t, err)
	want, known := h.model.commands[command{s, id}]
	require.Equal(t, known, ok)
	require.Equal(t, want.First, got.First)
	require.Equal(t, want.Last.Sequence, got.Last.Sequence)
}

func (h *history) read(t *testing.T) {
	s := h.stream()
	all := h.model.streams[s]
	after := h.rand.IntN(len(all) + 2)
	requireSame(t, all[min(after, len(all)):], readStream(t, h.store, s, uint64(after)))
}

func (h *history) put(t *testing.T) {
	key, value := h.cell(), fmt.Sprint(h.rand.Uint64())
	revision := h.revision(key)
	got, err := h.store.Put(background(t), "lease", key, value, revision)
	if revision != h.model.cells[key].Revision {
		require.ErrorIs(t, err, runtime.ErrRevision)
		return
	}
	require.NoError(t, err)
	require.Greater(t, got, h.model.highest[key], "revisions grow")
	h.model.highest[key] = got
	h.model.cells[key] = runtime.Entry{Key: key, Value: value, Revision: got}
}

func (h *history) delete(t *testing.T) {
	key := h.cell()
	revision := h.revision(key)
	err := h.store.Delete(background(t), "lease", key, revision)
	if revision != h.model.cells[key].Revision {
		require.ErrorIs(t, err, runtime.ErrRevision)
		return
	}
	require.NoError(t, err)
	delete(h.model.cells, key)
}

func (h *history) cell() string { return pick(h.rand, "a", "a/1", "a/2", "b", "ä") }

// revision is mostly the right one.
func (h *history) revision(key string) uint64 {
	switch h.rand.IntN(6) {
	case 0:
		return 0
	case 1:
		return h.model.highest[key]
	}
	return h.model.cells[key].Revision
}

func (h *history) compareAll(t *testing.T) {
	got := everything(t, h.store)
	requireSame(t, h.model.log, got)
	requireRising(t, got)
	if len(got) > 0 {
		require.Equal(t, got[len(got)-1].Position, headOf(t, h.store))
	}
	entries, err := h.store.List(background(t), "lease", "", "", 1000)
	require.NoError(t, err)
	require.True(t, slices.Equal(h.model.list(), entries), "cells: %v, not %v", entries, h.model.list())
}
