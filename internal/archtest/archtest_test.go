// Package archtest holds the house's plan: which room may import what. It parses the imports in this
// process; a version that shells out to the go command would pass from the test cache.
package archtest

import (
	"go/build"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "github.com/fluvius-io/fluvius-go"

// room is one row of the plan. May lists what it may import besides the standard library: rooms of this
// module without the module's path, and modules of others (with all packages below).
type room struct {
	dir string // "dsl/..." covers what is below
	may []string
}

const (
	participle = "github.com/alecthomas/participle/v2"
	jennifer   = "github.com/dave/jennifer"
	decimal    = "github.com/shopspring/decimal"
	zombiezen  = "zombiezen.com/go/sqlite"
	modernc    = "modernc.org/sqlite"
	porcupine  = "github.com/anishathalye/porcupine"
	testify    = "github.com/stretchr/testify"
	udiff      = "github.com/aymanbagabas/go-udiff"
	fsnotify   = "github.com/fsnotify/fsnotify"
	term       = "golang.org/x/term"
)

var plan = []room{
	{"dsl/source", nil},
	{"dsl/syntax", []string{"dsl/source", participle}},
	{"dsl/model", []string{"dsl/source"}},
	{"dsl/check", []string{"dsl/source", "dsl/syntax", "dsl/model"}},
	{"dsl/eval", []string{"dsl/source", "dsl/model", "runtime/value", "runtime/decimals", decimal}},
	{"dsl/lock", []string{"dsl/source", "dsl/model"}},
	{"dsl", []string{"dsl/source", "dsl/syntax", "dsl/model", "dsl/check", "dsl/eval", "dsl/lock"}},
	{"generator", []string{"dsl/source", "dsl/model", jennifer}},
	{"runtime/value", nil},
	{"runtime/decimals", []string{"runtime/value", decimal}},
	{"runtime", []string{"runtime/value"}},
	{"runtime/memory", []string{"runtime"}},
	{"runtime/trial", []string{"runtime", "runtime/value", "runtime/memory"}},
	{"runtime/sqlite", []string{"runtime", zombiezen, modernc}},
	{"runtime/storetest", []string{"runtime", porcupine, testify}},
	{"cmd/fluvgen", []string{"internal/cli", "dsl", "dsl/source", "dsl/model", "dsl/eval", "generator", udiff, fsnotify, term}},
	{"cmd/fluvius", []string{"internal/cli", "runtime", "runtime/memory", "runtime/sqlite", term}},
	{"examples/...", []string{"runtime", "runtime/value", "runtime/decimals", "runtime/memory", "runtime/sqlite", "examples", decimal}},
	{"internal/raceprobe", nil},
	{"internal/difffuzz/...", []string{"dsl", "dsl/source", "dsl/model", "dsl/eval", "generator", "runtime", "runtime/value", "internal/difffuzz/compiled"}},
	{"internal/...", []string{"dsl", "dsl/source", "generator"}},
}

// forbidden is what no package that cmd/fluvgen needs may import, so that a cold build stays short.
// (database/sql/driver is three interfaces, which shopspring/decimal names.)
var forbidden = []string{"net/http", "database/sql", "golang.org/x/tools/go/packages", zombiezen, modernc}

// interfacesOnly is what shopspring/decimal, which the evaluator computes with, names of database/sql: a package of
// interfaces, that brings no driver and not database/sql itself.
const interfacesOnly = "database/sql/driver"

func TestEveryImportIsInThePlan(t *testing.T) {
	for dir, imports := range productionImports(t, root(t)) {
		row, ok := planned(dir)
		if !ok {
			t.Errorf("%s: no room of that name in the plan (internal/archtest)", dir)
			continue
		}
		for _, path := range imports {
			if !isStd(path) && !allowed(row, path) {
				t.Errorf("%s imports %s, which its room may not", dir, path)
			}
		}
	}
}

func TestEveryRoomInThePlanExists(t *testing.T) {
	have := productionImports(t, root(t))
	later := []string{"dsl/lock", "dsl/eval"} // rooms that the brief names and that are not built yet may be missing
	for _, row := range plan {
		dir := strings.TrimSuffix(row.dir, "/...")
		found := slices.ContainsFunc(keys(have), func(d string) bool { return d == dir || strings.HasPrefix(d, dir+"/") })
		if !found && !slices.Contains(later, dir) && dir != "internal" {
			t.Errorf("the plan has a room %s that is not there", row.dir)
		}
	}
}

func TestFluvgenLinksNoDriverAndNoServer(t *testing.T) {
	seen := map[string]bool{}
	mods := modules(t)
	var visit func(path, from string)
	visit = func(path, from string) {
		if seen[path] {
			return
		}
		seen[path] = true
		for _, bad := range forbidden {
			if path == bad || strings.HasPrefix(path, bad+"/") && path != interfacesOnly {
				t.Errorf("cmd/fluvgen needs %s, through %s", path, from)
			}
		}
		if isStd(path) {
			return
		}
		for _, next := range importsOf(t, mods.dir(t, path)) {
			visit(next, path)
		}
	}
	visit(module+"/cmd/fluvgen", "the command line")
	require.Greater(t, len(seen), 20, "the walk must see more than the command itself")
}

func planned(dir string) (room, bool) {
	for _, row := range plan {
		base, below := strings.CutSuffix(row.dir, "/...")
		if dir == row.dir || below && (dir == base || strings.HasPrefix(dir, base+"/")) {
			return row, true
		}
	}
	return room{}, false
}

func allowed(row room, path string) bool {
	own, isOwn := strings.CutPrefix(path, module+"/")
	for _, may := range row.may {
		if isOwn && (own == may || strings.HasPrefix(own, may+"/") && may == "examples") {
			return true
		}
		if !isOwn && (path == may || strings.HasPrefix(path, may+"/")) {
			return true
		}
	}
	return false
}

func isStd(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".")
}

// productionImports maps each folder with Go code outside of tests to what it imports.
func productionImports(t *testing.T, root string) map[string][]string {
	found := map[string][]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		name := d.Name()
		if path != root && (name == "testdata" || name == "bench" || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_")) {
			return filepath.SkipDir
		}
		if imports := importsOf(t, path); imports != nil {
			rel, err := filepath.Rel(root, path)
			require.NoError(t, err)
			found[filepath.ToSlash(rel)] = imports
		}
		return nil
	})
	require.NoError(t, err)
	return found
}

// importsOf lists what the Go files of a folder import that are built here, tests aside; nil if there are none.
func importsOf(t *testing.T, dir string) []string {
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	var imports []string
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		if match, err := build.Default.MatchFile(dir, e.Name()); err != nil || !match {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, e.Name()), nil, parser.ImportsOnly)
		require.NoError(t, err)
		if imports == nil {
			imports = []string{}
		}
		for _, imp := range f.Imports {
			imports = append(imports, strings.Trim(imp.Path.Value, `"`))
		}
	}
	slices.Sort(imports)
	return slices.Compact(imports)
}

func root(t *testing.T) string {
	dir, err := filepath.Abs("../..")
	require.NoError(t, err)
	return dir
}

// moduleSet finds the folder of an import path in this module and in the module cache.
type moduleSet struct {
	root  string
	cache string
	pins  map[string]string // module path to version
}

func modules(t *testing.T) moduleSet {
	out, err := exec.Command("go", "env", "GOMODCACHE").Output()
	require.NoError(t, err)
	text, err := os.ReadFile(filepath.Join(root(t), "go.mod"))
	require.NoError(t, err)
	pins := map[string]string{}
	for line := range strings.Lines(string(text)) {
		f := strings.Fields(strings.TrimPrefix(strings.TrimSpace(line), "require "))
		if len(f) >= 2 && strings.HasPrefix(f[1], "v") {
			pins[f[0]] = f[1]
		}
	}
	return moduleSet{root: root(t), cache: strings.TrimSpace(string(out)), pins: pins}
}

func (m moduleSet) dir(t *testing.T, path string) string {
	if own, ok := strings.CutPrefix(path, module); ok {
		return filepath.Join(m.root, own)
	}
	for mod := path; mod != "."; mod = filepath.ToSlash(filepath.Dir(mod)) {
		if version, ok := m.pins[mod]; ok {
			return filepath.Join(m.cache, escape(mod)+"@"+version, strings.TrimPrefix(path, mod))
		}
	}
	t.Fatalf("%s belongs to no module of go.mod", path)
	return ""
}

// escape writes a module path as the module cache does: an upper letter as '!' and the lower one.
func escape(path string) string {
	var b strings.Builder
	for _, r := range path {
		if r >= 'A' && r <= 'Z' {
			b.WriteByte('!')
			r += 'a' - 'A'
		}
		b.WriteRune(r)
	}
	return b.String()
}

func keys(m map[string][]string) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	return out
}
