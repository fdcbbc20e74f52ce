package syntax

import (
	"strings"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// Expressions are parsed by precedence climbing, behind participle: as nested grammar structs they cost four
// times as much and blame the wrong token.

// expr = or [ '?' expr ':' expr ] ;
func (p *parser) expr() Expr {
	p.enter()
	defer p.leave()
	start := p.at
	cond := p.binary(1)
	if !p.accept("?") {
		return cond
	}
	a := p.expr()
	p.expect(":", "a choice `cond ? a : b`")
	b := p.expr()
	return &Cond{Span: p.span(start), C: cond, A: a, B: b}
}

// level is how tight a binary operator binds; 0 if it is none.
func level(t *Token) int {
	switch t.Text {
	case "||":
		return 1
	case "&&":
		return 2
	case "==", "!=", "<", "<=", ">", ">=", "in", "matches":
		return levelCompare
	case "+", "-":
		return 4
	case "*", "/", "%":
		return 5
	case "??":
		return levelDefault
	}
	return 0
}

const (
	levelCompare = 3
	levelDefault = 6
)

// binary = operands of at least that level:
//
//	or   = and { '||' and } ;
//	and  = rel { '&&' rel } ;
//	rel  = sum [ ( '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'matches' ) sum ] ;
//	sum  = prod { ( '+' | '-' ) prod } ;
//	prod = dflt { ( '*' | '/' | '%' ) dflt } ;
//	dflt = unary [ '??' dflt ] ;
func (p *parser) binary(least int) Expr {
	start := p.at
	x := p.unary()
	for chain := 0; ; chain++ {
		op := p.operator(least)
		if op == nil {
			return x
		}
		if chain == maxChain {
			p.failf("FLV0008", op.Span, "give parts of it names with `let` or `derive`",
				"this expression has more than %d operators in a row", maxChain)
		}
		x = p.operand(start, x, op)
	}
}

// operand parses what stands right of an operator.
func (p *parser) operand(start int, x Expr, op *Token) Expr {
	bound := level(op)
	var y Expr
	if bound == levelDefault {
		p.enter()
		y = p.binary(levelDefault)
		p.leave()
	} else {
		y = p.binary(bound + 1)
	}
	if left := lastComparison(x); left != nil && bound == levelCompare {
		// What was meant, so that nothing else is said of it.
		if asBool(left, op, y) {
			p.chained(left, op, "("+p.toks[start].Span.To(left.Y.Where()).Text()+") "+op.Text+" "+y.Where().Text())
			return &Binary{Span: p.span(start), Op: op.Text, OpSpan: op.Span, X: x, Y: y}
		}
		middle := left.Y.Where().Text()
		p.chained(left, op, left.X.Where().Text()+" "+left.Op+" "+middle+" && "+middle+" "+op.Text+" "+y.Where().Text())
		y = &Binary{Span: left.Y.Where().To(y.Where()), Op: op.Text, OpSpan: op.Span, X: left.Y, Y: y}
		return &Binary{Span: p.span(start), Op: "&&", OpSpan: op.Span, X: x, Y: y}
	}
	return &Binary{Span: p.span(start), Op: op.Text, OpSpan: op.Span, X: x, Y: y}
}

// lastComparison is the comparison that an operand left of another one is, or ends in if it is a chain.
func lastComparison(x Expr) *Binary {
	b, ok := x.(*Binary)
	if ok && b.Op == "&&" {
		b, ok = b.Y.(*Binary)
	}
	if !ok || level(&Token{Text: b.Op}) != levelCompare {
		return nil
	}
	return b
}

// asBool tells whether what a comparison comes to is compared, rather than what stands right of it.
func asBool(left *Binary, op *Token, y Expr) bool {
	if op.Text != "==" && op.Text != "!=" {
		return false
	}
	_, truth := y.(*BoolLit)
	return truth || left.Op == "in" || left.Op == "matches"
}

func (p *parser) chained(left *Binary, op *Token, meant string) {
	d := source.New("FLV0021", op.Span, "comparisons do not chain: `%s` cannot follow `%s`", op.Text, left.Op)
	d.Mend = "write `" + meant + "`"
	d.Related = []source.Related{{Span: left.OpSpan, Message: "the first comparison"}}
	p.report(d)
}

// operator takes the next token if it is an operator of at least that level.
func (p *parser) operator(least int) *Token {
	t := p.peek()
	if t.Kind == Word && !reserved[t.Text] || t.Kind == Op && (t.Text == "=" || t.Text == "?") {
		t = p.mistakenOperator(t)
	}
	if t.Kind != Op && t.Kind != Word {
		return nil
	}
	if found := level(t); found == 0 || found < least || found == 1 && p.requiring && p.errorFollows() {
		return nil
	}
	if t == p.peek() {
		p.at++
		return t
	}
	p.mended("FLV0022", t.Span, t.Text, "`%s` is not an operator of the language", strings.Join(strings.Fields(t.Span.Text()), " "))
	for p.at < p.chunk.end && p.toks[p.at].Span.Start < t.Span.End {
		p.at++
	}
	return t
}

// operandFollows tells `a and b` from the next line's `and = b`, since a field may be called and.
func (p *parser) operandFollows() bool {
	if p.peek().First || p.inDefault {
		return false
	}
	switch t := p.ahead(1); t.Kind {
	case Op:
		return t.Text == "!" || t.Text == "(" || t.Text == "-"
	case EOF:
		return false
	}
	return true
}

// negated tells `require not x` from a value called not, behind which the next field or statement begins.
func (p *parser) negated() bool {
	if p.inDefault || p.at == p.chunk.start || !p.peek().is("not") || p.ahead(1).Kind != Word || isOperatorWord(p.ahead(1)) {
		return false
	}
	switch behind := p.ahead(2); behind.Text {
	case ":", ",", "=", "+=", "-=", "[":
		return false
	default:
		if behind.Kind == Word && !reserved[behind.Text] {
			return false
		}
	}
	switch p.toks[p.at-1].Text {
	case "require", "invariant", "where", "if", "&&", "||", "and", "or", "(":
		return true
	case "=", "?", "==", "!=":
		return !p.ahead(1).First
	}
	return false
}

// isOperatorWord tells a reserved word behind which a value called not has ended.
func isOperatorWord(t *Token) bool {
	return reserved[t.Text] && !t.is("true") && !t.is("false") && !t.is("match")
}

// unary = ( '!' | '-' ) unary | post ;
func (p *parser) unary() Expr {
	start := p.at
	t := p.peek()
	op := t.Text
	switch {
	case t.Kind == Op && (op == "!" || op == "-"):
	case p.negated():
		p.mended("FLV0022", t.Span, "!", "`not` is not an operator of the language")
		op = "!"
	default:
		return p.postfix()
	}
	p.at++
	p.enter()
	defer p.leave()
	x := p.unary()
	return &Unary{Span: p.span(start), Op: op, X: x}
}

// post = prim { '.' KEY | '[' expr ']' | 'with' record } ;
func (p *parser) postfix() Expr {
	start := p.at
	x := p.primary()
	for chain := 0; ; chain++ {
		if chain == maxChain {
			p.failf("FLV0008", p.peek().Span, "give parts of it names with `let` or `derive`", "this expression has more than %d selections in a row", maxChain)
		}
		switch {
		case p.accept("."), p.peek().Kind == Op && p.arrow():
			name := p.selected()
			if t := p.peek(); t.is("(") && t.Span.Start == name.Span.End {
				p.failf("FLV0001", name.Span, "write it like `len(x)`", "values have no methods: a function takes the value in its parentheses")
			}
			x = &Select{Span: p.span(start), X: x, Name: name}
		case p.accept("["):
			i := p.expr()
			p.expect("]", "an index `x[i]`")
			x = &Index{Span: p.span(start), X: x, I: i}
		case p.accept("with"):
			fields := p.record("`with`")
			x = &With{Span: p.span(start), X: x, Fields: fields}
		default:
			return x
		}
	}
}

// selected is the name behind a dot.
func (p *parser) selected() Ident {
	t := p.peek()
	if t.Kind != Word || reserved[t.Text] {
		p.failf("FLV0001", t.Span, "write the name of a field", "a name belongs behind the `.`, not %s", describe(t))
	}
	p.at++
	return p.keyOf(t, "a field or an enum value")
}

// prim = INT | FLOAT | DURATION | TIME | STRING | 'true' | 'false' | 'none' | list | mapl | PASCAL [ '@' INT ] record
// | PASCAL '.' KEY | call | match | KEY | '(' expr ')' ;
func (p *parser) primary() Expr {
	t := p.peek()
	if p.byLines && p.endsEarly() {
		p.noOperand(t)
	}
	switch t.Kind {
	case Int:
		p.at++
		return &IntLit{Span: t.Span, Digits: plainDigits(t.Text)}
	case Float:
		p.at++
		return &FloatLit{Span: t.Span, Digits: plainDigits(t.Text)}
	case Duration:
		p.at++
		return p.durationLit(t)
	case Time:
		p.at++
		return p.timeLit(t)
	case String, RawString:
		p.at++
		return p.stringLit(t)
	case Word:
		return p.wordExpr(t)
	case Op:
		return p.bracket(t)
	}
	p.noOperand(t)
	return nil
}

// bracket parses a list, a map or an expression in parentheses.
func (p *parser) bracket(t *Token) Expr {
	start := p.at
	switch t.Text {
	case "(":
		p.at++
		x := p.expr()
		p.closeBracket(")", "(", start)
		return &Paren{Span: p.span(start), X: x}
	case "[":
		p.at++
		items := p.exprList("]", start)
		return &ListLit{Span: p.span(start), Items: items}
	case "{":
		if p.condition > 0 && p.blockFollows() {
			p.noOperand(t)
		}
		return p.mapLit()
	case ".":
		if next := p.ahead(1); next.Kind == Int && next.Span.Start == t.Span.End {
			p.mended("FLV0007", t.Span.To(next.Span), "0."+next.Text, "a number begins with a digit")
			p.at += 2
			return &FloatLit{Span: p.span(start), Digits: "0." + next.Text}
		}
	}
	p.noOperand(t)
	return nil
}

// blockFollows tells the block of an `if`, whose condition is half, from a map: no map has these behind its brace.
func (p *parser) blockFollows() bool {
	first, second := p.ahead(1), p.ahead(2)
	return first.Kind == Word && !reserved[first.Text] &&
		(second.is("=") || second.is("+=") || second.is("-=") || second.Kind == Word && !reserved[second.Text])
}

// completion is the mend of an expression that is not complete.
const completion = "write a value here: a name, a literal, a function or a list"

// noOperand fails where a value should stand.
func (p *parser) noOperand(t *Token) {
	before := ""
	if p.at > p.chunk.start {
		last := &p.toks[p.at-1]
		if last.Kind == Op || reserved[last.Text] {
			before = " behind `" + last.Text + "`"
		}
	}
	p.foreignOperator(t)
	switch {
	case level(t) > 0 && p.at > p.chunk.start && p.toks[p.at-1].is("where"):
		d := source.New("FLV0020", t.Span, "a value was expected behind `where`, not %s", describe(t))
		d.Mend = "write `value " + t.Text + " …`"
		d.Edits = []source.Edit{*insert(t.Span, "value ")}
		p.fail(d)
	case t.Kind == EOF:
		p.failf("FLV0020", t.Span, completion, "a value is missing%s", before)
	case t.is("if") && !t.First:
		p.failf("FLV0020", t.Span, "write `cond ? a : b`", "there is no `if` in an expression")
	case reserved[t.Text] && !t.First && !t.is("else"):
		p.failf("FLV0009", t.Span, "choose another name", "`%s` is a reserved word and cannot be a name", t.Text)
	}
	at, found := p.gap()
	p.failf("FLV0020", at, completion, "a value was expected%s, not %s", before, found)
}

// foreignOperator fails on the operators of other languages that come here in two pieces.
func (p *parser) foreignOperator(t *Token) {
	if p.at == p.chunk.start || t.Kind != Op {
		return
	}
	last := &p.toks[p.at-1]
	meant := map[string]string{"<>": "!=", "===": "==", "!==": "!=", "=>": ">=", "=<": "<=", "++": "+= 1", "--": "-= 1", "**": "*"}[last.Text+t.Text]
	if meant == "" || last.Span.End != t.Span.Start {
		return
	}
	d := source.New("FLV0022", last.Span.To(t.Span), "`%s` is not an operator of the language", last.Text+t.Text)
	d.Mend = "write `" + meant + "`"
	p.fail(d)
}

// exprList = [ expr { ',' expr } [ ',' ] ] and the closing bracket, of which open is the index of the opening one.
func (p *parser) exprList(closing string, open int) []Expr {
	items := []Expr{}
	named := false
	for !p.peek().is(closing) {
		if closing == ")" && p.argName(open, named) {
			named = true
		}
		items = append(items, p.expr())
		if !p.comma(closing) {
			break
		}
	}
	p.closeBracket(closing, p.toks[open].Text, open)
	return items
}

// comma takes the comma between two things of a list. Where one is plainly forgotten it says so and goes on.
func (p *parser) comma(closing string) bool {
	if p.accept(",") {
		return true
	}
	t := p.peek()
	startsOperand := t.Kind != Op && t.Kind != EOF && !(t.Kind == Word && reserved[t.Text]) || t.is("(") || t.is("true") ||
		t.is("false") || t.is("none")
	if t.is(closing) || !startsOperand || closing == ")" && t.First {
		return false
	}
	last := p.toks[p.at-1].Span
	d := source.New("FLV0023", t.Span, "a comma is missing before %s", describe(t))
	d.Mend = "write `,` between the two"
	d.Edits = []source.Edit{{Span: p.file.Span(last.End, last.End), Text: ","}}
	p.report(d)
	return true
}

// closeBracket takes a closing bracket, or fails showing the opening one.
func (p *parser) closeBracket(closing, opening string, open int) {
	if p.accept(closing) {
		return
	}
	t := p.peek()
	d := source.New("FLV0005", t.Span, "`%s` is missing: the `%s` is not closed before %s", closing, opening, describe(t))
	d.Mend = "write `" + closing + "`"
	d.Related = []source.Related{{Span: p.toks[open].Span, Message: "opened here"}}
	p.fail(d)
}

// mapl = '{' [ expr ':' expr { ',' expr ':' expr } [ ',' ] ] '}' ;
func (p *parser) mapLit() Expr {
	start := p.at
	p.at++
	entries := []MapEntry{}
	for !p.peek().is("}") {
		key := p.mapKey()
		p.colon("a map's key")
		entries = append(entries, MapEntry{Key: key, Value: p.expr()})
		if !p.comma("}") {
			break
		}
	}
	p.closeBracket("}", "{", start)
	return &MapLit{Span: p.span(start), Entries: entries}
}

// mapKey is an expression above the level of comparisons if a `=` follows it, which is then no mistaken `==`.
func (p *parser) mapKey() Expr {
	p.enter()
	defer p.leave()
	if next := p.ahead(1); next.is("=") {
		return p.primary()
	}
	return p.expr()
}

// colon takes the `:` behind a name, or the `=` that was written for it.
func (p *parser) colon(what string) {
	t := p.peek()
	if next := p.ahead(1); t.is("=") && next.is(">") && next.Span.Start == t.Span.End {
		p.mended("FLV0024", t.Span.To(next.Span), ":", "%s and its value are separated by `:`, not by `=>`", what)
		p.at += 2
		return
	}
	if t.is("=") {
		p.mended("FLV0024", t.Span, ":", "%s and its value are separated by `:`, not by `=`", what)
		p.at++
		return
	}
	if !p.accept(":") {
		at, found := p.gap()
		p.failf("FLV0001", at, "write `:`", "%s needs `:` and a value here, not %s", what, found)
	}
}

// record = '{' { NAME ':' expr [ ',' ] } '}' ;
func (p *parser) record(what string) []*FieldExpr {
	p.enter()
	defer p.leave()
	open := p.at
	p.expect("{", what)
	return p.recordFields(open)
}

// recordFields are the fields of the record whose brace is at open, and its end.
func (p *parser) recordFields(open int) []*FieldExpr {
	fields := []*FieldExpr{}
	for {
		t := p.peek()
		if t.Kind != Word || reserved[t.Text] {
			if t = p.mistakenField(open, t); t == nil {
				break
			}
		}
		name := p.nameOf(t, "a field")
		p.at++
		if t := p.peek(); t.is(",") || t.is("}") {
			p.failf("FLV0001", t.Span, "write `"+name.Name+": "+name.Name+"`", "the field `%s` needs a value", name.Name)
		}
		p.colon("the field `" + name.Name + "`")
		fields = append(fields, &FieldExpr{Name: name, Value: p.expr()})
		p.fieldComma()
	}
	if t := p.peek(); t.Kind == Word && reserved[t.Text] {
		p.name("a field")
	}
	p.closeBracket("}", "{", open)
	return fields
}

// fieldComma takes the comma behind a field's value, if there is one.
func (p *parser) fieldComma() {
	if !p.accept(",") {
		return
	}
	if d, found := p.decimalComma(p.at - 1); found {
		p.report(d)
		p.at++
		p.accept(",")
	}
}
