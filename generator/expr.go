package generator

import (
	"github.com/dave/jennifer/jen"

	"github.com/fluvius-io/fluvius-go/dsl/model"
)

// expr is x in Go. What it needs before it is put into b.
func (b *block) expr(x model.Expr) code { return b.hinted("", x) }

// hinted is expr, with a name for the variable that x may need.
func (b *block) hinted(hint string, x model.Expr) code {
	switch x := x.(type) {
	case *raw:
		return x.code
	case *listChange:
		return b.listChange(x)
	case *model.Literal:
		return b.literal(x)
	case *model.None, *model.Zero, *model.EnumLit, *model.ListLit, *model.MapLit, *model.StructLit:
		return b.composite(x)
	case *model.Ref:
		return b.ref(x)
	case *model.Get:
		if d := b.toCompute(x); d != nil {
			return b.hinted(localName(d.Field.Name, d.Field.GoName), d.Value)
		}
		return b.get(x)
	case *model.Builtin:
		return b.builtin(x)
	case *model.Elem:
		return b.elems[x]
	case *model.Select:
		return b.expr(x.X).dot(x.Field.GoName)
	case *model.With:
		return b.with(hint, x)
	case *model.Index:
		return b.index(x)
	case *model.In:
		return b.in(x)
	case *model.Convert:
		return b.convert(hint, x)
	case *model.Unwrap:
		return b.expr(x.X).method("OrZero")
	case *model.Unary:
		return b.unary(x)
	case *model.Binary:
		return b.binary(x)
	case *model.Matches:
		return primary(jen.Id(b.p.pattern(x.Pattern)).Dot("MatchString").Call(b.text(x.X)))
	case *model.Coalesce:
		return b.coalesce(hint, x)
	case *model.Cond:
		return b.cond(hint, x)
	case *model.Match:
		return b.match(hint, x)
	case *model.Call:
		return b.call(x)
	case *model.Comprehension:
		return b.comprehension(hint, x)
	case *model.Interpolation:
		return b.interpolation(x.Parts)
	}
	panic(unknown(x)) // a bug of ours: Generate turns it into an error
}

// raw is Go as an expression of the model: what a fold makes of `x += 1`.
type raw struct {
	model.Base
	code code
}

func (b *block) builtin(x *model.Builtin) code {
	c, ok := b.env.builtins[x.Kind]
	if !ok {
		panic(unknown(x))
	}
	// `value` in a where is of the scalar's own type in Go, and of its base in the model.
	if x.Kind == model.Value && b.env.scalar != nil && !model.Identical(x.T, b.env.scalar) {
		return code{jen: b.p.goType(x.T).Call(c.arg()), prec: precPrimary, cheap: true}
	}
	return c
}

func (b *block) ref(x *model.Ref) code {
	if c, ok := b.vars[x.Var]; ok {
		return c
	}
	if c, ok := b.params[x.Var.Field]; ok {
		return c
	}
	return code{jen: jen.Add(b.env.cmd).Dot(x.Var.Field.GoName), prec: precPrimary, cheap: true}
}

// toCompute is the derived value that x reads, if it does not stand in the state.
func (b *block) toCompute(x *model.Get) *model.Derived {
	if x.From != model.State || !x.Derived {
		return nil
	}
	for _, d := range b.derived {
		if d.Field.Name == x.Field.Name {
			return d
		}
	}
	return nil
}

// canFail tells whether computing x here may be ErrOverflow: derived values that are computed where they are read,
// included.
func (b *block) canFail(x model.Expr) bool {
	return canFail(x) || anyPart(x, func(x model.Expr) bool {
		g, ok := x.(*model.Get)
		return ok && b.toCompute(g) != nil
	})
}

func (b *block) get(x *model.Get) code {
	switch x.From {
	case model.EventField:
		return code{jen: b.env.event().Dot(x.Field.GoName), prec: precPrimary, cheap: true}
	case model.OldField:
		return code{jen: jen.Add(b.env.old).Dot(x.Field.GoName), prec: precPrimary, cheap: true}
	}
	return b.env.state(x.Field)
}

// with is a copy of a struct with a few fields changed.
func (b *block) with(hint string, x *model.With) code {
	if hint == "" {
		hint = "changed"
	}
	from := b.expr(x.X)
	id := b.names.pick(hint)
	b.add(jen.Id(id).Op(":=").Add(from.typed()))
	for _, f := range x.Fields {
		b.assign(jen.Id(id).Dot(f.Field.GoName), localName(f.Field.Name, f.Field.GoName), f.Value)
	}
	return fresh(id)
}

// text is x as a string of Go.
func (b *block) text(x model.Expr) *jen.Statement {
	c := b.expr(x)
	if k, ok := x.Type().(*model.Basic); ok && k.Kind == model.String {
		return c.arg()
	}
	return jen.String().Call(c.arg())
}
