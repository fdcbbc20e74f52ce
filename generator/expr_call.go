package generator

import (
	"github.com/dave/jennifer/jen"

	"github.com/fluvius-io/fluvius-go/dsl/model"
)

// textFuncs are the functions of strings, by the names runtime/value has for them.
var textFuncs = map[string]string{
	"lower": "Lower", "upper": "Upper", "trim": "Trim", "contains": "Contains", "starts_with": "StartsWith",
	"ends_with": "EndsWith", "before": "Before", "after": "After", "split": "Split",
}

func (b *block) call(x *model.Call) code {
	if fn, ok := textFuncs[x.Func]; ok {
		return val(fn, b.texts(x.Args)...)
	}
	switch x.Func {
	case "len":
		return b.length(x.Args[0])
	case "join":
		return val("Join", b.expr(x.Args[0]).arg(), b.text(x.Args[1]))
	case "abs":
		return b.abs(x.Args[0])
	case "round":
		return b.round(x)
	case "div_round":
		return b.failingCall(decimalsPath, "DivRound", b.args(x.Args)...)
	case "min", "max":
		return b.extreme(x)
	case "first":
		return b.notNull(elemOf(x.T), val("First", b.expr(x.Args[0]).arg()))
	case "last":
		return b.notNull(elemOf(x.T), val("Last", b.expr(x.Args[0]).arg()))
	case "keys":
		return val("Keys", b.expr(x.Args[0]).arg(), b.keyOrder(x.Args[0].Type()))
	case "values":
		return val("Values", b.expr(x.Args[0]).arg(), b.keyOrder(x.Args[0].Type()))
	}
	panic(unknown(x) + " " + x.Func)
}

func (b *block) args(xs []model.Expr) (all []jen.Code) {
	for _, x := range xs {
		all = append(all, b.expr(x).arg())
	}
	return all
}

func (b *block) texts(xs []model.Expr) (all []jen.Code) {
	for _, x := range xs {
		all = append(all, b.text(x))
	}
	return all
}

// length counts characters, items or entries. Go's len is an int: where it is only compared it stays one.
func (b *block) length(x model.Expr) code {
	if isText(x.Type()) {
		return val("Len", b.text(x))
	}
	return code{jen: jen.Len(b.expr(x).arg()), prec: precPrimary, kind: machine}
}

func (b *block) abs(x model.Expr) code {
	c := b.expr(x)
	switch kindOf(x.Type()) {
	case model.Decimal:
		return c.method("Abs")
	case model.Float:
		return call("math", "Abs", c.arg())
	case model.Duration:
		return b.failing("AbsDuration", c.arg())
	}
	return b.failing("Abs", c.arg())
}

func (b *block) round(x *model.Call) code {
	if kindOf(x.Args[0].Type()) == model.Float {
		return b.failing("RoundFloat", b.args(x.Args)...)
	}
	return b.failingCall(decimalsPath, "Round", b.args(x.Args)...)
}

// extreme is min and max of two values, or of a list.
func (b *block) extreme(x *model.Call) code {
	if len(x.Args) == 1 {
		fn := map[string]string{"min": "Least", "max": "Greatest"}[x.Func]
		return val(fn, b.expr(x.Args[0]).arg(), b.compareFunc(elemOf(x.Args[0].Type())))
	}
	l, r := b.expr(x.Args[0]), b.expr(x.Args[1])
	switch kindOf(x.Args[0].Type()) {
	case model.Int, model.Float, model.String, model.Duration:
		return primary(jen.Id(x.Func).Call(l.typed(), r.typed()))
	}
	fn := map[string]string{"min": "Min", "max": "Max"}[x.Func]
	return val(fn, l.typed(), r.typed(), b.compareFunc(x.Args[0].Type()))
}

// compareFunc is the order of a type as a function.
func (b *block) compareFunc(t model.Type) jen.Code {
	if s, ok := t.(*model.Scalar); ok {
		return b.compareScalar(s)
	}
	switch kindOf(t) {
	case model.Decimal:
		return jen.Qual(decimalsPath, "Cmp")
	case model.Time:
		return jen.Qual("time", "Time").Dot("Compare")
	}
	return jen.Qual("cmp", "Compare").Types(b.p.goType(t))
}

func (b *block) compareScalar(s *model.Scalar) jen.Code {
	switch kindOf(s) {
	case model.Decimal, model.Time:
		base := b.p.goType(s.Base)
		return jen.Func().Params(jen.List(jen.Id("a"), jen.Id("b")).Add(b.p.goType(s))).Int().Block(
			jen.Return(jen.Add(base).Call(jen.Id("a")).Dot(map[bool]string{true: "Cmp", false: "Compare"}[kindOf(s) == model.Decimal]).
				Call(jen.Add(base).Call(jen.Id("b")))))
	}
	return jen.Qual("cmp", "Compare").Types(b.p.goType(s))
}
