package check

import (
	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

const codeNameTwice source.Code = "FLV0205"

var invalidType model.Type = &model.Basic{Kind: model.Invalid}

// invalid is what an expression with an error becomes.
func invalid(at source.Span) model.Expr {
	return &model.Zero{Base: model.Base{T: invalidType, Span: at}}
}

func (c *checker) expr(s *scope, e syntax.Expr, want model.Type) model.Expr {
	return invalid(e.Where())
}

func (c *checker) cond(s *scope, e syntax.Expr) (test model.Expr, yes, no *scope) {
	return invalid(e.Where()), s, s
}

func (c *checker) constant(e syntax.Expr, want model.Type) model.Expr { return invalid(e.Where()) }

// text types the parts of a string, for the text of an error.
func (c *checker) text(s *scope, lit *syntax.StringLit) []model.TextPart { return nil }

func (c *checker) record(s *scope, at source.Span, given []*syntax.FieldExpr, fields []*model.Field, what string) map[string]*model.FieldInit {
	return map[string]*model.FieldInit{}
}

func fits(from, to model.Type) bool { return true }

func (c *checker) convert(x model.Expr, to model.Type, upcasts bool) (model.Expr, bool) {
	return x, true
}

func typeName(t model.Type) string { return "" }

func goName(name string) string { return name }

func kebab(pascal string) string { return pascal }

// isInvalid tells whether t is what an error left behind.
func isInvalid(t model.Type) bool { return true }
