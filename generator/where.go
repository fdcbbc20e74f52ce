package generator

import (
	"github.com/dave/jennifer/jen"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// whereBody says why v is no value of a named scalar. A condition that cannot be computed does not hold.
func (p *plan) whereBody(s *model.Scalar) []jen.Code {
	b := p.newBlock(env{
		scalar:   s,
		builtins: map[model.BuiltinKind]code{model.Value: name("v")},
	}, "v")
	test := b.negation(s.Where)
	if b.calc {
		test = infix(test, "||", primary(jen.Id("calc.Err").Call().Op("!=").Nil()))
	}
	b.add(
		jen.If(test.head()).Block(jen.Return(whereError(s))),
		jen.Return(jen.Nil()),
	)
	return b.withCalc()
}

func whereError(s *model.Scalar) jen.Code {
	return jen.Op("&").Qual(valuePath, "Error").Values(jen.Id("Reason").Op(":").Add(rawText("not " + source.Article(s.Name) + ": " + s.WhereText)))
}

// errorBody is the text of a domain error e.
func (p *plan) errorBody(e *model.ErrorDecl) []jen.Code {
	b := p.newBlock(env{
		cmd:      jen.Id("e"),
		builtins: map[model.BuiltinKind]code{model.IDValue: cheap(jen.Id("e.ID"))},
	}, "e")
	b.add(jen.Return(b.interpolation(e.Text).arg()))
	return b.stmts
}

// constant is a default, as a Go expression of its type.
func (p *plan) constant(x model.Expr) jen.Code { return p.newBlock(env{}).expr(x).typed() }

// zero is the language's zero of a type.
func (p *plan) zero(t model.Type) jen.Code { return p.newBlock(env{}).zero(t).typed() }

// needsStart tells whether a variable of a type does not begin at the language's zero by itself in Go.
func (p *plan) needsStart(t model.Type) bool { return !goZeroType(t, map[*model.Struct]bool{}) }
