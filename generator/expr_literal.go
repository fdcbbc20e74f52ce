package generator

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/dave/jennifer/jen"

	"github.com/fluvius-io/fluvius-go/dsl/model"
)

func (b *block) literal(x *model.Literal) code {
	c := b.basic(x.Value)
	if _, ok := x.T.(*model.Basic); !ok { // a literal of a named scalar
		return code{jen: b.p.goType(x.T).Call(c.arg()), prec: precPrimary, cheap: true}
	}
	return c
}

func (b *block) basic(v any) code {
	switch v := v.(type) {
	case string:
		return cheap(jen.Lit(v))
	case bool:
		return cheap(jen.Lit(v))
	case int64:
		return integer(v)
	case float64:
		return float(v)
	case time.Time:
		return timeOf(v)
	case time.Duration:
		return durationOf(v)
	case model.DecimalText:
		return b.decimal(string(v))
	}
	panic(unknown(v))
}

func cheap(s *jen.Statement) code { return code{jen: s, prec: precPrimary, cheap: true} }

func cheapLiteral(s *jen.Statement) code {
	return code{jen: s, prec: precPrimary, cheap: true, brace: true}
}

// signed is a number's text: a negative one binds as -x does.
func signed(text string) code {
	c := cheap(jen.Id(text))
	if strings.HasPrefix(text, "-") {
		c.prec = precUnary
	}
	return c
}

func integer(v int64) code {
	c := signed(strconv.FormatInt(v, 10))
	c.kind = bare
	return c
}

func float(v float64) code {
	if v == 0 && math.Signbit(v) { // a constant of Go has no sign at zero
		return call("math", "Copysign", jen.Lit(0), jen.Lit(-1))
	}
	text := strconv.FormatFloat(v, 'g', -1, 64)
	if v == math.Trunc(v) && math.Abs(v) < 1e15 {
		text = strconv.FormatFloat(v, 'f', 1, 64)
	}
	return signed(text)
}

// decimal is a constant of the package: a decimal that is made anew each time it is used costs two allocations.
func (b *block) decimal(text string) code {
	if zeroNumber(text) {
		return cheapLiteral(jen.Qual(decimalPath, "Decimal").Values())
	}
	if b.inTest {
		return cheap(jen.Qual(decimalsPath, "Must").Call(jen.Lit(text)))
	}
	return cheap(jen.Id(b.p.number(text)))
}

func timeOf(t time.Time) code {
	t = t.UTC()
	return cheap(jen.Qual("time", "Date").Call(
		jen.Lit(t.Year()), jen.Lit(int(t.Month())), jen.Lit(t.Day()),
		jen.Lit(t.Hour()), jen.Lit(t.Minute()), jen.Lit(t.Second()), jen.Lit(t.Nanosecond()),
		jen.Qual("time", "UTC")))
}

var units = []struct {
	d    time.Duration
	name string
}{
	{time.Hour, "Hour"}, {time.Minute, "Minute"}, {time.Second, "Second"},
	{time.Millisecond, "Millisecond"}, {time.Microsecond, "Microsecond"}, {time.Nanosecond, "Nanosecond"},
}

func durationOf(d time.Duration) code {
	if d == 0 {
		return cheap(jen.Qual("time", "Duration").Call(jen.Lit(0)))
	}
	for _, u := range units {
		if d%u.d != 0 {
			continue
		}
		if d == u.d {
			return cheap(jen.Qual("time", u.name))
		}
		n := signed(strconv.FormatInt(int64(d/u.d), 10))
		return code{jen: n.jen.Op("*").Qual("time", u.name), prec: precProduct, cheap: true}
	}
	return code{}
}

// composite is a value that is written with its parts.
func (b *block) composite(x model.Expr) code {
	switch x := x.(type) {
	case *model.None:
		return b.none(x.T)
	case *model.Zero:
		return b.zero(x.T)
	case *model.EnumLit:
		return cheap(jen.Id(x.Value.GoName))
	case *model.ListLit:
		return b.list(x)
	case *model.MapLit:
		return b.mapOf(x)
	case *model.StructLit:
		return literal(b.p.goType(x.Struct).Add(b.fields(x.Fields)))
	}
	panic(unknown(x))
}

func (b *block) none(t model.Type) code {
	return cheap(jen.Qual(runtimePath, "None").Types(b.p.goType(elemOf(t))).Call())
}

// zero is the zero value of the language, which for a struct with defaults is not Go's.
func (b *block) zero(t model.Type) code {
	switch t := t.(type) {
	case *model.Optional:
		return b.none(t)
	case *model.List, *model.Map:
		return b.nothing(t)
	case *model.GoType:
		return cheap(jen.Op("*").New(b.p.goType(t)))
	case *model.Enum:
		return cheap(jen.Id(t.Values[0].GoName))
	case *model.ID:
		return cheap(b.p.goType(t).Call(jen.Lit("")))
	case *model.Struct:
		return b.zeroStruct(t)
	case *model.Scalar:
		return cheap(b.p.goType(t).Call(b.zero(t.Base).arg()))
	case *model.Basic:
		return b.zeroBasic(t.Kind)
	}
	panic(unknown(t))
}

// nothing is an empty list or map.
func (b *block) nothing(t model.Type) code {
	return code{jen: b.p.goType(t).Call(jen.Nil()), prec: precPrimary, cheap: true, empty: true}
}

func (b *block) zeroBasic(k model.Kind) code {
	switch k {
	case model.String:
		return cheap(jen.Lit(""))
	case model.Bool:
		return cheap(jen.False())
	case model.Int:
		return integer(0)
	case model.Float:
		return float(0)
	case model.Duration:
		return durationOf(0)
	case model.Time:
		return cheapLiteral(jen.Qual("time", "Time").Values())
	case model.Decimal:
		return cheapLiteral(jen.Qual(decimalPath, "Decimal").Values())
	case model.Bytes:
		return cheap(jen.Index().Byte().Call(jen.Nil()))
	}
	return cheap(jen.Qual("encoding/json", "RawMessage").Call(jen.Nil()))
}

func (b *block) zeroStruct(t *model.Struct) code {
	var fields []*model.FieldInit
	for _, f := range t.Fields {
		value := f.Default
		if value == nil {
			value = &model.Zero{Base: model.Base{T: f.Type}}
		}
		fields = append(fields, &model.FieldInit{Field: f, Value: value, Implicit: true})
	}
	return literal(b.p.goType(t).Add(b.fields(fields)))
}

// goZeroValue tells whether x is what a Go variable begins with, so that it need not be written in a literal.
func goZeroValue(x model.Expr) bool {
	switch x := x.(type) {
	case *model.None:
		return true
	case *model.Zero:
		return goZeroType(x.T, map[*model.Struct]bool{})
	}
	return false
}

func goZeroType(t model.Type, seen map[*model.Struct]bool) bool {
	s, ok := t.(*model.Struct)
	if !ok || seen[s] {
		return true
	}
	seen[s] = true
	for _, f := range s.Fields {
		if f.Default != nil || !goZeroType(f.Type, seen) {
			return false
		}
	}
	return true
}

// fields is the braces of a struct: one line where there are few short ones.
func (b *block) fields(fields []*model.FieldInit) *jen.Statement {
	var items []jen.Code
	for _, f := range fields {
		if f.Value == nil || f.Implicit && goZeroValue(f.Value) {
			continue
		}
		items = append(items, jen.Id(f.Field.GoName).Op(":").Add(b.put(localName(f.Field.Name, f.Field.GoName), f.Value)))
	}
	return braces(items)
}

// braces keeps the order of its items, which jen.Dict does not.
func braces(items []jen.Code) *jen.Statement {
	return jen.Custom(jen.Options{Open: "{", Close: "}", Separator: ",", Multi: len(items) > 3}, items...)
}

func (b *block) list(x *model.ListLit) code {
	if len(x.Items) == 0 {
		return b.nothing(x.T)
	}
	var items []jen.Code
	for _, item := range x.Items {
		items = append(items, b.put("", item))
	}
	return literal(b.p.goType(x.T).Values(items...))
}

func (b *block) mapOf(x *model.MapLit) code {
	if len(x.Keys) == 0 {
		return b.nothing(x.T)
	}
	if !distinct(x.Keys) {
		return b.mapOfComputed(x)
	}
	var items []jen.Code
	for i, key := range x.Keys {
		items = append(items, b.expr(key).arg().Op(":").Add(b.put("", x.Values[i])))
	}
	return literal(b.p.goType(x.T).Add(braces(items)))
}

// distinct tells whether no two keys are the same, as far as one can see. Two constant ones Go refuses in a literal; of
// others, which may turn out to be the same, the last must win, and Go puts constant ones in first.
func distinct(keys []model.Expr) bool {
	seen := map[any]bool{}
	for _, k := range keys {
		v := constantKey(k)
		if seen[v] || v == nil && len(keys) > 1 {
			return false
		}
		seen[v] = true
	}
	return true
}

func constantKey(x model.Expr) any {
	switch x := x.(type) {
	case *model.Literal:
		return x.Value
	case *model.EnumLit:
		return x.Value
	case *model.Convert:
		return constantKey(x.X)
	}
	return nil
}

func (b *block) mapOfComputed(x *model.MapLit) code {
	id := b.names.pick("entries")
	b.add(jen.Id(id).Op(":=").Add(b.p.goType(x.T)).Values())
	for i, key := range x.Keys {
		b.add(jen.Id(id).Index(b.expr(key).arg()).Op("=").Add(b.expr(x.Values[i]).arg()))
	}
	return fresh(id)
}
