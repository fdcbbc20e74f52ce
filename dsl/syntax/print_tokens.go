package syntax

import (
	"strings"
	"unicode/utf8"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// lineWidth is how many columns a block that was written on one line may take and stay there.
const lineWidth = 100

const indentWidth = 4

// printer lays tokens out. Lines end where their author ended them, within a declaration; its own are the ends of
// declarations, members and, in blocks of several lines, fields and statements.
type printer struct {
	tokens []Token
	marks  []mark // of each token
	gaps   []int  // how many line ends are before each token, at most 2
	broken []bool // for an opening bracket: there is a line end before the one that closes it
	width  []int  // of each token in columns

	frames []frame
	text   []byte // of all lines, without indents and alignment
	lines  []printed
	blocks int
}

// frame is a bracket that is open. The first is the file.
type frame struct {
	block  bool // it holds items: its lines are ours, not the author's
	broken bool // each item, or element of a list that has no room on a line, stands on a line of its own
	indent int  // of the line that it was opened on
	id     int
}

// printed is one line. The offsets are in printer.text; 0 for what it does not have.
type printed struct {
	start, end  int
	first       int // the type of a field, or the value of an entry
	second      int // the = of a default
	comment     int // a comment behind something
	indent      int
	block       int
	depth       int
	blank, item bool
	alone       bool // it takes no part in columns
}

// print lays out a file. What has an error must be one token each, of the kind Invalid.
func print(f *source.File, file *File, tokens []Token, list source.List) []byte {
	m := &marker{at: make([]mark, len(f.Text)+1)}
	m.file(file, list)
	p := &printer{
		tokens: tokens, marks: make([]mark, len(tokens)), gaps: make([]int, len(tokens)),
		broken: make([]bool, len(tokens)), width: make([]int, len(tokens)),
		text: make([]byte, 1, len(f.Text)+1), lines: make([]printed, 0, len(tokens)/4+1),
		frames: []frame{{block: true, broken: true, indent: -1}},
	}
	p.measure(m.at)
	for i := range tokens {
		p.token(i)
	}
	return p.output(len(f.Text))
}

// file marks all that is sound.
func (m *marker) file(file *File, list source.List) {
	for _, d := range file.Decls {
		a, ok := d.(*Aggregate)
		if ok || list == nil || !hasError(list, d.Where()) {
			m.decl(d)
		}
		if !ok {
			continue
		}
		for _, member := range a.Members {
			if list == nil || !hasError(list, member.Where()) {
				m.member(member)
			}
		}
	}
}

// measure finds what the layout depends on, besides the tree.
func (p *printer) measure(at []mark) {
	line := 0
	var open []int
	var choices []int // the ? that wait for their colon, by bracket
	choices = append(choices, 0)
	forced := false
	for i := range p.tokens {
		t := &p.tokens[i]
		p.marks[i] = at[t.Span.Start]
		p.width[i] = utf8.RuneCountInString(t.Text)
		p.gaps[i] = min(max(t.Line-line, 0), 2)
		line = t.Line
		if t.Kind == RawString || t.Kind == Invalid {
			line += strings.Count(t.Text, "\n")
		}
		if p.gaps[i] > 0 && len(open) > 0 && !p.joins(i) {
			p.broken[open[len(open)-1]] = true
		}
		forced = (forced || p.marks[i]&markForced != 0) && t.Kind != Invalid
		switch nesting(t) {
		case 1:
			p.broken[i] = forced && t.is("{")
			forced = forced && !t.is("{")
			open, choices = append(open, i), append(choices, 0)
		case -1:
			last := open[len(open)-1]
			open, choices = open[:len(open)-1], choices[:len(choices)-1]
			if p.broken[last] && len(open) > 0 {
				p.broken[open[len(open)-1]] = true
			}
		}
		p.special(i, choices)
	}
}

// special marks what the tree has no places for.
func (p *printer) special(i int, choices []int) {
	t, waiting := &p.tokens[i], &choices[len(choices)-1]
	switch {
	case t.Kind == Invalid, i == 0:
		p.marks[i] |= markItem
	case t.is("?") && p.marks[i]&markTight == 0:
		*waiting++
	case t.is(":") && *waiting > 0:
		*waiting--
		p.marks[i] |= markSpaced
	case t.is(":") && p.tokens[i-1].is("else"):
		p.marks[i-1] |= markItem
	case t.is("if") && p.tokens[i-1].is("else"):
		p.marks[i] &^= markItem
	}
	if t.is("domain") && p.marks[i] == 0 && len(choices) == 1 {
		p.marks[i] |= markItem
	}
}

// joins tells whether a token never begins a line of its own, but behind a comment.
func (p *printer) joins(i int) bool {
	t, last := &p.tokens[i], &p.tokens[i-1]
	switch {
	case t.Kind == Comment || last.Kind == Comment:
		return false
	case t.is("{"):
		return p.marks[i]&(markGroup|markItem) == 0
	case t.is("else"):
		return last.is("}") && p.elseOfBlock(i)
	case t.is("}"):
		return last.is("{")
	}
	return t.is(",")
}

// elseOfBlock tells the else of an if from that of a require and of a match.
func (p *printer) elseOfBlock(i int) bool {
	return i+1 < len(p.tokens) && (p.tokens[i+1].is("{") || p.tokens[i+1].is("if"))
}

// spaced tells whether a space stands before the token, if it is not the first on its line.
func (p *printer) spaced(i int) bool {
	t, last := &p.tokens[i], &p.tokens[i-1]
	if t.Kind == Comment || t.Kind == Invalid || last.Kind == Invalid {
		return true
	}
	if p.marks[i]&markTight != 0 || last.Kind == Op && p.sticks(i-1, last.Text) {
		return false
	}
	if t.Kind != Op {
		return true
	}
	switch t.Text {
	case ",", ")", "]", ".":
		return false
	case "}":
		return last.Text != "{" || last.Kind != Op
	case "@":
		return last.is("->")
	case ":":
		return p.marks[i]&markSpaced != 0
	case "(", "[":
		return p.marks[i]&markGroup != 0
	}
	return true
}

// sticks tells whether no space stands behind an operator.
func (p *printer) sticks(i int, op string) bool {
	switch op {
	case "(", "[", ".", "...", "@", "!":
		return true
	case "-":
		return p.marks[i]&markBinary == 0
	}
	return false
}

// fits tells whether the block that the token opens can stand on the line, which is that wide already.
func (p *printer) fits(i, column int) bool {
	depth := 0
	for ; i < len(p.tokens) && column <= lineWidth; i++ {
		if p.spaced(i) {
			column++
		}
		column += p.width[i]
		if depth += nesting(&p.tokens[i]); depth == 0 {
			return column <= lineWidth
		}
	}
	return false
}
