package generator

import (
	"reflect"

	"github.com/dave/jennifer/jen"

	"github.com/fluvius-io/fluvius-go/dsl/model"
)

// cond is c ? a : b. Go has no expression for it: it becomes a variable and an if.
func (b *block) cond(hint string, x *model.Cond) code {
	id := b.variable(hint, "chosen", x.T)
	b.assignCond(jen.Id(id), x)
	return fresh(id)
}

// variable declares a local variable of a type at its zero in Go.
func (b *block) variable(hint, otherwise string, t model.Type) string {
	if hint == "" {
		hint = otherwise
	}
	id := b.names.pick(hint)
	b.add(jen.Var().Id(id).Add(b.p.goType(t)))
	return id
}

func (b *block) assignCond(to *jen.Statement, x *model.Cond) {
	if s := b.condStatement(to, x); s != nil {
		b.add(s)
	}
}

// condStatement is if c { to = a } else { to = b }; what stands in the else as another condition becomes an else if.
// A branch that leaves everything as it is is left out; if both do, so is all of it.
func (b *block) condStatement(to *jen.Statement, x *model.Cond) *jen.Statement {
	switch {
	case b.stays(to, x):
		return nil
	case b.stays(to, x.A):
		return jen.If(b.negation(x.C).head()).Block(b.nested(func(in *block) { in.assign(to, "", x.B) })...)
	}
	s := jen.If(b.expr(x.C).head()).Block(b.nested(func(in *block) { in.assign(to, "", x.A) })...)
	if b.stays(to, x.B) {
		return s
	}
	in := b.inner()
	next, chained := x.B.(*model.Cond)
	if !chained {
		in.assign(to, "", x.B)
		return s.Else().Block(in.stmts...)
	}
	follows := in.condStatement(to, next)
	if len(in.stmts) == 0 {
		return s.Else().Add(follows)
	}
	return s.Else().Block(append(in.stmts, follows)...)
}

// stays tells whether x is what stands in a place already, and computing it cannot fail.
func (b *block) stays(to *jen.Statement, x model.Expr) bool {
	switch x := x.(type) {
	case *model.Get:
		// Both are one name, jen.Id("s.Total"); to compare them as text would mean to format them.
		return b.toCompute(x) == nil && reflect.DeepEqual(b.get(x).jen, to)
	case *model.Cond:
		return !b.canFail(x.C) && b.stays(to, x.A) && b.stays(to, x.B)
	}
	return false
}

func (b *block) match(hint string, x *model.Match) code {
	id := b.variable(hint, "matched", x.T)
	b.assignMatch(jen.Id(id), x)
	return fresh(id)
}

func (b *block) assignMatch(to *jen.Statement, x *model.Match) {
	on := b.expr(x.X)
	var cases []jen.Code
	for _, c := range x.Cases {
		cases = append(cases, jen.Case(enumValues(c.Values)...).Block(
			b.nested(func(in *block) { in.assign(to, "", c.Body) })...))
	}
	if x.Else != nil {
		cases = append(cases, jen.Default().Block(b.nested(func(in *block) { in.assign(to, "", x.Else) })...))
	}
	b.add(jen.Switch(on.head()).Block(cases...))
}

func enumValues(values []*model.EnumValue) (all []jen.Code) {
	for _, v := range values {
		all = append(all, jen.Id(v.GoName))
	}
	return all
}

// coalesce is x ?? y.
func (b *block) coalesce(hint string, x *model.Coalesce) code {
	_, optional := x.T.(*model.Optional)
	if b.isLazy(x) {
		return b.coalesceLazily(hint, x, optional)
	}
	other := b.expr(x.Y).arg()
	if optional {
		return val("Or", b.expr(x.X).arg(), other)
	}
	if c, ok := b.zeroEntry(x); ok {
		return c
	}
	return b.expr(x.X).method("OrElse", other)
}

// isLazy tells whether y of x ?? y must not be computed where x is there: it takes statements, or it can fail. Whether
// it takes some is seen by making them, which is done once for each ??: there may be others in y.
func (b *block) isLazy(x *model.Coalesce) bool {
	lazy, known := b.lazy[x]
	if !known {
		in := b.inner()
		in.expr(x.Y)
		lazy = len(in.stmts) > 0 || b.canFail(x.Y)
		b.lazy[x] = lazy
	}
	return lazy
}

// zeroEntry is m[k] ?? zero: Go's own m[k].
func (b *block) zeroEntry(x *model.Coalesce) (code, bool) {
	entry, ok := x.X.(*model.Index)
	if !ok || entry.Guarded || !isZero(x.Y) {
		return code{}, false
	}
	if _, ok := entry.X.Type().(*model.Map); !ok {
		return code{}, false
	}
	return code{jen: b.expr(entry.X).at(precPrimary).Index(b.expr(entry.I).arg()), prec: precPrimary}, true
}

// isZero tells whether x is the zero that Go gives for a missing entry.
func isZero(x model.Expr) bool {
	switch x := x.(type) {
	case *model.Literal:
		switch v := x.Value.(type) {
		case string:
			return v == ""
		case bool:
			return !v
		case int64:
			return v == 0
		case model.DecimalText:
			return string(v) == "0"
		}
	case *model.Convert:
		return (x.Kind == model.ToNamed || x.Kind == model.IntToDecimal) && isZero(x.X)
	case *model.ListLit:
		return len(x.Items) == 0
	}
	return goZeroValue(x)
}

// coalesceLazily computes what stands behind a ?? only where it is needed. A chain of them becomes a row of ifs: one in
// the other would make the text as deep as the chain is long, and the work of making it twice as much with each link.
func (b *block) coalesceLazily(hint string, x *model.Coalesce, optional bool) code {
	if hint == "" {
		hint = "found"
	}
	from := b.expr(x.X)
	id := b.names.pick(hint)
	missing := func() *jen.Statement { return jen.Op("!").Id(id).Dot("IsSome").Call() }
	put := func(in *block, y model.Expr) { in.assign(jen.Id(id), "", y) }
	if optional {
		b.add(jen.Id(id).Op(":=").Add(from.typed()))
	} else {
		there := b.names.pick("there")
		get := func(c code) *jen.Statement { return c.method("Get").arg() }
		b.add(jen.List(jen.Id(id), jen.Id(there)).Op(":=").Add(get(from)))
		missing = func() *jen.Statement { return jen.Op("!").Id(there) }
		put = func(in *block, y model.Expr) {
			in.add(jen.List(jen.Id(id), jen.Id(there)).Op("=").Add(get(in.expr(y))))
		}
	}
	rest := x.Y
	for next, ok := rest.(*model.Coalesce); ok && model.Identical(next.T, x.T); next, ok = rest.(*model.Coalesce) {
		b.add(jen.If(missing()).Block(b.nested(func(in *block) { put(in, next.X) })...))
		rest = next.Y
	}
	b.add(jen.If(missing()).Block(b.nested(func(in *block) { in.assign(jen.Id(id), "", rest) })...))
	return fresh(id)
}
