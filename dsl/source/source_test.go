package source

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPositions(t *testing.T) {
	f := NewFile(`dir\shop.fluv`, "\uFEFFone\r\nzwei ä\n\nend")
	for _, c := range []struct {
		offset, line, column int
	}{{-5, 1, 1}, {0, 1, 1}, {3, 1, 1}, {4, 1, 2}, {8, 2, 1}, {13, 2, 6}, {15, 2, 8}, {16, 3, 1}, {17, 4, 1}, {20, 4, 4}, {999, 4, 4}} {
		require.Equal(t, Position{c.line, c.column}, f.Position(c.offset), "offset %d", c.offset)
	}
	require.Equal(t, []string{"one", "zwei ä", "", "end", "", ""},
		[]string{f.Line(1), f.Line(2), f.Line(3), f.Line(4), f.Line(5), f.Line(0)})
	require.Equal(t, 4, f.Lines())
	require.Equal(t, 1, NewFile("x", "").Lines())
}

func TestSpans(t *testing.T) {
	f := NewFile("shop.fluv", "domain shop\naggregate User {}\n")
	s := f.Span(12, 21)
	require.Equal(t, "aggregate", s.Text())
	require.Equal(t, "shop.fluv:2:1", s.String())
	require.Equal(t, Position{2, 10}, s.EndPosition())
	require.Equal(t, "aggregate User", s.To(f.Span(22, 26)).Text())
	require.Empty(t, f.Span(50, 2).Text(), "a span outside of the file is empty, not a panic")
	require.True(t, Span{}.IsZero())
	require.Equal(t, "-", Span{}.String())
	require.Equal(t, Position{}, Span{}.Position())
	require.Equal(t, Position{}, Span{}.EndPosition())
	require.Empty(t, Span{}.Text())
}

// sample is one of everything that a message may have.
func sample() (List, *File) {
	f := NewFile("shop.fluv", "domain shop\n\taggregat User {}\nété 世界 x\n"+strings.Repeat("long ", 60)+"\n")
	list := List{
		New("FLV0050", f.Span(13, 21), "`aggregat` cannot begin a declaration"),
		New("FLV0300", f.Span(strings.Index(f.Text, "x\n"), strings.Index(f.Text, "x\n")+1), "a %s place", "wide"),
		New("FLV0050", f.Span(strings.Index(f.Text, "long")+200, strings.Index(f.Text, "long")+204), "in a long line"),
		New("FLV0050", f.Span(len(f.Text), len(f.Text)), "at the end"),
		New("FLV0400", Span{}, "about no place"),
		New("FLV0050", f.Span(0, 0), "an empty place, \x1b[31mcoloured by nobody\x07"),
	}
	list[0].Mend = "write `aggregate`\nlike this:\n\n    aggregate User {}\n"
	list[0].Related = []Related{{f.Span(0, 6), "declared here"}, {Span{}, "and nowhere"}}
	list[0].Edits = []Edit{{f.Span(13, 21), "aggregate"}}
	return list, f
}

// TestRenderGolden: the three formats, byte for byte; FLUV_UPDATE=1 rewrites them.
func TestRenderGolden(t *testing.T) {
	list, _ := sample()
	for name, options := range map[string]RenderOptions{
		"text": {}, "color": {Color: true}, "json": {Format: FormatJSON}, "github": {Format: FormatGitHub},
	} {
		var out strings.Builder
		require.NoError(t, Render(&out, list, options))
		path := filepath.Join("testdata", name+".golden")
		if os.Getenv("FLUV_UPDATE") == "1" {
			require.NoError(t, os.MkdirAll("testdata", 0o755))
			require.NoError(t, os.WriteFile(path, []byte(out.String()), 0o644))
		}
		want, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Equal(t, string(want), out.String(), name)
		if name == "json" {
			for line := range strings.Lines(out.String()) {
				require.True(t, json.Valid([]byte(line)), line)
			}
		}
		if name == "text" {
			require.NotContains(t, out.String(), "\x1b", "a message cannot move the cursor")
		}
	}
}

// failing is a writer on a full disk.
type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errors.New("full") }

func TestRenderSaysWhatTheWriterSays(t *testing.T) {
	list, _ := sample()
	require.EqualError(t, Render(failing{}, list, RenderOptions{}), "full")
}

func TestLists(t *testing.T) {
	list, f := sample()
	list.Add(list[0], New("FLV0300", NewFile("a.fluv", "x").Span(0, 1), "first"))
	list.Sort()
	kept := list.Dedup()
	require.Len(t, kept, 7, "what says the same of the same place is told once")
	require.Equal(t, "about no place", kept[0].Message)
	require.Equal(t, "a.fluv", kept[1].Span.File.Path)
	require.True(t, kept.HasErrors())
	require.ErrorContains(t, kept.Err(), "(and 4 more)")
	require.NoError(t, List{New("FLV0300", f.Span(0, 1), "a warning")}.Err())
	require.Equal(t, "no errors", List(nil).Error())
	require.Equal(t, "shop.fluv:1:1: warning: odd [FLV0300]", New("FLV0300", f.Span(0, 1), "odd").String())
}

func TestFormats(t *testing.T) {
	for name, want := range map[string]Format{"text": FormatText, "json": FormatJSON, "github": FormatGitHub} {
		got, err := ParseFormat(name)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	_, err := ParseFormat("yaml")
	require.EqualError(t, err, `unknown format "yaml": want text, json or github`)
}

func TestNearest(t *testing.T) {
	for _, c := range []struct {
		name, want string
		from       []string
	}{
		{"emial", "email", []string{"name", "email", "phone"}},
		{"Usr", "User", []string{"user", "User"}},
		{"email", "", []string{"email"}},
		{"quantity", "", []string{"name", "x"}},
		{"", "", []string{"a"}},
		{"stat", "state", []string{"", "state", "status"}},
		{"abc", "abb", []string{"abz", "abb"}},
		{"ab", "", []string{"ac"}},
		{"Ad", "Add", []string{"Add", "Remove"}},
	} {
		got, ok := Nearest(c.name, c.from)
		require.Equal(t, c.want, got, c.name)
		require.Equal(t, c.want != "", ok, c.name)
	}
}

func TestCodesAreOrderedAndKnown(t *testing.T) {
	codes := Codes()
	require.NotEmpty(t, codes)
	for i, info := range codes {
		require.Regexp(t, `^FLV\d{4}$`, string(info.Code))
		require.NotEmpty(t, info.Title, info.Code)
		if i > 0 {
			require.Less(t, codes[i-1].Code, info.Code, "a code is given once")
		}
		found, ok := Lookup(info.Code)
		require.True(t, ok)
		require.Equal(t, info, found)
	}
	_, ok := Lookup("FLV9999")
	require.False(t, ok)
}
