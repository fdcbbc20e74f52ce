package wire

import (
	"math/big"
	"strings"
)

// MaxDigits is what a decimal may have, as in the language.
const MaxDigits = 60

// Decimal is a number in plain notation that keeps its places. It is a value: big is never changed. The
// zero Decimal is 0.
type Decimal struct {
	small  int64 // the digits without the point, if big is nil
	big    *big.Int
	places int
}

// DecimalOf is digits with the point moved by places: DecimalOf(1999, 2) is 19.99.
func DecimalOf(digits int64, places int) Decimal { return Decimal{small: digits, places: places} }

// ParseDecimal reads plain notation: no exponent, no plus, no leading zero, at most MaxDigits digits.
func ParseDecimal(s string) (Decimal, bool) {
	digits := strings.TrimPrefix(s, "-")
	whole, rest, point := strings.Cut(digits, ".")
	if !allDigits(whole) || point && !allDigits(rest) || len(whole) > 1 && whole[0] == '0' ||
		len(whole)+len(rest) > MaxDigits {
		return Decimal{}, false
	}
	text := whole + rest
	if len(text) > 18 {
		n, _ := new(big.Int).SetString(text, 10)
		if s[0] == '-' {
			n.Neg(n)
		}
		return Decimal{big: n, places: len(rest)}, true
	}
	var n int64
	for i := range len(text) {
		n = n*10 + int64(text[i]-'0')
	}
	if s[0] == '-' {
		n = -n
	}
	return Decimal{small: n, places: len(rest)}, true
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i]-'0' > 9 {
			return false
		}
	}
	return s != ""
}

// Amount reads a quoted decimal of at most 18 digits: the fast half of ParseDecimal.
func Amount(s string, i int) (Decimal, int) {
	if i >= len(s) || s[i] != '"' {
		return Decimal{}, No
	}
	i++
	neg := i < len(s) && s[i] == '-'
	if neg {
		i++
	}
	begin, point := i, -1
	var n int64
	for ; i < len(s); i++ {
		if c := s[i] - '0'; c <= 9 {
			n = n*10 + int64(c)
			continue
		}
		if s[i] != '.' || point >= 0 {
			break
		}
		point = i
	}
	whole, places := i-begin, 0
	if point >= 0 {
		whole, places = point-begin, i-point-1
	}
	if i >= len(s) || s[i] != '"' || whole == 0 || whole+places > 18 || point >= 0 && places == 0 ||
		whole > 1 && s[begin] == '0' {
		return Decimal{}, No
	}
	if neg {
		n = -n
	}
	return Decimal{small: n, places: places}, i + 1
}

// Add is exact, with the places of the one that has more.
func (d Decimal) Add(e Decimal) Decimal {
	if d.big == nil && e.big == nil && d.places == e.places {
		sum := d.small + e.small
		if (sum > d.small) == (e.small > 0) {
			return Decimal{small: sum, places: d.places}
		}
	}
	places := max(d.places, e.places)
	return Decimal{big: new(big.Int).Add(d.scaled(places), e.scaled(places)), places: places}.shrunk()
}

// Times is exact.
func (d Decimal) Times(n int64) Decimal {
	if d.big == nil && small32(d.small) && small32(n) {
		return Decimal{small: d.small * n, places: d.places}
	}
	return Decimal{big: new(big.Int).Mul(d.scaled(d.places), big.NewInt(n)), places: d.places}.shrunk()
}

func small32(n int64) bool { return n == int64(int32(n)) }

// Equal compares by value: 1.0 is 1.00.
func (d Decimal) Equal(e Decimal) bool {
	places := max(d.places, e.places)
	return d.scaled(places).Cmp(e.scaled(places)) == 0
}

// Negative says whether d is below zero.
func (d Decimal) Negative() bool {
	if d.big != nil {
		return d.big.Sign() < 0
	}
	return d.small < 0
}

func (d Decimal) scaled(places int) *big.Int {
	n := d.big
	if n == nil {
		n = big.NewInt(d.small)
	}
	if places == d.places {
		return n
	}
	ten := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places-d.places)), nil)
	return ten.Mul(ten, n)
}

func (d Decimal) shrunk() Decimal {
	if d.big.IsInt64() {
		return Decimal{small: d.big.Int64(), places: d.places}
	}
	return d
}

// String is plain notation.
func (d Decimal) String() string { return string(d.append(nil)) }

func (d Decimal) append(dst []byte) []byte {
	if d.big != nil {
		return appendPoint(dst, d.big.Append(nil, 10), d.places)
	}
	var room [20]byte
	return appendPoint(dst, appendInt(room[:0], d.small), d.places)
}

// appendPoint writes digits (with a sign) with the point before the last places.
func appendPoint(dst, digits []byte, places int) []byte {
	if digits[0] == '-' {
		dst = append(dst, '-')
		digits = digits[1:]
	}
	if places == 0 {
		return append(dst, digits...)
	}
	if len(digits) <= places {
		dst = append(dst, '0', '.')
		for range places - len(digits) {
			dst = append(dst, '0')
		}
		return append(dst, digits...)
	}
	cut := len(digits) - places
	dst = append(dst, digits[:cut]...)
	dst = append(dst, '.')
	return append(dst, digits[cut:]...)
}

// MarshalText and UnmarshalText let encoding/json read and write the same form.
func (d Decimal) MarshalText() ([]byte, error) { return d.append(nil), nil }

// UnmarshalText is ParseDecimal.
func (d *Decimal) UnmarshalText(text []byte) error {
	parsed, ok := ParseDecimal(string(text))
	if !ok {
		return &SyntaxError{Reason: "no decimal: " + string(text)}
	}
	*d = parsed
	return nil
}
