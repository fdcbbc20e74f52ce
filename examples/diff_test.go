package examples_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/examples/gen/shop"
	"github.com/fluvius-io/fluvius-go/runtime"
)

func told(changes []runtime.Change) (lines []string) {
	for _, c := range changes {
		lines = append(lines, c.String())
	}
	return lines
}

func TestDiffBetweenTwoMoments(t *testing.T) {
	onEachStore(t, func(t *testing.T, w *world) {
		d, ctx := w.shop(&clerk{}), t.Context()
		_, err := d.User.CreateUser(ctx, "u-1", ada)
		require.NoError(t, err)
		_, err = d.User.CorrectEmail(ctx, "u-1", shop.CorrectEmail{Email: "<ada>@lovelace.dev"})
		require.NoError(t, err)
		_, err = d.User.DeactivateUser(ctx, "u-1", shop.DeactivateUser{Reason: "left"})
		require.NoError(t, err)
		forth := []string{`sequence: 1 -> 3`, `email: "ada@example.com" -> "<ada>@lovelace.dev"`, `active: true -> false`}

		changes, err := runtime.Diff(ctx, d.User, "u-1", 1, 3)
		require.NoError(t, err)
		require.Equal(t, forth, told(changes))
		changes, err = runtime.Diff(ctx, d.User, "u-1", 3, 1)
		require.NoError(t, err)
		require.Equal(t, []string{`sequence: 3 -> 1`, `email: "<ada>@lovelace.dev" -> "ada@example.com"`, `active: false -> true`}, told(changes))
		changes, err = runtime.Diff(ctx, d.User, "u-1", 2, 2)
		require.NoError(t, err)
		require.Empty(t, changes)
		changes, err = runtime.Diff(ctx, d.User, "u-1", 0, 1)
		require.NoError(t, err)
		require.Contains(t, told(changes), `active: - -> true`)
		_, err = runtime.Diff(ctx, d.User, "u-1", 1, 4)
		require.ErrorIs(t, err, runtime.ErrNotFound)
		_, err = runtime.Diff(ctx, d.User, "", 0, 1)
		require.ErrorIs(t, err, runtime.ErrInvalid)

		future := time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC)
		changes, err = runtime.DiffTimes(ctx, d.User, "u-1", time.Time{}, future)
		require.NoError(t, err)
		require.Contains(t, told(changes), `sequence: - -> 3`)
		_, err = runtime.DiffTimes(ctx, d.User, "nobody", time.Time{}, future)
		require.ErrorIs(t, err, runtime.ErrNotFound)
	})
}
