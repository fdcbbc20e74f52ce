package check

import (
	"strings"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

func isArithmetic(op string) bool {
	switch op {
	case "+", "-", "*", "/", "%":
		return true
	}
	return false
}

// arithmetic types + - * / and %.
func (c *checker) arithmetic(s *scope, e *syntax.Binary, hint model.Type) model.Expr {
	x, y, ok := c.arithmeticOperands(s, e, hint)
	if !ok {
		return invalid(e.Span)
	}
	if e.Op == "/" && (kindOf(x.Type()) == model.Decimal || kindOf(y.Type()) == model.Decimal) {
		if _, numbers := numbersMeet(x.Type(), y.Type()); numbers {
			c.bareDivision(e)
			return invalid(e.Span)
		}
	}
	return c.operation(e, x, y)
}

// arithmeticOperands types both sides, and takes them out of their named scalars.
func (c *checker) arithmeticOperands(s *scope, e *syntax.Binary, hint model.Type) (x, y model.Expr, ok bool) {
	x, y = c.operands(s, e, plain(hint))
	plainX, plainY := c.isPlain(x, e.X, hasArithmetic), c.isPlain(y, e.Y, hasArithmetic)
	if isInvalid(x.Type()) || isInvalid(y.Type()) || !plainX || !plainY {
		return x, y, false
	}
	return toBase(x), toBase(y), true
}

func hasArithmetic(t model.Type) bool {
	_, isList := t.(*model.List)
	return isList || hasOrder(t)
}

func (c *checker) bareDivision(e *syntax.Binary) {
	d := source.New(codeBareDivision, e.Span, "a division of decimals must say to how many places it is rounded")
	d.Mend = "write round(" + shortText(e.X) + " / " + shortText(e.Y) + ", 2)"
	c.report(d)
}

// operation makes the node, or reports that there is no such operation.
func (c *checker) operation(e *syntax.Binary, x, y model.Expr) model.Expr {
	if flipped(e.Op, x.Type(), y.Type()) {
		x, y = y, x
	}
	left, right, result := operation(e.Op, x.Type(), y.Type())
	if result == nil {
		c.noOperation(e, x, y)
		return invalid(e.Span)
	}
	if isDivision(e.Op) && isZeroLiteral(y) {
		c.divisionByZero(e.Span)
		return invalid(e.Span)
	}
	return &model.Binary{Base: model.Base{T: result, Span: e.Span}, Op: e.Op, X: must(fit(x, left)), Y: must(fit(y, right))}
}

func (c *checker) divisionByZero(at source.Span) {
	c.mended("divide by another number", source.New(codeDivisionByZero, at, "this divides by zero"))
}

func isDivision(op string) bool { return op == "/" || op == "%" }

// flipped tells whether the operands stand the other way about in the model: int * duration and duration + time
// are there only as duration * int and time + duration.
func flipped(op string, x, y model.Type) bool {
	a, b := kindOf(x), kindOf(y)
	return op == "*" && a == model.Int && b == model.Duration || op == "+" && a == model.Duration && b == model.Time
}

// operation is what there is for an operator: the types of its operands, and of the result. The result is nil if
// there is nothing.
func operation(op string, x, y model.Type) (left, right, result model.Type) {
	a, b := kindOf(x), kindOf(y)
	switch {
	case a == model.Duration && b == model.Duration && (op == "+" || op == "-"):
		return x, y, durationType
	case a == model.Time && b == model.Duration && (op == "+" || op == "-"):
		return x, y, timeType
	case a == model.Time && b == model.Time && op == "-":
		return x, y, durationType
	case a == model.Duration && b == model.Int && op == "*":
		return x, y, durationType
	case a == model.String && b == model.String && op == "+":
		return x, y, stringType
	case op == "+" && isList(x) && model.Identical(x, y):
		return x, y, x
	}
	if t, ok := numbersMeet(x, y); ok && (op != "%" || kindOf(t) == model.Int) {
		return t, t, t
	}
	return nil, nil, nil
}

func isList(t model.Type) bool {
	_, ok := t.(*model.List)
	return ok
}

// numbersMeet is the type in which two numbers are reckoned: their own, or decimal for an int and a decimal.
func numbersMeet(x, y model.Type) (model.Type, bool) {
	if !isNumber(kindOf(x)) || !isNumber(kindOf(y)) {
		return nil, false
	}
	return common(x, y)
}

func isZeroLiteral(x model.Expr) bool {
	lit, ok := x.(*model.Literal)
	if !ok {
		return false
	}
	switch v := lit.Value.(type) {
	case int64:
		return v == 0
	case float64:
		return v == 0
	case model.DecimalText:
		return isZeroText(string(v))
	}
	return false
}

func isZeroText(digits string) bool {
	for i := range len(digits) {
		if digits[i] >= '1' && digits[i] <= '9' {
			return false
		}
	}
	return true
}

func (c *checker) noOperation(e *syntax.Binary, x, y model.Expr) {
	d := source.New(codeNoOperation, e.Span, "there is no %s for %s and %s", e.Op, article(x.Type()), article(y.Type()))
	if text := interpolated(e, x.Type(), y.Type()); text != "" {
		d.Mend = "write " + text
		d.Edits = []source.Edit{{Span: e.Span, Text: text}}
	} else {
		d.Mend = mendOperation(e, x.Type(), y.Type())
	}
	c.report(d)
}

// interpolated is a text and a value that are added up as one text with the value in it; "" if one of them cannot stand
// in a text as it is.
func interpolated(e *syntax.Binary, x, y model.Type) string {
	if e.Op != "+" || kindOf(x) != model.String && kindOf(y) != model.String || !isText(x) || !isText(y) {
		return ""
	}
	left, ok := inText(e.X)
	right, both := inText(e.Y)
	if !ok || !both {
		return ""
	}
	return `"` + left + right + `"`
}

// inText is e as a part of a text, and whether it can be one: no quotes and braces stand in what is written in a text.
func inText(e syntax.Expr) (string, bool) {
	text := shortText(e)
	if lit, ok := unparen(e).(*syntax.StringLit); ok && !lit.Raw && len(lit.Span.Text()) > 1 {
		text = lit.Span.Text()
		return text[1 : len(text)-1], true
	}
	return "{" + text + "}", !strings.ContainsAny(text, "\"`{}\\…")
}

// mendOperation is what was most likely meant by an operation that there is not.
func mendOperation(e *syntax.Binary, x, y model.Type) string {
	a, b := kindOf(x), kindOf(y)
	switch {
	case e.Op == "+" && (a == model.String && isText(y) || b == model.String && isText(x)):
		return "give the value a name with let or derive, and write it in the text: \"… {name}\""
	case e.Op == "+" && isList(x) && !isList(y):
		return "to add one item write [" + shortText(e.Y) + "]"
	case isNumber(a) && isNumber(b) && (a == model.Float) != (b == model.Float):
		return "a float does not mix with other numbers: make both float, or both decimal"
	case a == model.Time && b == model.Time && e.Op == "+":
		return "two times are only subtracted, which gives a duration: " + shortText(e.X) + " - " + shortText(e.Y)
	case a == model.Time && isNumber(b):
		return "a time takes a duration, as in " + shortText(e.X) + " " + e.Op + " 24h"
	case e.Op == "-" && isList(x):
		return "items are taken out with filter(x in " + shortText(e.X) + ": …)"
	case e.Op == "%":
		return "% takes two ints"
	}
	return "numbers of one type, two strings or two lists, a time and a duration go together"
}
