package examples_test

import (
	"context"
	"fmt"
	"reflect"
	goruntime "runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/examples/gen/shop"
	"github.com/fluvius-io/fluvius-go/runtime"
)

// TestPromise23IteratesALongLogInBoundedMemory: the log, and the events of one aggregate, come one at a time and in
// order, however many there are.
func TestPromise23IteratesALongLogInBoundedMemory(t *testing.T) {
	total := 100_000
	if testing.Short() {
		total = 5_000
	}
	onEachStore(t, func(t *testing.T, w *world) {
		d := w.shop(&clerk{})
		_, err := d.User.CreateUser(t.Context(), "u-1", ada)
		require.NoError(t, err)
		for n := uint64(1); n < uint64(total); n += 999 {
			correct(t, w.store, "u-1", n, 999)
		}
		base, n := heap(), uint64(0)
		bounded := func(h runtime.Header) {
			n++
			require.Equal(t, n, h.Sequence)
			require.Equal(t, n, h.Position)
			if n%20_000 == 1 {
				require.NotZero(t, h.Timestamp)
				require.Less(t, heap(), base+8<<20, "the heap grew with the log, at event %d", n)
			}
		}
		for r, err := range d.Records(t.Context(), 0) {
			require.NoError(t, err)
			bounded(r.Header)
		}
		require.GreaterOrEqual(t, n, uint64(total))
		stored := n
		n = 0
		for e, err := range d.User.Events(t.Context(), "u-1") {
			require.NoError(t, err)
			bounded(e.Header)
		}
		require.Equal(t, stored, n)
	})
}

// correct appends n corrections of a user's address behind the back of the domain, which would take longer.
func correct(t *testing.T, store runtime.Store, id string, after, n uint64) {
	t.Helper()
	a := runtime.Append{Stream: runtime.Stream{Domain: "shop", Aggregate: "user", ID: id}, After: runtime.Mark{Sequence: after}}
	for i := range n {
		a.Records = append(a.Records, runtime.Record{Header: runtime.Header{
			Domain: "shop", Aggregate: "user", AggregateID: id, Key: shop.UserEmailCorrectedKey, Version: 1, Sequence: after + i + 1,
			Timestamp: time.Now().UTC(),
		}, Data: fmt.Sprintf(`{"email":"a%d@b.c"}`, i)})
	}
	_, err := store.Append(t.Context(), a)
	require.NoError(t, err)
}

func heap() uint64 {
	goruntime.GC()
	var m goruntime.MemStats
	goruntime.ReadMemStats(&m)
	return m.HeapAlloc
}

func TestPromise45CorrectionsAreNewEvents(t *testing.T) {
	onEachStore(t, func(t *testing.T, w *world) {
		d := w.shop(&clerk{})
		_, err := d.User.CreateUser(t.Context(), "u-1", ada)
		require.NoError(t, err)
		before := w.records()
		require.Len(t, before, 1)

		corrected, err := d.User.CorrectEmail(t.Context(), "u-1", shop.CorrectEmail{Email: "ada@lovelace.dev"})
		require.NoError(t, err)
		require.EqualValues(t, "ada@lovelace.dev", corrected.Email)

		if w.reopen != nil {
			w.reopen()
			d = w.shop(&clerk{})
		}
		after := w.records()
		require.Len(t, after, 2)
		require.Equal(t, before[0], after[0], "the first event is what it was, to the byte")
		require.Equal(t, `{"email":"ada@lovelace.dev"}`, after[1].Data)
		now, err := d.User.Load(t.Context(), "u-1")
		require.NoError(t, err)
		require.EqualValues(t, "ada@lovelace.dev", now.Email)
		then, err := d.User.AtSequence(t.Context(), "u-1", 1)
		require.NoError(t, err)
		require.EqualValues(t, "ada@example.com", then.Email, "and the past is told as it was")
	})
}

// TestPromise46OnlyEventsChangeAnAggregate: a state is a value. Whatever is assigned to one, wherever it was got from,
// is the assigner's alone.
func TestPromise46OnlyEventsChangeAnAggregate(t *testing.T) {
	onEachStore(t, func(t *testing.T, w *world) {
		forge := func(o *shop.Order) {
			o.Customer, o.Status, o.Sequence = "mallory", shop.OrderStatusShipped, 99
			o.Lines[0].Product = "forged"
			o.Lines = append(o.Lines[:1], shop.Line{Product: "slipped in"})
		}
		d := w.shop(&clerk{cancel: func(_ context.Context, o shop.Order, cmd shop.CancelOrder) (shop.OrderCancelled, error) {
			forge(&o) // a decision by hand is given a state too
			return shop.OrderCancelled(cmd), nil
		}})
		placed, err := d.Order.PlaceOrder(t.Context(), "o-1", shop.PlaceOrder{Customer: "u-1", Lines: lines()})
		require.NoError(t, err)
		want, err := d.Order.AtSequence(t.Context(), "o-1", 1)
		require.NoError(t, err)
		require.Equal(t, lines()[0].Product, want.Lines[0].Product)
		stored := w.records()

		forge(&placed)
		for range 2 {
			loaded, err := d.Order.Load(t.Context(), "o-1")
			require.NoError(t, err)
			require.Equal(t, want, loaded)
			forge(&loaded)
		}
		require.Equal(t, stored, w.records(), "nothing was stored by assigning")

		// The next action meets the aggregate as its events made it, which has not been shipped.
		cancelled, err := d.Order.CancelOrder(t.Context(), "o-1", shop.CancelOrder{Reason: "no"})
		require.NoError(t, err)
		want.Sequence, want.Status = 2, shop.OrderStatusCancelled
		require.Equal(t, want, cancelled)
	})
}

// TestPromise46AStateHasNoMethodThatChangesIt: to become another state it has its fields, and what reads JSON, which
// make the caller's copy; nothing leads from it to a store.
func TestPromise46AStateHasNoMethodThatChangesIt(t *testing.T) {
	for _, state := range []reflect.Type{reflect.TypeFor[*shop.User](), reflect.TypeFor[*shop.Order]()} {
		var names []string
		for m := range state.Methods() {
			names = append(names, m.Name)
		}
		require.Equal(t, []string{"MarshalJSON", "UnmarshalJSON"}, names, "%s", state)
		for f := range state.Elem().Fields() {
			require.NotContains(t, []reflect.Kind{reflect.Pointer, reflect.Func, reflect.Interface, reflect.Chan}, f.Type.Kind(), "%s.%s", state, f.Name)
		}
	}
}
