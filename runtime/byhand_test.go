package runtime_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/fluvius-io/fluvius-go/runtime/memory"
)

func TestByHand(t *testing.T) {
	b, ctx := newBank(t, memory.New(), runtime.WithClock(clockAt(epoch).now)), t.Context()
	_, err := b.Account.Open(ctx, "a", Open{Owner: "Ada"})
	require.NoError(t, err)
	do := func(decide func(context.Context, Account) ([]AccountEvent, error), opts ...runtime.Option) (Account, error) {
		b.byHand = decide
		return b.Account.Custom(ctx, "a", opts...)
	}

	t.Run("it has what the language has", func(t *testing.T) {
		var seen runtime.Decision
		_, err := do(func(ctx context.Context, s Account) ([]AccountEvent, error) {
			seen = runtime.DecisionFromContext(ctx)
			return nil, nil
		}, runtime.Actor("ada"), runtime.Metadata("tenant", "acme"), runtime.CommandID("c-1"))
		require.NoError(t, err)
		require.Equal(t, runtime.Decision{
			Now: epoch, Actor: "ada", Metadata: map[string]string{"tenant": "acme"}, Exists: true, CommandID: "c-1",
		}, seen)
		require.Zero(t, runtime.DecisionFromContext(ctx))
	})
	t.Run("NoEvent is a success that stores nothing", func(t *testing.T) {
		var res runtime.Result
		state, err := do(func(context.Context, Account) ([]AccountEvent, error) {
			return nil, fmt.Errorf("nothing to do: %w", runtime.NoEvent)
		}, runtime.ResultTo(&res))
		require.NoError(t, err)
		require.Equal(t, Account{ID: "a", Sequence: 1, Owner: "Ada"}, state)
		require.Equal(t, runtime.Result{Aggregate: "account", AggregateID: "a", State: state}, res)
	})
	t.Run("its errors come back as they are", func(t *testing.T) {
		own := errors.New("no")
		_, err := do(func(context.Context, Account) ([]AccountEvent, error) { return nil, own })
		require.Equal(t, own, err)
	})
	t.Run("a command in it is an error", func(t *testing.T) {
		_, err := do(func(ctx context.Context, _ Account) ([]AccountEvent, error) {
			_, err := b.Account.Deposit(ctx, "b", Deposit{Amount: 1})
			return nil, err
		})
		require.ErrorIs(t, err, runtime.ErrInvalid)
		require.ErrorContains(t, err, "decision")
	})
	t.Run("a panic is an error, and the queue goes on", func(t *testing.T) {
		_, err := do(func(context.Context, Account) ([]AccountEvent, error) { panic("boo") })
		var panicked *runtime.PanicError
		require.ErrorAs(t, err, &panicked)
		require.Equal(t, "boo", panicked.Value)
		require.Contains(t, panicked.Stack, "byhand_test.go")
		require.Equal(t, 500, runtime.HTTPStatus(err))
	})
	t.Run("nil and strangers are no events", func(t *testing.T) {
		for _, e := range []AccountEvent{nil, Stray{}, &Deposited{Amount: 1}} {
			_, err := do(func(context.Context, Account) ([]AccountEvent, error) { return []AccountEvent{e}, nil })
			require.ErrorIs(t, err, runtime.ErrInvalid, "%T", e)
		}
	})
	t.Run("what changes the given state changes nothing", func(t *testing.T) {
		_, err := b.Account.Note(ctx, "a", Note{Texts: []string{"x"}})
		require.NoError(t, err)
		_, err = do(func(_ context.Context, s Account) ([]AccountEvent, error) {
			s.Notes[0] = "changed"
			return []AccountEvent{Noted{Text: "y"}}, nil
		})
		require.NoError(t, err)
		state, err := b.Account.Load(ctx, "a")
		require.NoError(t, err)
		require.Equal(t, []string{"x", "y"}, state.Notes)
	})
	t.Run("an aggregate does not begin with just any event", func(t *testing.T) {
		b.byHand = func(context.Context, Account) ([]AccountEvent, error) {
			return []AccountEvent{Deposited{Amount: 1}}, nil
		}
		_, err := b.Account.Custom(ctx, "new")
		require.ErrorIs(t, err, runtime.ErrInvalid)
		require.ErrorContains(t, err, "money-deposited")
	})
}

// TestNoPanicReachesTheCaller has each function that a user can write panic.
func TestNoPanicReachesTheCaller(t *testing.T) {
	ctx := t.Context()
	requirePanic := func(t *testing.T, err error) {
		t.Helper()
		var panicked *runtime.PanicError
		require.ErrorAs(t, err, &panicked)
	}
	boom := func(context.Context, runtime.CommandCall, func(context.Context) (runtime.Result, error)) error {
		panic("boo")
	}
	_, err := newBank(t, memory.New(), runtime.WithHooks(boom, nil)).Account.Open(ctx, "a", Open{Owner: "Ada"})
	requirePanic(t, err)

	a := accountAggregate()
	plain, broken := a.Encode, false
	a.Encode = func(buf []byte, e AccountEvent) (runtime.Encoded, error) {
		if broken {
			panic("boo") // a Go type's MarshalJSON
		}
		return plain(buf, e)
	}
	b := newBankOf(t, memory.New(), a)
	_, err = b.Account.Open(ctx, "a", Open{Owner: "Ada"})
	require.NoError(t, err)
	broken = true
	_, err = b.Account.Deposit(ctx, "a", Deposit{Amount: 1})
	requirePanic(t, err)
	_, err = runtime.Fold(a, "a", []AccountEvent{Opened{}})
	requirePanic(t, err)
	broken = false
	_, err = b.Account.Deposit(ctx, "a", Deposit{Amount: 1})
	require.NoError(t, err, "the aggregate is not left locked")

	b.Account.actions.touch.Decide = func(context.Context, *runtime.Decision, *Account, *Touch) ([]AccountEvent, error) { panic(1) }
	_, err = runtime.Decide(ctx, b.Account.Handle, &b.Account.actions.touch, Account{Sequence: 1}, Touch{}, nil)
	requirePanic(t, err)
	b.Account.actions.touch.Check = func(*Touch) error { panic(1) }
	_, err = b.Account.Touch(ctx, "a")
	requirePanic(t, err)
}

func TestLaw28DecidingChangesNothingAndTwiceIsEqual(t *testing.T) {
	b, ctx := newBank(t, memory.New(), runtime.WithClock(clockAt(epoch).now)), t.Context()
	given := Account{ID: "a", Sequence: 4, Owner: "Ada", Balance: 2000, Notes: []string{"x"}, Rich: true}
	cmd := Note{Texts: []string{"y", "z"}}
	var first []AccountEvent
	for range 3 {
		events, err := runtime.Decide(ctx, b.Account.Handle, &b.Account.actions.note, given, cmd, nil)
		require.NoError(t, err)
		if first == nil {
			first = events
		}
		require.Equal(t, first, events)
	}
	require.Equal(t, Account{ID: "a", Sequence: 4, Owner: "Ada", Balance: 2000, Notes: []string{"x"}, Rich: true}, given)
	require.Equal(t, Note{Texts: []string{"y", "z"}}, cmd)

	events := []AccountEvent{Opened{Owner: "Ada", Notes: []string{"x"}}, Noted{Text: "y"}}
	one, err := runtime.Fold(accountAggregate(), "a", events)
	require.NoError(t, err)
	one.Notes[0] = "changed"
	two, err := runtime.Fold(accountAggregate(), "a", events)
	require.NoError(t, err)
	require.Equal(t, []string{"x", "y"}, two.Notes)
	require.Equal(t, []AccountEvent{Opened{Owner: "Ada", Notes: []string{"x"}}, Noted{Text: "y"}}, events)
}
