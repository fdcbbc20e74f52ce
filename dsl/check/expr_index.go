package check

import (
	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// index types `x[i]`: a T? where no guard is seen, for the entry may not be there.
func (c *checker) index(s *scope, e *syntax.Index) model.Expr {
	x := c.infer(s, e.X, nil)
	switch t := x.Type().(type) {
	case *model.List:
		i := c.expr(s, e.I, intType)
		return indexed(x, i, t.Elem, e, hasItem(s, x, i))
	case *model.Map:
		key := c.expr(s, e.I, t.Key)
		return indexed(x, key, t.Elem, e, hasEntry(s, x, key))
	}
	c.needs(x, e.X, hasItems, "[ ]", "a list or a map")
	c.infer(s, e.I, invalidType)
	return invalid(e.Span)
}

func indexed(x, i model.Expr, item model.Type, e *syntax.Index, guarded bool) model.Expr {
	if isInvalid(i.Type()) || isInvalid(item) {
		return invalid(e.Span)
	}
	if !guarded {
		item = optional(item)
	}
	return &model.Index{Base: model.Base{T: item, Span: e.Span}, X: x, I: i, Guarded: guarded}
}

func hasItems(t model.Type) bool {
	switch t.(type) {
	case *model.List, *model.Map:
		return true
	}
	return false
}

// hasItem tells whether a guard on the length showed that there is an item i.
func hasItem(s *scope, list, i model.Expr) bool {
	path, ok := pathOf(list)
	if !ok {
		return false
	}
	if n, ok := intValue(i); ok {
		return s.facts.longer(path, n)
	}
	arg, ok := pathOf(i)
	return ok && s.facts.has(longerThanArg, path, arg)
}

// hasEntry tells whether a guard showed that the key is in the map.
func hasEntry(s *scope, m, key model.Expr) bool {
	path, ok := pathOf(m)
	value, stable := valueOf(key)
	return ok && stable && s.facts.has(hasKey, path, value)
}
