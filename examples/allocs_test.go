package examples_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/examples/gen/shop"
	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/fluvius-io/fluvius-go/runtime/memory"
)

// What generated code on the memory store allocates, at most. Counts do not depend on the machine, so they are
// tests, and times are not (docs/performance.md). A number here may go down with a change; where one has to go up,
// the change says why.
const (
	allocsOfUserEvent  = 0.0  // replaying it: strings are parts of what is stored
	allocsOfOrderEvent = 10.0 // replaying an order's placing: a list, three decimals, the state's copies
	allocsOfCommand    = 18.0 // where the state is kept
	allocsOfColdLoad   = 10.0 // besides those of the events
	allocsOfDecoding   = 1.0  // the value of the interface
	allocsOfCatchUp    = 9.5  // for each event and handler
)

// shopOf is a shop over a store, in which a user's email has been corrected some times.
func shopOf(t *testing.T, store runtime.Store, corrections int, opts ...runtime.DomainOption) *shop.Domain {
	d, err := shop.New(store, &clerk{}, opts...)
	require.NoError(t, err)
	if corrections == 0 {
		return d
	}
	_, err = d.User.CreateUser(t.Context(), "u-1", shop.CreateUser{Name: "Ada", Email: "ada@example.com"})
	require.NoError(t, err)
	for i := range corrections {
		_, err := d.User.CorrectEmail(t.Context(), "u-1", shop.CorrectEmail{Email: shop.Email(fmt.Sprintf("ada%d@example.com", i))})
		require.NoError(t, err)
	}
	return d
}

// allocations is testing.AllocsPerRun for what can fail. With the race detector more is allocated.
func allocations(t *testing.T, runs int, do func(ctx context.Context) error) float64 {
	t.Helper()
	if testing.Short() {
		t.Skip("-short is for the race detector, under which more is allocated")
	}
	ctx := t.Context()
	var err error
	allocs := testing.AllocsPerRun(runs, func() {
		if failed := do(ctx); failed != nil {
			err = failed
		}
	})
	require.NoError(t, err)
	t.Logf("%v allocations", allocs)
	return allocs
}

func TestReplayAllocatesNoStrings(t *testing.T) {
	store := memory.New()
	const events = 1000
	shopOf(t, store, events)
	d := shopOf(t, store, 0, runtime.WithCache(0))
	allocs := allocations(t, 20, func(ctx context.Context) error {
		_, err := d.User.Load(ctx, "u-1")
		return err
	})
	require.LessOrEqual(t, allocs, allocsOfColdLoad+events*allocsOfUserEvent)
}

func TestReplayOfListsAndDecimalsAllocatesLittle(t *testing.T) {
	store, ctx := memory.New(), t.Context()
	d := shopOf(t, store, 0)
	line := shop.Line{Product: "tea", Quantity: 2, Price: decimal.New(425, -2)}
	_, err := d.Order.PlaceOrder(ctx, "o-1", shop.PlaceOrder{Customer: "u-1", Lines: []shop.Line{line, line}})
	require.NoError(t, err)
	cold := shopOf(t, store, 0, runtime.WithCache(0))
	allocs := allocations(t, 100, func(ctx context.Context) error {
		_, err := cold.Order.Load(ctx, "o-1")
		return err
	})
	require.LessOrEqual(t, allocs, allocsOfColdLoad+allocsOfOrderEvent)
}

func TestCommandsAllocateLittle(t *testing.T) {
	d := shopOf(t, memory.New(), 10)
	allocs := allocations(t, 500, func(ctx context.Context) error {
		_, err := d.User.CorrectEmail(ctx, "u-1", shop.CorrectEmail{Email: "ada@lovelace.dev"})
		return err
	})
	require.LessOrEqual(t, allocs, allocsOfCommand)
}

func TestLoadsAllocateLittle(t *testing.T) {
	store := memory.New()
	shopOf(t, store, 10)
	d := shopOf(t, store, 0, runtime.WithCache(0))
	allocs := allocations(t, 500, func(ctx context.Context) error {
		_, err := d.User.Load(ctx, "u-1")
		return err
	})
	require.LessOrEqual(t, allocs, allocsOfColdLoad)
}

func TestDecodingAllocatesTheValueAlone(t *testing.T) {
	r := runtime.Record{
		Header: runtime.Header{Domain: "shop", Aggregate: "user", AggregateID: "u-1", Key: shop.UserEmailCorrectedKey, Version: 1},
		Data:   `{"email":"ada@example.com"}`,
	}
	var h *shop.UserHandle
	allocs := allocations(t, 500, func(context.Context) error {
		_, _, _, err := h.DecodeRecord(&r)
		return err
	})
	require.LessOrEqual(t, allocs, allocsOfDecoding)
}

func TestCatchUpAllocatesLittle(t *testing.T) {
	store := memory.New()
	const events = 2000
	shopOf(t, store, events)
	round := 0
	allocs := allocations(t, 5, func(ctx context.Context) error {
		round++
		d, err := shop.New(store, &clerk{}, runtime.WithHandlers(fmt.Sprint("counter-", round)))
		if err != nil {
			return err
		}
		seen := 0
		d.OnUserEmailCorrected(fmt.Sprint("counter-", round), func(context.Context, runtime.Event[shop.UserEmailCorrected]) error {
			seen++
			return nil
		}, runtime.Timeout(time.Minute))
		if err := d.CatchUp(ctx); err != nil || seen == events {
			return err
		}
		return fmt.Errorf("%d events of %d", seen, events)
	})
	require.LessOrEqual(t, allocs, events*allocsOfCatchUp)
}
