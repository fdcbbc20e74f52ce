package syntax

import (
	"go/format"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// formatted is a text in the canonical layout.
func formatted(text string) (string, source.List) {
	out, list := Format(source.NewFile("x.fluv", text))
	return string(out), list
}

// checkFormat is what holds of any text: only white space changes, so that tokens, comments and what documents what
// are the same, and a second time changes nothing.
func checkFormat(t *testing.T, text string) {
	t.Helper()
	once, list := formatted(text)
	twice, again := formatted(once)
	require.Equal(t, once, twice, "twice is once, of %q", text)
	require.Len(t, again, len(list))
	before, after := source.NewFile("x.fluv", text), source.NewFile("x.fluv", once)
	require.True(t, sameTokens(Tokens(before), Tokens(after)), "%q became %q", text, once)
	if list.HasErrors() {
		return
	}
	was, _ := Parse(before)
	is, _ := Parse(after)
	require.Equal(t, dump(was), dump(is), "%q became %q", text, once)
	for _, line := range strings.Split(once, "\n") {
		if strings.HasSuffix(line, " ") {
			require.Contains(t, once, "`", "space at the end of a line in %q", once)
		}
	}
}

func FuzzFormat(f *testing.F) {
	for _, text := range seeds(f) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) { checkFormat(t, text) })
}

// TestFormatGoldens lays out the first file of each archive; the second is how it should look. FLUV_UPDATE=1
// rewrites the second.
func TestFormatGoldens(t *testing.T) {
	paths, err := filepath.Glob("testdata/format/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			require.NoError(t, err)
			require.Len(t, archive.Files, 2)
			got, _ := formatted(string(archive.Files[0].Data))
			if os.Getenv("FLUV_UPDATE") == "1" {
				archive.Files[1].Data = []byte(got)
				require.NoError(t, os.WriteFile(path, txtar.Format(archive), 0o644))
			}
			assert.Equal(t, string(archive.Files[1].Data), got)
			checkFormat(t, string(archive.Files[0].Data))
		})
	}
}

// TestFormatAllFiles formats every domain of the repository, those with errors too.
func TestFormatAllFiles(t *testing.T) {
	found := 0
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".fluv" || d.IsDir() {
			return err
		}
		found++
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		checkFormat(t, string(text))
		return nil
	})
	require.NoError(t, err)
	require.Greater(t, found, 20)
}

// TestFormatOfTheExampleIsTheExample holds the canonical layout to the files that users are shown.
func TestFormatOfTheExampleIsTheExample(t *testing.T) {
	for _, path := range []string{"../../examples/domain.fluv", "testdata/shop.fluv"} {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		got, list := formatted(string(text))
		require.Empty(t, list)
		assert.Equal(t, string(text), got, path)
	}
}

// TestFormatOfCutTexts formats the seeds of the fuzz target, and parts of the shop.
func TestFormatOfCutTexts(t *testing.T) {
	for _, text := range seeds(t) {
		checkFormat(t, text)
		checkFormat(t, strings.ReplaceAll(text, "\n", "\r\n"))
	}
	text, err := os.ReadFile("testdata/shop.fluv")
	require.NoError(t, err)
	for i := 0; i < len(text); i += 97 {
		checkFormat(t, string(text[:i]))
		checkFormat(t, string(text[i:]))
		checkFormat(t, string(text[:i])+string("{}()\"`@?=:/\x00\xff"[i%13])+string(text[i+1:]))
		checkFormat(t, string(text[:i])+"\n"+string(text[i:]))
		checkFormat(t, string(text[:i])+" // x\n\n\n"+string(text[i:]))
	}
}

func BenchmarkFormat10000Lines(b *testing.B) {
	f := manyLines(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, list := Format(f); len(list) > 0 {
			b.Fatal(list)
		}
	}
}

// BenchmarkGofmt10000Lines is what Format is measured against.
func BenchmarkGofmt10000Lines(b *testing.B) {
	text, err := os.ReadFile("tree.go")
	require.NoError(b, err)
	_, rest, _ := strings.Cut(string(text), "type File struct")
	var out strings.Builder
	out.WriteString("package syntax\n")
	for strings.Count(out.String(), "\n") < 10_000 {
		out.WriteString("type File struct" + rest)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := format.Source([]byte(out.String())); err != nil {
			b.Fatal(err)
		}
	}
}
