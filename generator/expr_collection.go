package generator

import (
	"github.com/dave/jennifer/jen"

	"github.com/fluvius-io/fluvius-go/dsl/model"
)

// plainIndex tells whether x[i] of Go cannot panic: a map's, or a list's behind its guard with a constant index.
func plainIndex(x *model.Index) bool {
	if _, ok := x.X.Type().(*model.Map); ok {
		return true
	}
	l, ok := x.I.(*model.Literal)
	if !ok {
		return false
	}
	n, ok := l.Value.(int64)
	return ok && n >= 0
}

func (b *block) index(x *model.Index) code {
	from, i := b.expr(x.X), b.expr(x.I)
	_, list := x.X.Type().(*model.List)
	switch {
	case x.Guarded && plainIndex(x):
		return code{jen: from.at(precPrimary).Index(i.arg()), prec: precPrimary, cheap: list && from.cheap}
	case x.Guarded:
		return b.failingCall(valuePath, "Item", from.arg(), i.arg())
	case list:
		return b.notNull(elemOf(x.X.Type()), val("At", from.arg(), i.arg()))
	}
	return b.notNull(elemOf(x.X.Type()), val("Lookup", from.arg(), i.arg()))
}

func (b *block) in(x *model.In) code {
	if _, ok := x.Y.Type().(*model.Map); ok {
		return val("HasKey", b.expr(x.Y).arg(), b.expr(x.X).arg())
	}
	item, list := b.expr(x.X), b.expr(x.Y)
	elem := elemOf(x.Y.Type())
	if goComparable(elem) {
		return call("slices", "Contains", list.arg(), item.arg())
	}
	return val("Has", list.arg(), item.arg(), b.p.equalFunc(elem))
}

// keyOrder is the order of a map's keys: that of their texts on the wire.
func (b *block) keyOrder(t model.Type) *jen.Statement { return b.p.key(t.(*model.Map).Key) }

// comprehension is a loop, in front of the expression that it is in.
func (b *block) comprehension(hint string, x *model.Comprehension) code {
	if hint == "" {
		hint = comprehensionHints[x.Func]
	}
	over := b.expr(x.Over)
	id := b.names.pick(hint)
	b.add(b.before(id, x, over))
	in := b.inner()
	head := in.loopHead(x, over)
	in.item(id, x)
	b.add(head.Block(in.stmts...))
	return fresh(id)
}

// item is what is done with one item: nothing unless its `if` holds. Where both are conditions they become one.
func (b *block) item(id string, x *model.Comprehension) {
	if x.If == nil {
		b.step(id, x, nil)
		return
	}
	test := b.expr(x.If)
	in := b.inner()
	in.unnamed = b.unnamed
	if x.Func != "sum" && x.Func != "map" {
		in.step(id, x, &test)
		if !in.early {
			b.add(in.stmts...)
			return
		}
		in = b.inner()
		in.unnamed = b.unnamed
	}
	in.step(id, x, nil)
	b.add(jen.If(test.head()).Block(in.stmts...))
}

var comprehensionHints = map[string]string{
	"sum": "sum", "count": "count", "all": "all", "any": "found", "map": "mapped", "filter": "kept",
}

// before is what the result is before the first item.
func (b *block) before(id string, x *model.Comprehension, over code) jen.Code {
	switch x.Func {
	case "all":
		return jen.Id(id).Op(":=").True()
	case "any":
		return jen.Id(id).Op(":=").False()
	case "map":
		if x.If == nil && over.cheap {
			return jen.Id(id).Op(":=").Make(b.p.goType(x.T), jen.Lit(0), jen.Len(over.arg()))
		}
	case "filter":
		if _, ok := x.T.(*model.Map); ok {
			return jen.Id(id).Op(":=").Add(b.p.goType(x.T)).Values()
		}
	}
	return jen.Var().Id(id).Add(b.p.goType(x.T))
}

// step is what an item does whose `if` holds. Given, that condition stands in front of the one that a step has; early
// is set if the step needs statements before, so that this cannot be.
func (b *block) step(id string, x *model.Comprehension, first *code) {
	result := jen.Id(id)
	switch x.Func {
	case "sum":
		elem := &raw{Base: model.Base{T: x.T}, code: name(id)}
		sum := &model.Binary{Base: model.Base{T: x.T}, Op: "+", X: elem, Y: x.Body}
		b.add(jen.Add(result).Op("=").Add(b.expr(sum).arg()))
	case "map":
		b.add(jen.Add(result).Op("=").Append(jen.Add(result), b.expr(x.Body).arg()))
	case "count":
		b.when(first, b.expr(x.Body), jen.Add(result).Op("++"))
	case "all":
		b.when(first, b.negation(x.Body), jen.Add(result).Op("=").False(), jen.Break())
	case "any":
		b.when(first, b.expr(x.Body), jen.Add(result).Op("=").True(), jen.Break())
	case "filter":
		b.when(first, b.expr(x.Body), b.keep(result, x))
	}
}

// when is an if, with another condition in front of its own.
func (b *block) when(first *code, test code, then ...jen.Code) {
	b.early = len(b.stmts) > 0
	if first != nil {
		test = infix(*first, "&&", test)
	}
	b.add(jen.If(test.head()).Block(then...))
}

func (b *block) keep(result *jen.Statement, x *model.Comprehension) jen.Code {
	if _, ok := x.T.(*model.Map); ok {
		return jen.Add(result).Index(b.vars[x.First].arg()).Op("=").Add(b.loopItem(x))
	}
	return jen.Add(result).Op("=").Append(jen.Add(result), b.loopItem(x))
}

// loopItem is what filter keeps: the item of a list, the value of a map, whether it was named or not.
func (b *block) loopItem(x *model.Comprehension) *jen.Statement {
	if x.Second != nil {
		return b.vars[x.Second].arg()
	}
	return jen.Id(b.unnamed)
}

// loopHead is the for of a comprehension, with its variables bound. Go refuses variables that are not read.
func (b *block) loopHead(x *model.Comprehension, over code) *jen.Statement {
	_, isMap := x.Over.Type().(*model.Map)
	first := b.loopVar(x.First, x, isMap && x.Func == "filter")
	second := b.loopVar(x.Second, x, x.Func == "filter")
	if x.Func == "filter" && x.Second == nil {
		second = b.names.pick("v")
		b.unnamed = second
	}
	if x.First != nil && first != "_" && !isMap {
		b.vars[x.First] = code{jen: jen.Id(first), prec: precPrimary, kind: machine, cheap: true}
	}
	ranged := over.head()
	if isMap {
		ranged = val("Entries", over.arg(), b.keyOrder(x.Over.Type())).arg()
	}
	switch {
	case first == "_" && second == "_":
		return jen.For(jen.Range().Add(ranged))
	case second == "_":
		return jen.For(jen.Id(first).Op(":=").Range().Add(ranged))
	}
	return jen.For(jen.List(jen.Id(first), jen.Id(second)).Op(":=").Range().Add(ranged))
}

func (b *block) loopVar(v *model.Var, x *model.Comprehension, always bool) string {
	if v == nil || !always && !uses(v, some(x.If, x.Body)...) {
		return "_"
	}
	id := b.names.pick(camel(v.Name))
	b.vars[v] = name(id)
	return id
}
