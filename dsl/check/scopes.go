package check

import (
	"slices"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// stateScope is what a derived value, an invariant and a fold see: the id, and the state's fields and derived
// values by their bare names. reader is the derived value that reads, nil if none does.
func (a *aggregate) stateScope(reader *derive) *scope {
	s := newScope(nil)
	barOutside(s)
	s.bind("id", builtin("the id", model.IDValue, a.model.ID))
	for name, b := range a.stateBindings(reader) {
		s.bind(name, b)
	}
	return s
}

// outside is what only an action or an upcast knows, and why it cannot be read elsewhere. No scope changes it.
var outside = func() map[string]*binding {
	bindings := map[string]*binding{}
	for name, what := range map[string]string{"now": "the clock", "actor": "who acts", "metadata": "a command's metadata", "exists": "whether the aggregate exists"} {
		bindings[name] = &binding{
			what:   what,
			barred: "only an action knows " + what + "; what follows from the events is the same in every replay",
			mend:   "let an action put it into an event, and the event's apply into the state",
		}
	}
	bindings["timestamp"] = &binding{
		what:   "the timestamp of a stored event",
		barred: "only an upcast knows the timestamp of a stored event",
		mend:   "let an action put now into an event, and the event's apply into the state",
	}
	return bindings
}()

// stateByName is said of `state` where its fields are read without it.
var stateByName = &binding{what: "the state", barred: "the state's fields are read by their bare names", mend: "leave state. out"}

// barOutside bars what only an action knows: what follows from the events alone is the same in every replay.
func barOutside(s *scope) {
	for name, b := range outside {
		s.bind(name, b)
	}
	s.bind("state", stateByName)
}

// stateBindings are the fields and derived values of a state, each under its name. Those that no derived value reads
// are made once: every fold and action of the aggregate shares them.
func (a *aggregate) stateBindings(reader *derive) map[string]*binding {
	if reader != nil {
		return a.newStateBindings(reader)
	}
	if a.bindings == nil {
		a.bindings = a.newStateBindings(nil)
	}
	return a.bindings
}

func (a *aggregate) newStateBindings(reader *derive) map[string]*binding {
	bindings := make(map[string]*binding, len(a.model.State)+len(a.derives))
	for _, field := range a.model.State {
		bindings[field.Name] = fieldBinding(field, model.State, "the state field "+field.Name)
	}
	for _, d := range a.derives {
		bindings[d.field.Name] = d.binding(reader)
	}
	return bindings
}

// stateBinding is the field or derived value of that name, nil if there is none.
func (a *aggregate) stateBinding(name string) *binding {
	if field := a.fields[name]; field != nil {
		return fieldBinding(field, model.State, "the state field "+field.Name)
	}
	if d := a.derivedNamed(name); d != nil {
		return d.binding(nil)
	}
	return nil
}

// binding reads a derived value, and remembers who does.
func (d *derive) binding(reader *derive) *binding {
	return &binding{span: d.field.Span, what: "the derived value " + d.field.Name, value: func(at source.Span) model.Expr {
		if reader != nil && !slices.Contains(reader.reads, d) {
			reader.reads = append(reader.reads, d)
		}
		return &model.Get{Base: model.Base{T: d.field.Type, Span: at}, From: model.State, Field: d.field, Derived: true}
	}}
}

func fieldBinding(field *model.Field, from model.SourceKind, what string) *binding {
	return &binding{span: field.Span, what: what, value: func(at source.Span) model.Expr {
		return &model.Get{Base: model.Base{T: field.Type, Span: at}, From: from, Field: field}
	}}
}

func builtin(what string, kind model.BuiltinKind, typ model.Type) *binding {
	return &binding{what: what, value: func(at source.Span) model.Expr {
		return &model.Builtin{Base: model.Base{T: typ, Span: at}, Kind: kind}
	}}
}

// object is a binding whose fields are read with a dot.
func object(what string, fields []*model.Field, from model.SourceKind, fieldWhat string) *binding {
	b := &binding{what: what, fields: map[string]*binding{}}
	for _, field := range fields {
		b.fields[field.Name] = fieldBinding(field, from, fieldWhat+" "+field.Name)
	}
	return b
}

// readVar reads a variable; used is set to true when that happens, unless it is nil.
func readVar(v *model.Var, what string, used *bool) *binding {
	return &binding{span: v.Span, what: what, value: func(at source.Span) model.Expr {
		if used != nil {
			*used = true
		}
		return &model.Ref{Base: model.Base{T: v.T, Span: at}, Var: v}
	}}
}

// mapOfStrings is the type of metadata.
var mapOfStrings model.Type = &model.Map{Key: stringType, Elem: stringType}
