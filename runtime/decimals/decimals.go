// Package decimals is the decimal of the language on top of shopspring's: its JSON, and exact arithmetic with a
// bound. A decimal has at most MaxDigits digits in plain notation and keeps its places: 1.50 stays 1.50.
//
// The library is not used as it is, because it reads exponents (1e9 is ten bytes and a gigabyte of zeros), drops
// trailing zeros when it prints, and panics where a number cannot be computed.
package decimals

import (
	"errors"
	"math/big"
	"strconv"

	"github.com/fluvius-io/fluvius-go/runtime/value"
	"github.com/shopspring/decimal"
)

// MaxDigits is how many digits a decimal may have in plain notation, a zero before the point included.
const MaxDigits = 60

// digits counts the digits of d in plain notation, without making them.
func digits(d decimal.Decimal) int64 {
	if d.IsZero() && d.Exponent() >= 0 {
		return 1
	}
	n, exponent := int64(d.NumDigits()), int64(d.Exponent())
	if exponent >= 0 {
		return n + exponent
	}
	return max(n, 1-exponent)
}

// Fits says whether d has at most MaxDigits digits in plain notation.
func Fits(d decimal.Decimal) bool { return digits(d) <= MaxDigits }

// String is d in plain notation with all its places. Only what does not fit, and so comes from Go code, has an
// exponent: written out it could be gigabytes of zeros.
func String(d decimal.Decimal) string {
	if !Fits(d) {
		return d.Coefficient().String() + "e" + strconv.Itoa(int(d.Exponent()))
	}
	var room [MaxDigits + 4]byte
	return string(appendPlain(room[:0], d))
}

// Append writes d as a JSON string in plain notation. More than MaxDigits digits cannot be written; value.Fault
// tells.
func Append(dst []byte, d decimal.Decimal) []byte {
	if !Fits(d) {
		return value.MarkFault(dst, "a decimal of more than 60 digits")
	}
	return append(appendPlain(append(dst, '"'), d), '"')
}

func appendPlain(dst []byte, d decimal.Decimal) []byte {
	var room [MaxDigits + 1]byte
	text := appendCoefficient(room[:0], d)
	if text[0] == '-' {
		dst, text = append(dst, '-'), text[1:]
	}
	exponent := int(d.Exponent())
	if exponent >= 0 {
		dst = append(dst, text...)
		return appendZeros(dst, exponent, d.IsZero())
	}
	whole := len(text) + exponent
	if whole <= 0 {
		dst = appendZeros(append(dst, '0', '.'), -whole, false)
		return append(dst, text...)
	}
	dst = append(append(dst, text[:whole]...), '.')
	return append(dst, text[whole:]...)
}

func appendZeros(dst []byte, n int, none bool) []byte {
	if none {
		return dst
	}
	for range n {
		dst = append(dst, '0')
	}
	return dst
}

// appendCoefficient writes the digits without the point. The library copies a coefficient to show it; those that
// fit an int64 are read without that.
func appendCoefficient(dst []byte, d decimal.Decimal) []byte {
	if d.NumDigits() <= 18 {
		return strconv.AppendInt(dst, d.CoefficientInt64(), 10)
	}
	return d.Coefficient().Append(dst, 10)
}

// Read reads a decimal: a string in plain notation.
func Read(r *value.Reader) decimal.Decimal {
	text := r.Text()
	if r.Err() != nil {
		return decimal.Decimal{}
	}
	d, err := Parse(text)
	if err != nil {
		r.Fail(err.Error())
	}
	return d
}

// Fast reads a decimal with the fast reader.
func Fast(c *value.Cursor) decimal.Decimal {
	d, reason := parse(c.Text())
	if reason != "" {
		c.Fail()
	}
	return d
}

// Parse reads plain notation, with as many places as are written: no exponent, no plus, no leading zero, at
// most MaxDigits digits.
func Parse(text string) (decimal.Decimal, error) {
	d, reason := parse(text)
	if reason == "" {
		return d, nil
	}
	if len(text) > MaxDigits+4 {
		text = text[:MaxDigits+4] + "…"
	}
	return d, errors.New(reason + ": " + strconv.Quote(text))
}

// Must is Parse for constants of generated code, which the compiler of the language has checked; it panics at
// what is no decimal.
func Must(text string) decimal.Decimal {
	d, err := Parse(text)
	if err != nil {
		panic("decimals: " + err.Error())
	}
	return d
}

const (
	notPlain = "not a decimal in plain notation"
	tooLong  = "a decimal of more than 60 digits"
)

func parse(text string) (d decimal.Decimal, reason string) {
	whole, places, n := measure(text)
	switch {
	case whole < 0:
		return d, notPlain
	case whole+places > MaxDigits:
		return d, tooLong
	case whole+places <= 18:
		return decimal.New(n, int32(-places)), ""
	}
	point := len(text) - places
	if places > 0 {
		text = text[:point-1] + text[point:]
	}
	coefficient, _ := new(big.Int).SetString(text, 10)
	return decimal.NewFromBigInt(coefficient, int32(-places)), ""
}

// measure counts the digits before and after the point, and reads them as one number, which is right if there
// are at most 18. whole is -1 for what is not plain notation.
func measure(text string) (whole, places int, n int64) {
	i, negative := 0, false
	if text != "" && text[0] == '-' {
		i, negative = 1, true
	}
	begin, point := i, -1
	for ; i < len(text); i++ {
		switch c := text[i] - '0'; {
		case c <= 9:
			n = n*10 + int64(c)
		case text[i] == '.' && point < 0:
			point = i
		default:
			return -1, 0, 0
		}
	}
	whole = i - begin
	if point >= 0 {
		whole, places = point-begin, i-point-1
	}
	if whole == 0 || point >= 0 && places == 0 || whole > 1 && text[begin] == '0' {
		return -1, 0, 0
	}
	if negative {
		n = -n
	}
	return whole, places, n
}
