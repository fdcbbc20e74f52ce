package value

import (
	"math"
	"math/big"
	"math/bits"
	"time"
)

// ErrOverflow is the error of what cannot be computed: a result that does not fit, a division by zero, an item
// that is not there. Match it with errors.Is.
var ErrOverflow error = overflow{}

type overflow struct{}

func (overflow) Error() string {
	return "the result cannot be computed: an overflow, a division by zero, or an item that is not there"
}

// Code is "overflow".
func (overflow) Code() string { return "overflow" }

// Calc does checked arithmetic. The first failure sticks: Err tells it, and its result and all results after
// it are to be thrown away. So ask Err before a result decides anything. The zero Calc is ready. A Calc
// belongs to one goroutine.
type Calc struct{ failed bool }

// Err is nil, or ErrOverflow after something could not be computed.
func (c *Calc) Err() error {
	if c.failed {
		return ErrOverflow
	}
	return nil
}

// Fail notes that something could not be computed.
func (c *Calc) Fail() { c.failed = true }

// Add is a + b.
func (c *Calc) Add(a, b int64) int64 {
	sum := a + b
	if (sum > a) != (b > 0) {
		c.failed = true
		return 0
	}
	return sum
}

// Sub is a - b.
func (c *Calc) Sub(a, b int64) int64 {
	diff := a - b
	if (diff < a) != (b > 0) {
		c.failed = true
		return 0
	}
	return diff
}

// Mul is a * b.
func (c *Calc) Mul(a, b int64) int64 {
	high, low := bits.Mul64(uint64(a), uint64(b))
	// The product of the unsigned readings is too large by b<<64 where a is negative, and the reverse.
	top := int64(high) - a>>63&b - b>>63&a
	if top != int64(low)>>63 {
		c.failed = true
		return 0
	}
	return int64(low)
}

// Div is a / b, truncated toward zero.
func (c *Calc) Div(a, b int64) int64 {
	if b == 0 || a == math.MinInt64 && b == -1 {
		c.failed = true
		return 0
	}
	return a / b
}

// Mod is what remains of Div; it has the sign of a.
func (c *Calc) Mod(a, b int64) int64 {
	if b == 0 {
		c.failed = true
		return 0
	}
	return a % b
}

// Neg is -a.
func (c *Calc) Neg(a int64) int64 { return c.Sub(0, a) }

// Abs is a without its sign.
func (c *Calc) Abs(a int64) int64 {
	if a < 0 {
		return c.Sub(0, a)
	}
	return a
}

// finite refuses what JSON cannot hold.
func (c *Calc) finite(x float64) float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		c.failed = true
		return 0
	}
	return x
}

// The conversions in the float operations round each result by itself; without them a compiler may fuse a
// multiplication and an addition, and two machines would replay to two states.

// AddFloat is a + b.
func (c *Calc) AddFloat(a, b float64) float64 { return c.finite(float64(a + b)) }

// SubFloat is a - b.
func (c *Calc) SubFloat(a, b float64) float64 { return c.finite(float64(a - b)) }

// MulFloat is a * b.
func (c *Calc) MulFloat(a, b float64) float64 { return c.finite(float64(a * b)) }

// DivFloat is a / b.
func (c *Calc) DivFloat(a, b float64) float64 { return c.finite(float64(a / b)) }

// ModFloat is what remains of a / b truncated; it has the sign of a.
func (c *Calc) ModFloat(a, b float64) float64 { return c.finite(math.Mod(a, b)) }

// RoundFloat rounds the exact value of x to places after the point (before it, if negative), half away from
// zero. Scaling by a power of ten in floats would round twice.
func (c *Calc) RoundFloat(x float64, places int64) float64 {
	x = c.finite(x)
	const finest, coarsest = 1074, -309 // no float has more places, none is larger
	switch {
	case places >= finest || x == 0:
		return x
	case places < coarsest:
		return 0
	}
	return c.finite(roundExact(x, places))
}

func roundExact(x float64, places int64) float64 {
	exact := new(big.Rat).SetFloat64(x)
	scale := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(max(places, -places)), nil))
	if places < 0 {
		scale.Inv(scale)
	}
	exact.Mul(exact, scale)
	whole, rest := new(big.Int).QuoRem(exact.Num(), exact.Denom(), new(big.Int))
	if rest.Lsh(rest.Abs(rest), 1).Cmp(exact.Denom()) >= 0 {
		whole.Add(whole, big.NewInt(int64(exact.Sign())))
	}
	rounded, _ := exact.Quo(new(big.Rat).SetInt(whole), scale).Float64()
	return rounded
}

// AddTime is t + d, in UTC. A time that JSON cannot hold, before the year 0 or after 9999, fails.
func (c *Calc) AddTime(t time.Time, d time.Duration) time.Time {
	sum := t.Add(d)
	if !writable(t) || !writable(sum) {
		c.failed = true
		return time.Time{}
	}
	return sum.UTC()
}

// SubTime is t - d, in UTC.
func (c *Calc) SubTime(t time.Time, d time.Duration) time.Time {
	if d == math.MinInt64 { // has no negative
		return c.AddTime(c.AddTime(t, math.MaxInt64), 1)
	}
	return c.AddTime(t, -d)
}

// Between is t - u. More than 292 years fail.
func (c *Calc) Between(t, u time.Time) time.Duration {
	t, u = t.Round(0), u.Round(0) // by the wall: a monotonic reading is of no fact
	d := t.Sub(u)
	if !u.Add(d).Equal(t) {
		c.failed = true
		return 0
	}
	return d
}

// AddDuration is a + b.
func (c *Calc) AddDuration(a, b time.Duration) time.Duration {
	return time.Duration(c.Add(int64(a), int64(b)))
}

// SubDuration is a - b.
func (c *Calc) SubDuration(a, b time.Duration) time.Duration {
	return time.Duration(c.Sub(int64(a), int64(b)))
}

// MulDuration is d * n.
func (c *Calc) MulDuration(d time.Duration, n int64) time.Duration {
	return time.Duration(c.Mul(int64(d), n))
}

// NegDuration is -d.
func (c *Calc) NegDuration(d time.Duration) time.Duration { return time.Duration(c.Neg(int64(d))) }

// AbsDuration is d without its sign.
func (c *Calc) AbsDuration(d time.Duration) time.Duration { return time.Duration(c.Abs(int64(d))) }

// Unwrap is the value of o, which a guard showed to be there; if it is not, that fails.
func Unwrap[T any](c *Calc, o Optional[T]) T {
	v, ok := o.Get()
	if !ok {
		c.failed = true
	}
	return v
}

// Item is list[i], which a guard showed to be there; if it is not, that fails.
func Item[T any](c *Calc, list []T, i int64) T {
	if i < 0 || i >= int64(len(list)) {
		c.failed = true
		var none T
		return none
	}
	return list[i]
}

// Entry is m[k], which a guard showed to be there; if it is not, that fails.
func Entry[K comparable, V any](c *Calc, m map[K]V, k K) V {
	v, ok := m[k]
	if !ok {
		c.failed = true
	}
	return v
}
