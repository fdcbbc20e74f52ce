package check

import (
	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// comprehension types sum, count, all, any, map and filter.
func (c *checker) comprehension(s *scope, e *syntax.Comprehension, hint model.Type) model.Expr {
	x := &model.Comprehension{Base: model.Base{Span: e.Span}, Func: e.Func.Name}
	x.Over = c.infer(s, e.Over, c.overHint(e, hint))
	inner := newScope(s)
	ok := c.loopVars(inner, x, e)
	if e.If != nil {
		x.If, inner, _ = c.cond(inner, e.If)
	}
	x.Body, x.T = c.comprehensionBody(inner, e, x.Over.Type(), hint)
	if !ok || isInvalid(x.T) || isInvalid(x.Body.Type()) || x.If != nil && isInvalid(x.If.Type()) {
		return invalid(e.Span)
	}
	return x
}

// overHint is what a filter is expected to go over: what it gives.
func (c *checker) overHint(e *syntax.Comprehension, hint model.Type) model.Type {
	if e.Func.Name == "filter" && hint != nil && hasItems(plain(hint)) {
		return plain(hint)
	}
	return nil
}

// loopVars declares the names of a comprehension. If there is nothing to go over they have no type, so that the
// body is still looked at.
func (c *checker) loopVars(s *scope, x *model.Comprehension, e *syntax.Comprehension) bool {
	first, second := invalidType, invalidType
	ok := true
	switch t := x.Over.Type().(type) {
	case *model.List:
		first, second = intType, t.Elem
		if e.Second == nil {
			first = t.Elem
		}
	case *model.Map:
		first, second = t.Key, t.Elem
	default:
		c.needs(x.Over, e.Over, hasItems, e.Func.Name, "a list or a map after in")
		ok = false
	}
	one := c.loopVar(s, e.First, first)
	switch {
	case e.Second != nil:
		x.First, x.Second = one, c.loopVar(s, *e.Second, second)
	case isList(x.Over.Type()):
		x.Second = one
	default:
		x.First = one
	}
	return ok
}

func (c *checker) loopVar(s *scope, name syntax.Ident, t model.Type) *model.Var {
	v := &model.Var{Kind: model.LoopVar, Name: name.Name, T: t, Span: name.Span}
	c.declare(s, name, varBinding(v, "a name of this comprehension"))
	return v
}

// comprehensionBody types the body, and says what comes out of it all.
func (c *checker) comprehensionBody(s *scope, e *syntax.Comprehension, over, hint model.Type) (model.Expr, model.Type) {
	switch e.Func.Name {
	case "count":
		return c.expr(s, e.Body, boolType), intType
	case "all", "any":
		return c.expr(s, e.Body, boolType), boolType
	case "filter":
		return c.expr(s, e.Body, boolType), over
	case "sum":
		return c.sumBody(s, e, hint)
	case "map":
		return c.mapBody(s, e, hint)
	}
	c.errorf(codeUnknownFunction, e.Func.Span, "there is no comprehension %s", e.Func.Name)
	return invalid(e.Span), invalidType
}

func (c *checker) sumBody(s *scope, e *syntax.Comprehension, hint model.Type) (model.Expr, model.Type) {
	body := c.infer(s, e.Body, plain(hint))
	if !isSigned(body.Type()) {
		c.needs(body, e.Body, isSigned, "sum", "numbers or durations")
		return invalid(e.Span), invalidType
	}
	return toBase(body), base(body.Type())
}

// mapBody types the body of a map. Where a list is expected, each item is brought to what it holds.
func (c *checker) mapBody(s *scope, e *syntax.Comprehension, hint model.Type) (model.Expr, model.Type) {
	item := hintOf(hint, func(t model.Type) model.Type {
		if list, ok := t.(*model.List); ok {
			return list.Elem
		}
		return nil
	})
	body := c.infer(s, e.Body, item)
	if item != nil && !isInvalid(item) {
		if fitting, ok := fit(body, item); ok {
			body = fitting
		}
	}
	if !c.holdsNoNone(body.Type(), []syntax.Expr{e.Body}, "a list") {
		return invalid(e.Span), invalidType
	}
	return body, &model.List{Elem: body.Type()}
}
