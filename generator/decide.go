package generator

import (
	"github.com/dave/jennifer/jen"

	"github.com/fluvius-io/fluvius-go/dsl/model"
)

// decideBody is what an action does: d is what surrounds the decision, s the state as loaded, c the command.
func (p *plan) decideBody(a *model.Action) []jen.Code {
	b := p.newBlock(decideEnv(), "d", "s", "c")
	exprs := stmtExprs(a.Body)
	w := &decision{action: a, read: func(v *model.Var) bool { return uses(v, exprs...) }}
	b.defaults(a.Params, exprs)
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

func decideEnv() env {
	around := func(field string) code { return cheap(jen.Id("d").Dot(field)) }
	return env{
		state: func(f *model.Field) code { return cheap(jen.Id("s").Dot(f.GoName)) },
		cmd:   jen.Id("c"),
		builtins: map[model.BuiltinKind]code{
			model.Now: around("Now"), model.Actor: around("Actor"), model.Metadata: around("Metadata"),
			model.Exists: around("Exists"), model.IDValue: cheap(jen.Id("s").Dot("ID")),
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
func (b *block) defaults(params []*model.Field, exprs []model.Expr) {
	for _, f := range params {
		if f.Default == nil || !readsParam(f, exprs) {
			continue
		}
		id := b.names.pick(localName(f.Name, f.GoName))
		b.add(jen.Id(id).Op(":=").Id("c").Dot(f.GoName).Dot("OrElse").Call(b.expr(f.Default).arg()))
		b.params[f] = name(id)
	}
}

func readsParam(f *model.Field, exprs []model.Expr) bool {
	for _, x := range exprs {
		if anyPart(x, func(x model.Expr) bool { r, ok := x.(*model.Ref); return ok && r.Var.Field == f }) {
			return true
		}
	}
	return false
}

// byHandBody asks the user's Go code, and checks what it answers. What it is given is its own: it may keep it, and
// may change it.
func (p *plan) byHandBody(a *model.Action) []jen.Code {
	versions := declared(a)
	if len(versions) == 1 {
		return []jen.Code{
			p.askByHand(a, "event"),
			jen.Return(jen.Index().Id(a.Aggregate.Name+"Event").Values(jen.Id("event")), jen.Nil()),
		}
	}
	return []jen.Code{
		p.askByHand(a, "events"),
		jen.For(jen.List(jen.Id("_"), jen.Id("event")).Op(":=").Range().Id("events")).Block(p.declaredOnly(a, versions)),
		jen.Return(jen.Id("events"), jen.Nil()),
	}
}

// askByHand calls the user's method. NoEvent is a success.
func (p *plan) askByHand(a *model.Action, result string) jen.Code {
	return jen.List(jen.Id(result), jen.Err()).Op(":=").Id("impl").Dot(a.Name).Call(
		jen.Id("d").Dot("Context").Call(jen.Id("ctx")), p.cloned(a.Aggregate, jen.Op("*").Id("s")), jen.Op("*").Id("c"),
	).Line().If(jen.Qual("errors", "Is").Call(jen.Err(), jen.Qual(runtimePath, "NoEvent"))).Block(
		jen.Return(jen.Nil(), jen.Nil()),
	).Line().If(jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Nil(), jen.Err()))
}

// declaredOnly is the switch that refuses an event which the action does not declare for the case it runs in.
func (p *plan) declaredOnly(a *model.Action, versions []*model.EventVersion) jen.Code {
	var either, creates, emits []jen.Code
	for _, v := range versions {
		c, e := hasVersion(a.Creates, v), hasVersion(a.Emits, v)
		switch {
		case c && e:
			either = append(either, jen.Id(v.GoName))
		case c:
			creates = append(creates, jen.Id(v.GoName))
		default:
			emits = append(emits, jen.Id(v.GoName))
		}
	}
	if len(a.Creates) == 0 || len(a.Emits) == 0 { // the runtime sees to it that the action runs only in its case
		either, creates, emits = append(append(either, creates...), emits...), nil, nil
	}
	refuse := jen.Return(jen.Nil(), jen.Qual(runtimePath, "Undeclared").Call(jen.Lit(a.Name), p.keyOf(a.Aggregate, jen.Id("event"))))
	var cases []jen.Code
	if len(either) > 0 {
		cases = append(cases, jen.Case(either...))
	}
	if len(creates) > 0 {
		cases = append(cases, jen.Case(creates...).Block(jen.If(jen.Id("d").Dot("Exists")).Block(jen.Add(refuse))))
	}
	if len(emits) > 0 {
		cases = append(cases, jen.Case(emits...).Block(jen.If(jen.Op("!").Id("d").Dot("Exists")).Block(jen.Add(refuse))))
	}
	cases = append(cases, jen.Default().Block(jen.Add(refuse)))
	return jen.Switch(jen.Id("event").Assert(jen.Type())).Block(cases...)
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
