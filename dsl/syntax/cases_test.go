package syntax

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// exprCase is an expression and its tree. The table feeds the tests and the fuzzer.
type exprCase struct{ text, tree string }

var exprCases = []exprCase{
	{"1 + 2 * 3", "(+ 1 (* 2 3))"},
	{"1 - 2 - 3", "(- (- 1 2) 3)"},
	{"a ?? b ?? c", "(?? a (?? b c))"},
	{"-a ?? b * c", "(* (?? (- a) b) c)"},
	{"!a && b || c && d", "(|| (&& (! a) b) (&& c d))"},
	{"a in b && c matches `x`", "(&& (in a b) (matches c `x`))"},
	{"a < b == c", "(&& (< a b) (== b c))"}, // an error, and the tree of what was meant
	{"a < b < c < d", "(&& (&& (< a b) (< b c)) (< c d))"},
	{"(a && b < c) < d", "(< (paren (&& a (< b c))) d)"},
	{"007 + 1_000 + 1e5 + 00.5", "(+ (+ (+ 7 1000) 0) 0.5)"},
	{"a ? b : c ? d : e", "(? a b (? c d e))"},
	{"a || b ? c + 1 : -d", "(? (|| a b) (+ c 1) (- d))"},
	{"a.b[c].d", "(. ([] (. a b) c) d)"},
	{"a with { b: 1, c: 2 d: 3 }", "(with a b:1 c:2 d:3)"},
	{"a-b", "a-b"},
	{"a - b", "(- a b)"},
	{"a -b", "(- a b)"},
	{"a_b-c", "a_b-c"},
	{"2-1", "(- 2 1)"},
	{"x-1", "x-1"},
	{"5-x", "(- 5 x)"},
	{"f(a)-b", "(- (f a) b)"},
	{"1h30m", "1h30m0s"},
	{"2h", "2h0m0s"},
	{"7d + 1d12h", "(+ 168h0m0s 36h0m0s)"},
	{"500ms", "500ms"},
	{"1.5h", "1h30m0s"},
	{"1µs", "1µs"},
	{"2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z"},
	{"2026-01-02T03:04:05+02:00", "2026-01-02T01:04:05Z"},
	{"2026-01-02T03:04:05.123456789Z", "2026-01-02T03:04:05.123456789Z"},
	{`"a {b} c"`, `"a {b} c"`},
	{`"{a}{b + 1}"`, `"{a}{(+ b 1)}"`},
	{`"{{a}} {b}"`, `"{a} {b}"`},
	{`"tab\t \"q\" \\ \u00e9"`, `"tab	 "q" \ é"`},
	{`""`, `""`},
	{"`raw {a} \\n`", "`raw {a} \\n`"},
	{"[]", "(list)"},
	{"[1, 2,]", "(list 1 2)"},
	{"{}", "(map)"},
	{`{ "a": 1, b: c ? d : e }`, `(map "a":1 b:(? c d e))`},
	{"Line { a: 1 }", "(Line a:1)"},
	{"Line@2 {}", "(Line@2)"},
	{"Phase.in-progress", "Phase.in-progress"},
	{"Phase.opened == state.phase", "(== Phase.opened (. state phase))"},
	{"sum(x in xs: x.a)", "(sum x in xs: (. x a))"},
	{"sum(i, x in xs if i > 0: x)", "(sum i,x in xs if (> i 0): x)"},
	{"count(x in a ? b : c: x)", "(count x in (? a b c): x)"},
	{"all(x in a in b: x)", "(all x in (in a b): x)"},
	{"sum + count * map", "(+ sum (* count map))"},
	{"min(a, b)", "(min a b)"},
	{"len()", "(len)"},
	{"match a { b, c: 1 d: 2, else: 3 }", "(match a b,c:1 d:2 else:3)"},
	{"match a {}", "(match a)"},
	{"(a)", "(paren a)"},
	{"!-!a", "(! (- (! a)))"},
	{"none ?? true", "(?? none true)"},
	{"state.state.event", "(. (. state state) event)"},
	{"a and b", "(&& a b)"}, // an error, but a tree
	{"a = b", "(== a b)"},   // an error, but a tree
	{"(not a)", "(paren (! a))"},
	{"a // comment\n + b", "(+ a b)"},
}

// parseExpr parses an invariant of that expression.
func parseExpr(text string) (*source.File, Expr, source.List) {
	f := source.NewFile("expr.fluv", "domain a\naggregate A {\n    invariant "+text+"\n}\n")
	file, list := Parse(f)
	for _, d := range file.Decls {
		for _, m := range d.(*Aggregate).Members {
			return f, m.(*Invariant).Cond, list
		}
	}
	return f, nil, list
}

func TestExpressionsHaveTheirTrees(t *testing.T) {
	for _, c := range exprCases {
		f, x, list := parseExpr(c.text)
		if assert.NotNil(t, x, "%s: %v", c.text, list) {
			assert.Equal(t, c.tree, lisp(x), c.text)
			assert.Equal(t, c.text, x.Where().Text(), "the span of %s", c.text)
			assert.Equal(t, f, x.Where().File)
		}
	}
}

func TestPartsOfExpressionsHaveTheirSpans(t *testing.T) {
	_, x, list := parseExpr(`a.b + f(c, 1) ?? "x {d.e} y"`)
	require.Empty(t, list)
	sum := x.(*Binary)
	assert.Equal(t, "+", sum.OpSpan.Text())
	assert.Equal(t, "a.b", sum.X.Where().Text())
	assert.Equal(t, "b", sum.X.(*Select).Name.Span.Text())
	or := sum.Y.(*Binary)
	assert.Equal(t, `f(c, 1) ?? "x {d.e} y"`, or.Span.Text())
	assert.Equal(t, "f", or.X.(*Call).Func.Span.Text())
	text := or.Y.(*StringLit)
	assert.Equal(t, "x ", text.Parts[0].Span.Text())
	assert.Equal(t, "{d.e}", text.Parts[1].Span.Text())
	assert.Equal(t, "d.e", text.Parts[1].Expr.Where().Text())
	assert.Equal(t, " y", text.Parts[2].Span.Text())
}

func TestDeclarationsHaveTheirSpans(t *testing.T) {
	f := source.NewFile("spans.fluv", `domain a
// Doc.
type T { x int = 1 y []string? }
handler H on a, other.b { retry 5 on failure skip }
aggregate A as "b" {
    test "x" { given y@2 { a: 1 } when B then error C { d: 2 } }
    apply x { a[1] += 2 if b { ...event } }
    action D(e int) creates f { require g else H(1) emit f { } }
}
`)
	file, list := Parse(f)
	require.Empty(t, list)
	typ, handler, aggregate := file.Decls[0].(*Type), file.Decls[1].(*Handler), file.Decls[2].(*Aggregate)
	test, apply, action := aggregate.Members[0].(*Test), aggregate.Members[1].(*Apply), aggregate.Members[2].(*Action)
	fold := apply.Body[1].(*FoldIf)
	for want, got := range map[string]source.Span{
		"a":                                file.Domain.Span,
		"type T { x int = 1 y []string? }": typ.Span,
		"[]string?":                        typ.Fields[1].Type.Span,
		"string":                           typ.Fields[1].Type.Elem.Span,
		"other.b":                          handler.Keys[1].Span,
		"on failure skip":                  handler.Options[1].Span,
		"given y@2 { a: 1 }":               test.Givens[0].Span,
		"2":                                test.Givens[0].Key.Version.Span,
		"when B":                           test.When.Span,
		"then error C { d: 2 }":            test.Thens[0].Span,
		"a[1] += 2":                        apply.Body[0].Where(),
		"if b { ...event }":                fold.Span,
		"...event":                         fold.Then[0].Where(),
		"require g else H(1)":              action.Body[0].Where(),
		"emit f { }":                       action.Body[1].Where(),
		`"b"`:                              aggregate.As.Span,
	} {
		assert.Equal(t, want, got.Text())
	}
	assert.True(t, strings.HasPrefix(aggregate.Span.Text(), "aggregate A") && strings.HasSuffix(aggregate.Span.Text(), "}"))
	assert.Equal(t, "Doc.", typ.Doc)
}
