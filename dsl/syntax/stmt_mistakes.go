package syntax

import (
	"slices"
	"strings"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// What people write in actions and folds who think of other languages. Where it is plain what was meant it is read as
// that, so that the statement stays in the tree and nothing follows from the mistake.

// errorFollows tells whether the name of an error stands behind the token at hand: a type has its value or fields there.
func (p *parser) errorFollows() bool {
	next, behind := p.ahead(1), p.ahead(2)
	return next.Kind == Word && isUpper(next.Text) && !behind.is(".") && !behind.is("@") && !behind.is("{")
}

// notElse takes what was written for the `else` of a `require`, or fails.
func (p *parser) notElse() {
	t := p.peek()
	switch {
	case t.First || t.Kind == EOF:
	case (t.Kind == Op || t.Kind == Word) && p.errorFollows() && !p.ahead(1).First:
		p.mended("FLV0041", t.Span, "else", "`require` names its error behind `else`, not behind %s", describe(t))
		p.at++
		return
	case t.Kind == Word && isUpper(t.Text) && p.ahead(1).is("else"):
		p.failf("FLV0041", t.Span.To(p.ahead(1).Span), "write `else "+t.Text+"`", "the error stands behind `else`, not before it")
	case t.Kind == Word && isUpper(t.Text):
		d := source.New("FLV0041", t.Span, "`require` needs `else` before its error")
		d.Mend = "write `else " + t.Text + "`"
		d.Edits = []source.Edit{*insert(t.Span, "else ")}
		p.report(d)
		return
	}
	at, found := p.gap()
	p.failf("FLV0041", at, "write `else` and the error, as in `require x > 0 else TooSmall`",
		"`require` needs `else` and an error here, not %s", found)
}

// wordBeforeError takes the `throw` of `else throw TooSmall`.
func (p *parser) wordBeforeError() {
	t, next := p.peek(), p.ahead(1)
	if t.Kind != Word || reserved[t.Text] || next.Kind != Word || next.First || !isUpper(next.Text) {
		return
	}
	d := source.New("FLV0041", t.Span, "the error follows `else` without `%s`", t.Text)
	d.Mend = "leave it out"
	d.Edits = []source.Edit{{Span: p.file.Span(t.Span.Start, next.Span.Start), Text: ""}}
	p.report(d)
	p.at++
}

// errorRecord takes TooSmall { limit: 1 } for TooSmall(1).
func (p *parser) errorRecord(name *Token) []Expr {
	open := p.at
	fields := p.record("`" + name.Text + "`")
	args, texts := make([]Expr, 0, len(fields)), make([]string, 0, len(fields))
	for _, f := range fields {
		args, texts = append(args, f.Value), append(texts, f.Value.Where().Text())
	}
	d := source.New("FLV0041", p.toks[open].Span, "the arguments of an error stand in parentheses")
	d.Mend = "write `" + name.Text + "(" + strings.Join(texts, ", ") + ")`"
	if len(fields) == 1 { // of several the order may be another
		d.Edits = []source.Edit{{Span: p.span(open), Text: "(" + texts[0] + ")"}}
	} else {
		d.Mend += ", in the order of its parameters"
	}
	p.report(d)
	return args
}

// letType takes the type that other languages write behind the name of a `let`.
func (p *parser) letType() {
	first := p.at
	if p.peek().is(":") {
		first++
	}
	end := first
	for end < p.chunk.end && !p.toks[end].First && isOfType(&p.toks[end]) {
		end++
	}
	if end == first || end >= p.chunk.end || p.toks[end].First || !p.toks[end].is("=") {
		return
	}
	at := p.toks[p.at].Span.To(p.toks[end-1].Span)
	d := source.New("FLV0041", at, "a `let` has the type of its value, and names none")
	d.Mend = "leave it out"
	d.Edits = []source.Edit{{Span: p.file.Span(p.toks[p.at-1].Span.End, at.End), Text: ""}}
	p.report(d)
	p.at = end
}

// isOfType tells the tokens that types are made of.
func isOfType(t *Token) bool {
	return t.Kind == Word && !reserved[t.Text] || t.Kind == Int || t.Kind == Op && strings.Contains("[]?.@", t.Text)
}

// commaBetween takes the comma between two statements.
func (p *parser) commaBetween() {
	if d, found := p.decimalComma(p.at); found {
		p.report(d)
		p.at += 2
		return
	}
	p.mended("FLV0040", p.peek().Span, "", "no `,` belongs between statements")
	p.at++
}

// decimalComma explains the comma at i if it stands in 2,50.
func (p *parser) decimalComma(i int) (source.Diagnostic, bool) {
	if i <= p.chunk.start || i+1 >= p.chunk.end || !p.toks[i].is(",") {
		return nothing, false
	}
	whole, fraction := &p.toks[i-1], &p.toks[i+1]
	comma := p.toks[i].Span
	if whole.Kind != Int || fraction.Kind != Int || whole.Span.End != comma.Start || fraction.Span.Start != comma.End {
		return nothing, false
	}
	at, text := whole.Span.To(fraction.Span), whole.Text+"."+fraction.Text
	d := source.New("FLV0007", at, "a fraction is written with a point")
	d.Mend = "write `" + text + "`"
	d.Edits = []source.Edit{{Span: at, Text: text}}
	return d, true
}

// notAssigned explains what stands in the place of a fold's `=` behind the field that began at start.
func (p *parser) notAssigned(start int, name string) {
	t, next := p.peek(), p.ahead(1)
	switch {
	case t.is(".") && next.Kind == Word && p.ahead(2).is("("):
		p.fail(p.methodOf(start, name))
	case t.is(".") && name == "event":
		p.failf("FLV0042", p.toks[start].Span, "assign a field of the state", "an event is what happened, and never changes")
	case t.is("."):
		p.fail(p.partOf(name))
	case t.Kind == Word && !reserved[t.Text] && !t.First:
		p.failf("FLV0042", p.toks[start].Span, "a fold has `field = expr`, `+=`, `-=`, `remove map[key]`, `if` and, first, `...event`",
			"`%s` cannot begin a statement of a fold", p.toks[start].Text)
	case t.Kind == Op && t.Span.End == next.Span.Start && (next.is("=") || next.is(t.Text)):
		p.fail(p.foreignAssignment(start, t.Text, next))
	}
	at, found := p.gap()
	target := p.span(start).Text()
	p.failf("FLV0042", at, "write `"+target+" = expr`", "`=`, `+=` or `-=` was expected behind `%s`, not %s", target, found)
}

// valueAhead is the text of the expression that stands n tokens ahead, in parentheses where an operator needs them, and
// where it ends; `…` and 0 if there is none.
func (p *parser) valueAhead(n int) (text string, end int) {
	p.at += n
	isBinary := false
	text, end = p.textOf(func() Expr {
		x := p.expr()
		_, isBinary = x.(*Binary)
		return x
	})
	p.at -= n
	if isBinary {
		text = "(" + text + ")"
	}
	return text, end
}

// foreignAssignment explains n++ and n *= 2.
func (p *parser) foreignAssignment(start int, op string, second *Token) source.Diagnostic {
	target := p.span(start).Text()
	d := source.New("FLV0042", p.peek().Span.To(second.Span), "a fold assigns with `=`, `+=` and `-=`, not with `%s`", op+second.Text)
	if second.Text == op {
		d.Mend = "write `" + target + " " + op + "= 1`"
		d.Edits = []source.Edit{{Span: p.file.Span(p.toks[p.at-1].Span.End, second.Span.End), Text: " " + op + "= 1"}}
		return d
	}
	value, end := p.valueAhead(2)
	read := target
	if p.at > start+1 { // an entry may be none
		read = "(" + target + " ?? 0)"
	}
	whole := target + " = " + read + " " + op + " " + value
	d.Mend = "write `" + whole + "`"
	if end > 0 {
		d.Edits = []source.Edit{{Span: p.toks[start].Span.To(p.toks[end-1].Span), Text: whole}}
	}
	return d
}

// partOf explains customer.name = x, where a part of a field is assigned.
func (p *parser) partOf(name string) source.Diagnostic {
	d := source.New("FLV0042", p.peek().Span, "a fold assigns whole fields; parts of a value are changed with `with`")
	d.Mend = "write `" + name + " = " + name + " with { … }`"
	if part, sign := p.ahead(1), p.ahead(2); part.Kind == Word && sign.is("=") {
		p.at += 3
		value, _ := p.textOf(p.expr)
		p.at -= 3
		d.Mend = "write `" + name + " = " + name + " with { " + part.Text + ": " + value + " }`, or `" + name + "[\"" + part.Text +
			"\"] = " + value + "` if it is a map"
	}
	return d
}

// methodOf explains tags.push(x).
func (p *parser) methodOf(start int, name string) source.Diagnostic {
	method, at := p.ahead(1).Text, p.peek().Span.To(p.ahead(1).Span)
	d := source.New("FLV0042", at, "values have no methods: a fold assigns with `=`, `+=` and `-=`")
	d.Mend = "write `" + name + " = …`"
	args, closing := p.argsAhead()
	isOne := func(words ...string) bool { return slices.Contains(words, strings.ToLower(method)) }
	statement := ""
	switch {
	case len(args) == 1 && isOne("push", "append", "add", "insert", "addall", "extend", "concat", "push_back"):
		statement = name + " += " + args[0]
	case len(args) == 2 && isOne("put", "set", "add", "insert"):
		statement = name + "[" + args[0] + "] = " + args[1]
	case len(args) == 1 && isOne("remove", "delete", "erase", "discard", "unset"):
		d.Mend = "write `remove " + name + "[" + args[0] + "]` if it is a map, `" + name + " -= " + args[0] + "` if it is a list"
	case len(args) == 0 && isOne("clear"):
		d.Mend = "write `" + name + " = []`, or `= {}` if it is a map"
	}
	if statement != "" {
		d.Mend = "write `" + statement + "`"
		d.Edits = []source.Edit{{Span: p.toks[start].Span.To(closing), Text: statement}}
	}
	return d
}

// argsAhead are the texts of the arguments behind `.name`, and the place of their closing parenthesis.
func (p *parser) argsAhead() (texts []string, closing source.Span) {
	from, failure, reported := p.at, p.failure, len(p.list)
	p.at += 3
	var args []Expr
	ok := p.attempt(func() { args = p.exprList(")", from+2) })
	closing = p.toks[p.at-1].Span
	p.at, p.failure, p.list = from, failure, p.list[:reported]
	if !ok {
		return []string{"…"}, closing
	}
	for _, x := range args {
		texts = append(texts, x.Where().Text())
	}
	return texts, closing
}
