package syntax

import (
	"slices"
)

// aggregate parses the head, and each member by itself.
func (p *parser) aggregate(m *machine, file *File, c chunk) {
	first := p.body(c)
	a := &Aggregate{}
	named := p.aggregateHead(m, c, first, func(r rule) {
		head := r.(*aggregateRule)
		a.Name, a.As = p.pascalOf(p.token(head.Name.index), "an aggregate"), p.textOrNil(head.As)
	})
	members, sound := p.members(first, c)
	broken := p.chunk.broken || !sound
	lacks := broken
	for _, member := range members {
		p.eachPart(member, memberKeywords, func(c chunk) { p.memberChunk(m, file, a, c) }, func() func() {
			members, decls := len(a.Members), len(file.Decls)
			return func() { a.Members, file.Decls = a.Members[:members], file.Decls[:decls] }
		})
		broken, lacks = broken || p.chunk.broken, lacks || p.chunk.broken && !p.chunk.inBody
	}
	p.chunk = c
	p.chunk.broken, p.chunk.balanced, p.chunk.inBody = broken, sound, !lacks
	a.Span = p.where()
	if named {
		file.Decls = append(file.Decls, a)
	}
}

// aggregateHead parses what stands before the members of an aggregate, which begin at first. Their brace may be missing.
func (p *parser) aggregateHead(m *machine, c chunk, first int, use func(rule)) (done bool) {
	p.chunk = chunk{start: c.start, end: first, balanced: true}
	if p.toks[first-1].is("{") || first == c.end {
		r := m.parse(p, "aggregate")
		if r != nil {
			use(r)
		}
		return r != nil
	}
	p.chunk.end = first + 1
	at, said := p.giveUp(m, "aggregate")
	f := p.openingMissing(first, "{", said)
	if c.balanced && !p.endsAggregate(c.end-1, c) {
		f.Mend += ", and `}` where it ends"
		f.Edits = nil
	}
	if at < first {
		f.Diagnostic = said
	}
	p.chunk.end = first
	return p.readMended(m, "aggregate", f, use)
}

// body is where the members of an aggregate begin: behind its first brace, unless one of them begins before.
func (p *parser) body(c chunk) int {
	for i := c.start + 1; i < c.end; i++ {
		t := &p.toks[i]
		switch {
		case t.is("{"):
			return i + 1
		case i > c.start+1 && isKeyword(t.Text) && (t.First || slices.Contains(memberKeywords, t.Text) && p.plausible(i, c.end)):
			return i
		}
	}
	return c.end
}

// members cuts what is in the braces of an aggregate, from first on, into its members. It is not sound if that is not
// what its brackets say.
func (p *parser) members(first int, c chunk) (members []chunk, sound bool) {
	braced, last := p.toks[first-1].is("{"), c.end-1
	if first == c.end {
		return nil, true
	}
	if c.balanced && braced {
		closing := p.closing(first-1, c)
		if closing == last || p.endsAggregate(closing, c) {
			p.behindAggregate(closing, last)
			return p.cut(first, closing, memberKeywords), true
		}
		// brackets match only since two are wrong
	}
	if braced && p.toks[first].is("{") {
		p.report(p.superfluous(first, "is one too many").Diagnostic)
		first++
	}
	all := p.cutByLayout(first, c.end, memberKeywords)
	switch {
	case !braced && !c.balanced && p.toks[last].is("}"), p.endsAggregate(last, c) && p.closes(all, first, c):
		return p.cutByLayout(first, last, memberKeywords), false
	case braced && !slices.ContainsFunc(all, func(m chunk) bool { return !m.balanced }):
		p.report(p.unclosed(first-1, c.end).sure())
	}
	return all, false
}

// closing is the index of the bracket that closes the one at open.
func (p *parser) closing(open int, c chunk) int {
	depth := 0
	for i := open; i < c.end; i++ {
		if depth += nesting(&p.toks[i]); depth == 0 {
			return i
		}
	}
	return c.end
}

// endsAggregate tells whether the token at i is a `}` that stands where an aggregate ends: on a line of such, not right
// of where it begins, or on the line on which it begins.
func (p *parser) endsAggregate(i int, c chunk) bool {
	if !p.toks[i].is("}") || p.toks[i].Line == p.toks[c.start].Line {
		return p.toks[i].is("}")
	}
	for !p.toks[i].First && p.toks[i].is("}") {
		i--
	}
	return p.toks[i].is("}") && p.column(i) <= p.column(c.start)
}

// closes tells whether the last token of an aggregate, which stands where it could, closes it rather than the last of its
// members, which are all if it does not.
func (p *parser) closes(all []chunk, first int, c chunk) bool {
	last := &p.toks[c.end-1]
	if p.toks[first].First && p.column(first) > p.column(c.start) || last.First && p.toks[c.end-2].is("}") && p.toks[c.end-2].First {
		return true
	}
	return slices.ContainsFunc(all, func(m chunk) bool { return !m.balanced })
}
