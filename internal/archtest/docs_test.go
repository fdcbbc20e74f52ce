package archtest

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var (
	link     = regexp.MustCompile(`\[([^\]]*)\]\(([^)\s]+)\)`)
	codeSpan = regexp.MustCompile("(?s)```.*?```")
	goName   = regexp.MustCompile("^`([A-Za-z_][A-Za-z0-9_]*)`$")
)

// TestLinksInTheDocsResolve follows every relative link of every page. A link to a file of Go whose text is a name must
// lead to the file that declares it: a claim is held by the test that it names, and a tour leads where it says.
func TestLinksInTheDocsResolve(t *testing.T) {
	top, links := root(t), 0
	for _, page := range pages(t, top) {
		text, err := os.ReadFile(page)
		require.NoError(t, err)
		for _, m := range link.FindAllStringSubmatch(codeSpan.ReplaceAllString(string(text), ""), -1) {
			target, anchor, _ := strings.Cut(m[2], "#")
			if strings.Contains(target, "://") || strings.HasPrefix(target, "mailto:") {
				continue
			}
			links++
			path := page
			if target != "" {
				path = filepath.Join(filepath.Dir(page), filepath.FromSlash(target))
			}
			content, err := os.ReadFile(path)
			if info, statErr := os.Stat(path); statErr == nil && info.IsDir() {
				continue
			}
			if err != nil {
				t.Errorf("%s: the link to %s leads nowhere", page, m[2])
				continue
			}
			if name := goName.FindStringSubmatch(m[1]); name != nil && strings.HasSuffix(path, ".go") && !declares(string(content), name[1]) {
				t.Errorf("%s: there is no %s in %s", page, name[1], target)
			}
			if anchor != "" && strings.HasSuffix(path, ".md") && !hasHeading(string(content), anchor) {
				t.Errorf("%s: %s has no heading #%s", page, path, anchor)
			}
		}
	}
	require.Greater(t, links, 50, "the docs have links")
}

// declares tells whether a file of Go has a function, method, type, variable or constant of that name.
func declares(text, name string) bool {
	return regexp.MustCompile(`(?m)^(func (\([^)]*\) )?` + name + `[\[(]|type ` + name + `\b|(var|const) ` + name + `\b|\t` + name + `\b.*=)`).MatchString(text)
}

// TestNoPageSpeaksOfAMachine: code and docs speak of the project alone.
func TestNoPageSpeaksOfAMachine(t *testing.T) {
	for _, page := range pages(t, root(t)) {
		text, err := os.ReadFile(page)
		require.NoError(t, err)
		for _, word := range []string{"/root/", "/work/", "/home/", "proxy.golang.org"} {
			require.NotContains(t, string(text), word, page)
		}
	}
}

func pages(t *testing.T, top string) (all []string) {
	require.NoError(t, filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != top && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata") {
			return filepath.SkipDir
		}
		if filepath.Ext(path) == ".md" {
			all = append(all, path)
		}
		return nil
	}))
	return all
}

// hasHeading tells whether a page has a heading that an anchor names, as GitHub makes anchors of headings.
func hasHeading(page, anchor string) bool {
	drop := regexp.MustCompile(`[^\p{L}\p{N} _-]`)
	for line := range strings.Lines(page) {
		if heading, ok := strings.CutPrefix(line, "#"); ok {
			heading = strings.TrimSpace(strings.TrimLeft(heading, "#"))
			if strings.ReplaceAll(drop.ReplaceAllString(strings.ToLower(heading), ""), " ", "-") == anchor {
				return true
			}
		}
	}
	return false
}
