package generator

import (
	"bytes"
	"fmt"
	"go/format"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"
)

// To lay code out as gofmt does takes most of the time of generating, and most of what every domain has is the same
// but for its names. So that is written as gofmt leaves it, in settled declarations, and gofmt is given the rest.
// That nothing of it is left for gofmt to do is tested of all domains there are.

// What stands between these lines is settled. No Go source, and so no text of a domain's, has a zero byte.
const (
	settledBegin = "//\x00settled{\n"
	settledEnd   = "\n//\x00}settled\n"
	settledPlace = "//settled" // what gofmt sees in its place
)

// settled are declarations as gofmt lays them out, but for functions on one line that turn out to be too long for it.
// An empty line, or the file's end, must stand on both sides.
func settled(parts ...any) *jen.Statement {
	return text(slices.Concat([]any{settledBegin}, parts, []any{settledEnd})...)
}

// laidOut is raw as gofmt lays it out. An error, a fault of ours, shows the source with the numbers of its lines.
func laidOut(raw []byte) ([]byte, error) {
	var open bytes.Buffer
	var pieces [][]byte
	for len(raw) > 0 {
		before, rest, found := bytes.Cut(raw, []byte(settledBegin))
		open.Write(before)
		if !found {
			break
		}
		piece, rest, _ := bytes.Cut(rest, []byte(settledEnd))
		if longFunction(piece) {
			open.Write(piece)
		} else {
			open.WriteString(settledPlace)
			pieces = append(pieces, piece)
		}
		open.WriteString("\n")
		raw = rest
	}
	text, err := format.Source(open.Bytes())
	if err != nil {
		return nil, fmt.Errorf("%w\n%s", err, numbered(open.String()))
	}
	var out bytes.Buffer
	for _, piece := range pieces {
		before, rest, _ := bytes.Cut(text, []byte("\n"+settledPlace+"\n"))
		out.Write(before)
		out.WriteString("\n")
		out.Write(piece)
		out.WriteString("\n")
		text = rest
	}
	out.Write(text)
	return out.Bytes(), nil
}

// longFunction tells whether a function stands on one line that gofmt may write on three: it does where more than 100
// characters are between `func` and the closing brace.
func longFunction(text []byte) bool {
	for line := range bytes.Lines(text) {
		for _, rest, found := bytes.Cut(line, []byte("func")); found; _, rest, found = bytes.Cut(rest, []byte("func")) {
			if bytes.IndexByte(rest, '}') > 90 {
				return true
			}
		}
	}
	return false
}

// oneLiners are functions of one line each, below each other: gofmt puts their bodies in a column. Names are ASCII.
func oneLiners(functions [][2]string) string {
	width := 0
	for _, f := range functions {
		width = max(width, len(f[0]))
	}
	lines := make([]string, len(functions))
	for i, f := range functions {
		lines[i] = f[0] + strings.Repeat(" ", width-len(f[0])+1) + f[1]
	}
	return strings.Join(lines, "\n")
}

func numbered(text string) string {
	var b strings.Builder
	for i, line := range strings.Split(text, "\n") {
		fmt.Fprintf(&b, "%4d  %s\n", i+1, line)
	}
	return b.String()
}
