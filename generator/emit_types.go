package generator

import (
	"fmt"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/fluvius-io/fluvius-go/dsl/model"
)

// typeParts are ids, value types, enums, and what functions share.
func (p *plan) typeParts() (parts []part) {
	add := func(weight int, emit func() jen.Code) { parts = append(parts, part{weight, emit}) }
	d := p.domain
	for _, a := range d.Aggregates {
		add(6, func() jen.Code { return p.idType(a.ID, a.Name) })
	}
	for _, t := range d.GoTypes {
		add(3, func() jen.Code { return p.goTypeAlias(t) })
	}
	for _, t := range d.Scalars {
		add(16, func() jen.Code { return p.scalarType(t) })
	}
	for _, t := range d.Enums {
		add(20+len(t.Values), func() jen.Code { return p.enumType(t) })
	}
	for _, t := range d.Structs {
		add(16+4*len(t.Fields), func() jen.Code { return p.valueStruct(t) })
	}
	for i := range p.typeUpcastDecls() {
		add(8, func() jen.Code { return p.typeUpcastDecls()[i] })
	}
	for i := range p.equalDecls() {
		add(12, func() jen.Code { return p.equalDecls()[i] })
	}
	if vars := p.sharedVars(); len(vars) > 0 {
		add(len(vars), func() jen.Code { return group(p.sharedVars()...) })
	}
	return parts
}

// sharedVars are compiled patterns and decimal constants.
func (p *plan) sharedVars() []jen.Code { return append(p.patternDecls(), p.numberDecls()...) }

func (p *plan) idType(id *model.ID, of string) jen.Code {
	name := id.GoName
	return group(
		documented(name, id.Doc, name+" names one "+of+": 1 to 256 bytes of UTF-8 without control characters.").
			Type().Id(name).String().Line(),
		docs("New"+name+" is a random one.").
			Func().Id("New"+name).Params().Id(name).Add(inline(jen.Return(jen.Id(name).Call(p.rt("RandomID").Call())))),
	)
}

func (p *plan) goTypeAlias(t *model.GoType) jen.Code {
	return documented(t.Name, t.Doc, t.Name+" is a type of Go, which marshals itself.").
		Type().Id(t.Name).Op("=").Qual(t.ImportPath, t.GoName)
}

// scalarType is a named scalar: the type, the function that parses it, its codec and its check.
func (p *plan) scalarType(t *model.Scalar) jen.Code {
	name := t.GoName
	base := func() *jen.Statement { return p.goType(t.Base) }
	sentence := fmt.Sprintf("%s is made of %s.", name, basicNames[kindOf(t.Base)])
	if t.WhereText != "" {
		sentence = fmt.Sprintf("%s is made of %s, where %s.", name, basicNames[kindOf(t.Base)], oneLine(t.WhereText))
	}
	items := []jen.Code{
		documented(name, t.Doc, sentence).Type().Id(name).Add(base()),
		docs("Parse"+name+" is v, if it is fit to be one; else the error is a fluvius.InvalidError.").
			Func().Id("Parse"+name).Params(jen.Id("v").Add(base())).Params(jen.Id(name), jen.Error()).
			Add(inline(jen.Return(p.rt("ParseAs").Call(jen.Id("json"+name), jen.Id(name).Call(jen.Id("v")))))),
	}
	if methods := p.scalarMethods(t); methods != nil {
		items = append(items, methods)
	}
	codec := p.scalarCodec(t)
	if t.Where != nil {
		codec = p.val("Where").Call(codec, jen.Id("check"+name))
	}
	items = append(items, jen.Var().Id("json"+name).Op("=").Add(codec))
	if t.Where != nil {
		items = append(items, jen.Func().Id("check"+name).Params(jen.Id("v").Id(name)).Error().Block(p.whereBody(t)...))
	}
	return joined(items)
}

var basicNames = map[model.Kind]string{
	model.String: "a string", model.Bool: "a bool", model.Int: "an int", model.Float: "a float", model.Decimal: "a decimal",
	model.Time: "a time", model.Duration: "a duration", model.Bytes: "bytes", model.JSON: "json",
}

// oneLine is a text of the .fluv without its line ends.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// joined are declarations with an empty line between each two, without one before the first.
func joined(items []jen.Code) *jen.Statement {
	s := jen.Null()
	first := true
	for _, item := range items {
		if item == nil {
			continue
		}
		if !first {
			s.Line().Line()
		}
		first = false
		s.Add(item)
	}
	return s
}

func (p *plan) scalarCodec(t *model.Scalar) *jen.Statement {
	kind := kindOf(t.Base)
	if kind != model.Decimal && kind != model.Time {
		return p.basicCodec(kind, jen.Id(t.GoName))
	}
	convert := func(from, to *jen.Statement) jen.Code {
		return jen.Func().Params(jen.Id("v").Add(from)).Add(to).Add(inline(jen.Return(jen.Add(to).Call(jen.Id("v")))))
	}
	return p.val("Named").Call(p.basicCodec(kind, nil),
		convert(p.goType(t.Base), jen.Id(t.GoName)), convert(jen.Id(t.GoName), p.goType(t.Base)))
}

// scalarMethods are JSON and text of those that encoding/json and fmt would get wrong, because a named type has not
// the methods of the one it is made of; nil for the others.
func (p *plan) scalarMethods(t *model.Scalar) jen.Code {
	var in *jen.Statement
	switch kindOf(t.Base) {
	case model.Decimal:
		in = p.dec("String").Call(p.goType(t.Base).Call(jen.Id("v")))
	case model.Time:
		in = p.val("FormatTime").Call(p.goType(t.Base).Call(jen.Id("v")))
	case model.Duration:
		in = p.goType(t.Base).Call(jen.Id("v")).Dot("String").Call()
	case model.JSON:
		return settled(oneLiners(jsonMethods(t.GoName)))
	default:
		return nil
	}
	return group(
		jen.Func().Params(jen.Id("v").Id(t.GoName)).Id("String").Params().String().Add(inline(jen.Return(in))),
		text(oneLiners(jsonMethods(t.GoName))),
	)
}

func (p *plan) enumType(t *model.Enum) jen.Code {
	small := jen.Uint8()
	if len(t.Values) > 256 {
		small = jen.Uint16()
	}
	var values []jen.Code
	for i, v := range t.Values {
		value := jen.Null()
		if v.Doc != "" {
			value = docs(v.Doc)
		}
		value.Id(v.GoName)
		if i == 0 {
			value.Id(t.Name).Op("=").Iota()
		}
		values = append(values, value)
	}
	return joined([]jen.Code{
		documented(t.Name, t.Doc, t.Name+" is an enum; its zero is "+t.Values[0].GoName+".").Type().Id(t.Name).Add(small),
		docs("The values of " + t.Name + ".").Const().Defs(values...),
		group(docs("Valid says whether v is one of the values; String is what stands in JSON.").
			Func().Params(jen.Id("v").Id(t.Name)).Id("Valid").Params().Bool().
			Add(inline(jen.Return(jen.Int().Call(jen.Id("v")).Op("<").Len(jen.Id("enum"+t.Name).Dot("Texts"))))),
			jen.Func().Params(jen.Id("v").Id(t.Name)).Id("String").Params().String().
				Add(inline(jen.Return(p.val("EnumText").Call(jen.Id("enum"+t.Name), jen.Id("v"))))),
			text(oneLiners(jsonMethods(t.Name)))),
		group(p.enumTable(t), jen.Var().Id("json"+t.Name).Op("=").Add(p.val("Enums").Types(jen.Id(t.Name)).Call(jen.Id("enum"+t.Name)))),
	})
}

func (p *plan) enumTable(t *model.Enum) jen.Code {
	var texts, was []jen.Code
	for _, v := range t.Values {
		texts = append(texts, jen.Lit(v.Wire))
		for _, old := range v.Was {
			was = append(was, jen.Lit(old).Op(":").Lit(v.Index))
		}
	}
	fields := []jen.Code{
		jen.Id("Name").Op(":").Lit(t.Name),
		jen.Id("Texts").Op(":").Index().String().Values(texts...),
	}
	if was != nil {
		fields = append(fields, jen.Id("Was").Op(":").Map(jen.String()).Int().Values(was...))
	}
	return jen.Var().Id("enum" + t.Name).Op("=").Op("&").Add(p.val("Enum")).Values(fields...)
}

// structCodec is the codec of a value type. One that holds itself gets its codec at start: as the value of a variable it
// would refer to itself.
func (p *plan) structCodec(t *model.Struct) jen.Code {
	var rows []*jen.Statement
	for _, f := range t.Fields {
		if f.Default != nil {
			rows = append(rows, p.defaultLine(t.GoName, f))
			continue
		}
		rows = append(rows, p.tableLine(t.GoName, f, f.Type))
	}
	variable := "json" + t.GoName
	if p.uses.recursive[t] {
		fields := []jen.Code{jen.Id(variable)}
		for _, row := range rows {
			fields = append(fields, row)
		}
		return jen.Var().Id(variable).Op("=").New(p.val("Codec").Types(jen.Id(t.GoName))).Line().Line().
			Func().Id("init").Params().Block(p.val("Recursive").Add(lines("(", ")", fields...)))
	}
	table := p.table("Struct", variable, t.GoName, rows)
	if anyDefault(t.Fields) {
		return table
	}
	return settled(table)
}

// valueStruct is `type Line { … }`.
func (p *plan) valueStruct(t *model.Struct) jen.Code {
	items := []jen.Code{
		documented(t.GoName, t.Doc, t.GoName+" is version "+fmt.Sprint(t.Version)+" of "+t.Name+".").
			Add(p.structType(t.GoName, t.Fields, plainType)),
		settled(oneLiners(jsonMethods(t.GoName))),
		p.structCodec(t),
	}
	if p.uses.read[t] {
		items = append(items, p.fastFunc(t))
	}
	return joined(items)
}
