package syntax

import (
	"strings"
	"unicode/utf8"
)

// token prints one token, on the line at hand or on a new one.
func (p *printer) token(i int) {
	t := &p.tokens[i]
	top := &p.frames[len(p.frames)-1]
	if p.endsLine(i, top) {
		p.newLine(i, top)
	} else if p.spaced(i) {
		p.text = append(p.text, ' ')
	}
	line := &p.lines[len(p.lines)-1]
	p.columns(i, line)
	switch nesting(t) {
	case 1:
		p.open(i, line)
	case -1:
		p.frames = p.frames[:len(p.frames)-1]
	}
	text := t.Text
	if t.Kind == Comment {
		text = strings.TrimRight(text, " \t\r")
	}
	if t.Kind == Invalid || t.Kind == RawString {
		line.alone = line.alone || strings.Contains(text, "\n")
	}
	p.text = append(p.text, text...)
	line.end = len(p.text)
}

// columns notes where a column begins, if the token is one of the item that the line begins with.
func (p *printer) columns(i int, line *printed) {
	at := len(p.text)
	switch t := &p.tokens[i]; {
	case t.Kind == Comment && at > line.start:
		line.comment = at
	case !line.item || line.depth != len(p.frames) || at == line.start:
	case p.marks[i]&(markType|markValue) != 0 && line.first == 0:
		line.first = at
	case t.is("=") && line.first > 0 && line.second == 0:
		line.second = at
	}
}

// open begins a bracket. A block of one line that has no room there is broken.
func (p *printer) open(i int, line *printed) {
	block := p.tokens[i].is("{")
	broken := block && p.broken[i]
	if empty := i+1 < len(p.tokens) && nesting(&p.tokens[i+1]) == -1; empty {
		broken = false
	} else if block || p.tokens[i].is("[") && p.marks[i]&markGroup != 0 && p.marks[i+1]&markElement != 0 {
		column := line.indent*indentWidth + utf8.RuneCount(p.text[line.start:])
		broken = broken || !p.broken[i] && !p.fitsHere(i, column)
	}
	p.blocks++
	p.frames = append(p.frames, frame{block: block, broken: broken, indent: line.indent, id: p.blocks})
}

// fitsHere is fits, where the space before the token is printed already.
func (p *printer) fitsHere(i, column int) bool {
	if i > 0 && p.spaced(i) {
		column--
	}
	return p.fits(i, column)
}

// endsLine tells whether a new line begins before the token.
func (p *printer) endsLine(i int, top *frame) bool {
	if i == 0 {
		return true
	}
	t, last := &p.tokens[i], &p.tokens[i-1]
	switch {
	case last.Kind == Comment:
		return true
	case t.Kind == Comment:
		return t.First
	case top.broken && (p.begins(i, top) || nesting(t) == -1 || nesting(last) == 1):
		return true
	}
	return p.gaps[i] > 0 && !p.joins(i) && !(top.block && nesting(t) == -1)
}

// begins tells whether the token begins what has a line of its own in a broken bracket.
func (p *printer) begins(i int, top *frame) bool {
	if top.block {
		return p.marks[i]&markItem != 0
	}
	return p.marks[i]&markElement != 0
}

func (p *printer) newLine(i int, top *frame) {
	t := &p.tokens[i]
	closing := nesting(t) == -1
	line := printed{start: len(p.text), block: top.id, depth: len(p.frames)}
	line.item = top.block && p.marks[i]&markItem != 0
	switch {
	case closing:
		line.indent = max(top.indent, 0)
	case !top.block || p.marks[i]&markItem != 0 || t.Kind == Comment && p.beforeItem(i):
		line.indent = top.indent + 1
	default:
		line.indent = top.indent + 2
	}
	if i > 0 && p.gaps[i] > 1 && !closing {
		last := &p.tokens[i-1]
		item := p.marks[i]&markItem != 0 || t.Kind == Comment || last.Kind == Comment
		line.blank = item && nesting(last) != 1 && !p.behindBracket(i-1)
	}
	p.lines = append(p.lines, line)
}

// behindBracket tells whether a token is the comment behind the bracket that opens a block.
func (p *printer) behindBracket(i int) bool {
	return i > 0 && p.tokens[i].Kind == Comment && !p.tokens[i].First && nesting(&p.tokens[i-1]) == 1
}

// beforeItem tells whether a comment stands between items, rather than within one.
func (p *printer) beforeItem(i int) bool {
	for ; i < len(p.tokens); i++ {
		if p.tokens[i].Kind != Comment {
			return p.marks[i]&markItem != 0 || nesting(&p.tokens[i]) == -1
		}
	}
	return true
}
