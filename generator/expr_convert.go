package generator

import (
	"github.com/dave/jennifer/jen"

	"github.com/fluvius-io/fluvius-go/dsl/model"
)

func (b *block) convert(hint string, x *model.Convert) code {
	switch x.Kind {
	case model.ToOptional:
		return b.some(x)
	case model.IntToDecimal:
		return b.intToDecimal(x)
	case model.ToNamed, model.ToBase:
		return b.rename(x)
	case model.InOptional:
		return b.inOptional(hint, x)
	case model.InList:
		return b.inList(hint, x)
	case model.InMap:
		return b.inMap(hint, x)
	case model.UpcastType:
		return b.upcastType(x)
	}
	panic(unknown(x))
}

// some is runtime.Some(x). Where Go could not infer the type from a constant, it is said.
func (b *block) some(x *model.Convert) code {
	c := b.expr(x.X)
	return b.notNull(elemOf(x.T), call(runtimePath, "Some", c.typed()))
}

// notNull is an optional that is none where it would hold a null: that is how it is read once it was stored.
func (b *block) notNull(elem model.Type, optional code) code {
	if !readsNull(baseOf(elem)) {
		return optional
	}
	return val("NotNull", b.p.codecOf(elem), optional.arg())
}

func (b *block) intToDecimal(x *model.Convert) code {
	if l, ok := x.X.(*model.Literal); ok {
		if n, ok := l.Value.(int64); ok {
			return b.decimal(integerText(n))
		}
	}
	return call(decimalsPath, "FromInt", b.expr(x.X).arg())
}

// rename is a conversion between types that Go says are made of the same.
func (b *block) rename(x *model.Convert) code {
	c := b.expr(x.X)
	if model.Identical(x.X.Type(), x.T) {
		return c
	}
	return code{jen: b.p.goType(x.T).Call(jen.Add(c.jen)), prec: precPrimary, cheap: c.cheap}
}

func (b *block) inOptional(hint string, x *model.Convert) code {
	from := b.expr(x.X)
	id := b.variable(hint, "converted", x.T)
	in := b.inner()
	item := in.names.pick("v")
	in.elems[x.Elem] = name(item)
	in.add(jen.Id(id).Op("=").Qual(runtimePath, "Some").Call(in.expr(x.Item).typed()))
	b.add(jen.If(jen.List(jen.Id(item), jen.Id("ok")).Op(":=").Add(from.method("Get").head()), jen.Id("ok")).Block(in.stmts...))
	return fresh(id)
}

func (b *block) inList(hint string, x *model.Convert) code {
	from := b.local("items", b.expr(x.X))
	if hint == "" {
		hint = "converted"
	}
	id := b.names.pick(hint)
	b.add(jen.Id(id).Op(":=").Make(b.p.goType(x.T), jen.Lit(0), jen.Len(from.arg())))
	in := b.inner()
	item := in.names.pick("item")
	in.elems[x.Elem] = name(item)
	in.add(jen.Id(id).Op("=").Append(jen.Id(id), in.expr(x.Item).arg()))
	b.add(jen.For(jen.List(jen.Id("_"), jen.Id(item)).Op(":=").Range().Add(from.head())).Block(in.stmts...))
	return fresh(id)
}

func (b *block) inMap(hint string, x *model.Convert) code {
	from := b.local("entries", b.expr(x.X))
	if hint == "" {
		hint = "converted"
	}
	id := b.names.pick(hint)
	b.add(jen.Id(id).Op(":=").Make(b.p.goType(x.T), jen.Len(from.arg())))
	in := b.inner()
	key, item := in.names.pick("k"), in.names.pick("v")
	in.elems[x.Elem] = name(item)
	in.add(jen.Id(id).Index(jen.Id(key)).Op("=").Add(in.expr(x.Item).arg()))
	b.add(jen.For(jen.List(jen.Id(key), jen.Id(item)).Op(":=").Range().Add(from.head())).Block(in.stmts...))
	return fresh(id)
}

// upcastType is one step of a value type's upcast: a call of its function.
func (b *block) upcastType(x *model.Convert) code {
	arg := b.expr(x.X).arg()
	if !typeUpcastFails(x.Upcast) {
		return primary(jen.Id(typeUpcastName(x.Upcast)).Call(arg))
	}
	return primary(jen.Id(typeUpcastName(x.Upcast)).Call(b.calcArg(), arg))
}
