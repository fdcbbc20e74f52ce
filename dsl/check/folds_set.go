package check

import (
	"slices"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// set is `name = expr`, `name[index] += expr` and their like; nil where it is wrong.
func (f *fold) set(s *scope, stmt *syntax.Set) model.FoldStmt {
	field := f.target(stmt.Name)
	if field == nil {
		f.look(s, stmt.Index, stmt.Value)
		return nil
	}
	assign := &model.Assign{Field: field, Span: stmt.Span}
	place := field.Type
	if stmt.Index != nil {
		place, assign.Index = f.entry(s, stmt.Name, stmt.Index, field)
	}
	f.reads = nil
	switch stmt.Op {
	case "+=":
		assign.Op, assign.Value = f.add(s, stmt, place)
	case "-=":
		assign.Op, assign.Value = f.sub(s, stmt, place)
	default:
		assign.Op, assign.Value = model.Set, f.c.expr(s, stmt.Value, place)
	}
	if slices.Contains(f.reads, field.Name) {
		f.event.back[field.Name] = stmt.Span
	}
	return assign
}

// look types expressions of a statement that is wrong for another reason, for the errors in them.
func (f *fold) look(s *scope, exprs ...syntax.Expr) {
	for _, e := range exprs {
		if e != nil {
			f.c.expr(s, e, invalidType)
		}
	}
}

// remove is `remove map[key]`; nil where it is wrong.
func (f *fold) remove(s *scope, stmt *syntax.Remove) model.FoldStmt {
	field := f.target(stmt.Name)
	if field == nil {
		f.look(s, stmt.Index)
		return nil
	}
	_, index := f.entry(s, stmt.Name, stmt.Index, field)
	return &model.Remove{Field: field, Index: index, Span: stmt.Span}
}

// target is the state field that is written to.
func (f *fold) target(name syntax.Ident) *model.Field {
	if field := f.agg.fields[name.Name]; field != nil {
		return field
	}
	if derived := f.agg.derivedNamed(name.Name); derived != nil {
		d := source.New(codeFoldFixed, name.Span, "%s is derived from the state, and is never assigned", name.Name)
		d.Related = related(derived.field.Span, "derived here")
		d.Mend = "assign the fields that it follows from"
		f.c.report(d)
		return nil
	}
	if name.Name == "id" {
		f.c.mended("leave it out", source.New(codeFoldFixed, name.Span, "the id of an aggregate never changes"))
		return nil
	}
	d := source.New(codeFoldField, name.Span, "the state of %s has no field %s", f.agg.model.Name, written(name))
	if suggest(&d, name, keysOf(f.agg.fields)); d.Mend == "" {
		d.Mend = "add it to the state"
	}
	f.c.report(d)
	return nil
}

// entry is the type of a map's entries, and the key.
func (f *fold) entry(s *scope, name syntax.Ident, index syntax.Expr, field *model.Field) (model.Type, model.Expr) {
	m, ok := field.Type.(*model.Map)
	if ok {
		return m.Elem, f.c.expr(s, index, m.Key)
	}
	key := f.c.expr(s, index, invalidType)
	if !isInvalid(field.Type) {
		d := source.New(codeFoldIndex, name.Span, "%s is %s: only an entry of a map can be written or removed", name.Name, article(field.Type))
		switch field.Type.(type) {
		case *model.List:
			d.Mend = "make the list anew: " + name.Name + " = map(x in " + name.Name + ": …); or take items out: " + name.Name + " -= item"
		case *model.Optional:
			d.Mend = "say what it is where there is none: " + name.Name + " map[…]… = {}"
		default:
			d.Mend = "write " + name.Name + " = …"
		}
		f.c.report(d)
	}
	return invalidType, key
}

// add is `+=`: numbers, text, times and durations add up, a list takes an item or a list.
func (f *fold) add(s *scope, stmt *syntax.Set, place model.Type) (model.AssignOp, model.Expr) {
	if list, ok := place.(*model.List); ok {
		return f.grow(s, stmt.Value, list)
	}
	switch kindOf(place) {
	case model.Int, model.Float, model.Decimal, model.String, model.Duration:
		return model.Add, f.operand(s, stmt.Value, base(place))
	case model.Time:
		return model.Add, f.operand(s, stmt.Value, durationType)
	}
	return model.Set, f.noOperator(s, stmt, place, "adds to a number, a string, a time, a duration or a list")
}

// sub is `-=`.
func (f *fold) sub(s *scope, stmt *syntax.Set, place model.Type) (model.AssignOp, model.Expr) {
	if list, ok := place.(*model.List); ok {
		if part := incomparable(list.Elem); part != nil {
			f.look(s, stmt.Value)
			name := stmt.Name.Name
			f.c.mended("keep those that stay: "+name+" = filter(x in "+name+": x.field != …)",
				source.New(codeIncomparable, stmt.Span, "there is no == for %s, and so no -=", typeName(part)))
			return model.Set, invalid(stmt.Value.Where())
		}
		return model.Without, f.c.expr(s, stmt.Value, list.Elem)
	}
	switch kindOf(place) {
	case model.Int, model.Float, model.Decimal, model.Duration:
		return model.Sub, f.operand(s, stmt.Value, base(place))
	case model.Time:
		return model.Sub, f.operand(s, stmt.Value, durationType)
	}
	return model.Set, f.noOperator(s, stmt, place, "takes from a number, a time, a duration or a list")
}

// operand is a value that an operator takes: it has its base type, since what comes out has none of the names.
func (f *fold) operand(s *scope, e syntax.Expr, want model.Type) model.Expr {
	return f.c.expr(s, e, want)
}

func (f *fold) noOperator(s *scope, stmt *syntax.Set, place model.Type, does string) model.Expr {
	f.look(s, stmt.Value)
	if !isInvalid(place) {
		d := source.New(codeFoldOperator, stmt.Name.Span, "%s %s, and %s is %s", stmt.Op, does, stmt.Name.Name, article(place))
		d.Mend = "write " + stmt.Name.Name + " = …"
		f.c.report(d)
	}
	return invalid(stmt.Value.Where())
}

// grow is `list += item` or `list += list`: whichever the value is. Where it could be neither, the message is
// about an item.
func (f *fold) grow(s *scope, e syntax.Expr, list *model.List) (model.AssignOp, model.Expr) {
	isItem := f.c.silently(func() { f.c.expr(s, e, list.Elem) })
	isList := f.c.silently(func() { f.c.expr(s, e, list) })
	if isList && !isItem {
		return model.Concat, f.c.expr(s, e, list)
	}
	if _, literal := unparen(e).(*syntax.ListLit); literal && !isItem {
		return model.Concat, f.c.expr(s, e, list)
	}
	return model.Append, f.c.expr(s, e, list.Elem)
}
