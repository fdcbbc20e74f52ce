package syntax

import (
	"errors"
	"slices"
	"strings"

	"github.com/alecthomas/participle/v2"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// explain says in the user's words why a chunk could not be parsed. What code found counts unless the grammar
// came further.
func (p *parser) explain(name string, err error) source.Diagnostic {
	at, expected := p.refused(err)
	if p.failure != nil && p.failure.at >= at {
		return p.failure.diagnostic
	}
	p.at = at
	return p.unexpected(name, expected)
}

// stuck is the token that could not be taken, the end of the chunk if there is none left.
func (p *parser) stuck(err error) int {
	at, _ := p.refused(err)
	if p.failure != nil {
		at = max(at, p.failure.at)
	}
	return at
}

// refused is the token that the grammar could not take, and what it expected there; it is before the chunk if only
// code has failed.
func (p *parser) refused(err error) (at int, expected string) {
	var perr participle.Error
	switch {
	case errors.As(err, &perr) && !errors.Is(err, errFailed):
		return perr.Position().Line, expectation(perr.Message())
	case p.failure != nil:
		return p.chunk.start - 1, ""
	}
	return p.chunk.end, ""
}

// expectation is what participle says that it expected, in its own EBNF.
func expectation(message string) string {
	_, expected, _ := strings.Cut(message, "(expected ")
	return strings.TrimSuffix(expected, ")")
}

func either(words []string) string {
	quoted := make([]string, 0, len(words))
	for _, w := range words {
		quoted = append(quoted, "`"+w+"`")
	}
	if len(quoted) == 1 {
		return quoted[0]
	}
	return strings.Join(quoted[:len(quoted)-1], ", ") + " or " + quoted[len(quoted)-1]
}

func (p *parser) empty() {
	if len(p.list) > 0 {
		return
	}
	d := source.New("FLV0051", p.file.Span(0, 0), "the file is empty")
	if strings.Contains(p.file.Text, "//") {
		d.Message = "the file has nothing but comments"
	}
	d.Mend = "begin with `domain` and a name, as in `domain shop`"
	p.report(d)
}

// checkDomain reports that no domain line is there.
func (p *parser) checkDomain(file *File) {
	if file.Domain != nil || p.domainSeen {
		return
	}
	if near, ok := source.Nearest(p.toks[0].Text, topKeywords); ok && near == "domain" {
		return // unknownChunk has said what is meant
	}
	d := source.New("FLV0051", p.toks[0].Span, "the file does not say which domain it belongs to")
	d.Mend = "begin with `domain` and a name, as in `domain shop`"
	p.report(d)
}

// unknownChunk reports what begins with no keyword.
func (p *parser) unknownChunk(c chunk, keywords []string) {
	if slices.Contains(memberKeywords, p.keyword(c)) {
		p.misplacedMember(c)
		return
	}
	p.report(p.unknownStart(c.start, keywords))
}

// domainWords are what other languages begin a file with.
var domainWords = []string{"package", "module", "namespace"}

// foreignKeywords are the words of other languages for what is declared here.
var foreignKeywords = map[string]string{
	"struct": "type", "class": "type", "record": "type", "message": "type", "entity": "aggregate", "command": "action", "fn": "action", "func": "action",
}

// unknownStart explains the token at i, which begins a line as a declaration does, but is no keyword.
func (p *parser) unknownStart(i int, keywords []string) source.Diagnostic {
	t := &p.toks[i]
	d := source.New("FLV0050", t.Span, "%s cannot begin a declaration", describe(t))
	d.Mend = "a declaration begins with " + either(keywords[1:])
	if &keywords[0] == &memberKeywords[0] {
		d.Message = describe(t) + " cannot begin anything in an aggregate"
		d.Mend = "what is in an aggregate begins with " + either(keywords)
	}
	if d, found := p.dashComment(i); found {
		return d
	}
	if meant, ok := p.keywordMeant(i, keywords); ok {
		d.Mend = "write `" + meant + "`"
		d.Edits = []source.Edit{{Span: t.Span, Text: meant}}
	}
	return d
}

// keywordMeant is which of the keywords the word at i is meant to be.
func (p *parser) keywordMeant(i int, keywords []string) (meant string, ok bool) {
	t := &p.toks[i]
	switch meant := foreignKeywords[t.Text]; {
	case t.Kind != Word:
		return "", false
	case i == 0 && slices.Contains(domainWords, t.Text):
		return "domain", true
	case slices.Contains(keywords, meant) && p.plausibleAs(meant, i, p.chunk.end):
		return meant, true
	}
	return source.Nearest(t.Text, keywords)
}

func (p *parser) misplacedMember(c chunk) {
	t := &p.toks[c.start]
	d := source.New("FLV0053", t.Span, "`%s` belongs in an aggregate", t.Text)
	d.Mend = "move it between the braces of its `aggregate`"
	p.report(d)
}

func (p *parser) misplacedTop(c chunk) {
	t := &p.toks[c.start]
	d := source.New("FLV0053", t.Span, "`%s` stands at the top of a file, not in an aggregate", t.Text)
	d.Mend = "move it out of the aggregate"
	p.report(d)
}
