package value_test

import (
	"encoding/json"
	"math"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/fluvius-io/fluvius-go/runtime/value"
	"github.com/stretchr/testify/require"
)

func addTexts(f *testing.F) {
	f.Add(sampleText)
	for _, c := range refused {
		f.Add(strings.Replace(sampleText, c.old, c.new, 1))
	}
	for _, text := range []string{"", " ", "null", "-0", "1e5", `"\u0000"`, `"\ud83d\ude00"`, "[[],{}]", "\"\u2028\"", `{"":{"":1}}`} {
		f.Add(text)
	}
}

// half is an escape that may be half of a surrogate pair; encoding/json reads it as U+FFFD.
var half = regexp.MustCompile(`\\u[dD][89a-fA-F]`)

// FuzzRawAgainstEncodingJSON compares what is JSON at all: we accept what encoding/json accepts, save for text that
// is not UTF-8, halves of surrogate pairs and what is nested too deep.
func FuzzRawAgainstEncodingJSON(f *testing.F) {
	addTexts(f)
	f.Fuzz(func(t *testing.T, text string) {
		r := value.NewReader(text)
		raw := r.JSON()
		ours, theirs := r.End() == nil, json.Valid([]byte(text))
		if ours {
			require.True(t, theirs && utf8.ValidString(text))
			require.True(t, raw == nil || strings.TrimSpace(text) == string(raw))
			require.NoError(t, value.Fault(value.AppendJSON(nil, raw)))
			return
		}
		shallow := strings.Count(text, "[")+strings.Count(text, "{") <= value.MaxDepth
		require.False(t, theirs && utf8.ValidString(text) && shallow && !half.MatchString(text), r.Err())
	})
}

// FuzzTextAgainstEncodingJSON compares what strings mean.
func FuzzTextAgainstEncodingJSON(f *testing.F) {
	for _, s := range textSamples() {
		f.Add(string(value.AppendString(nil, s)))
	}
	f.Add(`"\u00e4\ud83d\ude00\/"`)
	f.Fuzz(func(t *testing.T, text string) {
		r := value.NewReader(text)
		got := r.Text()
		if r.End() != nil {
			return
		}
		var want string
		require.NoError(t, json.Unmarshal([]byte(text), &want))
		require.Equal(t, want, got)
		c := value.NewCursor(text)
		if fast := c.Text(); c.End() {
			require.Equal(t, want, fast)
		}
		again := value.NewCursor(string(value.AppendString(nil, got)))
		require.Equal(t, want, again.Text())
		require.True(t, again.End())
	})
}

// FuzzFastIsStrict: what the fast reader accepts, the strict one accepts and reads as the same; and what either
// reads is written and read again as the same.
func FuzzFastIsStrict(f *testing.F) {
	addTexts(f)
	f.Fuzz(func(t *testing.T, text string) {
		r := value.NewReader(text)
		want := readOrder(r)
		ok := r.End() == nil
		c := value.NewCursor(text)
		if got := fastOrder(&c); c.End() {
			require.True(t, ok, r.Err())
			require.Equal(t, want, got)
		}
		if ok {
			requireRoundTrip(t, want)
		}
	})
}

func requireRoundTrip(t *testing.T, v order) {
	t.Helper()
	text := appendOrder(nil, v)
	require.NoError(t, value.Fault(text))
	c := value.NewCursor(string(text))
	got := fastOrder(&c)
	require.True(t, c.End(), "the fast reader must know what our encoder writes: %s", text)
	require.Equal(t, v, got)
	r := value.NewStoredReader(string(text))
	require.Equal(t, v, readOrder(r))
	require.NoError(t, r.End())
}

// FuzzRoundTrip writes values: what can be written is read as the same, what cannot is told.
func FuzzRoundTrip(f *testing.F) {
	f.Add("ada", "p\n", int64(-3), 0.5, int64(0), int64(1), []byte("raw"), uint8(1))
	f.Add("\xff", "ä", int64(math.MinInt64), math.Inf(1), int64(math.MaxInt64), int64(math.MinInt64), []byte{}, uint8(2))
	f.Fuzz(func(t *testing.T, a, b string, n int64, x float64, sec, nanos int64, seal []byte, p uint8) {
		v := order{
			Customer: email(a), Lines: []line{{b, quantity(n), x}}, Stock: map[string]int64{a: n, b: n},
			ByNumber: map[int64]phase{n: phase(p), sec: phaseOpen}, Note: value.Some(b), Phase: phase(p),
			At: time.Unix(sec, nanos).UTC(), Took: time.Duration(n), Tags: []string{b, a},
			Lots: map[phase][]int64{phase(p): {n, sec}},
		}
		if len(seal) > 0 {
			v.Seal = seal
		}
		fits := utf8.ValidString(a) && utf8.ValidString(b) && !math.IsNaN(x) && !math.IsInf(x, 0) && p < 2 &&
			v.At.Year() >= 0 && v.At.Year() <= 9999
		err := value.Fault(appendOrder(nil, v))
		require.Equal(t, fits, err == nil, err)
		if fits {
			requireRoundTrip(t, v)
		}
	})
}

// FuzzTimeAgainstTheLibrary: we read times of RFC 3339 as the standard library does, and fewer of them.
func FuzzTimeAgainstTheLibrary(f *testing.F) {
	for _, text := range []string{"2026-01-02T03:04:05Z", "2026-01-02T03:04:05.123+01:00", "0000-02-29T23:59:59.999999999Z",
		"2026-01-02T3:04:05Z", "2026-01-02T03:04:05,5Z", "2026-1-2T03:04:05Z", "2026-01-02T03:04:05+24:00"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, ok := value.ParseTime(text)
		want, err := time.Parse(time.RFC3339Nano, text)
		if !ok {
			return
		}
		require.NoError(t, err)
		require.Equal(t, want.UTC(), got)
		again, ok := value.ParseTime(value.FormatTime(got))
		require.True(t, ok)
		require.Equal(t, got, again)
	})
}
