package runtime_test

import (
	"context"
	"errors"
	"iter"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/fluvius-io/fluvius-go/runtime/memory"
	"github.com/fluvius-io/fluvius-go/runtime/sqlite"
)

// onStores runs a test on each store that is there.
func onStores(t *testing.T, test func(t *testing.T, store runtime.Store)) {
	t.Run("memory", func(t *testing.T) { test(t, memory.New()) })
	t.Run("sqlite", func(t *testing.T) { test(t, openSQLite(t, filepath.Join(t.TempDir(), "log.db"))) })
}

func openSQLite(t testing.TB, path string) runtime.Store {
	store, err := sqlite.Open(context.Background(), path)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, store.Close()) })
	return store
}

// faulty is a store in which a test can have things go wrong. Its functions run in place of the store's own,
// which they are given.
type faulty struct {
	runtime.Store
	mu       sync.Mutex
	onAppend func(a runtime.Append, next func(runtime.Append) (runtime.Appended, error)) (runtime.Appended, error)
	onRead   func(s runtime.Stream, after runtime.Mark, next iter.Seq2[runtime.Record, error]) iter.Seq2[runtime.Record, error]
	onGet    func(bucket, key string) error
	appends  []runtime.Append
	reads    int
}

func (f *faulty) Append(ctx context.Context, a runtime.Append) (runtime.Appended, error) {
	f.mu.Lock()
	f.appends = append(f.appends, a)
	hook := f.onAppend
	f.mu.Unlock()
	next := func(a runtime.Append) (runtime.Appended, error) { return f.Store.Append(ctx, a) }
	if hook == nil {
		return next(a)
	}
	return hook(a, next)
}

func (f *faulty) Read(ctx context.Context, s runtime.Stream, after runtime.Mark) iter.Seq2[runtime.Record, error] {
	f.mu.Lock()
	f.reads++
	hook := f.onRead
	f.mu.Unlock()
	next := f.Store.Read(ctx, s, after)
	if hook == nil {
		return next
	}
	return hook(s, after, next)
}

func (f *faulty) Get(ctx context.Context, bucket, key string) (string, uint64, error) {
	if f.onGet != nil {
		if err := f.onGet(bucket, key); err != nil {
			return "", 0, err
		}
	}
	return f.Store.Get(ctx, bucket, key)
}

var errDisk = errors.New("the disk is gone")

// breakAfter yields n records and then an error.
func breakAfter(n int, all iter.Seq2[runtime.Record, error]) iter.Seq2[runtime.Record, error] {
	return func(yield func(runtime.Record, error) bool) {
		left := n
		for r, err := range all {
			if left--; left < 0 {
				yield(runtime.Record{}, errDisk)
				return
			}
			if !yield(r, err) {
				return
			}
		}
		yield(runtime.Record{}, errDisk)
	}
}

// ticking is a clock that stands still until it is moved.
type ticking struct {
	mu sync.Mutex
	at time.Time
}

var epoch = time.Date(2026, 1, 2, 3, 4, 5, 123456789, time.UTC)

func clockAt(t time.Time) *ticking { return &ticking{at: t} }

func (c *ticking) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *ticking) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = t
}

// streamOf names an account's events.
func streamOf(id AccountID) runtime.Stream {
	return runtime.Stream{Domain: "bank", Aggregate: "account", ID: string(id)}
}

func recordsOf(t testing.TB, store runtime.Store, id AccountID) []runtime.Record {
	var all []runtime.Record
	for r, err := range store.Read(t.Context(), streamOf(id), runtime.Mark{}) {
		require.NoError(t, err)
		all = append(all, r)
	}
	return all
}

func keysOf(records []runtime.Record) []string {
	var keys []string
	for _, r := range records {
		keys = append(keys, r.Key)
	}
	return keys
}

// put stores events as another build, or another process, would have.
func put(t testing.TB, store runtime.Store, id AccountID, events ...runtime.Record) {
	after := runtime.Mark{Sequence: uint64(len(recordsOf(t, store, id)))}
	last := epoch
	for i := range events {
		r := &events[i]
		r.Domain, r.Aggregate, r.AggregateID = "bank", "account", string(id)
		r.Sequence = after.Sequence + uint64(i) + 1
		if r.Version == 0 {
			r.Version = 1
		}
		if r.Timestamp.IsZero() {
			r.Timestamp = last
		}
	}
	_, err := store.Append(t.Context(), runtime.Append{Stream: streamOf(id), After: after, Records: events})
	require.NoError(t, err)
}

func record(key string, version int, data string) runtime.Record {
	return runtime.Record{Header: runtime.Header{Key: key, Version: version}, Data: data}
}

func eventsOf(t testing.TB, b *Bank, id AccountID, opts ...runtime.ReadOption) []runtime.Event[AccountEvent] {
	var all []runtime.Event[AccountEvent]
	for e, err := range b.Account.Events(t.Context(), id, opts...) {
		require.NoError(t, err)
		all = append(all, e)
	}
	return all
}

func sequencesOf(events []runtime.Event[AccountEvent]) []uint64 {
	var n []uint64
	for _, e := range events {
		n = append(n, e.Sequence)
	}
	return slices.Clip(n)
}

// cellFault is a store that writes no cells.
type cellFault struct{ runtime.Store }

func (cellFault) Put(context.Context, string, string, string, uint64) (uint64, error) {
	return 0, runtime.ErrTooLarge
}
