package runtime_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/fluvius-io/fluvius-go/runtime/memory"
)

func TestLaw6ACommandOfOneIDIsDoneOnce(t *testing.T) {
	onStores(t, func(t *testing.T, store runtime.Store) {
		b, ctx := newBank(t, store), t.Context()
		_, err := b.Account.Open(ctx, "a", Open{Owner: "Ada"}, runtime.CommandID("c-1"))
		require.NoError(t, err)
		var first, again runtime.Result
		done, err := b.Account.Note(ctx, "a", Note{Texts: []string{"x", "y"}}, runtime.CommandID("c-2"), runtime.ResultTo(&first))
		require.NoError(t, err)
		_, err = b.Account.Deposit(ctx, "a", Deposit{Amount: 9})
		require.NoError(t, err)

		for name, bank := range map[string]*Bank{"here": b, "in another process": newBank(t, store)} {
			t.Run(name, func(t *testing.T) {
				state, err := bank.Account.Note(ctx, "a", Note{Texts: []string{"other input"}}, runtime.CommandID("c-2"), runtime.ResultTo(&again))
				require.NoError(t, err)
				require.Equal(t, done, state, "the state right after its events")
				require.True(t, again.Duplicate)
				again.Duplicate = false
				require.Equal(t, first, again)
				_, err = bank.Account.Open(ctx, "a", Open{Owner: "Ada"}, runtime.CommandID("c-1"), runtime.IfSequence(99))
				require.NoError(t, err, "it is looked up before existence and sequence")
			})
		}
		t.Run("used for another action it is invalid", func(t *testing.T) {
			_, err := b.Account.Deposit(ctx, "a", Deposit{Amount: 1}, runtime.CommandID("c-2"))
			var invalid runtime.InvalidError
			require.ErrorAs(t, err, &invalid)
			require.Equal(t, "command_id", invalid.Path)
		})
		t.Run("it belongs to its aggregate", func(t *testing.T) {
			state, err := b.Account.Open(ctx, "b", Open{Owner: "Bob"}, runtime.CommandID("c-1"))
			require.NoError(t, err)
			require.Equal(t, Account{ID: "b", Sequence: 1, Owner: "Bob"}, state)
		})
		t.Run("a command that stored nothing leaves no trace", func(t *testing.T) {
			_, err := b.Account.Withdraw(ctx, "a", Withdraw{Amount: 1000}, runtime.CommandID("c-3"))
			require.Error(t, err)
			_, err = b.Account.Touch(ctx, "a", runtime.CommandID("c-3"))
			require.NoError(t, err)
			_, err = b.Account.Deposit(ctx, "a", Deposit{Amount: 1}, runtime.CommandID("c-3"))
			require.NoError(t, err)
		})
	})
}

// TestTheSameCommandInTwoProcesses: it is done by the other one after it was looked up here.
func TestTheSameCommandInTwoProcesses(t *testing.T) {
	for name, act := range map[string]func(context.Context, *Bank) (Account, error){
		"the append finds it": func(ctx context.Context, b *Bank) (Account, error) {
			return b.Account.Ensure(ctx, "a", Ensure{Owner: "Ada"}, runtime.CommandID("c-1"))
		},
		"the decision would be an error by then": func(ctx context.Context, b *Bank) (Account, error) {
			return b.Account.Open(ctx, "a", Open{Owner: "Ada"}, runtime.CommandID("c-1"))
		},
	} {
		t.Run(name, func(t *testing.T) {
			store := memory.New()
			f := &faulty{Store: store}
			here, there, ctx := newBank(t, f), newBank(t, store), t.Context()
			meanwhile := func() {
				_, err := act(ctx, there)
				require.NoError(t, err)
				_, err = there.Account.Deposit(ctx, "a", Deposit{Amount: 5})
				require.NoError(t, err)
			}
			if name == "the append finds it" {
				f.onAppend = func(a runtime.Append, next func(runtime.Append) (runtime.Appended, error)) (runtime.Appended, error) {
					meanwhile()
					return next(a)
				}
			} else {
				f.onRead = func(_ runtime.Stream, _ runtime.Mark, next iter.Seq2[runtime.Record, error]) iter.Seq2[runtime.Record, error] {
					f.onRead = nil
					meanwhile()
					return next
				}
			}
			state, err := act(ctx, here)
			require.NoError(t, err)
			require.Equal(t, Account{ID: "a", Sequence: 1, Owner: "Ada"}, state)
			require.Len(t, recordsOf(t, store, "a"), 2)
		})
	}
}

var errLost = fmt.Errorf("the connection was lost: %w", runtime.ErrOutcomeUnknown)

type appendFunc = func(runtime.Append, func(runtime.Append) (runtime.Appended, error)) (runtime.Appended, error)

// TestLaw5AnUnknownOutcomeIsLookedUp has the first append of a deposit end in an unknown outcome, in each
// way there is.
func TestLaw5AnUnknownOutcomeIsLookedUp(t *testing.T) {
	type world struct {
		other *Bank
	}
	cases := map[string]struct {
		first    func(w *world) appendFunc
		balance  int64
		appends  int
		deposits int
	}{
		"it was stored": {
			first: func(*world) appendFunc {
				return func(a runtime.Append, next func(runtime.Append) (runtime.Appended, error)) (runtime.Appended, error) {
					_, err := next(a)
					return runtime.Appended{}, errors.Join(errLost, err)
				}
			}, balance: 7, appends: 1, deposits: 1,
		},
		"it was not stored": {
			first: func(*world) appendFunc {
				return func(runtime.Append, func(runtime.Append) (runtime.Appended, error)) (runtime.Appended, error) {
					return runtime.Appended{}, errLost
				}
			}, balance: 7, appends: 2, deposits: 1,
		},
		"another's was stored": {
			first: func(w *world) appendFunc {
				return func(runtime.Append, func(runtime.Append) (runtime.Appended, error)) (runtime.Appended, error) {
					_, err := w.other.Account.Deposit(context.Background(), "a", Deposit{Amount: 1})
					return runtime.Appended{}, errors.Join(errLost, err)
				}
			}, balance: 8, appends: 2, deposits: 2,
		},
	}
	for name, c := range cases {
		for _, options := range [][]runtime.Option{nil, {runtime.CommandID("c-1")}} {
			t.Run(fmt.Sprintf("%s, %d options", name, len(options)), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					store := memory.New()
					f := &faulty{Store: store}
					b, w, ctx := newBank(t, f), &world{other: newBank(t, store)}, t.Context()
					_, err := b.Account.Open(ctx, "a", Open{Owner: "Ada"})
					require.NoError(t, err)
					first := c.first(w)
					f.appends = nil
					f.onAppend = func(a runtime.Append, next func(runtime.Append) (runtime.Appended, error)) (runtime.Appended, error) {
						if len(f.appends) == 1 {
							return first(a, next)
						}
						return next(a)
					}
					var res runtime.Result
					state, err := b.Account.Deposit(ctx, "a", Deposit{Amount: 7}, append(options, runtime.ResultTo(&res))...)
					require.NoError(t, err)
					require.Equal(t, c.balance, state.Balance)
					require.Len(t, f.appends, c.appends)
					records := recordsOf(t, store, "a")
					require.Len(t, records, 1+c.deposits)
					require.Equal(t, records[len(records)-1].Position, res.Position)
					require.False(t, res.Duplicate)
					loaded, err := b.Account.Load(ctx, "a")
					require.NoError(t, err)
					require.Equal(t, state, loaded)
				})
			})
		}
	}
}

// TestAnAppendThatArrivesLate: nothing is there when it is looked for, and it arrives before the second try.
func TestAnAppendThatArrivesLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := memory.New()
		f := &faulty{Store: store}
		b, ctx := newBank(t, f), t.Context()
		_, err := b.Account.Open(ctx, "a", Open{Owner: "Ada"})
		require.NoError(t, err)
		tries := 0
		f.onAppend = func(a runtime.Append, next func(runtime.Append) (runtime.Appended, error)) (runtime.Appended, error) {
			if tries++; tries == 1 {
				return runtime.Appended{}, errLost
			}
			_, err := next(a) // the first, late
			require.NoError(t, err)
			return next(a) // the second: a conflict, with itself
		}
		state, err := b.Account.Deposit(ctx, "a", Deposit{Amount: 7})
		require.NoError(t, err)
		require.EqualValues(t, 7, state.Balance)
		require.Equal(t, 2, tries)
		require.Len(t, recordsOf(t, store, "a"), 2)
	})
}

// TestARepeatedCommandMeetsItsFirstTry: it arrives when the repetition, with the id that was told, is decided.
func TestARepeatedCommandMeetsItsFirstTry(t *testing.T) {
	for name, option := range map[string]runtime.Option{"": {}, "pinned": runtime.IfSequence(1)} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				store := memory.New()
				f := &faulty{Store: store}
				b, ctx := newBank(t, f), t.Context()
				_, err := b.Account.Open(ctx, "a", Open{Owner: "Ada"})
				require.NoError(t, err)
				var sent runtime.Append
				f.onAppend = func(a runtime.Append, _ func(runtime.Append) (runtime.Appended, error)) (runtime.Appended, error) {
					sent = a
					return runtime.Appended{}, errLost
				}
				_, err = b.Account.Deposit(ctx, "a", Deposit{Amount: 7})
				var unknown runtime.OutcomeUnknownError
				require.ErrorAs(t, err, &unknown)
				f.onAppend = func(a runtime.Append, next func(runtime.Append) (runtime.Appended, error)) (runtime.Appended, error) {
					f.onAppend = nil
					_, err := next(sent)
					require.NoError(t, err)
					return next(a)
				}
				var res runtime.Result
				state, err := b.Account.Deposit(ctx, "a", Deposit{Amount: 7}, runtime.CommandID(unknown.ID), runtime.ResultTo(&res), option)
				require.NoError(t, err)
				require.EqualValues(t, 7, state.Balance)
				require.True(t, res.Duplicate)
				require.Len(t, recordsOf(t, store, "a"), 2)
			})
		})
	}
}

func TestAnOutcomeThatStaysUnknownCanBeRepeated(t *testing.T) {
	for _, options := range [][]runtime.Option{nil, {runtime.CommandID("c-1")}} {
		for _, arrives := range []bool{true, false} {
			t.Run(fmt.Sprintf("%d options, arrives %t", len(options), arrives), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					store := memory.New()
					f := &faulty{Store: store}
					b, ctx := newBank(t, f), t.Context()
					_, err := b.Account.Open(ctx, "a", Open{Owner: "Ada"})
					require.NoError(t, err)
					var sent runtime.Append
					f.onAppend = func(a runtime.Append, _ func(runtime.Append) (runtime.Appended, error)) (runtime.Appended, error) {
						sent = a
						return runtime.Appended{}, errLost
					}
					_, err = b.Account.Note(ctx, "a", Note{Texts: []string{"x", "y"}}, options...)
					require.ErrorIs(t, err, runtime.ErrOutcomeUnknown)
					require.Equal(t, 503, runtime.HTTPStatus(err))
					require.Less(t, len(f.appends), 10, "it ends")
					var unknown runtime.OutcomeUnknownError
					require.ErrorAs(t, err, &unknown)
					require.ErrorContains(t, unknown.Err, "the connection was lost")

					f.onAppend = nil
					if arrives {
						_, err = store.Append(ctx, sent)
						require.NoError(t, err)
						_, err = b.Account.Deposit(ctx, "a", Deposit{Amount: 1})
						require.NoError(t, err)
					}
					var res runtime.Result
					state, err := b.Account.Note(ctx, "a", Note{Texts: []string{"x", "y"}}, runtime.CommandID(unknown.ID), runtime.ResultTo(&res))
					require.NoError(t, err)
					require.Equal(t, arrives, res.Duplicate)
					require.Equal(t, Account{ID: "a", Sequence: 3, Owner: "Ada", Notes: []string{"x", "y"}}, state)
					_, err = b.Account.Note(ctx, "a", Note{Texts: []string{"x", "y"}}, runtime.CommandID(unknown.ID))
					require.NoError(t, err)
					noted := 0
					for _, key := range keysOf(recordsOf(t, store, "a")) {
						if key == "note-added" {
							noted++
						}
					}
					require.Equal(t, 2, noted)
				})
			})
		}
	}
}

// TestTwinsWithAnUnknownOutcome: the same command id was done by another process, with other events.
func TestTwinsWithAnUnknownOutcome(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := memory.New()
		f := &faulty{Store: store}
		here, there, ctx := newBank(t, f), newBank(t, store), t.Context()
		_, err := here.Account.Open(ctx, "a", Open{Owner: "Ada"})
		require.NoError(t, err)
		f.onAppend = func(runtime.Append, func(runtime.Append) (runtime.Appended, error)) (runtime.Appended, error) {
			_, err := there.Account.Note(ctx, "a", Note{Texts: []string{"theirs", "too"}}, runtime.CommandID("c-1"))
			return runtime.Appended{}, errors.Join(errLost, err)
		}
		var res runtime.Result
		state, err := here.Account.Note(ctx, "a", Note{Texts: []string{"ours"}}, runtime.CommandID("c-1"), runtime.ResultTo(&res))
		require.NoError(t, err)
		require.Equal(t, []string{"theirs", "too"}, state.Notes)
		require.True(t, res.Duplicate)
		require.EqualValues(t, 3, res.Last)
	})
}

func TestCommandsOfAHandlerHappenOnce(t *testing.T) {
	onStores(t, func(t *testing.T, store runtime.Store) {
		b, ctx := newBank(t, store), t.Context()
		tries := 0
		runtime.OnRecord(b.Engine, "bonus", func(ctx context.Context, r runtime.Record) error {
			if r.Key != "account-opened" || r.AggregateID != "a" {
				return nil
			}
			require.Same(t, b, runtime.FromContext(ctx))
			for range 2 {
				if _, err := b.Account.Deposit(ctx, "a", Deposit{Amount: 10}); err != nil {
					return err
				}
			}
			if _, err := b.Account.Ensure(ctx, "b", Ensure{Owner: "Bob"}, runtime.CommandID("mine")); err != nil {
				return err
			}
			if tries++; tries == 1 {
				return errors.New("step 4 failed")
			}
			return nil
		})
		_, err := b.Account.Open(ctx, "a", Open{Owner: "Ada"}, runtime.Correlation("conv"), runtime.CommandID("c-1"))
		require.NoError(t, err)
		require.Nil(t, runtime.FromContext(ctx))
		require.NoError(t, b.CatchUp(ctx))
		require.Equal(t, 2, tries)

		records := append(recordsOf(t, store, "a")[1:], recordsOf(t, store, "b")...)
		require.Equal(t, []string{"money-deposited", "money-deposited", "account-opened"}, keysOf(records))
		ids := map[string]bool{}
		for _, r := range records {
			meta := r.Metadata.Map()
			require.Equal(t, "account/a/1", meta["causation_id"])
			require.Equal(t, "conv", meta["correlation_id"])
			ids[meta["command_id"]] = true
		}
		require.Len(t, ids, 3)
		require.True(t, ids["mine"])
	})
}

// TestEachCommandIsDoneOnceWhateverTheStoreDoes has several processes deposit through stores that fail in all
// ways the contract allows. Each command is repeated with its id until it is answered; in the end each one
// is in the log, once.
func TestEachCommandIsDoneOnceWhateverTheStoreDoes(t *testing.T) {
	for range 5 {
		seed := rand.Uint64()
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { hostile(t, seed) })
		})
	}
}

func hostile(t *testing.T, seed uint64) {
	store := memory.New()
	_, err := newBank(t, store).Account.Open(t.Context(), "a", Open{Owner: "Ada"})
	require.NoError(t, err)
	const processes, workers, commands = 3, 4, 15
	var all sync.WaitGroup
	for p := range processes {
		b := newBank(t, unreliable(store, seed+uint64(p)))
		for w := range workers {
			all.Go(func() {
				for n := range commands {
					untilAnswered(t, b, fmt.Sprintf("%d/%d/%d", p, w, n))
				}
			})
		}
	}
	all.Wait()
	state, err := newBank(t, store).Account.Load(t.Context(), "a")
	require.NoError(t, err)
	require.EqualValues(t, processes*workers*commands, state.Balance)
	ids := map[string]bool{}
	for _, r := range recordsOf(t, store, "a")[1:] {
		id, _ := r.Metadata.Get("command_id")
		require.False(t, ids[id], id)
		ids[id] = true
	}
}

// untilAnswered repeats a deposit as a careful caller does: the half of them begins without an id, and takes
// the one that an unknown outcome tells.
func untilAnswered(t *testing.T, b *Bank, id string) {
	var options []runtime.Option
	if len(id)%2 == 0 || strings.HasSuffix(id, "3") {
		options = append(options, runtime.CommandID(id))
	}
	for {
		state, err := b.Account.Deposit(context.Background(), "a", Deposit{Amount: 1}, options...)
		var unknown runtime.OutcomeUnknownError
		switch {
		case err == nil:
			assert.Positive(t, state.Balance)
			return
		case errors.As(err, &unknown):
			options = []runtime.Option{runtime.CommandID(unknown.ID)}
		case !errors.Is(err, errDisk) && !errors.Is(err, runtime.ErrConflict):
			t.Errorf("%v", err)
			return
		}
	}
}

// unreliable answers an append, and sometimes a read, as no store should but each may.
func unreliable(store runtime.Store, seed uint64) *faulty {
	var mu sync.Mutex
	rnd := rand.New(rand.NewPCG(seed, 7))
	roll := func(n int) int {
		mu.Lock()
		defer mu.Unlock()
		return rnd.IntN(n)
	}
	f := &faulty{Store: store}
	f.onAppend = func(a runtime.Append, next func(runtime.Append) (runtime.Appended, error)) (runtime.Appended, error) {
		switch roll(8) {
		case 0:
			return runtime.Appended{}, errDisk
		case 1:
			return runtime.Appended{}, errLost
		case 2, 3:
			_, err := next(a)
			if err == nil || roll(2) == 0 {
				err = errLost // also what was refused may be said to be unknown
			}
			return runtime.Appended{}, err
		case 4:
			time.Sleep(time.Duration(roll(20)) * time.Millisecond)
		}
		return next(a)
	}
	f.onRead = func(_ runtime.Stream, _ runtime.Mark, next iter.Seq2[runtime.Record, error]) iter.Seq2[runtime.Record, error] {
		if roll(10) == 0 {
			return breakAfter(roll(4), next)
		}
		return next
	}
	return f
}
