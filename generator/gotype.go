package generator

import (
	"fmt"

	"github.com/dave/jennifer/jen"

	"github.com/fluvius-io/fluvius-go/dsl/model"
)

// goType is a type in Go.
func (p *plan) goType(t model.Type) *jen.Statement {
	switch t := t.(type) {
	case *model.Basic:
		return basicType(t.Kind)
	case *model.List:
		return text("[]", p.goType(t.Elem))
	case *model.Map:
		return text("map[", p.goType(t.Key), "]", p.goType(t.Elem))
	case *model.Optional:
		return text(p.rt("Optional"), "[", p.goType(t.Elem), "]")
	case *model.ID:
		return p.foreign(t.Domain, t.GoName)
	case *model.Scalar:
		return jen.Id(t.GoName)
	case *model.Struct:
		return jen.Id(t.GoName)
	case *model.Enum:
		return jen.Id(t.Name)
	case *model.GoType:
		return jen.Id(t.Name)
	}
	panic(fmt.Sprintf("no Go type for %T", t))
}

func basicType(k model.Kind) *jen.Statement {
	switch k {
	case model.String:
		return jen.String()
	case model.Bool:
		return jen.Bool()
	case model.Int:
		return jen.Int64()
	case model.Float:
		return jen.Float64()
	case model.Decimal:
		return jen.Qual(decimalPath, "Decimal")
	case model.Time:
		return jen.Qual("time", "Time")
	case model.Duration:
		return jen.Qual("time", "Duration")
	case model.Bytes:
		return jen.Id("[]byte")
	case model.JSON:
		return jen.Qual("encoding/json", "RawMessage")
	}
	panic(fmt.Sprintf("no Go type for the basic type %d", k))
}

// foreign is a name of the package of a domain, which may be this one.
func (p *plan) foreign(d *model.Domain, name string) *jen.Statement {
	if path, ok := p.paths[d]; ok && d != p.domain {
		return jen.Qual(path, name)
	}
	return jen.Id(name)
}

// paramType is what a parameter of an action is in Go: one with a default may be left out.
func paramType(f *model.Field) model.Type {
	if _, optional := f.Type.(*model.Optional); f.Default == nil || optional {
		return f.Type
	}
	return &model.Optional{Elem: f.Type}
}

// key is the Key of a map's keys.
func (p *plan) key(t model.Type) *jen.Statement {
	switch t := t.(type) {
	case *model.Basic:
		if t.Kind == model.Int {
			return text(p.val("IntKey"), "{}")
		}
	case *model.Enum:
		return text(p.val("EnumKey"), "[", p.goType(t), "]{Enum: enum", t.Name, "}")
	}
	return text(p.val("TextKey"), "[", p.goType(t), "]{}")
}

// codecOf is the Codec of a type, as an expression.
func (p *plan) codecOf(t model.Type) *jen.Statement {
	switch t := t.(type) {
	case *model.Basic:
		return p.basicCodec(t.Kind, basicType(t.Kind))
	case *model.List:
		return text(p.val("Lists"), "(", p.codecOf(t.Elem), ")")
	case *model.Map:
		return text(p.val("Maps"), "(", p.key(t.Key), ", ", p.codecOf(t.Elem), ")")
	case *model.Optional:
		return text(p.val("Optionals"), "(", p.codecOf(t.Elem), ")")
	case *model.ID:
		return text(p.val("Strings"), "[", p.goType(t), "]()")
	case *model.Scalar:
		return jen.Id("json" + t.GoName)
	case *model.Struct:
		return jen.Id("json" + t.GoName)
	case *model.Enum:
		return jen.Id("json" + t.Name)
	case *model.GoType:
		return text(p.val("Gos"), "[", p.goType(t), "]()")
	}
	panic(fmt.Sprintf("no codec for %T", t))
}

// basicCodec is the Codec of a basic type, or of the named one that is made of it.
func (p *plan) basicCodec(k model.Kind, named *jen.Statement) *jen.Statement {
	switch k {
	case model.Decimal:
		return text(p.dec("Codec"), "()")
	case model.Time:
		return text(p.val("Times"), "()")
	}
	makers := map[model.Kind]string{
		model.String: "Strings", model.Bool: "Bools", model.Int: "Ints", model.Float: "Floats",
		model.Duration: "Durations", model.Bytes: "Blobs", model.JSON: "Raws",
	}
	return text(p.val(makers[k]), "[", named, "]()")
}
