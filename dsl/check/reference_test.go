package check

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// examplesShown is all that the examples of docs/language.md say; dsl checks each, dsl/syntax that every construct is there.
func examplesShown(t *testing.T) string {
	t.Helper()
	page, err := os.ReadFile("../../docs/language.md")
	require.NoError(t, err)
	var all strings.Builder
	for _, part := range strings.Split(string(page), "```fluv\n")[1:] {
		block, _, _ := strings.Cut(part, "```")
		all.WriteString(block)
	}
	return all.String()
}

// TestTheParserKnowsTheBasicTypes: it tells `string name` from `name string`.
func TestTheParserKnowsTheBasicTypes(t *testing.T) {
	assert.ElementsMatch(t, keysOf(basicTypes), syntax.BasicTypes)
}

func TestTheReferenceShowsEveryFunction(t *testing.T) {
	text := examplesShown(t)
	names := slices.Concat(keysOf(funcTypes), keysOf(arguments), comprehensions)
	for _, name := range names {
		assert.Regexp(t, `\b`+name+`\(`, text, "the function %s", name)
	}
	for _, name := range keysOf(basicTypes) {
		assert.Regexp(t, ` (\[\]|map\[\w+\])*`+name+`\b`, text, "the type %s", name)
	}
	for _, name := range builtinErrors {
		assert.Contains(t, text, "then error "+name)
	}
	for _, kind := range []string{"id", "now", "actor", "metadata", "exists", "timestamp", "old", "value"} {
		assert.Regexp(t, `\b`+kind+`\b`, text, "the name %s", kind)
	}
}

// TestTheReferenceShowsWhatIsNoGrammar is about meanings that the grammar does not tell apart.
func TestTheReferenceShowsWhatIsNoGrammar(t *testing.T) {
	text := examplesShown(t)
	for what, pattern := range map[string]string{
		"the guard x != none":               `(\w+) != none \? \w+\(\w+\) :`,
		"the guard k in m":                  `in (\w+) \? \w+\["a"\]`,
		"the guard len(l) > n":              `len\((\w+)\) > 0 \? \w+\[0\]`,
		"the guard exists":                  `if !exists \{`,
		"the opposite of a guard behind ||": `(\w+) == none \|\| len\(`,
		"an entry without a guard":          `int\? = \w+\["b"\]`,
		"?? that may be none":               `string\? = \w+ \?\? `,
		"?? that is never none":             ` string = \w+ \?\? `,
		"min of a list":                     `min\(list\) \?\?`,
		"a division of decimals":            `round\(\w+ / 3, 2\)`,
		"a list and one more":               `\w+ \+= event\.\w+`,
		"a list without an item":            `history -= event`,
		"an entry that counts":              `\w+\[event\.\w+\] \+= `,
		"a comprehension with an index":     `map\(i, \w+ in`,
		"a comprehension of a map":          `sum\(\w+, n in`,
		"filter of a map":                   `map\[string\]int = filter\(`,
		"time and duration":                 `time = \w+ \+ \w+ - `,
		"time minus time":                   `duration = \w+ - \w+ \+ \w+ \* 2`,
		"braces in a text":                  `\{\{.*\}\}`,
		"equal by value":                    `1\.0 == 1\.00`,
		"an enum's value by its type":       `Phase\.closed`,
		"a parameter with a default":        `action \w+\([^)]*= `,
		"a default of an error":             `error \w+\([^)]*= `,
		"a state's default":                 `= 0\.5\n`,
		"...event and what overrules it":    `\.\.\.event\n +\w+ = `,
		"metadata in an upcast":             `= metadata\["actor"\] \?\? ""`,
		"a pinned version":                  `emits [\w-]+@1`,
		"a literal of an older version":     `Line@1 \{ `,
		"a key that was another":            `was [\w-]+, [\w-]+ \{`,
		"another domain's id":               `\w+\.TicketID`,
		"a recursive type":                  `parts +\[\]Section`,
	} {
		assert.Regexp(t, regexp.MustCompile(pattern), text, what)
	}
	assert.Positive(t, strings.Count(text, "by hand"), "a decision and an upcast by hand")
}
