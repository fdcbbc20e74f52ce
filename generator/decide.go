package generator

import (
	"github.com/dave/jennifer/jen"

	"github.com/fluvius-io/fluvius-go/dsl/model"
)

// decideBody is what an action does: d is what surrounds the decision, s the state as loaded, c the command.
func (p *plan) decideBody(a *model.Action) []jen.Code {
	b := p.newBlock(decideEnv(), "d", "s", "c")
	if len(a.Creates) > 0 {
		b.derived = uncertain(a.Aggregate)
	}
	w := &decision{action: a, read: b.readVars(a.Body)}
	b.defaults(a.Params, w.read)
	if many(a.Body) {
		w.events = b.names.pick("events")
		b.add(jen.Var().Id(w.events).Index().Id(a.Aggregate.Name + "Event"))
	}
	w.stmts(b, a.Body)
	switch {
	case w.events != "":
		b.add(jen.Return(jen.Id(w.events), b.err()))
	case emits(a.Body) == 0:
		b.add(jen.Return(jen.Nil(), b.err()))
	}
	return b.withCalc()
}

// readVars are the variables that something reads which is written: a `let` that nobody reads, and that cannot fail,
// is not.
func (b *block) readVars(body []model.Stmt) map[*model.Var]bool {
	read := map[*model.Var]bool{}
	note := func(x model.Expr) {
		walk(x, func(x model.Expr) {
			if r, ok := x.(*model.Ref); ok {
				read[r.Var] = true
			}
		})
	}
	lets := otherThanLets(body, note)
	for i := len(lets) - 1; i >= 0; i-- { // backwards: a let reads only those before it
		if read[lets[i].Var] || b.canFail(lets[i].Value) {
			note(lets[i].Value)
		}
	}
	return read
}

// otherThanLets shows note all expressions but those of lets, which it returns, in order.
func otherThanLets(stmts []model.Stmt, note func(model.Expr)) (lets []*model.Let) {
	for _, s := range stmts {
		switch s := s.(type) {
		case *model.Let:
			lets = append(lets, s)
		case *model.If:
			note(s.Cond)
			lets = append(lets, otherThanLets(s.Then, note)...)
			lets = append(lets, otherThanLets(s.Else, note)...)
		default:
			for _, x := range stmtExprs([]model.Stmt{s}) {
				note(x)
			}
		}
	}
	return lets
}

// uncertain are the derived values that may be wrong where nothing exists: there the runtime lets pass that they
// cannot be computed. An action that may run there computes those that it reads, where it reads them.
func uncertain(a *model.Aggregate) (list []*model.Derived) {
	names := map[string]bool{}
	reads := func(x model.Expr) bool {
		g, ok := x.(*model.Get)
		return ok && g.Derived && names[g.Field.Name]
	}
	for _, d := range a.Derived { // each needs only those before it
		if canFail(d.Value) || anyPart(d.Value, reads) {
			names[d.Field.Name] = true
			list = append(list, d)
		}
	}
	return list
}

func decideEnv() env {
	around := func(field string) code { return cheap(jen.Id("d." + field)) }
	return env{
		state: func(f *model.Field) code { return cheap(jen.Id("s." + f.GoName)) },
		cmd:   jen.Id("c"),
		builtins: map[model.BuiltinKind]code{
			model.Now: around("Now"), model.Actor: around("Actor"), model.Metadata: around("Metadata"),
			model.Exists: around("Exists"), model.IDValue: cheap(jen.Id("s.ID")),
		},
	}
}

// many tells whether events are collected: all but a single emit at the very end.
func many(body []model.Stmt) bool {
	switch emits(body) {
	case 0:
		return false
	case 1:
		_, last := body[len(body)-1].(*model.Emit)
		return !last
	}
	return true
}

// defaults puts the parameters that have a default, and are read, into local variables.
func (b *block) defaults(params []*model.Field, read map[*model.Var]bool) {
	fields := map[*model.Field]bool{}
	for v := range read {
		fields[v.Field] = true
	}
	for _, f := range params {
		if f.Default == nil || !fields[f] {
			continue
		}
		id := b.names.pick(localName(f.Name, f.GoName))
		b.add(jen.Id(id).Op(":=").Add(b.orDefault(f, jen.Id("c."+f.GoName))))
		b.params[f] = name(id)
	}
}

// orDefault is a parameter of a command, or its default. The default of a T? is a T?, and so is what is read.
func (b *block) orDefault(f *model.Field, given *jen.Statement) *jen.Statement {
	fallback := b.expr(f.Default).arg()
	if isOptional(f.Type) {
		return val("Or", given, fallback).jen
	}
	return jen.Add(given).Dot("OrElse").Call(fallback)
}

// declaredBody tells whether an action by hand may emit e, where the aggregate exists or does not.
func (p *plan) declaredBody(a *model.Action) []jen.Code {
	var either, creates, emits []jen.Code
	for _, v := range declared(a) {
		c, e := hasVersion(a.Creates, v), hasVersion(a.Emits, v)
		switch {
		case c && e || len(a.Creates) == 0 || len(a.Emits) == 0: // the runtime sees that it runs in its case alone
			either = append(either, jen.Id(v.GoName))
		case c:
			creates = append(creates, jen.Id(v.GoName))
		default:
			emits = append(emits, jen.Id(v.GoName))
		}
	}
	var cases []jen.Code
	for _, c := range []struct {
		types  []jen.Code
		answer *jen.Statement
	}{{either, jen.True()}, {creates, jen.Op("!").Id("exists")}, {emits, jen.Id("exists")}} {
		if len(c.types) > 0 {
			cases = append(cases, jen.Case(c.types...).Block(jen.Return(c.answer)))
		}
	}
	return []jen.Code{jen.Switch(jen.Id("e").Assert(jen.Type())).Block(cases...), jen.Return(jen.False())}
}

// declared are the event versions of both clauses, each once, in order.
func declared(a *model.Action) (all []*model.EventVersion) {
	for _, list := range [][]*model.EventVersion{a.Creates, a.Emits} {
		for _, v := range list {
			if !hasVersion(all, v) {
				all = append(all, v)
			}
		}
	}
	return all
}

func hasVersion(list []*model.EventVersion, v *model.EventVersion) bool {
	for _, other := range list {
		if other.Event == v.Event && other.Version == v.Version {
			return true
		}
	}
	return false
}
