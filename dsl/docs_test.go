package dsl_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/dsl"
	"github.com/fluvius-io/fluvius-go/dsl/eval"
	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// TestTheReferencesExamples checks every domain that stands in the docs: each without an error or a warning, and its
// tests pass. An import is of the domain of that name on the same page.
func TestTheReferencesExamples(t *testing.T) {
	pages, err := filepath.Glob("../docs/*.md")
	require.NoError(t, err)
	pages = append(pages, "../README.md")
	count := 0
	for _, page := range pages {
		text, err := os.ReadFile(page)
		require.NoError(t, err)
		all := blocks(string(text))
		for i, block := range all {
			count++
			t.Run(fmt.Sprintf("%s %d", filepath.Base(page), i+1), func(t *testing.T) { checkExample(t, block, all) })
		}
	}
	require.Greater(t, count, 4, "the reference has examples")
}

func checkExample(t *testing.T, block string, page []string) {
	t.Helper()
	loader := dsl.NewLoader(func(path string) (dsl.Input, error) {
		text := block
		if path != "page" {
			text = domainNamed(filepath.Base(path), page)
		}
		return dsl.Input{Key: path, Files: []*source.File{source.NewFile(path, text)}}, nil
	})
	domain, err := loader.Load("page")
	require.NoError(t, err)
	var out strings.Builder
	require.NoError(t, source.Render(&out, loader.Diagnostics(), source.RenderOptions{}))
	require.Empty(t, out.String())

	evaluator := eval.New(domain, eval.Limits{})
	for _, a := range domain.Aggregates {
		for _, test := range a.Tests {
			result := evaluator.RunTest(test)
			require.True(t, result.Passed(), "the test %q: %+v", test.Name, result.Differences)
		}
	}
}

// domainNamed is the block of a page that declares a domain.
func domainNamed(name string, page []string) string {
	i := slices.IndexFunc(page, func(block string) bool { return strings.HasPrefix(block, "domain "+name+"\n") })
	if i < 0 {
		return ""
	}
	return page[i]
}

// TestTheReferenceIsLaidOut holds that the reference shows the layout that it describes.
func TestTheReferenceIsLaidOut(t *testing.T) {
	page, err := os.ReadFile("../docs/language.md")
	require.NoError(t, err)
	for _, block := range blocks(string(page)) {
		laidOut, _ := dsl.Format(source.NewFile("page", block))
		require.Equal(t, string(laidOut), block)
	}
}

// blocks are the fenced blocks marked fluv, and unmarked ones that begin with a domain.
func blocks(page string) (found []string) {
	parts := strings.Split(page, "```")
	for i := 1; i < len(parts); i += 2 {
		if text, ok := strings.CutPrefix(parts[i], "fluv\n"); ok {
			found = append(found, text)
		} else if strings.HasPrefix(parts[i], "\ndomain ") {
			found = append(found, parts[i])
		}
	}
	return found
}
