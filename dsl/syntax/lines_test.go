package syntax

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// ends are lines whose last part may be forgotten: what stays is the first group.
var ends = map[string]*regexp.Regexp{
	"a type":                regexp.MustCompile(`^(\s+[a-z_]+)\s+\S+$`),
	"the type of the items": regexp.MustCompile(`^(\s+[a-z_]+\s+\[\])\S+$`),
	"a value":               regexp.MustCompile(`^(\s+[a-z_]+(?:\[[^\]]*\])? [-+]?=) [^{]+$`),
	"the value of a let":    regexp.MustCompile(`^(\s+let [a-z_]+ =) [^{]+$`),
	"the value of a field":  regexp.MustCompile(`^(\s+[a-z_]+:) [^{]+,?$`),
}

// keywordLine is a line that an end was found in, though it is no field and no statement.
var keywordLine = regexp.MustCompile(`^\s+(emit|then|given|when|test|state|event|error|snapshot|invariant|retry|timeout|concurrency|from|require|remove|else)\b`)

// TestWhatIsForgottenAtTheEndOfALineIsToldThere takes the last part of one line after the other away.
func TestWhatIsForgottenAtTheEndOfALineIsToldThere(t *testing.T) {
	tried := 0
	for _, path := range []string{"testdata/shop.fluv", "testdata/everything.fluv"} {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		lines := strings.Split(string(text), "\n")
		for what, end := range ends {
			for i, line := range lines {
				found := end.FindStringSubmatch(line)
				if found == nil || keywordLine.MatchString(line) {
					continue
				}
				wrong := append(append(append([]string{}, lines[:i]...), found[1]), lines[i+1:]...)
				_, list := Parse(source.NewFile("wrong.fluv", strings.Join(wrong, "\n")))
				if assert.Len(t, list, 1, "%s:%d without %s: %v", path, i+1, what, list) {
					assert.Equal(t, i+1, list[0].Span.Position().Line, "%s:%d without %s: %v", path, i+1, what, list)
				}
				tried++
			}
		}
	}
	assert.Greater(t, tried, 40)
}
