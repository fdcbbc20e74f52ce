package dsl_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/dsl"
	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// TestTheReferencesExamples checks every domain that stands in the docs: each without an error or a warning.
func TestTheReferencesExamples(t *testing.T) {
	pages, err := filepath.Glob("../docs/*.md")
	require.NoError(t, err)
	pages = append(pages, "../README.md")
	count := 0
	for _, page := range pages {
		text, err := os.ReadFile(page)
		require.NoError(t, err)
		for i, block := range blocks(string(text)) {
			count++
			name := filepath.Base(page)
			loader := dsl.NewLoader(func(path string) (dsl.Input, error) {
				return dsl.Input{Key: path, Files: []*source.File{source.NewFile(path, block)}}, nil
			})
			domain, err := loader.Load(name)
			require.NoError(t, err)
			var out strings.Builder
			require.NoError(t, source.Render(&out, loader.Diagnostics(), source.RenderOptions{}))
			require.Empty(t, out.String(), "block %d of %s", i+1, page)
			require.NotNil(t, domain)
		}
	}
	require.Greater(t, count, 4, "the reference has examples")
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
