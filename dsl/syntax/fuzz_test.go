package syntax

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// FuzzParse holds of any text: the parser ends without a panic, every place is within the file, the tokens and
// what is between them are the file, and a tree without errors is whole.
func FuzzParse(f *testing.F) {
	for _, text := range seeds(f) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) { checkParse(t, text) })
}

// seeds are all texts that the other tests have.
func seeds(t testing.TB) []string {
	t.Helper()
	var texts []string
	paths, err := filepath.Glob("testdata/*.fluv")
	require.NoError(t, err)
	for _, path := range paths {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		texts = append(texts, string(text))
	}
	for _, file := range wrongFiles(t) {
		texts = append(texts, file.programs...)
	}
	for _, c := range exprCases {
		texts = append(texts, "domain a\naggregate A {\n    invariant "+c.text+"\n}\n")
	}
	for _, info := range source.Codes() {
		texts = append(texts, info.Wrong, info.Right)
	}
	return texts
}

// TestCutTextsParse runs what FuzzParse checks over every prefix of the shop, and over the shop with each of its
// bytes replaced by one that hurts.
func TestCutTextsParse(t *testing.T) {
	text, err := os.ReadFile("testdata/shop.fluv")
	require.NoError(t, err)
	step := 7
	if testing.Short() {
		step = 71
	}
	for i := 0; i < len(text); i += step {
		checkParse(t, string(text[:i]))
		checkParse(t, string(text[i:]))
		checkParse(t, string(text[:i])+string("{}()\"`@?=:/\x00\xff"[i%13])+string(text[i+1:]))
	}
}

func checkParse(t *testing.T, text string) {
	t.Helper()
	f := source.NewFile("fuzz.fluv", text)
	file, list := Parse(f)
	for _, d := range list {
		requireWithin(t, f, d.Span)
		for _, e := range d.Edits {
			requireWithin(t, f, e.Span)
		}
		for _, r := range d.Related {
			requireWithin(t, f, r.Span)
		}
		_, known := source.Lookup(d.Code)
		require.True(t, known, d.Code)
		require.NotEmpty(t, d.Message)
	}
	if !list.HasErrors() {
		require.False(t, file.Broken)
		require.NotNil(t, file.Domain)
	}
	requireSpans(t, f, reflect.ValueOf(file))
	requireTokens(t, f)
}

func requireWithin(t *testing.T, f *source.File, s source.Span) {
	t.Helper()
	require.Same(t, f, s.File)
	require.True(t, 0 <= s.Start && s.Start <= s.End && s.End <= len(f.Text), "%v in %d bytes", s, len(f.Text))
}

// requireTokens checks that only white space is between the tokens.
func requireTokens(t *testing.T, f *source.File) {
	t.Helper()
	var whole strings.Builder
	end := 0
	for _, token := range Tokens(f) {
		requireWithin(t, f, token.Span)
		require.LessOrEqual(t, end, token.Span.Start)
		gap := f.Text[end:token.Span.Start]
		require.Empty(t, strings.Trim(strings.TrimPrefix(gap, byteOrderMark), " \t\r\n"), "%q is in no token", gap)
		require.NotEmpty(t, token.Span.Text())
		whole.WriteString(gap + token.Span.Text())
		end = token.Span.End
	}
	rest := f.Text[end:]
	require.Empty(t, strings.Trim(strings.TrimPrefix(rest, byteOrderMark), " \t\r\n"))
	require.Equal(t, f.Text, whole.String()+rest)
}

// requireSpans walks a tree: every span is within the file, and nothing that must be there is missing.
func requireSpans(t *testing.T, f *source.File, v reflect.Value) {
	t.Helper()
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() || v.Type() == reflect.TypeFor[*source.File]() {
			return
		}
		requireSpans(t, f, v.Elem())
	case reflect.Slice:
		for i := range v.Len() {
			require.False(t, v.Index(i).Kind() == reflect.Interface && v.Index(i).IsNil(), "a hole in %s", v.Type())
			requireSpans(t, f, v.Index(i))
		}
	case reflect.Struct:
		if span, ok := v.Interface().(source.Span); ok {
			requireWithin(t, f, span)
			return
		}
		if !strings.Contains(v.Type().PkgPath(), "dsl/syntax") {
			return
		}
		for i := range v.NumField() {
			requireSpans(t, f, v.Field(i))
		}
	}
}
