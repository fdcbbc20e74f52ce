package syntax

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// TestTreesAreAsInTheGoldenFiles parses testdata/*.fluv, which have no errors. FLUV_UPDATE=1 rewrites the trees.
func TestTreesAreAsInTheGoldenFiles(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.fluv")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			file, list := Parse(source.NewFile(path, string(text)))
			require.Empty(t, rendered(t, list))
			require.False(t, file.Broken)
			golden(t, strings.TrimSuffix(path, ".fluv")+".tree", dump(file))
		})
	}
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if os.Getenv("FLUV_UPDATE") == "1" {
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
		return
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, string(want), got)
}

func rendered(t *testing.T, list source.List) string {
	t.Helper()
	var out strings.Builder
	require.NoError(t, source.Render(&out, list, source.RenderOptions{}))
	return out.String()
}
