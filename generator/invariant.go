package generator

import (
	"github.com/dave/jennifer/jen"

	"github.com/fluvius-io/fluvius-go/dsl/model"
)

// invariantBody says which invariant of the state s does not hold: the first.
func (p *plan) invariantBody(a *model.Aggregate) []jen.Code {
	b := p.newBlock(stateEnv(), "s")
	for _, i := range a.Invariants {
		test := b.negation(i.Cond)
		b.add(jen.If(test.head()).Block(jen.Return(b.or(invariantError(a, i)))))
	}
	b.add(jen.Return(b.err()))
	return b.withCalc()
}

func invariantError(a *model.Aggregate, i *model.Invariant) jen.Code {
	items := []jen.Code{
		jen.Id("Aggregate").Op(":").Lit(a.Wire),
		jen.Id("ID").Op(":").String().Call(jen.Id("s.ID")),
	}
	if i.Name != "" {
		items = append(items, jen.Id("Name").Op(":").Lit(i.Name))
	}
	items = append(items, jen.Id("Text").Op(":").Add(rawText(i.Text)))
	return jen.Qual(runtimePath, "InvariantError").Add(braces(items))
}
