package value

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestOwnerNeverWritesIntoWhatIsShared keeps the state of every run and compares them all in the end: a random history
// of changes, with a new Owner for each run, must leave each of them as it was.
func TestOwnerNeverWritesIntoWhatIsShared(t *testing.T) {
	type state struct {
		list []int
		m    map[int]int
	}
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	var s state
	var kept, want []state
	keep := func() {
		kept = append(kept, s)
		want = append(want, state{slices.Clone(s.list), maps.Clone(s.m)})
	}
	for range 300 {
		if len(kept) > 0 && random.IntN(4) == 0 {
			s = kept[random.IntN(len(kept))] // a run may begin from any state there ever was
		}
		var own Owner
		for range random.IntN(5) {
			n := random.IntN(100)
			switch random.IntN(5) {
			case 0:
				s.list = AddItem(&own, 0, s.list, n)
			case 1:
				s.list = AddItems(&own, 0, s.list, []int{n, n + 1})
			case 2:
				s.m = SetKey(&own, 1, s.m, n%10, n)
			case 3:
				s.m = DropKey(&own, 1, s.m, n%10)
			case 4: // what was read as a whole is shared
				keep()
				own.Release(0, 1)
			}
		}
		keep()
	}
	require.Equal(t, want, kept)
}

func TestOwnerGrowsInPlace(t *testing.T) {
	var own Owner
	var list []int
	m := map[int]int(nil)
	allocs := testing.AllocsPerRun(1, func() {
		own, list, m = Owner{}, nil, nil
		for i := range 10_000 {
			list = AddItem(&own, 0, list, i)
			m = SetKey(&own, 1, m, i%10, i)
		}
	})
	require.Len(t, list, 10_000)
	require.Less(t, allocs, 100.0)
	require.Nil(t, DropKey(&own, 1, map[int]int{1: 1}, 1), "empty has one form")
	require.Nil(t, DropKey(&own, 1, map[int]int(nil), 1))
}

func TestFieldsFrom64OnAreNeverOwned(t *testing.T) {
	var own Owner
	list := AddItem(&own, 64, make([]int, 0, 8), 1)
	one, two := AddItem(&own, 64, list, 2), AddItem(&own, 64, list, 3)
	require.Equal(t, []int{1, 2}, one)
	require.Equal(t, []int{1, 3}, two)
	own.Release(64, 200)
}
