package syntax

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// TestAWrongBracketIsFoundWhereItIs takes each bracket away, and doubles each. There is one message, on the line of the
// bracket, or of its partner if a closing one is gone; what it mends leaves no error; and no other declaration is lost.
func TestAWrongBracketIsFoundWhereItIs(t *testing.T) {
	for _, name := range []string{"shop", "everything"} {
		text, err := os.ReadFile("testdata/" + name + ".fluv")
		require.NoError(t, err)
		eachWrongBracket(t, string(text), func(b wrongBracket) {
			if d := b.single(t); d != nil {
				assert.Equal(t, b.line, d.Span.Position().Line, "%s\n%s", b.what, rendered(t, source.List{*d}))
			}
		})
	}
}

// TestAWrongBracketIsFoundInEveryLayout is the same of files in which members stand in the column of their aggregate, or
// no line is indented at all, when the block of a member cannot be known.
func TestAWrongBracketIsFoundInEveryLayout(t *testing.T) {
	text, err := os.ReadFile("testdata/shop.fluv")
	require.NoError(t, err)
	for _, cut := range []func(line string) string{strings.TrimSpace, func(line string) string { return strings.TrimPrefix(line, "    ") }} {
		lines := strings.Split(string(text), "\n")
		for i := range lines {
			lines[i] = cut(lines[i])
		}
		eachWrongBracket(t, strings.Join(lines, "\n"), func(b wrongBracket) { b.single(t) })
	}
}

// TestTwoMissingBracketsAreTwoMessages takes two brackets away, which often match then though they should not.
func TestTwoMissingBracketsAreTwoMessages(t *testing.T) {
	text, err := os.ReadFile("testdata/shop.fluv")
	require.NoError(t, err)
	places := slices.Sorted(maps.Keys(bracketsOf(source.NewFile("shop.fluv", string(text)))))
	pairs, more := 0, 0
	for i, first := range places {
		for _, second := range places[i+1 : min(i+12, len(places))] {
			wrong := slices.Clone(text)
			wrong[first], wrong[second] = ' ', ' '
			_, list := Parse(source.NewFile("wrong.fluv", string(wrong)))
			assert.LessOrEqual(t, len(list), 4, rendered(t, list))
			if pairs++; len(list) > 2 {
				more++
			}
		}
	}
	assert.Less(t, more*20, pairs)
}

// wrongBracket is a text in which a bracket is missing or stands twice, and the line on which that is to be said.
type wrongBracket struct {
	what, text string
	line       int
	whole      *File // of the text as it was
}

func eachWrongBracket(t *testing.T, text string, do func(wrongBracket)) {
	t.Helper()
	f := source.NewFile("wrong.fluv", text)
	whole, list := Parse(f)
	require.Empty(t, list)
	n := 0
	for at, partner := range bracketsOf(f) {
		if n++; testing.Short() && n%9 > 0 {
			continue
		}
		line := f.Position(at).Line
		doubled := text[:at+1] + text[at:]
		do(wrongBracket{"doubled: " + f.Line(line), doubled, line, whole})
		missing := text[:at] + " " + text[at+1:]
		what := "missing: " + f.Line(line)
		do(wrongBracket{what, missing, f.Position(min(at, partner)).Line, whole})
	}
	assert.Greater(t, n, 50)
}

// bracketsOf is the place of the partner of each bracket.
func bracketsOf(f *source.File) map[int]int {
	partners := map[int]int{}
	var open []int
	for _, t := range significant(lex(f).tokens) {
		switch nesting(&t) {
		case 1:
			open = append(open, t.Span.Start)
		case -1:
			last := len(open) - 1
			partners[open[last]], partners[t.Span.Start] = t.Span.Start, open[last]
			open = open[:last]
		}
	}
	return partners
}

// single checks that there is one message, which mends what it is about, and that at most one declaration or member is
// lost.
func (b wrongBracket) single(t *testing.T) *source.Diagnostic {
	t.Helper()
	file, list := Parse(source.NewFile("wrong.fluv", b.text))
	if !assert.Len(t, list, 1, "%s\n%s", b.what, rendered(t, list)) {
		return nil
	}
	assert.GreaterOrEqual(t, count(file), count(b.whole)-1, b.what)
	require.NotEmpty(t, list[0].Edits, "%s\n%s", b.what, rendered(t, list))
	_, left := Parse(source.NewFile("mended.fluv", apply(b.text, list)))
	assert.Empty(t, left, "%s\n%s", b.what, rendered(t, list))
	return &list[0]
}
