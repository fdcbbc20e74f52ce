package generator

import (
	"github.com/dave/jennifer/jen"

	"github.com/fluvius-io/fluvius-go/dsl/model"
)

// equality is x == y and x != y, deep and by value.
func (b *block) equality(x *model.Binary) code {
	if c, ok := b.presence(x); ok {
		return c
	}
	t := x.X.Type()
	if goComparable(t) {
		return b.plain(x)
	}
	if kindOf(t) == model.Decimal && isZeroDecimal(x.Y) {
		return turn(b.expr(x.X).method("IsZero"), x.Op)
	}
	return turn(b.p.equal(t, b.expr(x.X), b.expr(x.Y)), x.Op)
}

func turn(c code, op string) code {
	if op == "!=" {
		return c.not()
	}
	return c
}

// presence is x == none and x != none.
func (b *block) presence(x *model.Binary) (code, bool) {
	if _, ok := x.Y.(*model.None); ok {
		return absent(b.expr(x.X), x.Op), true
	}
	if _, ok := x.X.(*model.None); ok {
		return absent(b.expr(x.Y), x.Op), true
	}
	return code{}, false
}

func absent(c code, op string) code {
	if op == "==" {
		return c.method("IsSome").not()
	}
	return c.method("IsSome")
}

// equal tells whether two values of a type are the same.
func (p *plan) equal(t model.Type, x, y code) code {
	if goComparable(t) {
		return infix(x, "==", y)
	}
	switch base := baseOf(t).(type) {
	case *model.List:
		return val("EqualList", x.arg(), y.arg(), p.equalFunc(base.Elem))
	case *model.Map:
		return val("EqualMap", x.arg(), y.arg(), p.equalFunc(base.Elem))
	case *model.Optional:
		return val("EqualOptional", x.arg(), y.arg(), p.equalFunc(base.Elem))
	case *model.Struct:
		return primary(jen.Id(p.equalStruct(base)).Call(x.arg(), y.arg()))
	}
	if _, ok := t.(*model.Scalar); ok {
		base := p.goType(baseOf(t))
		x, y = primary(jen.Add(base).Call(x.arg())), primary(jen.Add(base).Call(y.arg()))
	}
	switch kindOf(t) {
	case model.Decimal, model.Time:
		return x.method("Equal", y.arg())
	}
	return call("bytes", "Equal", x.arg(), y.arg())
}

// equalFunc is equal as a function of two values.
func (p *plan) equalFunc(t model.Type) jen.Code {
	if goComparable(t) {
		return jen.Qual(valuePath, "Same").Types(p.goType(t))
	}
	if s, ok := t.(*model.Struct); ok {
		return jen.Id(p.equalStruct(s))
	}
	if basic, ok := t.(*model.Basic); ok {
		switch basic.Kind {
		case model.Decimal:
			return jen.Qual(decimalsPath, "Equal")
		case model.Time:
			return jen.Qual(valuePath, "EqualTime")
		case model.Bytes:
			return jen.Qual(valuePath, "EqualBytes").Types(p.goType(t))
		}
	}
	return jen.Func().Params(jen.List(jen.Id("a"), jen.Id("b")).Add(p.goType(t))).Bool().Block(
		jen.Return(p.equal(t, name("a"), name("b")).arg()))
}

// equalStruct is the name of the function that compares two values of a struct. It is
// written once a package, for the structs that newBodies found.
func (p *plan) equalStruct(s *model.Struct) string {
	return "equal" + s.GoName
}

func (p *plan) equalStructFunc(s *model.Struct) jen.Code {
	all := cheap(jen.True())
	for i, f := range s.Fields {
		same := p.equal(f.Type, name("a").dot(f.GoName), name("b").dot(f.GoName))
		if i == 0 {
			all = same
			continue
		}
		all = code{jen: all.at(precAnd).Op("&&").Line().Add(same.at(precCompare)), prec: precAnd}
	}
	return jen.Func().Id("equal" + s.GoName).Params(jen.List(jen.Id("a"), jen.Id("b")).Id(s.GoName)).Bool().Block(
		jen.Return(all.arg()))
}
