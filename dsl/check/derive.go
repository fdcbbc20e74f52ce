package check

import (
	"slices"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// derive is a derived value, and which others its expression reads.
type derive struct {
	decl  *syntax.Derive
	field *model.Field
	value model.Expr
	reads []*derive
	state walkState
}

// walkState is where a depth-first walk stands with a node.
type walkState int

const (
	unseen walkState = iota
	inWork
	done
)

// checkDerives types the derived values, and puts them into an order in which each reads only those before it.
func (c *checker) checkDerives(a *aggregate) {
	for _, d := range a.derives {
		s := a.stateScope(d)
		d.value = c.expr(s, d.decl.Value, d.field.Type)
	}
	for _, d := range a.derives {
		c.orderDerive(a, d, nil)
	}
}

func (c *checker) orderDerive(a *aggregate, d *derive, path []*derive) {
	switch d.state {
	case done:
		return
	case inWork:
		c.deriveCircle(path[slices.Index(path, d):])
		return
	}
	d.state = inWork
	for _, read := range d.reads {
		c.orderDerive(a, read, append(path, d))
	}
	d.state = done
	a.model.Derived = append(a.model.Derived, &model.Derived{Field: d.field, Value: d.value, Span: d.decl.Span})
}

func (c *checker) deriveCircle(circle []*derive) {
	var names []string
	for _, d := range circle {
		names = append(names, d.field.Name)
	}
	names = append(names, names[0])
	d := source.New(codeDeriveCircle, circle[0].field.Span, "%s follows from itself: %s", names[0], chain(names, "reads"))
	d.Mend = "let one of them follow from the fields of the state alone"
	for _, other := range circle[1:] {
		d.Related = append(d.Related, source.Related{Span: other.field.Span, Message: other.field.Name + " is declared here"})
	}
	c.report(d)
}
