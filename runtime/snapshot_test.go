package runtime_test

import (
	"errors"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/fluvius-io/fluvius-go/runtime/memory"
)

func accountSnapshot(every uint64, fingerprint string) *runtime.Snapshot[Account] {
	return &runtime.Snapshot[Account]{
		Every: every, Fingerprint: fingerprint,
		Append: func(buf []byte, s *Account) []byte { return accountCodec.Append(buf, s) },
		Read: func(data string, s *Account) error {
			read, err := accountCodec.Decode(data)
			if err != nil {
				return err
			}
			read.ID = s.ID
			*s = read
			return nil
		},
	}
}

// snapshotBank has another way to start each time: nothing is kept in memory.
func snapshotBank(t *testing.T, store runtime.Store, every uint64, fingerprint string, opts ...runtime.DomainOption) *Bank {
	a := accountAggregate()
	a.Snapshot = accountSnapshot(every, fingerprint)
	return newBankOf(t, store, a, append(opts, runtime.WithCache(0))...)
}

func snapshotOf(t *testing.T, store runtime.Store, id AccountID) string {
	text, _, err := store.Get(t.Context(), "snapshot", "bank/account/"+string(id))
	require.NoError(t, err)
	return text
}

func TestLaw16SnapshotAndTailAreTheFullReplay(t *testing.T) {
	onStores(t, func(t *testing.T, store runtime.Store) {
		for every := uint64(1); every <= 4; every++ {
			id := AccountID("every" + strings.Repeat("x", int(every)))
			with, without, ctx := snapshotBank(t, store, every, "f1"), newBank(t, store), t.Context()
			live, err := with.Account.Open(ctx, id, Open{Owner: "Ada"})
			require.NoError(t, err)
			for n := range 9 {
				switch n % 3 {
				case 0:
					live, err = with.Account.Deposit(ctx, id, Deposit{Amount: 400})
				case 1:
					live, err = with.Account.Note(ctx, id, Note{Texts: []string{"x", "y"}})
				case 2:
					live, err = with.Account.Withdraw(ctx, id, Withdraw{Amount: 1})
				}
				require.NoError(t, err)
				for _, b := range []*Bank{with, without} {
					state, err := b.Account.Load(ctx, id)
					require.NoError(t, err)
					require.Equal(t, live, state)
				}
			}
			require.NotEmpty(t, snapshotOf(t, store, id))
			for n := uint64(1); n <= live.Sequence; n++ {
				a, err := with.Account.AtSequence(ctx, id, n)
				require.NoError(t, err)
				b, err := without.Account.AtSequence(ctx, id, n)
				require.NoError(t, err)
				require.Equal(t, b, a)
			}
		}
	})
}

func TestSnapshotsSaveReading(t *testing.T) {
	f := &faulty{Store: memory.New()}
	b, ctx := snapshotBank(t, f, 10, "f1"), t.Context()
	_, err := b.Account.Open(ctx, "a", Open{Owner: "Ada"})
	require.NoError(t, err)
	for range 24 {
		_, err := b.Account.Deposit(ctx, "a", Deposit{Amount: 1})
		require.NoError(t, err)
	}
	read := 0
	f.onRead = func(_ runtime.Stream, after runtime.Mark, next iter.Seq2[runtime.Record, error]) iter.Seq2[runtime.Record, error] {
		require.EqualValues(t, 20, after.Sequence)
		require.EqualValues(t, 20, after.Position, "a hint for the store")
		return func(yield func(runtime.Record, error) bool) {
			for r, err := range next {
				if read++; !yield(r, err) {
					return
				}
			}
		}
	}
	state, err := b.Account.Load(ctx, "a")
	require.NoError(t, err)
	require.EqualValues(t, 24, state.Balance)
	require.Equal(t, 5, read)
}

func TestLaw17ASnapshotOfOtherFoldsIsReplaced(t *testing.T) {
	onStores(t, func(t *testing.T, store runtime.Store) {
		old, ctx := snapshotBank(t, store, 2, "old"), t.Context()
		_, err := old.Account.Open(ctx, "a", Open{Owner: "Ada"})
		require.NoError(t, err)
		_, err = old.Account.Deposit(ctx, "a", Deposit{Amount: 1})
		require.NoError(t, err)
		before := snapshotOf(t, store, "a")
		require.Contains(t, before, "old")
		// Were it believed, this would show.
		lie := strings.Replace(before, `"balance":1`, `"balance":99`, 1)
		require.NotEqual(t, before, lie)
		_, revision, err := store.Get(ctx, "snapshot", "bank/account/a")
		require.NoError(t, err)
		_, err = store.Put(ctx, "snapshot", "bank/account/a", lie, revision)
		require.NoError(t, err)

		now := snapshotBank(t, store, 2, "new")
		state, err := now.Account.Load(ctx, "a")
		require.NoError(t, err)
		require.EqualValues(t, 1, state.Balance)
		require.Contains(t, snapshotOf(t, store, "a"), "old", "to read writes nothing")
		_, err = now.Account.Deposit(ctx, "a", Deposit{Amount: 1})
		require.NoError(t, err)
		require.Contains(t, snapshotOf(t, store, "a"), "new")
		require.NotContains(t, snapshotOf(t, store, "a"), "old")
	})
}

func TestASnapshotThatCannotBeReadIsPassedOver(t *testing.T) {
	for _, text := range []string{"x", "1 f1 3 3 yesterday\n{}", "1 f1 2 2 2026-01-02T03:04:05Z\n{\"owner\":", "1 f1 x 2 2026-01-02T03:04:05Z\n{}", "2 f1 2 2 2026-01-02T03:04:05Z\n{}"} {
		store := memory.New()
		b, ctx := snapshotBank(t, store, 2, "f1"), t.Context()
		_, err := store.Put(ctx, "snapshot", "bank/account/a", text, 0)
		require.NoError(t, err)
		_, err = b.Account.Open(ctx, "a", Open{Owner: "Ada"})
		require.NoError(t, err)
		state, err := b.Account.Deposit(ctx, "a", Deposit{Amount: 1})
		require.NoError(t, err)
		require.EqualValues(t, 1, state.Balance)
		require.True(t, strings.HasPrefix(snapshotOf(t, store, "a"), "1 f1 2 2 "), "it is replaced")
	}
}

func TestAtUsesOnlyAnOlderSnapshot(t *testing.T) {
	onStores(t, func(t *testing.T, store runtime.Store) {
		clock := clockAt(epoch)
		b, ctx := snapshotBank(t, store, 2, "f1", runtime.WithClock(clock.now)), t.Context()
		_, err := b.Account.Open(ctx, "a", Open{Owner: "Ada"})
		require.NoError(t, err)
		for n := range 5 {
			clock.set(epoch.Add(time.Duration(n+1) * time.Second))
			_, err := b.Account.Deposit(ctx, "a", Deposit{Amount: 1})
			require.NoError(t, err)
		}
		for n := range 6 {
			state, err := b.Account.At(ctx, "a", epoch.Add(time.Duration(n)*time.Second))
			require.NoError(t, err)
			require.EqualValues(t, n, state.Balance)
		}
	})
}

func TestASnapshotThatCannotBeWrittenIsNoError(t *testing.T) {
	store := memory.New()
	f := &cellFault{Store: store}
	b, ctx := snapshotBank(t, f, 2, "f1"), t.Context()
	_, err := b.Account.Open(ctx, "a", Open{Owner: "Ada"})
	require.NoError(t, err)
	state, err := b.Account.Deposit(ctx, "a", Deposit{Amount: 1})
	require.NoError(t, err)
	require.EqualValues(t, 1, state.Balance)
	require.Empty(t, snapshotOf(t, store, "a"))
}

func TestASnapshotThatCannotBeAskedForIsAnError(t *testing.T) {
	f := &faulty{Store: memory.New(), onGet: func(string, string) error { return errDisk }}
	b, ctx := snapshotBank(t, f, 2, "f1"), t.Context()
	_, err := b.Account.Open(ctx, "a", Open{Owner: "Ada"})
	require.ErrorIs(t, err, errDisk)
	require.False(t, errors.Is(err, runtime.ErrNotFound))
	require.Empty(t, f.appends)
}
