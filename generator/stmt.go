package generator

import (
	"github.com/dave/jennifer/jen"

	"github.com/fluvius-io/fluvius-go/dsl/model"
)

// ifElse is an if of the language. What stands alone in its else as another if becomes an else if, unless its
// condition needs statements of its own. Folds and actions have their own statements: run writes them, and alone
// takes such an if apart.
func ifElse[S any](b *block, cond model.Expr, then, otherwise []S, run func(*block, []S),
	alone func([]S) (model.Expr, []S, []S, bool)) *jen.Statement {
	test := b.expr(cond)
	s := jen.If(test.head()).Block(b.nested(func(in *block) { run(in, then) })...)
	if len(otherwise) == 0 {
		return s
	}
	if c, t, o, ok := alone(otherwise); ok {
		in := b.inner()
		next := ifElse(in, c, t, o, run, alone)
		if len(in.stmts) == 0 {
			return s.Else().Add(next)
		}
	}
	return s.Else().Block(b.nested(func(in *block) { run(in, otherwise) })...)
}

// decision is the writing of one action's body.
type decision struct {
	action *model.Action
	events string // the variable that collects events; "" where there is but one emit, at the end
	read   map[*model.Var]bool
}

func (d *decision) stmts(b *block, stmts []model.Stmt) {
	for _, s := range stmts {
		switch s := s.(type) {
		case *model.Require:
			d.require(b, s)
		case *model.Let:
			d.let(b, s)
		case *model.Emit:
			d.emit(b, s)
		case *model.If:
			b.add(ifElse(b, s.Cond, s.Then, s.Else, d.stmts, elseIf))
		}
	}
}

func elseIf(stmts []model.Stmt) (cond model.Expr, then, otherwise []model.Stmt, ok bool) {
	if len(stmts) == 1 {
		if s, ok := stmts[0].(*model.If); ok {
			return s.Cond, s.Then, s.Else, true
		}
	}
	return nil, nil, nil, false
}

// require returns the error. If its condition could not be computed, that is the error instead. A condition on all
// items returns out of the loop; what stands behind && and needs a loop of its own becomes an if of its own.
func (d *decision) require(b *block, s *model.Require) {
	if x, ok := s.Cond.(*model.Binary); ok && x.Op == "&&" && b.needsStatements(x.Y) {
		for _, part := range []model.Expr{x.X, x.Y} {
			d.require(b, &model.Require{Cond: part, Error: s.Error, Args: s.Args, Span: s.Span})
		}
		return
	}
	if x, ok := everyItem(s.Cond); ok {
		d.requireEach(b, x, s)
		return
	}
	b.refuse(b.negation(s.Cond), s)
}

func (d *decision) requireEach(b *block, x *model.Comprehension, s *model.Require) {
	over := b.expr(x.Over)
	in := b.inner()
	head := in.loopHead(x, over)
	switch {
	case x.If == nil:
		in.refuse(in.negation(x.Body), s)
	case in.needsStatements(x.Body):
		test := in.expr(x.If)
		in.add(jen.If(test.head()).Block(in.nested(func(deep *block) { deep.refuse(deep.negation(x.Body), s) })...))
	default:
		in.refuse(infix(in.expr(x.If), "&&", in.negation(x.Body)), s)
	}
	b.add(head.Block(in.stmts...))
}

func (b *block) refuse(test code, s *model.Require) {
	fails := b.nested(func(in *block) {
		e := in.domainError(s)
		in.add(jen.Return(jen.Nil(), in.or(e)))
	})
	b.add(jen.If(test.head()).Block(fails...))
}

// everyItem is `all(x in …: …)`, also where it is said as `!any(…)`.
func everyItem(x model.Expr) (*model.Comprehension, bool) {
	not, ok := x.(*model.Unary)
	if !ok {
		all, ok := x.(*model.Comprehension)
		return all, ok && all.Func == "all"
	}
	found, ok := not.X.(*model.Comprehension)
	if !ok || not.Op != "!" || found.Func != "any" {
		return nil, false
	}
	all := *found
	all.Func = "all"
	all.Body = &model.Unary{Base: model.Base{T: found.T, Span: found.Span}, Op: "!", X: found.Body}
	return &all, true
}

// needsStatements tells whether x cannot be written as an expression alone.
func (b *block) needsStatements(x model.Expr) bool {
	in := b.inner()
	in.negation(x)
	return len(in.stmts) > 0
}

func (b *block) domainError(s *model.Require) jen.Code {
	items := []jen.Code{jen.Id("ID").Op(":").Add(b.env.builtins[model.IDValue].arg())}
	for i, f := range s.Error.Params {
		items = append(items, jen.Id(f.GoName).Op(":").Add(b.hinted(localName(f.Name, f.GoName), s.Args[i]).arg()))
	}
	return jen.Id(s.Error.Name).Add(braces(items))
}

// let is a local variable. Go refuses one that nobody reads; what could fail is computed all the same.
func (d *decision) let(b *block, s *model.Let) {
	switch {
	case d.read[s.Var]:
		b.vars[s.Var] = b.declare(camel(s.Var.Name), s.Value)
	case b.canFail(s.Value):
		b.add(jen.Id("_").Op("=").Add(b.expr(s.Value).typed()))
	}
}

func (d *decision) emit(b *block, s *model.Emit) {
	event := jen.Id(s.Version.GoName).Add(b.fields(s.Fields))
	if d.events == "" {
		b.add(jen.Return(jen.Index().Id(d.action.Aggregate.Name+"Event").Values(event), b.err()))
		return
	}
	b.add(jen.Id(d.events).Op("=").Append(jen.Id(d.events), event))
}

// stmtExprs are all expressions of statements, in order.
func stmtExprs(stmts []model.Stmt) (all []model.Expr) {
	for _, s := range stmts {
		switch s := s.(type) {
		case *model.Require:
			all = append(append(all, s.Cond), s.Args...)
		case *model.Let:
			all = append(all, s.Value)
		case *model.Emit:
			all = append(all, inits(s.Fields)...)
		case *model.If:
			all = append(all, s.Cond)
			all = append(all, stmtExprs(s.Then)...)
			all = append(all, stmtExprs(s.Else)...)
		}
	}
	return all
}

func emits(stmts []model.Stmt) (n int) {
	for _, s := range stmts {
		switch s := s.(type) {
		case *model.Emit:
			n++
		case *model.If:
			n += emits(s.Then) + emits(s.Else)
		}
	}
	return n
}
