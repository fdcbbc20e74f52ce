package runtime

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type warmAt uint64

func (w warmAt) sequence() uint64 { return uint64(w) }

func seatOf(id string) seatName { return seatName{aggregate: "account", id: id} }

func TestWhatIsKnownIsBounded(t *testing.T) {
	s := &seats{limit: 2}
	for i, id := range []string{"a", "b", "c"} {
		s.know(seatOf(id), warmAt(i+1))
	}
	require.Nil(t, s.known(seatOf("a")), "the one used longest ago is forgotten")
	require.Equal(t, warmAt(2), s.known(seatOf("b")))
	s.know(seatOf("d"), warmAt(4))
	require.Nil(t, s.known(seatOf("c")))
	s.know(seatOf("b"), warmAt(1))
	require.Equal(t, warmAt(2), s.known(seatOf("b")), "nothing older replaces it")
	s.know(seatOf("b"), warmAt(3))
	require.Equal(t, warmAt(3), s.known(seatOf("b")))
	require.Len(t, s.byName, 2)
	none := &seats{}
	none.know(seatOf("a"), warmAt(1))
	require.Empty(t, none.byName)
}

func TestSeatsAreTakenInOrderAndLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &seats{limit: 1}
		require.NoError(t, s.take(t.Context(), seatOf("a")))
		var order []int
		var mu sync.Mutex
		contexts := make([]context.CancelFunc, 4)
		for i := range contexts {
			ctx, cancel := context.WithCancel(t.Context())
			contexts[i] = cancel
			go func() {
				if s.take(ctx, seatOf("a")) != nil {
					return
				}
				mu.Lock()
				order = append(order, i)
				mu.Unlock()
				s.release(seatOf("a"))
			}()
			synctest.Wait()
		}
		contexts[1]()
		synctest.Wait()
		s.release(seatOf("a"))
		synctest.Wait()
		require.Equal(t, []int{0, 2, 3}, order)
		require.Empty(t, s.byName, "what nobody needs is forgotten")
		for _, cancel := range contexts {
			cancel()
		}
	})
}

// TestSeatsUnderPressure: many take, leave and know at once; never two hold one, and none is left behind.
func TestSeatsUnderPressure(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	s := &seats{limit: 3}
	var holders [5]int
	var all sync.WaitGroup
	for g := range uint64(8) {
		rnd := rand.New(rand.NewPCG(seed, g))
		all.Go(func() {
			for i := range 500 {
				n := rnd.IntN(len(holders))
				ctx, cancel := context.WithCancel(context.Background())
				if rnd.IntN(3) == 0 {
					go cancel()
				}
				if s.take(ctx, seatOf(fmt.Sprint(n))) == nil {
					holders[n]++ // the race detector, and the sum below, tell if two hold it
					assert.Equal(t, 1, holders[n])
					s.know(seatOf(fmt.Sprint(n)), warmAt(i))
					s.known(seatOf(fmt.Sprint(rnd.IntN(len(holders)))))
					holders[n]--
					s.release(seatOf(fmt.Sprint(n)))
				}
				cancel()
			}
		})
	}
	all.Wait()
	require.Len(t, s.byName, 3)
	require.Equal(t, 3, s.warm)
}
