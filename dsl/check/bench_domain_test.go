package check

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// benchDomain declares what the expressions of the tests read: one field of each type there is.
const benchDomain = `domain bench

type Email string
type Phone string
type Quantity int
type Price decimal
type Flag bool
type Geo go "example.com/geo".Point
type Address {
    city string
    zip  string?
    note string?
    door int = 1
}
type Line {
    product  string
    quantity Quantity
    price    decimal
    to       Address?
}
type Blob {
    raw json
}
type Old@1 {
    a int
}
type Old@2 {
    a int
    b int
}
upcast Old@1 -> @2 {
    b = 0
}

enum Phase { opened, in-work, closed }
enum Color { red, green }

aggregate Thing {
    state {
        s string, s2 string, b bool, i int, j int, f float, d decimal, t time, u duration, by bytes, js json
        email Email, email2 Email, phone Phone, qty Quantity, price Price, flag Flag, geo Geo
        line Line, blob Blob, addr Address, phase Phase, color Color, thing_id ThingID, other_id OtherID
        ss []string, is []int, ds []decimal, fs []float, lines []Line, emails []Email, phases []Phase, us []duration
        phones []Phone, qtys []Quantity, geos []Geo, jsons []json, addrs []Address
        m map[string]int, md map[string]decimal, ml map[string]Line, mp map[Phase]int, mi map[int]string, mid map[ThingID]string
        os string?, oi int?, od decimal?, ob bool?, oline Line?, oemail Email?, ophase Phase?, oss []string?, om map[string]int?, oaddr Address?
        old Old@1, olds []Old@1, oldm map[string]Old@1, oold Old@1?
        new Old, news []Old, newm map[string]Old, onew Old?
        ot time?, ou duration?, of float?, ophone Phone?
    }
    event thing-made { s string }
    apply thing-made { ...event }
    action Make(s string) creates thing-made
}
aggregate Other {
    state { s string }
    event other-made { s string }
    action MakeOther(s string) creates other-made
}
`

// bench is a checker that knows benchDomain, and the scope in which the state's fields are names.
type bench struct {
	*checker
	scope *scope
	types map[string]model.Type
}

func newBench(t testing.TB) *bench {
	file, list := syntax.Parse(source.NewFile("bench.fluv", benchDomain))
	require.Empty(t, list)
	c := newChecker([]*syntax.File{file}, nil)
	c.run()
	require.False(t, c.list.HasErrors(), "%v", c.list)
	c.list = nil
	b := &bench{checker: c, types: map[string]model.Type{}}
	thing := c.domain.Aggregates[0]
	s := newScope(nil)
	for _, field := range thing.State {
		s.bind(field.Name, benchField(field, model.State))
		b.types[field.Name] = field.Type
	}
	event := &binding{what: "the event", fields: map[string]*binding{}}
	for _, field := range thing.State {
		event.fields[field.Name] = benchField(field, model.EventField)
	}
	s.bind("event", event)
	s.bind("exists", &binding{what: "whether it exists", value: func(at source.Span) model.Expr {
		return &model.Builtin{Base: model.Base{T: boolType, Span: at}, Kind: model.Exists}
	}})
	s.bind("now", &binding{what: "the clock", barred: "a fold reads no clock"})
	b.scope = newScope(s)
	return b
}

func benchField(field *model.Field, from model.SourceKind) *binding {
	return &binding{span: field.Span, what: "the field " + field.Name, value: func(at source.Span) model.Expr {
		return &model.Get{Base: model.Base{T: field.Type, Span: at}, From: from, Field: field}
	}}
}

const exprPrefix = "domain x\naggregate X {\n    invariant "

// parseExpr is the tree of an expression; the text may span lines.
func parseExpr(t testing.TB, text string) syntax.Expr {
	file, list := syntax.Parse(source.NewFile("x.fluv", exprPrefix+text+"\n}\n"))
	require.Empty(t, list, text)
	aggregate := file.Decls[0].(*syntax.Aggregate)
	require.Len(t, aggregate.Members, 1, text)
	return aggregate.Members[0].(*syntax.Invariant).Cond
}

// typed types an expression where a type is expected, nil for any, and gives what was reported.
func (b *bench) typed(t testing.TB, text string, want model.Type) (model.Expr, source.List) {
	b.list = nil
	x := b.expr(b.scope, parseExpr(t, text), want)
	b.list.Sort()
	return x, b.list.Dedup()
}

// wanted is the type that a test names: the type of a field of Thing, after "a ", or a basic type.
func (b *bench) wanted(t testing.TB, name string) model.Type {
	if name == "" {
		return nil
	}
	if o, ok := strings.CutSuffix(name, "?"); ok {
		return optional(b.wanted(t, o))
	}
	if list, ok := strings.CutPrefix(name, "[]"); ok {
		return &model.List{Elem: b.wanted(t, list)}
	}
	if basic, ok := basicTypes[name]; ok {
		return basic
	}
	for _, typ := range b.types {
		if typeName(typ) == name {
			return typ
		}
	}
	require.Fail(t, "no such type in the test", name)
	return nil
}

// place is where an expression's error stands, in columns of the text that was given, from 1.
func place(at source.Span) int { return at.Start - len(exprPrefix) + 1 }
