package syntax

import "slices"

// White space only separates, so a field without its type takes the name of the next one for it, and a `let` without
// its value the statement below: the error then falls on a line that is innocent, or on none. So a chunk that turns out
// to be broken is parsed once more, and now a line that begins in the column of the one before, and reads as such lines
// do, begins anew. If nothing is missing before such a line, what the first parse said stands.

// parseByLines is the second parse of the chunk at hand, whose first one reported what stands behind the first
// `reported` diagnostics. It is false, and has changed nothing, if no line ends too early.
func (m *machine) parseByLines(p *parser, name string, reported int) (rule, bool) {
	list, chunk, failure := slices.Clone(p.list[reported:]), p.chunk, p.failure
	p.list, p.chunk.broken = p.list[:reported], false
	p.byLines, p.missed, p.holes = true, 0, 0
	node, err := m.run(p, name)
	p.byLines = false
	if p.missed == 0 {
		p.list, p.chunk, p.failure = append(p.list[:reported], list...), chunk, failure
		return nil, false
	}
	p.chunk.broken = true
	if err != nil {
		p.report(p.explain(name, err))
		return nil, true
	}
	if p.holes > 0 {
		return nil, true
	}
	return node, true
}

// endsEarly tells whether the line before the token at hand ends too early. Only the second parse asks.
func (p *parser) endsEarly() bool {
	if !p.byLines || p.at <= p.chunk.start || p.at >= p.chunk.end || !p.toks[p.at].First {
		return false
	}
	if before := &p.toks[p.at-1]; nesting(before) > 0 || before.is(",") {
		return false
	}
	first := p.lineStart(p.at - 1)
	if p.column(first) != p.column(p.at) || !p.readsAsLine(p.at) {
		return false
	}
	p.missed++
	return true
}

// valueOnLine is an expression that the grammar names. Where it is missing at the end of a line, that is reported, and
// the lines below are read.
func (p *parser) valueOnLine() (x Expr) {
	if !p.byLines {
		return p.expr()
	}
	missed, start := p.missed, p.at
	if p.attempt(func() { x = p.expr() }) {
		return x
	}
	depth := 0
	for i := start; i < p.at; i++ {
		depth += nesting(&p.toks[i])
	}
	if p.missed == missed || depth != 0 {
		panic(bailout{})
	}
	p.report(p.failure.diagnostic)
	p.failure = nil
	p.holes++
	return &NoneLit{Span: p.toks[start].Span}
}

// lineStart is the first token on the line of the token at i, within the chunk.
func (p *parser) lineStart(i int) int {
	for i > p.chunk.start && !p.toks[i].First {
		i--
	}
	return i
}

// readsAsLine tells whether the line at i begins as one of a field, a statement, a case or an entry.
func (p *parser) readsAsLine(i int) bool {
	if i+1 >= p.chunk.end || p.toks[i+1].First {
		return false
	}
	t, next := &p.toks[i], &p.toks[i+1]
	switch {
	case t.is("..."):
		return true
	case t.Kind == String, t.Kind == Int:
		return next.is(":")
	case t.Kind != Word || reserved[t.Text]:
		return t.is("if")
	case next.Kind == Word:
		return !reserved[next.Text] && wordOperators[next.Text] == ""
	}
	switch next.Text {
	case "=", "+=", "-=", ":":
		return true
	case ",":
		return p.readsAsCase(i)
	case "[":
		return p.readsAsIndex(i + 1)
	case "(", "!", "-":
		return t.is("require") && next.Span.Start > t.Span.End
	}
	return false
}

// readsAsCase tells whether names with commas between them and a `:` stand on the line at i.
func (p *parser) readsAsCase(i int) bool {
	for i++; i+2 < p.chunk.end && p.toks[i].is(",") && p.toks[i+1].Kind == Word && !p.toks[i+1].First; i += 2 {
		if p.toks[i+2].is(":") {
			return true
		}
	}
	return false
}

// readsAsIndex tells whether a list type or an index that is assigned to stands at the `[` at open.
func (p *parser) readsAsIndex(open int) bool {
	depth := 0
	for i := open; i+1 < p.chunk.end && !p.toks[i].First; i++ {
		if depth += nesting(&p.toks[i]); depth > 0 {
			continue
		}
		next := &p.toks[i+1]
		return next.is("=") || next.is("+=") || next.is("-=") || next.Kind == Word && i == open+1
	}
	return false
}

// modifiers are what other languages write beside the type of a field.
var modifiers = []string{
	"required", "optional", "nullable", "unique", "private", "public", "protected", "readonly", "final", "const", "var",
	"let", "val", "mutable", "static", "primary", "index", "indexed",
}

// surplus is the modifier on the line that ends before the token at hand, if that is why its last word has no type.
func (p *parser) surplus() (at int, found bool) {
	last := p.at - 1
	first := p.lineStart(last)
	for _, i := range []int{last, first} {
		if first < last-1 && slices.Contains(modifiers, p.toks[i].Text) {
			return i, true
		}
	}
	return 0, false
}
