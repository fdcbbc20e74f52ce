package generator

import (
	"go/format"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/dsl/model"
)

// TestGofmtHasNothingToDo: what is written as gofmt leaves it is that, in every domain here. The random domains of
// internal/difffuzz are looked at where they are compiled.
func TestGofmtHasNothingToDo(t *testing.T) {
	domains := map[string]*model.Domain{"long names": longNames(t)}
	for _, name := range packages {
		domains[name] = loaded(t, name)
	}
	paths, err := filepath.Glob("testdata/domains/*.fluv")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		domains[path] = loadedFrom(t, path, func(path string) (string, error) {
			text, err := os.ReadFile(path)
			return string(text), err
		})
	}
	for name, d := range domains {
		files, err := Generate(d, Options{ImportBase: packagesPath})
		require.NoError(t, err, name)
		for _, f := range files {
			want, err := format.Source(f.Content)
			require.NoError(t, err, "%s: %s", name, f.Name)
			require.Equal(t, string(want), string(f.Content), "%s: %s", name, f.Name)
			assert.NotContains(t, string(f.Content), "settled", "%s: %s", name, f.Name)
		}
	}
}

// longNames is a domain whose functions of one line turn out too long for one.
func longNames(t *testing.T) *model.Domain {
	long := strings.Repeat("AndSoOn", 12)
	text := strings.NewReplacer("LONG", long, "KEY", strings.Repeat("and-so-on-", 12)+"happened").Replace(`
domain long
type LineLONG { name string }
aggregate BasketLONG {
    state { lines []LineLONG, shut bool }
    event KEY { lines []LineLONG, note string? }
    apply KEY { lines = event.lines }
    action OpenLONG(lines []LineLONG, note string?) creates KEY { emit KEY { lines: lines, note: note } }
}
`)
	return loadedFrom(t, "long", func(string) (string, error) { return text, nil })
}

func TestLaidOut(t *testing.T) {
	wide := "func (v *" + strings.Repeat("T", 90) + ") String() string"
	tests := map[string]struct{ raw, want string }{
		"nothing is settled": {"package  p\nvar  x = 1\n", "package p\n\nvar x = 1\n"},
		"it is left as it is": {"package p\n\n" + settledBegin + "var  x = 1" + settledEnd + "\n\nvar  y = 2\n",
			"package p\n\nvar  x = 1\n\nvar y = 2\n"},
		"first, in a row, and last": {
			"package p\n\n" + settledBegin + "type A = int" + settledEnd + "\n\n" + settledBegin + "type B = int" + settledEnd,
			"package p\n\ntype A = int\n\ntype B = int\n"},
		"a function too long for a line": {"package p\n\n" + settledBegin + wide + " { return \"\" }" + settledEnd,
			"package p\n\n" + wide + " {\n\treturn \"\"\n}\n"},
	}
	for name, test := range tests {
		got, err := laidOut([]byte(test.raw))
		require.NoError(t, err, name)
		assert.Equal(t, test.want, string(got), name)
	}
	_, err := laidOut([]byte("package p\n" + settledBegin + "var x" + settledEnd + "\nfunc {"))
	require.ErrorContains(t, err, "   4  func {")
}
