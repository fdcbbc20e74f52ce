package examples_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/examples/gen/shop"
	"github.com/fluvius-io/fluvius-go/runtime"
)

// TestEveryLineOfTheAPIPage runs, line by line, the example that docs/go-api.md shows.
func TestEveryLineOfTheAPIPage(t *testing.T) {
	onEachStore(t, func(t *testing.T, w *world) {
		ctx, store, impl := t.Context(), w.store, &clerk{}
		var opts []runtime.DomainOption
		lines := lines()
		body := []byte(`{"email":"ada@lovelace.dev"}`)

		d, err := shop.New(store, impl, opts...)
		require.NoError(t, err)

		// Acting.
		user, err := d.User.CreateUser(ctx, "u-1", shop.CreateUser{Name: "Ada", Email: "ada@example.com"})
		require.NoError(t, err)
		require.Equal(t, shop.User{ID: "u-1", Sequence: 1, Name: "Ada", Email: "ada@example.com", Active: true}, user)
		order, err := d.Order.PlaceOrder(ctx, shop.NewOrderID(), shop.PlaceOrder{Customer: "u-1", Lines: lines},
			runtime.Actor("ada"), runtime.CommandID("c-77"))
		require.NoError(t, err)
		require.Equal(t, "12.5", order.Total.String())
		res, err := d.Execute(ctx, "u-1", shop.CorrectEmail{Email: "ada@lovelace.dev"})
		require.NoError(t, err)
		require.Equal(t, runtime.Result{
			Aggregate: "user", AggregateID: "u-1", First: 2, Last: 2, Position: 3,
			State: shop.User{ID: "u-1", Sequence: 2, Name: "Ada", Email: "ada@lovelace.dev", Active: true},
		}, res)
		cmd, err := shop.DecodeCommand("CorrectEmail", body)
		require.NoError(t, err)
		require.Equal(t, shop.CorrectEmail{Email: "ada@lovelace.dev"}, cmd)

		// Reading.
		user, err = d.User.Load(ctx, "u-1")
		require.NoError(t, err)
		require.EqualValues(t, 2, user.Sequence)
		_, err = d.User.At(ctx, "u-1", time.Now().Add(-time.Hour))
		require.ErrorIs(t, err, runtime.ErrNotFound)
		user, err = d.User.At(ctx, "u-1", time.Now().Add(time.Hour))
		require.NoError(t, err)
		require.EqualValues(t, 2, user.Sequence)
		_, err = d.User.AtSequence(ctx, "u-1", 3)
		require.ErrorIs(t, err, runtime.ErrNotFound)
		user, err = d.User.AtSequence(ctx, "u-1", 1)
		require.NoError(t, err)
		require.EqualValues(t, "ada@example.com", user.Email)
		_, err = d.User.DeactivateUser(ctx, "u-1", shop.DeactivateUser{Reason: "left"})
		require.NoError(t, err)
		seen := 0
		for e, err := range d.User.Events(ctx, "u-1", runtime.After(2)) {
			require.NoError(t, err)
			switch p := e.Payload.(type) {
			case shop.UserCreated:
				t.Fatalf("event 1 is not after 2: %+v", p)
			case shop.UserDeactivated:
				require.Equal(t, "left", p.Reason)
				seen++
			}
		}
		require.Equal(t, 1, seen)
		events := []shop.UserEvent{shop.UserCreated{Name: "Ada", Email: "ada@example.com"}}
		user, err = shop.FoldUser("u-1", events)
		require.NoError(t, err)
		require.True(t, user.Active)
		events, err = d.User.Decide(ctx, user, cmd)
		require.NoError(t, err)
		require.Equal(t, []shop.UserEvent{shop.UserEmailCorrected{Email: "ada@lovelace.dev"}}, events)
		count := 0
		for r, err := range d.Records(ctx, 0) {
			require.NoError(t, err)
			require.Equal(t, "shop", r.Domain)
			count++
		}
		require.Equal(t, 4, count)

		// Reacting.
		var profiles, audit, published int
		d.OnUserCreated("profiles", func(ctx context.Context, e runtime.Event[shop.UserCreated]) error {
			require.Same(t, d, shop.FromContext(ctx))
			profiles++
			return nil
		}, runtime.Retry(3))
		d.OnAny("audit", func(ctx context.Context, e runtime.Event[shop.Event]) error { audit++; return nil })
		d.OnRecord("kafka", func(ctx context.Context, r runtime.Record) error { published++; return nil })
		running, stop := context.WithCancel(ctx)
		done := make(chan error, 1)
		go func() { done <- d.Run(running) }()
		require.NoError(t, d.WaitFor(ctx, res.Position, "profiles"))
		require.NoError(t, d.WaitFor(ctx, 4))
		stop()
		require.NoError(t, <-done)
		require.NoError(t, d.CatchUp(ctx))
		require.Equal(t, []int{1, 4, 4}, []int{profiles, audit, published})
	})
}

// TestNewWithoutAnImplementation: nil impl is an error.
func TestNewWithoutAnImplementation(t *testing.T) {
	onEachStore(t, func(t *testing.T, w *world) {
		_, err := shop.New(w.store, nil)
		require.Error(t, err)
		_, err = shop.New(nil, &clerk{})
		require.Error(t, err)
	})
}
