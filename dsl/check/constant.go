package check

import (
	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// constant types a default: a literal, with nothing in it that has to be reckoned.
func (c *checker) constant(e syntax.Expr, want model.Type) model.Expr {
	if at, what, ok := notConstant(e); ok {
		c.mended("write the value itself", source.New(codeNotConstant, at, "a default is a literal, and this is %s", what))
		return invalid(e.Where())
	}
	s := newScope(nil)
	s.constant = true
	return c.expr(s, e, want)
}

// notConstant is the first part of e that no literal has.
func notConstant(e syntax.Expr) (at source.Span, what string, found bool) {
	switch e := e.(type) {
	case *syntax.StringLit:
		for _, part := range e.Parts {
			if part.Expr != nil {
				return part.Expr.Where(), "a value in a text", true
			}
		}
		return at, "", false
	case *syntax.Unary:
		if e.Op == "-" && hasSign(e.X) {
			return at, "", false
		}
		return e.Span, "a calculation", true
	case *syntax.Binary, *syntax.Cond, *syntax.Match, *syntax.Comprehension, *syntax.With:
		return e.Where(), "a calculation", true
	case *syntax.Call:
		return e.Span, "a function", true
	case *syntax.Select, *syntax.Index:
		return e.Where(), "read from something else", true
	}
	return firstNotConstant(partsOf(e))
}

// hasSign tells whether a minus before e is part of the literal.
func hasSign(e syntax.Expr) bool {
	_, isDuration := e.(*syntax.DurationLit)
	_, isNumber := digitsOf(e)
	return isDuration || isNumber
}

func firstNotConstant(list []syntax.Expr) (at source.Span, what string, found bool) {
	for _, e := range list {
		if at, what, found := notConstant(e); found {
			return at, what, true
		}
	}
	return at, "", false
}

// partsOf are the expressions in a literal.
func partsOf(e syntax.Expr) []syntax.Expr {
	var parts []syntax.Expr
	switch e := e.(type) {
	case *syntax.Paren:
		return []syntax.Expr{e.X}
	case *syntax.ListLit:
		return e.Items
	case *syntax.MapLit:
		for _, entry := range e.Entries {
			parts = append(parts, entry.Key, entry.Value)
		}
	case *syntax.StructLit:
		for _, pair := range e.Fields {
			parts = append(parts, pair.Value)
		}
	}
	return parts
}
