package generator

import (
	"github.com/dave/jennifer/jen"

	"github.com/fluvius-io/fluvius-go/dsl/model"
)

// foldBody is how an event changes the state: s is the state being made, e the event. What reads the state reads the
// one before the event: a field that was written to before it is read is kept in a local variable at the beginning.
func (p *plan) foldBody(e *model.Event) []jen.Code {
	f := &fold{aggregate: e.Aggregate, before: map[string]code{}}
	b := p.newBlock(env{
		state:    f.get,
		event:    jen.Id("e"),
		builtins: map[model.BuiltinKind]code{model.IDValue: cheap(jen.Id("s").Dot("ID"))},
	}, "s", "e")
	f.keep(b, e.Apply)
	f.stmts(b, e.Apply)
	b.add(jen.Return(b.err()))
	return b.withCalc()
}

// fold is the writing of one apply.
type fold struct {
	aggregate *model.Aggregate
	before    map[string]code // fields and derived values that are read from a local variable
}

func (f *fold) get(field *model.Field) code {
	if c, ok := f.before[field.Name]; ok {
		return c
	}
	return cheap(jen.Id("s").Dot(field.GoName))
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
			to := jen.Id("s").Dot(s.Field.GoName)
			b.add(jen.Add(to).Op("=").Add(val("WithoutKey", jen.Add(to), b.expr(s.Index).arg()).arg()))
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
	to := jen.Id("s").Dot(s.Field.GoName)
	hint := localName(s.Field.Name, s.Field.GoName)
	if s.Index == nil && s.Op == model.Add && isText(s.Field.Type) {
		b.add(jen.Add(to).Op("+=").Add(b.expr(toNamed(toBase(s.Value), s.Field.Type)).arg()))
		return
	}
	if s.Index == nil {
		b.assign(to, hint, assigned(s, cheap(jen.Add(to)), s.Field.Type))
		return
	}
	key := b.local("key", b.expr(s.Index))
	if s.Op == model.Set {
		key = b.expr(s.Index)
	}
	entry := cheap(jen.Add(to).Index(key.arg()))
	v := b.expr(assigned(s, entry, elemOf(s.Field.Type))).arg()
	b.add(jen.Add(to).Op("=").Add(val("WithKey", jen.Add(to), key.arg(), v).arg()))
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
