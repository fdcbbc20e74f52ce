package examples_test

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/examples/gen/shop"
	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/fluvius-io/fluvius-go/runtime/memory"
	"github.com/fluvius-io/fluvius-go/runtime/sqlite"
)

// world is a store that can be closed and opened again, as a process that starts anew sees it.
type world struct {
	t      *testing.T
	store  runtime.Store
	reopen func() // nil for a store that does not outlive its process
	path   string // of SQLite's file
}

// onEachStore runs a test on every store there is.
func onEachStore(t *testing.T, test func(t *testing.T, w *world)) {
	t.Run("memory", func(t *testing.T) { test(t, &world{t: t, store: memory.New()}) })
	t.Run("sqlite", func(t *testing.T) {
		w := &world{t: t, path: filepath.Join(t.TempDir(), "shop.db")}
		open := func() {
			s, err := sqlite.Open(t.Context(), w.path)
			require.NoError(t, err)
			w.store = s
			t.Cleanup(func() { _ = s.Close() })
		}
		open()
		w.reopen = func() {
			require.NoError(t, w.store.(*sqlite.Store).Close())
			open()
		}
		test(t, w)
	})
}

// shop is the domain on the world's store.
func (w *world) shop(impl shop.Implementation, opts ...runtime.DomainOption) *shop.Domain {
	w.t.Helper()
	d, err := shop.New(w.store, impl, opts...)
	require.NoError(w.t, err)
	return d
}

// records is the whole log.
func (w *world) records() []runtime.Record {
	w.t.Helper()
	var all []runtime.Record
	for r, err := range w.store.ReadAll(w.t.Context(), 0, 1<<20) {
		require.NoError(w.t, err)
		all = append(all, r)
	}
	return all
}

// clerk is the Go side of the shop in tests: each function may be replaced.
type clerk struct {
	cancel  func(ctx context.Context, order shop.Order, cmd shop.CancelOrder) (shop.OrderCancelled, error)
	welcome func(ctx context.Context, e runtime.Event[shop.UserCreated]) error
	reserve func(ctx context.Context, e runtime.Event[shop.OrderPlaced]) error
	stream  func(ctx context.Context, e runtime.Event[shop.Event]) error
}

func (c *clerk) CancelOrder(ctx context.Context, order shop.Order, cmd shop.CancelOrder) (shop.OrderCancelled, error) {
	if c.cancel != nil {
		return c.cancel(ctx, order, cmd)
	}
	return shop.OrderCancelled(cmd), nil
}

func (c *clerk) SendWelcomeEmail(ctx context.Context, e runtime.Event[shop.UserCreated]) error {
	if c.welcome != nil {
		return c.welcome(ctx, e)
	}
	return nil
}

func (c *clerk) ReserveStock(ctx context.Context, e runtime.Event[shop.OrderPlaced]) error {
	if c.reserve != nil {
		return c.reserve(ctx, e)
	}
	return nil
}

func (c *clerk) StreamToKafka(ctx context.Context, e runtime.Event[shop.Event]) error {
	if c.stream != nil {
		return c.stream(ctx, e)
	}
	return nil
}

// clock is a clock that tests set.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2026, 1, 2, 3, 4, 5, 678901234, time.UTC)} }

func (c *clock) read() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) add(d time.Duration) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	return c.now
}

// ada, lines and noted are what most tests need.
var ada = shop.CreateUser{Name: "Ada", Email: "ada@example.com"}

func lines() []shop.Line {
	return []shop.Line{
		{Product: "notebook", Quantity: 2, Price: decimal.RequireFromString("4.50")},
		{Product: "pencil", Quantity: 10, Price: decimal.RequireFromString("0.35")},
	}
}

var errNoted = errors.New("as the test wants it")

// all collects an iteration.
func all[T any](t *testing.T, seq func(func(T, error) bool)) []T {
	t.Helper()
	var out []T
	for v, err := range seq {
		require.NoError(t, err)
		out = append(out, v)
	}
	return out
}
