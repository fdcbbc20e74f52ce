package value_test

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/runtime/value"
)

// row is a struct as generated code has them, and its codec.
type row struct {
	Name string
	N    int64
	Note value.Optional[string]
}

var jsonRow = value.Struct(
	value.Of("name", func(v *row) *string { return &v.Name }, value.Strings[string]()),
	value.OfDefault("n", func(v *row) *int64 { return &v.N }, value.Where(value.Ints[int64](), positive), func() int64 { return 3 }),
	value.Of("note", func(v *row) *value.Optional[string] { return &v.Note }, value.Optionals(value.Strings[string]())),
)

func positive(n int64) error {
	if n <= 0 {
		return &value.Error{Reason: "must be positive"}
	}
	return nil
}

// sheet holds rows in all ways.
type sheet struct {
	First value.Optional[row]
	Rows  []row
	By    map[string]row
	Blob  []byte
	At    time.Time
	X     float64
}

var jsonSheet = value.Struct(
	value.Of("first", func(v *sheet) *value.Optional[row] { return &v.First }, value.Optionals(jsonRow)),
	value.Of("rows", func(v *sheet) *[]row { return &v.Rows }, value.Lists(jsonRow)),
	value.Of("by", func(v *sheet) *map[string]row { return &v.By }, value.Maps(value.TextKey[string]{}, jsonRow)),
	value.Of("blob", func(v *sheet) *[]byte { return &v.Blob }, value.Blobs[[]byte]()),
	value.Of("at", func(v *sheet) *time.Time { return &v.At }, value.Times()),
	value.Of("x", func(v *sheet) *float64 { return &v.X }, value.Floats[float64]()),
)

func filled() sheet {
	return sheet{
		First: value.Some(row{Name: "f", N: 1, Note: value.Some("n")}), Rows: []row{{Name: "a", N: 2}, {Name: "b", N: 3}},
		By: map[string]row{"y": {Name: "y", N: 4}, "x": {Name: "x", N: 5}}, Blob: []byte{1}, At: time.Unix(0, 5).UTC(), X: 1.5,
	}
}

func TestCodecWritesFieldsInOrderAndReadsThemInAny(t *testing.T) {
	v := filled()
	text, err := jsonSheet.Marshal(&v)
	require.NoError(t, err)
	assert.Equal(t, `{"first":{"name":"f","n":1,"note":"n"},"rows":[{"name":"a","n":2},{"name":"b","n":3}],`+
		`"by":{"x":{"name":"x","n":5},"y":{"name":"y","n":4}},"blob":"AQ==","at":"1970-01-01T00:00:00.000000005Z","x":1.5}`, string(text))
	back, err := jsonSheet.Decode(string(text))
	require.NoError(t, err)
	assert.Equal(t, v, back)

	empty := sheet{At: time.Unix(0, 0).UTC()}
	text, err = jsonSheet.Marshal(&empty)
	require.NoError(t, err)
	assert.Equal(t, `{"rows":[],"by":{},"blob":"","at":"1970-01-01T00:00:00Z","x":0}`, string(text), "what is left out first leaves no comma")
	back, err = jsonSheet.Decode(`{"x":0,"at":"1970-01-01T00:00:00Z","blob":"","by":{},"rows":[],"first":null}`)
	require.NoError(t, err)
	assert.Equal(t, empty, back)
}

func TestCodecReadsACommandMoreStrictlyThanWhatIsStored(t *testing.T) {
	for text, want := range map[string]struct{ stored, command string }{
		`{"name":"a","n":1}`:              {},
		`{"name":"a"}`:                    {stored: "n: missing"},
		`{"name":"a","n":1,"more":[{}]}`:  {command: "more: unknown field"},
		`{"n":1}`:                         {stored: "name: missing", command: "name: missing"},
		`{"name":"a","n":1,"name":"b"}`:   {stored: "name: the field is there twice", command: "name: the field is there twice"},
		`{"name":"a","n":1,"more":[{}}]}`: {stored: "more", command: "more"},
	} {
		_, err := jsonRow.Decode(text)
		refuses(t, want.stored, err, text)
		_, err = jsonRow.Strict(text)
		refuses(t, want.command, err, text)
	}
	r, err := jsonRow.Strict(`{"name":"a"}`)
	require.NoError(t, err)
	assert.Equal(t, row{Name: "a", N: 3}, r, "the default")
}

func refuses(t *testing.T, want string, err error, text string) {
	t.Helper()
	if want == "" {
		require.NoError(t, err, text)
		return
	}
	require.ErrorContains(t, err, want, text)
}

func TestCommandUnmarshalsStrictly(t *testing.T) {
	command := value.Command(value.Of("name", func(v *row) *string { return &v.Name }, value.Strings[string]()))
	var r row
	require.Error(t, command.Unmarshal([]byte(`{"name":"a","more":1}`), &r))
	assert.Equal(t, row{}, r, "an error changes nothing")
	require.NoError(t, jsonRow.Unmarshal([]byte(`{"name":"a","n":1,"more":1}`), &r))
	assert.Equal(t, row{Name: "a", N: 1}, r)
}

func TestCodecChecksDeepAndNamesThePlace(t *testing.T) {
	for path, spoil := range map[string]func(*sheet){
		"rows[1].n":    func(v *sheet) { v.Rows[1].N = 0 },
		"by.x.n":       func(v *sheet) { v.By = map[string]row{"y": {N: -1}, "x": {N: -1}} },
		"first.n":      func(v *sheet) { v.First = value.Some(row{}) },
		`by["a b"].n`:  func(v *sheet) { v.By = map[string]row{"a b": {}} },
		"rows[0].name": func(v *sheet) { v.Rows[0].Name = "\xff" },
		"x":            func(v *sheet) { v.X = math.NaN() },
		"at":           func(v *sheet) { v.At = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC) },
		"first.note":   func(v *sheet) { v.First = value.Some(row{N: 1, Note: value.Some("\xff")}) },
	} {
		v := filled()
		spoil(&v)
		var e *value.Error
		require.ErrorAs(t, jsonSheet.Check(&v), &e, path)
		assert.Equal(t, path, e.Path)
		buf, err := jsonSheet.Encode([]byte("kept"), &v)
		require.ErrorAs(t, err, &e, path)
		assert.Equal(t, path, e.Path)
		assert.Equal(t, "kept", string(buf[:4]))
	}
	v := filled()
	require.NoError(t, jsonSheet.Check(&v))
}

func TestCloneSharesNothing(t *testing.T) {
	v := filled()
	c := jsonSheet.Clone(&v)
	assert.Equal(t, v, c)
	c.Rows[0].Name, c.Blob[0] = "changed", 9
	c.By["x"] = row{Name: "changed"}
	assert.Equal(t, filled(), v)
	none := sheet{}
	assert.Equal(t, none, jsonSheet.Clone(&none), "nil stays nil")
}

// heap holds itself, so its codec is filled in at start.
type heap struct{ Children []heap }

var jsonHeap = new(value.Codec[heap])

func init() {
	value.Recursive(jsonHeap, value.Of("children", func(v *heap) *[]heap { return &v.Children }, value.Lists(jsonHeap)))
}

func TestCodecOfWhatHoldsItself(t *testing.T) {
	v := heap{Children: []heap{{}, {Children: []heap{{}}}}}
	text, err := jsonHeap.Marshal(&v)
	require.NoError(t, err)
	back, err := jsonHeap.Decode(string(text))
	require.NoError(t, err)
	assert.Equal(t, v, back)
	c := jsonHeap.Clone(&v)
	c.Children[1].Children[0].Children = []heap{{}}
	assert.Nil(t, v.Children[1].Children[0].Children)

	round := []heap{{}}
	round[0].Children = round
	require.Error(t, jsonHeap.Check(&heap{Children: round}), "it ends, though the value does not")
}
