package check

import (
	"strings"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// misfit reports that x, written as e, is no value of want.
func (c *checker) misfit(s *scope, x model.Expr, e syntax.Expr, want model.Type) {
	from := x.Type()
	switch {
	case isNone(x):
		d := source.New(codeMisfit, e.Where(), "%s is expected here, and that is never none", article(want))
		d.Mend = "only " + article(optional(want)) + " can be none"
		c.report(d)
	case isOptional(from) && fits(plain(from), want):
		c.mayBeNone(x, e)
	case isNamed(from) && isNamed(plain(want)):
		c.twoNames(e.Where(), from, plain(want))
	default:
		d := source.New(codeMisfit, e.Where(), "%s is expected here, and this is %s", article(want), article(from))
		mendMisfit(&d, s, e, from, want)
		c.report(d)
	}
}

// mendMisfit adds how to get from one type to the other, where that is easily said.
func mendMisfit(d *source.Diagnostic, s *scope, e syntax.Expr, from, want model.Type) {
	text := shortText(e)
	enum, isEnum := plain(want).(*model.Enum)
	list, isList := plain(want).(*model.List)
	switch {
	case isList && fits(from, list.Elem):
		d.Mend = "write [" + text + "] for a list of one"
	case mendQuoted(d, s, e, want):
	case isLiteral(e) && kindOf(want) == model.String:
		d.Mend = `write "` + text + `"`
	case isLiteral(e) && isEnum:
		d.Mend = oneOf(enum)
	case isLiteral(e) && kindOf(plain(want)) == model.Bool:
		d.Mend = "write true or false"
	case isLiteral(e) && kindOf(plain(want)) == model.Duration && kindOf(from) == model.Int:
		d.Mend = "a duration has a unit: write " + text + "s for seconds"
	case kindOf(want) == model.String && isText(from) && !strings.ContainsAny(text, "\"`{}…"):
		d.Mend = `write "{` + text + `}" to make a text of it`
	case kindOf(want) == model.Bool && truth(e, from) != "":
		d.Mend = "write " + truth(e, from)
	case isFloatLiteral(e) && kindOf(want) == model.Int:
		d.Mend = "write a whole number, or make the other a decimal"
	}
}

// isLiteral tells whether e is a number or a bool as it stands.
func isLiteral(e syntax.Expr) bool {
	switch e := unparen(e).(type) {
	case *syntax.IntLit, *syntax.FloatLit, *syntax.BoolLit:
		return true
	case *syntax.Unary:
		return e.Op == "-" && isLiteral(e.X)
	}
	return false
}

func isFloatLiteral(e syntax.Expr) bool {
	_, ok := unparen(e).(*syntax.FloatLit)
	return ok
}

// shortText is e as it was written, or … if that is long.
func shortText(e syntax.Expr) string {
	text := e.Where().Text()
	if text == "" || len(text) > 40 || strings.Contains(text, "\n") {
		return "…"
	}
	return text
}

// mayBeNone reports a T? where the value itself is needed.
func (c *checker) mayBeNone(x model.Expr, e syntax.Expr) {
	d := source.New(codeMayBeNone, e.Where(), "this may be none: it is %s", article(x.Type()))
	text := shortText(e)
	d.Mend = "say what to take then: " + text + " ?? …"
	if guard := guardOf(x, e); guard != "" {
		d.Mend += "; or ask first: " + guard
	}
	c.report(d)
}

// guardOf is the test that shows that x is there, as far as one test can.
func guardOf(x model.Expr, e syntax.Expr) string {
	switch e := unparen(e).(type) {
	case *syntax.Name, *syntax.Select:
		if _, ok := pathOf(x); ok {
			return shortText(e) + " != none"
		}
	case *syntax.Index:
		index, ok := x.(*model.Index)
		if !ok {
			return ""
		}
		if _, ok := pathOf(index.X); !ok {
			return ""
		}
		if _, ok := valueOf(index.I); !ok {
			return ""
		}
		if isMap(index.X.Type()) {
			return shortText(e.I) + " in " + shortText(e.X)
		}
		return "len(" + shortText(e.X) + ") > " + shortText(e.I)
	}
	return ""
}

// twoNames reports two different named scalars where one is expected, or compared.
func (c *checker) twoNames(at source.Span, a, b model.Type) {
	d := source.New(codeTwoNames, at, "%s and %s are two different named types, and are not mixed", typeName(a), typeName(b))
	d.Mend = "use one of the two types"
	c.report(d)
}

// differ reports an alternative that has nothing in common with those before it.
func (c *checker) differ(t model.Type, x model.Expr, e syntax.Expr) {
	if isNamed(plain(t)) && isNamed(plain(x.Type())) {
		c.twoNames(e.Where(), t, x.Type())
		return
	}
	c.mended("give both the same type",
		source.New(codeDiffer, e.Where(), "this is %s, and what stands before it is %s: they must be of one type", article(x.Type()), article(t)))
}

// needs reports that an operator or function cannot take x. The op is how it is called, what says what it takes,
// and takes tells whether it would take a type.
func (c *checker) needs(x model.Expr, e syntax.Expr, takes func(model.Type) bool, op, what string) {
	t := x.Type()
	switch {
	case isInvalid(t):
	case isOptional(t) && takes(plain(t)):
		c.mayBeNone(x, e)
	default:
		c.errorf(codeOperand, e.Where(), "%s takes %s, and this is %s", op, what, article(t))
	}
}

// article is the name of t with its article.
func article(t model.Type) string {
	name := typeName(t)
	switch {
	case strings.HasPrefix(name, "[]"):
		return "a list " + name
	case strings.HasPrefix(name, "map["):
		return "a map " + name
	}
	return source.Article(name)
}
