package check

import (
	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// invalid is what an expression with an error becomes. It fits everything, so that nothing is reported that
// only follows from the error.
func invalid(at source.Span) model.Expr {
	return &model.Zero{Base: model.Base{T: invalidType, Span: at}}
}

// expr types e where a value of want is expected; want may be nil for whatever e is. The result is of that
// type exactly, every conversion a node, or Invalid after an error, which is reported.
func (c *checker) expr(s *scope, e syntax.Expr, want model.Type) model.Expr {
	if want == nil || isInvalid(want) {
		return c.infer(s, e, want)
	}
	if x, ok := c.parts(s, e, want); ok {
		return x
	}
	x := c.infer(s, e, want)
	if y, ok := fit(x, want); ok {
		return y
	}
	c.misfit(s, x, e, want)
	return instead(x, want)
}

// instead is what stands for a value that does not fit. A value that may be none in the place of a test is surely the
// test whether there is one, so that what it guards is known to be there.
func instead(x model.Expr, want model.Type) model.Expr {
	if isOptional(x.Type()) && !isNone(x) && model.Identical(want, boolType) {
		none := &model.None{Base: model.Base{T: x.Type(), Span: x.Where()}}
		return &model.Binary{Base: model.Base{T: boolType, Span: x.Where()}, Op: "!=", X: x, Y: none}
	}
	return invalid(x.Where())
}

// parts hands the type expected down to the parts of what has no type of its own, so that a part that does not
// fit is reported where it stands.
func (c *checker) parts(s *scope, e syntax.Expr, want model.Type) (model.Expr, bool) {
	switch e := e.(type) {
	case *syntax.Cond:
		return c.conditional(s, e, want, nil), true
	case *syntax.Match:
		return c.match(s, e, want, nil), true
	case *syntax.ListLit:
		if list, ok := plain(want).(*model.List); ok {
			return must(fit(c.listOf(s, e, list), want)), true
		}
	case *syntax.MapLit:
		switch t := plain(want).(type) {
		case *model.Map:
			return must(fit(c.mapOf(s, e, t), want)), true
		case *model.Struct:
			return c.withoutType(e, t), true
		}
	case *syntax.Paren:
		switch e.X.(type) {
		case *syntax.Cond, *syntax.Match, *syntax.ListLit, *syntax.MapLit, *syntax.Paren:
			return c.expr(s, e.X, want), true
		}
	}
	return nil, false
}

// must is for a conversion that is known to fit.
func must(x model.Expr, _ bool) model.Expr { return x }

// cond types a condition, and gives the scopes of what runs where it held and where it did not.
func (c *checker) cond(s *scope, e syntax.Expr) (test model.Expr, yes, no *scope) {
	test = c.expr(s, e, boolType)
	held, failed := shown(test)
	return test, s.knowing(held), s.knowing(failed)
}

// infer types e by itself. The hint is the type that is expected around it, nil if there is none, Invalid if
// an error hides it: literals, bare enum values and none take it, but nothing has to be of it.
func (c *checker) infer(s *scope, e syntax.Expr, hint model.Type) model.Expr {
	switch e := e.(type) {
	case *syntax.Name:
		return c.name(s, e, hint)
	case *syntax.Select:
		return c.selection(s, e)
	case *syntax.Qualified:
		return c.qualified(e)
	case *syntax.Index:
		return c.index(s, e)
	case *syntax.With:
		return c.with(s, e, hint)
	case *syntax.Unary:
		return c.unary(s, e, hint)
	case *syntax.Binary:
		return c.binary(s, e, hint)
	case *syntax.Cond:
		return c.conditional(s, e, nil, hint)
	case *syntax.Match:
		return c.match(s, e, nil, hint)
	case *syntax.Call:
		return c.call(s, e, hint)
	case *syntax.Comprehension:
		return c.comprehension(s, e, hint)
	case *syntax.Paren:
		return c.infer(s, e.X, hint)
	}
	return c.literal(s, e, hint)
}

// unparen is e without the parentheses around it.
func unparen(e syntax.Expr) syntax.Expr {
	for {
		p, ok := e.(*syntax.Paren)
		if !ok {
			return e
		}
		e = p.X
	}
}

// isOpen tells whether e takes its type from what is expected: number literals, none, bare enum values, lists and
// maps as literals, and what is made of nothing else.
func (c *checker) isOpen(s *scope, e syntax.Expr) bool {
	switch e := e.(type) {
	case *syntax.IntLit, *syntax.FloatLit, *syntax.NoneLit, *syntax.ListLit, *syntax.MapLit:
		return true
	case *syntax.Name:
		b := s.lookup(e.Name)
		return b == nil || b.barred != ""
	case *syntax.Paren:
		return c.isOpen(s, e.X)
	case *syntax.Unary:
		return e.Op == "-" && c.isOpen(s, e.X)
	case *syntax.Binary:
		return isArithmetic(e.Op) && c.areOpen(s, e.X, e.Y)
	case *syntax.Cond:
		return c.areOpen(s, e.A, e.B)
	case *syntax.Call:
		return takesHint[e.Func.Name] && c.areOpen(s, e.Args...)
	case *syntax.Match:
		return c.areOpen(s, matchBodies(e)...)
	}
	return false
}

func (c *checker) areOpen(s *scope, list ...syntax.Expr) bool {
	for _, e := range list {
		if !c.isOpen(s, e) {
			return false
		}
	}
	return true
}

// alternative is one of several expressions of which one type is wanted: a branch, an item.
type alternative struct {
	scope *scope
	expr  syntax.Expr
}

// alternatives types the expressions and brings them to their common type. Those that take their type from
// what is expected take that of the others.
func (c *checker) alternatives(list []alternative, hint model.Type) ([]model.Expr, model.Type) {
	typed := make([]model.Expr, len(list))
	for i, a := range list {
		if !c.isOpen(a.scope, a.expr) {
			typed[i] = c.infer(a.scope, a.expr, hint)
			if hint == nil {
				hint = typed[i].Type()
			}
		}
	}
	for i, a := range list {
		if typed[i] == nil {
			typed[i] = c.infer(a.scope, a.expr, hint)
			if hint == nil {
				hint = typed[i].Type()
			}
		}
	}
	return c.unite(list, typed)
}

// unite converts all to the type common to them.
func (c *checker) unite(list []alternative, typed []model.Expr) ([]model.Expr, model.Type) {
	if len(typed) == 0 {
		return typed, nil
	}
	t := typed[0].Type()
	for i, x := range typed[1:] {
		both, ok := common(t, x.Type())
		if !ok {
			c.differ(t, x, list[i+1].expr)
			return typed, invalidType
		}
		t = both
	}
	for i, x := range typed {
		typed[i], _ = fit(x, t)
	}
	return typed, t
}

// conditional types `c ? a : b`. Each branch knows what the condition showed. Without a type wanted it is the one
// common to the branches.
func (c *checker) conditional(s *scope, e *syntax.Cond, want, hint model.Type) model.Expr {
	test, yes, no := c.cond(s, e.C)
	x := &model.Cond{Base: model.Base{T: want, Span: e.Span}, C: test}
	if want != nil {
		x.A, x.B = c.expr(yes, e.A, want), c.expr(no, e.B, want)
		return x
	}
	branches, t := c.alternatives([]alternative{{yes, e.A}, {no, e.B}}, hint)
	if isInvalid(t) {
		return invalid(e.Span)
	}
	x.A, x.B, x.T = branches[0], branches[1], t
	return x
}
