package value_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/fluvius-io/fluvius-go/runtime/value"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSampleIsWrittenAndReadByBothTiers(t *testing.T) {
	want := sampleOrder()
	got := appendOrder(nil, want)
	require.NoError(t, value.Fault(got))
	require.Equal(t, sampleText, string(got))
	require.True(t, json.Valid(got))

	c := value.NewCursor(sampleText)
	require.Equal(t, want, fastOrder(&c))
	require.True(t, c.End(), "the fast reader takes what our encoder writes, escapes and umlauts too")

	for _, r := range []*value.Reader{value.NewReader(sampleText), value.NewStoredReader(sampleText)} {
		require.Equal(t, want, readOrder(r))
		require.NoError(t, r.End())
	}
}

func TestEmptyHasOneForm(t *testing.T) {
	const text = `{"customer":"","lines":[],"stock":{},"by_number":{},"phase":"open","at":"0001-01-01T00:00:00Z",` +
		`"took":"0s","seal":"","extra":null,"paid":false,"tags":[],"lots":{}}`
	empty := order{Lines: []line{}, Stock: map[string]int64{}, Seal: []byte{}, Extra: []byte{}, Tags: []string{}}
	require.Equal(t, text, string(appendOrder(nil, empty)))
	require.Equal(t, text, string(appendOrder(nil, order{})))
	c := value.NewCursor(text)
	require.Equal(t, order{}, fastOrder(&c))
	require.True(t, c.End())
	r := value.NewReader(text)
	require.Equal(t, order{}, readOrder(r))
	require.NoError(t, r.End())
}

func TestAnyOrderAndSpacingIsRead(t *testing.T) {
	const text = " {\n\t\"weight\" : 1.5e0 , \"quantity\" :2,\r\n\"product\":\"p\\u00e4\\ud83d\\ude00\\/\" } "
	r := value.NewReader(text)
	require.Equal(t, line{"pä😀/", 2, 1.5}, readLine(r))
	require.NoError(t, r.End())
	c := value.NewCursor(text)
	fastLine(&c)
	require.False(t, c.End(), "what our encoder does not write goes to the strict reader")
}

func TestNullIsNone(t *testing.T) {
	text := strings.Replace(sampleText, `"line\nbreak & <b>"`, `null`, 1)
	want := sampleOrder()
	want.Note = value.None[string]()
	got, err := decode(text)
	require.NoError(t, err)
	require.Equal(t, want, got)
}

func TestOldTextOfAnEnumIsRead(t *testing.T) {
	got, err := decode(strings.ReplaceAll(sampleText, `"SHUT"`, `"closed"`))
	require.NoError(t, err)
	require.Equal(t, sampleOrder(), got)
}

func TestDefaultMayBeMissingInACommandOnly(t *testing.T) {
	const text = `{"product":"p","quantity":1}`
	r := value.NewReader(text)
	require.Equal(t, line{"p", 1, 0}, readLine(r))
	require.NoError(t, r.End())
	r = value.NewStoredReader(text)
	readLine(r)
	requireError(t, r.End(), "weight", "missing")
}

func TestStoredMayHaveMore(t *testing.T) {
	const text = `{"new":[{"a":"\u00e9","b":[1e5,true,null,{}]}],"product":"p","also":-0.0,"quantity":1,"weight":2}`
	r := value.NewStoredReader(text)
	require.Equal(t, line{"p", 1, 2}, readLine(r))
	require.NoError(t, r.End())
	r = value.NewReader(text)
	readLine(r)
	requireError(t, r.End(), "new", "unknown field")
}

func requireError(t *testing.T, err error, path, reason string) {
	t.Helper()
	var e *value.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, path, e.Path)
	require.Contains(t, e.Reason, reason)
}

func TestWhatCannotBeWrittenIsTold(t *testing.T) {
	long := strings.Repeat(`{"a":`, value.MaxDepth) + "1" + strings.Repeat("}", value.MaxDepth)
	for name, c := range map[string]struct {
		text         []byte
		path, reason string
	}{
		"bad UTF-8":      {appendOrder(nil, order{Lines: []line{{}, {Product: "a\xff"}}}), "lines[1].product", "not UTF-8"},
		"surrogate":      {appendOrder(nil, order{Tags: []string{"\xed\xa0\x80"}}), "tags[0]", "not UTF-8"},
		"bad key":        {appendOrder(nil, order{Stock: map[string]int64{"\x80": 1}}), "stock", "not UTF-8"},
		"NaN":            {appendOrder(nil, order{Lines: []line{{Weight: math.NaN()}}}), "lines[0].weight", "JSON cannot hold"},
		"infinity":       {appendOrder(nil, order{Lines: []line{{Weight: math.Inf(-1)}}}), "lines[0].weight", "-Inf"},
		"no enum value":  {appendOrder(nil, order{Phase: 7}), "phase", "no value of Phase: 7"},
		"no enum key":    {appendOrder(nil, order{Lots: map[phase][]int64{7: nil}}), "lots", "no value of Phase: 7"},
		"in a map":       {appendOrder(nil, order{ByNumber: map[int64]phase{3: 9}}), `by_number.3`, "no value of Phase: 9"},
		"year 10000":     {appendOrder(nil, order{At: time.Date(9999, 12, 31, 23, 0, 0, 0, time.FixedZone("", -3600))}), "at", "10000"},
		"raw, syntax":    {appendOrder(nil, order{Extra: []byte(`{"a":01}`)}), "extra", "not JSON: a: a number with a leading zero"},
		"raw, more":      {appendOrder(nil, order{Extra: []byte(`1 2`)}), "extra", "not JSON"},
		"raw, bad UTF-8": {appendOrder(nil, order{Extra: []byte("\"\xff\"")}), "extra", "not JSON: not UTF-8"},
		"raw, too deep":  {appendOrder(nil, order{Extra: []byte(long)}), "extra" + strings.Repeat(".a", 19) + "…", "nested too deep"},
		"two faults":     {appendOrder(nil, order{Customer: "\xff", Phase: 7}), "customer", "not UTF-8"},
		"go type":        {value.AppendGo(nil, make(chan int)), "", "unsupported type"},
	} {
		t.Run(name, func(t *testing.T) {
			requireError(t, value.Fault(c.text), c.path, c.reason)
		})
	}
	require.NoError(t, value.Fault([]byte(long)), "just deep enough")
}

func TestAValueThatHoldsItselfIsAnError(t *testing.T) {
	self := tree{Kids: []tree{{Name: strings.Repeat("long, for a shallow stack ", 10_000)}}}
	self.Kids[0].Kids = self.Kids
	err := value.Fault(appendTree(nil, self))
	requireError(t, err, strings.Repeat("kids[0].", 10)[:79]+"…", "holds itself")
}

type tree struct {
	Name string // only written
	Kids []tree
}

func appendTree(dst []byte, v tree) []byte {
	dst = append(dst, `{"name":`...)
	dst = value.AppendString(dst, v.Name)
	dst = append(dst, `,"kids":`...)
	return append(value.AppendList(dst, v.Kids, appendTree), '}')
}

func fastTree(c *value.Cursor) (v tree) {
	c.Lit(`{"kids":`)
	for c.Open('['); c.More(']'); {
		v.Kids = value.Push(v.Kids, fastTree(c))
	}
	c.Lit("}")
	return v
}

var treeShape = value.NewShape("kids")

func readTree(r *value.Reader) (v tree) {
	for o := r.Object(treeShape); o.Next(); {
		v.Kids = value.ReadList(r, readTree)
	}
	return v
}

func TestRecursiveValuesAreReadToTheSameDepth(t *testing.T) {
	for depth, fits := range map[int]bool{1: true, value.MaxDepth / 2: true, value.MaxDepth/2 + 1: false, 100_000: false} {
		text := strings.Repeat(`{"kids":[`, depth) + strings.Repeat(`]}`, depth)
		c := value.NewCursor(text)
		fastTree(&c)
		assert.Equal(t, fits, c.End(), depth)
		r := value.NewReader(text)
		readTree(r)
		assert.Equal(t, fits, r.End() == nil, depth)
		assert.Equal(t, fits, value.Fault([]byte(text)) == nil, depth)
	}
	// As deep as it may be, and with more brackets than that.
	text := strings.Repeat(`{"kids":[`, value.MaxDepth/2-1) + `{"kids":[]},{"kids":[]}` + strings.Repeat(`]}`, value.MaxDepth/2-1)
	c := value.NewCursor(text)
	fastTree(&c)
	assert.True(t, c.End())
	assert.NoError(t, value.Fault([]byte(text)))
}

func TestStringsAreWrittenAsEncodingJSONDoes(t *testing.T) {
	for _, s := range append(textSamples(), "\u2029 \u007f <a href='x'>&") {
		var b strings.Builder
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		require.NoError(t, enc.Encode(s))
		want := strings.TrimSuffix(b.String(), "\n")
		want = strings.NewReplacer(`\u2028`, "\u2028", `\u2029`, "\u2029").Replace(want)
		require.Equal(t, want, string(value.AppendString(nil, s)))
	}
}

func textSamples() []string {
	out := []string{"", "a", "12345678", "äöü", "1234567ä", "😀😀", "tab\tnul\x00 esc\x1b", `\"`, "\b\f\r\n", "ende\\"}
	for n := range 20 {
		out = append(out, strings.Repeat("x", n)+`"`+strings.Repeat("é", n)+"\x01z")
	}
	return out
}

func TestFloatsAreWrittenAsEncodingJSONDoes(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	samples := []float64{0, math.Copysign(0, -1), 1, -1.5, 1e20, 1e21, 1e-6, 1e-7, 123456789.125, math.MaxFloat64,
		math.SmallestNonzeroFloat64, 1e100, 1e-10}
	for range 2000 {
		if x := math.Float64frombits(random.Uint64()); !math.IsNaN(x) && !math.IsInf(x, 0) {
			samples = append(samples, x)
		}
	}
	for _, x := range samples {
		want, err := json.Marshal(x)
		require.NoError(t, err)
		got := value.AppendFloat(nil, x)
		require.Equal(t, string(want), string(got))
		require.Equal(t, string(got), value.FormatFloat(x))
		c := value.NewCursor(string(got))
		require.Equal(t, math.Float64bits(x), math.Float64bits(c.Float()))
	}
}

func TestKeysAreSortedByTheirBytes(t *testing.T) {
	byNumber := map[int64]int64{9: 1, 10: 2, -5: 3, 100: 4, 0: 5, math.MinInt64: 6, 1: 7}
	require.Equal(t, `{"-5":3,"-9223372036854775808":6,"0":5,"1":7,"10":2,"100":4,"9":1}`,
		string(value.AppendMap(nil, byNumber, value.IntKey{}, value.AppendInt[int64])))
	require.Equal(t, []int64{-5, math.MinInt64, 0, 1, 10, 100, 9}, value.Keys(byNumber, value.IntKey{}))
	require.Equal(t, []int64{3, 6, 5, 7, 2, 4, 1}, value.Values(byNumber, value.IntKey{}))
	byName := map[string]int64{"b": 1, "B": 2, "ä": 3, "": 4, "ba": 5, `"`: 6}
	require.Equal(t, `{"":4,"\"":6,"B":2,"b":1,"ba":5,"ä":3}`,
		string(value.AppendMap(nil, byName, value.TextKey[string]{}, value.AppendInt[int64])))
	byPhase := map[phase]int64{phaseOpen: 1, phaseShut: 2}
	require.Equal(t, `{"SHUT":2,"open":1}`,
		string(value.AppendMap(nil, byPhase, value.EnumKey[phase]{Enum: phaseEnum}, value.AppendInt[int64])))
}

func TestLeadingOptionalsGetTheirCommas(t *testing.T) {
	one := value.AppendField([]byte("{"), "a")
	two := value.AppendField(append(one, '1'), "b")
	require.Equal(t, `{"a":1,"b":`, string(two))
}

func TestMoreThan64Fields(t *testing.T) {
	names := make([]string, 150)
	var text strings.Builder
	for i := range names {
		names[i] = "f" + value.FormatInt(int64(i))
	}
	shape := value.NewShape(names...)
	read := func(text string) (int, error) {
		r := value.NewReader(text)
		n := 0
		for o := r.Object(shape); o.Next(); {
			n += int(r.Int())
		}
		return n, r.End()
	}
	for i, n := range names {
		text.WriteString(`,"` + n + `":` + value.FormatInt(int64(i)))
	}
	all := text.String()[1:]
	n, err := read("{" + all + "}")
	require.NoError(t, err)
	require.Equal(t, 149*150/2, n)
	_, err = read("{" + all + `,"f140":1}`)
	requireError(t, err, "f140", "twice")
	_, err = read("{" + strings.Replace(strings.Replace(all, `"f64":64,`, "", 1), `"f128":128,`, "", 1) + "}")
	requireError(t, err, "f64", "missing, and so is f128")
}

func TestEveryScalarIsAnItem(t *testing.T) {
	for text, same := range map[string]func(string) (string, error){
		`["a","b"]`:                again(value.ReadString[email], value.AppendString[email]),
		`[1,-2]`:                   again(value.ReadInt[quantity], value.AppendInt[quantity]),
		`[1.5,2]`:                  again(value.ReadFloat[float64], value.AppendFloat[float64]),
		`[true,false]`:             again(value.ReadBool[bool], value.AppendBool[bool]),
		`["2026-01-02T03:04:05Z"]`: again(value.ReadTime, value.AppendTime),
		`["1m0s","-2ns"]`:          again(value.ReadDuration[time.Duration], value.AppendDuration[time.Duration]),
		`["AQI=",""]`:              again(value.ReadBytes[[]byte], value.AppendBytes[[]byte]),
		`[{"a" :1},null]`:          again(value.ReadJSON[json.RawMessage], value.AppendJSON[json.RawMessage]),
	} {
		got, err := same(text)
		require.NoError(t, err)
		require.Equal(t, text, got)
		_, err = same(`[+]`)
		require.Error(t, err)
	}
}

// again reads a list and writes it.
func again[T any](read func(*value.Reader) T, write func([]byte, T) []byte) func(string) (string, error) {
	return func(text string) (string, error) {
		r := value.NewReader(text)
		list := value.ReadList(r, read)
		return string(value.AppendList(nil, list, write)), r.End()
	}
}

type point struct{ X, Y int }

func (p point) MarshalJSON() ([]byte, error) { return json.Marshal([]int{p.X, p.Y}) }

func (p *point) UnmarshalJSON(text []byte) error {
	var xy [2]int
	err := json.Unmarshal(text, &xy)
	p.X, p.Y = xy[0], xy[1]
	return err
}

func TestGoTypesMarshalThemselves(t *testing.T) {
	text := string(value.AppendList(nil, []point{{1, 2}, {3, 4}}, value.AppendGo[point]))
	require.Equal(t, `[[1,2],[3,4]]`, text)
	c := value.NewCursor(text)
	var got []point
	for c.Open('['); c.More(']'); {
		got = value.Push(got, value.FastGo[point](&c))
	}
	require.True(t, c.End())
	require.Equal(t, []point{{1, 2}, {3, 4}}, got)
	r := value.NewReader(text)
	require.Equal(t, got, value.ReadList(r, value.ReadGo[point]))
	require.NoError(t, r.End())
	r = value.NewReader(`[[1,2], {"x":1}]`)
	value.ReadList(r, value.ReadGo[point])
	requireError(t, r.End(), "[1]", "cannot unmarshal object")
	require.Equal(t, `{"A":"<b>"}`, string(value.AppendGo(nil, struct{ A string }{"<b>"})), "no HTML escaping")
}

func TestNothingIsAllocated(t *testing.T) {
	v := sampleOrder()
	dst := make([]byte, 0, 2048)
	require.Zero(t, testing.AllocsPerRun(100, func() {
		dst = appendOrder(dst[:0], v)
		if value.Fault(dst) != nil {
			panic("fault")
		}
	}), "encoding")
	text := string(appendPayment(nil, samplePayment()))
	require.LessOrEqual(t, testing.AllocsPerRun(100, func() {
		c := value.NewCursor(text)
		fastPayment(&c)
	}), 1.0, "fast decoding: the list alone")
	require.LessOrEqual(t, testing.AllocsPerRun(100, func() { readPayment(value.NewReader(text)) }), 2.0,
		"strict decoding: the list and the reader")
	const line = `{"product":"p","quantity":1,"weight":2}`
	require.Zero(t, testing.AllocsPerRun(100, func() {
		c := value.NewCursor(line)
		fastLine(&c)
	}), "strings are parts of the text")
}
