package syntax

import (
	"strings"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

func testHint(p *parser, t *Token, expected string) (source.Diagnostic, bool) {
	switch {
	case strings.HasPrefix(expected, "text") && p.at == p.chunk.start+1:
		return said(t.Span, "write what it shows, as in `test \"an order needs a line\" { … }`", nil, "a test needs a name in quotes")
	case t.is("("):
		return said(t.Span, "write `{ field: value }`", nil, "fields stand in braces in a test")
	case t.Kind == Time || t.Kind == String || t.Kind == RawString:
		return p.misspeltGiven(t)
	case expected != `"}"`:
		return nothing, false
	case t.is("given"), t.is("when"), t.is("then"):
		if d, found := p.brokenLine(t); found {
			return d, true
		}
	}
	switch {
	case t.is("given"):
		return said(t.Span, "move it to the top of the test", nil, "what is given stands before `when` and `then`")
	case t.is("when") && !p.hasWhen():
		return said(t.Span, "move it before `then`", nil, "a test has its `when` before `then`")
	case t.is("when"):
		return said(t.Span, "write a test for each", nil, "a test has one `when` at most, and it stands before `then`")
	case t.is("@"):
		return said(t.Span, "leave out the version", nil, "`then` names the key of an event without a version")
	case t.Kind == Word:
		return testLine(t)
	}
	return nothing, false
}

// hasWhen tells whether a `when` stands before the token at hand.
func (p *parser) hasWhen() bool {
	depth := 0
	for i := p.chunk.start; i < p.at; i++ {
		if depth += nesting(&p.toks[i]); depth == 1 && p.toks[i].is("when") && !p.toks[i-1].is("given") && !p.toks[i-1].is("then") {
			return true
		}
	}
	return false
}

// misspeltGiven explains `given nwo 2026-01-02T03:04:05Z`, where the word is read as the key of an event.
func (p *parser) misspeltGiven(t *Token) (source.Diagnostic, bool) {
	word := p.before()
	if word.Kind != Word || !p.toks[max(p.chunk.start, p.at-2)].is("given") {
		return nothing, false
	}
	known := []string{"actor", "id"}
	if t.Kind == Time {
		known = []string{"now"}
	}
	near, found := source.Nearest(word.Text, known)
	if !found && len(known) == 1 {
		near, found = known[0], true
	}
	if found {
		return said(word.Span, "write `"+near+"`", replace(word.Span, near), "no `given %s` is known that takes %s", word.Text, describe(t))
	}
	return said(word.Span, "write "+either(known)+", or the fields of the event in braces", nil, "no `given %s` is known that takes %s", word.Text, describe(t))
}

func testLine(t *Token) (source.Diagnostic, bool) {
	if near, ok := source.Nearest(t.Text, []string{"given", "when", "then"}); ok {
		return said(t.Span, "write `"+near+"`", replace(t.Span, near), "`%s` cannot begin a line of a test", t.Text)
	}
	return said(t.Span, "a test has lines of `given`, at most one `when`, and lines of `then`", nil, "`%s` cannot begin a line of a test", t.Text)
}

// brokenLine explains a line of a test that participle gave up at its first word, since no branch fits.
func (p *parser) brokenLine(t *Token) (source.Diagnostic, bool) {
	next, behind := p.ahead(1), p.ahead(2)
	line := "`" + t.Text + " " + next.Text + "`"
	switch {
	case t.is("given") && next.is("now") && behind.Kind != Time:
		return said(behind.Span, "write it like `given now 2026-01-02T03:04:05Z`", nil, "%s needs a time here, not %s", line, describe(behind))
	case t.is("given") && (next.is("actor") || next.is("id")) && behind.Kind != String && behind.Kind != RawString:
		return said(behind.Span, "write it like `given "+next.Text+" \"ada\"`", nil, "%s needs a text in quotes here, not %s", line, describe(behind))
	case t.is("then") && next.is("state") && !behind.is("{"):
		return said(behind.Span, "write it like `then state { field: value }`", nil, "%s needs fields in braces here, not %s", line, describe(behind))
	case t.is("then") && next.is("error") && behind.Kind != Word:
		return said(behind.Span, "name the error, or one of "+either(failures), nil, "%s needs an error here, not %s", line, describe(behind))
	case unkeyed[next.Text]:
		return said(next.Span, "name an event by its key; a state is compared with `then state { … }`", nil, "%s has no meaning: no event has the key `%s`", line, next.Text)
	case next.Kind != Word || reserved[next.Text]:
		what := map[string]string{"given": "an event key, `now`, `actor` or `id`", "when": "an action", "then": "an event key, `state`, `error` or `nothing`"}
		return said(next.Span, "write "+what[t.Text]+" behind `"+t.Text+"`", nil, "`%s` needs %s here, not %s", t.Text, what[t.Text], describe(next))
	}
	return nothing, false
}
