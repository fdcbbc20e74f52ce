package check

import (
	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// implied is the fold of an event without an apply, { ...event }: every field of it has its place in the state.
func (f *fold) implied() []model.FoldStmt {
	var stmts []model.FoldStmt
	for _, field := range f.event.newest().model.Fields {
		target := f.agg.fields[field.Name]
		if target == nil {
			f.noPlace(field)
			continue
		}
		if copied := f.copy(field, target, field.Span); copied != nil {
			stmts = append(stmts, copied)
			continue
		}
		d := source.New(codeSpreadFit, field.Span, "%s is %s in the event and %s in the state, and %s has no apply that says how one becomes the other",
			field.Name, typeName(field.Type), typeName(target.Type), f.event.key)
		d.Related = related(target.Span, "the state field")
		d.Mend = "give both one type, or write apply " + f.event.key + " { … }"
		f.c.report(d)
	}
	return stmts
}

// noPlace reports a field of an event without an apply that the state has no field for.
func (f *fold) noPlace(field *model.Field) {
	d := source.New(codeNoPlace, field.Span, "%s has no apply, and the state has no field %s, so its value would be lost", f.event.key, field.Name)
	d.Mend = "add the field to the state, or say what the event does: apply " + f.event.key + " { … }"
	if derived := f.agg.derivedNamed(field.Name); derived != nil {
		d.Message = f.event.key + " has no apply, and " + field.Name + " is derived: it is never assigned"
		d.Related = related(derived.field.Span, "derived here")
	} else if near, ok := source.Nearest(field.Name, keysOf(f.agg.fields)); ok {
		d.Mend += "\nthe state has a field " + near
	}
	f.c.report(d)
}

// copy assigns an event's field to the state's; nil if it does not fit.
func (f *fold) copy(field, target *model.Field, at source.Span) model.FoldStmt {
	value, ok := f.c.convert(&model.Get{Base: model.Base{T: field.Type, Span: at}, From: model.EventField, Field: field}, target.Type, false)
	if !ok {
		return nil
	}
	f.event.back[target.Name] = at
	return &model.Assign{Field: target, Op: model.Set, Value: value, Span: at}
}

// spread is `...event`: it copies what fits. A field that does not fit must be among those assigned; one that is
// overruled on every path need not be copied at all.
func (f *fold) spread(at *syntax.Spread, assigned, overruled map[string]bool) []model.FoldStmt {
	var stmts []model.FoldStmt
	for _, field := range f.event.newest().model.Fields {
		target := f.agg.fields[field.Name]
		if target == nil || overruled[field.Name] {
			continue
		}
		copied := f.copy(field, target, at.Span)
		if copied != nil {
			stmts = append(stmts, copied)
			continue
		}
		if !assigned[field.Name] {
			d := source.New(codeSpreadFit, at.Span, "%s is %s in the event and %s in the state, so ...event cannot copy it",
				field.Name, typeName(field.Type), typeName(target.Type))
			d.Related = append(related(field.Span, "the event's field"), related(target.Span, "the state field")...)
			d.Mend = "assign it: " + field.Name + " = …"
			f.c.report(d)
		}
	}
	return stmts
}

// assigned are the fields that some statement writes to.
func assigned(body []syntax.FoldStmt) map[string]bool {
	names := map[string]bool{}
	for _, stmt := range body {
		switch stmt := stmt.(type) {
		case *syntax.Set:
			names[stmt.Name.Name] = true
		case *syntax.Remove:
			names[stmt.Name.Name] = true
		case *syntax.FoldIf:
			for _, branch := range [][]syntax.FoldStmt{stmt.Then, stmt.Else} {
				for name := range assigned(branch) {
					names[name] = true
				}
			}
		}
	}
	return names
}

// overruled are the fields that are replaced on every path.
func overruled(body []syntax.FoldStmt) map[string]bool {
	names := map[string]bool{}
	for _, stmt := range body {
		switch stmt := stmt.(type) {
		case *syntax.Set:
			if stmt.Op == "=" && stmt.Index == nil {
				names[stmt.Name.Name] = true
			}
		case *syntax.FoldIf:
			other := overruled(stmt.Else)
			for name := range overruled(stmt.Then) {
				if other[name] {
					names[name] = true
				}
			}
		}
	}
	return names
}
