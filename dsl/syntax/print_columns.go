package syntax

import (
	"bytes"
	"unicode/utf8"
)

// cell is one part of a line, and the column that it fills.
type cell struct {
	there bool
	text  []byte
	width int // of the text
	fill  int // how many spaces are needed behind it, so that all of its column end together
}

// The cells of a line: each is there if something stands behind it.
const (
	cellName  = iota // of a field or an entry
	cellType         // of a field with a default
	cellWhole        // all but the comment
	cells
)

// row is a line in cells. Rest is what stands behind those that are there.
type row struct {
	cells [cells]cell
	rest  []byte
}

func (p *printer) row(l *printed) (r row) {
	from := l.start
	take := func(which, end int) {
		if end == 0 || l.alone {
			return
		}
		text := bytes.TrimRight(p.text[from:end], " ")
		r.cells[which] = cell{there: true, text: text, width: utf8.RuneCount(text)}
		from = end
	}
	take(cellName, l.first)
	take(cellType, l.second)
	take(cellWhole, l.comment)
	r.rest = p.text[from:l.end]
	return r
}

// align fills one column. It goes over lines that follow each other in one block, without a blank line.
func align(lines []printed, rows []row, which int) {
	for i := 0; i < len(rows); {
		end, widest := i, 0
		for end < len(rows) && rows[end].cells[which].there &&
			(end == i || lines[end].block == lines[i].block && !lines[end].blank) {
			widest = max(widest, rows[end].before(which)+rows[end].cells[which].width)
			end++
		}
		for k := i; k < end; k++ {
			c := &rows[k].cells[which]
			c.fill = widest - rows[k].before(which) - c.width
		}
		i = max(end, i+1)
	}
}

// before is the width of all cells before one.
func (r *row) before(which int) (width int) {
	for i := range which {
		if c := &r.cells[i]; c.there {
			width += c.width + c.fill + 1
		}
	}
	return width
}

const spaces = "                                                                                                    "

func pad(out []byte, n int) []byte {
	for ; n > len(spaces); n -= len(spaces) {
		out = append(out, spaces...)
	}
	return append(out, spaces[:n]...)
}

// output writes the lines, in columns.
func (p *printer) output(size int) []byte {
	out := make([]byte, 0, size+size/8+16)
	rows := make([]row, len(p.lines))
	for i := range rows {
		rows[i] = p.row(&p.lines[i])
	}
	for which := range cells {
		align(p.lines, rows, which)
	}
	for i := range rows {
		if p.lines[i].blank {
			out = append(out, '\n')
		}
		out = pad(out, p.lines[i].indent*indentWidth)
		for k := range rows[i].cells {
			if c := &rows[i].cells[k]; c.there {
				out = pad(append(out, c.text...), c.fill+1)
			}
		}
		out = append(append(out, rows[i].rest...), '\n')
	}
	return out
}
