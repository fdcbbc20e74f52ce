package syntax

import (
	"slices"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// A file is cut into declarations and an aggregate into members before any of them is parsed, so that a broken
// one hides no error of the others and spoils no tree but its own. Where brackets match, they tell what belongs
// together; where they do not, the layout does: a keyword that stands in the column of its like begins anew.
//
// Every keyword is a name as well, and a line may end anywhere, so the first cut is only made where a declaration
// certainly begins. A chunk that turns out to be broken is cut once more, boldly, at what looks like one.

// chunk is the tokens of one declaration or member, from start to before end.
type chunk struct {
	start, end int
	balanced   bool // its brackets match
	broken     bool // an error was reported, and something is missing from its tree
}

// keyword is the first word of the chunk.
func (p *parser) keyword(c chunk) string { return p.keywordOf(c.start) }

func (p *parser) keywordOf(start int) string { return p.toks[start].Text }

var (
	topKeywords    = []string{"domain", "import", "type", "upcast", "enum", "aggregate", "handler"}
	memberKeywords = []string{"state", "event", "upcast", "apply", "error", "action", "derive", "invariant", "snapshot", "test"}
)

func isKeyword(word string) bool {
	return slices.Contains(topKeywords, word) || slices.Contains(memberKeywords, word)
}

// cut divides the tokens from start to before end at the keywords that belong there.
func (p *parser) cut(start, end int, keywords []string) []chunk {
	if start >= end {
		return nil
	}
	if _, broken := p.mismatch(start, end); broken {
		return p.cutByLayout(start, end)
	}
	return p.cutByBrackets(start, end, func(i, from, end int) bool {
		return slices.Contains(keywords, p.toks[i].Text) && p.begins(i, from, end)
	})
}

// cutBoldly divides a chunk that was found to be broken.
func (p *parser) cutBoldly(c chunk) []chunk {
	if _, broken := p.mismatch(c.start, c.end); broken {
		return nil
	}
	return p.cutByBrackets(c.start, c.end, p.seemsToBegin)
}

func (p *parser) cutByBrackets(start, end int, begins func(i, from, end int) bool) []chunk {
	var chunks []chunk
	depth, from := 0, start
	for i := start; i < end; i++ {
		if depth == 0 && i > from && begins(i, from, end) {
			chunks = append(chunks, chunk{start: from, end: i, balanced: true})
			from = i
		}
		depth += nesting(&p.toks[i])
	}
	return append(chunks, chunk{start: from, end: end, balanced: true})
}

// cutByLayout divides at keywords in the column of the first. Brackets have to match in each part by itself.
func (p *parser) cutByLayout(start, end int) []chunk {
	var chunks []chunk
	from, column := start, p.column(start)
	for i := start + 1; i <= end; i++ {
		if i < end && !(p.toks[i].First && p.column(i) == column && p.plausible(i, end)) {
			continue
		}
		_, broken := p.mismatch(from, i)
		chunks = append(chunks, chunk{start: from, end: i, balanced: !broken})
		from = i
	}
	return chunks
}

func (p *parser) column(i int) int { return p.toks[i].Span.Position().Column }

// begins tells whether the keyword at i, outside of all brackets, begins a chunk behind the one that began at from.
func (p *parser) begins(i, from, end int) bool {
	return p.toks[i].Kind == Word && i > from+1 && p.canEnd(from, i-1) && p.plausible(i, end)
}

// seemsToBegin is begins for what is broken.
func (p *parser) seemsToBegin(i, from, end int) bool {
	t := &p.toks[i]
	switch {
	case t.Kind != Word || reserved[t.Text]:
		return false
	case t.First && p.column(i) <= p.column(from) && (p.plausible(i, end) || p.keywordOf(from) == "domain" && i > from+1):
		return true // also behind a half one
	case i == from+1 || !p.canEnd(from, i-1):
		return false
	case isKeyword(t.Text):
		return t.First || p.plausible(i, end)
	}
	return t.First && (p.toks[i-1].is("}") || p.misspelt(i, end))
}

// misspelt tells evnt user-created {…} from words that go on with a declaration.
func (p *parser) misspelt(i, end int) bool {
	near, ok := source.Nearest(p.toks[i].Text, slices.Concat(topKeywords, memberKeywords))
	return ok && p.plausibleAs(near, i, end)
}

// clauses are the words behind which a name must follow, by the keyword of their declaration.
var clauses = map[string][]string{
	"action": {"creates", "emits", "by"}, "upcast": {"by"}, "event": {"was"}, "handler": {"was", "on"},
	"aggregate": {"as"}, "type": {"where", "go"}, "import": {"go"}, "snapshot": {"every"},
}

// canEnd tells whether the chunk that began at from can end with the token at i.
func (p *parser) canEnd(from, i int) bool {
	t := &p.toks[i]
	switch t.Kind {
	case Op:
		switch t.Text {
		case "}", ")", "]":
			return true
		case "?": // of a type; else it is half a choice
			return p.toks[from].Text == "type" && !p.hasCondition(from, i)
		case "*":
			return p.toks[from].Text == "handler"
		}
		return false
	case Word:
		if reserved[t.Text] {
			return t.Text == "true" || t.Text == "false" || t.Text == "none"
		}
		if p.toks[from].Text == "invariant" && i == from+1 && isUpper(t.Text) {
			return false // its name, or a type whose braces are missing
		}
		return !p.isClause(from, i)
	}
	return true
}

// hasCondition tells whether a `where` stands in the type from from to i; where.T is a type of a domain of that
// name.
func (p *parser) hasCondition(from, i int) bool {
	for k := from + 2; k < i; k++ {
		if p.toks[k].is("where") && !p.toks[k+1].is(".") {
			return true
		}
	}
	return false
}

// isClause tells whether the token at i begins a clause. Behind another such word and behind an operator it is a
// name: `emits creates` emits an event of that key.
func (p *parser) isClause(from, i int) bool {
	if i <= from+1 || !slices.Contains(clauses[p.toks[from].Text], p.toks[i].Text) {
		return false
	}
	switch last := &p.toks[i-1]; last.Text {
	case ")", "]", "}", "?":
		return true
	case "true", "false", "none":
		return true
	default:
		return last.Kind != Op && !reserved[last.Text] && !p.isClause(from, i-1)
	}
}

// plausible tells whether what follows the token at i is what follows such a keyword.
func (p *parser) plausible(i, end int) bool { return p.plausibleAs(p.toks[i].Text, i, end) }

func (p *parser) plausibleAs(keyword string, i, end int) bool {
	at := func(n int) *Token {
		if i+n < end {
			return &p.toks[i+n]
		}
		return &Token{Kind: EOF}
	}
	next, behind := at(1), at(2)
	name := next.Kind == Word && !reserved[next.Text]
	isText := func(t *Token) bool { return t.Kind == String || t.Kind == RawString }
	switch keyword {
	case "state":
		return next.is("{")
	case "event":
		return name && (behind.is("{") || behind.is("@") || behind.is("was"))
	case "apply", "enum":
		return name && behind.is("{")
	case "upcast":
		return name && (behind.is("@") || behind.is("->"))
	case "error":
		return name && (behind.is("(") || isText(behind))
	case "action":
		return name && behind.is("(")
	case "derive":
		return name && (behind.Kind == Word && !reserved[behind.Text] || behind.is("["))
	case "invariant":
		return next.Kind != Op && next.Kind != EOF || next.is("(") || next.is("!") || next.is("-") || next.is("[") || next.is("{")
	case "snapshot":
		return next.is("every")
	case "test":
		return isText(next)
	case "type":
		return name && (isUpper(next.Text) || behind.is("{") || behind.Kind == Word && !behind.First)
	case "aggregate":
		return name && (behind.is("{") || behind.is("as"))
	case "handler":
		return name && (behind.is("on") || behind.is("was"))
	case "import":
		return name && isText(behind)
	case "domain":
		return name
	}
	return false
}

// mismatch is the first bracket between start and end that has no partner, and the message about it.
func (p *parser) mismatch(start, end int) (source.Diagnostic, bool) {
	var open []int
	for i := start; i < end; i++ {
		t := &p.toks[i]
		switch nesting(t) {
		case 1:
			open = append(open, i)
		case -1:
			if len(open) == 0 {
				d := source.New("FLV0005", t.Span, "this `%s` closes nothing", t.Text)
				d.Mend = "delete it, or write the `" + partner(t.Text) + "` that it closes"
				return d, true
			}
			last := &p.toks[open[len(open)-1]]
			if partner(t.Text) != last.Text {
				return crossed(last, t), true
			}
			open = open[:len(open)-1]
		}
	}
	if len(open) == 0 {
		return source.Diagnostic{}, false
	}
	return p.unclosed(open, end), true
}

func crossed(open, closing *Token) source.Diagnostic {
	d := source.New("FLV0005", closing.Span, "`%s` is missing before this `%s`", partner(open.Text), closing.Text)
	d.Mend = "write `" + partner(open.Text) + "`"
	d.Related = []source.Related{{Span: open.Span, Message: "opened here"}}
	return d
}

// unclosed blames the innermost bracket that was never closed: those around it often are only robbed of theirs.
func (p *parser) unclosed(open []int, end int) source.Diagnostic {
	t := &p.toks[open[len(open)-1]]
	d := source.New("FLV0005", t.Span, "this `%s` is never closed", t.Text)
	d.Mend = "write `" + partner(t.Text) + "` where it ends"
	last := p.toks[end-1].Span
	d.Related = []source.Related{{Span: p.file.Span(last.End, last.End), Message: "it should be closed before here"}}
	return d
}

func partner(bracket string) string {
	switch bracket {
	case "(":
		return ")"
	case "[":
		return "]"
	case "{":
		return "}"
	case ")":
		return "("
	case "]":
		return "["
	}
	return "{"
}
