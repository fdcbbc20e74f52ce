package syntax

import (
	"slices"
	"strings"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// What people write in expressions who think of other languages.

// wordOperators are the operators that other languages write as words.
var wordOperators = map[string]string{"and": "&&", "or": "||", "is": "==", "equals": "==", "mod": "%"}

// wordFunctions are functions of ours that other languages write as operators.
var wordFunctions = []string{"contains", "starts_with", "ends_with"}

// mistakenOperator is what was meant by `and`, `or`, `=`, `?:` and others where an operator stands; the token itself if
// it is none of them.
func (p *parser) mistakenOperator(t *Token) *Token {
	next := p.ahead(1)
	switch {
	case t.Text == "?":
		if next.is(":") && next.Span.Start == t.Span.End {
			return &Token{Kind: Op, Text: "??", Span: t.Span.To(next.Span)}
		}
		p.questionDot(t)
	case t.Text == "or" && p.requiring && p.errorFollows():
	case t.Text == "is" && next.is("not") && p.operandFollows():
		return &Token{Kind: Op, Text: "!=", Span: t.Span.To(next.Span)}
	case wordOperators[t.Text] != "" && p.operandFollows():
		return &Token{Kind: Op, Text: wordOperators[t.Text], Span: t.Span}
	case slices.Contains(wordFunctions, t.Text) && p.operandFollows():
		p.functionBetween(t)
	case t.Text == "=" && !next.is(">") && !next.is("<"):
		p.doubtful = true
		return &Token{Kind: Op, Text: "==", Span: t.Span}
	case t.Text == "=":
		p.at++
		p.foreignOperator(p.peek())
		p.at--
	case t.Text == "not" && next.is("in") && !t.First:
		p.failf("FLV0022", t.Span.To(next.Span), "write `!(x in y)`", "`not in` is not an operator of the language")
	}
	return t
}

// functionBetween fails on x contains y.
func (p *parser) functionBetween(t *Token) {
	first, left := p.nameBefore()
	p.at++
	right, end := p.textOf(func() Expr { return p.binary(levelCompare + 1) })
	p.at--
	call := t.Text + "(" + left + ", " + right + ")"
	d := source.New("FLV0022", t.Span, "`%s` is a function, not an operator", t.Text)
	d.Mend = "write `" + call + "`"
	if end > 0 && first >= 0 {
		d.Edits = []source.Edit{{Span: p.toks[first].Span.To(p.toks[end-1].Span), Text: call}}
	}
	p.fail(d)
}

// nameBefore is what stands before the token at hand, if it is a name with or without fields: its first token and its
// text; else `x`.
func (p *parser) nameBefore() (first int, text string) {
	first = p.at
	for i := p.at - 1; i > p.chunk.start && p.toks[i].Kind == Word && !reserved[p.toks[i].Text]; i -= 2 {
		first = i
		if !p.toks[i-1].is(".") {
			break
		}
	}
	if first == p.at || !isLowerStart(p.toks[first].Text) {
		return -1, "x"
	}
	return first, p.toks[first].Span.To(p.toks[p.at-1].Span).Text()
}

func isLowerStart(word string) bool { return word[0] >= 'a' && word[0] <= 'z' }

// textOf is the text of what parse reads from the token at hand on, and where it ends; `…` and 0 if it is broken.
// Nothing is reported, and the place stays.
func (p *parser) textOf(parse func() Expr) (text string, end int) {
	from, failure, reported := p.at, p.failure, len(p.list)
	var x Expr
	if p.attempt(func() { x = parse() }) {
		text, end = x.Where().Text(), p.at
	} else {
		text = "…"
	}
	p.at, p.failure, p.list = from, failure, p.list[:reported]
	return text, end
}

// questionDot fails on x?.y.
func (p *parser) questionDot(t *Token) {
	next, field := p.ahead(1), p.ahead(2)
	if !next.is(".") || next.Span.Start != t.Span.End || field.Kind != Word {
		return
	}
	_, x := p.nameBefore()
	p.failf("FLV0022", t.Span.To(next.Span), "write `"+x+" != none ? "+x+"."+field.Text+" : …`, with what is meant for none",
		"`?.` is not an operator of the language")
}

// arrow takes the `->` of x->y, which is read as x.y.
func (p *parser) arrow() bool {
	t, next := p.peek(), p.ahead(1)
	if !t.is("->") || next.Kind != Word || next.Span.Start != t.Span.End {
		return false
	}
	p.mended("FLV0022", t.Span, ".", "`->` is not an operator of the language")
	p.at++
	return true
}

// argName takes the name that other languages write before an argument, and tells whether there is one. Only the first
// of a list is reported.
func (p *parser) argName(open int, reported bool) bool {
	sign := p.ahead(1)
	if !sign.is(":") && !sign.is("=") || p.ahead(2).is("=") || p.peek().Kind != Word || reserved[p.peek().Text] {
		return false
	}
	t := p.peek()
	p.at += 2
	if reported {
		return true
	}
	d := source.New("FLV0001", t.Span.To(sign.Span), "arguments have no names: they stand in the order of the parameters")
	d.Mend = "leave the names out"
	if !p.hasSecond(open) {
		d.Mend = "leave it out"
		d.Edits = []source.Edit{{Span: p.file.Span(t.Span.Start, p.peek().Span.Start), Text: ""}}
	}
	p.report(d)
	return true
}

// hasSecond tells whether a comma stands in the brackets at open, outside of others.
func (p *parser) hasSecond(open int) bool {
	depth := 0
	for i := open; i < p.chunk.end; i++ {
		if depth += nesting(&p.toks[i]); depth == 0 {
			return false
		}
		if depth == 1 && p.toks[i].is(",") {
			return true
		}
	}
	return false
}

// mistakenField is the name of a field that was written in quotes. It takes `...x`, which has no place in a record.
// It is nil if no field follows.
func (p *parser) mistakenField(open int, t *Token) *Token {
	for t.is("...") {
		p.spreadField(open)
		t = p.peek()
	}
	if t.Kind == Word && !reserved[t.Text] {
		return t
	}
	if t.Kind != String || !p.ahead(1).is(":") || !isSnake(inner(t.Text)) {
		return nil
	}
	name := inner(t.Text)
	p.mended("FLV0001", t.Span, name, "the names of fields are written without quotes")
	return &Token{Kind: Word, Text: name, Span: t.Span}
}

// spreadField takes the `...x` in the record that begins at open.
func (p *parser) spreadField(open int) {
	start := p.at
	p.at++
	x := p.expr()
	p.accept(",")
	d := source.New("FLV0001", p.toks[start].Span.To(x.Where()), "`...` stands in an apply alone")
	d.Mend = "write each field, as in `name: " + x.Where().Text() + ".name`"
	if name, ok := x.(*Name); ok && name.Name == "state" && p.toks[max(0, open-2)].is("emit") {
		d.Mend = "leave it out: a field that is not given comes from the state"
		d.Edits = []source.Edit{{Span: p.file.Span(p.toks[start].Span.Start, p.toks[p.at-1].Span.End), Text: ""}}
	}
	p.report(d)
}

// spreadLiteral takes Line { ...line, n: 1 } for line with { n: 1 }. The braces are next; the type began at start.
func (p *parser) spreadLiteral(start int) Expr {
	open := p.at
	p.at += 2
	x := p.expr()
	p.accept(",")
	rest := p.at
	fields := p.recordFields(open)
	text := x.Where().Text()
	if len(fields) > 0 {
		text += " with { " + p.toks[rest].Span.To(p.toks[p.at-2].Span).Text() + " }"
	}
	d := source.New("FLV0001", p.toks[open+1].Span, "a value is changed with `with`, not copied with `...`")
	d.Mend = "write `" + text + "`"
	d.Edits = []source.Edit{{Span: p.span(start), Text: text}}
	p.report(d)
	return &With{Span: p.span(start), X: x, Fields: fields}
}

// meantComprehension are names that other languages have for ours.
var meantComprehension = map[string]string{
	"some": "any", "exist": "any", "exists": "any", "every": "all", "each": "all", "forall": "all", "total": "sum",
	"where": "filter", "select": "filter", "collect": "map", "transform": "map",
}

// goesThrough tells whether the arguments of the call at hand, whose parenthesis is next, are those of a comprehension:
// a name and `in`, and a `:` that is of no choice.
func (p *parser) goesThrough() bool {
	if p.ahead(1).Kind != Word || !p.ahead(2).is("in") && !(p.ahead(2).is(",") && p.ahead(4).is("in")) {
		return false
	}
	depth := 0
	for i := p.at; i < p.chunk.end; i++ {
		t := &p.toks[i]
		switch depth += nesting(t); {
		case depth == 0, depth == 1 && t.is("?"):
			return false
		case depth == 1 && t.is(":"):
			return true
		}
	}
	return false
}

// comprehensionMeant is the comprehension that was meant by a function that does not exist, which is reported.
func (p *parser) comprehensionMeant(name Ident) Ident {
	names := []string{"all", "any", "count", "filter", "map", "sum"}
	meant, found := meantComprehension[name.Name], true
	if meant == "" {
		meant, found = source.Nearest(name.Name, names)
	}
	d := source.New("FLV0026", name.Span, "there is no function `%s` that goes through a list or map", name.Name)
	d.Mend = "those that do are " + strings.Replace(either(names), " or ", " and ", 1)
	if !found {
		p.fail(d)
	}
	d.Mend = "write `" + meant + "`"
	d.Edits = []source.Edit{{Span: name.Span, Text: meant}}
	p.report(d)
	return Ident{Name: meant, Span: name.Span}
}
