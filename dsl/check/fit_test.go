package check

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

const upcastDomain = `domain up

type Part@1 { a int }
type Part@2 { a int, b int }
type Part@3 { a int, b int, c int }
upcast Part@1 -> @2 { b = 1 }
upcast Part@2 -> @3 { c = 2 }
type Whole@1 { part Part@1, parts []Part@1, more map[string]Part@2, maybe Part@1? }
type Whole@2 { part Part, parts []Part, more map[string]Part, maybe Part? }
upcast Whole@1 -> @2 {}
type Code@1 int
type Code@2 string
upcast Code@1 -> @2 { value = "{old}" }
type Other { a int }

aggregate Thing {
    state {
        p1 Part@1, p2 Part@2, p3 Part, l1 []Part@1, l2 []Part@2, l3 []Part, m1 map[string]Part@1, m3 map[string]Part, n3 map[int]Part
        o1 Part@1?, o3 Part?, ll1 [][]Part@1, ll3 [][]Part, lo1 []Part@1?, lo3 []Part?, w1 Whole@1, w2 Whole, other Other
        c1 Code@1, c2 Code, i int, is []int, ds []decimal, s string
    }
    event thing-made { s string }
    apply thing-made { ...event }
    action Make(s string) creates thing-made
}
`

func upcastFields(t *testing.T) (*checker, map[string]*model.Field) {
	file, list := syntax.Parse(source.NewFile("up.fluv", upcastDomain))
	require.Empty(t, list)
	c := newChecker([]*syntax.File{file}, nil)
	c.run()
	require.False(t, c.list.HasErrors(), "%v", c.list)
	fields := map[string]*model.Field{}
	for _, field := range c.domain.Aggregates[0].State {
		fields[field.Name] = field
	}
	return c, fields
}

// What carries over in an upcast: what fits, and what upcasts of value types lead to.
func TestConvertThroughUpcasts(t *testing.T) {
	c, fields := upcastFields(t)
	tests := []struct{ from, to, want string }{
		{"p1", "p1", `p1`},
		{"p1", "p2", `(up:Part@2 p1)`},
		{"p1", "p3", `(up:Part (up:Part@2 p1))`},
		{"p2", "p3", `(up:Part p2)`},
		{"p1", "o3", `(some:Part? (up:Part (up:Part@2 p1)))`},
		{"o1", "o3", `(in? (up:Part (up:Part@2 _)) o1)`},
		{"l1", "l3", `(in[] (up:Part (up:Part@2 _)) l1)`},
		{"l2", "l3", `(in[] (up:Part _) l2)`},
		{"l1", "lo3", `(some:[]Part? (in[] (up:Part (up:Part@2 _)) l1))`},
		{"lo1", "lo3", `(in? (in[] (up:Part (up:Part@2 _)) _) lo1)`},
		{"ll1", "ll3", `(in[] (in[] (up:Part (up:Part@2 _)) _) ll1)`},
		{"m1", "m3", `(inmap (up:Part (up:Part@2 _)) m1)`},
		{"w1", "w2", `(up:Whole w1)`},
		{"c1", "c2", `(up:Code c1)`},
		{"i", "c1", `(named:Code@1 i)`},
		{"is", "ds", `(in[] (decimal:decimal _) is)`},
		{"p2", "p1", ``},
		{"p3", "p1", ``},
		{"p1", "other", ``},
		{"l1", "p3", ``},
		{"o1", "p3", ``},
		{"m1", "n3", ``},
		{"c2", "c1", ``},
		{"s", "i", ``},
	}
	for _, test := range tests {
		x := benchField(fields[test.from], model.OldField).value(source.Span{})
		to := fields[test.to].Type
		y, ok := c.convert(x, to, true)
		if test.want == "" {
			assert.False(t, ok, "%s to %s", test.from, test.to)
			continue
		}
		require.True(t, ok, "%s to %s", test.from, test.to)
		assert.Equal(t, test.want, sexpr(y))
		assert.True(t, model.Identical(to, y.Type()), "%s to %s", test.from, test.to)
		_, ok = c.convert(x, to, false)
		assert.Equal(t, fits(x.Type(), to), ok, "without upcasts: %s to %s", test.from, test.to)
	}
}

func TestIdentical(t *testing.T) {
	b := newBench(t)
	for name, typ := range b.types {
		assert.True(t, model.Identical(typ, b.wantedCopy(typ)), name)
		for other, typ2 := range b.types {
			assert.Equal(t, typeName(typ) == typeName(typ2), model.Identical(typ, typ2), "%s and %s", name, other)
		}
	}
	assert.False(t, model.Identical(&model.Map{Key: stringType, Elem: intType}, &model.Map{Key: intType, Elem: intType}))
}

// wantedCopy is the same type, made anew where that is possible.
func (b *bench) wantedCopy(t model.Type) model.Type {
	switch t := t.(type) {
	case *model.Basic:
		return &model.Basic{Kind: t.Kind}
	case *model.List:
		return &model.List{Elem: b.wantedCopy(t.Elem)}
	case *model.Map:
		return &model.Map{Key: b.wantedCopy(t.Key), Elem: b.wantedCopy(t.Elem)}
	case *model.Optional:
		return &model.Optional{Elem: b.wantedCopy(t.Elem)}
	}
	return t
}

func TestConstants(t *testing.T) {
	b := newBench(t)
	tests := []struct{ text, want, sexpr, wrong string }{
		{`1`, "int", `1`, ""},
		{`-1`, "decimal", `-1d`, ""},
		{`(1)`, "Quantity", `(named:Quantity 1)`, ""},
		{`"a"`, "Email?", `(some:Email? (named:Email "a"))`, ""},
		{"`{x}`", "string", `"{x}"`, ""},
		{`none`, "string?", `none:string?`, ""},
		{`true`, "bool", `true`, ""},
		{`24h`, "duration", `24h0m0s`, ""},
		{`-24h`, "duration", `-24h0m0s`, ""},
		{`[1, -2]`, "[]decimal", `[1d -2d]:[]decimal`, ""},
		{`[]`, "[]string", `[]:[]string`, ""},
		{`{ "a": 1 }`, "map[string]int", `{"a" -> 1}:map[string]int`, ""},
		{`opened`, "Phase", `Phase.opened`, ""},
		{`Phase.in-work`, "Phase", `Phase.in-work`, ""},
		{`[opened]`, "[]Phase", `[Phase.opened]:[]Phase`, ""},
		{`Address { city: "a", door: 2 }`, "Address", `(Address city="a" zip=none:string?* note=none:string?* door=2)`, ""},
		{`1 + 1`, "int", "", "a calculation"},
		{`-(1)`, "int", "", "a calculation"},
		{`!true`, "bool", "", "a calculation"},
		{`true ? 1 : 2`, "int", "", "a calculation"},
		{`[1, 2 * 3]`, "[]int", "", "a calculation"},
		{`{ "a": len("a") }`, "map[string]int", "", "a function"},
		{`Address { city: lower("a") }`, "Address", "", "a function"},
		{`"{1}"`, "string", "", "a value in a text"},
		{`x.y`, "int", "", "read from something else"},
		{`x[0]`, "int", "", "read from something else"},
		{`sum(x in [1]: x)`, "int", "", "a calculation"},
		{`i`, "int", "", "a default is a literal, and i is a name"},
		{`null`, "int?", "", "there is no null here"},
		{`open`, "Phase", "", "Phase has no value open"},
		{`"a"`, "int", "", "an int is expected"},
	}
	for _, test := range tests {
		b.list = nil
		x := b.constant(parseExpr(t, test.text), b.wanted(t, test.want))
		if test.wrong == "" {
			assert.Empty(t, b.list, test.text)
			assert.Equal(t, test.sexpr, sexpr(x), test.text)
			continue
		}
		if assert.Len(t, b.list, 1, test.text) {
			assert.Contains(t, b.list[0].Message, test.wrong, test.text)
			assert.True(t, isInvalid(x.Type()))
		}
	}
}

func TestDeclareReportsTheOtherPlace(t *testing.T) {
	c := newChecker(nil, nil)
	outer := newScope(nil)
	file := source.NewFile("a.fluv", "first second")
	first := &model.Var{Name: "x", T: intType, Span: file.Span(0, 5)}
	c.declare(outer, syntax.Ident{Name: "x", Span: first.Span}, varBinding(first, "the parameter x"))
	require.Empty(t, c.list)
	second := &model.Var{Name: "x", T: intType, Span: file.Span(6, 12)}
	c.declare(newScope(outer), syntax.Ident{Name: "x", Span: second.Span}, varBinding(second, "the let x"))
	require.Len(t, c.list, 1)
	assert.Equal(t, second.Span, c.list[0].Span)
	assert.Equal(t, "x is already the name of the parameter x here", c.list[0].Message)
	assert.Equal(t, []source.Related{{Span: first.Span, Message: "declared here"}}, c.list[0].Related)
}
