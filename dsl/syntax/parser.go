package syntax

import (
	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// parser is one run over one file. What participle's grammar leaves to code (words, types, expressions,
// statements) works on tokens by index, and builds the nodes of the tree directly.
type parser struct {
	file *source.File
	toks []Token // without comments and invalid ones; the last is EOF
	list source.List

	lexed      int  // how many of list are the lexer's
	domainSeen bool // there is a domain line, though a broken one

	chunk chunk
	at    int // the next token
	depth int // how many brackets, operators and blocks we are in

	byLines  bool // this is the second parse of a chunk; see lines.go
	doubtful bool // what was parsed, though with no error or a small one, may be something else by its lines
	missed   int  // what was found to be missing at the end of a line
	holes    int  // how many nodes hold nothing, since what they should hold was missing and reported

	inDefault bool // the expression is a field's default, behind which the next field may be called and, or
	requiring bool // the expression is the condition of a `require`, behind which `else` and an error follow
	condition int  // how many conditions of an `if` we are in: a block follows them
	failure   *failure
}

// maxDepth is how deep expressions, types and blocks may be nested. Each level costs stack here and in all that
// walks the tree, and an overflow of the stack cannot be recovered from.
const maxDepth = 200

// maxChain is how many operators, selections or indices may follow each other in one expression: they make a
// tree as deep as the chain is long.
const maxChain = 2000

// failure is an error behind which the chunk cannot be understood.
type failure struct {
	at         int
	diagnostic source.Diagnostic
}

// bailout is what fail panics with, and the nearest attempt recovers.
type bailout struct{}

// attempt runs parse, and tells whether it came to its end.
func (p *parser) attempt(parse func()) (ok bool) {
	depth, condition, requiring := p.depth, p.condition, p.requiring
	defer func() {
		if r := recover(); r != nil {
			if _, mine := r.(bailout); !mine {
				panic(r)
			}
			p.depth, p.condition, p.requiring, ok = depth, condition, requiring, false
		}
	}()
	parse()
	return true
}

// fail gives up the attempt. Of several failures of a chunk the one that came furthest counts: others are of
// branches that the grammar tried in vain.
func (p *parser) fail(d source.Diagnostic) {
	if p.failure == nil || p.at > p.failure.at {
		p.failure = &failure{at: p.at, diagnostic: d}
	}
	panic(bailout{})
}

func (p *parser) failf(code source.Code, at source.Span, mend, format string, args ...any) {
	d := source.New(code, at, format, args...)
	d.Mend = mend
	p.fail(d)
}

func (p *parser) report(d source.Diagnostic) { p.list.Add(d) }

// mended reports what is certainly meant to be something else, and is read as that.
func (p *parser) mended(code source.Code, at source.Span, text, format string, args ...any) {
	d := source.New(code, at, format, args...)
	d.Mend = "write `" + text + "`"
	if text == "" {
		d.Mend = "leave it out"
	}
	d.Edits = []source.Edit{{Span: at, Text: text}}
	p.report(d)
}

// peek is the next token; at the end of the chunk an EOF that stands right behind its last token.
func (p *parser) peek() *Token { return p.ahead(0) }

func (p *parser) ahead(n int) *Token {
	if i := p.at + n; i < p.chunk.end {
		return &p.toks[i]
	}
	return &Token{Kind: EOF, Span: p.endOfChunk()}
}

func (p *parser) endOfChunk() source.Span {
	if p.chunk.end == 0 {
		return p.file.Span(0, 0)
	}
	end := p.toks[p.chunk.end-1].Span.End
	return p.file.Span(end, end)
}

func (p *parser) next() *Token {
	t := p.peek()
	if t.Kind != EOF {
		p.at++
	}
	return t
}

// accept takes the next token if it is that operator or word.
func (p *parser) accept(text string) bool {
	if p.peek().is(text) {
		p.at++
		return true
	}
	return false
}

// expect takes that operator, or fails saying where it was missed.
func (p *parser) expect(text, where string) {
	if p.accept(text) {
		return
	}
	at, found := p.gap()
	p.failf("FLV0001", at, "write `"+text+"`", "%s needs `%s` here, not %s", where, text, found)
}

// gap is where something is missing and what stands there instead: the next token, or the end of the line where
// that ends, since the next line is not to blame.
func (p *parser) gap() (at source.Span, found string) {
	t := p.peek()
	if !t.First || p.at == p.chunk.start {
		return t.Span, describe(t)
	}
	end := p.toks[p.at-1].Span.End
	return p.file.Span(end, end), "the end of the line"
}

// span is from the token with that index to the last one taken.
func (p *parser) span(start int) source.Span {
	return p.toks[start].Span.To(p.toks[max(start, p.at-1)].Span)
}

// enter goes one level deeper; leave undoes it.
func (p *parser) enter() {
	p.depth++
	if p.depth > maxDepth {
		p.failf("FLV0008", p.peek().Span, "take it apart: name parts of it with `let`, `derive` or `type`",
			"this is nested more than %d levels deep", maxDepth)
	}
}

func (p *parser) leave() { p.depth-- }

// describe names a token in a message.
func describe(t *Token) string {
	switch t.Kind {
	case EOF:
		return "the end"
	case String, RawString:
		return "a text"
	case Comment:
		return "a comment"
	}
	if len(t.Text) > 40 {
		return "`" + t.Text[:37] + "…`"
	}
	return "`" + t.Text + "`"
}
