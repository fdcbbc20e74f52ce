package check

import (
	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// unary types `!x` and `-x`.
func (c *checker) unary(s *scope, e *syntax.Unary, hint model.Type) model.Expr {
	if e.Op == "!" {
		x := c.expr(s, e.X, boolType)
		if isInvalid(x.Type()) {
			return invalid(e.Span)
		}
		return &model.Unary{Base: model.Base{T: boolType, Span: e.Span}, Op: "!", X: x}
	}
	if digits, ok := digitsOf(e.X); ok {
		return c.number("-"+digits, e.Span, hint)
	}
	if d, ok := e.X.(*syntax.DurationLit); ok {
		return literalOf(durationType, -d.Value, e.Span)
	}
	x := c.infer(s, e.X, hint)
	if !isSigned(x.Type()) {
		c.needs(x, e.X, isSigned, "-", "a number or a duration")
		return invalid(e.Span)
	}
	x = toBase(x)
	return &model.Unary{Base: model.Base{T: x.Type(), Span: e.Span}, Op: "-", X: x}
}

// digitsOf is for a number literal behind a minus: -9223372036854775808 is an int, its digits alone are not.
func digitsOf(e syntax.Expr) (string, bool) {
	switch e := e.(type) {
	case *syntax.IntLit:
		return e.Digits, true
	case *syntax.FloatLit:
		return e.Digits, true
	}
	return "", false
}

func isSigned(t model.Type) bool {
	k := kindOf(t)
	return isNumber(k) || k == model.Duration
}

// binary types `x op y`.
func (c *checker) binary(s *scope, e *syntax.Binary, hint model.Type) model.Expr {
	switch e.Op {
	case "&&", "||":
		return c.logical(s, e)
	case "==", "!=":
		return c.equality(s, e)
	case "<", "<=", ">", ">=":
		return c.order(s, e)
	case "in":
		return c.in(s, e)
	case "matches":
		return c.matches(s, e)
	case "??":
		return c.coalesce(s, e, hint)
	}
	return c.arithmetic(s, e, hint)
}

// logical types && and ||. The right side knows what the left one showed.
func (c *checker) logical(s *scope, e *syntax.Binary) model.Expr {
	x := c.expr(s, e.X, boolType)
	known, failed := shown(x)
	if e.Op == "||" {
		known = failed
	}
	y := c.expr(s.knowing(known), e.Y, boolType)
	return boolOf(e, x, y)
}

// boolOf is the node of a test.
func boolOf(e *syntax.Binary, x, y model.Expr) model.Expr {
	if isInvalid(x.Type()) || isInvalid(y.Type()) {
		return invalid(e.Span)
	}
	return &model.Binary{Base: model.Base{T: boolType, Span: e.Span}, Op: e.Op, X: x, Y: y}
}

// operands types both sides of an operator. A side that takes its type from what is expected takes the other's.
func (c *checker) operands(s *scope, e *syntax.Binary, hint model.Type) (x, y model.Expr) {
	openX, openY := c.isOpen(s, e.X), c.isOpen(s, e.Y)
	if openX && !openY {
		y = c.infer(s, e.Y, hint)
		return c.infer(s, e.X, y.Type()), y
	}
	x = c.infer(s, e.X, hint)
	if openY && (!openX || hint == nil) {
		hint = x.Type()
	}
	return x, c.infer(s, e.Y, hint)
}

// equality types == and !=.
func (c *checker) equality(s *scope, e *syntax.Binary) model.Expr {
	if _, ok := unparen(e.Y).(*syntax.NoneLit); ok {
		return c.isItNone(e, c.infer(s, e.X, nil), false)
	}
	if _, ok := unparen(e.X).(*syntax.NoneLit); ok {
		return c.isItNone(e, c.infer(s, e.Y, nil), true)
	}
	x, y := c.operands(s, e, nil)
	t, ok := c.comparable(s, e, x, y)
	if !ok {
		return invalid(e.Span)
	}
	if part := incomparable(t); part != nil {
		c.mended("compare what you know of it, kept in fields of its own",
			source.New(codeIncomparable, e.Span, "there is no %s for %s", e.Op, typeName(part)))
		return invalid(e.Span)
	}
	return boolOf(e, must(fit(x, t)), must(fit(y, t)))
}

// isItNone types a comparison with none.
func (c *checker) isItNone(e *syntax.Binary, x model.Expr, mirrored bool) model.Expr {
	x = unguarded(x)
	t := x.Type()
	if isInvalid(t) {
		return invalid(e.Span)
	}
	if !isOptional(t) {
		c.mended("leave this comparison out", source.New(codeNeverNone, e.Span, "this is never none: it is %s", article(t)))
		return invalid(e.Span)
	}
	var none model.Expr = &model.None{Base: model.Base{T: t, Span: e.Span}}
	if mirrored {
		x, none = none, x
	}
	return boolOf(e, x, none)
}

// comparable is the type in which both sides of a comparison meet.
func (c *checker) comparable(s *scope, e *syntax.Binary, x, y model.Expr) (model.Type, bool) {
	a, b := x.Type(), y.Type()
	if isInvalid(a) || isInvalid(b) {
		return nil, false
	}
	t, ok := common(a, b)
	switch {
	case ok:
		return t, true
	case isNamed(plain(a)) && isNamed(plain(b)):
		c.twoNames(e.Span, plain(a), plain(b))
	default:
		d := source.New(codeCompare, e.Span, "%s and %s cannot be compared", article(a), article(b))
		mendCompare(&d, s, e, a, b)
		c.report(d)
	}
	return nil, false
}

// order types < <= > >=.
func (c *checker) order(s *scope, e *syntax.Binary) model.Expr {
	x, y := c.operands(s, e, nil)
	plainX, plainY := c.isPlain(x, e.X, hasOrder), c.isPlain(y, e.Y, hasOrder)
	if !plainX || !plainY {
		return invalid(e.Span)
	}
	t, ok := c.comparable(s, e, x, y)
	if !ok {
		return invalid(e.Span)
	}
	if !hasOrder(t) {
		c.mended("compare with == or !=",
			source.New(codeNoOrder, e.Span, "%s has no order: %s is for numbers, times, durations and strings", article(t), e.Op))
		return invalid(e.Span)
	}
	return boolOf(e, must(fit(x, base(t))), must(fit(y, base(t))))
}

// isPlain reports an operand that may be none, if only that is wrong with it.
func (c *checker) isPlain(x model.Expr, e syntax.Expr, takes func(model.Type) bool) bool {
	t := x.Type()
	if isOptional(t) && takes(plain(t)) {
		c.mayBeNone(x, e)
		return false
	}
	return true
}

// in types `x in y`.
func (c *checker) in(s *scope, e *syntax.Binary) model.Expr {
	x, y := c.inOperands(s, e)
	if !isInvalid(y.Type()) && !hasItems(y.Type()) {
		c.noIn(y, e)
		return invalid(e.Span)
	}
	if isInvalid(x.Type()) || isInvalid(y.Type()) {
		return invalid(e.Span)
	}
	var item model.Type
	switch t := y.Type().(type) {
	case *model.List:
		item = t.Elem
		if part := incomparable(item); part != nil {
			c.mended("look for a field of its own: any(x in list: x.field == …)",
				source.New(codeIncomparable, e.Span, "there is no == for %s, and so no in", typeName(part)))
			return invalid(e.Span)
		}
	case *model.Map:
		item = t.Key
	}
	key, ok := fit(x, item)
	if !ok {
		c.misfit(s, x, e.X, item)
	}
	if !ok || isInvalid(item) {
		return invalid(e.Span)
	}
	return &model.In{Base: model.Base{T: boolType, Span: e.Span}, X: key, Y: y}
}

func (c *checker) inOperands(s *scope, e *syntax.Binary) (x, y model.Expr) {
	if !c.isOpen(s, e.X) || c.isUnknown(s, e.X) {
		x = c.infer(s, e.X, nil)
		return x, c.infer(s, e.Y, listHint(x.Type()))
	}
	y = c.infer(s, e.Y, nil)
	hint := invalidType
	switch t := y.Type().(type) {
	case *model.List:
		hint = t.Elem
	case *model.Map:
		hint = t.Key
	}
	return c.infer(s, e.X, hint), y
}

// isUnknown tells whether e is a word that means nothing anywhere, so that there is no need to look at what stands
// beside it first.
func (c *checker) isUnknown(s *scope, e syntax.Expr) bool {
	name, ok := unparen(e).(*syntax.Name)
	return ok && s.lookup(name.Name) == nil && len(c.enumsWith(name.Name)) == 0
}

// listHint is the hint for a list of such items.
func listHint(item model.Type) model.Type {
	if isInvalid(item) {
		return invalidType
	}
	return &model.List{Elem: plain(item)}
}

func (c *checker) noIn(y model.Expr, e *syntax.Binary) {
	if kindOf(y.Type()) == model.String {
		d := source.New(codeOperand, e.Y.Where(), "in takes a list or a map on its right, and this is %s", article(y.Type()))
		d.Mend = "write contains(" + shortText(e.Y) + ", " + shortText(e.X) + ")"
		c.report(d)
		return
	}
	c.needs(y, e.Y, hasItems, "in", "a list or a map on its right")
}

// coalesce types `x ?? y`, which may be none where y may.
func (c *checker) coalesce(s *scope, e *syntax.Binary, hint model.Type) model.Expr {
	x := unguarded(c.infer(s, e.X, hint))
	itemHint := plain(x.Type())
	if isInvalid(x.Type()) {
		itemHint = invalidType
	}
	y := c.infer(s, e.Y, itemHint)
	if isInvalid(x.Type()) || isInvalid(y.Type()) {
		return invalid(e.Span)
	}
	if !isOptional(x.Type()) {
		c.mended("leave out ?? and what follows it",
			source.New(codeNeverNone, e.X.Where(), "this is never none, so ?? has nothing to do: it is %s", article(x.Type())))
		return invalid(e.Span)
	}
	item, ok := common(plain(x.Type()), plain(y.Type()))
	if !ok {
		c.differ(x.Type(), y, e.Y)
		return invalid(e.Span)
	}
	t := item
	if isOptional(y.Type()) {
		t = optional(item)
	}
	return &model.Coalesce{Base: model.Base{T: t, Span: e.Span}, X: must(fit(x, optional(item))), Y: must(fit(y, t))}
}
