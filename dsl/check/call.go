package check

import (
	"strconv"
	"strings"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// funcType is what a function takes and gives, where that is one thing.
type funcType struct {
	params []model.Type
	result model.Type
}

// funcTypes are the functions of strings.
var funcTypes = map[string]funcType{
	"lower":       {[]model.Type{stringType}, stringType},
	"upper":       {[]model.Type{stringType}, stringType},
	"trim":        {[]model.Type{stringType}, stringType},
	"contains":    {[]model.Type{stringType, stringType}, boolType},
	"starts_with": {[]model.Type{stringType, stringType}, boolType},
	"ends_with":   {[]model.Type{stringType, stringType}, boolType},
	"before":      {[]model.Type{stringType, stringType}, stringType},
	"after":       {[]model.Type{stringType, stringType}, stringType},
	"split":       {[]model.Type{stringType, stringType}, &model.List{Elem: stringType}},
}

// arguments is how many arguments the other functions have, at least and at most.
var arguments = map[string][2]int{
	"len": {1, 1}, "join": {2, 2}, "abs": {1, 1}, "round": {2, 2}, "min": {1, 2}, "max": {1, 2},
	"first": {1, 1}, "last": {1, 1}, "keys": {1, 1}, "values": {1, 1},
}

// takesHint are the functions whose result has the type of their arguments.
var takesHint = map[string]bool{"abs": true, "min": true, "max": true, "round": true}

// comprehensions are the words that begin one.
var comprehensions = []string{"sum", "count", "all", "any", "map", "filter"}

// call types a function.
func (c *checker) call(s *scope, e *syntax.Call, hint model.Type) model.Expr {
	if sig, ok := funcTypes[e.Func.Name]; ok {
		return c.callOf(s, e, sig)
	}
	count, ok := arguments[e.Func.Name]
	if !ok {
		c.unknownFunction(s, e)
		return invalid(e.Span)
	}
	if len(e.Args) < count[0] || len(e.Args) > count[1] {
		c.wrongCount(s, e, count[0], count[1])
		return invalid(e.Span)
	}
	switch e.Func.Name {
	case "len":
		return c.callLen(s, e)
	case "join":
		return c.callJoin(s, e)
	case "abs":
		return c.callAbs(s, e, hint)
	case "round":
		return c.callRound(s, e, hint)
	case "min", "max":
		return c.callExtreme(s, e, hint)
	case "first", "last":
		return c.callEnd(s, e)
	}
	return c.callEntries(s, e)
}

// calling is the node of a call; Invalid if an argument is.
func calling(e *syntax.Call, name string, result model.Type, args ...model.Expr) model.Expr {
	for _, arg := range args {
		if isInvalid(arg.Type()) {
			return invalid(e.Span)
		}
	}
	if isInvalid(result) {
		return invalid(e.Span)
	}
	return &model.Call{Base: model.Base{T: result, Span: e.Span}, Func: name, Args: args}
}

// hidden types what an error stands around, for the errors in it.
func (c *checker) hidden(s *scope, list []syntax.Expr) {
	for _, e := range list {
		c.infer(s, e, invalidType)
	}
}

func (c *checker) wrongCount(s *scope, e *syntax.Call, least, most int) {
	want := counted(least)
	if most > least {
		want = "one or two arguments"
	}
	d := source.New(codeArguments, e.Span, "%s takes %s, and gets %s", e.Func.Name, want, counted(len(e.Args)))
	if e.Func.Name != "round" || len(e.Args) != 1 {
		c.report(d)
		c.hidden(s, e.Args)
		return
	}
	d.Mend = "say to how many places: round(" + shortText(e.Args[0]) + ", 2)"
	c.report(d)
	if division, ok := unparen(e.Args[0]).(*syntax.Binary); ok && division.Op == "/" {
		c.arithmeticOperands(s, division, decimalType) // it is rounded, though not said to how many places
		return
	}
	c.hidden(s, e.Args)
}

func counted(n int) string {
	switch n {
	case 0:
		return "none"
	case 1:
		return "one argument"
	case 2:
		return "two arguments"
	}
	return strconv.Itoa(n) + " arguments"
}

// callOf types a function of one type.
func (c *checker) callOf(s *scope, e *syntax.Call, sig funcType) model.Expr {
	if len(e.Args) != len(sig.params) {
		c.wrongCount(s, e, len(sig.params), len(sig.params))
		return invalid(e.Span)
	}
	if e.Func.Name == "contains" {
		if x, done := c.containsOfList(s, e); done {
			return x
		}
	}
	args := make([]model.Expr, len(e.Args))
	for i, arg := range e.Args {
		args[i] = c.expr(s, arg, sig.params[i])
	}
	return calling(e, e.Func.Name, sig.result, args...)
}

// containsOfList reports contains(list, item), for which there is `in`.
func (c *checker) containsOfList(s *scope, e *syntax.Call) (model.Expr, bool) {
	before := len(c.list)
	x := c.infer(s, e.Args[0], stringType)
	if !hasItems(x.Type()) {
		c.list = c.list[:before] // it is typed again, as a string
		return nil, false
	}
	d := source.New(codeMisfit, e.Args[0].Where(), "contains takes a string, and this is %s", article(x.Type()))
	d.Mend = "write " + shortText(e.Args[1]) + " in " + shortText(e.Args[0])
	c.report(d)
	return invalid(e.Span), true
}

func (c *checker) callLen(s *scope, e *syntax.Call) model.Expr {
	x := c.infer(s, e.Args[0], nil)
	if !hasLength(x.Type()) {
		c.needs(x, e.Args[0], hasLength, "len", "a string, a list or a map")
		return invalid(e.Span)
	}
	return calling(e, "len", intType, toBase(x))
}

func hasLength(t model.Type) bool { return isString(t) || hasItems(t) }

func (c *checker) callJoin(s *scope, e *syntax.Call) model.Expr {
	x := c.infer(s, e.Args[0], &model.List{Elem: stringType})
	sep := c.expr(s, e.Args[1], stringType)
	if !isTexts(x.Type()) {
		c.needs(x, e.Args[0], isTexts, "join", "a list of strings")
		return invalid(e.Span)
	}
	item := x.Type().(*model.List).Elem
	texts, _ := eachItem(model.InList, x, &model.List{Elem: stringType}, item, stringType, fit)
	return calling(e, "join", stringType, texts, sep)
}

func isTexts(t model.Type) bool {
	list, ok := t.(*model.List)
	return ok && isString(list.Elem)
}

func (c *checker) callAbs(s *scope, e *syntax.Call, hint model.Type) model.Expr {
	x := c.infer(s, e.Args[0], hint)
	if !isSigned(x.Type()) {
		c.needs(x, e.Args[0], isSigned, "abs", "a number or a duration")
		return invalid(e.Span)
	}
	return calling(e, "abs", base(x.Type()), toBase(x))
}

// callRound types round(x, places) of a decimal or a float. What a decimal's round has a division in is one
// function, so that it rounds once.
func (c *checker) callRound(s *scope, e *syntax.Call, hint model.Type) model.Expr {
	places := c.expr(s, e.Args[1], intType)
	if kindOf(plain(hint)) != model.Float {
		hint = decimalType
	}
	if division, ok := unparen(e.Args[0]).(*syntax.Binary); ok && division.Op == "/" {
		return c.roundedDivision(s, e, division, hint, places)
	}
	x := c.infer(s, e.Args[0], hint)
	switch {
	case kindOf(x.Type()) == model.Float:
		return calling(e, "round", floatType, toBase(x), places)
	case isExact(x.Type()):
		return calling(e, "round", decimalType, must(fit(toBase(x), decimalType)), places)
	}
	c.needs(x, e.Args[0], isAnyNumber, "round", "a decimal or a float")
	return invalid(e.Span)
}

func isAnyNumber(t model.Type) bool { return isNumber(kindOf(t)) }

// isExact tells whether a value of t is a decimal or as good as one.
func isExact(t model.Type) bool {
	k := kindOf(t)
	return k == model.Int || k == model.Decimal
}

// roundedDivision types round(a / b, places). Two ints are divided as decimals there: an int has nothing to round.
func (c *checker) roundedDivision(s *scope, e *syntax.Call, division *syntax.Binary, hint model.Type, places model.Expr) model.Expr {
	x, y, ok := c.arithmeticOperands(s, division, hint)
	switch {
	case !ok:
		return invalid(e.Span)
	case !isExact(x.Type()) || !isExact(y.Type()):
		return calling(e, "round", floatType, c.operation(division, x, y), places)
	case isZeroLiteral(y):
		c.divisionByZero(division.Span)
		return invalid(e.Span)
	}
	return calling(e, "div_round", decimalType, must(fit(x, decimalType)), must(fit(y, decimalType)), places)
}

// callExtreme types min and max, of two values or of a list.
func (c *checker) callExtreme(s *scope, e *syntax.Call, hint model.Type) model.Expr {
	if len(e.Args) == 1 {
		return c.extremeOfList(s, e)
	}
	args, t := c.alternatives(inScope(s, e.Args), plain(hint))
	if isInvalid(t) {
		return invalid(e.Span)
	}
	for i, arg := range args {
		if !hasOrder(arg.Type()) {
			c.needs(arg, e.Args[i], hasOrder, e.Func.Name, "what has an order: numbers, times, durations, strings")
			return invalid(e.Span)
		}
		args[i] = toBase(arg)
	}
	return calling(e, e.Func.Name, base(t), args...)
}

func (c *checker) extremeOfList(s *scope, e *syntax.Call) model.Expr {
	x := c.infer(s, e.Args[0], nil)
	if !isOrdered(x.Type()) {
		c.needs(x, e.Args[0], isOrdered, e.Func.Name, "two values, or a list of what has an order: numbers, times, durations, strings")
		return invalid(e.Span)
	}
	return calling(e, e.Func.Name, optional(x.Type().(*model.List).Elem), x)
}

func isOrdered(t model.Type) bool {
	list, ok := t.(*model.List)
	return ok && hasOrder(list.Elem)
}

// callEnd types first and last, which are none for an empty list.
func (c *checker) callEnd(s *scope, e *syntax.Call) model.Expr {
	x := c.infer(s, e.Args[0], nil)
	list, ok := x.Type().(*model.List)
	if !ok {
		c.needs(x, e.Args[0], isList, e.Func.Name, "a list")
		return invalid(e.Span)
	}
	return calling(e, e.Func.Name, optional(list.Elem), x)
}

// callEntries types keys and values.
func (c *checker) callEntries(s *scope, e *syntax.Call) model.Expr {
	x := c.infer(s, e.Args[0], nil)
	m, ok := x.Type().(*model.Map)
	if !ok {
		c.needs(x, e.Args[0], isMap, e.Func.Name, "a map")
		return invalid(e.Span)
	}
	if strings.HasPrefix(e.Func.Name, "k") {
		return calling(e, "keys", &model.List{Elem: m.Key}, x)
	}
	return calling(e, "values", &model.List{Elem: m.Elem}, x)
}

func isMap(t model.Type) bool {
	_, ok := t.(*model.Map)
	return ok
}
