package syntax

import (
	"math/rand/v2"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// The tests here read the grammar of the reference, testdata/fluv.ebnf, and write random sentences of it: each
// has to parse. White space is as bad as can be: any line end may stand between any two tokens.

// production of the EBNF; kind is one of "seq", "alt", "opt", "rep", "rule", "text".
type ebnf struct {
	kind string
	text string
	of   []*ebnf
}

type ebnfReader struct{ tokens []string }

var ebnfToken = regexp.MustCompile(`'[^']*'|[A-Za-z]+|[=|;{}()\[\]]`)

func readEBNF(t testing.TB) map[string]*ebnf {
	t.Helper()
	text, err := os.ReadFile("testdata/fluv.ebnf")
	require.NoError(t, err)
	_, body, ok := strings.Cut(string(text), "*)")
	require.True(t, ok)
	r := &ebnfReader{tokens: ebnfToken.FindAllString(body, -1)}
	rules := make(map[string]*ebnf)
	for len(r.tokens) > 0 {
		name := r.next()
		require.Equal(t, "=", r.next())
		rules[name] = r.alternatives()
		require.Equal(t, ";", r.next())
	}
	plain := rules["plain"].of // its last alternative is a type without a type's name: one of the built-in ones
	plain[len(plain)-1] = &ebnf{kind: "rule", text: "BUILTIN"}
	return rules
}

func (r *ebnfReader) next() string {
	token := r.tokens[0]
	r.tokens = r.tokens[1:]
	return token
}

func (r *ebnfReader) alternatives() *ebnf {
	alt := &ebnf{kind: "alt", of: []*ebnf{r.sequence()}}
	for r.tokens[0] == "|" {
		r.next()
		alt.of = append(alt.of, r.sequence())
	}
	return alt
}

func (r *ebnfReader) sequence() *ebnf {
	seq := &ebnf{kind: "seq"}
	for !strings.Contains("|;)}]", r.tokens[0]) {
		token := r.next()
		switch token {
		case "(", "[", "{":
			inner := r.alternatives()
			r.next()
			kind := map[string]string{"(": "seq", "[": "opt", "{": "rep"}[token]
			seq.of = append(seq.of, &ebnf{kind: kind, of: []*ebnf{inner}})
		default:
			kind := "rule"
			if token[0] == '\'' {
				kind, token = "text", strings.Trim(token, "'")
			}
			seq.of = append(seq.of, &ebnf{kind: kind, text: token})
		}
	}
	return seq
}

// writer writes a sentence. The deeper it is, the rarer it takes what may be left out.
type writer struct {
	rules map[string]*ebnf
	rand  *rand.Rand
	out   []string
}

func (w *writer) write(e *ebnf, depth int) {
	switch e.kind {
	case "text":
		w.out = append(w.out, e.text)
	case "seq":
		for _, of := range e.of {
			w.write(of, depth)
		}
	case "alt":
		w.write(w.choose(e.of, depth), depth)
	case "opt":
		if w.rand.IntN(depth/4+2) == 0 {
			w.write(e.of[0], depth+1)
		}
	case "rep":
		for w.rand.IntN(depth/6+2) == 0 {
			w.write(e.of[0], depth+1)
		}
	case "rule":
		if rule, ok := w.rules[e.text]; ok {
			w.write(rule, depth+1)
			return
		}
		w.out = append(w.out, w.leaf(e.text))
	}
}

// choose takes an alternative; far down the last but one that is a leaf, so that sentences end.
func (w *writer) choose(of []*ebnf, depth int) *ebnf {
	if depth > 60 {
		for _, alt := range of {
			if len(alt.of) == 1 && alt.of[0].kind == "rule" && w.rules[alt.of[0].text] == nil {
				return alt
			}
		}
	}
	return of[w.rand.IntN(len(of))]
}

// words are good names, most of them a keyword elsewhere.
var words = strings.Fields("a b_c x1 state type event apply test action error domain import upcast enum aggregate handler " +
	"derive invariant snapshot was on as where every creates emits by hand go given when then now actor id nothing " +
	"remove emit require let sum count all any map filter and or not retry from")

func (w *writer) leaf(class string) string {
	pick := func(of ...string) string { return of[w.rand.IntN(len(of))] }
	switch class {
	case "NAME":
		return pick(words...)
	case "BUILTIN":
		return pick("string", "bool", "int", "float", "decimal", "time", "duration", "bytes", "json")
	case "FUNC":
		return pick("len", "min", "max", "first", "state", "event", "round")
	case "COMP":
		return pick("sum", "count", "all", "any", "map", "filter")
	case "KEY":
		for { // what names an event or enum value is kebab-case, which is more than the grammar says
			if key := pick(append(words, "a-b", "order-placed", "x-1")...); !strings.Contains(key, "_") && !unkeyed[key] {
				return key
			}
		}
	case "EVKEY":
		for {
			if key := pick("a", "order-placed", "x-1", "event", "apply", "test", "action", "upcast", "derive", "invariant",
				"snapshot", "emits", "creates", "given", "then", "when", "by", "on", "was"); !unkeyed[key] {
				return key
			}
		}
	case "PASCAL", "INVNAME":
		return pick("Line", "User", "APIKey", "X")
	case "KEBABW":
		return pick(failures...)
	case "INT":
		return pick("1", "2", "100")
	case "FLOAT":
		return pick("1.5", "0.25")
	case "DURATION":
		return pick("1h30m", "7d", "500ms")
	case "TIME":
		return pick("2026-01-02T03:04:05Z", "2026-01-02T03:04:05.25+02:00")
	case "STRING":
		return pick(`"text"`, `""`, "`raw`", `"a {{b}}"`)
	}
	panic("the grammar has no class " + class)
}

var badInvariant = regexp.MustCompile(`invariant(\s|// why)+[A-Z]\w*(\s|// why)+[.{@]`)

// sentence is a random sentence from a rule, or "" where the comment of the grammar rules it out.
func (w *writer) sentence(rule string) string {
	w.out = nil
	w.write(w.rules[rule], 0)
	var text strings.Builder
	for _, token := range w.out {
		text.WriteString(token)
		text.WriteString([]string{" ", " ", " ", "\n", "\n    ", " // why\n"}[w.rand.IntN(6)])
	}
	if badInvariant.MatchString(text.String()) {
		return ""
	}
	return text.String()
}

func TestEverySentenceOfTheGrammarParses(t *testing.T) {
	seed := rand.Uint64()
	w := &writer{rules: readEBNF(t), rand: rand.New(rand.NewPCG(seed, 0))}
	count := 1000
	if testing.Short() {
		count = 100
	}
	for range count {
		text := "domain a\n" + w.sentence("top") + w.sentence("top")
		_, list := Parse(source.NewFile("sentence.fluv", text))
		require.Empty(t, list, "seed %d:\n%s", seed, around(text, list))
	}
}

// around is the part of a text in which the first error is, marked.
func around(text string, list source.List) string {
	if len(list) == 0 {
		return text
	}
	at := list[0].Span.Start
	return text[max(0, at-400):at] + "<HERE>" + text[at:min(len(text), at+100)]
}

// TestMembersParseInAnyOrder has aggregates alone, of many members, since that is where cutting is hard.
func TestMembersParseInAnyOrder(t *testing.T) {
	seed := rand.Uint64()
	w := &writer{rules: readEBNF(t), rand: rand.New(rand.NewPCG(seed, 0))}
	for range 100 {
		text, members := "domain a aggregate A {\n", 0
		for range 6 {
			if member := w.sentence("member"); member != "" {
				text += member
				members++
			}
		}
		text += "}\n"
		file, list := Parse(source.NewFile("members.fluv", text))
		require.Empty(t, list, "seed %d:\n%s", seed, around(text, list))
		require.Len(t, file.Decls[0].(*Aggregate).Members, members, "seed %d:\n%s", seed, text)
	}
}
