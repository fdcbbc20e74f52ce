package generator

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/dsl/check"
	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// TestClashesOfGoNamesAreErrors has domains that Go would refuse: either the checker refuses them, or Generate does,
// so that no user meets them as an error of the Go compiler.
func TestClashesOfGoNamesAreErrors(t *testing.T) {
	const thing = `aggregate Thing { state { a string } event thing-done { a string } action DoThing(a string) creates thing-done }`
	for name, text := range map[string]string{
		"a key":                      thing + ` type ThingDoneKey string`,
		"an enum value":              thing + ` enum Do { thing }`,
		"an id":                      thing + ` type ThingID string`,
		"a random id":                thing + ` type NewThingID string`,
		"a parse function":           `type Email string type ParseEmail string ` + thing,
		"an older version":           `type Line@1 { a string } type Line@2 { b string? } upcast Line@1 -> @2 {} type LineV1 string ` + thing,
		"an aggregate and a method":  `aggregate OnThingDone { state { a string } event it-done { a string } action DoIt(a string) creates it-done } ` + thing,
		"an aggregate called OnAny":  `aggregate OnAny { state { a string } event it-done { a string } action DoIt(a string) creates it-done }`,
		"a field called as a method": `type Line { marshal_json string } aggregate A { state { l Line } event a-done { l Line } action Do(l Line) creates a-done }`,
		"a parameter and a method":   `aggregate A { state {} event a-done {} apply a-done {} action Do(unmarshal_json string) creates a-done }`,
		"a handler and an action":    `aggregate A { state {} event a-done {} apply a-done {} action Do() creates a-done by hand } handler Do on a-done`,
		"two fields of one Go name":  `aggregate A { state { user_id string user_i_d string } event a-done {} apply a-done {} action Do() creates a-done }`,
	} {
		t.Run(name, func(t *testing.T) {
			tree, list := syntax.Parse(source.NewFile("x.fluv", "domain x\n"+text))
			d, more := check.Check([]*syntax.File{tree}, func(*syntax.Import, *source.File) *model.Domain { return nil })
			if append(list, more...).HasErrors() {
				return
			}
			_, err := Generate(d, Options{})
			require.Error(t, err)
			assert.NotContains(t, err.Error(), "panic")
		})
	}
}

func TestAnImportNeedsAPlaceInGo(t *testing.T) {
	_, err := Generate(loaded(t, "wide"), Options{})
	require.ErrorContains(t, err, "import shop")
}

func TestGenerateOfNothingIsAnError(t *testing.T) {
	_, err := Generate(nil, Options{})
	require.Error(t, err)
}

// TestFingerprintIsOfWhatCounts changes a domain and looks whether its snapshots would still be taken.
func TestFingerprintIsOfWhatCounts(t *testing.T) {
	const text = `domain x
type Line { n int, text string }
aggregate A {
    state { n int = 1, lines []Line }
    derive twice int = n * 2
    event a-done@1 { n int }
    event a-done@2 { n int, lines []Line }
    upcast a-done@1 -> @2 { lines = [] }
    apply a-done { n = event.n + 1 lines += event.lines }
    action Do(n int, lines []Line) creates a-done
    invariant n > 0
    snapshot every 10
}`
	of := func(text string) string {
		d := loadedFrom(t, "x", func(string) (string, error) { return text, nil })
		return fingerprint(d.Aggregates[0])
	}
	replaced := func(old, by string) string {
		require.Contains(t, text, old)
		return strings.Replace(text, old, by, 1)
	}
	first := of(text)
	for what, changed := range map[string]string{
		"a comment":    "// hello\n" + text,
		"an action":    replaced("action Do(", "action DoIt("),
		"an invariant": replaced("n > 0", "n > 1"),
		"space":        replaced("event.n + 1", "event.n+1"),
		"the interval": replaced("every 10", "every 11"),
	} {
		assert.Equal(t, first, of(changed), what)
	}
	for what, changed := range map[string]string{
		"a fold":        replaced("event.n + 1", "event.n + 2"),
		"a default":     replaced("n int = 1", "n int = 2"),
		"an upcast":     replaced("lines = []", "lines = [Line { n: 1, text: \"\" }]"),
		"a derived":     replaced("n * 2", "n * 3"),
		"a state field": replaced("state {", "state { more bool "),
		"a value type":  replaced("text string }", "text string? }"),
	} {
		assert.NotEqual(t, first, of(changed), what)
	}
}
