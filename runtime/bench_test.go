package runtime_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/fluvius-io/fluvius-go/runtime/memory"
)

func depositedTimes(t testing.TB, b *Bank, n int) {
	_, err := b.Account.Open(t.Context(), "a", Open{Owner: "Ada"})
	require.NoError(t, err)
	for range n {
		_, err := b.Account.Deposit(t.Context(), "a", Deposit{Amount: 1})
		require.NoError(t, err)
	}
}

func TestACommandAllocatesLittle(t *testing.T) {
	b, ctx := newBank(t, memory.New()), t.Context()
	depositedTimes(t, b, 10)
	allocs := testing.AllocsPerRun(500, func() {
		if _, err := b.Account.Deposit(ctx, "a", Deposit{Amount: 1}); err != nil {
			t.Error(err)
		}
	})
	t.Logf("%v allocations", allocs)
	require.LessOrEqual(t, allocs, 16.0)
}

func TestAReplayAllocatesOnceAnEvent(t *testing.T) {
	store := memory.New()
	const events = 1000
	depositedTimes(t, newBank(t, store), events)
	b, ctx := newBank(t, store, runtime.WithCache(0)), t.Context()
	allocs := testing.AllocsPerRun(20, func() {
		if _, err := b.Account.Load(ctx, "a"); err != nil {
			t.Error(err)
		}
	})
	t.Logf("%v allocations", allocs)
	require.LessOrEqual(t, allocs, 1.0*events)
}

func BenchmarkCommandWarm(b *testing.B) {
	bank, ctx := newBank(b, memory.New()), b.Context()
	depositedTimes(b, bank, 10)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := bank.Account.Deposit(ctx, "a", Deposit{Amount: 1}); err != nil {
			b.Fatal(err)
		}
		if _, err := bank.Account.Withdraw(ctx, "a", Withdraw{Amount: 1}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkReplay1000(b *testing.B) {
	store := memory.New()
	depositedTimes(b, newBank(b, store), 1000)
	bank, ctx := newBank(b, store, runtime.WithCache(0)), b.Context()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := bank.Account.Load(ctx, "a"); err != nil {
			b.Fatal(err)
		}
	}
}
