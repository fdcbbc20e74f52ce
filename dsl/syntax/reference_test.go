package syntax

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// TestTheGrammarIsThatOfTheReference holds that the grammar which these tests read is the one that users read.
func TestTheGrammarIsThatOfTheReference(t *testing.T) {
	ours, err := os.ReadFile("testdata/fluv.ebnf")
	require.NoError(t, err)
	theirs, err := os.ReadFile("../../docs/fluv.ebnf")
	require.NoError(t, err)
	require.Equal(t, string(theirs), string(ours))
}

// TestTheReferenceShowsEveryConstruct derives each example of docs/language.md from the grammar, and asks which
// alternatives, options, words and operators of the grammar no example has.
func TestTheReferenceShowsEveryConstruct(t *testing.T) {
	rules := readEBNF(t)
	used := map[*ebnf]bool{}
	page, err := os.ReadFile("../../docs/language.md")
	require.NoError(t, err)
	parts := strings.Split(string(page), "```fluv\n")
	require.Greater(t, len(parts), 8, "the reference has examples")
	for i, part := range parts[1:] {
		text, _, closed := strings.Cut(part, "```")
		require.True(t, closed)
		d := newDerivation(rules, text, used)
		require.True(t, d.mark(rules["file"], 0, len(d.tokens)), "example %d is no sentence of the grammar:\n%s", i+1, text)
	}
	for name, rule := range rules {
		for _, missing := range unused(rule, used) {
			assert.Fail(t, "no example", "%s: no example of docs/language.md has %s", name, missing)
		}
	}
}

// unused are the parts of a production that were in no derivation, each as the grammar writes it; of what is in an
// unused part only the whole is told.
func unused(e *ebnf, used map[*ebnf]bool) (missing []string) {
	if !used[e] {
		return []string{e.String()}
	}
	for _, of := range e.of {
		missing = append(missing, unused(of, used)...)
	}
	return missing
}

func (e *ebnf) String() string {
	var parts []string
	for _, of := range e.of {
		parts = append(parts, of.String())
	}
	switch e.kind {
	case "text":
		return "'" + e.text + "'"
	case "alt":
		return strings.Join(parts, " | ")
	case "opt":
		return "[ " + parts[0] + " ]"
	case "rep":
		return "{ " + parts[0] + " }"
	case "rule":
		return e.text
	}
	return strings.Join(parts, " ")
}

// derivation finds how a text follows from the grammar. It tries all ways, as slow as that is, so that it has nothing
// in common with the parser.
type derivation struct {
	rules  map[string]*ebnf
	tokens []Token
	used   map[*ebnf]bool
	known  map[place][]int
}

// place is a part of the grammar at a token.
type place struct {
	e  *ebnf
	at int
}

func newDerivation(rules map[string]*ebnf, text string, used map[*ebnf]bool) *derivation {
	all := Tokens(source.NewFile("example.fluv", text))
	tokens := slices.DeleteFunc(all, func(t Token) bool { return t.Kind == Comment })
	return &derivation{rules: rules, tokens: tokens, used: used, known: map[place][]int{}}
}

// ends are the tokens behind which e can end if it begins at one, in order.
func (d *derivation) ends(e *ebnf, at int) []int {
	key := place{e, at}
	if ends, ok := d.known[key]; ok {
		return ends
	}
	ends := d.find(e, at)
	slices.Sort(ends)
	ends = slices.Compact(ends)
	d.known[key] = ends
	return ends
}

func (d *derivation) find(e *ebnf, at int) (ends []int) {
	switch e.kind {
	case "seq":
		return d.through(e.of, []int{at})
	case "alt":
		for _, of := range e.of {
			ends = append(ends, d.ends(of, at)...)
		}
	case "opt":
		return append(slices.Clone(d.ends(e.of[0], at)), at)
	case "rep":
		ends = []int{at}
		for i := 0; i < len(ends); i++ {
			for _, next := range d.ends(e.of[0], ends[i]) {
				if !slices.Contains(ends, next) {
					ends = append(ends, next)
				}
			}
		}
	default:
		if rule := d.rules[e.text]; e.kind == "rule" && rule != nil {
			return d.ends(rule, at)
		}
		if at < len(d.tokens) && d.leaf(e, at) {
			return []int{at + 1}
		}
	}
	return ends
}

func (d *derivation) through(list []*ebnf, from []int) []int {
	for _, e := range list {
		var next []int
		for _, at := range from {
			next = append(next, d.ends(e, at)...)
		}
		slices.Sort(next)
		from = slices.Compact(next)
	}
	return from
}

// leaf tells whether a token is that word or operator, or of that class.
func (d *derivation) leaf(e *ebnf, at int) bool {
	t := &d.tokens[at]
	if e.kind == "text" {
		return t.is(e.text)
	}
	kinds := map[string]Kind{"INT": Int, "FLOAT": Float, "DURATION": Duration, "TIME": Time}
	if kind, ok := kinds[e.text]; ok {
		return t.Kind == kind
	}
	if e.text == "STRING" {
		return t.Kind == String || t.Kind == RawString
	}
	return t.Kind == Word && !reserved[t.Text] && d.word(e.text, t.Text, at)
}

func (d *derivation) word(class, word string, at int) bool {
	switch class {
	case "NAME", "BUILTIN":
		return isSnake(word)
	case "FUNC":
		return isSnake(word) && !slices.Contains(strings.Fields("sum count all any map filter"), word)
	case "COMP":
		return slices.Contains(strings.Fields("sum count all any map filter"), word)
	case "KEY":
		return isSnake(word) || isKebab(word)
	case "EVKEY":
		return isKebab(word) && !unkeyed[word]
	case "PASCAL":
		return isPascal(word)
	case "INVNAME":
		next := at+1 < len(d.tokens) && slices.Contains([]string{".", "{", "@"}, d.tokens[at+1].Text)
		return isPascal(word) && !next
	case "KEBABW":
		return slices.Contains(failures, word)
	}
	panic("the grammar has no class " + class)
}

// mark walks one derivation of e from a token to another, and notes what is in it. It tells whether there is one.
func (d *derivation) mark(e *ebnf, at, end int) bool {
	if !slices.Contains(d.ends(e, at), end) {
		return false
	}
	d.used[e] = true
	switch e.kind {
	case "seq":
		d.markSequence(e.of, at, end)
	case "alt":
		for _, of := range e.of {
			if d.mark(of, at, end) {
				break
			}
		}
	case "opt":
		d.mark(e.of[0], at, end)
	case "rep":
		d.markRepeated(e, at, end)
	case "rule":
		if rule := d.rules[e.text]; rule != nil {
			d.mark(rule, at, end)
		}
	}
	return true
}

func (d *derivation) markSequence(list []*ebnf, at, end int) {
	for i, e := range list {
		for _, next := range slices.Backward(d.ends(e, at)) { // the longest first
			if slices.Contains(d.through(list[i+1:], []int{next}), end) {
				d.mark(e, at, next)
				at = next
				break
			}
		}
	}
}

func (d *derivation) markRepeated(e *ebnf, at, end int) {
	for at < end {
		for _, next := range d.ends(e.of[0], at) {
			if next > at && slices.Contains(d.ends(e, next), end) {
				d.mark(e.of[0], at, next)
				at = next
				break
			}
		}
	}
}
