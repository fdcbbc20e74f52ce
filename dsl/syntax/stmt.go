package syntax

import "github.com/fluvius-io/fluvius-go/dsl/source"

// Statements build the nodes of the tree directly, as expressions do. A broken one is reported and skipped, so
// that each of a body is seen in one run.

// stmt = 'require' expr 'else' PASCAL [ args ] | 'let' NAME '=' expr | 'emit' EVKEY [ record ] | if ;
func (p *parser) stmt() Stmt {
	t := p.peek()
	switch {
	case t.is("require"):
		return p.require()
	case t.is("let"):
		return p.let()
	case t.is("emit"):
		return p.emit()
	case t.is("if"):
		start := p.at
		cond, then, otherwise := ifStmt(p, p.stmt, stmtWords)
		return &If{Span: p.span(start), Cond: cond, Then: then, Else: otherwise}
	}
	p.unknownStmt(t, "an action", stmtWords)
	return nil
}

var (
	stmtWords = []string{"require", "let", "emit", "if"}
	foldWords = []string{"remove", "if"}
)

func (p *parser) unknownStmt(t *Token, where string, words []string) {
	if t.is("else") {
		p.failf("FLV0040", t.Span, "write it behind the `}` of an `if`", "`else` has no `if` before it")
	}
	for _, i := range []int{p.at, p.lineStart(min(p.at, p.chunk.end-1))} {
		if d, found := p.dashComment(i); found {
			p.fail(d)
		}
	}
	d := source.New("FLV0040", t.Span, "%s cannot begin a statement of %s", describe(t), where)
	d.Mend = "a statement of " + where + " begins with `require`, `let`, `emit` or `if`"
	if where == "a fold" {
		d.Mend = "a fold has `field = expr`, `+=`, `-=`, `remove map[key]`, `if` and, first, `...event`"
	}
	switch near, ok := source.Nearest(t.Text, append([]string{"else"}, words...)); {
	case isElseIf(t):
		d.Mend = "write `else if`"
		d.Edits = []source.Edit{{Span: t.Span, Text: "else if"}}
	case t.Kind == Word && ok:
		d.Mend = "write `" + near + "`"
		d.Edits = []source.Edit{{Span: t.Span, Text: near}}
	case t.Kind == Word && where == "an action" && (p.ahead(1).is("=") || p.ahead(1).is("+=") || p.ahead(1).is(".")):
		d.Message = "an action changes nothing itself: it emits events, and their `apply` changes the state"
		d.Mend = "emit an event and assign in its `apply`; a name for a value is made with `let name = expr`"
	}
	p.fail(d)
}

// isElseIf tells what other languages write for `else if`.
func isElseIf(t *Token) bool { return t.is("elseif") || t.is("elif") || t.is("elsif") }

func (p *parser) require() Stmt {
	start := p.at
	p.at++
	p.requiring = true
	r := &Require{Cond: p.expr(), Args: nil}
	p.requiring = false
	if !p.accept("else") {
		p.notElse()
	}
	p.wordBeforeError()
	t := p.peek()
	if t.Kind != Word || reserved[t.Text] || p.endsEarly() {
		at, found := p.gap()
		p.failf("FLV0041", at, "declare one with `error Name \"text\"`", "the name of an error belongs behind `else`, not %s", found)
	}
	p.at++
	r.Error = p.pascalOf(t, "an error")
	if open := p.at; p.peek().is("(") {
		p.at++
		r.Args = p.exprList(")", open)
	} else if p.peek().is("{") && !p.peek().First {
		r.Args = p.errorRecord(t)
	}
	r.Span = p.span(start)
	return r
}

func (p *parser) let() Stmt {
	start := p.at
	p.at++
	name := p.nameOf(p.name("`let`"), "a `let`")
	if !p.peek().is("=") {
		p.letType()
	}
	p.assignSign("`let " + name.Name + "`")
	value := p.expr()
	return &Let{Span: p.span(start), Name: name, Value: value}
}

// name takes a word that is not reserved.
func (p *parser) name(behind string) *Token {
	t := p.peek()
	if p.endsEarly() {
		at, found := p.gap()
		p.failf("FLV0001", at, "write a name in snake_case", "a name belongs behind %s, not %s", behind, found)
	}
	if t.Kind == Word && reserved[t.Text] {
		p.failf("FLV0009", t.Span, "choose another name", "`%s` is a reserved word and cannot be a name", t.Text)
	}
	if t.Kind != Word {
		p.failf("FLV0001", t.Span, "write a name in snake_case", "a name belongs behind %s, not %s", behind, describe(t))
	}
	p.at++
	return t
}

// assignSign takes the `=` of an assignment, or the `:` or `==` that was written for it.
func (p *parser) assignSign(what string) {
	t := p.peek()
	switch {
	case t.is(":") && p.ahead(1).is("=") && p.ahead(1).Span.Start == t.Span.End:
		p.mended("FLV0024", t.Span.To(p.ahead(1).Span), "=", "%s gets its value with `=`", what)
		p.at += 2
		return
	case t.is(":"), t.is("=="):
		p.mended("FLV0024", t.Span, "=", "%s gets its value with `=`, not with `%s`", what, t.Text)
		p.at++
		return
	}
	p.expect("=", what)
}

func (p *parser) emit() Stmt {
	start := p.at
	p.at++
	if t := p.peek(); t.Kind != Word || p.endsEarly() {
		at, found := p.gap()
		p.failf("FLV0001", at, "write it like `emit order-placed { field: expr }`", "the key of the event belongs behind `emit`, not %s", found)
	}
	e := &Emit{Key: p.eventKey(p.name("`emit`"))}
	if t := p.peek(); t.is("@") {
		p.failf("FLV0041", t.Span, "write `emits "+e.Key.Name+"@N` in the head of the action",
			"`emit` says the key alone; which version is emitted stands in the head of the action")
	}
	if t := p.peek(); t.is("(") && !t.First {
		p.failf("FLV0041", t.Span, "write `{ field: expr }`", "the fields of an event stand in braces")
	}
	if p.peek().is("{") {
		e.Fields = p.record("`emit`")
	}
	e.Span = p.span(start)
	return e
}

// ifStmt = 'if' expr '{' { statement } '}' [ 'else' ( '{' { statement } '}' | if ) ] ; for folds and actions.
func ifStmt[S any](p *parser, statement func() S, words []string) (cond Expr, then, otherwise []S) {
	p.enter()
	defer p.leave()
	p.at++
	p.condition++
	cond = p.expr()
	p.condition--
	then = block(p, "`if`", statement, words)
	if !p.accept("else") {
		return cond, then, nil
	}
	if p.peek().is("if") {
		return cond, then, []S{statement()}
	}
	return cond, then, block(p, "`else`", statement, words)
}

// block = '{' { statement } '}' ;
func block[S any](p *parser, what string, statement func() S, words []string) []S {
	open := p.at
	p.expect("{", what)
	list := []S{}
	for !p.peek().is("}") && p.peek().Kind != EOF {
		start := p.at
		if p.peek().is(",") && len(list) > 0 {
			p.commaBetween()
			continue
		}
		ok := p.attempt(func() { list = append(list, statement()) })
		if !ok && !p.skipStatement(start, words) {
			panic(bailout{})
		}
	}
	p.closeBracket("}", "{", open)
	return list
}

// skipStatement reports why the statement that began at start is broken, and goes to the next one of its block.
// It fails where brackets do not match, since then nobody knows what belongs to what.
func (p *parser) skipStatement(start int, words []string) bool {
	if !p.chunk.balanced {
		return false
	}
	failed := p.failure
	depth := 0
	for i := start; i < p.chunk.end; i++ {
		if depth == 0 && i > start && i >= failed.at && p.endsStatement(i, start, words) {
			p.report(failed.diagnostic)
			p.chunk.broken = true
			p.at, p.failure = i, nil
			return true
		}
		depth += nesting(&p.toks[i])
		if depth < 0 {
			return false
		}
	}
	return false
}

// endsStatement tells whether the token at i, outside of brackets that the broken statement opened, is behind
// it: the end of the block, or a line that begins a statement, by its words or its column.
func (p *parser) endsStatement(i, start int, words []string) bool {
	t := &p.toks[i]
	if t.is("}") {
		return true
	}
	if !t.First || t.is("{") || t.Kind == Word && reserved[t.Text] && t.Text != "if" {
		return false
	}
	return p.startsStatement(i, words) || p.toks[start].First && p.column(i) == p.column(start)
}

func (p *parser) startsStatement(i int, words []string) bool {
	t := &p.toks[i]
	for _, word := range words {
		if t.is(word) {
			return true
		}
	}
	if t.is("...") {
		return true
	}
	if i+1 >= p.chunk.end || t.Kind != Word || reserved[t.Text] {
		return false
	}
	next := &p.toks[i+1]
	return next.is("=") || next.is(":") || next.is(".") || next.is("+=") || next.is("-=") || next.is("[")
}

// nesting is 1 for an opening bracket, -1 for a closing one.
func nesting(t *Token) int {
	if t.Kind != Op || len(t.Text) != 1 {
		return 0
	}
	switch t.Text[0] {
	case '(', '[', '{':
		return 1
	case ')', ']', '}':
		return -1
	}
	return 0
}

// fold = '...' 'event' | NAME [ '[' expr ']' ] ( '=' | '+=' | '-=' ) expr | 'remove' NAME '[' expr ']' | if ;
func (p *parser) foldStmt() FoldStmt {
	t := p.peek()
	start := p.at
	switch {
	case t.is("..."):
		p.at++
		if next := p.peek(); !p.accept("event") {
			p.failf("FLV0042", t.Span.To(next.Span), "write `...event`", "only the event can be spread here")
		}
		return &Spread{Span: p.span(start)}
	case t.is("if"):
		cond, then, otherwise := ifStmt(p, p.foldStmt, foldWords)
		return &FoldIf{Span: p.span(start), Cond: cond, Then: then, Else: otherwise}
	case t.is("remove") && p.ahead(1).Kind == Word && !reserved[p.ahead(1).Text]:
		return p.remove()
	case (t.is("emit") || t.is("require") || t.is("let")) && p.ahead(1).Kind == Word:
		p.failf("FLV0042", t.Span, "move it to an action", "`%s` belongs in an action; a fold only changes the state", t.Text)
	case t.Kind == Word && !reserved[t.Text] && !isElseIf(t):
		return p.set()
	}
	p.unknownStmt(t, "a fold", foldWords)
	return nil
}

func (p *parser) remove() FoldStmt {
	start := p.at
	p.at++
	r := &Remove{Name: p.nameOf(p.next(), "a field")}
	open := p.at
	p.expect("[", "`remove "+r.Name.Name+"`")
	r.Index = p.expr()
	p.closeBracket("]", "[", open)
	r.Span = p.span(start)
	return r
}

func (p *parser) set() FoldStmt {
	start := p.at
	word := p.next()
	p.statePrefix(word)
	s := &Set{Name: p.nameOf(&p.toks[p.at-1], "a field")}
	if open := p.at; p.accept("[") {
		s.Index = p.expr()
		p.closeBracket("]", "[", open)
	}
	switch t := p.peek(); t.Text {
	case "=", "+=", "-=":
		s.Op = t.Text
		p.at++
	case ":", "==":
		p.assignSign("the field `" + s.Name.Name + "`")
		s.Op = "="
	default:
		p.notAssigned(start, s.Name.Name)
	}
	s.Value = p.expr()
	s.Span = p.span(start)
	return s
}

// statePrefix takes the `state.` that is not written in a fold.
func (p *parser) statePrefix(word *Token) {
	if !word.is("state") || !p.peek().is(".") || p.ahead(1).Kind != Word {
		return
	}
	at := word.Span.To(p.peek().Span)
	p.mended("FLV0042", at, "", "a fold names the fields of the state alone, without `state.`")
	p.at += 2
}
