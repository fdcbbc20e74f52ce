package trial

import (
	"math"
	"math/rand"
	"reflect"
	"strconv"
	"strings"
	"testing/quick"
	"time"

	"github.com/fluvius-io/fluvius-go/runtime/value"
)

// hugeText is how many characters a huge text has.
const hugeText = 1000

// Text makes strings: few short ones again and again, so that two are often equal, and now and then one that JSON has
// to escape or that is huge.
func Text[T ~string](r *Random) T {
	if r.extent == least {
		return ""
	}
	if hint, ok := r.textHint(); ok {
		return T(hint)
	}
	switch n := r.IntN(10); {
	case r.edge() && r.huge > 0:
		r.huge--
		return T(r.text(hugeText, nasty))
	case n < 5:
		return T(oneOf(r, "", "a", "b", "ab", "x-1", "Ada"))
	case n < 8:
		return T(r.text(1+r.IntN(8), plain))
	}
	return T(r.text(1+r.IntN(8), nasty))
}

const (
	plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -_.,@"
	nasty = "a B\"\\/<>&'`{}[]:,\x00\x01\t\n\r\x1f\x7fäß€Ωж漢😀\u200b\u2028\u2029\u0301\ufeff\ufffd\U0010ffff"
)

func (r *Random) text(length int, of string) string {
	letters := []rune(of)
	var b strings.Builder
	for range length {
		b.WriteRune(oneOf(r, letters...))
	}
	return b.String()
}

// textHint is a text that a `where` seems to ask for.
func (r *Random) textHint() (string, bool) {
	if len(r.hints) == 0 || r.chance(0.2) {
		return "", false
	}
	switch hint := oneOf(r, r.hints...).(type) {
	case Pattern:
		return hint.text(r), true
	case string:
		return oneOf(r, "", "a", r.text(r.IntN(4), plain)) + hint + oneOf(r, "", "", "b", r.text(r.IntN(4), plain)), true
	case int:
		return r.text(min(max(0, hint+r.IntN(3)-1), hugeText), oneOf(r, plain, nasty)), true
	}
	return "", false
}

// ID makes ids: few, so that two are often equal.
func ID[T ~string](r *Random) T {
	if r.extent == mixed && r.chance(0.8) {
		return T(oneOf(r, "a", "b", "id-1"))
	}
	return T(oneOf(r, "id/1 é", strings.Repeat("x", 256), "\"'`;--", "😀", r.text(12, plain)))
}

// Bool makes bools.
func Bool[T ~bool](r *Random) T {
	return T(r.extent == most || r.extent == mixed && r.chance(0.5))
}

// Int makes whole numbers, most of them small.
func Int[T ~int64](r *Random) T {
	if r.extent == least {
		return math.MinInt64
	}
	if hint, ok := r.numberHint(); ok {
		return T(hint + int64(r.IntN(7)) - 3)
	}
	switch n := r.IntN(10); {
	case r.extent == most:
		return math.MaxInt64
	case r.edge():
		return T(oneOf[int64](r, math.MinInt64, math.MaxInt64, math.MinInt64+1, math.MaxInt64-1, 1<<53, -1<<53-1, math.MaxInt32+1))
	case n < 7:
		return T(r.IntN(14) - 3)
	case n < 9:
		return T(r.IntN(2001) - 1000)
	}
	return T(int64(r.Uint64()) >> r.IntN(64))
}

// numberHint is a number that a `where` speaks of.
func (r *Random) numberHint() (int64, bool) {
	if len(r.hints) == 0 || r.chance(0.3) {
		return 0, false
	}
	var n int64
	switch hint := oneOf(r, r.hints...).(type) {
	case int:
		n = int64(hint)
	case int64:
		n = hint
	case float64:
		n = int64(hint)
	default:
		return 0, false
	}
	if r.chance(0.25) { // -5 is the 5 that is seen, behind an operator
		n = -n
	}
	return n, true
}

// Float makes floats that JSON can hold.
func Float[T ~float64](r *Random) T {
	if r.extent == least {
		return -math.MaxFloat64
	}
	if hint, ok := r.numberHint(); ok {
		return T(float64(hint) + float64(r.IntN(9)-4)/4)
	}
	switch {
	case r.extent == most:
		return math.MaxFloat64
	case r.edge():
		return T(oneOf(r, math.MaxFloat64, math.SmallestNonzeroFloat64, math.Copysign(0, -1), 1e21, 1e-7, 0.1, math.Pi, 1<<53))
	}
	return T(float64(r.IntN(801)-400) / 8)
}

// Decimal makes decimals, which parse reads.
func Decimal[T any](parse func(text string) T) func(*Random) T {
	return func(r *Random) T { return parse(r.decimal()) }
}

// mostDigits is how many digits a decimal has at most.
const mostDigits = 60

func (r *Random) decimal() string {
	if r.extent == least {
		return "-" + strings.Repeat("9", mostDigits)
	}
	if text, ok := r.decimalHint(); ok {
		return text
	}
	switch {
	case r.extent == most:
		return strings.Repeat("9", mostDigits)
	case r.edge():
		return oneOf(r, "0", "0.00", "0."+strings.Repeat("0", mostDigits-2)+"1", "-"+strings.Repeat("9", mostDigits),
			strings.Repeat("9", mostDigits/2)+"."+strings.Repeat("9", mostDigits/2), "1234567890123456789", "-0.000000000000000001")
	}
	return r.hundredths(int64(r.IntN(14)-3), r.IntN(4))
}

// hundredths is a number with so many places; the whole part is near n.
func (r *Random) hundredths(n int64, places int) string {
	text := strconv.FormatInt(n, 10)
	if places == 0 || r.chance(0.3) {
		return text
	}
	digits := make([]byte, places)
	for i := range digits {
		digits[i] = byte('0' + r.IntN(10))
	}
	return text + "." + string(digits)
}

func (r *Random) decimalHint() (string, bool) {
	if len(r.hints) == 0 || r.chance(0.3) {
		return "", false
	}
	if hint, ok := oneOf(r, r.hints...).(string); ok {
		return hint, hint != "" && strings.Trim(hint, "-0123456789.") == ""
	}
	if n, ok := r.numberHint(); ok {
		return r.hundredths(n+int64(r.IntN(3))-1, 1+r.IntN(3)), true
	}
	return "", false
}

// Time makes times in UTC that JSON can hold.
func Time(r *Random) time.Time {
	if hint, ok := r.timeHint(); ok {
		return hint
	}
	switch {
	case r.extent == least:
		return time.Time{}
	case r.extent == most:
		return lastTime
	case r.edge():
		return oneOf(r, time.Time{}, lastTime, time.Unix(0, -1).UTC(), time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC),
			time.Date(2024, 2, 29, 23, 59, 59, 120_000_000, time.UTC))
	}
	at := firstMoment.Add(time.Duration(r.IntN(400)-200) * time.Hour)
	if r.chance(0.3) {
		at = at.Add(time.Duration(r.Int64N(int64(time.Hour))))
	}
	return at
}

var (
	lastTime    = time.Date(9999, 12, 31, 23, 59, 59, 999_999_999, time.UTC)
	firstMoment = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
)

func (r *Random) timeHint() (time.Time, bool) {
	if len(r.hints) == 0 || r.extent != mixed {
		return time.Time{}, false
	}
	text, _ := oneOf(r, r.hints...).(string)
	at, err := time.Parse(time.RFC3339Nano, text)
	return at.Add(time.Duration(r.IntN(5)-2) * oneOf(r, 1, time.Hour)).UTC(), err == nil
}

// Duration makes durations.
func Duration[T ~int64](r *Random) T {
	if r.extent == least {
		return math.MinInt64
	}
	if hint, ok := r.numberHint(); ok {
		return T(hint + int64(r.IntN(5)-2)*int64(oneOf(r, 1, time.Second, time.Hour)))
	}
	switch {
	case r.extent == most:
		return math.MaxInt64
	case r.edge():
		return oneOf[T](r, math.MinInt64, math.MaxInt64, 1, -1, 999)
	}
	return T(r.IntN(14)-3) * T(oneOf(r, time.Millisecond, time.Second, time.Minute, time.Hour, 24*time.Hour))
}

// Bytes makes bytes.
func Bytes[T ~[]byte](r *Random) T {
	n := r.IntN(6)
	switch {
	case r.extent == least:
		return nil
	case r.edge() && r.huge > 0:
		r.huge--
		n = hugeText
	}
	b := make(T, n)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

// JSON makes raw JSON.
func JSON[T ~[]byte](r *Random) T {
	switch {
	case r.extent == least:
		return nil
	case r.edge() && r.huge > 0:
		r.huge--
		return T(value.AppendString(nil, r.text(hugeText, nasty)))
	}
	return T(oneOf(r, `{}`, `[]`, `""`, `0`, `-1.50`, `1e9`, `true`, `{"a":[1,null,{"b":"ü \\ \""}],"c":{}}`, `[[[[1]]],"x"]`, `null`))
}

// Enum makes values of an enum.
func Enum[T value.EnumValue](e *value.Enum) func(*Random) T {
	return func(r *Random) T {
		switch r.extent {
		case least:
			return 0
		case most:
			return T(len(e.Texts) - 1)
		}
		return T(r.IntN(len(e.Texts)))
	}
}

// Go makes values of a Go type of the user's, as testing/quick does, whose Generator such a type may be. Only values
// are taken that the type reads as it wrote them: whether it always does is its own tests' to find out. What
// testing/quick cannot make is the zero value.
func Go[T any](r *Random) T {
	c := value.Gos[T]()
	for range 10 {
		if v, ok := quickly[T](r); ok && r.extent != least && keeps(c, v) {
			return v
		}
	}
	var zero T
	if keeps(c, zero) {
		return zero
	}
	panic(unfit{"no value of " + reflect.TypeFor[T]().String() + " was found that is read as it is written"})
}

// quickly is a value of any type; false for what testing/quick cannot make, at which it may panic.
func quickly[T any](r *Random) (v T, ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	made, ok := quick.Value(reflect.TypeFor[T](), rand.New(source{r}))
	if !ok {
		return v, false
	}
	v, ok = made.Interface().(T)
	return v, ok
}

// source is r as testing/quick takes it. One of math/rand's own would be seeded for each value, which takes longer
// than the value.
type source struct{ r *Random }

func (s source) Int63() int64   { return s.r.Int64() }
func (s source) Uint64() uint64 { return s.r.Uint64() }
func (source) Seed(int64)       {}

// keeps tells whether a value is written, and read as it was.
func keeps[T any](c *value.Codec[T], v T) (ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	text, err := c.Marshal(&v)
	if err != nil {
		return false
	}
	again, err := c.Decode(string(text))
	if err != nil || difference("", v, again) != "" {
		return false
	}
	second, err := c.Marshal(&again)
	return err == nil && string(second) == string(text)
}
