package check

import (
	"errors"
	"regexp"
	"regexp/syntax"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	tree "github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// matches types `x matches "re2"`.
func (c *checker) matches(s *scope, e *tree.Binary) model.Expr {
	x := c.infer(s, e.X, nil)
	pattern, ok := c.pattern(e.Y)
	if !isString(x.Type()) {
		c.needs(x, e.X, isString, "matches", "a string on its left")
		return invalid(e.Span)
	}
	if !ok {
		return invalid(e.Span)
	}
	return &model.Matches{Base: model.Base{T: boolType, Span: e.Span}, X: toBase(x), Pattern: pattern}
}

func isString(t model.Type) bool { return kindOf(t) == model.String }

// pattern is the regular expression that e is: one literal, so that a wrong one is seen here and not at run time.
func (c *checker) pattern(e tree.Expr) (string, bool) {
	lit, ok := unparen(e).(*tree.StringLit)
	if !ok {
		c.noPattern(e)
		return "", false
	}
	text := ""
	for _, part := range lit.Parts {
		if part.Expr != nil {
			c.noPattern(e)
			return "", false
		}
		text += part.Text
	}
	if _, err := regexp.Compile(text); err != nil {
		c.badPattern(e, err)
		return "", false
	}
	return text, true
}

func (c *checker) noPattern(e tree.Expr) {
	d := source.New(codePattern, e.Where(), "matches takes one regular expression as a literal")
	d.Mend = "write it out, best in backquotes: matches `^[a-z]+$`"
	c.report(d)
}

func (c *checker) badPattern(e tree.Expr, err error) {
	reason := err.Error()
	if parse := (*syntax.Error)(nil); errors.As(err, &parse) {
		reason = parse.Code.String() + " in " + parse.Expr
	}
	c.mended("write it in the syntax of RE2, which is that of Go's package regexp; \\ takes a character as it is",
		source.New(codeBadPattern, e.Where(), "this is not a regular expression: %s", reason))
}
