// Package source says where something is in a user's file, and how we say so: files with byte offsets,
// spans, diagnostics with codes, and their rendering.
package source

import (
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"sync"
)

// byteOrderMark is the UTF-8 form of U+FEFF. It may stand first in a file and is no part of line 1.
const byteOrderMark = "\uFEFF"

// File is one .fluv file as read. It is immutable and safe for concurrent use.
type File struct {
	Path string // as the user gave it, with '/'
	Text string

	once  sync.Once
	lines []int // where each line starts; built on first use, since most runs print no position
}

// NewFile is a file of that text. The path is only shown, never opened.
func NewFile(path, text string) *File {
	return &File{Path: filepath.ToSlash(path), Text: text}
}

// Position is a place as people count: lines and columns from 1, columns in bytes.
type Position struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

// Position is where the byte at offset stands. An offset outside of the file is moved to its nearer end.
func (f *File) Position(offset int) Position {
	lines := f.lineStarts()
	offset = max(0, min(offset, len(f.Text)))
	line := max(0, sort.SearchInts(lines, offset+1)-1)
	return Position{Line: line + 1, Column: max(0, offset-lines[line]) + 1}
}

// Span is the stretch of f from start to end, in bytes, end exclusive.
func (f *File) Span(start, end int) Span { return Span{File: f, Start: start, End: end} }

// Lines is how many lines the file has; an empty file has one.
func (f *File) Lines() int { return len(f.lineStarts()) }

// Line is the text of a line, counted from 1, without its end; "" if there is no such line.
func (f *File) Line(line int) string {
	start, end := f.lineBounds(line)
	return f.Text[start:end]
}

// lineBounds are the offsets between which a line's text stands, without "\n" or "\r\n".
func (f *File) lineBounds(line int) (start, end int) {
	lines := f.lineStarts()
	if line < 1 || line > len(lines) {
		return 0, 0
	}
	start, end = lines[line-1], len(f.Text)
	if line < len(lines) {
		end = lines[line] - 1
	}
	if end > start && f.Text[end-1] == '\r' {
		end--
	}
	return start, end
}

func (f *File) lineStarts() []int {
	f.once.Do(func() {
		f.lines = append(make([]int, 0, 1+strings.Count(f.Text, "\n")), 0)
		if strings.HasPrefix(f.Text, byteOrderMark) {
			f.lines[0] = len(byteOrderMark)
		}
		for i := 0; i < len(f.Text); i++ {
			if f.Text[i] == '\n' {
				f.lines = append(f.lines, i+1)
			}
		}
	})
	return f.lines
}

// Span is a stretch of a file in bytes, Start inclusive, End exclusive. The zero Span is nowhere.
type Span struct {
	File       *File
	Start, End int
}

// IsZero tells whether s is nowhere.
func (s Span) IsZero() bool { return s.File == nil }

// Position is where s starts; the zero Position if s is nowhere.
func (s Span) Position() Position {
	if s.File == nil {
		return Position{}
	}
	return s.File.Position(s.Start)
}

// EndPosition is where s ends: the place of the first byte behind it.
func (s Span) EndPosition() Position {
	if s.File == nil {
		return Position{}
	}
	return s.File.Position(max(s.Start, s.End))
}

// Text is what stands at s.
func (s Span) Text() string {
	if s.File == nil {
		return ""
	}
	start := max(0, min(s.Start, len(s.File.Text)))
	end := max(start, min(s.End, len(s.File.Text)))
	return s.File.Text[start:end]
}

// To is the stretch from the start of s to the end of other, which is in the same file.
func (s Span) To(other Span) Span {
	return Span{File: s.File, Start: s.Start, End: max(s.Start, other.End)}
}

// String is "path:line:col", or "-" for nowhere.
func (s Span) String() string {
	if s.File == nil {
		return "-"
	}
	p := s.Position()
	return s.File.Path + ":" + strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Column)
}
