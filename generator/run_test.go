package generator_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/dsl/check"
	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
	"github.com/fluvius-io/fluvius-go/generator"
)

// TestGeneratedPackagesPassTheirOwnTests makes a package of each domain in testdata/domains, in a module of its own,
// and has Go compile, vet and test it. What those domains say in their `test` blocks is what the generated code does;
// each decision there is made twice (law 28), and what cannot be computed is an error (law 31).
func TestGeneratedPackagesPassTheirOwnTests(t *testing.T) {
	if testing.Short() {
		t.Skip("it runs the go command")
	}
	dir := newModule(t)
	paths, err := filepath.Glob("testdata/domains/*.fluv")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		writePackage(t, dir, path)
	}
	runGo(t, dir, "test", "-vet=all", "./...")
}

// newModule is an empty Go module that finds this repository beside it.
func newModule(t *testing.T) string {
	t.Helper()
	dir, root := t.TempDir(), repository(t)
	mod := fmt.Sprintf("module example.test\n\ngo 1.26\n\nrequire (\n\tgithub.com/fluvius-io/fluvius-go v0.0.0\n"+
		"\tgithub.com/shopspring/decimal v1.6.0\n)\n\nreplace github.com/fluvius-io/fluvius-go => %s\n", root)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "go.mod"), []byte(mod), 0o600))
	sum, err := os.ReadFile(filepath.Join(root, "go.sum"))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "go.sum"), sum, 0o600))
	return dir
}

func repository(t *testing.T) string {
	t.Helper()
	root, err := filepath.Abs("..")
	require.NoError(t, err)
	return root
}

func writePackage(t *testing.T, dir, path string) {
	t.Helper()
	d := loadDomain(t, path)
	files, err := generator.Generate(d, generator.Options{ImportBase: "example.test"})
	require.NoError(t, err, path)
	into := filepath.Join(dir, d.Name)
	require.NoError(t, os.MkdirAll(into, 0o750))
	for _, f := range files {
		require.NoError(t, os.WriteFile(filepath.Join(into, f.Name), f.Content, 0o600))
	}
	byHand, err := os.ReadFile(strings.TrimSuffix(path, ".fluv") + "_test.go.txt")
	if err == nil { // tests in Go of what a `test` block cannot say
		require.NoError(t, os.WriteFile(filepath.Join(into, "by_hand_test.go"), byHand, 0o600))
	}
}

func loadDomain(t *testing.T, path string) *model.Domain {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	file := source.NewFile(path, string(text))
	tree, found := syntax.Parse(file)
	d, more := check.Check([]*syntax.File{tree}, nil)
	for _, diagnostic := range append(found, more...) {
		require.NotEqual(t, source.Error, diagnostic.Severity, "%s: %s", diagnostic.Span, diagnostic.Message)
	}
	require.NotNil(t, d, path)
	return d
}

func runGo(t *testing.T, dir string, args ...string) {
	t.Helper()
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off")
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "go %s\n%s", strings.Join(args, " "), out)
}
