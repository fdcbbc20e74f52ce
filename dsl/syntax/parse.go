package syntax

import (
	"runtime"
	"slices"
	"sync"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// Parse reads a file. It gives all errors of the file, in order, and always a tree, of what could be understood.
// It may be called from several goroutines.
func Parse(f *source.File) (*File, source.List) {
	s := lex(f)
	p := &parser{file: f, list: s.list, lexed: len(s.list), toks: append(significant(s.tokens), Token{Kind: EOF, Span: f.Span(len(f.Text), len(f.Text))})}
	file := p.parse()
	attachDocs(file, s.tokens)
	p.list.Sort()
	return file, p.list.Dedup()
}

// significant are the tokens that the grammar knows of.
func significant(tokens []Token) []Token {
	kept := make([]Token, 0, len(tokens)+1)
	first := false
	for _, t := range tokens {
		first = first || t.First
		if t.Kind != Comment && t.Kind != Invalid {
			t.First = first
			kept = append(kept, t)
			first = false
		}
	}
	return kept
}

func (p *parser) parse() *File {
	file := &File{Source: p.file}
	end := len(p.toks) - 1
	if end == 0 {
		file.Broken, file.Lacks = true, true
		p.empty()
		return file
	}
	if p.toks[0].is("domain") && p.toks[min(2, end)].is("{") {
		end = p.domainBraces()
	}
	chunks := p.cut(0, end, topKeywords)
	p.chunks(file, chunks[:1])
	if workers := runtime.GOMAXPROCS(0); workers > 1 && end >= worthSharing && file.Domain != nil {
		p.shared(file, chunks[1:], workers)
	} else {
		p.chunks(file, chunks[1:])
	}
	p.checkDomain(file)
	return file
}

// domainBraces takes away the braces that other languages write around what is in a domain, and gives the number of
// tokens that are left.
func (p *parser) domainBraces() int {
	last := len(p.toks) - 2
	d := source.New("FLV0001", p.toks[2].Span, "a domain has no braces: all that its files declare is in it")
	d.Mend, d.Edits = "leave them out", []source.Edit{{Span: p.toks[2].Span}}
	if p.toks[last].is("}") && !p.matched(3, last+1) {
		d.Edits = append(d.Edits, source.Edit{Span: p.toks[last].Span})
		p.toks = slices.Delete(p.toks, last, last+1)
	}
	p.report(d)
	p.toks = slices.Delete(p.toks, 2, 3)
	return len(p.toks) - 1
}

// chunks parses chunks of the top of the file, one after the other.
func (p *parser) chunks(file *File, chunks []chunk) {
	m := machines.Get().(*machine)
	defer machines.Put(m)
	for _, c := range chunks {
		p.eachPart(c, topKeywords, func(c chunk) { p.top(m, file, c) }, func() func() {
			decls, domain, seen := len(file.Decls), file.Domain, p.domainSeen
			return func() { file.Decls, file.Domain, p.domainSeen = file.Decls[:decls], domain, seen }
		})
	}
}

// worthSharing is how many tokens a file must have for several goroutines to parse it sooner than one.
const worthSharing = 4000

// shared is chunks, with a run of them for each worker. All that one chunk can tell another is that the domain has its
// name, and that is known already: so the result is the same.
func (p *parser) shared(file *File, chunks []chunk, workers int) {
	runs := spread(chunks, workers)
	parsers, files := make([]parser, len(runs)), make([]File, len(runs))
	var running sync.WaitGroup
	for i, run := range runs {
		parsers[i] = parser{file: p.file, toks: p.toks, list: slices.Clone(p.list[:p.lexed]), lexed: p.lexed}
		files[i] = File{Source: p.file, Domain: file.Domain}
		running.Go(func() { parsers[i].chunks(&files[i], run) })
	}
	running.Wait()
	for i := range runs {
		file.Decls = append(file.Decls, files[i].Decls...)
		file.Broken = file.Broken || files[i].Broken
		file.Lacks = file.Lacks || files[i].Lacks
		p.list = append(p.list, parsers[i].list[p.lexed:]...)
	}
}

// spread cuts chunks into at most n runs of about as many tokens.
func spread(chunks []chunk, n int) (runs [][]chunk) {
	for len(chunks) > 0 {
		first, last := chunks[0].start, chunks[len(chunks)-1].end
		share := first + (last-first+n-1)/n
		end := 1
		for end < len(chunks) && chunks[end].end <= share {
			end++
		}
		runs, chunks, n = append(runs, chunks[:end]), chunks[end:], max(1, n-1)
	}
	return runs
}

// eachPart parses a chunk, and if it is broken undoes that and parses what it seems to be made of. Only the
// errors of one of the two are kept.
func (p *parser) eachPart(c chunk, keywords []string, parse func(chunk), save func() (undo func())) {
	undo, reported := save(), len(p.list)
	parse(c)
	if !p.chunk.broken || !p.chunk.balanced {
		return
	}
	parts := p.cutByLayout(c.start, c.end, keywords)
	if !slices.ContainsFunc(parts, func(c chunk) bool { return !c.balanced }) { // else two brackets are wrong
		parts = p.cutBoldly(c)
	}
	if len(parts) < 2 {
		return
	}
	undo()
	p.list = p.list[:reported]
	broken := false
	for _, part := range parts {
		parse(part)
		broken = broken || p.chunk.broken
	}
	p.chunk.broken, p.chunk.inBody = broken, false
}

// top parses a chunk at the top of the file.
func (p *parser) top(m *machine, file *File, c chunk) {
	p.chunk = c
	defer p.meant(c, topKeywords)()
	switch keyword := p.keyword(c); keyword {
	case "domain":
		p.domain(m, file, c)
	case "aggregate":
		p.aggregate(m, file, c)
	case "import", "type", "enum", "handler", "upcast":
		p.topDecl(m, file, c)
	default:
		p.chunk.broken = true
		p.unknownChunk(c, topKeywords)
	}
	file.Broken = file.Broken || p.chunk.broken
	file.Lacks = file.Lacks || p.chunk.broken && !p.chunk.inBody
}

// meant puts the keyword that is meant in the place of a misspelt one, reports that, and gives what undoes the first.
func (p *parser) meant(c chunk, keywords []string) (undo func()) {
	t := &p.toks[c.start]
	if t.Kind != Word || isKeyword(t.Text) {
		return func() {}
	}
	near, ok := p.keywordMeant(c.start, keywords)
	if !ok || foreignKeywords[t.Text] != "" || !p.plausibleAs(near, c.start, c.end) {
		return func() {}
	}
	p.unknownChunk(c, keywords)
	written := t.Text
	t.Text = near
	return func() { t.Text = written }
}

func (p *parser) topDecl(m *machine, file *File, c chunk) {
	name := p.keyword(c)
	if name == "upcast" {
		if c.end > c.start+1 && !isUpper(p.toks[c.start+1].Text) {
			p.misplacedMember(c)
			p.chunk.broken = true
			return
		}
		name = "type upcast"
	}
	use := func(r rule) { file.Decls = append(file.Decls, p.decl(r)) }
	if p.read(m, name, use) || name != "handler" {
		return
	}
	if r := p.handlerHead(m, c); r != nil {
		use(r)
	}
}

// firstBrace is the index of the first `{` of a chunk, or its end.
func (p *parser) firstBrace(c chunk) int {
	open := c.start
	for open < c.end && !p.toks[open].is("{") {
		open++
	}
	return open
}

// handlerHead is a handler without its options, which could not be read and were reported: its keys are checked even
// so. It is nil if the head is broken as well.
func (p *parser) handlerHead(m *machine, c chunk) rule {
	open := p.firstBrace(c)
	if open == c.end || open == c.start {
		return nil
	}
	reported := len(p.list)
	p.chunk = chunk{start: c.start, end: open, balanced: true}
	r := m.parse(p, "handler")
	p.list = p.list[:reported]
	p.chunk = c
	p.chunk.broken = true
	return r
}

// read parses the chunk at hand and hands on the rule that was read, if one could be. Where the lexer has reported
// something in it, what the grammar says would only follow from that.
func (p *parser) read(m *machine, name string, use func(rule)) (done bool) {
	if !p.chunk.balanced {
		return p.readUnmatched(m, name, use)
	}
	before := len(p.list)
	r := m.parse(p, name)
	if p.chunk.broken && p.lexerSpoke() {
		p.list = p.list[:before]
	}
	if r != nil {
		use(r)
	}
	return r != nil
}

// lexerSpoke tells whether the lexer has reported something in the chunk at hand, of those codes if there are any.
func (p *parser) lexerSpoke(codes ...source.Code) bool {
	where := p.where()
	for _, d := range p.list[:p.lexed] {
		if d.Span.Start >= where.Start && d.Span.Start <= where.End && (len(codes) == 0 || slices.Contains(codes, d.Code)) {
			return true
		}
	}
	return false
}

func (p *parser) domain(m *machine, file *File, c chunk) {
	p.domainSeen = true
	p.read(m, "domain", func(r rule) {
		id := p.domainOf(p.token(r.(*domainRule).Name.index))
		switch {
		case file.Domain != nil:
			d := source.New("FLV0052", p.where(), "the domain has its name already")
			d.Mend = "delete this line"
			d.Related = []source.Related{{Span: file.Domain.Span, Message: "named here"}}
			p.report(d)
			return
		case c.start > 0:
			d := source.New("FLV0052", p.where(), "`domain` must be the first line of a file")
			d.Mend = "move it to the top"
			p.report(d)
		}
		file.Domain = &id
	})
}

// behindAggregate reports what stands between the end of an aggregate and the next declaration.
func (p *parser) behindAggregate(closing, last int) {
	if closing == last {
		return
	}
	p.chunk.broken = true
	t := &p.toks[closing+1]
	d := source.New("FLV0001", t.Span, "%s cannot follow the end of an aggregate", describe(t))
	d.Related = []source.Related{{Span: p.toks[closing].Span, Message: "the aggregate ends here"}}
	d.Mend = "move it into the aggregate, before its `}`, or delete it"
	if comment, found := p.dashComment(closing + 1); found {
		d = comment
	}
	p.report(d)
}

// memberChunk parses a chunk in an aggregate.
func (p *parser) memberChunk(m *machine, file *File, a *Aggregate, c chunk) {
	p.chunk = c
	defer p.meant(c, memberKeywords)()
	keyword, before := p.keyword(c), len(a.Members)
	upper := c.end > c.start+1 && isUpper(p.toks[c.start+1].Text)
	switch keyword {
	case "state", "event", "apply", "error", "action", "derive", "invariant", "snapshot", "test":
	case "upcast":
		if upper {
			p.misplacedTop(c)
			p.topDecl(m, file, c)
			return
		}
	case "import", "type", "enum", "handler":
		p.misplacedTop(c)
		p.topDecl(m, file, c)
		return
	case "domain", "aggregate":
		p.misplacedTop(c)
		p.chunk.broken = true
		return
	default:
		p.unknownChunk(c, memberKeywords)
		p.chunk.broken = true
		return
	}
	p.read(m, keyword, func(r rule) { a.Members = append(a.Members, p.member(r)) })
	if len(a.Members) > before && p.chunk.broken {
		if action, ok := a.Members[before].(*Action); ok {
			action.Broken, p.chunk.inBody = true, true
		}
	}
}
