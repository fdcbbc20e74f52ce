package syntax

import (
	"slices"
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
	if d, found := p.anywhere(t, expected); found {
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

// anywhere explains what is the same mistake in every rule.
func (p *parser) anywhere(t *Token, expected string) (source.Diagnostic, bool) {
	for _, i := range []int{p.at, p.lineStart(min(p.at, p.chunk.end-1))} {
		if d, found := p.dashComment(i); found {
			return d, true
		}
	}
	switch {
	case t.is("-"):
		return p.looseDash(t)
	case t.First && t.Kind == Word && expected == "" && p.at > p.chunk.start && p.column(p.at) <= p.column(p.chunk.start):
		return p.unknownStart(p.at, p.chunkKeywords()), true
	}
	return nothing, false
}

// chunkKeywords are what chunks like the one at hand begin with.
func (p *parser) chunkKeywords() []string {
	keyword := p.keyword(p.chunk)
	isUpcast := keyword == "upcast" && p.chunk.start+1 < p.chunk.end && !isUpper(p.toks[p.chunk.start+1].Text)
	if slices.Contains(topKeywords, keyword) && !isUpcast {
		return topKeywords
	}
	return memberKeywords
}

// dashComment explains the `--` of a comment, of which the token at i is the first or the second dash.
func (p *parser) dashComment(i int) (source.Diagnostic, bool) {
	isDash := func(i int) bool { return i >= p.chunk.start && i < p.chunk.end && p.toks[i].is("-") }
	if isDash(i-1) && !p.toks[i].First {
		i--
	}
	if !isDash(i) || !isDash(i+1) || p.toks[i].Span.End != p.toks[i+1].Span.Start {
		return nothing, false
	}
	at := p.toks[i].Span.To(p.toks[i+1].Span)
	if i > p.chunk.start && !p.toks[i].First && p.toks[i-1].Span.End == at.Start {
		return nothing, false
	}
	if i+2 < p.chunk.end && p.toks[i+2].Span.Start == at.End {
		return nothing, false
	}
	d, ok := said(at, "write `//`", replace(at, "//"), "a comment begins with `//`, not with `--`")
	d.Code = "FLV0002"
	return d, ok
}

// looseDash explains a `-` that belongs to the key before it, as in guest--left and guest-left-.
func (p *parser) looseDash(t *Token) (source.Diagnostic, bool) {
	key := p.before()
	if key.Kind != Word || key.Span.End != t.Span.Start {
		return nothing, false
	}
	i := p.at
	for i+1 < p.chunk.end && p.toks[i+1].Span.Start == p.toks[i].Span.End && (p.toks[i+1].is("-") || p.toks[i+1].Kind == Word) {
		i++
	}
	at := key.Span.To(p.toks[i].Span)
	parts := strings.FieldsFunc(at.Text(), func(r rune) bool { return r == '-' })
	name := strings.Join(parts, "-")
	return said(at, "write `"+name+"`", replace(at, name), "one `-` stands between two words of a key, and none at its end")
}

func takesName(name, expected string) bool {
	for _, prefix := range []string{"word", "happened", "EventName", "VersionedRule", "KeyRule", "ValueRule"} {
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
	case t.Kind == Int && p.before().is(","):
		if fraction, found := p.decimalComma(p.at - 1); found {
			return fraction, true
		}
	case name == "type upcast" || name == "upcast":
		d.Mend = "write it as `field = expr`"
		if last := p.ahead(1); t.is("...") && last.Kind == Word {
			d.Message = "what fits carries over by itself"
			d.Mend = "leave it out"
			d.Edits = []source.Edit{{Span: t.Span.To(last.Span), Text: ""}}
			if comma := p.ahead(2); comma.is(",") {
				d.Edits[0].Span = t.Span.To(comma.Span)
			}
		}
	case t.is(":") && p.ahead(1).is("=") && p.ahead(1).Span.Start == t.Span.End:
		at := t.Span.To(p.ahead(1).Span)
		d.Code, d.Span, d.Message, d.Mend = "FLV0024", at, "a default is written with `=`", "write `=`"
		d.Edits = []source.Edit{{Span: at, Text: "="}}
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

func typeHint(p *parser, t *Token, expected string) (source.Diagnostic, bool) {
	if base := p.before(); t.is("{") && p.at == p.chunk.start+3 && base.Kind == Word && !isUpper(base.Text) {
		return said(base.Span, "leave it out", &source.Edit{Span: p.file.Span(base.Span.Start, t.Span.Start)}, "the fields of a type follow its name without `%s`", base.Text)
	}
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
	case t.is("[") || t.is("("):
		return said(t.Span, "write `{ … }`", nil, "the values of an enum stand in braces")
	case !inside:
		return nothing, false
	case t.is("/") || t.is("||"):
		return said(t.Span, "write `,`", replace(t.Span, ","), "the values of an enum are separated by `,`")
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
	case strings.HasPrefix(expected, "EventName"):
		return said(t.Span, "write what happened, as in `event order-placed { … }`", nil, "an event needs a key here, not %s", describe(t))
	case !strings.HasPrefix(expected, "BodyRule"):
		return nothing, false
	case t.is("("):
		return said(t.Span, "write `{ … }`", nil, "the fields of an event stand in braces")
	case t.is(":"):
		return said(t.Span, "leave it out", replace(t.Span, ""), "no `:` belongs behind the key of an event")
	case t.is("@") && p.ahead(1).Kind == Int && p.toks[p.at-1].Kind == Word && p.toks[max(p.chunk.start, p.at-2)].is("was"),
		t.is("@") && p.ahead(1).Kind == Int && p.toks[max(p.chunk.start, p.at-2)].is(","):
		at := t.Span.To(p.ahead(1).Span)
		return said(at, "leave the version out", replace(at, ""), "`was` names an old key alone, which counts for all versions")
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
	if expected != "" {
		return nothing, false
	}
	name := p.before()
	if meant := invariantName(name); p.at == p.chunk.start+2 && meant != "" && (t.is(":") || t.Kind == Word && !t.First) {
		at := name.Span
		message := "the name of an invariant is written in PascalCase: `" + meant + "`, not `" + name.Text + "`"
		if t.is(":") {
			at, message = at.To(t.Span), "the name of an invariant is written in PascalCase, without `:`"
		}
		return said(at, "write `"+meant+"`, or leave the name out", replace(at, meant), "%s", message)
	}
	return said(t.Span, "join the two with an operator, or leave this out", nil, "%s cannot follow here: an operator is missing, or this is too much", describe(t))
}

// invariantName is how the name of an invariant is written that was written in small letters or in quotes.
func invariantName(t *Token) string {
	text := t.Text
	if t.Kind == String {
		text = strings.ReplaceAll(inner(text), " ", "-")
	}
	if meant := toPascal(text); isPascal(meant) {
		return meant
	}
	return ""
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
