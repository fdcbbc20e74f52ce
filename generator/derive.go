package generator

import (
	"github.com/dave/jennifer/jen"

	"github.com/fluvius-io/fluvius-go/dsl/model"
)

// deriveBody computes what follows from the state s, each value after those that it needs.
func (p *plan) deriveBody(a *model.Aggregate) []jen.Code {
	b := p.newBlock(stateEnv(), "s")
	for _, d := range a.Derived {
		b.assign(jen.Id("s."+d.Field.GoName), localName(d.Field.Name, d.Field.GoName), d.Value)
	}
	b.add(jen.Return(b.err()))
	return b.withCalc()
}

// stateEnv is for what reads the state and nothing else.
func stateEnv() env {
	return env{
		state:    func(f *model.Field) code { return cheap(jen.Id("s." + f.GoName)) },
		builtins: map[model.BuiltinKind]code{model.IDValue: cheap(jen.Id("s.ID"))},
	}
}
