package decimals_test

import (
	"math"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/fluvius-io/fluvius-go/runtime/decimals"
	"github.com/fluvius-io/fluvius-go/runtime/value"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var nines = strings.Repeat("9", decimals.MaxDigits)

func TestPlainNotationIsKept(t *testing.T) {
	for _, text := range []string{"0", "1", "-1", "1.50", "0.00", "0.05", "-0.05", "100", "10.0", "123456789012345678",
		"1234567890123456789", "-1234567890.123456789", "0." + nines[1:], nines, "-" + nines, nines[:30] + "." + nines[30:],
		"999999999999999999.9", "0.000000000000000001", "0.0000000000000000001"} {
		d, err := decimals.Parse(text)
		require.NoError(t, err, text)
		require.Equal(t, text, decimals.String(d))
		written := string(decimals.Append(nil, d))
		require.Equal(t, `"`+text+`"`, written)
		c := value.NewCursor(written)
		require.True(t, decimals.Equal(d, decimals.Fast(&c)) && c.End())
		r := value.NewReader(written)
		require.Equal(t, text, decimals.String(decimals.Read(r)))
		require.NoError(t, r.End())
		want, err := decimal.NewFromString(text)
		require.NoError(t, err)
		require.True(t, want.Equal(d))
	}
	require.Equal(t, "0", decimals.String(decimal.Decimal{}))
	require.Equal(t, "0.0", decimals.String(decimals.Must("-0.0")), "there is no negative zero")
	require.Equal(t, "1500", decimals.String(decimal.New(15, 2)))
	require.Equal(t, "0", decimals.String(decimal.New(0, math.MaxInt32)))
	require.Equal(t, "1e2147483647", decimals.String(decimal.New(1, math.MaxInt32)))
}

func TestWhatIsNoDecimalIsRefused(t *testing.T) {
	for text, reason := range map[string]string{
		`"1e5"`: "plain notation", `"1E-5"`: "plain notation", `"+1"`: "plain notation", `"01"`: "plain notation",
		`"-01.5"`: "plain notation", `".5"`: "plain notation", `"5."`: "plain notation", `""`: "plain notation",
		`"-"`: "plain notation", `"1.2.3"`: "plain notation", `"1,5"`: "plain notation", `" 1"`: "plain notation",
		`"1_000"`: "plain notation", `"NaN"`: "plain notation", `"−1"`: "plain notation", `"1.-5"`: "plain notation",
		`"0x10"`: "plain notation", `"` + nines + `0"`: "more than 60 digits", `"0.` + nines + `"`: "more than 60 digits",
		`"` + strings.Repeat("9", 100_000) + `"`: "more than 60 digits",
		`"1e1000000000"`:                         "plain notation", `1.5`: "expected a string, found a number", `null`: "expected a string, found null",
	} {
		r := value.NewReader(`{"price":` + text + `}`)
		for o := r.Object(value.NewShape("price")); o.Next(); {
			decimals.Read(r)
		}
		var e *value.Error
		require.ErrorAs(t, r.End(), &e, text)
		require.Equal(t, "price", e.Path)
		require.Contains(t, e.Reason, reason)
		require.Less(t, len(e.Reason), 200)
		c := value.NewCursor(text)
		decimals.Fast(&c)
		require.False(t, c.End(), text)
	}
	require.Panics(t, func() { decimals.Must("x") })
}

func TestTooManyDigitsCannotBeWritten(t *testing.T) {
	for _, d := range []decimal.Decimal{decimal.New(1, 60), decimal.New(1, -60), decimal.New(1, math.MaxInt32),
		decimal.New(1, math.MinInt32), decimal.RequireFromString(nines + "0")} {
		require.False(t, decimals.Fits(d))
		text := append(decimals.Append([]byte(`{"a":`), d), '}')
		require.EqualError(t, value.Fault(text), "a: a decimal of more than 60 digits")
	}
	require.True(t, decimals.Fits(decimal.New(1, 59)) && decimals.Fits(decimal.New(1, -59)))
}

// randomDecimal has up to 40 digits.
func randomDecimal(random *rand.Rand) decimal.Decimal {
	n := new(big.Int).SetUint64(random.Uint64())
	n.Mul(n, new(big.Int).SetUint64(random.Uint64()))
	n.Rsh(n, random.UintN(128))
	if random.IntN(2) == 0 {
		n.Neg(n)
	}
	return decimal.NewFromBigInt(n, int32(random.IntN(25)-20))
}

func TestArithmeticIsExactOrFails(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	failed, done := 0, 0
	for range 5000 {
		a, b := randomDecimal(random), randomDecimal(random)
		for name, o := range map[string]struct {
			ours  func(c *value.Calc, a, b decimal.Decimal) decimal.Decimal
			exact func(z, a, b *big.Rat) *big.Rat
		}{
			"+": {decimals.Add, (*big.Rat).Add}, "-": {decimals.Sub, (*big.Rat).Sub}, "*": {decimals.Mul, (*big.Rat).Mul},
		} {
			var c value.Calc
			got := o.ours(&c, a, b)
			if c.Err() != nil {
				failed++
				continue
			}
			done++
			require.Zero(t, o.exact(new(big.Rat), a.Rat(), b.Rat()).Cmp(got.Rat()), "%s %s %s", a, name, b)
			require.True(t, decimals.Fits(got))
		}
		require.Equal(t, a.Rat().Cmp(b.Rat()), decimals.Cmp(a, b), "%s and %s", a, b)
	}
	require.Positive(t, failed)
	require.Positive(t, done)
}

func TestDivisionIsRoundedOnce(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	for range 3000 {
		a, b, places := randomDecimal(random), randomDecimal(random), int64(random.IntN(30)-5)
		var c value.Calc
		got := decimals.DivRound(&c, a, b, places)
		if b.IsZero() {
			require.Error(t, c.Err())
			continue
		}
		if c.Err() != nil {
			continue
		}
		requireHalfAway(t, new(big.Rat).Quo(a.Rat(), b.Rat()), got.Rat(), places)
	}
}

// requireHalfAway: the rounded value is at most half a step away, and if it is just half, farther from zero.
func requireHalfAway(t *testing.T, exact, rounded *big.Rat, places int64) {
	t.Helper()
	step := decimal.New(1, int32(-places)).Rat()
	off := new(big.Rat).Sub(rounded, exact)
	half := new(big.Rat).Quo(step, big.NewRat(2, 1))
	switch off.Abs(off).Cmp(half) {
	case 1:
		t.Fatalf("%s is more than half of %s away from %s", rounded, step, exact)
	case 0:
		require.Equal(t, 1, new(big.Rat).Abs(rounded).Cmp(new(big.Rat).Abs(exact)))
	}
	require.True(t, new(big.Rat).Quo(rounded, step).IsInt())
}

func TestRounding(t *testing.T) {
	for _, r := range []struct {
		d      string
		places int64
		want   string
	}{
		{"0.5", 0, "1"}, {"-0.5", 0, "-1"}, {"2.5", 0, "3"}, {"-2.5", 0, "-3"}, {"2.4999", 0, "2"}, {"2.675", 2, "2.68"},
		{"1.005", 2, "1.01"}, {"1.5", 2, "1.50"}, {"5", 2, "5.00"}, {"1250", -2, "1300"}, {"49", -2, "0"}, {"-50", -2, "-100"},
		{"1", -500, "0"}, {"0", 3, "0.000"}, {"-0.001", 2, "0.00"}, {nines, 0, nines}, {"0.45", 1, "0.5"},
	} {
		var c value.Calc
		require.Equal(t, r.want, decimals.String(decimals.Round(&c, decimals.Must(r.d), r.places)), "round(%s, %d)", r.d, r.places)
		require.NoError(t, c.Err())
	}
	var c value.Calc
	require.Equal(t, "0.67", decimals.String(decimals.DivRound(&c, decimals.FromInt(2), decimals.FromInt(3), 2)))
	require.Equal(t, "0.45", decimals.String(decimals.DivRound(&c, decimals.Must("0.4445"), decimals.Must("0.995"), 2)), "not rounded twice")
}

func TestWhatCannotBeComputedFails(t *testing.T) {
	huge, tiny, one := decimal.New(1, math.MaxInt32), decimal.New(1, math.MinInt32), decimals.FromInt(1)
	max := decimals.Must(nines)
	for name, compute := range map[string]func(c *value.Calc){
		"+ of 61 digits":  func(c *value.Calc) { decimals.Add(c, max, one) },
		"- of 61 digits":  func(c *value.Calc) { decimals.Sub(c, decimals.Neg(max), one) },
		"* of 120 digits": func(c *value.Calc) { decimals.Mul(c, max, max) },
		"/ 0":             func(c *value.Calc) { decimals.DivRound(c, one, decimals.Zero, 2) },
		"% 0":             func(c *value.Calc) { decimals.Mod(c, one, decimals.Zero) },
		"100 places":      func(c *value.Calc) { decimals.Round(c, one, 100) },
		"many places":     func(c *value.Calc) { decimals.Round(c, one, math.MaxInt64) },
		"a huge + ":       func(c *value.Calc) { decimals.Add(c, huge, tiny) },
		"a huge *":        func(c *value.Calc) { decimals.Mul(c, huge, huge) },
		"a huge /":        func(c *value.Calc) { decimals.DivRound(c, huge, tiny, 2) },
		"a huge %":        func(c *value.Calc) { decimals.Mod(c, huge, tiny) },
		"a huge round":    func(c *value.Calc) { decimals.Round(c, huge, 2) },
	} {
		var c value.Calc
		compute(&c)
		require.ErrorIs(t, c.Err(), value.ErrOverflow, name)
	}
}

func TestComparisonIsByValue(t *testing.T) {
	a, b := decimals.Must("1.0"), decimals.Must("1.00")
	require.True(t, decimals.Equal(a, b))
	require.Equal(t, "1.0", decimals.String(decimals.Min(a, b)), "the first of equals")
	require.Equal(t, "1.0", decimals.String(decimals.Max(a, b)))
	require.Equal(t, "-2", decimals.String(decimals.Min(a, decimals.FromInt(-2))))
	require.Equal(t, "2", decimals.String(decimals.Abs(decimals.Neg(decimals.FromInt(2)))))
	huge := decimal.New(1, math.MaxInt32)
	assert.Equal(t, []int{1, -1, -1, 1, 0, 0}, []int{decimals.Cmp(huge, a), decimals.Cmp(a, huge), decimals.Cmp(huge.Neg(), a.Neg()),
		decimals.Cmp(a.Neg(), huge.Neg()), decimals.Cmp(huge, huge), decimals.Cmp(decimal.New(0, math.MaxInt32), decimals.Zero)})
	var c value.Calc
	require.Equal(t, "-1.5", decimals.String(decimals.Mod(&c, decimals.Must("-5.5"), decimals.FromInt(2))))
	require.Equal(t, "3.75", decimals.String(decimals.Mul(&c, decimals.Must("1.5"), decimals.Must("2.5"))))
	require.Equal(t, "3.00", decimals.String(decimals.Add(&c, decimals.Must("1.5"), decimals.Must("1.50"))))
	require.NoError(t, c.Err())
}

func TestWritingAllocatesNothing(t *testing.T) {
	d := decimals.Must("-1234567.89")
	dst := make([]byte, 0, 64)
	require.Zero(t, testing.AllocsPerRun(100, func() { dst = decimals.Append(dst[:0], d) }))
}

// FuzzParse: what we read as a decimal, the library reads as the same, and it is written as it was.
func FuzzParse(f *testing.F) {
	for _, text := range []string{"0", "-0.05", "1.50", nines, "1e5", "+1", "01", "1.2.3"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := decimals.Parse(text)
		if err != nil {
			return
		}
		want, err := decimal.NewFromString(text)
		require.NoError(t, err)
		require.True(t, want.Equal(d))
		if d.IsZero() {
			text = strings.TrimPrefix(text, "-")
		}
		require.Equal(t, text, decimals.String(d))
	})
}

func BenchmarkFast(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		c := value.NewCursor(`"1234.50"`)
		if decimals.Fast(&c); !c.End() {
			b.Fatal("not read")
		}
	}
}

func BenchmarkAppend(b *testing.B) {
	d := decimals.Must("1234.50")
	var dst []byte
	b.ReportAllocs()
	for b.Loop() {
		dst = decimals.Append(dst[:0], d)
	}
}
