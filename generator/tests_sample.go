package generator

import (
	"github.com/dave/jennifer/jen"

	"github.com/fluvius-io/fluvius-go/dsl/model"
)

// testRoundTrips tries for one event after the other that what is written is read again. They are not t.Run: there
// are many, and each says which it is.
func (p *plan) testRoundTrips(function string, a *model.Aggregate) jen.Code {
	body := []jen.Code{jen.Id("check").Op(":=").Func().Params(jen.Id("what").String(), jen.Err().Error()).Block(
		jen.Id("t").Dot("Helper").Call(),
		jen.If(jen.Err().Op("!=").Nil()).Block(
			jen.Id("t").Dot("Errorf").Call(jen.Lit("%s: %v"), jen.Id("what"), jen.Err()),
		),
	)}
	return jen.Func().Id(function).Params(testingT()).Block(append(body, p.roundTrips(a)...)...)
}

func (p *plan) roundTrips(a *model.Aggregate) (cases []jen.Code) {
	for _, e := range a.Events {
		for _, v := range e.Versions {
			if !sampleable(v) {
				continue
			}
			sample := jen.Id(v.GoName).Add(p.sampleFields(v.Fields, map[model.Type]bool{}))
			cases = append(cases, jen.Id("check").Call(jen.Lit(v.GoName), jen.Qual(runtimePath, "RoundTrip").Call(
				p.aggregateTable(a), jen.Id(e.GoName+"Key"), jen.Lit(v.Version), jen.Id("json"+v.GoName), sample)))
		}
	}
	return cases
}

// sampleable tells whether an event can be made here: not what holds a user's Go type, of which nothing is known, and
// not what Go code by hand reads on.
func sampleable(v *model.EventVersion) bool {
	for _, later := range v.Event.Versions[v.Version-1:] {
		if later.Upcast != nil && later.Upcast.ByHand {
			return false
		}
	}
	for _, f := range v.Fields {
		if holdsGoType(f.Type, map[model.Type]bool{}) {
			return false
		}
	}
	return true
}

func holdsGoType(t model.Type, seen map[model.Type]bool) bool {
	switch t := t.(type) {
	case *model.GoType:
		return true
	case *model.List, *model.Map, *model.Optional:
		return holdsGoType(elemOf(t), seen)
	case *model.Struct:
		if seen[t] {
			return false
		}
		seen[t] = true
		for _, f := range t.Fields {
			if holdsGoType(f.Type, seen) {
				return true
			}
		}
	}
	return false
}

func (p *plan) sampleFields(fields []*model.Field, inside map[model.Type]bool) *jen.Statement {
	var items []jen.Code
	for _, f := range fields {
		if s := p.sample(f.Type, inside); s != nil {
			items = append(items, jen.Id(f.GoName).Op(":").Add(s))
		}
	}
	return braces(items)
}

// sample is a value of a type that is not its zero; nil for what would hold itself.
func (p *plan) sample(t model.Type, inside map[model.Type]bool) *jen.Statement {
	switch t := t.(type) {
	case *model.Optional:
		return p.around(t, inside, func(v *jen.Statement) *jen.Statement {
			if k, ok := t.Elem.(*model.Basic); ok && k.Kind == model.Int {
				v = jen.Int64().Call(v)
			}
			return jen.Qual(runtimePath, "Some").Call(v)
		})
	case *model.List:
		return p.around(t, inside, func(v *jen.Statement) *jen.Statement { return p.goType(t).Values(v) })
	case *model.Map:
		return p.around(t, inside, func(v *jen.Statement) *jen.Statement {
			return p.goType(t).Values(p.sample(t.Key, inside).Op(":").Add(v))
		})
	case *model.Struct:
		if inside[t] {
			return nil
		}
		inside[t] = true
		defer delete(inside, t)
		return p.goType(t).Add(p.sampleFields(t.Fields, inside))
	case *model.Enum:
		return jen.Id(t.Values[len(t.Values)-1].GoName)
	case *model.ID:
		return p.goType(t).Call(jen.Lit("id/1 é"))
	case *model.Scalar:
		return p.goType(t).Call(p.sample(t.Base, inside))
	}
	return sampleBasic(kindOf(t))
}

func (p *plan) around(t model.Type, inside map[model.Type]bool, with func(*jen.Statement) *jen.Statement) *jen.Statement {
	if v := p.sample(elemOf(t), inside); v != nil {
		return with(v)
	}
	return nil
}

func sampleBasic(k model.Kind) *jen.Statement {
	switch k {
	case model.String:
		return jen.Lit("text \\ <ü>")
	case model.Bool:
		return jen.True()
	case model.Int:
		return jen.Lit(-7)
	case model.Float:
		return jen.Lit(1.25)
	case model.Decimal:
		return jen.Qual(decimalsPath, "Must").Call(jen.Lit("-12.50"))
	case model.Time:
		return jen.Qual("time", "Unix").Call(jen.Lit(1767225600), jen.Lit(120)).Dot("UTC").Call()
	case model.Duration:
		return jen.Lit(90).Op("*").Qual("time", "Minute")
	case model.Bytes:
		return jen.Index().Byte().Call(jen.Lit("\x00bytes"))
	}
	return jen.Qual("encoding/json", "RawMessage").Call(jen.Lit(`{"a":[1,null]}`))
}
