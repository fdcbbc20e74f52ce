package decimals

import (
	"cmp"
	"math/big"

	"github.com/fluvius-io/fluvius-go/runtime/value"
	"github.com/shopspring/decimal"
)

// All that is computed is exact or rounded once. What does not fit MaxDigits digits, and what was handed in that
// does not, fails the Calc: it is ErrOverflow, as with integers.

// Zero is 0.
var Zero decimal.Decimal

// FromInt is n as a decimal without places.
func FromInt(n int64) decimal.Decimal { return decimal.New(n, 0) }

// checked lets a result through that fits.
func checked(c *value.Calc, d decimal.Decimal) decimal.Decimal {
	if !Fits(d) {
		c.Fail()
		return decimal.Decimal{}
	}
	return d
}

// fit says whether both fit, so that computing with them takes neither long nor much memory.
func fit(c *value.Calc, a, b decimal.Decimal) bool {
	if Fits(a) && Fits(b) {
		return true
	}
	c.Fail()
	return false
}

// Add is a + b, with the places of the one that has more.
func Add(c *value.Calc, a, b decimal.Decimal) decimal.Decimal {
	if !fit(c, a, b) {
		return decimal.Decimal{}
	}
	return checked(c, a.Add(b))
}

// Sub is a - b, with the places of the one that has more.
func Sub(c *value.Calc, a, b decimal.Decimal) decimal.Decimal {
	if !fit(c, a, b) {
		return decimal.Decimal{}
	}
	return checked(c, a.Sub(b))
}

// Mul is a * b, with the places of both together.
func Mul(c *value.Calc, a, b decimal.Decimal) decimal.Decimal {
	if !fit(c, a, b) {
		return decimal.Decimal{}
	}
	return checked(c, a.Mul(b))
}

// Mod is what remains of a / b truncated to a whole number; it has the sign of a.
func Mod(c *value.Calc, a, b decimal.Decimal) decimal.Decimal {
	if !fit(c, a, b) {
		return decimal.Decimal{}
	}
	if b.IsZero() {
		c.Fail()
		return decimal.Decimal{}
	}
	return checked(c, a.Mod(b))
}

// DivRound is a / b, rounded once to places after the point (before it, if negative), half away from zero. The
// result has exactly these places.
func DivRound(c *value.Calc, a, b decimal.Decimal, places int64) decimal.Decimal {
	if !fit(c, a, b) {
		return decimal.Decimal{}
	}
	if b.IsZero() || places >= MaxDigits {
		c.Fail()
		return decimal.Decimal{}
	}
	if places < -2*MaxDigits { // all that fits is less than half of such a step
		return decimal.Decimal{}
	}
	above, below := a.Coefficient(), b.Coefficient()
	if shift := int64(a.Exponent()) - int64(b.Exponent()) + places; shift >= 0 {
		above.Mul(above, tenTo(shift))
	} else {
		below.Mul(below, tenTo(-shift))
	}
	return checked(c, plain(quotient(above, below), places))
}

// quotient is a / b rounded half away from zero. It may change both.
func quotient(a, b *big.Int) *big.Int {
	up := big.NewInt(int64(a.Sign() * b.Sign()))
	q, rest := a.QuoRem(a, b, new(big.Int))
	if rest.Lsh(rest.Abs(rest), 1).CmpAbs(b) >= 0 {
		q.Add(q, up)
	}
	return q
}

// plain is n with the point moved by places; before the point there are zeros, not an exponent.
func plain(n *big.Int, places int64) decimal.Decimal {
	if places >= 0 {
		return decimal.NewFromBigInt(n, int32(-places))
	}
	return decimal.NewFromBigInt(n.Mul(n, tenTo(-places)), 0)
}

func tenTo(n int64) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(n), nil) }

var one = decimal.New(1, 0)

// Round is d rounded to places after the point (before it, if negative), half away from zero. The result has
// exactly these places: 1.5 rounded to 2 is 1.50.
func Round(c *value.Calc, d decimal.Decimal, places int64) decimal.Decimal {
	return DivRound(c, d, one, places)
}

// Neg is -d.
func Neg(d decimal.Decimal) decimal.Decimal { return d.Neg() }

// Abs is d without its sign.
func Abs(d decimal.Decimal) decimal.Decimal { return d.Abs() }

// Cmp is -1, 0 or 1 as a is less than, equal to or greater than b, by value: 1.0 equals 1.00.
func Cmp(a, b decimal.Decimal) int {
	if sign := cmp.Compare(a.Sign(), b.Sign()); sign != 0 || a.IsZero() {
		return sign
	}
	// Go code may hand in 1e1000000000, and the library would write it out to compare it.
	if first := cmp.Compare(firstDigit(a), firstDigit(b)); first != 0 {
		return first * a.Sign()
	}
	return a.Cmp(b)
}

// firstDigit is how far before the point the first digit of d stands.
func firstDigit(d decimal.Decimal) int64 { return int64(d.NumDigits()) + int64(d.Exponent()) }

// Equal says whether a and b are one number: 1.0 equals 1.00.
func Equal(a, b decimal.Decimal) bool { return Cmp(a, b) == 0 }

// Min is the smaller one, a if they are equal.
func Min(a, b decimal.Decimal) decimal.Decimal { return value.Min(a, b, Cmp) }

// Max is the larger one, a if they are equal.
func Max(a, b decimal.Decimal) decimal.Decimal { return value.Max(a, b, Cmp) }
