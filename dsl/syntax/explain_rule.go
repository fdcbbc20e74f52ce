package syntax

import (
	"strings"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// What participle found is a token that no branch of a rule takes, and the rest of the rule at that place. The
// hints below know what people mean by it; where none does, the message says what was expected, and shows how
// such a declaration is written.

// shape is what a rule is called and how it is written.
type shape struct{ what, example string }

var shapes = map[string]shape{
	"domain":      {"the domain", "domain shop"},
	"import":      {"an import", `import shop "../shop"`},
	"type":        {"a type", "type Line { product string }` or `type Email string"},
	"type upcast": {"an upcast", "upcast Line@1 -> @2 { field = expr }"},
	"enum":        {"an enum", "enum Phase { opened, closed }"},
	"aggregate":   {"an aggregate", "aggregate User { … }"},
	"handler":     {"a handler", "handler SendMail on user-created { retry 5 }"},
	"state":       {"the state", "state { name string }"},
	"event":       {"an event", "event user-created@2 { name string }"},
	"upcast":      {"an upcast", "upcast user-created@1 -> @2 { field = expr }` or `… by hand` or `upcast user-created@1 -> nothing"},
	"apply":       {"an apply", "apply user-created { ...event }"},
	"error":       {"an error", `error TooMany(limit int) "at most {limit}"`},
	"action":      {"an action", "action CreateUser(name string) creates user-created { … }"},
	"derive":      {"a derived value", "derive open bool = phase == opened"},
	"invariant":   {"an invariant", "invariant total >= 0"},
	"snapshot":    {"a snapshot", "snapshot every 100"},
	"test":        {"a test", `test "name" { given key {…} when Action {…} then key {…} }`},
}

// wanted is what the first thing of an expectation is in the user's words.
var wanted = []struct{ prefix, words string }{
	{"word", "a name"}, {"happened", "an event key"}, {"text", "a text in quotes"}, {"number", "a number"},
	{"length", "a duration such as `30s`"}, {"instant", "a time such as `2026-01-02T03:04:05Z`"},
	{"VersionedRule", "a name"}, {"BodyRule", "its fields in braces"}, {"RecordNode", "fields in braces"},
	{"ValueRule", "a value"}, {"StmtsNode", "`{`"}, {"FoldsNode", "`{`"}, {"KeyRule", "an event key"}, {`"*"`, "an event key or `*`"},
}

// unexpected explains the token at hand, where the rest of the rule is as expected.
func (p *parser) unexpected(name, expected string) source.Diagnostic {
	t := p.peek()
	expected = strings.TrimLeft(expected, "(")
	if t.Kind == Word && reserved[t.Text] && takesName(name, expected) {
		d := source.New("FLV0009", t.Span, "`%s` is a reserved word and cannot be a name", t.Text)
		d.Mend = "choose another name"
		return d
	}
	if hint, ok := hints[name]; ok {
		if d, found := hint(p, t, expected); found {
			return d
		}
	}
	if d, found := p.fieldHint(name, t, expected); found {
		return d
	}
	return p.plainly(name, t, expected)
}

func takesName(name, expected string) bool {
	for _, prefix := range []string{"word", "happened", "VersionedRule", "KeyRule", "ValueRule"} {
		if strings.HasPrefix(expected, prefix) {
			return true
		}
	}
	return (strings.HasPrefix(expected, `"}"`) || strings.HasPrefix(expected, `")"`)) && name != "handler" && name != "test"
}

// plainly is the message where no hint fits.
func (p *parser) plainly(name string, t *Token, expected string) source.Diagnostic {
	shape := shapes[name]
	d := source.New("FLV0001", t.Span, "%s cannot follow here", describe(t))
	if t.Kind == EOF {
		d.Message = shape.what + " is not complete"
	}
	if words := inWords(expected); words != "" {
		if name == "action" && strings.HasPrefix(expected, "VersionedRule") {
			words = "an event key"
		}
		at, found := p.gap()
		d.Span, d.Message = at, shape.what+" needs "+words+" here, not "+found
		if t.Kind == EOF {
			d.Message = shape.what + " needs " + words + " here, but ends"
		}
	}
	d.Mend = "write it like `" + shape.example + "`"
	return d
}

func inWords(expected string) string {
	for _, w := range wanted {
		if strings.HasPrefix(expected, w.prefix) {
			return w.words
		}
	}
	if rest, ok := strings.CutPrefix(expected, `"`); ok {
		literal, _, _ := strings.Cut(rest, `"`)
		if literal != "}" && literal != ")" {
			return "`" + literal + "`"
		}
	}
	return ""
}

// fieldHint explains what is wrong in a list of fields or parameters.
func (p *parser) fieldHint(name string, t *Token, expected string) (source.Diagnostic, bool) {
	what := ""
	switch {
	case strings.HasPrefix(expected, `"}"`):
		what = "a field"
	case strings.HasPrefix(expected, `")"`):
		what = "a parameter"
	}
	if what == "" || name == "enum" || name == "test" || name == "handler" {
		return source.Diagnostic{}, false
	}
	d := source.New("FLV0001", t.Span, "%s was expected here, not %s", what, describe(t))
	d.Mend = "write it as `name string`"
	switch {
	case t.is(",") && p.before().is(","):
		d.Message = "one comma is enough"
		d.Mend = "leave it out"
		d.Edits = []source.Edit{{Span: t.Span, Text: ""}}
	case name == "type upcast" || name == "upcast":
		d.Mend = "write it as `field = expr`"
	case t.Kind == String || t.Kind == RawString || t.Kind == Int || t.Kind == Float || t.Kind == Duration || t.Kind == Time:
		d.Message = "a default is written with `=`"
		d.Mend = "write `= " + t.Text + "`"
		d.Edits = []source.Edit{{Span: p.file.Span(t.Span.Start, t.Span.Start), Text: "= "}}
		if last := p.before(); t.Kind == Duration && last.Kind == Duration {
			d.Message = "a duration is one word"
			d.Mend = "write `" + last.Text + t.Text + "`"
			d.Edits = []source.Edit{{Span: p.file.Span(last.Span.End, t.Span.Start), Text: ""}}
		}
	}
	return d, true
}

// before is the token before the one at hand.
func (p *parser) before() *Token { return &p.toks[max(p.chunk.start, p.at-1)] }

// hint explains a token for one rule, or knows nothing of it.
type hint func(p *parser, t *Token, expected string) (source.Diagnostic, bool)

var hints map[string]hint

func init() { // here, since the hints use what is made of them
	hints = map[string]hint{
		"domain": domainHint, "type": typeHint, "enum": enumHint, "handler": handlerHint, "event": eventHint,
		"upcast": upcastHint, "type upcast": upcastHint, "apply": applyHint, "error": errorHint, "action": actionHint,
		"invariant": invariantHint, "snapshot": snapshotHint, "test": testHint, "aggregate": aggregateHint,
	}
}

var nothing = source.Diagnostic{}

// said is a hint's message with its mend and, if edit is not nil, the edit that does it.
func said(at source.Span, mend string, edit *source.Edit, format string, args ...any) (source.Diagnostic, bool) {
	d := source.New("FLV0001", at, format, args...)
	d.Mend = mend
	if edit != nil {
		d.Edits = []source.Edit{*edit}
	}
	return d, true
}

func replace(at source.Span, text string) *source.Edit { return &source.Edit{Span: at, Text: text} }

// insert puts text right before a place.
func insert(at source.Span, text string) *source.Edit {
	return &source.Edit{Span: at.File.Span(at.Start, at.Start), Text: text}
}

// commaMissing is the message about two names without a comma between them.
func (p *parser) commaMissing(t *Token) (source.Diagnostic, bool) {
	last := p.before().Span
	at := p.file.Span(last.End, last.End)
	d, ok := said(t.Span, "write `,` between the two", replace(at, ","), "a comma is missing before %s", describe(t))
	d.Code = "FLV0023"
	return d, ok
}

func domainHint(_ *parser, t *Token, expected string) (source.Diagnostic, bool) {
	if expected != "" {
		return nothing, false
	}
	return said(t.Span, "begin a declaration on the next line: a name is one word", nil, "%s cannot follow the name of the domain", describe(t))
}

func typeHint(_ *parser, t *Token, expected string) (source.Diagnostic, bool) {
	if _, near := source.Nearest(t.Text, []string{"where"}); near && expected == "" && t.Kind == Word {
		return said(t.Span, "write `where`", replace(t.Span, "where"), "`%s` cannot follow the type", t.Text)
	}
	if strings.HasPrefix(expected, `"."`) {
		return said(t.Span, "write it like `go \"example.com/geo\".Point`", nil, "the name of the Go type is missing: `.` and a name belong behind the path")
	}
	return nothing, false
}

func aggregateHint(_ *parser, t *Token, expected string) (source.Diagnostic, bool) {
	if t.is(":") {
		return said(t.Span, "write `{`; what two aggregates share is a type of its own", nil, "an aggregate does not extend anything; `{` belongs here")
	}
	if t.is("as") && expected == `"{"` {
		return said(t.Span, "write it like `as \"member\"`", nil, "`as` needs the wire name in quotes")
	}
	return nothing, false
}

func enumHint(p *parser, t *Token, expected string) (source.Diagnostic, bool) {
	inside := expected == `"}"` || strings.HasPrefix(expected, "ValueRule")
	switch {
	case !inside:
		return nothing, false
	case t.is("}"):
		return said(t.Span, "write at least one value", nil, "an enum needs a value")
	case t.is("as"):
		return said(t.Span, "write it like `as \"NAME\"`", nil, "`as` needs the name on the wire in quotes")
	case t.is("was"):
		return said(t.Span, "write the name that it had, as in `shipped was sent`", nil, "`was` needs the old name of the value")
	case t.is("="):
		return said(t.Span, "what stands on the wire is said with `as`, as in `opened as \"OPEN\"`", nil, "the values of an enum have no numbers")
	case t.Kind == String:
		name := toKebab(inner(t.Text))
		return said(t.Span, "write `"+name+"`", replace(t.Span, name), "the values of an enum are written without quotes")
	case t.is(",") && p.before().is(","):
		return said(t.Span, "leave it out", replace(t.Span, ""), "one comma is enough")
	case t.Kind == Word && !reserved[t.Text]:
		return p.commaMissing(t)
	case t.Kind == Int || t.Kind == Duration:
		return said(t.Span, "write it as `v1`, and what stands on the wire with `as`", nil, "the name of an enum value begins with a letter, not with a digit")
	}
	return nothing, false
}

func eventHint(p *parser, t *Token, expected string) (source.Diagnostic, bool) {
	switch {
	case strings.HasPrefix(expected, "VersionedRule"):
		return said(t.Span, "write what happened, as in `event order-placed { … }`", nil, "an event needs a key here, not %s", describe(t))
	case !strings.HasPrefix(expected, "BodyRule"):
		return nothing, false
	case t.is("("):
		return said(t.Span, "write `{ … }`", nil, "the fields of an event stand in braces")
	case t.is(":"):
		return said(t.Span, "leave it out", replace(t.Span, ""), "no `:` belongs behind the key of an event")
	case t.is("@"):
		return said(t.Span, "write it like `@2`", nil, "a version is a number behind `@`")
	case t.is("was"):
		return said(t.Span, "write it like `was old-key`", nil, "`was` needs the old key of the event")
	case t.Kind == EOF:
		return said(t.Span, "write `{ }` if it has none", nil, "an event needs its fields in braces")
	}
	return nothing, false
}

func upcastHint(p *parser, t *Token, expected string) (source.Diagnostic, bool) {
	switch {
	case strings.HasPrefix(expected, `"->"`) && t.is("=") && p.ahead(1).is(">"):
		at := t.Span.To(p.ahead(1).Span)
		return said(at, "write `->`", replace(at, "->"), "an upcast leads to the next version with `->`, not with `=>`")
	case strings.HasPrefix(expected, `"->"`) && (t.is("to") || t.is("=") || t.is("-")):
		return said(t.Span, "write `->`", nil, "an upcast leads to the next version with `->`, not with `%s`", t.Text)
	case t.Kind == Int && p.before().is("->"):
		return said(t.Span, "write `@"+t.Text+"`", insert(t.Span, "@"), "a version is written with `@`")
	case t.is("none") && p.before().is("->"):
		return said(t.Span, "write `nothing`", replace(t.Span, "nothing"), "an event is dropped with `-> nothing`")
	}
	return nothing, false
}

func applyHint(_ *parser, t *Token, expected string) (source.Diagnostic, bool) {
	switch {
	case !strings.HasPrefix(expected, "FoldsNode"):
		return nothing, false
	case t.is("@"):
		return said(t.Span, "leave out the version", nil, "an apply reads the newest version of its event; older ones are upcast to it first")
	case t.is("by"):
		return said(t.Span, "write the fold in braces", nil, "an apply cannot be written by hand: a fold has to be the same on every replay")
	}
	return nothing, false
}

func errorHint(_ *parser, t *Token, expected string) (source.Diagnostic, bool) {
	switch {
	case t.is(":"):
		return said(t.Span, "leave it out", replace(t.Span, ""), "the text of an error follows its name without `:`")
	case t.Kind == EOF:
		return said(t.Span, "write what went wrong, as in `error OrderEmpty \"an order needs a line\"`", nil, "an error needs a text")
	}
	return nothing, false
}

func actionHint(p *parser, t *Token, expected string) (source.Diagnostic, bool) {
	switch {
	case strings.HasPrefix(expected, `"("`):
		if t.is("creates") || t.is("emits") {
			return said(t.Span, "write `()`", insert(t.Span, "() "), "an action needs its parameters in parentheses, if only `()`")
		}
	case strings.HasPrefix(expected, `"creates"`):
		return clauseHint(t)
	case expected == "" && t.is("creates"):
		return said(t.Span, "move it before `emits`", nil, "`creates` stands before `emits`")
	case expected == "" && t.Kind == Word && p.before().is("emits") && p.toks[p.at-2].is(","):
		comma := p.toks[p.at-2].Span
		return said(comma, "leave it out", replace(comma, ""), "no `,` belongs before `emits`")
	case expected == "" && t.is("{"):
		return said(t.Span, "leave out `by hand` or the body", nil, "an action by hand has no body here: it is written in Go")
	case expected == "" && t.Kind == Word && !reserved[t.Text]:
		return p.commaMissing(t)
	}
	return nothing, false
}

func clauseHint(t *Token) (source.Diagnostic, bool) {
	const mend = "write `creates key` if it makes a new one, `emits key` if there is one already"
	if near, ok := source.Nearest(t.Text, []string{"creates", "emits"}); ok && t.Kind == Word {
		return said(t.Span, "write `"+near+"`", replace(t.Span, near), "an action says with `creates` or `emits` which events it makes, not with `%s`", t.Text)
	}
	if t.is("->") {
		return said(t.Span, mend, nil, "an action gives back nothing: it makes events")
	}
	return said(t.Span, mend, nil, "an action says which events it makes: `creates` or `emits` is missing before %s", describe(t))
}

func invariantHint(p *parser, t *Token, expected string) (source.Diagnostic, bool) {
	if expected == "" && t.is(":") && p.at == p.chunk.start+2 {
		return said(p.before().Span.To(t.Span), "write `"+toPascal(p.before().Text)+"`, or leave the name out", nil,
			"the name of an invariant is written in PascalCase, without `:`")
	}
	if expected == "" {
		return said(t.Span, "join the two with an operator, or leave this out", nil, "%s cannot follow here: an operator is missing, or this is too much", describe(t))
	}
	return nothing, false
}

func snapshotHint(_ *parser, t *Token, expected string) (source.Diagnostic, bool) {
	if t.Kind == Int {
		return said(t.Span, "write `every "+t.Text+"`", insert(t.Span, "every "), "a snapshot says `every` how many events it is taken")
	}
	if t.Kind == Duration {
		return said(t.Span, "write `every 100`", nil, "snapshots are taken every so many events, not by time")
	}
	return nothing, false
}

func testHint(p *parser, t *Token, expected string) (source.Diagnostic, bool) {
	switch {
	case strings.HasPrefix(expected, "text") && p.at == p.chunk.start+1:
		return said(t.Span, "write what it shows, as in `test \"an order needs a line\" { … }`", nil, "a test needs a name in quotes")
	case t.is("("):
		return said(t.Span, "write `{ field: value }`", nil, "fields stand in braces in a test")
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
	case t.is("when"):
		return said(t.Span, "write a test for each", nil, "a test has one `when` at most, and it stands before `then`")
	case t.is("@"):
		return said(t.Span, "leave out the version", nil, "`then` names the key of an event without a version")
	case t.Kind == Word:
		return testLine(t)
	}
	return nothing, false
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
