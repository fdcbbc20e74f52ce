package check

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// expectation is a comment `//! FLV0101 regexp` on the line on which that diagnostic must be, or `//! FLV0101 regexp =>
// mend`, where the mend begins with that. Several stand one behind the other.
type expectation struct {
	line    string // "main.fluv:3"
	code    source.Code
	pattern *regexp.Regexp
	mend    string
}

func expectations(t *testing.T, text string) []expectation {
	t.Helper()
	var list []expectation
	names, texts := sections(text)
	for i, name := range names {
		for n, line := range strings.Split(texts[i], "\n") {
			for _, want := range strings.Split(line, "//! ")[1:] {
				want, mend, _ := strings.Cut(strings.TrimSpace(want), " => ")
				code, pattern, _ := strings.Cut(want, " ")
				re, err := regexp.Compile(pattern)
				require.NoError(t, err)
				list = append(list, expectation{fmt.Sprintf("%s:%d", name, n+1), source.Code(code), re, mend})
			}
		}
	}
	return list
}

// chunks cuts a file of wrong domains at lines `---`. The first line of a chunk, a comment, says what it is about.
func chunks(t *testing.T, path string) []string {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	return strings.Split(string(text), "\n---\n")
}

func TestWrongDomains(t *testing.T) {
	paths, err := filepath.Glob("testdata/wrong/*.fluv")
	require.NoError(t, err)
	for _, path := range paths {
		for _, chunk := range chunks(t, path) {
			about, _, _ := strings.Cut(strings.TrimPrefix(chunk, "// "), "\n")
			t.Run(about, func(t *testing.T) { checkChunk(t, chunk) })
		}
	}
}

// checkChunk compares what is found with what is expected, either way.
func checkChunk(t *testing.T, chunk string) {
	t.Helper()
	domain, list := checkText(t, chunk)
	want := expectations(t, chunk)
	require.NotEmpty(t, want, "a wrong domain expects something:\n%s", chunk)
	for _, d := range list {
		line := fmt.Sprintf("%s:%d", d.Span.File.Path, d.Span.Position().Line)
		found := false
		for i, w := range want {
			if w.line == line && w.code == d.Code && w.pattern.MatchString(d.Message) && strings.HasPrefix(d.Mend, w.mend) {
				want = append(want[:i:i], want[i+1:]...)
				found = true
				break
			}
		}
		assert.True(t, found, "not expected: %s => %s", d, d.Mend)
		if d.Severity == source.Error {
			assert.Nil(t, domain)
		}
	}
	for _, w := range want {
		assert.Fail(t, "missing", "%s: %s %s => %s", w.line, w.code, w.pattern, w.mend)
	}
}

// TestEveryCodeHasAWrongDomain holds that each rule is seen in a domain of its own, besides the example that explains
// it.
func TestEveryCodeHasAWrongDomain(t *testing.T) {
	seen := map[source.Code]bool{}
	paths, err := filepath.Glob("testdata/wrong/*.fluv")
	require.NoError(t, err)
	for _, path := range paths {
		for _, chunk := range chunks(t, path) {
			for _, w := range expectations(t, chunk) {
				seen[w.code] = true
			}
		}
	}
	for _, info := range ownCodes() {
		if info.Code < "FLV0200" || info.Code >= "FLV0300" { // those of expressions have tables of their own
			assert.True(t, seen[info.Code], "no wrong domain for %s, %s", info.Code, info.Title)
		}
	}
}
