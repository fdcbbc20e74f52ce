package check

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// soundly types an expression, and holds what always holds: there is a result; it is Invalid only after an error;
// else it is of the type wanted, and well formed.
func (b *bench) soundly(t testing.TB, e syntax.Expr, want model.Type, text string) (clean bool) {
	b.list = nil
	x := b.expr(b.scope, e, want)
	require.NotNil(t, x, text)
	if b.list.HasErrors() {
		return false
	}
	require.False(t, isInvalid(x.Type()), "%s: Invalid without an error", text)
	require.Empty(t, illFormed(x), text)
	if want != nil {
		require.True(t, model.Identical(want, x.Type()), "%s: %s instead of %s", text, typeName(x.Type()), typeName(want))
	}
	return true
}

func TestEveryExpressionOfTheTablesIsWellFormed(t *testing.T) {
	b := newBench(t)
	for _, test := range exprCases {
		assert.True(t, b.soundly(t, parseExpr(t, test.text), b.wanted(t, test.want), test.text), test.text)
	}
}

func FuzzExpression(f *testing.F) {
	for _, test := range exprCases {
		f.Add(test.text)
	}
	for _, test := range errorCases {
		f.Add(test.text)
	}
	b := newBench(f)
	f.Fuzz(func(t *testing.T, text string) {
		file, _ := syntax.Parse(source.NewFile("x.fluv", exprPrefix+text+"\n}\n"))
		for _, decl := range file.Decls {
			a, ok := decl.(*syntax.Aggregate)
			if !ok {
				continue
			}
			for _, member := range a.Members {
				if i, ok := member.(*syntax.Invariant); ok && i.Cond != nil {
					b.soundly(t, i.Cond, nil, text)
					b.soundly(t, i.Cond, boolType, text)
				}
			}
		}
	})
}

// Trees that no text gives, too: any node in any place.
func TestRandomTrees(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	b := newBench(t)
	g := &treeMaker{rand: rand.New(rand.NewPCG(seed, 0))}
	clean := 0
	for range 5000 {
		e := g.expr(4)
		var want model.Type
		if g.rand.IntN(2) == 0 {
			want = b.types[g.name()]
		}
		if b.soundly(t, e, want, fmt.Sprintf("seed %d", seed)) {
			clean++
		}
	}
	assert.NotZero(t, clean, "no tree was right: the test tests nothing")
}

// treeMaker makes trees.
type treeMaker struct {
	rand *rand.Rand
	vars int
}

var treeNames = []string{
	"s", "b", "i", "f", "d", "t", "u", "js", "email", "phone", "qty", "geo", "line", "addr", "phase", "ss", "is", "ds", "lines", "emails",
	"m", "ml", "mp", "os", "oi", "od", "oline", "oemail", "ophase", "oss", "om", "oaddr", "thing_id", "addrs",
}

func (g *treeMaker) name() string { return treeNames[g.rand.IntN(len(treeNames))] }

func (g *treeMaker) pick(words ...string) string { return words[g.rand.IntN(len(words))] }

func ident(name string) syntax.Ident { return syntax.Ident{Name: name} }

func (g *treeMaker) expr(depth int) syntax.Expr {
	if depth == 0 || g.rand.IntN(5) == 0 {
		return g.leaf()
	}
	sub := func() syntax.Expr { return g.expr(depth - 1) }
	switch g.rand.IntN(16) {
	case 0:
		return &syntax.ListLit{Items: g.several(depth)}
	case 1:
		return &syntax.MapLit{Entries: []syntax.MapEntry{{Key: sub(), Value: sub()}, {Key: sub(), Value: sub()}}[:g.rand.IntN(3)]}
	case 2:
		return &syntax.StructLit{Type: syntax.Versioned{Name: ident(g.pick("Line", "Address", "Email", "Old", "Nope"))}, Fields: g.fields(depth)}
	case 3:
		return &syntax.Select{X: sub(), Name: ident(g.pick("price", "city", "zip", "to", "s", "nope"))}
	case 4:
		return &syntax.Index{X: sub(), I: sub()}
	case 5:
		return &syntax.With{X: sub(), Fields: g.fields(depth)}
	case 6:
		return &syntax.Unary{Op: g.pick("!", "-"), X: sub()}
	case 7:
		return &syntax.Cond{C: sub(), A: sub(), B: sub()}
	case 8:
		return g.call(depth)
	case 9:
		return g.comprehension(depth)
	case 10:
		return g.match(depth)
	case 11:
		return &syntax.Paren{X: sub()}
	case 12:
		return &syntax.StringLit{Parts: []syntax.TextPart{{Text: "a"}, {Expr: sub()}}}
	}
	return &syntax.Binary{Op: g.operator(), X: sub(), Y: sub()}
}

func (g *treeMaker) operator() string {
	return g.pick("??", "*", "/", "%", "+", "-", "==", "!=", "<", "<=", ">", ">=", "in", "matches", "&&", "||")
}

func (g *treeMaker) leaf() syntax.Expr {
	switch g.rand.IntN(12) {
	case 0:
		return &syntax.IntLit{Digits: g.pick("0", "1", "2", "9223372036854775808")}
	case 1:
		return &syntax.FloatLit{Digits: g.pick("0.0", "1.5")}
	case 2:
		return &syntax.NoneLit{}
	case 3:
		return &syntax.BoolLit{Value: g.rand.IntN(2) == 0}
	case 4:
		return &syntax.StringLit{Parts: []syntax.TextPart{{Text: g.pick("a", "[", "")}}[:g.rand.IntN(2)]}
	case 5:
		return &syntax.DurationLit{Value: time.Hour}
	case 6:
		return &syntax.TimeLit{}
	case 7:
		return &syntax.Qualified{Type: ident(g.pick("Phase", "Color", "Nope")), Name: ident(g.pick("opened", "red", "nope"))}
	case 8:
		return &syntax.Name{Ident: ident(g.pick("opened", "red", "in-work", "nope", "a-b", "event", "now", "exists"))}
	}
	return &syntax.Name{Ident: ident(g.name())}
}

func (g *treeMaker) several(depth int) []syntax.Expr {
	list := make([]syntax.Expr, g.rand.IntN(4))
	for i := range list {
		list[i] = g.expr(depth - 1)
	}
	return list
}

func (g *treeMaker) fields(depth int) []*syntax.FieldExpr {
	fields := make([]*syntax.FieldExpr, g.rand.IntN(4))
	for i := range fields {
		fields[i] = &syntax.FieldExpr{Name: ident(g.pick("product", "quantity", "price", "city", "door", "nope")), Value: g.expr(depth - 1)}
	}
	return fields
}

func (g *treeMaker) call(depth int) syntax.Expr {
	name := g.pick("len", "lower", "contains", "before", "split", "join", "abs", "round", "min", "max", "first", "last", "keys", "values", "nope", "sum")
	return &syntax.Call{Func: ident(name), Args: g.several(depth)}
}

func (g *treeMaker) comprehension(depth int) syntax.Expr {
	g.vars++
	name := fmt.Sprintf("v%d", g.vars)
	x := &syntax.Comprehension{Func: ident(g.pick("sum", "count", "all", "any", "map", "filter", "nope")), First: ident(name), Over: g.expr(depth - 1)}
	if g.rand.IntN(2) == 0 {
		second := ident(name + "b")
		x.Second = &second
	}
	if g.rand.IntN(2) == 0 {
		x.If = g.expr(depth - 1)
	}
	x.Body = g.expr(depth - 1)
	if g.rand.IntN(2) == 0 {
		x.Body = &syntax.Binary{Op: g.operator(), X: &syntax.Name{Ident: ident(name)}, Y: x.Body}
	}
	return x
}

func (g *treeMaker) match(depth int) syntax.Expr {
	x := &syntax.Match{X: g.expr(depth - 1)}
	for range g.rand.IntN(3) {
		x.Cases = append(x.Cases, &syntax.MatchCase{Values: []syntax.Ident{ident(g.pick("opened", "in-work", "closed", "red", "nope"))}, Body: g.expr(depth - 1)})
	}
	if g.rand.IntN(2) == 0 {
		x.Else = g.expr(depth - 1)
	}
	return x
}
