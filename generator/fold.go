package generator

import (
	"github.com/dave/jennifer/jen"

	"github.com/fluvius-io/fluvius-go/dsl/model"
)

// foldBody is the statements of a fold.
type foldBody struct {
	stmts      []jen.Code
	readsEvent bool // not what the apply reads: `x = c ? x : x` comes to nothing, and Go refuses an event that nobody reads
}

// foldBody is how an event changes the state: s is the state being made, e the event. What reads the state reads the
// one before the event: a field that was written to before it is read is kept in a local variable at the beginning.
func (p *plan) foldBody(e *model.Event) (made foldBody) {
	f := &fold{aggregate: e.Aggregate, before: map[string]code{}, read: map[string]bool{}, owned: owned(e.Aggregate)}
	b := p.newBlock(env{
		state: f.get,
		event: func() *jen.Statement {
			made.readsEvent = true
			return jen.Id("e")
		},
		builtins: map[model.BuiltinKind]code{model.IDValue: cheap(jen.Id("s.ID"))},
	}, "s", "e", "own")
	f.keep(b, e.Apply)
	f.stmts(b, e.Apply)
	f.blank(b)
	b.add(jen.Return(b.err()))
	made.stmts = b.withCalc()
	return made
}

// fold is the writing of one apply.
type fold struct {
	aggregate *model.Aggregate
	before    map[string]code // fields and derived values that are read from a local variable
	read      map[string]bool // those that were
	owned     map[string]int  // the numbers of the fields that are written to in place
}

func (f *fold) get(field *model.Field) code {
	if c, ok := f.before[field.Name]; ok {
		f.read[field.Name] = true
		return c
	}
	return cheap(jen.Id("s." + field.GoName))
}

// blank reads the local variables that only what was left out would have read: Go refuses one that nobody reads.
func (f *fold) blank(b *block) {
	for _, field := range stateFields(f.aggregate) {
		if c, ok := f.before[field.Name]; ok && !f.read[field.Name] {
			b.add(jen.Id("_").Op("=").Add(c.arg()))
		}
	}
}

// keep makes the local variables: the derived values that are read, since nobody has computed them between two
// events, and the fields that are read after they have been written to.
func (f *fold) keep(b *block, stmts []model.FoldStmt) {
	reads := &foldReads{written: map[string]bool{}, kept: map[string]*model.Field{}, derived: map[string]bool{}}
	reads.stmts(stmts)
	for i := len(f.aggregate.Derived) - 1; i >= 0; i-- { // backwards: a derived value needs only those before it
		if d := f.aggregate.Derived[i]; reads.derived[d.Field.Name] {
			walk(d.Value, reads.derivedOnly)
		}
	}
	for _, d := range f.aggregate.Derived {
		if reads.derived[d.Field.Name] {
			if holdsMap(d.Field.Type) {
				f.disown(b)
			}
			f.before[d.Field.Name] = b.declare(localName(d.Field.Name, d.Field.GoName), d.Value)
		}
	}
	for _, field := range f.aggregate.State {
		if reads.kept[field.Name] != nil {
			id := b.names.pick("old" + field.GoName)
			b.add(jen.Id(id).Op(":=").Id("s").Dot(field.GoName))
			f.before[field.Name] = name(id)
		}
	}
}

// disown is for a fold that reads a derived value which may be a field's own map, as it was before the event. It may
// end up in another field: so all are copied, here and at the next change.
func (f *fold) disown(b *block) {
	var numbers []jen.Code
	for _, field := range f.aggregate.State {
		if number, ok := f.owned[field.Name]; ok {
			numbers = append(numbers, jen.Lit(number))
		}
	}
	if len(numbers) > 0 {
		b.add(jen.Id("own.Release").Call(numbers...))
	}
	f.owned = nil
}

// foldReads finds out, statement by statement, what is read that was written to before.
type foldReads struct {
	written map[string]bool
	kept    map[string]*model.Field
	derived map[string]bool
}

func (r *foldReads) stmts(stmts []model.FoldStmt) {
	for _, s := range stmts {
		switch s := s.(type) {
		case *model.Assign:
			r.expr(s.Index)
			r.expr(s.Value)
			r.written[s.Field.Name] = true
		case *model.Remove:
			r.expr(s.Index)
			r.written[s.Field.Name] = true
		case *model.FoldIf:
			r.expr(s.Cond)
			r.stmts(s.Then)
			r.stmts(s.Else)
		}
	}
}

func (r *foldReads) expr(x model.Expr) {
	walk(x, func(x model.Expr) {
		r.derivedOnly(x)
		if g, ok := x.(*model.Get); ok && g.From == model.State && !g.Derived && r.written[g.Field.Name] {
			r.kept[g.Field.Name] = g.Field
		}
	})
}

func (r *foldReads) derivedOnly(x model.Expr) {
	if g, ok := x.(*model.Get); ok && g.From == model.State && g.Derived {
		r.derived[g.Field.Name] = true
	}
}

func (f *fold) stmts(b *block, stmts []model.FoldStmt) {
	for _, s := range stmts {
		switch s := s.(type) {
		case *model.Assign:
			f.assign(b, s)
		case *model.Remove:
			to := jen.Id("s." + s.Field.GoName)
			b.add(jen.Add(to).Op("=").Add(f.change("WithoutKey", "DropKey", s.Field, jen.Add(to), b.expr(s.Index).arg())))
		case *model.FoldIf:
			f.foldIf(b, s)
		}
	}
}

func (f *fold) foldIf(b *block, s *model.FoldIf) {
	b.add(ifElse(b, s.Cond, s.Then, s.Else, f.stmts, elseFoldIf))
}

func elseFoldIf(stmts []model.FoldStmt) (cond model.Expr, then, otherwise []model.FoldStmt, ok bool) {
	if len(stmts) == 1 {
		if s, ok := stmts[0].(*model.FoldIf); ok {
			return s.Cond, s.Then, s.Else, true
		}
	}
	return nil, nil, nil, false
}

// assign writes a field, or an entry of a map. The map is a new one: another state may hold the old one.
func (f *fold) assign(b *block, s *model.Assign) {
	to := jen.Id("s." + s.Field.GoName)
	hint := localName(s.Field.Name, s.Field.GoName)
	if s.Index == nil && s.Op == model.Add && isText(s.Field.Type) {
		b.add(jen.Add(to).Op("+=").Add(b.expr(toNamed(toBase(s.Value), s.Field.Type)).arg()))
		return
	}
	switch {
	case s.Index == nil && s.Op == model.Append:
		b.add(jen.Add(to).Op("=").Add(f.change("Append", "AddItem", s.Field, jen.Add(to), b.expr(s.Value).arg())))
	case s.Index == nil && s.Op == model.Concat:
		b.add(jen.Add(to).Op("=").Add(f.change("Concat", "AddItems", s.Field, jen.Add(to), b.expr(s.Value).arg())))
	case s.Index == nil:
		b.assign(to, hint, assigned(s, cheap(jen.Add(to)), s.Field.Type))
	default:
		f.assignEntry(b, s, to)
	}
	f.release(b, s)
}

func (f *fold) assignEntry(b *block, s *model.Assign, to *jen.Statement) {
	key := b.expr(s.Index)
	if s.Op != model.Set { // then it is read twice
		key = b.local("key", key)
	}
	entry := cheap(jen.Add(to).Index(key.arg()))
	v := b.expr(assigned(s, entry, elemOf(s.Field.Type))).arg()
	b.add(jen.Add(to).Op("=").Add(f.change("WithKey", "SetKey", s.Field, jen.Add(to), key.arg(), v)))
}

// change is a list or map that was changed: in place where this run of folds made it itself, else in a copy. A field
// whose former value is still read in this fold is always copied.
func (f *fold) change(copies, owns string, field *model.Field, args ...jen.Code) *jen.Statement {
	number, ok := f.owned[field.Name]
	if _, kept := f.before[field.Name]; !ok || kept {
		return val(copies, args...).arg()
	}
	return val(owns, append([]jen.Code{jen.Id("own"), jen.Lit(number)}, args...)...).arg()
}

// release notes which fields may share what they hold after an assignment: one that was given another value, and maps
// that may stand in what was written.
func (f *fold) release(b *block, s *model.Assign) {
	free := map[string]bool{s.Field.Name: s.Index == nil && s.Op == model.Set}
	if holdsMap(s.Value.Type()) {
		walk(s.Value, func(x model.Expr) {
			if g, ok := x.(*model.Get); ok && g.From == model.State && holdsMap(g.Field.Type) {
				free[g.Field.Name] = true
			}
		})
	}
	var numbers []jen.Code
	for _, field := range f.aggregate.State {
		if number, ok := f.owned[field.Name]; ok && free[field.Name] {
			numbers = append(numbers, jen.Lit(number))
		}
	}
	if len(numbers) > 0 {
		b.add(jen.Id("own.Release").Call(numbers...))
	}
}

// owned numbers the lists and maps of a state that some fold changes item by item.
func owned(a *model.Aggregate) map[string]int {
	changed := map[string]bool{}
	for _, e := range a.Events {
		changes(e.Apply, changed)
	}
	numbers := map[string]int{}
	for _, field := range a.State {
		if changed[field.Name] {
			numbers[field.Name] = len(numbers)
		}
	}
	return numbers
}

func changes(stmts []model.FoldStmt, changed map[string]bool) {
	for _, s := range stmts {
		switch s := s.(type) {
		case *model.Assign:
			if s.Index != nil || s.Op == model.Append || s.Op == model.Concat {
				changed[s.Field.Name] = true
			}
		case *model.Remove:
			changed[s.Field.Name] = true
		case *model.FoldIf:
			changes(s.Then, changed)
			changes(s.Else, changed)
		}
	}
}

// holdsMap tells whether a value of a type may hold a map of the language.
func holdsMap(t model.Type) bool {
	seen := map[model.Type]bool{}
	var holds func(t model.Type) bool
	holds = func(t model.Type) bool {
		if seen[t] {
			return false
		}
		seen[t] = true
		switch t := t.(type) {
		case *model.Map:
			return true
		case *model.List:
			return holds(t.Elem)
		case *model.Optional:
			return holds(t.Elem)
		case *model.Struct:
			for _, field := range t.Fields {
				if holds(field.Type) {
					return true
				}
			}
		}
		return false
	}
	return holds(t)
}

// assigned is what is written, as an expression over what stands there now: `x += 1` is x + 1.
func assigned(s *model.Assign, now code, t model.Type) model.Expr {
	current := &raw{Base: model.Base{T: t}, code: now}
	switch s.Op {
	case model.Add:
		return sum(current, "+", s.Value)
	case model.Sub:
		return sum(current, "-", s.Value)
	case model.Append, model.Concat, model.Without:
		return &listChange{Base: model.Base{T: t}, op: s.Op, list: now, item: s.Value}
	}
	return s.Value
}

// sum is x + y of the type of x, whatever name that has.
func sum(x model.Expr, op string, y model.Expr) model.Expr {
	base := baseOf(x.Type())
	if kindOf(base) == model.Decimal && kindOf(y.Type()) == model.Int {
		y = &model.Convert{Base: model.Base{T: base, Span: y.Where()}, Kind: model.IntToDecimal, X: toBase(y)}
	}
	result := &model.Binary{Base: model.Base{T: base}, Op: op, X: toBase(x), Y: toBase(y)}
	return toNamed(result, x.Type())
}

func toBase(x model.Expr) model.Expr {
	base := baseOf(x.Type())
	if model.Identical(base, x.Type()) {
		return x
	}
	return &model.Convert{Base: model.Base{T: base, Span: x.Where()}, Kind: model.ToBase, X: x}
}

func toNamed(x model.Expr, t model.Type) model.Expr {
	if model.Identical(x.Type(), t) {
		return x
	}
	return &model.Convert{Base: model.Base{T: t, Span: x.Where()}, Kind: model.ToNamed, X: x}
}

// listChange is a list with an item or a list added, or an item dropped. It never writes into the list's array.
type listChange struct {
	model.Base
	op   model.AssignOp
	list code
	item model.Expr
}

func (b *block) listChange(x *listChange) code {
	item := b.expr(x.item)
	switch x.op {
	case model.Append:
		return val("Append", x.list.arg(), item.arg())
	case model.Concat:
		return val("Concat", x.list.arg(), item.arg())
	}
	return val("Without", x.list.arg(), item.arg(), b.p.equalFunc(elemOf(x.T)))
}
