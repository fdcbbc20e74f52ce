package syntax

import (
	"strings"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

var optionWords = []string{"retry", "timeout", "from", "concurrency", "on"}

// optionShapes are what stands behind the word of an option, and an example of it.
var optionShapes = map[string]struct{ wants, example string }{
	"retry":       {"a number", "retry 5"},
	"timeout":     {"a duration such as `30s`", "timeout 30s"},
	"from":        {"`start` or `now`", "from start"},
	"concurrency": {"a number", "concurrency 4"},
	"on failure":  {"`park`, `skip` or `halt`", "on failure park"},
}

func handlerHint(p *parser, t *Token, expected string) (source.Diagnostic, bool) {
	if word, found := p.optionAt(); found {
		return p.brokenOption(word)
	}
	inOptions := strings.HasPrefix(expected, `"}"`)
	switch {
	case expected == "" && t.is("@"):
		return said(t.Span, "leave out the version", nil, "a handler gets the events of all versions, as the newest; it names the key alone")
	case expected == "" && t.is(",") && p.before().is("*"):
		return said(t.Span, "leave out `*`, or the keys", nil, "`*` is every event already")
	case expected == "" && !t.First && (t.is("on") || optionShapes[t.Text].wants != "") && p.ahead(1).Kind != Op && p.ahead(1).Kind != EOF:
		return said(t.Span, "write `{` before and `}` behind them", nil, "the options of a handler stand in braces")
	case expected == "" && t.Kind == Word && !t.First && !reserved[t.Text]:
		return p.commaMissing(t)
	case inOptions && t.is(","):
		return said(t.Span, "leave it out", replace(t.Span, ""), "options are written without `,`")
	case inOptions && t.Kind == Word:
		return unknownOption(t)
	}
	return nothing, false
}

// optionAt is the index of the option that the token at hand belongs to. Participle gives up behind its word, or at it
// if other options stand before; or yet later, if it took the word of the next option for a value.
func (p *parser) optionAt() (word int, found bool) {
	at := func(i int) *Token { return &p.toks[max(p.chunk.start, i)] }
	isOption := func(i int) bool { return i < p.chunk.end && (at(i).is("on") || optionShapes[at(i).Text].wants != "") }
	start := func(i int) int {
		if at(i).is("failure") && at(i-1).is("on") {
			return i - 1
		}
		return i
	}
	i := p.at
	switch {
	case p.firstBrace(p.chunk) >= p.at:
		return 0, false
	case at(i-1).First && isOption(i-1) && isOption(start(i-2)):
		return start(i - 2), true
	case isOption(start(i - 1)):
		return start(i - 1), true
	}
	return i, isOption(i)
}

// brokenOption explains an option whose value is missing or no such value.
func (p *parser) brokenOption(word int) (source.Diagnostic, bool) {
	p.at = word + 1
	name, t := p.toks[word].Text, p.peek()
	if name == "on" {
		if !t.is("failure") {
			return p.notFailure(t)
		}
		p.at++
		name, t = "on failure", p.peek()
	}
	if t.is(":") || t.is("=") {
		return said(t.Span, "leave it out", replace(t.Span, ""), "options are written without `%s`", t.Text)
	}
	if d, found := p.almostOption(name, t); found {
		return d, true
	}
	at, found := p.gap()
	return said(at, "write it like `"+optionShapes[name].example+"`", nil, "`%s` needs %s here, not %s", name, optionShapes[name].wants, found)
}

// notFailure explains what stands in the place of `failure` behind `on`.
func (p *parser) notFailure(t *Token) (source.Diagnostic, bool) {
	at, found := p.gap()
	var edit *source.Edit
	mend := "write it like `on failure park`"
	switch {
	case t.is("park") || t.is("skip") || t.is("halt"):
		mend, edit = "write `on failure "+t.Text+"`", insert(t.Span, "failure ")
	case t.Kind == Word && !t.First && p.ahead(1).Kind == Word:
		mend, edit = "write `failure`", replace(t.Span, "failure")
	}
	return said(at, mend, edit, "`on` needs `failure` here, not %s", found)
}

// almostOption explains values that are plain but for how they are written.
func (p *parser) almostOption(name string, t *Token) (source.Diagnostic, bool) {
	unit := p.ahead(1)
	value := t.Text
	if t.Kind == String {
		value = inner(t.Text)
	}
	switch {
	case name == "timeout" && t.Kind == Int && unit.Kind == Word && !unit.First && isDuration(value+unit.Text):
		whole := t.Span.To(unit.Span)
		return said(whole, "write `"+value+unit.Text+"`", replace(whole, value+unit.Text), "a duration is one word")
	case name == "timeout" && t.Kind == Int:
		return said(t.Span, "write `"+value+"s` for seconds", nil, "a duration needs a unit")
	case t.Kind == String && suitsOption(name, value):
		return said(t.Span, "write `"+value+"`", replace(t.Span, value), "options are written without quotes")
	}
	return nothing, false
}

func isDuration(text string) bool {
	_, err := parseDuration(text)
	return err == nil && isDigit(text[0])
}

// suitsOption tells whether an option may have that value.
func suitsOption(name, value string) bool {
	switch name {
	case "timeout":
		return value != "" && isDuration(value)
	case "from":
		return value == "start" || value == "now"
	case "on failure":
		return value == "park" || value == "skip" || value == "halt"
	}
	return value != "" && strings.Trim(value, "0123456789") == ""
}

func unknownOption(t *Token) (source.Diagnostic, bool) {
	d, ok := said(t.Span, "the options are `retry`, `timeout`, `from`, `concurrency` and `on failure`", nil,
		"a handler has no option `%s`", t.Text)
	d.Code = "FLV0043"
	if near, found := source.Nearest(t.Text, optionWords); found {
		d.Mend = "write `" + near + "`"
		d.Edits = []source.Edit{{Span: t.Span, Text: near}}
	}
	return d, ok
}
