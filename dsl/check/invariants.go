package check

import (
	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

func (c *checker) checkInvariants(a *aggregate) {
	named := map[string]source.Span{}
	for _, decl := range a.invariants {
		inv := &model.Invariant{Text: syntax.OneLine(decl.Cond), Doc: decl.Doc, Span: decl.Span}
		if decl.Name != nil {
			inv.Name = decl.Name.Name
			if first, twice := named[inv.Name]; twice {
				c.declaredTwiceAs(codeInvariantName, "the invariant", *decl.Name, first)
			} else {
				named[inv.Name] = decl.Name.Span
			}
		}
		inv.Cond, _, _ = c.cond(a.stateScope(nil), decl.Cond)
		a.model.Invariants = append(a.model.Invariants, inv)
	}
}
