package runtime_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/fluvius-io/fluvius-go/runtime/memory"
)

func (b *Bank) farFuture() time.Time { return time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC) }

func TestPromise4OrderIsTheOrderOfAppending(t *testing.T) {
	onStores(t, func(t *testing.T, store runtime.Store) {
		clock := clockAt(epoch)
		b, ctx := newBank(t, store, runtime.WithClock(clock.now)), t.Context()
		_, err := b.Account.Open(ctx, "a", Open{Owner: "Ada"})
		require.NoError(t, err)
		want := 999
		if testing.Short() {
			want = 99
		}
		for i := range want {
			if i == want/2 {
				clock.set(epoch.Add(-time.Hour)) // law 11: the clock goes back
			}
			_, err := b.Account.Deposit(ctx, "a", Deposit{Amount: int64(i + 1)})
			require.NoError(t, err)
		}
		for i, r := range recordsOf(t, store, "a") {
			require.EqualValues(t, i+1, r.Sequence)
			require.Equal(t, epoch, r.Timestamp)
			if i > 0 {
				require.Equal(t, fmt.Sprintf(`{"amount":%d}`, i), r.Data)
			}
		}
	})
}

func TestPromise9TimestampsAreTheClocksInUTC(t *testing.T) {
	onStores(t, func(t *testing.T, store runtime.Store) {
		local := epoch.In(time.FixedZone("elsewhere", 3*3600))
		b, ctx := newBank(t, store, runtime.WithClock(clockAt(local).now)), t.Context()
		_, err := b.Account.Open(ctx, "a", Open{Owner: "Ada"})
		require.NoError(t, err)
		e := eventsOf(t, b, "a")[0]
		require.Equal(t, epoch, e.Timestamp)
		require.Equal(t, time.UTC, e.Timestamp.Location())
	})
}

func TestPromise22EventsOfOneAggregate(t *testing.T) {
	onStores(t, func(t *testing.T, store runtime.Store) {
		b, ctx := newBank(t, store), t.Context()
		for _, id := range []AccountID{"a", "b"} {
			_, err := b.Account.Open(ctx, id, Open{Owner: "Ada"})
			require.NoError(t, err)
			_, err = b.Account.Deposit(ctx, id, Deposit{Amount: 1})
			require.NoError(t, err)
		}
		_, err := b.Account.Withdraw(ctx, "a", Withdraw{Amount: 1})
		require.NoError(t, err)
		require.Equal(t, []uint64{1, 2, 3}, sequencesOf(eventsOf(t, b, "a")))
		require.Equal(t, []uint64{1, 2}, sequencesOf(eventsOf(t, b, "b")))
		require.Empty(t, eventsOf(t, b, "unknown"))
		require.Equal(t, []AccountEvent{Opened{Owner: "Ada"}, Deposited{Amount: 1}, Withdrawn{Amount: 1}}, payloads(eventsOf(t, b, "a")))

		require.Equal(t, []uint64{3}, sequencesOf(eventsOf(t, b, "a", runtime.After(2))))
		require.Equal(t, []uint64{1, 2}, sequencesOf(eventsOf(t, b, "a", runtime.UpTo(2))))
		require.Equal(t, []uint64{2}, sequencesOf(eventsOf(t, b, "a", runtime.After(1), runtime.UpTo(2), runtime.UpTo(3))))
		require.Empty(t, eventsOf(t, b, "a", runtime.After(3)))
		require.Empty(t, eventsOf(t, b, "a", runtime.UpTo(0)))
	})
}

func payloads(events []runtime.Event[AccountEvent]) []AccountEvent {
	var all []AccountEvent
	for _, e := range events {
		all = append(all, e.Payload)
	}
	return all
}

func TestPromise23EventsStream(t *testing.T) {
	store := memory.New()
	b, ctx := newBank(t, store), t.Context()
	_, err := b.Account.Open(ctx, "a", Open{Owner: "Ada"})
	require.NoError(t, err)
	b.byHand = func(context.Context, Account) ([]AccountEvent, error) {
		return slices.Repeat([]AccountEvent{Deposited{Amount: 1}}, runtime.MaxRecords), nil
	}
	thousands := uint64(100)
	if testing.Short() {
		thousands = 5
	}
	for range thousands {
		_, err = b.Account.Custom(ctx, "a")
		require.NoError(t, err)
	}
	n := uint64(0)
	for e, err := range b.Account.Events(ctx, "a") {
		require.NoError(t, err)
		n++
		require.Equal(t, n, e.Sequence)
	}
	require.EqualValues(t, thousands*runtime.MaxRecords+1, n)
	perEvent := testing.AllocsPerRun(1, func() {
		for range b.Account.Events(ctx, "a") {
		}
	}) / float64(n)
	require.Less(t, perEvent, 5.0, "a read holds one event at a time")

	// The body may append, and the loop may be left and begun again.
	events := b.Account.Events(ctx, "a")
	for range 2 {
		for e, err := range events {
			require.NoError(t, err)
			require.EqualValues(t, 1, e.Sequence)
			_, err = b.Account.Deposit(ctx, "a", Deposit{Amount: 1})
			require.NoError(t, err)
			break
		}
	}
}

func TestPromise24ReplayRebuildsState(t *testing.T) {
	t.Run("opened, changed, closed", func(t *testing.T) {
		state, err := runtime.Fold(accountAggregate(), "a", []AccountEvent{Opened{Owner: "Ada"}, Noted{Text: "x"}, Closed{}})
		require.NoError(t, err)
		require.Equal(t, Account{ID: "a", Sequence: 3, Owner: "Ada", Notes: []string{"x"}, Closed: true}, state)
	})
	onStores(t, func(t *testing.T, store runtime.Store) {
		b, ctx := newBank(t, store), t.Context()
		t.Run("an unknown key is a typed error", func(t *testing.T) {
			put(t, store, "u", record("account-opened", 2, `{"owner":"Ada","notes":[]}`), record("account-renamed", 1, `{}`))
			_, err := b.Account.Load(ctx, "u")
			requireUnknown(t, err, "account-renamed", 1)
			_, err = b.Account.Deposit(ctx, "u", Deposit{Amount: 1})
			requireUnknown(t, err, "account-renamed", 1)
			_, err = b.Account.Open(ctx, "u", Open{Owner: "Ada"})
			requireUnknown(t, err, "account-renamed", 1)
		})
		t.Run("an unknown version too", func(t *testing.T) {
			put(t, store, "v", record("account-opened", 3, `{}`))
			_, err := b.Account.Load(ctx, "v")
			requireUnknown(t, err, "account-opened", 3)
			for e, err := range b.Account.Events(ctx, "v") {
				require.Zero(t, e)
				requireUnknown(t, err, "account-opened", 3)
			}
		})
		t.Run("a first event that opens nothing is an error", func(t *testing.T) {
			put(t, store, "f", record("money-deposited", 1, `{"amount":1}`))
			_, err := b.Account.Load(ctx, "f")
			var corrupt runtime.CorruptError
			require.ErrorAs(t, err, &corrupt)
			require.ErrorContains(t, err, "no account begins with it")
			_, err = runtime.Fold(accountAggregate(), "a", []AccountEvent{Deposited{Amount: 1}})
			require.ErrorIs(t, err, runtime.ErrInvalid)
		})
	})
	t.Run("no events are no aggregate", func(t *testing.T) {
		_, err := runtime.Fold(accountAggregate(), "a", nil)
		require.ErrorIs(t, err, runtime.ErrNotFound)
	})
	t.Run("old versions are upcast, dropped events pass", func(t *testing.T) {
		state, err := runtime.FoldRecords(accountAggregate(), "a", []runtime.Record{
			record("account-opened", 1, `{"owner":"Ada"}`), record("account-pinged", 1, `{}`), record("money-deposited", 1, `{"later":true,"amount":5}`),
		})
		require.NoError(t, err)
		require.Equal(t, Account{ID: "a", Sequence: 3, Owner: "Ada", Balance: 5}, state)
	})
}

func requireUnknown(t *testing.T, err error, key string, version int) {
	t.Helper()
	require.ErrorIs(t, err, runtime.ErrUnknownEvent)
	require.NotErrorIs(t, err, runtime.ErrNotFound)
	var unknown runtime.UnknownEventError
	require.ErrorAs(t, err, &unknown)
	require.Equal(t, key, unknown.Header.Key)
	require.Equal(t, version, unknown.Header.Version)
	require.ErrorContains(t, err, fmt.Sprintf("%s@%d", key, version))
	require.ErrorContains(t, err, "account")
	require.ErrorContains(t, err, fmt.Sprintf("sequence %d, position %d", unknown.Header.Sequence, unknown.Header.Position))
}

func TestUpcastEventsAreReadAsToday(t *testing.T) {
	store := memory.New()
	b := newBank(t, store)
	put(t, store, "a", record("account-opened", 1, `{"owner":"Ada"}`), record("account-pinged", 1, `{}`), record("money-deposited", 1, `{"amount":5}`))
	events := eventsOf(t, b, "a")
	require.Equal(t, []uint64{1, 3}, sequencesOf(events))
	require.Equal(t, []AccountEvent{Opened{Owner: "Ada"}, Deposited{Amount: 5}}, payloads(events))
	require.Equal(t, 2, events[0].Version)
	require.Equal(t, `{"owner":"Ada"}`, recordsOf(t, store, "a")[0].Data, "what is stored stays")
}

func TestPromise26ReadingUpToATime(t *testing.T) {
	onStores(t, func(t *testing.T, store runtime.Store) {
		clock := clockAt(epoch)
		b, ctx := newBank(t, store, runtime.WithClock(clock.now)), t.Context()
		t1, t2, t3 := epoch, epoch.Add(time.Nanosecond*2), epoch.Add(time.Hour)
		_, err := b.Account.Open(ctx, "a", Open{Owner: "Ada"})
		require.NoError(t, err)
		for _, at := range []time.Time{t2, t3} {
			clock.set(at)
			_, err := b.Account.Deposit(ctx, "a", Deposit{Amount: 1})
			require.NoError(t, err)
		}
		for _, c := range []struct {
			until time.Time
			n     int
		}{{t1.Add(-1), 0}, {t1, 1}, {t2.Add(-1), 1}, {t2, 2}, {t3.Add(-1), 2}, {t3, 3}, {t3.Add(time.Hour), 3}} {
			require.Len(t, eventsOf(t, b, "a", runtime.Until(c.until)), c.n)
			state, err := b.Account.At(ctx, "a", c.until)
			if c.n == 0 {
				require.ErrorIs(t, err, runtime.ErrNotFound)
				continue
			}
			require.NoError(t, err)
			require.EqualValues(t, c.n, state.Sequence)
		}
		require.Empty(t, eventsOf(t, b, "a", runtime.Until(t3), runtime.Until(t1.Add(-1))))
	})
}

func TestLaw15EqualTimestampsAndSequencesAreExact(t *testing.T) {
	onStores(t, func(t *testing.T, store runtime.Store) {
		b, ctx := newBank(t, store, runtime.WithClock(clockAt(epoch).now)), t.Context()
		_, err := b.Account.Open(ctx, "a", Open{Owner: "Ada"})
		require.NoError(t, err)
		_, err = b.Account.Note(ctx, "a", Note{Texts: []string{"x", "y"}})
		require.NoError(t, err)
		state, err := b.Account.At(ctx, "a", epoch)
		require.NoError(t, err)
		require.EqualValues(t, 3, state.Sequence)
		for n := uint64(1); n <= 3; n++ {
			state, err := b.Account.AtSequence(ctx, "a", n)
			require.NoError(t, err)
			require.Equal(t, n, state.Sequence)
		}
		for _, n := range []uint64{0, 4, 1 << 60} {
			_, err := b.Account.AtSequence(ctx, "a", n)
			require.ErrorIs(t, err, runtime.ErrNotFound)
		}
	})
}

func TestLaw12AMissingAggregateIsNotFound(t *testing.T) {
	onStores(t, func(t *testing.T, store runtime.Store) {
		b, ctx := newBank(t, store), t.Context()
		_, loadErr := b.Account.Load(ctx, "a")
		_, atErr := b.Account.At(ctx, "a", b.farFuture())
		_, seqErr := b.Account.AtSequence(ctx, "a", 1)
		_, actErr := b.Account.Deposit(ctx, "a", Deposit{Amount: 1})
		for _, err := range []error{loadErr, atErr, seqErr, actErr} {
			require.ErrorIs(t, err, runtime.ErrNotFound)
			var missing runtime.NotFoundError
			require.ErrorAs(t, err, &missing)
			require.Equal(t, "a", missing.ID)
		}
	})
}

// TestLaw12AReadErrorIsNeverTheEnd breaks the read after each of the events.
func TestLaw12AReadErrorIsNeverTheEnd(t *testing.T) {
	store := memory.New()
	put(t, store, "a", record("account-opened", 2, `{"owner":"Ada","notes":[]}`), record("money-deposited", 1, `{"amount":5}`))
	for n := range 3 {
		f := &faulty{Store: store}
		f.onRead = func(_ runtime.Stream, _ runtime.Mark, next iter.Seq2[runtime.Record, error]) iter.Seq2[runtime.Record, error] {
			return breakAfter(n, next)
		}
		b, ctx := newBank(t, f), t.Context()
		_, loadErr := b.Account.Load(ctx, "a")
		_, atErr := b.Account.At(ctx, "a", b.farFuture())
		_, openErr := b.Account.Open(ctx, "a", Open{Owner: "Bob"})
		_, ensureErr := b.Account.Ensure(ctx, "a", Ensure{Owner: "Bob"})
		for _, err := range []error{loadErr, atErr, openErr, ensureErr} {
			require.ErrorIs(t, err, errDisk)
			require.ErrorContains(t, err, `account "a"`)
			require.NotErrorIs(t, err, runtime.ErrNotFound)
		}
		seen := 0
		var last error
		for _, err := range b.Account.Events(ctx, "a") {
			require.NoError(t, last, "an error is the last pair")
			if last = err; err == nil {
				seen++
			}
		}
		require.Equal(t, n, seen)
		require.ErrorIs(t, last, errDisk)
		require.Empty(t, f.appends, "no load error is taken for new")
	}
}

func TestAStoredStreamBeginsWithAnEventThatOpensIt(t *testing.T) {
	store := memory.New()
	b := newBank(t, store)
	put(t, store, "headless", record("money-deposited", 1, `{"amount":5}`))
	_, err := b.Account.Load(t.Context(), "headless")
	var corrupt runtime.CorruptError
	require.ErrorAs(t, err, &corrupt)
	require.EqualValues(t, 1, corrupt.Header.Sequence)
	require.ErrorContains(t, err, "begins with")
}

func TestCorruptEventsAreToldWithTheirPlace(t *testing.T) {
	store := memory.New()
	b, ctx := newBank(t, store), t.Context()
	opened := record("account-opened", 2, `{"owner":"Ada","notes":[]}`)
	for id, bad := range map[AccountID]runtime.Record{
		"truncated": record("money-deposited", 1, `{"amount":`),
		"missing":   record("money-deposited", 1, `{}`),
		"type":      record("money-deposited", 1, `{"amount":"5"}`),
		"overflow":  record("money-deposited", 1, `{"amount":99999999999999999999}`),
		"panic":     record("account-haunted", 1, `{}`),
	} {
		t.Run(string(id), func(t *testing.T) {
			put(t, store, id, opened, bad)
			position := recordsOf(t, store, id)[1].Position
			_, loadErr := b.Account.Load(ctx, id)
			_, actErr := b.Account.Ensure(ctx, id, Ensure{Owner: "Bob"})
			var eventsErr error
			for _, err := range b.Account.Events(ctx, id) {
				eventsErr = errors.Join(eventsErr, err)
			}
			for _, err := range []error{loadErr, actErr, eventsErr} {
				var corrupt runtime.CorruptError
				require.ErrorAs(t, err, &corrupt)
				require.Equal(t, position, corrupt.Header.Position)
				require.ErrorContains(t, err, fmt.Sprintf("account %q, sequence 2, position %d", id, position))
				require.NotErrorIs(t, err, runtime.ErrInvalid)
				require.NotErrorIs(t, err, runtime.ErrNotFound)
				require.NotErrorIs(t, err, runtime.ErrOverflow)
				require.Equal(t, 500, runtime.HTTPStatus(err))
			}
		})
	}
	t.Run("a hole", func(t *testing.T) {
		put(t, store, "hole", opened, record("money-deposited", 1, `{"amount":1}`), record("money-deposited", 1, `{"amount":1}`))
		f := &faulty{Store: store}
		f.onRead = func(_ runtime.Stream, _ runtime.Mark, next iter.Seq2[runtime.Record, error]) iter.Seq2[runtime.Record, error] {
			return func(yield func(runtime.Record, error) bool) {
				for r, err := range next {
					if r.Sequence != 2 && !yield(r, err) {
						return
					}
				}
			}
		}
		b := newBank(t, f)
		_, err := b.Account.Load(ctx, "hole")
		require.ErrorContains(t, err, "it follows sequence 1")
		for _, err = range b.Account.Events(ctx, "hole") {
		}
		require.ErrorContains(t, err, "it follows sequence 1")
	})
}

func TestRecordsAreTheDomainsLog(t *testing.T) {
	onStores(t, func(t *testing.T, store runtime.Store) {
		b, ctx := newBank(t, store), t.Context()
		foreign := runtime.Record{Header: runtime.Header{Key: "account-opened", Version: 1, Sequence: 1, Timestamp: epoch}, Data: `{}`}
		_, err := store.Append(ctx, runtime.Append{Stream: runtime.Stream{Domain: "other", Aggregate: "account", ID: "a"}, Records: []runtime.Record{foreign}})
		require.NoError(t, err)
		_, err = b.Account.Open(ctx, "a", Open{Owner: "Ada"})
		require.NoError(t, err)
		_, err = b.Account.Note(ctx, "a", Note{Texts: make([]string, 600)})
		require.NoError(t, err)

		var positions []uint64
		for r, err := range b.Records(ctx, 0) {
			require.NoError(t, err)
			require.Equal(t, "bank", r.Domain)
			positions = append(positions, r.Position)
			if len(positions) < 3 { // what the body appends is not part of it, so the loop ends
				_, err = b.Account.Deposit(ctx, "a", Deposit{Amount: 1})
				require.NoError(t, err)
			}
		}
		require.Len(t, positions, 601)
		require.IsIncreasing(t, positions)
		n := 0
		for _, err := range b.Records(ctx, positions[599]) {
			require.NoError(t, err)
			n++
		}
		require.Equal(t, 3, n)
		cancelled, cancel := context.WithCancel(ctx)
		cancel()
		for _, err := range b.Records(cancelled, 0) {
			require.ErrorIs(t, err, context.Canceled)
		}
	})
}

// TestPromise5And25And27Histories runs random commands, and compares live states with replayed ones: after
// a restart, at each sequence, at random times, from each prefix.
func TestPromise5And25And27Histories(t *testing.T) {
	onStores(t, func(t *testing.T, store runtime.Store) {
		for i := range 5 {
			seed := rand.Uint64()
			t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) { randomHistory(t, store, AccountID(fmt.Sprint("h", i)), seed) })
		}
	})
}

func randomHistory(t *testing.T, store runtime.Store, id AccountID, seed uint64) {
	rnd := rand.New(rand.NewPCG(seed, 1))
	clock := clockAt(epoch)
	snapshots := accountAggregate()
	snapshots.Snapshot = accountSnapshot(3, "f1")
	banks := []*Bank{
		newBank(t, store, runtime.WithClock(clock.now)),
		newBankOf(t, store, snapshots, runtime.WithClock(clock.now), runtime.WithCache(1)),
		newBank(t, store, runtime.WithClock(clock.now), runtime.WithCache(0)),
	}
	live := map[uint64]Account{} // by sequence
	for range 120 {
		clock.set(clock.now().Add(time.Duration(rnd.IntN(5)-1) * time.Second))
		b := banks[rnd.IntN(len(banks))]
		state, err := randomCommand(t.Context(), b, id, rnd)
		if err != nil {
			require.True(t, errors.Is(err, runtime.ErrNotFound) || errors.Is(err, runtime.ErrAlreadyExists) ||
				errors.Is(err, runtime.ErrInvariant) || runtime.Code(err) == "insufficient", "%v", err)
			continue
		}
		live[state.Sequence] = state
	}
	banks = append(banks, newBank(t, store)) // the process restarts
	events := eventsOf(t, banks[0], id)
	require.NotEmpty(t, events)
	for _, b := range banks {
		requireHistory(t, b, id, live, events, rnd)
	}
}

func randomCommand(ctx context.Context, b *Bank, id AccountID, rnd *rand.Rand) (Account, error) {
	switch rnd.IntN(6) {
	case 0:
		return b.Account.Ensure(ctx, id, Ensure{Owner: "Ada"})
	case 1:
		return b.Account.Open(ctx, id, Open{Owner: "Bob"})
	case 2:
		return b.Account.Note(ctx, id, Note{Texts: strings.Split("a b c d", " ")[:rnd.IntN(4)]})
	case 3:
		return b.Account.Withdraw(ctx, id, Withdraw{Amount: rnd.Int64N(1000) + 1})
	default:
		return b.Account.Deposit(ctx, id, Deposit{Amount: rnd.Int64N(most/10) + 1})
	}
}

func requireHistory(t *testing.T, b *Bank, id AccountID, live map[uint64]Account, events []runtime.Event[AccountEvent], rnd *rand.Rand) {
	ctx := t.Context()
	state, err := b.Account.Load(ctx, id)
	require.NoError(t, err)
	require.Equal(t, live[uint64(len(events))], state)
	for n := 1; n <= len(events); n++ {
		replayed, err := runtime.Fold(accountAggregate(), string(id), payloads(events[:n]))
		require.NoError(t, err)
		at, err := b.Account.AtSequence(ctx, id, uint64(n))
		require.NoError(t, err)
		require.Equal(t, replayed, at)
		if then, ok := live[uint64(n)]; ok {
			require.Equal(t, then, at)
		}
	}
	for range 20 {
		when := events[rnd.IntN(len(events))].Timestamp.Add(time.Duration(rnd.IntN(3)-1) * time.Nanosecond)
		at, atErr := b.Account.At(ctx, id, when)
		replayed, foldErr := runtime.Fold(accountAggregate(), string(id), payloads(eventsOf(t, b, id, runtime.Until(when))))
		require.Equal(t, errors.Is(foldErr, runtime.ErrNotFound), errors.Is(atErr, runtime.ErrNotFound))
		require.Equal(t, replayed, at)
	}
}

func TestFoldTakesMoreThanOneAppend(t *testing.T) {
	events := []AccountEvent{Opened{Owner: "Ada"}, Noted{Text: strings.Repeat("x", runtime.MaxBytes)}}
	events = append(events, slices.Repeat([]AccountEvent{Deposited{Amount: 1}}, 2*runtime.MaxRecords)...)
	state, err := runtime.Fold(accountAggregate(), "a", events)
	require.NoError(t, err)
	require.EqualValues(t, 2*runtime.MaxRecords, state.Balance)
	_, err = runtime.Fold(accountAggregate(), "", events)
	require.ErrorIs(t, err, runtime.ErrInvalid)
	_, err = runtime.Fold(accountAggregate(), "a", []AccountEvent{nil})
	require.ErrorIs(t, err, runtime.ErrInvalid)
}

func TestPromise5TheStateIsTheSameAfterARestart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log.db")
	var live Account
	t.Run("before", func(t *testing.T) {
		b, ctx := newBank(t, openSQLite(t, path)), t.Context()
		_, err := b.Account.Open(ctx, "a", Open{Owner: "Ada"})
		require.NoError(t, err)
		_, err = b.Account.Note(ctx, "a", Note{Texts: []string{"x", "y"}})
		require.NoError(t, err)
		live, err = b.Account.Deposit(ctx, "a", Deposit{Amount: 2000}, runtime.CommandID("c-1"))
		require.NoError(t, err)
	})
	t.Run("after", func(t *testing.T) {
		store := openSQLite(t, path)
		b, ctx := newBank(t, store), t.Context()
		state, err := b.Account.Load(ctx, "a")
		require.NoError(t, err)
		require.Equal(t, live, state)
		state, err = b.Account.Deposit(ctx, "a", Deposit{Amount: 2000}, runtime.CommandID("c-1"))
		require.NoError(t, err)
		require.Equal(t, live, state)
		require.Len(t, recordsOf(t, store, "a"), 4)
	})
}
