package runtime_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/fluvius-io/fluvius-go/runtime/memory"
)

func TestPromise1AFailedActionStoresNothing(t *testing.T) {
	onStores(t, func(t *testing.T, store runtime.Store) {
		b, ctx := newBank(t, store), t.Context()
		_, err := b.Account.Open(ctx, "a", Open{Owner: "Ada"})
		require.NoError(t, err)
		before, err := b.Account.Deposit(ctx, "a", Deposit{Amount: 5})
		require.NoError(t, err)

		_, err = b.Account.Withdraw(ctx, "a", Withdraw{Amount: 6})
		require.Equal(t, Insufficient{ID: "a", Balance: 5}, err)

		head, err := store.Head(ctx)
		require.NoError(t, err)
		require.EqualValues(t, 2, head)
		after, err := b.Account.Load(ctx, "a")
		require.NoError(t, err)
		require.Equal(t, before, after)
	})
}

func TestPromise12And20ACommandMakesItsEventAndAnswers(t *testing.T) {
	onStores(t, func(t *testing.T, store runtime.Store) {
		b, ctx := newBank(t, store), t.Context()
		var opened runtime.Result
		state, err := b.Account.Open(ctx, "a", Open{Owner: "Ada"}, runtime.ResultTo(&opened))
		require.NoError(t, err)
		want := Account{ID: "a", Sequence: 1, Owner: "Ada"}
		require.Equal(t, want, state)
		require.Equal(t, runtime.Result{Aggregate: "account", AggregateID: "a", First: 1, Last: 1, Position: 1, State: want}, opened)
		require.Equal(t, []string{"account-opened"}, keysOf(recordsOf(t, store, "a")))

		res, err := b.Account.Execute(ctx, "a", Deposit{Amount: 3})
		require.NoError(t, err)
		require.Equal(t, runtime.Result{
			Aggregate: "account", AggregateID: "a", First: 2, Last: 2, Position: 2,
			State: Account{ID: "a", Sequence: 2, Owner: "Ada", Balance: 3},
		}, res)
	})
}

func TestPromise10VersionIsThePayloadsAndSequenceThePlace(t *testing.T) {
	b, ctx := newBank(t, memory.New()), t.Context()
	_, err := b.Account.Open(ctx, "a", Open{Owner: "Ada"})
	require.NoError(t, err)
	_, err = b.Account.Deposit(ctx, "a", Deposit{Amount: 3})
	require.NoError(t, err)
	events := eventsOf(t, b, "a")
	require.Equal(t, []uint64{1, 2}, sequencesOf(events))
	require.Equal(t, 2, events[0].Version)
	require.Equal(t, 1, events[1].Version)
}

func TestPromise18And10thLawACancelledContextStoresNothing(t *testing.T) {
	onStores(t, func(t *testing.T, store runtime.Store) {
		b := newBank(t, store)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := b.Account.Open(ctx, "a", Open{Owner: "Ada"})
		require.ErrorIs(t, err, context.Canceled)

		// It ends while the decision runs.
		ctx, cancel = context.WithCancel(t.Context())
		b.byHand = func(context.Context, Account) ([]AccountEvent, error) {
			cancel()
			return []AccountEvent{Opened{Owner: "Ada"}}, nil
		}
		_, err = b.Account.Custom(ctx, "a")
		require.ErrorIs(t, err, context.Canceled)
		require.Empty(t, recordsOf(t, store, "a"))
	})
}

func TestPromise19AllEventsOfAnActionOrNone(t *testing.T) {
	onStores(t, func(t *testing.T, store runtime.Store) {
		f := &faulty{Store: store}
		b, ctx := newBank(t, f), t.Context()
		_, err := b.Account.Open(ctx, "a", Open{Owner: "Ada"})
		require.NoError(t, err)
		f.onAppend = func(runtime.Append, func(runtime.Append) (runtime.Appended, error)) (runtime.Appended, error) {
			return runtime.Appended{}, errDisk
		}
		_, err = b.Account.Note(ctx, "a", Note{Texts: []string{"x", "y", "z"}})
		require.ErrorIs(t, err, errDisk)
		require.ErrorContains(t, err, `account "a"`)
		require.Len(t, f.appends[1].Records, 3)
		require.Len(t, recordsOf(t, store, "a"), 1)

		// law 4: the same call may be made again.
		f.onAppend = nil
		state, err := b.Account.Note(ctx, "a", Note{Texts: []string{"x", "y", "z"}})
		require.NoError(t, err)
		require.Equal(t, []string{"x", "y", "z"}, state.Notes)
		require.EqualValues(t, 4, state.Sequence)
	})
}

func TestPromise8And7thLawTwoAggregatesOfOneID(t *testing.T) {
	store := memory.New()
	other := accountAggregate()
	other.Name = "vault"
	b, v, ctx := newBank(t, store), newBankOf(t, store, other), t.Context()
	_, err := b.Account.Open(ctx, "x", Open{Owner: "Ada"})
	require.NoError(t, err)
	_, err = v.Account.Open(ctx, "x", Open{Owner: "Bob"})
	require.NoError(t, err)
	_, err = b.Account.Deposit(ctx, "x", Deposit{Amount: 1})
	require.NoError(t, err)
	require.Len(t, eventsOf(t, b, "x"), 2)
	require.Len(t, eventsOf(t, v, "x"), 1)
	state, err := v.Account.Load(ctx, "x")
	require.NoError(t, err)
	require.Equal(t, Account{ID: "x", Sequence: 1, Owner: "Bob"}, state)
}

func TestPromise11MetadataIsOnEveryEventAndInNoPayload(t *testing.T) {
	onStores(t, func(t *testing.T, store runtime.Store) {
		b := newBank(t, store)
		ctx := runtime.ContextWith(t.Context(), runtime.Metadata("tenant", "acme"), runtime.Actor("nobody"))
		ctx = runtime.ContextWith(ctx, runtime.Correlation("conv-1"))
		_, err := b.Account.Open(ctx, "a", Open{Owner: "Ada"})
		require.NoError(t, err)
		_, err = b.Account.Note(ctx, "a", Note{Texts: []string{"x", "x"}}, runtime.CommandID("c-1"), runtime.Actor("ada"), runtime.Metadata("reason", `"why"`))
		require.NoError(t, err)
		_, err = b.Account.Note(t.Context(), "a", Note{Texts: []string{"x"}})
		require.NoError(t, err)

		records := recordsOf(t, store, "a")
		for _, r := range records[1:3] {
			require.Equal(t, map[string]string{
				"tenant": "acme", "reason": `"why"`, "actor": "ada", "command_id": "c-1", "correlation_id": "conv-1", "fluvius.action": "Note",
			}, r.Metadata.Map())
		}
		actor, _ := records[0].Metadata.Get("actor")
		require.Equal(t, "nobody", actor)
		require.Equal(t, records[1].Data, records[3].Data)
		require.NotEqual(t, records[1].Metadata, records[3].Metadata)
		id, ok := records[3].Metadata.Get("command_id")
		require.True(t, ok, "every append has an id, given or made")
		correlation, _ := records[3].Metadata.Get("correlation_id")
		require.Equal(t, id, correlation, "a command of its own begins a conversation")
	})
}

func TestPromise16TheStateReturnedIsTheStateReplayed(t *testing.T) {
	onStores(t, func(t *testing.T, store runtime.Store) {
		b, ctx := newBank(t, store), t.Context()
		for i, act := range []func() (Account, error){
			func() (Account, error) { return b.Account.Open(ctx, "a", Open{Owner: "Ada"}) },
			func() (Account, error) { return b.Account.Deposit(ctx, "a", Deposit{Amount: 2000}) },
			func() (Account, error) { return b.Account.Note(ctx, "a", Note{Texts: []string{"x", "y"}}) },
		} {
			live, err := act()
			require.NoError(t, err)
			replayed, err := newBank(t, store).Account.Load(ctx, "a")
			require.NoError(t, err)
			require.Equal(t, replayed, live)
			require.Equal(t, i > 0, live.Rich, "derived fields are in both")
		}
	})
}

// TestOrderOfTheChecks has everything wrong at once, and mends one thing after the other.
func TestOrderOfTheChecks(t *testing.T) {
	f := &faulty{Store: memory.New()}
	b := newBank(t, f)
	_, err := b.Account.Open(t.Context(), "a", Open{Owner: "Ada"}, runtime.CommandID("used"))
	require.NoError(t, err)

	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	ctx := t.Context()
	_, err = b.Account.Open(cancelled, "", Open{}, runtime.CommandID(""))
	require.ErrorIs(t, err, context.Canceled)
	_, err = b.Account.Open(ctx, "", Open{}, runtime.CommandID(""))
	require.Equal(t, runtime.InvalidError{Path: "id", Reason: "must not be empty"}, err)
	_, err = b.Account.Open(ctx, "a", Open{}, runtime.CommandID(""))
	require.Equal(t, runtime.InvalidError{Path: "owner", Reason: "must not be empty"}, err)
	_, err = b.Account.Open(ctx, "a", Open{Owner: "Ada"}, runtime.CommandID(""), runtime.IfSequence(7))
	require.Equal(t, runtime.InvalidError{Path: "command_id", Reason: "must not be empty"}, err)
	_, err = b.Account.Open(ctx, "a", Open{Owner: "Ada"}, runtime.CommandID("used"), runtime.IfSequence(7))
	require.NoError(t, err, "what was done is looked up before anything is checked")
	_, err = b.Account.Open(ctx, "a", Open{Owner: "Ada"}, runtime.CommandID("new"), runtime.IfSequence(7))
	require.Equal(t, runtime.ConflictError{Stream: streamOf("a"), Expected: 7, Actual: 1}, err)
	_, err = b.Account.Open(ctx, "a", Open{Owner: "Ada"}, runtime.CommandID("new"), runtime.IfSequence(1))
	require.Equal(t, runtime.AlreadyExistsError{Aggregate: "account", ID: "a"}, err)
	_, err = b.Account.Withdraw(ctx, "b", Withdraw{Amount: 1})
	require.Equal(t, runtime.NotFoundError{Aggregate: "account", ID: "b"}, err)
	_, err = b.Account.Withdraw(ctx, "a", Withdraw{Amount: -most - 1}) // the decision lets it through, the invariant does not
	require.ErrorIs(t, err, runtime.ErrInvariant)
	_, err = b.Account.Deposit(ctx, "a", Deposit{Amount: -1})
	require.Equal(t, runtime.InvalidError{Path: "amount", Reason: "must be > 0"}, err)
	require.Len(t, f.appends, 1)
}

func TestOptionsThatAreNotFit(t *testing.T) {
	b, ctx := newBank(t, memory.New()), t.Context()
	for _, o := range []runtime.Option{
		runtime.Metadata("actor", "x"), runtime.Metadata("command_id", "x"), runtime.Metadata("correlation_id", "x"),
		runtime.Metadata("causation_id", "x"), runtime.Metadata("traceparent", "x"), runtime.Metadata("fluvius.action", "x"),
		runtime.Metadata("", "x"), runtime.Metadata("x", "\xff"), runtime.Actor("\xff"),
		runtime.CommandID(strings.Repeat("x", 257)), runtime.CommandID("a\nb"), runtime.CommandID("\xff"),
	} {
		_, err := b.Account.Open(ctx, "a", Open{Owner: "Ada"}, o)
		assert.ErrorIs(t, err, runtime.ErrInvalid, "%+v", o)
	}
	_, err := b.Account.Open(ctx, "a", Open{Owner: "Ada"}, runtime.Option{}, runtime.Metadata("tenant", "x"))
	require.NoError(t, err)
}

func TestIDsAreOneTo256BytesWithoutControlCharacters(t *testing.T) {
	onStores(t, func(t *testing.T, store runtime.Store) {
		b, ctx := newBank(t, store), t.Context()
		for _, id := range []AccountID{"*", "a.b", "a>b", "ä/1", "a b", AccountID(strings.Repeat("x", 256)), "%", "日本"} {
			_, err := b.Account.Open(ctx, id, Open{Owner: "Ada"})
			require.NoError(t, err)
			state, err := b.Account.Load(ctx, id)
			require.NoError(t, err)
			require.Equal(t, id, state.ID)
		}
		for _, id := range []AccountID{"", "a\x00", "a\nb", "\x7f", "\u0085", "\xff", AccountID(strings.Repeat("ä", 129))} {
			_, err := b.Account.Open(ctx, id, Open{Owner: "Ada"})
			var invalid runtime.InvalidError
			require.ErrorAs(t, err, &invalid)
			require.Equal(t, "id", invalid.Path)
			_, err = b.Account.Load(ctx, id)
			require.ErrorIs(t, err, runtime.ErrInvalid)
		}
	})
}

// TestConflictsOfOtherProcesses: two domains over one store are two processes, as far as they can tell.
func TestConflictsOfOtherProcesses(t *testing.T) {
	onStores(t, func(t *testing.T, store runtime.Store) {
		one, two, ctx := newBank(t, store), newBank(t, store), t.Context()
		_, err := one.Account.Open(ctx, "a", Open{Owner: "Ada"})
		require.NoError(t, err)
		_, err = two.Account.Deposit(ctx, "a", Deposit{Amount: 10})
		require.NoError(t, err)

		t.Run("a kept state that is old costs a second decision", func(t *testing.T) {
			state, err := one.Account.Deposit(ctx, "a", Deposit{Amount: 1})
			require.NoError(t, err)
			require.EqualValues(t, 11, state.Balance)
		})
		t.Run("it gives no wrong error", func(t *testing.T) {
			_, err := two.Account.Deposit(ctx, "a", Deposit{Amount: 100})
			require.NoError(t, err)
			state, err := one.Account.Withdraw(ctx, "a", Withdraw{Amount: 100})
			require.NoError(t, err)
			require.EqualValues(t, 11, state.Balance)
		})
		t.Run("it gives no old state where nothing is stored", func(t *testing.T) {
			_, err := two.Account.Deposit(ctx, "a", Deposit{Amount: 4})
			require.NoError(t, err)
			state, err := one.Account.Touch(ctx, "a")
			require.NoError(t, err)
			require.EqualValues(t, 15, state.Balance)
		})
		t.Run("Load is never old", func(t *testing.T) {
			_, err := two.Account.Deposit(ctx, "a", Deposit{Amount: 5})
			require.NoError(t, err)
			state, err := one.Account.Load(ctx, "a")
			require.NoError(t, err)
			require.EqualValues(t, 20, state.Balance)
		})
		t.Run("IfSequence pins, law 2: the actual sequence is told", func(t *testing.T) {
			state, err := two.Account.Deposit(ctx, "a", Deposit{Amount: 1})
			require.NoError(t, err)
			_, err = one.Account.Deposit(ctx, "a", Deposit{Amount: 1}, runtime.IfSequence(state.Sequence-1))
			require.Equal(t, runtime.ConflictError{Stream: streamOf("a"), Expected: state.Sequence - 1, Actual: state.Sequence}, err)
			_, err = one.Account.Deposit(ctx, "a", Deposit{Amount: 1}, runtime.IfSequence(state.Sequence))
			require.NoError(t, err)
			_, err = one.Account.Open(ctx, "a", Open{Owner: "Ada"}, runtime.IfSequence(0))
			require.ErrorIs(t, err, runtime.ErrConflict)
		})
	})
}

// interfere stores a deposit of another process right before each of the next n appends.
func interfere(f *faulty, other *Bank, n int) {
	f.onAppend = func(a runtime.Append, next func(runtime.Append) (runtime.Appended, error)) (runtime.Appended, error) {
		if n--; n >= 0 {
			if _, err := other.Account.Deposit(context.Background(), AccountID(a.Stream.ID), Deposit{Amount: 1}); err != nil {
				return runtime.Appended{}, err
			}
		}
		return next(a)
	}
}

func TestConflictsAreDecidedAgain(t *testing.T) {
	for _, c := range []struct {
		retries, conflicts int
		gives              bool
	}{{10, 10, true}, {10, 11, false}, {0, 0, true}, {0, 1, false}, {3, 3, true}, {3, 4, false}} {
		t.Run(fmt.Sprintf("%d retries, %d conflicts", c.retries, c.conflicts), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				store := memory.New()
				f := &faulty{Store: store}
				b, other, ctx := newBank(t, f, runtime.WithRetries(c.retries), runtime.WithCache(0)), newBank(t, store), t.Context()
				_, err := b.Account.Open(ctx, "a", Open{Owner: "Ada"})
				require.NoError(t, err)
				interfere(f, other, c.conflicts)
				state, err := b.Account.Deposit(ctx, "a", Deposit{Amount: 1000})
				if !c.gives {
					require.ErrorIs(t, err, runtime.ErrConflict)
					var conflict runtime.ConflictError
					require.ErrorAs(t, err, &conflict)
					require.EqualValues(t, c.conflicts+1, conflict.Actual)
					return
				}
				require.NoError(t, err)
				require.EqualValues(t, 1000+c.conflicts, state.Balance)
				require.Len(t, recordsOf(t, store, "a"), 2+c.conflicts)
			})
		})
	}
}

func TestIfSequenceIsNeverDecidedAgain(t *testing.T) {
	store := memory.New()
	f := &faulty{Store: store}
	b, other, ctx := newBank(t, f), newBank(t, store), t.Context()
	_, err := b.Account.Open(ctx, "a", Open{Owner: "Ada"})
	require.NoError(t, err)
	interfere(f, other, 1)
	_, err = b.Account.Deposit(ctx, "a", Deposit{Amount: 1}, runtime.IfSequence(1))
	require.Equal(t, runtime.ConflictError{Stream: streamOf("a"), Expected: 1, Actual: 2}, err)
	require.Len(t, recordsOf(t, store, "a"), 2)
}

// TestOneAggregateOneQueue: actions on one aggregate in one process never meet a conflict.
func TestOneAggregateOneQueue(t *testing.T) {
	onStores(t, func(t *testing.T, store runtime.Store) {
		b, ctx := newBank(t, store, runtime.WithRetries(0)), t.Context()
		_, err := b.Account.Open(ctx, "a", Open{Owner: "Ada"})
		require.NoError(t, err)
		const goroutines, deposits = 8, 50
		var all sync.WaitGroup
		for range goroutines {
			all.Go(func() {
				for range deposits {
					_, err := b.Account.Deposit(ctx, "a", Deposit{Amount: 1})
					assert.NoError(t, err)
				}
			})
		}
		all.Wait()
		state, err := b.Account.Load(ctx, "a")
		require.NoError(t, err)
		require.EqualValues(t, goroutines*deposits, state.Balance)
		require.EqualValues(t, goroutines*deposits+1, state.Sequence)
	})
}

func TestWaitingForTheAggregateEndsWithTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBank(t, memory.New())
		release := make(chan struct{})
		b.byHand = func(context.Context, Account) ([]AccountEvent, error) {
			<-release
			return []AccountEvent{Opened{Owner: "Ada"}}, nil
		}
		first := make(chan error, 1)
		go func() {
			_, err := b.Account.Custom(context.Background(), "a")
			first <- err
		}()
		synctest.Wait()
		ctx, cancel := context.WithCancel(context.Background())
		second := make(chan error, 1)
		go func() {
			_, err := b.Account.Deposit(ctx, "a", Deposit{Amount: 1})
			second <- err
		}()
		synctest.Wait()
		_, err := b.Account.Open(context.Background(), "b", Open{Owner: "Bob"})
		require.NoError(t, err, "another aggregate does not wait")
		cancel()
		require.ErrorIs(t, <-second, context.Canceled)
		close(release)
		require.NoError(t, <-first)
		_, err = b.Account.Deposit(context.Background(), "a", Deposit{Amount: 1})
		require.NoError(t, err)
	})
}

func TestPromise2StatesShareNoMemory(t *testing.T) {
	b, ctx := newBank(t, memory.New()), t.Context()
	_, err := b.Account.Open(ctx, "a", Open{Owner: "Ada"})
	require.NoError(t, err)
	reads := []func() (Account, error){
		func() (Account, error) { return b.Account.Note(ctx, "a", Note{Texts: []string{"x", "y"}}) },
		func() (Account, error) { return b.Account.Load(ctx, "a") },
		func() (Account, error) { return b.Account.Touch(ctx, "a") },
		func() (Account, error) { return b.Account.AtSequence(ctx, "a", 3) },
		func() (Account, error) { return b.Account.At(ctx, "a", b.farFuture()) },
		func() (Account, error) { return b.Account.Load(ctx, "a") },
	}
	for i, read := range reads {
		state, err := read()
		require.NoError(t, err)
		require.Equal(t, []string{"x", "y"}, state.Notes, "read %d", i)
		state.Notes[0] = "changed"
		_ = append(state.Notes[:1], "changed")
	}
}

func TestOverflowIsAnErrorBeforeAnythingIsStored(t *testing.T) {
	store := memory.New()
	a := accountAggregate()
	a.Check = nil
	b, ctx := newBankOf(t, store, a), t.Context()
	_, err := b.Account.Open(ctx, "a", Open{Owner: "Ada"})
	require.NoError(t, err)
	for range 2 {
		_, err = b.Account.Deposit(ctx, "a", Deposit{Amount: 1 << 62})
	}
	require.ErrorIs(t, err, runtime.ErrOverflow)
	require.Equal(t, 422, runtime.HTTPStatus(err))
	require.Len(t, recordsOf(t, store, "a"), 2)
}

func TestTooLargeIsRefusedBeforeTheStore(t *testing.T) {
	f := &faulty{Store: memory.New()}
	b, ctx := newBank(t, f), t.Context()
	_, err := b.Account.Open(ctx, "a", Open{Owner: "Ada"})
	require.NoError(t, err)
	for _, texts := range [][]string{make([]string, runtime.MaxRecords+1), {strings.Repeat("x", runtime.MaxBytes)}} {
		_, err = b.Account.Note(ctx, "a", Note{Texts: texts})
		require.ErrorIs(t, err, runtime.ErrTooLarge)
	}
	_, err = b.Account.Note(ctx, "a", Note{Texts: make([]string, runtime.MaxRecords)})
	require.NoError(t, err)
	require.Len(t, f.appends, 2)
}

func TestDecideIsTheDecisionAlone(t *testing.T) {
	f := &faulty{Store: memory.New()}
	b, ctx := newBank(t, f), t.Context()
	decide := func(s Account, cmd Withdraw, opts ...runtime.Option) ([]AccountEvent, error) {
		return runtime.Decide(ctx, b.Account.Handle, &b.Account.actions.withdraw, s, cmd, opts)
	}
	rich := Account{ID: "a", Sequence: 3, Balance: 10}
	events, err := decide(rich, Withdraw{Amount: 4})
	require.NoError(t, err)
	require.Equal(t, []AccountEvent{Withdrawn{Amount: 4}}, events)
	_, err = decide(rich, Withdraw{Amount: 11})
	require.Equal(t, Insufficient{ID: "a", Balance: 10}, err)
	_, err = decide(Account{}, Withdraw{Amount: 4})
	require.ErrorIs(t, err, runtime.ErrNotFound)
	_, err = decide(rich, Withdraw{Amount: 4}, runtime.IfSequence(2))
	require.ErrorIs(t, err, runtime.ErrConflict)
	_, err = decide(rich, Withdraw{Amount: -most})
	require.ErrorIs(t, err, runtime.ErrInvariant)
	_, err = runtime.Decide(ctx, b.Account.Handle, &b.Account.actions.open, rich, Open{Owner: "Ada"}, nil)
	require.ErrorIs(t, err, runtime.ErrAlreadyExists)
	require.Empty(t, f.appends)
	require.Zero(t, f.reads)
}

func TestHooksAreAroundCommands(t *testing.T) {
	var calls []runtime.CommandCall
	var results []runtime.Result
	refuse := errors.New("refused")
	hook := func(ctx context.Context, c runtime.CommandCall, next func(context.Context) (runtime.Result, error)) error {
		calls = append(calls, c)
		if c.AggregateID == "refused" {
			return refuse
		}
		if c.AggregateID == "forgotten" {
			return nil
		}
		res, _ := next(runtime.ContextWith(ctx, runtime.Traceparent("00-1-2-01")))
		results = append(results, res)
		return nil
	}
	store := memory.New()
	b, ctx := newBank(t, store, runtime.WithHooks(hook, nil)), t.Context()
	state, err := b.Account.Open(ctx, "a", Open{Owner: "Ada"})
	require.NoError(t, err)
	require.Equal(t, runtime.CommandCall{Domain: "bank", Aggregate: "account", AggregateID: "a", Action: "Open"}, calls[0])
	require.Equal(t, runtime.Result{Aggregate: "account", AggregateID: "a", First: 1, Last: 1, Position: 1, State: state}, results[0])
	trace, _ := recordsOf(t, store, "a")[0].Metadata.Get("traceparent")
	require.Equal(t, "00-1-2-01", trace)
	_, err = b.Account.Open(ctx, "a", Open{Owner: "Ada"})
	require.ErrorIs(t, err, runtime.ErrAlreadyExists, "a hook cannot lose an error")
	_, err = b.Account.Open(ctx, "refused", Open{Owner: "Ada"})
	require.Equal(t, refuse, err)
	_, err = b.Account.Open(ctx, "forgotten", Open{Owner: "Ada"})
	require.Error(t, err)
}

func TestNewEngineNeedsAStore(t *testing.T) {
	_, err := runtime.NewEngine(nil, "bank")
	require.ErrorContains(t, err, "nil")
	var none *memory.Store
	_, err = runtime.NewEngine(none, "bank")
	require.ErrorContains(t, err, "nil")
}
