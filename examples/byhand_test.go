package examples_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/examples/gen/shop"
	"github.com/fluvius-io/fluvius-go/runtime"
)

// TestACommandInADecisionIsAnError, under the context that the decision was given, and under any other, where a command on
// the decision's own aggregate would wait for itself.
func TestACommandInADecisionIsAnError(t *testing.T) {
	deep := func(n int, do func() error) (err error) {
		var nested func(n int) error
		nested = func(n int) error {
			if n > 0 {
				return nested(n - 1)
			}
			return do()
		}
		return nested(n)
	}
	for name, under := range map[string]func(context.Context) context.Context{
		"its own context":    func(ctx context.Context) context.Context { return ctx },
		"another one":        func(context.Context) context.Context { return context.Background() },
		"one without values": func(ctx context.Context) context.Context { return context.WithoutCancel(context.Background()) },
	} {
		t.Run(name, func(t *testing.T) {
			onEachStore(t, func(t *testing.T, w *world) {
				impl := &clerk{}
				d := w.shop(impl)
				impl.cancel = func(ctx context.Context, o shop.Order, _ shop.CancelOrder) (shop.OrderCancelled, error) {
					return shop.OrderCancelled{}, deep(200, func() error {
						_, err := d.Order.ShipOrder(under(ctx), o.ID, shop.ShipOrder{Carrier: "post"})
						return err
					})
				}
				_, err := d.Order.PlaceOrder(t.Context(), "o-1", shop.PlaceOrder{Customer: "u-1", Lines: lines()})
				require.NoError(t, err)
				_, err = d.Order.CancelOrder(t.Context(), "o-1", shop.CancelOrder{Reason: "no"})
				require.ErrorIs(t, err, runtime.ErrInvalid)
				require.ErrorContains(t, err, "a decision may run again, so it must not issue a command")
				require.Len(t, w.records(), 1, "nothing was stored")
				_, err = d.Order.ShipOrder(t.Context(), "o-1", shop.ShipOrder{Carrier: "post"})
				require.NoError(t, err, "and the aggregate is not left locked")
			})
		})
	}
}

// TestACommandBesideADecisionWaits: one that comes from elsewhere while a decision by hand runs is none in it.
func TestACommandBesideADecisionWaits(t *testing.T) {
	onEachStore(t, func(t *testing.T, w *world) {
		others := make(chan error)
		impl := &clerk{}
		d := w.shop(impl)
		impl.cancel = func(_ context.Context, _ shop.Order, cmd shop.CancelOrder) (shop.OrderCancelled, error) {
			go func() {
				_, err := d.Order.ShipOrder(context.Background(), "o-1", shop.ShipOrder{Carrier: "post"})
				others <- err
			}()
			return shop.OrderCancelled(cmd), nil
		}
		_, err := d.Order.PlaceOrder(t.Context(), "o-1", shop.PlaceOrder{Customer: "u-1", Lines: lines()})
		require.NoError(t, err)
		_, err = d.Order.CancelOrder(t.Context(), "o-1", shop.CancelOrder{Reason: "no"})
		require.NoError(t, err)
		require.ErrorAs(t, <-others, new(shop.OrderClosed))
	})
}
