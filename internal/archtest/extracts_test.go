package archtest

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// extract is a fenced block that names the file from which it is: ```go dsl/check/call.go.
var extract = regexp.MustCompile("(?ms)^ *```[a-z]+ ([\\w./-]+)\n(.*?)^ *```$")

// TestExtractsAreToTheLetter holds that what a page shows of a file stands there. A line of … is a gap; what is behind it
// comes later in the file.
func TestExtractsAreToTheLetter(t *testing.T) {
	top, count := root(t), 0
	for _, page := range pages(t, top) {
		text, err := os.ReadFile(page)
		require.NoError(t, err)
		for _, m := range extract.FindAllStringSubmatch(string(text), -1) {
			count++
			content, err := os.ReadFile(filepath.Join(top, filepath.FromSlash(m[1])))
			if !assert.NoError(t, err, "%s shows a part of %s", page, m[1]) {
				continue
			}
			rest := string(content)
			for _, piece := range pieces(m[2]) {
				_, behind, found := strings.Cut(rest, piece)
				if !assert.True(t, found, "%s: this does not stand in %s:\n%s", page, m[1], piece) {
					break
				}
				rest = behind
			}
		}
	}
	require.Greater(t, count, 10, "the pages have extracts")
}

// pieces are the parts of an extract between its gaps.
func pieces(text string) (all []string) {
	piece := ""
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) != "…" {
			piece += line
			continue
		}
		all = append(all, piece)
		piece = ""
	}
	return append(all, piece)
}
