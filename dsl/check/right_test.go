package check

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

const rightFolder = "testdata/right"

// checkPath checks the domain of a file or folder in testdata/right, where imports are found too.
func checkPath(t *testing.T, path string) (*model.Domain, source.List) {
	t.Helper()
	paths := []string{path + ".fluv"}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		paths, err = filepath.Glob(filepath.Join(path, "*.fluv"))
		require.NoError(t, err)
	}
	var files []*syntax.File
	var list source.List
	for _, path := range paths {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		file, found := syntax.Parse(source.NewFile(path, string(text)))
		files, list = append(files, file), append(list, found...)
	}
	domain, found := Check(files, func(imp *syntax.Import, _ *source.File) *model.Domain {
		imported, _ := checkPath(t, filepath.Join(rightFolder, strings.TrimSuffix(filepath.Base(imp.Path.Value), ".fluv")))
		return imported
	})
	return domain, append(list, found...)
}

// TestRightDomains checks that unlike domains give not one diagnostic, and compares what they mean, with all that is
// implicit in them, with what they meant before.
func TestRightDomains(t *testing.T) {
	entries, err := os.ReadDir(rightFolder)
	require.NoError(t, err)
	for _, entry := range entries {
		name := strings.TrimSuffix(entry.Name(), ".fluv")
		t.Run(name, func(t *testing.T) {
			domain, list := checkPath(t, filepath.Join(rightFolder, name))
			require.Empty(t, headlines(list))
			require.NotNil(t, domain)
			golden(t, filepath.Join("testdata/golden", name+".txt"), dumpDomain(domain))
		})
	}
}

func headlines(list source.List) []string {
	var lines []string
	for _, d := range list {
		lines = append(lines, d.String())
	}
	return lines
}

// golden compares with a file, or rewrites it where FLUV_UPDATE is 1.
func golden(t *testing.T, path, got string) {
	t.Helper()
	if os.Getenv("FLUV_UPDATE") == "1" {
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
		return
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err, "FLUV_UPDATE=1 writes it")
	assert.Equal(t, string(want), got)
}
