package syntax

import (
	"slices"
	"strings"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// Which bracket of a chunk is missing or too much is found by trying: of a few changes of one token, those that the
// brackets, the lines and the place where the grammar gives up suggest, the one counts with which the grammar comes
// furthest. A `{` is missing where one can stand and then all that follows makes sense.

// fault is what is wrong with the brackets of a chunk, and the change that mends it.
type fault struct {
	source.Diagnostic
	change
	exactly string // the mend if the chunk is well with the change, and "" if it is the same as else
}

// change is a bracket that is put before a token or in its place, or, without text, a token that is taken away.
type change struct {
	at   int
	text string
	over bool
}

// readUnmatched parses the chunk at hand, whose brackets do not match, as what it is meant to be, and reports what is
// wrong. Only braces are trusted to be where they were meant: for them the lines speak.
func (p *parser) readUnmatched(m *machine, name string, use func(rule)) (done bool) {
	p.chunk.broken = true
	if p.lexerSpoke("FLV0004") {
		return false // a text without its end has swallowed brackets
	}
	f, whole := p.fault(m, name)
	if whole && (f.text == "{" || f.text == "}" || f.text == "" && (p.toks[f.at].is("{") || p.toks[f.at].is("}"))) {
		return p.readMended(m, name, f, use)
	}
	p.report(f.Diagnostic)
	return false
}

// readMended reports what is wrong with the chunk at hand and parses it with the change that mends it.
func (p *parser) readMended(m *machine, name string, f fault, use func(rule)) (done bool) {
	p.report(f.Diagnostic)
	toks, chunk := p.toks, p.chunk
	p.toks, p.chunk = p.changed(f.change)
	r := m.parse(p, name)
	if r != nil {
		use(r)
	}
	p.toks, p.chunk = toks, chunk
	p.chunk.broken = true
	return r != nil
}

// fault finds what is wrong with the brackets of the chunk at hand, and whether it is well if that is mended.
func (p *parser) fault(m *machine, name string) (fault, bool) {
	stuck, said := p.giveUp(m, name)
	open, closing := p.unpaired(p.chunk.start, p.chunk.end)
	var best fault
	var tries []fault
	if len(closing) > 0 {
		best = p.superfluous(closing[0], "closes nothing")
		if stuck < closing[0] {
			best.Diagnostic = said // what is wrong there may have hidden the opening bracket
		}
		tries = p.openings(closing[0], stuck, said)
	}
	if len(open) > 0 {
		at, before := p.leftOpen(p.chunk.start, p.chunk.end, open)
		best = p.unclosed(at, before)
		tries = append(append(tries, best), p.closings(at, stuck, said)...)
	}
	if len(open) > 0 && len(closing) > 0 && open[0] < closing[0] {
		best = p.crossed(open[0], closing[0])
		tries = append([]fault{best}, tries...)
	}
	furthest, fewest := stuck, 0
	for _, f := range tries {
		reach, faults := p.try(m, name, f.change)
		if reach > furthest || reach == furthest && reach > stuck && faults < fewest {
			best, furthest, fewest = f, reach, faults
		}
	}
	whole := furthest > p.chunk.end && fewest == 0
	if whole {
		best.Diagnostic = best.sure()
	} else {
		best.Edits = nil
	}
	return best, whole
}

// sure is the message if all is well with the change.
func (f fault) sure() source.Diagnostic {
	if f.exactly != "" {
		f.Mend = f.exactly
	}
	return f.Diagnostic
}

// giveUp is where the grammar gives up on the chunk at hand, and what it says there.
func (p *parser) giveUp(m *machine, name string) (at int, said source.Diagnostic) {
	reported, chunk := len(p.list), p.chunk
	p.chunk.balanced = false // the first failure counts
	_, err := m.run(p, name)
	at, said = p.stuck(err), p.explain(name, err)
	p.list, p.chunk = p.list[:reported], chunk
	return at, said
}

// try is how far the grammar comes in the chunk at hand with a change, to which token of those there are now or beyond
// all of them, and how many small faults it passes on the way.
func (p *parser) try(m *machine, name string, c change) (reach, faults int) {
	toks, chunk, reported := p.toks, p.chunk, len(p.list)
	p.toks, p.chunk = p.changed(c)
	p.chunk.balanced = false
	r, err := m.run(p, name)
	if err == nil && p.decl(r) == nil { // which finds small faults as well
		p.member(r)
	}
	reach, faults = chunk.end+1, len(p.list)-reported
	if err != nil {
		reach = chunk.start + p.stuck(err)
		if reach > c.at {
			reach += chunk.end - chunk.start - p.chunk.end
		}
	}
	p.toks, p.chunk, p.list = toks, chunk, p.list[:reported]
	return reach, faults
}

// changed is the tokens of the chunk at hand with a change, and the chunk in them.
func (p *parser) changed(c change) ([]Token, chunk) {
	toks := slices.Clone(p.toks[p.chunk.start:c.at])
	rest := c.at
	if c.over {
		rest++
	}
	if c.text != "" {
		toks = append(toks, p.bracketAt(c))
	}
	first := len(toks)
	toks = append(toks, p.toks[rest:p.chunk.end]...)
	if c.over && c.text == "" && first < len(toks) {
		toks[first].First = toks[first].First || p.toks[c.at].First
	}
	end := len(toks)
	return append(toks, Token{Kind: EOF, Span: p.endOfChunk()}), chunk{end: end, balanced: true}
}

// bracketAt is the token that a change makes.
func (p *parser) bracketAt(c change) Token {
	if c.over {
		t := p.toks[c.at]
		t.Kind, t.Text = Op, c.text
		return t
	}
	last := &p.toks[c.at-1]
	return Token{Kind: Op, Text: c.text, Line: last.Line, Span: p.file.Span(last.Span.End, last.Span.End)}
}

// near are the tokens before which a bracket may be missing if the grammar is stuck at one of them: that one, the one
// that is blamed, and a few before, which it took for something else.
func (p *parser) near(stuck int, said source.Diagnostic) []int {
	var places []int
	blamed := stuck
	for blamed < min(stuck+4, p.chunk.end-1) && p.toks[blamed].Span.Start < said.Span.Start {
		blamed++
	}
	for at := blamed; at > max(p.chunk.start, stuck-5); at-- {
		places = append(places, at)
	}
	return places
}

// openings are the ways to mend a closing bracket that closes nothing. Where the grammar takes all that stands before it,
// the opening one is hardly missing.
func (p *parser) openings(closing, stuck int, said source.Diagnostic) []fault {
	opening := partner(p.toks[closing].Text)
	var missing, surplus []fault
	if stuck < closing && p.toks[stuck].Kind == Op {
		missing = append(missing, p.wrongBracket(stuck, opening, said))
	}
	for _, at := range p.near(stuck, said) {
		if at < closing && nesting(&p.toks[at]) >= 0 {
			missing = append(missing, p.openingMissing(at, opening, said))
		}
	}
	for _, at := range []int{p.misplaced(p.chunk.start, p.chunk.end), closing, stuck - 1} {
		if at < p.chunk.end && p.toks[at].is(p.toks[closing].Text) {
			surplus = append(surplus, p.superfluous(at, "closes nothing"))
		}
	}
	if stuck == closing {
		missing, surplus = surplus, missing
	}
	return append(append(missing, surplus...), p.openingMissing(closing, opening, said))
}

// closings are the ways to mend an opening bracket that is not closed, besides what the lines say.
func (p *parser) closings(kind, stuck int, said source.Diagnostic) []fault {
	var tries []fault
	for _, at := range p.near(stuck, said) {
		if open, found := p.innermost(at); found && p.toks[open].Text == p.toks[kind].Text {
			tries = append(tries, p.unclosed(open, at))
		}
	}
	if stuck < p.chunk.end && p.toks[stuck].Text == p.toks[kind].Text {
		tries = append(tries, p.superfluous(stuck, "is one too many"))
	}
	for i := kind + 1; i < p.chunk.end && p.toks[kind].is("("); i++ {
		if p.toks[i].is("creates") || p.toks[i].is("emits") {
			tries = append(tries, p.unclosed(kind, i))
			break
		}
	}
	return append(tries, p.superfluous(kind, "is one too many"))
}

// crossed is the way to mend a closing bracket of the wrong kind.
func (p *parser) crossed(open, closing int) fault {
	t, right := &p.toks[closing], partner(p.toks[open].Text)
	if inner, found := p.innermost(closing); found && p.toks[inner].Text == p.toks[open].Text {
		open = inner
	}
	d := source.New("FLV0005", t.Span, "`%s` is missing before this `%s`", right, t.Text)
	d.Mend = "write `" + right + "`, not `" + t.Text + "`"
	d.Related = []source.Related{{Span: p.toks[open].Span, Message: "opened here"}}
	d.Edits = []source.Edit{{Span: t.Span, Text: right}}
	return fault{d, change{closing, right, true}, ""}
}

// wrongBracket is what is wrong where another token stands in the place of an opening bracket.
func (p *parser) wrongBracket(at int, opening string, said source.Diagnostic) fault {
	t := &p.toks[at]
	if !speaksOf(said, opening) {
		said = source.New("FLV0005", t.Span, "`%s` stands here, and `%s` belongs", t.Text, opening)
	}
	said.Mend = "write `" + opening + "`"
	said.Edits = []source.Edit{{Span: t.Span, Text: opening}}
	return fault{said, change{at, opening, true}, ""}
}

// openingMissing is what is wrong where an opening bracket is missing before a token. The grammar says what it is of,
// unless it took what follows for something else.
func (p *parser) openingMissing(at int, opening string, said source.Diagnostic) fault {
	t, last := &p.toks[at], &p.toks[at-1]
	if !speaksOf(said, opening) {
		said = source.New("FLV0005", t.Span, "`%s` is missing before %s", opening, describe(t))
		if t.First {
			end := p.file.Span(last.Span.End, last.Span.End)
			said = source.New("FLV0005", end, "`%s` is missing at the end of the line", opening)
		}
	}
	said.Mend = "write `" + opening + "`"
	edit := source.Edit{Span: p.file.Span(last.Span.End, last.Span.End), Text: opening}
	switch {
	case opening != "{":
	case t.First:
		edit.Text = " {"
	default:
		edit = source.Edit{Span: p.file.Span(t.Span.Start, t.Span.Start), Text: "{ "}
	}
	said.Edits = []source.Edit{edit}
	return fault{said, change{at, opening, false}, ""}
}

// speaksOf tells whether a message says that an opening bracket is missing.
func speaksOf(d source.Diagnostic, opening string) bool {
	return strings.Contains(d.Message, "needs `"+opening+"` here") || opening == "{" && strings.Contains(d.Message, "in braces")
}

// superfluous is what is wrong with a bracket that ought to go.
func (p *parser) superfluous(at int, why string) fault {
	t := &p.toks[at]
	d := source.New("FLV0005", t.Span, "this `%s` %s", t.Text, why)
	d.Mend = "delete it"
	d.Edits = []source.Edit{{Span: t.Span}}
	return fault{d, change{at: at, over: true}, ""}
}

// unclosed is what is wrong with a bracket that should have been closed before a token.
func (p *parser) unclosed(open, before int) fault {
	t, closing := &p.toks[open], partner(p.toks[open].Text)
	d := source.New("FLV0005", t.Span, "this `%s` is never closed", t.Text)
	d.Mend = "write `" + closing + "` where it ends"
	exactly, next := "", strings.Replace(describe(&p.toks[before]), "a text", "the text", 1)
	switch block := p.toks[open+1].First; {
	case p.toks[before].Kind == EOF:
	case p.toks[before].First && !block:
		exactly = "write `" + closing + "` at the end of the line"
	case p.toks[before].First && !p.toks[before].is("else"):
		exactly = "write `" + closing + "` on a line before " + next
	default:
		exactly = "write `" + closing + "` before " + next
	}
	last := p.toks[before-1].Span
	d.Related = []source.Related{{Span: p.file.Span(last.End, last.End), Message: "it should be closed before here"}}
	d.Edits = []source.Edit{p.closingEdit(open, before)}
	return fault{d, change{before, closing, false}, exactly}
}

// closingEdit writes the closing bracket as the opening one is written: a block's on a line for itself.
func (p *parser) closingEdit(open, before int) source.Edit {
	closing, last := partner(p.toks[open].Text), p.toks[before-1].Span
	at := last.End
	switch {
	case before < p.chunk.end && p.toks[before].is("else"):
		at = p.toks[before].Span.Start
		closing += " "
	case p.toks[open+1].First && (before == p.chunk.end || p.toks[before].First):
		if end := strings.IndexAny(p.file.Text[at:], "\r\n"); end >= 0 {
			at += end
		}
		closing = "\n" + p.indentOf(open) + closing
	case closing == "}":
		closing = " }"
	}
	return source.Edit{Span: p.file.Span(at, at), Text: closing}
}
