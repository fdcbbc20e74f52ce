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
	inBody     bool // it is no more than statements of an action
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
	if !p.matched(start, end) {
		return p.cutByLayout(start, end, keywords)
	}
	l := layout{end: end, keywords: keywords}
	return p.cutByBrackets(start, end, func(i, from, end int) bool { return p.belongs(i, l) && p.begins(i, from, end) })
}

// cutBoldly divides a chunk that was found to be broken. An aggregate whose brace is missing has its members even so.
func (p *parser) cutBoldly(c chunk) []chunk {
	if !c.balanced {
		return nil
	}
	head, braced := -1, true
	return p.cutByBrackets(c.start, c.end, func(i, from, end int) bool {
		if from != head {
			head, braced = from, p.keywordOf(from) != "aggregate" || p.toks[p.body(chunk{start: from, end: end})-1].is("{")
		}
		return (braced || !slices.Contains(memberKeywords, p.toks[i].Text)) && p.seemsToBegin(i, from, end)
	})
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

// cutByLayout divides where brackets do not match. Brackets have to match in each part by itself.
func (p *parser) cutByLayout(start, end int, keywords []string) []chunk {
	if start >= end {
		return nil
	}
	var chunks []chunk
	l := p.layout(start, end, keywords)
	from, depth := start, 0
	for i := start; i <= end; i++ {
		if i == end || i > from && p.beginsAnew(l, i, from, depth) {
			chunks = append(chunks, chunk{start: from, end: i, balanced: p.matched(from, i)})
			from, depth = i, 0
		}
		if i == from && i < end {
			l.closed = p.keywordOf(i) != "aggregate" || p.memberColumn(chunk{start: i, end: end}) > l.column
		}
		if i < end {
			depth = max(0, depth+nesting(&p.toks[i]))
		}
	}
	return chunks
}

// layout is how the lines of a stretch tell where a declaration or member begins.
type layout struct {
	end      int
	keywords []string
	column   int  // in which they begin
	indented bool // what is in them stands right of that
	closed   bool // the chunk at hand is no aggregate whose members stand in that column as well
}

func (l layout) ofMembers() bool { return &l.keywords[0] == &memberKeywords[0] }

// layout looks at the lines from start to before end. They are indented if few of them begin in the column of the first
// without one of the keywords, compared with those that begin right of it.
func (p *parser) layout(start, end int, keywords []string) layout {
	l := layout{end: end, keywords: keywords, column: p.column(start)}
	inside, flat := 0, 0
	for i := start; i < end; i++ {
		switch t := &p.toks[i]; {
		case !t.First:
		case p.column(i) > l.column:
			inside++
		case nesting(t) == 0 && !p.belongs(i, l) && !p.misspelt(i, end):
			flat++
		}
	}
	l.indented = flat == 0 || inside > 0 && inside >= 3*(flat-1) // one may be misspelt
	return l
}

// beginsAnew tells whether a chunk begins at i, depth brackets deep in the one that began at from. A keyword in the
// right column does where lines are indented, and else only before what must follow it.
func (p *parser) beginsAnew(l layout, i, from, depth int) bool {
	t := &p.toks[i]
	if !t.First || t.Kind != Word || reserved[t.Text] {
		return false
	}
	outside, complete := p.column(i) <= l.column, depth == 0 && i > from+1 && p.canEnd(from, i-1)
	switch {
	case !p.belongs(i, l):
		return outside && l.closed && p.strangerBegins(l, i, from, complete)
	case outside && (l.indented || complete), complete && p.plausible(i, l.end):
		return true
	}
	return p.unmistakable(i, l.end) && (outside || !l.indented || l.ofMembers())
}

// strangerBegins is beginsAnew for what begins with none of the keywords: with one that belongs elsewhere or is misspelt,
// or, where lines are indented, with any word behind a complete chunk.
func (p *parser) strangerBegins(l layout, i, from int, complete bool) bool {
	if l.indented && complete && !slices.Contains(clauses[p.keywordOf(from)], p.toks[i].Text) {
		return true
	}
	return (l.indented || complete) && (p.plausible(i, l.end) || p.misspelt(i, l.end))
}

// memberColumn is the column of the first member of an aggregate.
func (p *parser) memberColumn(c chunk) int {
	first := p.body(c)
	for first < c.end-1 && p.toks[first].is("{") {
		first++
	}
	return p.column(min(first, c.end-1))
}

// belongs tells whether one of the keywords stands at i: an upcast of a type is none of a member.
func (p *parser) belongs(i int, l layout) bool {
	if p.toks[i].Text == "upcast" && i+1 < l.end && isUpper(p.toks[i+1].Text) == l.ofMembers() {
		return false
	}
	return slices.Contains(l.keywords, p.toks[i].Text)
}

// unmistakable tells whether a keyword stands at i even within brackets that are not closed: no field or statement
// reads like this.
func (p *parser) unmistakable(i, end int) bool {
	if !p.plausible(i, end) || p.toks[i-1].is("then") {
		return false
	}
	at := func(n int) *Token { return &p.toks[min(i+n, end)] } // the last token is EOF
	switch p.toks[i].Text {
	case "type":
		return at(2).is("{") || at(2).is("@") && at(4).is("{") || slices.Contains(BasicTypes, at(2).Text) && (at(3).First || at(3).is("where"))
	case "derive":
		return at(3).is("=") || at(2).is("[") || at(2).is("map") && at(3).is("[")
	case "invariant":
		return level(at(2)) > 0 || at(2).is("(")
	case "state": // a line of a test without its `then`
		line := p.lineStart(i - 1)
		return !slices.Contains([]string{"given", "when", "then"}, p.toks[line].Text) || p.column(line) != p.column(i)
	case "domain":
		return false
	}
	return true
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
