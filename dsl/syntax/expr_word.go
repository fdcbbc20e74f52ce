package syntax

import (
	"strings"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// comprehensions are the functions that go through a list or map, if a parenthesis follows.
var comprehensions = map[string]bool{"sum": true, "count": true, "all": true, "any": true, "map": true, "filter": true}

// wordExpr parses what begins with a word.
func (p *parser) wordExpr(t *Token) Expr {
	start := p.at
	switch {
	case t.Text == "true" || t.Text == "false":
		p.at++
		return &BoolLit{Span: t.Span, Value: t.Text == "true"}
	case t.Text == "none":
		p.at++
		return &NoneLit{Span: t.Span}
	case t.Text == "match":
		return p.match()
	case reserved[t.Text]:
		p.noOperand(t)
	case isUpper(t.Text):
		return p.typeExpr(start)
	case p.ahead(1).is("("):
		return p.call(start)
	}
	p.at++
	return &Name{p.keyOf(t, "a name")}
}

// typeExpr = PASCAL [ '@' INT ] record | PASCAL '.' KEY ;
func (p *parser) typeExpr(start int) Expr {
	t := p.next()
	name := Versioned{Name: p.pascalOf(t, "a type")}
	switch next := p.peek(); {
	case next.is("."):
		p.at++
		value := p.selected()
		return &Qualified{Span: p.span(start), Type: name.Name, Name: value}
	case next.is("{") && p.condition > 0 && p.statementFollows():
		// The block of an `if`: fields have their `:`.
	case next.is("{") && p.ahead(1).is("..."):
		return p.spreadLiteral(start)
	case next.is("@"), next.is("{"):
		name.Version = p.version("the type `" + t.Text + "`")
		fields := p.record("`" + t.Text + "`")
		return &StructLit{Span: p.span(start), Type: name, Fields: fields}
	case next.is("("):
		p.failf("FLV0025", next.Span, "write `"+t.Text+" { field: value }`",
			"`%s` is not a function; a value of a type is written with braces", t.Text)
	}
	d := source.New("FLV0025", t.Span, "`%s` is the name of a type and no value", t.Text)
	d.Mend = "a value of an enum is written `" + t.Text + ".value` or just `value`, a value of a type `" + t.Text + " { field: value }`"
	if !p.endsOperand() {
		p.fail(d)
	}
	p.report(d)
	return &Name{Ident{Name: t.Text, Span: t.Span}}
}

// endsOperand tells whether an expression can go on, or end, before the token at hand: then the word before it is a
// name in its place, and the checker may know which one was meant.
func (p *parser) endsOperand() bool {
	t := p.peek()
	switch t.Kind {
	case EOF:
		return true
	case Op:
		return !t.is("(") && !t.is("@") && !t.is("=") && !t.is("{") && !t.is("[")
	}
	return t.First || t.is("else")
}

// statementFollows tells whether a statement stands behind the `{` at hand.
func (p *parser) statementFollows() bool {
	first, second := p.ahead(1), p.ahead(2)
	return first.Kind == Word && (second.is("=") || second.is("+=") || second.is("-=") || second.Kind == Word)
}

// version = [ '@' INT ]
func (p *parser) version(of string) *Number {
	if !p.accept("@") {
		return nil
	}
	t := p.peek()
	if t.Kind != Int {
		p.failf("FLV0001", t.Span, "write a number, as in `@2`", "a version is a number, not %s", describe(t))
	}
	p.at++
	n := p.versionNumber(t, of)
	return &n
}

// call = FUNC '(' [ expr { ',' expr } [ ',' ] ] ')' | COMP '(' NAME [ ',' NAME ] 'in' expr [ 'if' expr ] ':' expr ')' ;
func (p *parser) call(start int) Expr {
	p.enter()
	defer p.leave()
	t := p.next()
	name := p.nameOf(t, "a function")
	isComprehension := comprehensions[t.Text]
	if !isComprehension && p.goesThrough() {
		name, isComprehension = p.comprehensionMeant(name), true
	}
	if isComprehension {
		return p.comprehension(start, name)
	}
	open := p.at
	p.at++
	args := p.exprList(")", open)
	return &Call{Span: p.span(start), Func: name, Args: args}
}

func (p *parser) comprehension(start int, name Ident) Expr {
	open := p.at
	p.at++
	c := &Comprehension{Func: name, First: p.bound(name.Name)}
	if p.accept(",") {
		second := p.bound(name.Name)
		c.Second = &second
	}
	if !p.accept("in") {
		p.notComprehension(name.Name)
	}
	c.Over = p.expr()
	if p.accept("if") {
		c.If = p.expr()
	}
	if t := p.peek(); !p.accept(":") {
		p.failf("FLV0026", t.Span, example(name.Name), "`%s` needs `:` and what to take of each here, not %s", name.Name, describe(t))
	}
	c.Body = p.expr()
	p.closeBracket(")", "(", open)
	c.Span = p.span(start)
	return c
}

// bound is a name that a comprehension gives to an item, an index or a key.
func (p *parser) bound(function string) Ident {
	t := p.peek()
	next := p.ahead(1)
	if t.Kind != Word || reserved[t.Text] || !next.is("in") && !next.is(",") {
		p.notComprehension(function)
	}
	p.at++
	return p.nameOf(t, "a name")
}

func (p *parser) notComprehension(function string) {
	p.failf("FLV0026", p.peek().Span, example(function), "`%s` goes through a list: a name and `in` were expected here, not %s",
		function, describe(p.peek()))
}

// example shows how a comprehension is written.
func example(function string) string {
	body := map[string]string{"count": "x > 0", "all": "x > 0", "any": "x > 0", "filter": "x > 0"}[function]
	if body == "" {
		body = "x * 2"
	}
	return "write it like `" + function + "(x in list: " + body + ")`"
}

// match = 'match' expr '{' { KEY { ',' KEY } ':' expr [ ',' ] } [ 'else' ':' expr [ ',' ] ] '}' ;
func (p *parser) match() Expr {
	p.enter()
	defer p.leave()
	start := p.at
	p.at++
	m := &Match{X: p.expr(), Cases: []*MatchCase{}}
	open := p.at
	p.expect("{", "`match`")
	for t := p.peek(); t.Kind == Word && !reserved[t.Text]; t = p.peek() {
		m.Cases = append(m.Cases, p.matchCase())
	}
	if p.accept("else") {
		p.colon("`else`")
		m.Else = p.expr()
		p.accept(",")
	}
	if t := p.peek(); m.Else == nil && (t.Kind == Int || t.Kind == Float || t.Kind == String || t.Kind == RawString || t.is("true") || t.is("false") || t.is("none")) {
		p.failf("FLV0001", t.Span, "write `cond ? a : b`, or a case as `value: expr`", "a match goes through the values of an enum, and %s is none", describe(t))
	}
	if t := p.peek(); t.Kind == Word && m.Else != nil {
		p.failf("FLV0001", t.Span, "move `else` to the end", "`else` is the last case of a match; nothing can follow it")
	}
	p.closeBracket("}", "{", open)
	m.Span = p.span(start)
	return m
}

func (p *parser) matchCase() *MatchCase {
	p.caseWord()
	c := &MatchCase{Values: []Ident{p.caseValue()}}
	for p.accept(",") {
		c.Values = append(c.Values, p.caseValue())
	}
	p.colon("the case `" + c.Values[0].Name + "`")
	c.Body = p.expr()
	p.accept(",")
	return c
}

// caseWord takes the `case` of other languages.
func (p *parser) caseWord() {
	t, next := p.peek(), p.ahead(1)
	if !t.is("case") || next.First || next.Kind != Word && next.Kind != Int && next.Kind != String {
		return
	}
	d := source.New("FLV0001", t.Span, "a case of a match begins with its value, without `case`")
	d.Mend = "leave it out"
	d.Edits = []source.Edit{{Span: p.file.Span(t.Span.Start, next.Span.Start), Text: ""}}
	p.report(d)
	p.at++
}

// caseValue is a value of the enum, which is known here: Phase.opened says its type for nothing.
func (p *parser) caseValue() Ident {
	t := p.peek()
	if t.Kind != Word || reserved[t.Text] {
		p.failf("FLV0001", t.Span, "write a case as `value: expr`", "a value of the enum was expected here, not %s", describe(t))
	}
	p.at++
	if isUpper(t.Text) && p.peek().is(".") {
		p.at++
		value := p.selected()
		p.mended("FLV0025", t.Span.To(value.Span), value.Name, "a case says the value alone, without its type")
		return value
	}
	return p.keyOf(t, "an enum value")
}

func isUpper(word string) bool {
	return word != "" && strings.IndexByte("ABCDEFGHIJKLMNOPQRSTUVWXYZ", word[0]) >= 0
}
