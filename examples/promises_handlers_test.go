package examples_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/examples/gen/shop"
	"github.com/fluvius-io/fluvius-go/runtime"
)

// TestPromise31StepsOfARedelivery: a handler whose second step fails is given the event again, under the same id. What
// it did by a command in its first step is done once; what it did elsewhere it knows again by the event's id.
func TestPromise31StepsOfARedelivery(t *testing.T) {
	onEachStore(t, func(t *testing.T, w *world) {
		var ids []string
		sent := map[string]bool{}
		d := w.shop(&clerk{welcome: func(ctx context.Context, e runtime.Event[shop.UserCreated]) error {
			ids = append(ids, e.ID())
			if _, err := shop.FromContext(ctx).Order.PlaceOrder(ctx, "gift", shop.PlaceOrder{Customer: "u-1", Lines: lines()}); err != nil {
				return err
			}
			sent[e.ID()] = true
			if len(ids) == 1 {
				return errNoted
			}
			return nil
		}})
		_, err := d.User.CreateUser(t.Context(), "u-1", ada)
		require.NoError(t, err)
		require.NoError(t, d.CatchUp(t.Context()))
		require.Equal(t, []string{"user/u-1/1", "user/u-1/1"}, ids, "it came again, as the same")
		require.Len(t, sent, 1)
		require.Len(t, all(t, d.Order.Events(t.Context(), "gift")), 1, "and its command was done once")
	})
}
