package value_test

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/fluvius-io/fluvius-go/runtime/value"
	"github.com/stretchr/testify/require"
)

var edges = []int64{0, 1, -1, 2, -2, 3, 10, -10, math.MaxInt64, math.MinInt64, math.MaxInt64 - 1, math.MinInt64 + 1,
	math.MaxInt32, math.MinInt32, 1 << 32, -1 << 32, 3037000499, 3037000500, -3037000500, math.MaxInt64 / 2, math.MinInt64 / 2}

// intPairs are the edges with each other and with random numbers.
func intPairs(t *testing.T) (pairs [][2]int64) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	for _, a := range edges {
		for _, b := range edges {
			pairs = append(pairs, [2]int64{a, b})
		}
		for range 50 {
			b := int64(random.Uint64()) >> random.UintN(64)
			pairs = append(pairs, [2]int64{a, b}, [2]int64{b, a}, [2]int64{b, int64(random.Uint64()) >> random.UintN(64)})
		}
	}
	return pairs
}

func TestIntegersAreExactOrFail(t *testing.T) {
	type op struct {
		ours  func(c *value.Calc, a, b int64) int64
		exact func(z, a, b *big.Int) *big.Int
	}
	quo, rem := (*big.Int).Quo, (*big.Int).Rem
	for name, o := range map[string]op{
		"+": {(*value.Calc).Add, (*big.Int).Add},
		"-": {(*value.Calc).Sub, (*big.Int).Sub},
		"*": {(*value.Calc).Mul, (*big.Int).Mul},
		"/": {(*value.Calc).Div, quo},
		"%": {(*value.Calc).Mod, rem},
		"neg": {func(c *value.Calc, a, _ int64) int64 { return c.Neg(a) },
			func(z, a, _ *big.Int) *big.Int { return z.Neg(a) }},
		"abs": {func(c *value.Calc, a, _ int64) int64 { return c.Abs(a) },
			func(z, a, _ *big.Int) *big.Int { return z.Abs(a) }},
	} {
		t.Run(name, func(t *testing.T) {
			for _, p := range intPairs(t) {
				var c value.Calc
				got := o.ours(&c, p[0], p[1])
				if p[1] == 0 && (name == "/" || name == "%") {
					require.ErrorIs(t, c.Err(), value.ErrOverflow)
					continue
				}
				want := o.exact(new(big.Int), big.NewInt(p[0]), big.NewInt(p[1]))
				require.Equal(t, want.IsInt64(), c.Err() == nil, "%d %s %d", p[0], name, p[1])
				if want.IsInt64() {
					require.Equal(t, want.Int64(), got, "%d %s %d", p[0], name, p[1])
				}
			}
		})
	}
}

func TestTheFirstFailureSticks(t *testing.T) {
	var c value.Calc
	require.NoError(t, c.Err())
	c.Add(math.MaxInt64, 1)
	require.Equal(t, int64(3), c.Add(1, 2))
	require.ErrorIs(t, c.Err(), value.ErrOverflow)
	coded, ok := c.Err().(interface{ Code() string })
	require.True(t, ok)
	require.Equal(t, "overflow", coded.Code())
}

func TestFloatsAreFiniteOrFail(t *testing.T) {
	for name, compute := range map[string]func(c *value.Calc) float64{
		"+":         func(c *value.Calc) float64 { return c.AddFloat(math.MaxFloat64, math.MaxFloat64) },
		"-":         func(c *value.Calc) float64 { return c.SubFloat(-math.MaxFloat64, math.MaxFloat64) },
		"*":         func(c *value.Calc) float64 { return c.MulFloat(1e200, 1e200) },
		"/ 0":       func(c *value.Calc) float64 { return c.DivFloat(1, 0) },
		"0 / 0":     func(c *value.Calc) float64 { return c.DivFloat(0, 0) },
		"% 0":       func(c *value.Calc) float64 { return c.ModFloat(1, 0) },
		"round NaN": func(c *value.Calc) float64 { return c.RoundFloat(math.NaN(), 2) },
		"round up":  func(c *value.Calc) float64 { return c.RoundFloat(math.MaxFloat64, -308) },
	} {
		var c value.Calc
		require.Zero(t, compute(&c), name)
		require.ErrorIs(t, c.Err(), value.ErrOverflow, name)
	}
	var c value.Calc
	require.Equal(t, []float64{3.5, -0.5, 3, 0.75, 1.5}, []float64{c.AddFloat(1.5, 2), c.SubFloat(1.5, 2),
		c.MulFloat(1.5, 2), c.DivFloat(1.5, 2), c.ModFloat(1.5, 2)})
	// A fused multiplication and addition would give 1.1102230246251565e-17 less than nothing here.
	require.Zero(t, c.SubFloat(c.MulFloat(0.1, 10), 1))
	require.NoError(t, c.Err())
}

func TestFloatsRoundHalfAwayFromZero(t *testing.T) {
	for _, r := range []struct {
		x      float64
		places int64
		want   float64
	}{
		{0.5, 0, 1}, {-0.5, 0, -1}, {1.5, 0, 2}, {2.5, 0, 3}, {-2.5, 0, -3}, {0.125, 2, 0.13}, {-0.125, 2, -0.13},
		{2.675, 2, 2.67}, // the float is a little less than it looks
		{1.005, 2, 1}, {0.3, 1, 0.3}, {0.1, 20, 0.1}, {1234.5, -2, 1200}, {1250, -2, 1300}, {49, -2, 0}, {50, -2, 100},
		{1e300, 5, 1e300}, {5e-324, 323, 0}, {5e-324, 1073, 5e-324}, {5e-324, 2000, 5e-324}, {1, -400, 0}, {0, 3, 0}, {1.7e308, -309, 0},
	} {
		var c value.Calc
		require.Equal(t, r.want, c.RoundFloat(r.x, r.places), "round(%v, %d)", r.x, r.places)
		require.NoError(t, c.Err())
	}
}

func TestTimesStayWritable(t *testing.T) {
	at := time.Date(2026, 1, 2, 3, 4, 5, 6, time.UTC)
	first, last := time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(9999, 12, 31, 23, 59, 59, 999999999, time.UTC)
	var c value.Calc
	require.Equal(t, at.Add(time.Hour), c.AddTime(at, time.Hour))
	require.Equal(t, at.Add(-time.Hour), c.SubTime(at, time.Hour))
	require.Equal(t, at.Add(math.MaxInt64).Add(1), c.SubTime(at, math.MinInt64))
	require.Equal(t, time.Hour, c.Between(at.Add(time.Hour), at))
	require.Equal(t, time.UTC, c.AddTime(at.In(time.FixedZone("", 3600)), 1).Location())
	require.Equal(t, last, c.AddTime(last.Add(-1), 1))
	require.Equal(t, first, c.SubTime(first.Add(1), 1))
	require.NoError(t, c.Err())
	for name, compute := range map[string]func(c *value.Calc){
		"after 9999":        func(c *value.Calc) { c.AddTime(last, 1) },
		"before 0":          func(c *value.Calc) { c.SubTime(first, 1) },
		"centuries apart":   func(c *value.Calc) { c.Between(last, at) },
		"centuries before":  func(c *value.Calc) { c.Between(at, last) },
		"twice the longest": func(c *value.Calc) { c.AddDuration(math.MaxInt64, 1) },
		"below the lowest":  func(c *value.Calc) { c.SubDuration(math.MinInt64, 1) },
		"many times":        func(c *value.Calc) { c.MulDuration(time.Hour, math.MaxInt64) },
		"the lowest, up":    func(c *value.Calc) { c.NegDuration(math.MinInt64) },
		"without its sign":  func(c *value.Calc) { c.AbsDuration(math.MinInt64) },
	} {
		var c value.Calc
		compute(&c)
		require.ErrorIs(t, c.Err(), value.ErrOverflow, name)
	}
	require.Equal(t, []time.Duration{3, -1, 6, -1, 2}, []time.Duration{c.AddDuration(1, 2), c.SubDuration(1, 2),
		c.MulDuration(3, 2), c.NegDuration(1), c.AbsDuration(-2)})
}

func TestWhatAGuardShowedIsThereOrFails(t *testing.T) {
	var c value.Calc
	require.Equal(t, 1, value.Unwrap(&c, value.Some(1)))
	require.Equal(t, 2, value.Item(&c, []int{1, 2}, 1))
	require.Equal(t, 3, value.Entry(&c, map[string]int{"a": 3}, "a"))
	require.NoError(t, c.Err())
	for name, compute := range map[string]func(c *value.Calc){
		"none":     func(c *value.Calc) { value.Unwrap(c, value.None[int]()) },
		"behind":   func(c *value.Calc) { value.Item(c, []int{1}, 1) },
		"before":   func(c *value.Calc) { value.Item(c, []int{1}, -1) },
		"far":      func(c *value.Calc) { value.Item(c, []int{1}, math.MaxInt64) },
		"no entry": func(c *value.Calc) { value.Entry(c, map[string]int(nil), "a") },
	} {
		var c value.Calc
		compute(&c)
		require.ErrorIs(t, c.Err(), value.ErrOverflow, name)
	}
}
