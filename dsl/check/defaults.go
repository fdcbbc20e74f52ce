package check

import (
	"slices"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// checkTypeDefaults types the defaults of value types' fields, those of a type before those of a type whose
// defaults have a literal of it: a literal spells the defaults of its fields out.
func (c *checker) checkTypeDefaults() {
	d := &typeDefaults{c: c, byType: map[string][]pendingDefault{}, state: map[string]walkState{}}
	owner := c.fieldOwners()
	for _, pending := range c.defaults {
		name := owner[pending.field]
		d.byType[name] = append(d.byType[name], pending)
	}
	c.defaults = nil
	for _, t := range c.declared.typeOrder {
		d.visit(t.name, t.at)
	}
}

// fieldOwners is the name of the value type that each field of one belongs to.
func (c *checker) fieldOwners() map[*model.Field]string {
	owners := map[*model.Field]string{}
	for _, t := range c.declared.typeOrder {
		for _, v := range t.versions {
			if s, ok := v.typ.(*model.Struct); ok {
				for _, field := range s.Fields {
					owners[field] = t.name
				}
			}
		}
	}
	return owners
}

// typeDefaults is a walk from types to those whose literals stand in their defaults.
type typeDefaults struct {
	c      *checker
	byType map[string][]pendingDefault
	state  map[string]walkState
}

func (d *typeDefaults) visit(name string, at source.Span) {
	switch d.state[name] {
	case done:
		return
	case inWork:
		d.c.mended("give that field in the literal, or let the default be empty",
			source.New(codeDefaultCircle, at, "a default of %s holds %s, whose default holds one again, without end", name, source.Article(name)))
		return
	}
	d.state[name] = inWork
	for _, pending := range d.byType[name] {
		for _, lit := range structLiterals(pending.value) {
			d.visit(lit.Type.Name.Name, lit.Type.Name.Span)
		}
	}
	for _, pending := range d.byType[name] {
		if d.circular(pending.value) {
			pending.field.Default = invalid(pending.value.Where())
			continue
		}
		d.c.setDefault(pending)
	}
	d.state[name] = done
}

// circular tells whether a default has a literal of a type that is in work: that was reported.
func (d *typeDefaults) circular(value syntax.Expr) bool {
	return slices.ContainsFunc(structLiterals(value), func(lit *syntax.StructLit) bool { return d.state[lit.Type.Name.Name] == inWork })
}

// checkDefaults types all other defaults.
func (c *checker) checkDefaults() {
	for _, pending := range c.defaults {
		c.setDefault(pending)
	}
	c.defaults = nil
}

func (c *checker) setDefault(pending pendingDefault) {
	pending.field.Default = c.constant(pending.value, pending.field.Type)
}

// structLiterals are the literals of value types in a default.
func structLiterals(e syntax.Expr) []*syntax.StructLit {
	switch e := e.(type) {
	case *syntax.StructLit:
		found := []*syntax.StructLit{e}
		for _, field := range e.Fields {
			found = slices.Concat(found, structLiterals(field.Value))
		}
		return found
	case *syntax.ListLit:
		var found []*syntax.StructLit
		for _, item := range e.Items {
			found = slices.Concat(found, structLiterals(item))
		}
		return found
	case *syntax.MapLit:
		var found []*syntax.StructLit
		for _, entry := range e.Entries {
			found = slices.Concat(found, structLiterals(entry.Key), structLiterals(entry.Value))
		}
		return found
	case *syntax.Paren:
		return structLiterals(e.X)
	}
	return nil
}

// checkWheres types the conditions of named scalars.
func (c *checker) checkWheres() {
	for _, t := range c.declared.typeOrder {
		for _, v := range t.versions {
			scalar, ok := v.typ.(*model.Scalar)
			if !ok || v.decl.Check == nil {
				continue
			}
			s := newScope(nil)
			s.bind("value", builtin("the value", model.Value, scalar.Base))
			scalar.Where, _, _ = c.cond(s, v.decl.Check)
			scalar.WhereText = syntax.OneLine(v.decl.Check)
		}
	}
}
