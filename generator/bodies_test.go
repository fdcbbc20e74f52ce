package generator

import (
	"bytes"
	"fmt"
	"go/format"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dave/jennifer/jen"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/fluvius-io/fluvius-go/dsl/check"
	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// TestBodies shows the Go that each piece of a domain becomes: an archive for each domain in testdata/bodies, whose
// first file is the domain. FLUV_UPDATE=1 writes the others anew.
func TestBodies(t *testing.T) {
	paths, err := filepath.Glob("testdata/bodies/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			require.NoError(t, err)
			got := txtar.Format(&txtar.Archive{Comment: archive.Comment, Files: bodiesOf(t, archive.Files[0])})
			if os.Getenv("FLUV_UPDATE") == "1" {
				require.NoError(t, os.WriteFile(path, got, 0o600))
				return
			}
			want, err := os.ReadFile(path)
			require.NoError(t, err)
			require.Equal(t, string(want), string(got), "run with FLUV_UPDATE=1 to take the new bodies")
		})
	}
}

// TestNestedChoicesStayReadable nests what is computed only where it is needed. Made twice at each level, as it was
// once, the work for a line like these would take years.
func TestNestedChoicesStayReadable(t *testing.T) {
	const levels = 40
	nested, chain := "v", ""
	for i := range levels {
		nested = fmt.Sprintf(`(state.m["a"] ?? %s / 2)`, nested)
		chain += fmt.Sprintf(`state.m["k%d"] ?? `, i)
	}
	d := checked(t, "deep.fluv", fmt.Sprintf(`domain deep
aggregate Deep {
    state { m map[string]int }
    event made { v int, w int }
    apply made { m["v"] = event.v + event.w }
    action Make(v int) creates made {
        emit made { v: %s, w: %s (10 / v) }
    }
}`, nested, chain))
	files, err := Generate(d, Options{})
	require.NoError(t, err)
	for _, f := range files {
		for line := range strings.SplitSeq(string(f.Content), "\n") {
			if strings.Contains(line, "k39") {
				require.Equal(t, 2, strings.Count(line, "\t"), "a link of a chain stands in the others: %s", line)
				return
			}
		}
	}
	t.Fatal("the chain is not in the files")
}

func bodiesOf(t *testing.T, domain txtar.File) []txtar.File {
	t.Helper()
	p, err := newPlan(checked(t, domain.Name, string(domain.Data)), Options{})
	require.NoError(t, err)
	files := []txtar.File{domain}
	show := func(name string, body []jen.Code) {
		files = append(files, txtar.File{Name: name, Data: []byte(goOf(t, body))})
	}
	for _, s := range p.domain.Scalars {
		if s.Where != nil {
			show("type "+s.Name+" where "+s.WhereText, p.whereBody(s))
		}
	}
	for _, a := range p.domain.Aggregates {
		showAggregate(p, a, show)
	}
	return files
}

func showAggregate(p *plan, a *model.Aggregate, show func(string, []jen.Code)) {
	for _, d := range a.Derived {
		one := *a
		one.Derived = []*model.Derived{d}
		show(strings.Join(strings.Fields(d.Value.Where().Text()), " "), p.deriveBody(&one))
	}
	for _, e := range a.Events {
		if len(e.Apply) > 0 {
			show("apply "+e.Key, p.foldBody(e).stmts)
		}
		for _, v := range e.Versions {
			if v.Upcast != nil && v.Upcast.To != nil && !v.Upcast.ByHand {
				show("upcast "+v.GoName, p.upcastBody(v.Upcast))
			}
		}
	}
	for _, c := range a.Actions {
		if !c.ByHand {
			show("action "+c.Name, p.decideBody(c))
		}
	}
	if len(a.Invariants) > 0 {
		show("invariants", p.invariantBody(a))
	}
	for _, e := range a.Errors {
		show("error "+e.Name, p.errorBody(e))
	}
}

// goOf is a body as it would stand in a file, without its function around it.
func goOf(t *testing.T, body []jen.Code) string {
	t.Helper()
	f := jen.NewFile("x")
	f.NoFormat = true
	f.ImportAlias(runtimePath, "fluvius")
	f.ImportName(valuePath, "value")
	f.ImportName(decimalsPath, "decimals")
	f.ImportName(decimalPath, "decimal")
	f.Func().Id("f").Params().Block(body...)
	var raw bytes.Buffer
	require.NoError(t, f.Render(&raw))
	text, err := format.Source(raw.Bytes())
	require.NoError(t, err, "%s", raw.String())
	_, inside, _ := strings.Cut(string(text), "func f() {\n")
	lines := strings.Split(strings.TrimSuffix(inside, "}\n"), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimPrefix(line, "\t")
	}
	return strings.Join(lines, "\n")
}

func checked(t *testing.T, name, text string) *model.Domain {
	t.Helper()
	tree, found := syntax.Parse(source.NewFile(name, text))
	d, more := check.Check([]*syntax.File{tree}, nil)
	for _, diagnostic := range append(found, more...) {
		require.NotEqual(t, source.Error, diagnostic.Severity, "%s: %s", diagnostic.Span, diagnostic.Message)
	}
	require.NotNil(t, d)
	return d
}
