package source

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of the excerpt, in columns of a terminal.
const (
	excerptWidth = 110 // of a line before it is shortened
	excerptLead  = 40  // kept before the place where the line is shortened
)

// cell is one character of an excerpt: what is printed for it, and under it.
type cell struct {
	text   string
	under  string
	offset int // of its first byte in the file
	width  int
}

// writeExcerpt prints the line on which span starts, and under it the place: ^ at its first character, ~
// under the rest. A tab stands under a tab, so that both lines move alike whatever a tab is worth.
func writeExcerpt(out *strings.Builder, span Span, prefix string, c palette) {
	if span.File == nil {
		return
	}
	start, end := span.File.lineBounds(span.Position().Line)
	cells := cellsOf(span.File.Text[start:end], start)
	if strings.TrimSpace(span.File.Text[start:end]) == "" && span.Start >= len(span.File.Text) {
		return // the end of the file: there is nothing to show
	}
	cells = append(cells, cell{text: "", under: " ", offset: end, width: 1})
	mark(cells, span)
	line, under := join(shorten(cells))
	out.WriteString(prefix + line + "\n")
	out.WriteString(prefix + c.place + under + c.reset + "\n")
}

// cellsOf cuts a line into characters that a terminal can show: control characters would move the cursor or
// worse, and bytes that are no UTF-8 have no width.
func cellsOf(line string, start int) []cell {
	cells := make([]cell, 0, len(line)+1)
	for i, r := range line {
		one := cell{text: string(r), offset: start + i, width: 1}
		switch {
		case r == '\t':
			one.under = "\t"
			cells = append(cells, one)
			continue
		case unicode.IsControl(r) || r == utf8.RuneError || isInvisible(r):
			one.text = "\uFFFD"
		default:
			one.width = runeWidth(r)
		}
		one.under = strings.Repeat(" ", one.width)
		cells = append(cells, one)
	}
	return cells
}

// mark underlines what span covers. An empty span still gets its ^, also behind the end of the line.
func mark(cells []cell, span Span) {
	marked := false
	for i := range cells {
		last := i == len(cells)-1
		next := cells[i].offset + 1
		if !last {
			next = cells[i+1].offset
		}
		switch {
		case !marked && (span.Start < next || last):
			cells[i].under = "^" + strings.Repeat("~", max(0, cells[i].width-1))
			marked = true
		case marked && cells[i].offset < span.End && !last && cells[i].text != "\t":
			cells[i].under = strings.Repeat("~", cells[i].width)
		}
	}
}

// shorten keeps what is around the first mark of a line that is too long for a terminal.
func shorten(cells []cell) []cell {
	total, place, at := 0, 0, 0
	for i, c := range cells {
		if strings.HasPrefix(c.under, "^") {
			place, at = total, i
		}
		total += c.width
	}
	if total <= excerptWidth {
		return cells
	}
	from := 0
	if place > excerptLead {
		from = back(cells, at, excerptLead)
	}
	to := forward(cells, from, excerptWidth)
	return ellipsis(cells, from, to)
}

// back is the index from which at most width columns lead to the cell at.
func back(cells []cell, at, width int) int {
	for at > 0 && width-cells[at-1].width >= 0 {
		at--
		width -= cells[at].width
	}
	return at
}

// forward is the index behind at most width columns from the cell at.
func forward(cells []cell, at, width int) int {
	for at < len(cells) && width-cells[at].width >= 0 {
		width -= cells[at].width
		at++
	}
	return at
}

// ellipsis is cells[from:to] with … where something was cut off.
func ellipsis(cells []cell, from, to int) []cell {
	cut := cell{text: "…", under: " ", width: 1}
	var kept []cell
	if from > 0 {
		kept = append(kept, cut)
	}
	kept = append(kept, cells[from:to]...)
	if to < len(cells) {
		kept = append(kept, cut)
	}
	return kept
}

func join(cells []cell) (line, under string) {
	var text, marks strings.Builder
	for _, c := range cells {
		text.WriteString(c.text)
		marks.WriteString(c.under)
	}
	return strings.TrimRight(text.String(), " \t"), strings.TrimRight(marks.String(), " \t")
}

// printable is text in which nothing can command a terminal.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' || isInvisible(r) {
			return utf8.RuneError
		}
		return r
	}, text)
}

// isInvisible tells the characters that turn the direction of text: what is shown must be what is there.
func isInvisible(r rune) bool {
	return r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 || r == '\uFEFF'
}
