package eval

import (
	"strconv"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// place is something that was expected: its name, and where it was written.
type place struct {
	what string
	expr model.Expr // nil where it is not known any more
	span source.Span
}

// part is a place in p.
func (p place) part(name string, of func(x model.Expr) model.Expr) place {
	next := place{what: p.what + name, span: p.span}
	x := p.expr
	for {
		c, ok := x.(*model.Convert)
		if !ok || c.Kind != model.ToOptional {
			break
		}
		x = c.X
	}
	if x == nil {
		return next
	}
	if written := of(x); written != nil {
		next.expr = written
		if !written.Where().IsZero() {
			next.span = written.Where()
		}
	}
	return next
}

// values goes down to what is different in two values: to a field of a value type, an item of a list.
func (c *comparison) values(at place, t model.Type, want, got Value) {
	if c.equal(want, got) {
		return
	}
	if o, ok := t.(*model.Optional); ok {
		_, wantNone := want.(None)
		_, gotNone := got.(None)
		if wantNone || gotNone {
			c.differs(at.span, at.what, c.written(want), c.written(got))
			return
		}
		t = o.Elem
	}
	switch t := t.(type) {
	case *model.Struct:
		c.structs(at, t, want.(Struct), got.(Struct))
	case *model.List:
		c.lists(at, t, want.(List), got.(List))
	case *model.Map:
		c.maps(at, t, want.(Map), got.(Map))
	default:
		c.differs(at.span, at.what, c.written(want), c.written(got))
	}
}

func (c *comparison) structs(at place, t *model.Struct, want, got Struct) {
	for i, f := range t.Fields {
		part := at.part("."+f.Name, func(x model.Expr) model.Expr {
			lit, ok := x.(*model.StructLit)
			if !ok {
				return nil
			}
			for _, init := range lit.Fields {
				if init.Field.Name == f.Name && !init.Implicit {
					return init.Value
				}
			}
			return nil
		})
		c.values(part, f.Type, want.Fields[i], got.Fields[i])
	}
}

func (c *comparison) lists(at place, t *model.List, want, got List) {
	if len(want) != len(got) {
		c.differs(at.span, at.what, c.written(want), c.written(got))
		return
	}
	for i := range want {
		part := at.part("["+strconv.Itoa(i)+"]", func(x model.Expr) model.Expr {
			if lit, ok := x.(*model.ListLit); ok && i < len(lit.Items) {
				return lit.Items[i]
			}
			return nil
		})
		c.values(part, t.Elem, want[i], got[i])
	}
}

func (c *comparison) maps(at place, t *model.Map, want, got Map) {
	for _, k := range c.keys(t, want) {
		name := at.what + "[" + c.written(k) + "]"
		v, ok := got[k]
		if !ok {
			c.differs(at.span, name, c.written(want[k]), "no entry")
			continue
		}
		c.values(place{what: name, span: at.span}, t.Elem, want[k], v)
	}
	for _, k := range c.keys(t, got) {
		if _, ok := want[k]; !ok {
			c.differs(at.span, at.what+"["+c.written(k)+"]", "no entry", c.written(got[k]))
		}
	}
}
