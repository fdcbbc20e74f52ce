package check

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// TestEditsMakeItBetter holds that an edit, applied as it is, mends what it is about and breaks nothing else. Another
// mistake may have been hidden there, so that there are not always fewer errors, but never more.
func TestEditsMakeItBetter(t *testing.T) {
	paths, err := filepath.Glob("testdata/wrong/*.fluv")
	require.NoError(t, err)
	edited := 0
	for _, path := range paths {
		for _, chunk := range chunks(t, path) {
			_, before := checkText(t, chunk)
			for _, d := range before {
				if len(d.Edits) == 0 || d.Edits[0].Span.File.Path != "main.fluv" {
					continue
				}
				edited++
				_, after := checkText(t, withEdits(chunk, d))
				assert.LessOrEqual(t, errorsIn(after), errorsIn(before), "%s\nfix: %s\nleaves %v", d, d.Mend, []source.Diagnostic(after))
				assert.NotContains(t, headlines(after), d.String())
			}
		}
	}
	require.Greater(t, edited, 50)
}

func errorsIn(list source.List) int {
	count := 0
	for _, d := range list {
		if d.Severity == source.Error {
			count++
		}
	}
	return count
}

// withEdits applies the edits of a diagnostic in the first file of a text.
func withEdits(text string, d source.Diagnostic) string {
	edits := slices.Clone(d.Edits)
	slices.SortFunc(edits, func(a, b source.Edit) int { return b.Span.Start - a.Span.Start })
	at := strings.Index(text, d.Span.File.Text)
	for _, e := range edits {
		text = text[:at+e.Span.Start] + e.Text + text[at+e.Span.End:]
	}
	return text
}
