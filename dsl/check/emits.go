package check

import (
	"slices"
	"strings"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// emit is `emit key { field: expr }`; nil where it is wrong.
func (d *decision) emit(s *scope, stmt *syntax.Emit) model.Stmt {
	cl := d.declaredClause(s, stmt.Key)
	if cl == nil {
		for _, field := range stmt.Fields {
			d.c.expr(s, field.Value, invalidType)
		}
		return nil
	}
	d.checkExists(s, cl, stmt.Key)
	return d.emitEvent(s, cl, stmt.Key, stmt)
}

// declaredClause is the clause that declares a key; one that is not declared is reported at the key.
func (d *decision) declaredClause(s *scope, key syntax.Ident) *clause {
	e := d.c.declared.events[key.Name]
	if e != nil {
		if cl := d.clause(e); cl != nil {
			return cl
		}
	}
	if d.action.broken && e != nil {
		return nil // it may be what was meant there
	}
	if e == nil || e.agg != d.agg {
		d.unknownEmit(key)
		return nil
	}
	report := source.New(codeUndeclared, key.Span, "%s emits %s, and does not declare it", d.action.model.Name, key.Name)
	report.Related = related(d.action.decl.Name.Span, "declared here")
	report.Mend = d.addKey(s, key.Name)
	d.c.report(report)
	d.action.undeclared = append(d.action.undeclared, key.Name)
	return nil
}

// addKey is the clause that declares one more event: that of the case in which it is emitted, as far as that is known.
func (d *decision) addKey(s *scope, key string) string {
	word, keys := "emits", d.action.decl.Emits
	if exists, known := s.exists(); known && !exists || !known && len(d.action.decl.Emits) == 0 {
		word, keys = "creates", d.action.decl.Creates
	}
	var names []string
	for _, declared := range keys {
		names = append(names, writtenName(declared.Name.Name, declared))
	}
	return "add it: " + word + " " + strings.Join(append(names, key), ", ")
}

// unknownEmit reports an emit of an event that the aggregate has not. The nearest name is one that was declared.
func (d *decision) unknownEmit(key syntax.Ident) {
	near, ok := source.Nearest(key.Name, d.declaredKeys())
	if !ok || d.c.declared.events[key.Name] != nil {
		d.c.eventNamed(d.agg, key)
		return
	}
	report := source.New(codeUnknownEvent, key.Span, "%s has no event %s", d.agg.model.Name, written(key))
	report.Mend = "did you mean " + near + "?"
	report.Edits = []source.Edit{{Span: key.Span, Text: near}}
	d.c.report(report)
}

func (d *decision) declaredKeys() []string {
	var keys []string
	for _, cl := range d.clauses {
		keys = append(keys, cl.version.of.key)
	}
	return keys
}

// checkExists reports an emit in the case that the event's clause excludes, as far as the guards on `exists`
// do not rule that case out.
func (d *decision) checkExists(s *scope, cl *clause, key syntax.Ident) {
	if cl.creates && cl.emits {
		return
	}
	value, known := s.exists()
	if known && value == cl.emits {
		return
	}
	clauseName, other, guard := "creates", "exists", "if !exists { … }"
	if cl.emits {
		clauseName, other, guard = "emits", "does not exist", "if exists { … }"
	}
	certainty := "may be emitted here where the aggregate "
	if known {
		certainty = "would be emitted here where the aggregate "
	}
	report := source.New(codeExcluded, key.Span, "%s stands behind %s, and %s%s", key.Name, clauseName, certainty, other)
	report.Related = related(cl.key.Span, "declared here")
	report.Mend = "emit it in " + guard + ", or declare it in both clauses"
	d.c.report(report)
}

// emitEvent makes the event, with all its fields. stmt is nil for the event that a body without `emit` emits.
func (d *decision) emitEvent(s *scope, cl *clause, key syntax.Ident, stmt *syntax.Emit) *model.Emit {
	cl.found = true
	version := cl.version.model
	emit := &model.Emit{Version: version, Span: key.Span}
	given := map[string]*model.FieldInit{}
	if stmt != nil {
		emit.Span = stmt.Span
		given = d.c.record(s, key.Span, stmt.Fields, version.Fields, cl.version.of.key)
	}
	misnamed := stmt != nil && anyUnknown(stmt.Fields, version.Fields)
	var missing []*model.Field
	for _, field := range version.Fields {
		init := given[field.Name]
		if init == nil && !misnamed {
			init = d.fill(s, cl, field, key)
		}
		if init == nil {
			missing = append(missing, field)
			continue
		}
		emit.Fields = append(emit.Fields, init)
	}
	if !misnamed {
		d.missing(cl, key, missing)
	}
	return emit
}

// anyUnknown tells whether a field was given that is not there. What is missing then is probably that one.
func anyUnknown(given []*syntax.FieldExpr, fields []*model.Field) bool {
	return slices.ContainsFunc(given, func(pair *syntax.FieldExpr) bool { return fieldNamed(fields, pair.Name.Name) == nil })
}

func (d *decision) missing(cl *clause, key syntax.Ident, missing []*model.Field) {
	if len(missing) == 0 {
		return
	}
	var names, pairs []string
	for _, field := range missing {
		names = append(names, field.Name)
		pairs = append(pairs, field.Name+": …")
	}
	report := source.New(codeEmitMissing, key.Span, "%s needs %s, and nothing here has that name", cl.version.of.key, strings.Join(names, ", "))
	report.Related = related(missing[0].Span, missing[0].Name+" is declared here")
	report.Mend = "give it: emit " + cl.version.of.key + " { " + strings.Join(pairs, ", ") + " }"
	if len(d.action.decl.Body) == 0 {
		report.Mend += ", or make it a parameter of " + d.action.model.Name
	}
	d.c.report(report)
}

// fill is what a field gets that was not given: the parameter or `let` of its name; else, if the action cannot
// create, what the state has under that name; else its default, or none. nil if there is nothing.
func (d *decision) fill(s *scope, cl *clause, field *model.Field, key syntax.Ident) *model.FieldInit {
	name := &syntax.Name{Ident: syntax.Ident{Name: field.Name, Span: key.Span}}
	if b := s.lookup(field.Name); b != nil && d.isVariable(b) {
		return d.fillFrom(s, cl, field, key, name, b.what, b.span)
	}
	if b := d.agg.stateBinding(field.Name); b != nil && len(d.action.decl.Creates) == 0 {
		return d.fillFromState(s, cl, field, key, b)
	}
	return d.c.filled(field, key.Span)
}

// isVariable tells a parameter or `let` from what is there in every action: a field named `actor` is not filled
// with who acts, since nobody said so.
func (d *decision) isVariable(b *binding) bool {
	return b.barred == "" && b.value != nil && !b.span.IsZero()
}

func (d *decision) fillFrom(s *scope, cl *clause, field *model.Field, key syntax.Ident, e syntax.Expr, what string, at source.Span) *model.FieldInit {
	var value model.Expr
	if d.c.silently(func() { value = d.c.expr(s, e, field.Type) }) {
		return &model.FieldInit{Field: field, Value: value, Implicit: true}
	}
	var given model.Expr
	d.c.silently(func() { given = d.c.expr(s, e, nil) })
	report := source.New(codeFillFit, key.Span, "%s is %s in %s, and %s, which would fill it, is %s",
		field.Name, article(field.Type), cl.version.of.key, what, article(given.Type()))
	report.Related = append(related(at, what), related(field.Span, "the event's field")...)
	report.Mend = "say what is meant: emit " + cl.version.of.key + " { " + field.Name + ": … }"
	d.c.report(report)
	return &model.FieldInit{Field: field, Value: invalid(key.Span), Implicit: true}
}

// fillFromState takes what the state has, unless the event's fold makes that very field out of it again: surely
// another value was meant then. A fold that sets the field to something else is fine: the event tells what was.
func (d *decision) fillFromState(s *scope, cl *clause, field *model.Field, key syntax.Ident, b *binding) *model.FieldInit {
	if at, writes := cl.version.of.back[field.Name]; writes {
		report := source.New(codeWritesBack, key.Span, "%s of %s would be taken from the state, and its apply writes it back there: nothing would change", field.Name, cl.version.of.key)
		report.Related = related(at, "written back here")
		report.Mend = "give the new value: emit " + cl.version.of.key + " { " + field.Name + ": … }"
		d.c.report(report)
		return &model.FieldInit{Field: field, Value: invalid(key.Span), Implicit: true}
	}
	e := &syntax.Select{
		Span: key.Span, X: &syntax.Name{Ident: syntax.Ident{Name: "state", Span: key.Span}},
		Name: syntax.Ident{Name: field.Name, Span: key.Span},
	}
	return d.fillFrom(s, cl, field, key, e, b.what, b.span)
}
