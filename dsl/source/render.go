package source

import (
	"fmt"
	"io"
	"strings"
)

// Format says how diagnostics are printed.
type Format int

// The formats.
const (
	// FormatText is for people: the headline, the line with the place underlined, related places, the mend.
	FormatText Format = iota
	// FormatJSON is for programs: one JSON object a line for each diagnostic.
	FormatJSON
	// FormatGitHub is for the log of a workflow on GitHub, which shows each beside the line.
	FormatGitHub
)

// ParseFormat reads "text", "json" or "github".
func ParseFormat(name string) (Format, error) {
	switch name {
	case "text":
		return FormatText, nil
	case "json":
		return FormatJSON, nil
	case "github":
		return FormatGitHub, nil
	}
	return FormatText, fmt.Errorf("unknown format %q: want text, json or github", name)
}

// RenderOptions says how to render. The zero value is plain text.
type RenderOptions struct {
	Format Format
	Color  bool // ANSI colours; of FormatText only
}

// Render prints the list in its order. It gives back what w says.
func Render(w io.Writer, list List, options RenderOptions) error {
	var out strings.Builder
	for _, d := range list {
		switch options.Format {
		case FormatJSON:
			if err := renderJSON(&out, d); err != nil {
				return err
			}
		case FormatGitHub:
			renderGitHub(&out, d)
		default:
			renderText(&out, d, paletteOf(options.Color))
		}
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// palette holds what switches a colour on; all is empty where colours are off.
type palette struct{ bold, error, warning, place, mend, reset string }

func paletteOf(color bool) palette {
	if !color {
		return palette{}
	}
	return palette{
		bold: "\x1b[1m", error: "\x1b[1;31m", warning: "\x1b[1;33m", place: "\x1b[31m", mend: "\x1b[36m", reset: "\x1b[0m",
	}
}

// indent stands before every line that belongs to the headline above it, so that only headlines start with
// a path.
const indent = "    "

func renderText(out *strings.Builder, d Diagnostic, c palette) {
	if !d.Span.IsZero() {
		out.WriteString(c.bold + printable(d.Span.String()) + ": " + c.reset)
	}
	switch {
	case d.Severity == Warning:
		out.WriteString(c.warning + "warning: " + c.reset)
		out.WriteString(c.bold + printable(d.Message) + c.reset)
	default:
		out.WriteString(c.error + printable(d.Message) + c.reset)
	}
	out.WriteString(" [" + string(d.Code) + "]\n")
	writeExcerpt(out, d.Span, indent, c)
	for _, related := range d.Related {
		writeRelated(out, related, c)
	}
	writeMend(out, d.Mend, c)
}

func writeRelated(out *strings.Builder, related Related, c palette) {
	out.WriteString(indent)
	if !related.Span.IsZero() {
		out.WriteString(printable(related.Span.String()) + ": ")
	}
	out.WriteString(printable(related.Message) + "\n")
	writeExcerpt(out, related.Span, indent+indent, c)
}

// writeMend prints the mend, each line of it on its own: what it says to paste can be pasted.
func writeMend(out *strings.Builder, mend string, c palette) {
	mend = strings.TrimRight(mend, "\n")
	if mend == "" {
		return
	}
	for i, line := range strings.Split(mend, "\n") {
		switch {
		case i == 0:
			out.WriteString(indent + c.mend + "fix: " + printable(line) + c.reset + "\n")
		case line == "":
			out.WriteString("\n")
		default:
			out.WriteString(indent + indent + c.mend + printable(line) + c.reset + "\n")
		}
	}
}
