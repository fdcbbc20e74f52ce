package runtime_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/runtime"
)

// TestNoExportedNameIsOneOfTheStandardRuntimes parses both, so that who forgets the alias of an import is told
// by the compiler and never gets the other package's thing.
func TestNoExportedNameIsOneOfTheStandardRuntimes(t *testing.T) {
	root := os.Getenv("GOROOT")
	if root == "" {
		root = goroot(t)
	}
	standard := exportedNames(t, filepath.Join(root, "src", "runtime"))
	require.Contains(t, standard, "GOMAXPROCS", "the walk must see the standard library's package")
	require.Contains(t, standard, "Frame")
	own := exportedNames(t, ".")
	require.Contains(t, own, "Engine")
	require.Greater(t, len(own), 80)
	for name, file := range own {
		require.NotContains(t, standard, name, "%s declares a name that the standard library's runtime has", file)
	}
}

// exportedNames maps each exported name of the package in a folder to its file.
func exportedNames(t *testing.T, dir string) map[string]string {
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	names := map[string]string{}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, e.Name()), nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		if f.Name.Name != "runtime" {
			continue
		}
		for _, d := range f.Decls {
			for _, name := range declared(d) {
				if ast.IsExported(name) {
					names[name] = e.Name()
				}
			}
		}
	}
	return names
}

func declared(d ast.Decl) []string {
	var names []string
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil {
			names = append(names, d.Name.Name)
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				names = append(names, spec.Name.Name)
			case *ast.ValueSpec:
				for _, n := range spec.Names {
					names = append(names, n.Name)
				}
			}
		}
	}
	return names
}

// TestWhatADomainGetsFromTheEngine: a Domain embeds the engine, so each method here is one of the user's.
func TestWhatADomainGetsFromTheEngine(t *testing.T) {
	require.Equal(t, []string{
		"Bind", "CatchUp", "DeadLetters", "Discard", "Records", "Replay", "Retry", "Run", "Status", "WaitFor",
	}, methodsOf(reflect.TypeFor[*runtime.Engine]()))
	require.Equal(t, []string{"At", "AtSequence", "Events", "Load"},
		methodsOf(reflect.TypeFor[*runtime.Handle[AccountID, Account, AccountEvent]]()))
	require.Zero(t, exportedFields(reflect.TypeFor[runtime.Engine]()))
	require.Zero(t, exportedFields(reflect.TypeFor[runtime.Handle[AccountID, Account, AccountEvent]]()))
}

func methodsOf(t reflect.Type) []string {
	var names []string
	for i := range t.NumMethod() {
		names = append(names, t.Method(i).Name)
	}
	return names
}

func exportedFields(t reflect.Type) int {
	n := 0
	for i := range t.NumField() {
		if t.Field(i).IsExported() {
			n++
		}
	}
	return n
}

// TestPromise3TheLogHasNoWayToChangeAnEvent looks at all methods that a store has.
func TestPromise3TheLogHasNoWayToChangeAnEvent(t *testing.T) {
	require.Equal(t, []string{"Append", "Head", "Lookup", "Read", "ReadAll", "Wait"}, methodsOf(reflect.TypeFor[runtime.Log]()))
	require.Equal(t, []string{"Delete", "Get", "List", "Put"}, methodsOf(reflect.TypeFor[runtime.KV]()))
	require.Equal(t, 10, reflect.TypeFor[runtime.Store]().NumMethod())
}

// goroot asks the go command, since the runtime's own function for it is deprecated.
func goroot(t *testing.T) string {
	out, err := exec.Command("go", "env", "GOROOT").Output()
	require.NoError(t, err)
	return strings.TrimSpace(string(out))
}
