package editors

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

const textMate = "../../editors/textmate/fluv.tmLanguage.json"

// domains are all files of the language that are laid out and have no mistakes.
func domains(t testing.TB) (paths []string) {
	t.Helper()
	for _, pattern := range []string{
		"../../examples/*.fluv", "../../generator/testdata/*/*.fluv", "../../dsl/check/testdata/right/*.fluv",
		"../../dsl/check/testdata/right/*/*.fluv", "../../dsl/syntax/testdata/*.fluv",
	} {
		found, err := filepath.Glob(pattern)
		require.NoError(t, err)
		require.NotEmpty(t, found, pattern)
		paths = append(paths, found...)
	}
	return paths
}

// TestTextMateSeesWhatTheLexerSees highlights those, and the examples of the reference, which have every construct.
func TestTextMateSeesWhatTheLexerSees(t *testing.T) {
	g := readGrammar(t, textMate)
	for _, path := range domains(t) {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		compare(t, g, source.NewFile(strings.TrimPrefix(path, "../../"), string(text)))
	}
	page, err := os.ReadFile("../../docs/language.md")
	require.NoError(t, err)
	examples := strings.Split(string(page), "```fluv\n")[1:]
	require.NotEmpty(t, examples)
	for i, example := range examples {
		text, _, _ := strings.Cut(example, "```")
		compare(t, g, source.NewFile(fmt.Sprintf("docs/language.md/%d", i+1), text))
	}
}

func compare(t *testing.T, g *grammar, file *source.File) {
	t.Helper()
	t.Run(file.Path, func(t *testing.T) {
		tree, list := syntax.Parse(file)
		require.Empty(t, list)
		scopes := g.highlight(file.Text)
		roles := rolesOf(tree)
		for _, token := range syntax.Tokens(file) {
			checkToken(t, token, roles, scopes)
		}
	})
}

// roles are the words of a tree that are no keywords.
type roles struct {
	names map[int]bool // where the words begin that name something
	types []source.Span
}

// rolesOf walks a tree: each Ident in it is a word that names something, and each word in a TypeRef is about a type. What
// is left are the words of the grammar.
func rolesOf(tree *syntax.File) roles {
	r := roles{names: map[int]bool{}}
	r.walk(reflect.ValueOf(tree))
	return r
}

func (r *roles) walk(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			r.walk(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			r.walk(v.Index(i))
		}
	case reflect.Struct:
		r.node(v)
	}
}

func (r *roles) node(v reflect.Value) {
	switch node := v.Interface().(type) {
	case source.Span, source.File:
		return
	case syntax.Ident:
		r.names[node.Span.Start] = true
		return
	case syntax.TypeRef:
		r.types = append(r.types, node.Span)
	case syntax.StructLit:
		r.types = append(r.types, node.Type.Name.Span)
	case syntax.HandlerOption:
		return // start, park and so on are words of the grammar
	}
	for i := range v.NumField() {
		if v.Type().Field(i).IsExported() {
			r.walk(v.Field(i))
		}
	}
}

func (r *roles) isType(at int) bool {
	return slices.ContainsFunc(r.types, func(s source.Span) bool { return s.Start <= at && at < s.End })
}

// checkToken compares the scopes of a token's bytes with what the token is.
func checkToken(t *testing.T, token syntax.Token, r roles, scopes [][]string) {
	t.Helper()
	wants := map[syntax.Kind]string{
		syntax.Comment: "comment.", syntax.String: "string.", syntax.RawString: "string.", syntax.Int: "constant.numeric.",
		syntax.Float: "constant.numeric.", syntax.Duration: "constant.numeric.duration.", syntax.Time: "constant.numeric.time.",
	}
	want, never := wants[token.Kind], ""
	if token.Kind == syntax.Word {
		want, never = wordScopes(token, r)
	}
	for i := token.Span.Start; i < token.Span.End; i++ {
		has := func(prefixes string) bool {
			return slices.ContainsFunc(scopes[i], func(scope string) bool {
				return slices.ContainsFunc(strings.Fields(prefixes), func(p string) bool { return strings.HasPrefix(scope, p) })
			})
		}
		if want != "" && !has(want) || never != "" && has(never) {
			assert.Fail(t, "another scope was expected", "%s: `%s` should have %q and not %q, and has %v",
				token.Span, token.Text, want, never, scopes[i])
			return
		}
	}
}

func wordScopes(token syntax.Token, r roles) (want, never string) {
	switch at := token.Span.Start; {
	case r.isType(at):
		return "support.type. entity.name.type. entity.name.namespace.", "keyword."
	case r.names[at]:
		return "variable. entity.name. support. constant.", "keyword."
	case token.Text == "true" || token.Text == "false" || token.Text == "none":
		return "constant.language.", "keyword."
	}
	return "keyword.", ""
}

// TestTextMateGolden shows the scopes of a whole domain; FLUV_UPDATE=1 rewrites them.
func TestTextMateGolden(t *testing.T) {
	text, err := os.ReadFile("../../examples/domain.fluv")
	require.NoError(t, err)
	scopes := readGrammar(t, textMate).highlight(string(text))
	var out strings.Builder
	at := 0
	for line := range strings.Lines(string(text)) {
		out.WriteString(line)
		for end := at + len(line); at < end; {
			start := at
			for at++; at < end && slices.Equal(scopes[at], scopes[start]); at++ {
			}
			if piece := strings.TrimSpace(string(text[start:at])); piece != "" && len(scopes[start]) > 1 {
				fmt.Fprintf(&out, "  ~ %s  %s\n", piece, strings.Join(scopes[start][1:], " "))
			}
		}
	}
	const golden = "testdata/domain.scopes"
	if os.Getenv("FLUV_UPDATE") == "1" {
		require.NoError(t, os.WriteFile(golden, []byte(out.String()), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), out.String())
}
