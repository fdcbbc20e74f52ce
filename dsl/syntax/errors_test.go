package syntax

import (
	"cmp"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// wrongFile is a file of testdata/errors: programs between lines of ---, with what is said of a line behind
// // want on it. What is printed for all of them, mends too, is the golden file beside it.
type wrongFile struct {
	path     string
	programs []string
}

func wrongFiles(t testing.TB) []wrongFile {
	t.Helper()
	paths, err := filepath.Glob("testdata/errors/*.fluv")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	var files []wrongFile
	for _, path := range paths {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		files = append(files, wrongFile{path, strings.Split(string(text), "---\n")})
	}
	return files
}

var wanting = regexp.MustCompile(`// want (.*)$`)

// TestErrorsAreSaidWhereTheyAre checks that each error is reported on its line, and no other.
func TestErrorsAreSaidWhereTheyAre(t *testing.T) {
	for _, file := range wrongFiles(t) {
		t.Run(filepath.Base(file.path), func(t *testing.T) {
			var all strings.Builder
			for _, program := range file.programs {
				f := source.NewFile("wrong.fluv", program)
				_, list := Parse(f)
				checkWants(t, f, list)
				all.WriteString(rendered(t, list) + "---\n")
			}
			golden(t, strings.TrimSuffix(file.path, ".fluv")+".txt", all.String())
		})
	}
}

func checkWants(t *testing.T, f *source.File, list source.List) {
	t.Helper()
	got := make(map[int][]string)
	for _, d := range list {
		line := d.Span.Position().Line
		got[line] = append(got[line], d.Message)
		_, known := source.Lookup(d.Code)
		assert.True(t, known, "%s is not registered", d.Code)
	}
	for line := 1; line <= f.Lines(); line++ {
		want := wantsOf(t, f.Line(line))
		if !assert.Len(t, got[line], len(want), "%s\nsaid: %q", f.Line(line), got[line]) {
			continue
		}
		for i := range want {
			assert.Contains(t, got[line][i], want[i], f.Line(line))
		}
	}
}

func wantsOf(t *testing.T, line string) []string {
	t.Helper()
	match := wanting.FindStringSubmatch(line)
	if match == nil {
		return nil
	}
	var want []string
	for rest := match[1]; rest != ""; rest = strings.TrimLeft(rest, " ") {
		quoted, err := strconv.QuotedPrefix(rest)
		require.NoError(t, err, line)
		text, err := strconv.Unquote(quoted)
		require.NoError(t, err, line)
		want, rest = append(want, text), rest[len(quoted):]
	}
	return want
}

// TestEditsMendWhatTheyAreAbout applies the edits of programs of which every error has one: nothing is left to
// be said then.
func TestEditsMendWhatTheyAreAbout(t *testing.T) {
	mended := 0
	for _, file := range wrongFiles(t) {
		for _, program := range file.programs {
			for _, line := range editable(program) {
				text, left := line, source.List(nil)
				for range 3 { // some errors hide others of their declaration
					_, list := Parse(source.NewFile("wrong.fluv", text))
					text = apply(text, list)
					_, left = Parse(source.NewFile("mended.fluv", text))
				}
				assert.Empty(t, left, "%s\nbecame %s", line, text)
				mended++
			}
		}
	}
	assert.Greater(t, mended, 20)
}

// editable are the members and declarations of one line of which every error can be mended, each in a file for
// itself.
func editable(program string) []string {
	var found []string
	for _, line := range strings.Split(program, "\n") {
		line = wanting.ReplaceAllString(line, "")
		for _, text := range []string{"domain a\n" + line + "\n", "domain a\naggregate A {\n" + line + "\n}\n"} {
			_, list := Parse(source.NewFile("wrong.fluv", text))
			if len(list) > 0 && !slices.ContainsFunc(list, func(d source.Diagnostic) bool { return len(d.Edits) == 0 }) {
				found = append(found, text)
			}
		}
	}
	return found
}

// apply makes all edits, from the end to the start.
func apply(text string, list source.List) string {
	var edits []source.Edit
	for _, d := range list {
		edits = append(edits, d.Edits...)
	}
	slices.SortFunc(edits, func(a, b source.Edit) int { return cmp.Compare(b.Span.Start, a.Span.Start) })
	for _, e := range edits {
		text = text[:e.Span.Start] + e.Text + text[e.Span.End:]
	}
	return text
}
