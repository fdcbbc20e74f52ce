package check

import "github.com/fluvius-io/fluvius-go/dsl/model"

// resolveMembers gives states, events, errors and actions their fields and parameters.
func (c *checker) resolveMembers() {
	for _, a := range c.declared.aggregates {
		c.resolveState(a)
		for _, e := range a.events {
			for _, v := range e.versions {
				v.model.Fields = c.mergedFields(eventFields, v.decl.Fields, v.more...)
			}
		}
		for _, e := range a.errors {
			e.model.Params = c.mergedFields(errorParams, e.decl.Params, e.more...)
		}
		for _, action := range a.actions {
			action.model.Params = c.mergedFields(actionParams, action.decl.Params, action.more...)
		}
	}
}

// resolveState makes the fields of a state and its derived values, which share their names.
func (c *checker) resolveState(a *aggregate) {
	if a.state != nil {
		a.model.State = c.mergedFields(stateFields, a.state.Fields, a.moreState...)
	}
	names := newFieldSet(derivedValues)
	for _, field := range a.model.State {
		a.fields[field.Name] = field
		names.byName[field.Name], names.byGo[field.GoName] = field, field
	}
	var kept []*derive
	for _, d := range a.derives {
		name := d.decl.Name.Name
		d.field = &model.Field{Name: name, GoName: goName(name), Type: c.typeRef(d.decl.Type), Doc: d.decl.Doc, Span: d.decl.Name.Span}
		if names.add(c, d.field) {
			kept = append(kept, d)
		}
	}
	a.derives = kept
}

// derivedNamed is the derived value of that name, nil if there is none.
func (a *aggregate) derivedNamed(name string) *derive {
	for _, d := range a.derives {
		if d.field.Name == name {
			return d
		}
	}
	return nil
}
