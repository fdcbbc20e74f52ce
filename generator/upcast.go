package generator

import (
	"github.com/dave/jennifer/jen"

	"github.com/fluvius-io/fluvius-go/dsl/model"
)

// upcastBody makes the next version of an event out of old, which is in the record r.
func (p *plan) upcastBody(u *model.Upcast) []jen.Code {
	b := p.newBlock(upcastEnv(), "r", "old")
	next := jen.Id(u.To.GoName).Add(b.fields(u.Fields))
	b.add(jen.Return(next, b.err()))
	return b.withCalc()
}

func upcastEnv() env {
	return env{
		old: jen.Id("old"),
		builtins: map[model.BuiltinKind]code{
			model.Timestamp: cheap(jen.Id("r.Timestamp")),
			model.Metadata:  primary(jen.Id("r.Metadata.Map").Call()),
			model.IDValue:   cheap(jen.Id("r.AggregateID")),
			model.OldValue:  name("old"),
		},
	}
}

// typeUpcastDecls are the functions that make the next version of a value type. Where one can fail it is given the
// Calc of its caller: so that it can be called in the middle of an expression.
func (p *plan) typeUpcastDecls() (decls []jen.Code) {
	for _, s := range p.domain.Scalars {
		if s.Upcast != nil {
			decls = append(decls, p.typeUpcastDecl(s.Upcast, s.Name))
		}
	}
	for _, s := range p.domain.Structs {
		if s.Upcast != nil {
			decls = append(decls, p.typeUpcastDecl(s.Upcast, s.Name))
		}
	}
	return decls
}

func (p *plan) typeUpcastDecl(u *model.TypeUpcast, of string) jen.Code {
	b := p.newBlock(upcastEnv(), "old")
	b.given = true
	var next *jen.Statement
	if u.Value != nil {
		next = b.expr(u.Value).arg()
	} else {
		next = p.goType(u.To).Add(b.fields(u.Fields))
	}
	b.add(jen.Return(next))
	params := []jen.Code{jen.Id("old").Add(p.goType(u.From))}
	if typeUpcastFails(u) {
		params = []jen.Code{jen.Id("calc").Op("*").Qual(valuePath, "Calc"), params[0]}
	}
	return jen.Comment("// " + typeUpcastName(u) + " reads an older " + of + " as the next version.").Line().
		Func().Id(typeUpcastName(u)).Params(params...).Add(p.goType(u.To)).Block(b.stmts...)
}

func typeUpcastFails(u *model.TypeUpcast) bool {
	return upcastCanFail(u, map[*model.TypeUpcast]bool{})
}

func typeUpcastName(u *model.TypeUpcast) string {
	switch t := u.From.(type) {
	case *model.Struct:
		return "upcast" + t.GoName
	case *model.Scalar:
		return "upcast" + t.GoName
	}
	panic(unknown(u.From))
}
