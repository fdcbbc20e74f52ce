package syntax

import (
	"slices"
	"strings"
)

// Where brackets match, nothing here is asked. Where they do not, brackets alone only tell that one is missing, and
// blame the wrong one most of the time: the `}` that a block lacks is taken from the block around it. The lines tell
// more, if they are indented: what stands left of the inside of a block is behind it.

// matched tells whether each bracket from start to before end has its partner.
func (p *parser) matched(start, end int) bool {
	var open []int
	for i := start; i < end; i++ {
		t := &p.toks[i]
		switch nesting(t) {
		case 1:
			open = append(open, i)
		case -1:
			if len(open) == 0 || partner(t.Text) != p.toks[open[len(open)-1]].Text {
				return false
			}
			open = open[:len(open)-1]
		}
	}
	return len(open) == 0
}

// unpaired are the brackets from start to before end that have no partner: the opening ones, the innermost first, and
// the closing ones. A bracket of another kind between two partners is without its own.
func (p *parser) unpaired(start, end int) (open, closing []int) {
	balance, standing := p.balance(start, end), map[string]int{}
	var stack []int
	pop := func() int {
		top := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		standing[p.toks[top].Text]--
		return top
	}
	for i := start; i < end; i++ {
		t := &p.toks[i]
		switch nesting(t) {
		case 1:
			stack = append(stack, i)
			standing[t.Text]++
		case -1:
			want := partner(t.Text)
			if standing[want] == 0 {
				closing = append(closing, i)
				continue
			}
			if top := p.toks[stack[len(stack)-1]].Text; top != want && balance[top] <= 0 && balance[want] < 0 {
				closing = append(closing, i)
				continue
			}
			for p.toks[stack[len(stack)-1]].Text != want {
				open = append(open, pop())
			}
			pop()
		}
	}
	slices.Reverse(stack)
	return append(open, stack...), closing
}

// balance is how many more brackets of each kind are opened than closed, by the opening one.
func (p *parser) balance(start, end int) map[string]int {
	count := map[string]int{}
	for i := start; i < end; i++ {
		switch t := &p.toks[i]; nesting(t) {
		case 1:
			count[t.Text]++
		case -1:
			count[partner(t.Text)]--
		}
	}
	return count
}

// opened is a bracket that stands open, and the column in which its line begins.
type opened struct{ at, base int }

// leftOpen is which of the brackets from start to before end is not closed, of which open are those that have no
// partner by brackets alone; and before which token it should have been.
func (p *parser) leftOpen(start, end int, open []int) (at, before int) {
	lacks := map[string]bool{}
	for _, i := range open {
		lacks[p.toks[i].Text] = true
	}
	var stack []opened
	lines := map[int]int{} // how many brackets stand open on lines that begin in that column
	base := p.column(start)
	for i := start; i < end; i++ {
		t := &p.toks[i]
		if i > start && t.First {
			base = p.column(i)
		}
		if len(stack) > 0 {
			top := stack[len(stack)-1]
			crossed := nesting(t) < 0 && partner(t.Text) != p.toks[top.at].Text
			if lacks[p.toks[top.at].Text] && (crossed || t.First && p.isBehind(i, top, lines)) {
				return top.at, i
			}
			if crossed {
				continue
			}
		}
		switch nesting(t) {
		case 1:
			stack = append(stack, opened{i, base})
			lines[base]++
		case -1:
			if len(stack) > 0 {
				lines[stack[len(stack)-1].base]--
				stack = stack[:len(stack)-1]
			}
		}
	}
	return open[0], end
}

// isBehind tells whether the line that begins at i shows that the bracket has ended before, where lines says in which
// columns brackets stand open. Where what is in a block is not indented, lines tell nothing.
func (p *parser) isBehind(i int, o opened, lines map[int]int) bool {
	column := p.column(i)
	switch {
	case nesting(&p.toks[i]) < 0:
		return column < o.base && lines[column] > 0
	case p.toks[i].is("else") && p.toks[o.at+1].First:
		return column < p.column(o.at+1)
	case column > o.base:
		return false
	case p.toks[o.at+1].First:
		return p.column(o.at+1) > o.base
	}
	return !p.goesOn(i, o)
}

// goesOn tells whether the line at i goes on with the one before, in the bracket.
func (p *parser) goesOn(i int, o opened) bool {
	t, last := &p.toks[i], &p.toks[i-1]
	switch {
	case last.Kind == Op && nesting(last) >= 0 && !last.is("?"), t.Kind == Op && !t.is("..."):
		return true
	case t.is("else"):
		return !p.toks[o.at].is("{")
	}
	return t.is("in") || t.is("matches") || t.is("with")
}

// innermost is the bracket of the chunk at hand in which the token at i stands.
func (p *parser) innermost(i int) (open int, found bool) {
	for depth := 0; i > p.chunk.start; {
		i--
		if depth -= nesting(&p.toks[i]); depth < 0 {
			return i, true
		}
	}
	return 0, false
}

// misplaced is the first closing bracket from start to before end that does not stand where its block ends: right of
// the line that began it, or behind something on a line. It is end if there is none.
func (p *parser) misplaced(start, end int) int {
	var stack []opened
	base := p.column(start)
	for i := start; i < end; i++ {
		t := &p.toks[i]
		if i > start && t.First {
			base = p.column(i)
		}
		switch nesting(t) {
		case 1:
			stack = append(stack, opened{i, base})
		case -1:
			if len(stack) == 0 {
				return end
			}
			o := stack[len(stack)-1]
			if t.First && base > o.base || !t.First && i > o.at+1 && p.toks[o.at+1].First {
				return i
			}
			stack = stack[:len(stack)-1]
		}
	}
	return end
}

// indentOf is the white space before the line of the token at i.
func (p *parser) indentOf(i int) string {
	text := p.file.Text[:p.toks[i].Span.Start]
	line := text[strings.LastIndexByte(text, '\n')+1:]
	return line[:len(line)-len(strings.TrimLeft(line, " \t"))]
}

func partner(bracket string) string {
	switch bracket {
	case "(":
		return ")"
	case "[":
		return "]"
	case "{":
		return "}"
	case ")":
		return "("
	case "]":
		return "["
	}
	return "{"
}
