package trial

import (
	"encoding/json"
	"errors"
	"math"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/runtime/value"
)

// samples are values as an event's are made: the extremes, and many between.
func samples[T any](t *testing.T, make func(*Random) T) []T {
	t.Helper()
	seed, err := seedOf("")
	require.NoError(t, err)
	t.Logf("seed %d", seed)
	r := newRandom(seed, 1)
	r.edges = frequent
	var all []T
	for i := range 4000 {
		r.huge, r.extent = 2, extentOf(i%valuesOfEach)
		if v, ok := made(r, make); ok {
			all = append(all, v)
		}
	}
	return all
}

// TestRandomValuesReachTheEdges: a value at the edge of its type is among the random ones.
func TestRandomValuesReachTheEdges(t *testing.T) {
	ints := samples(t, Int[int64])
	for _, edge := range []int64{math.MinInt64, math.MaxInt64, 0, -1, 1, 1 << 53} {
		assert.Contains(t, ints, edge)
	}
	decimals := samples(t, Decimal(func(text string) string { return text }))
	for _, edge := range []string{"0", "0.00", strings.Repeat("9", 60), "-" + strings.Repeat("9", 60)} {
		assert.Contains(t, decimals, edge)
	}
	assert.Contains(t, samples(t, Duration[time.Duration]), time.Duration(math.MinInt64))
	assert.Contains(t, samples(t, Float[float64]), math.MaxFloat64)
	assert.Contains(t, samples(t, Bool[bool]), true)
	times := samples(t, Time)
	assert.Contains(t, times, time.Time{})
	assert.Contains(t, times, lastTime)
	texts := samples(t, Text[string])
	assert.Contains(t, texts, "")
	long, wide := 0, 0
	for _, s := range texts {
		require.True(t, utf8.ValidString(s), "%q", s)
		long, wide = max(long, utf8.RuneCountInString(s)), max(wide, len(s)-utf8.RuneCountInString(s))
	}
	assert.Equal(t, hugeText, long)
	assert.NotZero(t, wide, "there are texts that are not ASCII")
}

func TestRandomContainersAreEmptyAndFull(t *testing.T) {
	lengths := map[int]bool{}
	for _, l := range samples(t, List(List(Text[string]))) {
		lengths[len(l)] = true
	}
	assert.Equal(t, map[int]bool{0: true, 1: true, 2: true, 3: true}, lengths)
	full := map[bool]bool{}
	for _, m := range samples(t, Map(Text[string], Optional(Int[int64]))) {
		full[len(m) > 0] = true
	}
	assert.Len(t, full, 2)
	present := map[bool]bool{}
	for _, o := range samples(t, Optional(Int[int64])) {
		present[o.IsSome()] = true
	}
	assert.Len(t, present, 2)
}

type tree struct{ kids []tree }

func anyTree(r *Random) tree { return tree{List(anyTree)(r)} }

// TestATypeThatHoldsItselfEnds: the depth is bounded, also where everything is filled.
func TestATypeThatHoldsItselfEnds(t *testing.T) {
	deep := 0
	var depth func(v tree, at int)
	depth = func(v tree, at int) {
		deep = max(deep, at)
		for _, kid := range v.kids {
			depth(kid, at+1)
		}
	}
	for _, v := range samples(t, anyTree) {
		depth(v, 0)
	}
	assert.Equal(t, deepest, deep)
}

func where[T any](c *value.Codec[T], holds func(T) bool) *value.Codec[T] {
	return value.Where(c, func(v T) error {
		if holds(v) {
			return nil
		}
		return &value.Error{Reason: "it does not hold"}
	})
}

// TestFitFindsWhatAWhereLetsThrough: with what the `where` speaks of as hints.
func TestFitFindsWhatAWhereLetsThrough(t *testing.T) {
	texts := map[string]struct {
		holds func(string) bool
		hints []any
	}{
		"a pattern":  {regexp.MustCompile(`^[A-Z]{2}\d{2}-[^@\s]+$`).MatchString, []any{Pattern(`^[A-Z]{2}\d{2}-[^@\s]+$`)}},
		"a length":   {func(s string) bool { return utf8.RuneCountInString(s) == 17 }, []any{17}},
		"a prefix":   {func(s string) bool { return strings.HasPrefix(s, "https://") && len(s) > 8 }, []any{"https://", 8}},
		"one of two": {func(s string) bool { return s == "EUR" || s == "USD" }, []any{"EUR", "USD"}},
	}
	for name, test := range texts {
		t.Run(name, func(t *testing.T) {
			c := where(value.Strings[string](), test.holds)
			all := samples(t, func(r *Random) string { return Fit(r, c, Text[string], test.hints...) })
			assert.Len(t, all, 4000, "there was one each time")
		})
	}
	c := where(value.Ints[int64](), func(n int64) bool { return n > 1_000_000 && n <= 1_000_003 })
	assert.Len(t, samples(t, func(r *Random) int64 { return Fit(r, c, Int[int64], 1_000_000, 1_000_003) }), 4000)
}

// TestWhatNoValueFitsIsGivenUp: alone it is no value, inside something that may be empty that is empty.
func TestWhatNoValueFitsIsGivenUp(t *testing.T) {
	c := where(value.Ints[int64](), func(int64) bool { return false })
	none := func(r *Random) int64 { return Fit(r, c, Int[int64]) }
	r := newRandom(1, 1)
	_, ok := made(r, none)
	assert.False(t, ok)
	assert.Empty(t, List(none)(r))
	assert.Empty(t, Map(Text[string], none)(r))
	assert.False(t, Optional(none)(r).IsSome())
	assert.Zero(t, r.depth)
	assert.Panics(t, func() { made(r, func(*Random) int { panic("another panic") }) }, "any other panic is one")
}

func TestPatternsMatchThemselves(t *testing.T) {
	r := newRandom(3, 3)
	for _, re := range []string{
		`^a*$`, `^[^@\s]+@[^@\s]+$`, `^\d{4}-\d{2}$`, `(?i)^abc|def$`, `^(a|bc){2,3}x?$`, `^\p{Lu}\w*$`, `^[ä-ü]{3}$`, `^.+\.$`, ``,
	} {
		for range 50 {
			text := Pattern(re).text(r)
			assert.Regexp(t, re, text)
			assert.True(t, utf8.ValidString(text))
		}
	}
	assert.Empty(t, Pattern(`(`).text(r), "what is no pattern is no hint")
}

// Point is a Go type of a user's.
type Point struct{ X, Y int32 }

type hidesAll struct{ _ int }

type refusesZero struct{ X int }

func (p refusesZero) MarshalJSON() ([]byte, error) {
	if p.X == 0 {
		return nil, errors.New("zero")
	}
	type plain refusesZero
	return json.Marshal(plain(p))
}

type refusesAll struct{}

func (refusesAll) MarshalJSON() ([]byte, error) { return nil, errors.New("never") }

// TestGoTypesAreMadeAsFarAsTheyKeepWhatTheyWrite: nothing is known of a user's type.
func TestGoTypesAreMadeAsFarAsTheyKeepWhatTheyWrite(t *testing.T) {
	points := map[Point]bool{}
	for _, p := range samples(t, Go[Point]) {
		points[p] = true
	}
	assert.Greater(t, len(points), 100)
	assert.Contains(t, points, Point{})
	assert.Len(t, samples(t, Go[time.Time]), 4000, "what testing/quick cannot make is the zero value")
	assert.Len(t, samples(t, Go[hidesAll]), 4000)
	for _, v := range samples(t, Go[refusesZero]) {
		assert.NotZero(t, v.X)
	}
	assert.Empty(t, samples(t, Go[refusesAll]))
	for _, v := range samples(t, Optional(NotNull(value.Gos[*Point](), Go[*Point]))) {
		if p, ok := v.Get(); ok {
			assert.NotNil(t, p, "a null would be read as none")
		}
	}
}

func TestDifferenceIsWhatTheLanguageSees(t *testing.T) {
	type item struct {
		Name string
		Tags []string
		Data []byte
		At   time.Time
		Note value.Optional[item2]
		By   map[string]int64
	}
	at := time.Date(2026, 1, 2, 3, 4, 5, 6, time.UTC)
	was := item{Name: "a", Tags: []string{"x"}, At: at, Note: value.Some(item2{N: 1}), By: map[string]int64{"k": 1}}
	same := was
	same.At = at.In(time.FixedZone("", 3600))
	same.Data = []byte{}
	assert.Empty(t, difference("", was, same), "nil is empty, and a time is one in every zone")
	for want, change := range map[string]func(*item){
		`Name is "b" and was "a"`:             func(v *item) { v.Name = "b" },
		`Tags has 0 items and had 1`:          func(v *item) { v.Tags = nil },
		`Tags[0] is "y" and was "x"`:          func(v *item) { v.Tags = []string{"y"} },
		`Data is [1] and was []`:              func(v *item) { v.Data = []byte{1} },
		`Note.N is 2 and was 1`:               func(v *item) { v.Note = value.Some(item2{N: 2}) },
		`Note is none and was {1}`:            func(v *item) { v.Note = value.None[item2]() },
		`By[k] is 2 and was 1`:                func(v *item) { v.By = map[string]int64{"k": 2} },
		`By[k] is gone`:                       func(v *item) { v.By = map[string]int64{"l": 1} },
		`At is 2026-01-02 03:04:05.000000007`: func(v *item) { v.At = at.Add(1) },
	} {
		is := was
		change(&is)
		assert.Contains(t, difference("", was, is), want)
	}
	assert.NotEmpty(t, difference("", was, item2{}))
}

type item2 struct{ N int64 }
