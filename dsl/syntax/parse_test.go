package syntax

import (
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

func TestEmptyFiles(t *testing.T) {
	for _, text := range []string{"", "\n\n", "// only a comment\n", "\uFEFF", "  "} {
		file, list := Parse(source.NewFile("empty.fluv", text))
		require.Len(t, list, 1, "%q", text)
		assert.Equal(t, source.Code("FLV0051"), list[0].Code)
		assert.Equal(t, strings.Contains(text, "//"), strings.Contains(list[0].Message, "comments"), "%q", text)
		assert.True(t, file.Broken)
		assert.Nil(t, file.Domain)
	}
}

func TestAMisspeltDomainLineIsSaidOnce(t *testing.T) {
	_, list := Parse(source.NewFile("shop.fluv", "domian shop\n\ntype Name string\n"))
	require.Len(t, list, 1)
	assert.Equal(t, source.Code("FLV0050"), list[0].Code)
	assert.Equal(t, "write `domain`", list[0].Mend)
}

// TestNestingIsLimited has brackets and chains that would overflow the stack, of the parser or of what walks the
// tree afterwards.
func TestNestingIsLimited(t *testing.T) {
	many, n := 300_000, 20_000
	if testing.Short() {
		many, n = many/10, n/4
	}
	for name, text := range map[string]string{
		"parentheses":     "invariant " + strings.Repeat("(", many) + "1" + strings.Repeat(")", many),
		"lists":           "invariant " + strings.Repeat("[", n) + strings.Repeat("]", n),
		"maps":            "invariant " + strings.Repeat("{a: ", n) + "1" + strings.Repeat("}", n),
		"not":             "invariant " + strings.Repeat("!", n) + "a",
		"minus":           "invariant " + strings.Repeat("- ", n) + "a",
		"choices":         "invariant " + strings.Repeat("a ? b : ", n) + "c",
		"defaults":        "invariant " + strings.Repeat("a ?? ", n) + "c",
		"sums":            "invariant " + strings.Repeat("a + ", n) + "c",
		"selections":      "invariant a" + strings.Repeat(".b", n),
		"indices":         "invariant a" + strings.Repeat("[b", n) + strings.Repeat("]", n),
		"records":         "invariant " + strings.Repeat("A { a: ", n) + "1" + strings.Repeat("}", n),
		"matches":         "invariant " + strings.Repeat("match a { b: ", n) + "1" + strings.Repeat("}", n),
		"calls":           "invariant " + strings.Repeat("f(", n) + strings.Repeat(")", n),
		"comprehensions":  "invariant " + strings.Repeat("sum(x in xs: ", n) + "x" + strings.Repeat(")", n),
		"lists of lists":  "state { a " + strings.Repeat("[]", n) + "int }",
		"maps of maps":    "state { a " + strings.Repeat("map[", n) + "int" + strings.Repeat("]int", n) + " }",
		"blocks":          "apply x { " + strings.Repeat("if a { ", n) + strings.Repeat("} ", n) + "}",
		"else if":         "apply x { if a {} " + strings.Repeat("else if a {} ", n) + "}",
		"blocks, actions": "action A() emits x { " + strings.Repeat("if a { ", n) + strings.Repeat("} ", n) + "}",
		"unclosed":        "invariant " + strings.Repeat("(", n),
		"aggregates":      strings.Repeat("aggregate A { ", n) + strings.Repeat("} ", n),
		"in a text":       "error E \"{" + strings.Repeat("(", n) + "a" + strings.Repeat(")", n) + "}\"",
	} {
		t.Run(name, func(t *testing.T) {
			_, list := Parse(source.NewFile("deep.fluv", "domain a\naggregate A {\n"+text+"\nevent good { a int }\n}\n"))
			assert.NotEmpty(t, list)
		})
	}
}

// TestLongFilesAreNoTrouble has as many of everything that may stand side by side without limit.
func TestLongFilesAreNoTrouble(t *testing.T) {
	n := 20_000
	if testing.Short() {
		n /= 10
	}
	for name, text := range map[string]string{
		"fields":     "state { " + strings.Repeat("a int ", n) + "}",
		"statements": "apply x { " + strings.Repeat("a = 1 ", n) + "}",
		"items":      "invariant [" + strings.Repeat("1, ", n) + "] == a",
		"members":    strings.Repeat("event x { }\n", n),
		"comments":   strings.Repeat("// a\n", n),
	} {
		_, list := Parse(source.NewFile("long.fluv", "domain a\naggregate A {\n"+text+"\n}\n"))
		assert.Empty(t, list, name)
	}
}

// TestLongFilesWithWrongBracketsAreNoTrouble has many brackets, blocks and keywords that wait for what never comes.
func TestLongFilesWithWrongBracketsAreNoTrouble(t *testing.T) {
	n := 5_000
	if testing.Short() {
		n /= 5
	}
	for name, text := range map[string]string{
		"opening":    "aggregate A {\ninvariant " + strings.Repeat("(\n", n),
		"closing":    "aggregate A {\ninvariant " + strings.Repeat(")\n", n) + "}\n",
		"crossing":   "aggregate A {\ninvariant " + strings.Repeat("([{", n) + strings.Repeat(")]}", n) + "\n}\n",
		"blocks":     "aggregate A {\n    apply x {\n" + strings.Repeat("        if a {\n a = 1\n", n) + "    }\n}\n",
		"statements": "aggregate A {\n    apply x\n" + strings.Repeat("        a = 1\n", n) + "    }\n}\n",
		"aggregates": strings.Repeat("aggregate A\nstate { a int }\n", n) + "}",
		"on a line":  "enum E { a b } " + strings.Repeat("aggregate A event x x event y y ", n),
		"words":      strings.Repeat("evnt x\n", n) + "}",
	} {
		_, list := Parse(source.NewFile("long.fluv", "domain a\n"+text))
		assert.NotEmpty(t, list, name)
	}
}

// TestABrokenMemberSpoilsNoOther breaks each line of the shop in turn: all that stands outside of its
// declaration is still there.
func TestABrokenMemberSpoilsNoOther(t *testing.T) {
	text, err := os.ReadFile("testdata/shop.fluv")
	require.NoError(t, err)
	whole, _ := Parse(source.NewFile("shop.fluv", string(text)))
	lines := strings.Split(string(text), "\n")
	for i := range lines {
		if strings.TrimSpace(lines[i]) == "" || strings.HasPrefix(strings.TrimSpace(lines[i]), "//") {
			continue
		}
		broken := append(append(append([]string{}, lines[:i]...), lines[i]+" %"), lines[i+1:]...)
		file, list := Parse(source.NewFile("shop.fluv", strings.Join(broken, "\n")))
		require.NotEmpty(t, list, lines[i])
		assert.Len(t, list, 1, "line %d: %s\n%v", i+1, lines[i], rendered(t, list))
		assert.GreaterOrEqual(t, count(file), count(whole)-1, "line %d: %s", i+1, lines[i])
	}
}

// count is how many declarations and members there are.
func count(file *File) int {
	n := 0
	for _, d := range file.Decls {
		n++
		if a, ok := d.(*Aggregate); ok {
			n += len(a.Members)
		}
	}
	return n
}

func TestParseRunsInParallel(t *testing.T) {
	text, err := os.ReadFile("testdata/everything.fluv")
	require.NoError(t, err)
	want, _ := Parse(source.NewFile("everything.fluv", string(text)))
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			file, list := Parse(source.NewFile("everything.fluv", string(text)))
			assert.Empty(t, list)
			assert.Equal(t, dump(want), dump(file))
		})
	}
	group.Wait()
}

func TestLineEndsMakeNoDifference(t *testing.T) {
	text, err := os.ReadFile("testdata/everything.fluv")
	require.NoError(t, err)
	unix, _ := Parse(source.NewFile("a.fluv", string(text)))
	windows, list := Parse(source.NewFile("a.fluv", "\uFEFF"+strings.ReplaceAll(string(text), "\n", "\r\n")))
	assert.Empty(t, list)
	assert.Equal(t, dump(unix), dump(windows))
}

func TestCommentsDocumentWhatIsRightBelow(t *testing.T) {
	file, list := Parse(source.NewFile("docs.fluv", `// Not above anything.

// Of the domain,
//
//   in two paragraphs.
domain a

//Tight.
type T { // not the field's
    // The field.
    a int // not b's
    b int

    // Cut off.

    c int
    // First of two.
    d int e int
    // Behind the last.
}

enum E {
    // The value.
    x, y
}

aggregate A {
    // The state.
    state { }
    // The action.
    action B(
        // The parameter.
        p int
    ) creates x
    // Snapshots.
    snapshot every 5
}
`))
	require.Empty(t, list)
	assert.Equal(t, "Of the domain,\n\n  in two paragraphs.", file.Doc)
	typ := file.Decls[0].(*Type)
	assert.Equal(t, "Tight.", typ.Doc)
	var docs []string
	for _, f := range typ.Fields {
		docs = append(docs, f.Doc)
	}
	assert.Equal(t, []string{"The field.", "", "", "First of two.", ""}, docs)
	assert.Equal(t, "The value.", file.Decls[1].(*Enum).Values[0].Doc)
	assert.Empty(t, file.Decls[1].(*Enum).Values[1].Doc)
	members := file.Decls[2].(*Aggregate).Members
	assert.Equal(t, "The state.", members[0].(*State).Doc)
	assert.Equal(t, "The action.", members[1].(*Action).Doc)
	assert.Equal(t, "The parameter.", members[1].(*Action).Params[0].Doc)
	assert.Equal(t, "Snapshots.", members[2].(*Snapshot).Doc)
}
