package check

import (
	"math"
	"strconv"
	"strings"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// maxDecimalDigits is how many digits a decimal may have.
const maxDecimalDigits = 60

// literal types what stands for itself.
func (c *checker) literal(s *scope, e syntax.Expr, hint model.Type) model.Expr {
	switch e := e.(type) {
	case *syntax.IntLit:
		return c.number(e.Digits, e.Span, hint)
	case *syntax.FloatLit:
		return c.number(e.Digits, e.Span, hint)
	case *syntax.DurationLit:
		return literalOf(durationType, e.Value, e.Span)
	case *syntax.TimeLit:
		return literalOf(timeType, e.Value.UTC(), e.Span)
	case *syntax.BoolLit:
		return literalOf(boolType, e.Value, e.Span)
	case *syntax.StringLit:
		return c.stringLiteral(s, e)
	case *syntax.NoneLit:
		return c.none(e, hint)
	case *syntax.ListLit:
		return c.inferList(s, e, hint)
	case *syntax.MapLit:
		return c.inferMap(s, e, hint)
	case *syntax.StructLit:
		return c.structLiteral(s, e)
	}
	return invalid(source.Span{})
}

func literalOf(t model.Type, value any, at source.Span) model.Expr {
	return &model.Literal{Base: model.Base{T: t, Span: at}, Value: value}
}

func decimalLiteral(digits string, at source.Span) model.Expr {
	return literalOf(decimalType, model.DecimalText(digits), at)
}

func formatInt(n int64) string { return strconv.FormatInt(n, 10) }

// number types a number literal, with its sign. It is of the type expected if that is a number's; else 1 is an
// int and 1.5 a decimal. What does not fit even so is for the caller to report.
func (c *checker) number(digits string, at source.Span, hint model.Type) model.Expr {
	whole := !strings.Contains(digits, ".")
	kind := kindOf(plain(hint))
	switch {
	case hint != nil && isInvalid(hint):
		return invalid(at) // of the type that an error hides
	case kind == model.Float:
		return c.floatNumber(digits, at)
	case kind == model.Decimal, !whole:
		return c.decimalNumber(digits, at)
	}
	return c.intNumber(digits, at)
}

func (c *checker) intNumber(digits string, at source.Span) model.Expr {
	n, err := strconv.ParseInt(digits, 10, 64)
	if err == nil {
		return literalOf(intType, n, at)
	}
	d := source.New(codeNumberRange, at, "%s is too large: an int goes from %d to %d", digits, math.MinInt64, math.MaxInt64)
	d.Mend = "use a decimal if such numbers are meant"
	c.report(d)
	return invalid(at)
}

func (c *checker) floatNumber(digits string, at source.Span) model.Expr {
	f, err := strconv.ParseFloat(digits, 64)
	if err == nil {
		return literalOf(floatType, f, at)
	}
	c.mended("use a decimal if such numbers are meant", source.New(codeNumberRange, at, "%s is too large for a float", digits))
	return invalid(at)
}

func (c *checker) decimalNumber(digits string, at source.Span) model.Expr {
	sign, number := "", digits
	if strings.HasPrefix(digits, "-") {
		sign, number = "-", digits[1:]
	}
	number = strings.TrimLeft(number, "0")
	if number == "" || number[0] == '.' {
		number = "0" + number
	}
	if count := len(strings.ReplaceAll(number, ".", "")); count > maxDecimalDigits {
		c.mended("write fewer places", source.New(codeNumberRange, at, "a decimal has at most %d digits, and this one has %d", maxDecimalDigits, count))
		return invalid(at)
	}
	return decimalLiteral(sign+number, at)
}

// none types `none`, which is of the type expected only.
func (c *checker) none(e *syntax.NoneLit, hint model.Type) model.Expr {
	if hint == nil {
		c.mended("write none where an optional value is expected, or compare one with it: x == none",
			source.New(codeNoneOfWhat, e.Span, "nothing here tells which type this none is of"))
	}
	if isInvalid(hint) {
		return invalid(e.Span)
	}
	return &model.None{Base: model.Base{T: optional(hint), Span: e.Span}}
}

// stringLiteral types a text, with or without values in it.
func (c *checker) stringLiteral(s *scope, e *syntax.StringLit) model.Expr {
	parts := c.text(s, e)
	var b strings.Builder
	for _, part := range parts {
		if part.Expr != nil {
			return &model.Interpolation{Base: model.Base{T: stringType, Span: e.Span}, Parts: parts}
		}
		b.WriteString(part.Text)
	}
	return literalOf(stringType, b.String(), e.Span)
}

// text types the parts of a text, also of the text of an error.
func (c *checker) text(s *scope, e *syntax.StringLit) []model.TextPart {
	parts := make([]model.TextPart, 0, len(e.Parts))
	for _, part := range e.Parts {
		if part.Expr == nil {
			parts = append(parts, model.TextPart{Text: part.Text})
			continue
		}
		parts = append(parts, model.TextPart{Expr: c.textPart(s, part.Expr)})
	}
	return parts
}

func (c *checker) textPart(s *scope, e syntax.Expr) model.Expr {
	x := c.infer(s, e, nil)
	t := x.Type()
	switch {
	case isInvalid(t), isText(t):
		return x
	case isOptional(t) && isText(plain(t)):
		d := source.New(codeNotText, e.Where(), "this may be none, and a text has no word for that: it is %s", article(t))
		d.Mend = "say what to write then: " + shortText(e) + " ?? …"
		c.report(d)
	default:
		d := source.New(codeNotText, e.Where(), "%s cannot stand in a text: only strings, numbers, bools, times, durations, enums and ids can", article(t))
		d.Mend = mendText(e, t)
		c.report(d)
	}
	return invalid(e.Where())
}

// listOf types a list literal where a list is expected.
func (c *checker) listOf(s *scope, e *syntax.ListLit, want *model.List) model.Expr {
	list := &model.ListLit{Base: model.Base{T: want, Span: e.Span}}
	for _, item := range e.Items {
		list.Items = append(list.Items, c.expr(s, item, want.Elem))
	}
	return list
}

// inferList types a list literal by its items.
func (c *checker) inferList(s *scope, e *syntax.ListLit, hint model.Type) model.Expr {
	elem := hintOf(hint, func(t model.Type) model.Type {
		if list, ok := t.(*model.List); ok {
			return list.Elem
		}
		return nil
	})
	items, t := c.alternatives(inScope(s, e.Items), elem)
	if len(items) == 0 {
		t = c.emptyOf(e.Span, hint, elem, "list", "[]")
	}
	if isInvalid(t) || !c.holdsNoNone(t, e.Items, "a list") {
		return invalid(e.Span)
	}
	items, t = towards(items, t, elem)
	return &model.ListLit{Base: model.Base{T: &model.List{Elem: t}, Span: e.Span}, Items: items}
}

// towards brings the items of a literal to the type expected, if that is possible: ["a"] beside a []Email.
func towards(items []model.Expr, t, hint model.Type) ([]model.Expr, model.Type) {
	if hint == nil || isInvalid(hint) || !fits(t, hint) {
		return items, t
	}
	for i, item := range items {
		items[i], _ = fit(item, hint)
	}
	return items, hint
}

// hintOf is the part of a hint, if the hint has it; Invalid stays Invalid.
func hintOf(hint model.Type, part func(model.Type) model.Type) model.Type {
	if hint == nil || isInvalid(hint) {
		return hint
	}
	return part(plain(hint))
}

// emptyOf is the item type of an empty literal: the one expected, for it has no other.
func (c *checker) emptyOf(at source.Span, hint, item model.Type, what, literal string) model.Type {
	switch {
	case item != nil:
		return item
	case hint != nil:
		c.errorf(codeMisfit, at, "%s is expected here, and this is a %s", article(hint), what)
	default:
		c.mended("write it where such a "+what+" is expected, or give it an entry",
			source.New(codeEmptyOfWhat, at, "nothing here tells what this empty %s %s is a %s of", what, literal, what))
	}
	return invalidType
}

// holdsNoNone reports items that may be none: items and map values are never optional.
func (c *checker) holdsNoNone(t model.Type, items []syntax.Expr, what string) bool {
	if !isOptional(t) {
		return true
	}
	at := source.Span{}
	if len(items) > 0 {
		at = items[0].Where()
	}
	d := source.New(codeItemNone, at, "what %s holds is never none, and this may be: it is %s", what, article(t))
	d.Mend = "say what to take then: " + shortText(items[0]) + " ?? …"
	c.report(d)
	return false
}

func inScope(s *scope, list []syntax.Expr) []alternative {
	out := make([]alternative, len(list))
	for i, e := range list {
		out[i] = alternative{s, e}
	}
	return out
}

// withoutType reports `{ … }` for what is written `Line { … }`. What is in it would be read as keys, so that nothing
// is said of it.
func (c *checker) withoutType(e *syntax.MapLit, want *model.Struct) model.Expr {
	d := source.New(codeMisfit, e.Span, "%s is expected here, and braces alone are a map", article(want))
	d.Mend = "write " + typeName(want) + " { field: value }"
	c.report(d)
	return invalid(e.Span)
}

// mapOf types a map literal where a map is expected.
func (c *checker) mapOf(s *scope, e *syntax.MapLit, want *model.Map) model.Expr {
	m := &model.MapLit{Base: model.Base{T: want, Span: e.Span}}
	for _, entry := range e.Entries {
		m.Keys = append(m.Keys, c.expr(s, entry.Key, want.Key))
		m.Values = append(m.Values, c.expr(s, entry.Value, want.Elem))
	}
	c.keysOnce(m, e)
	return m
}

// inferMap types a map literal by its entries.
func (c *checker) inferMap(s *scope, e *syntax.MapLit, hint model.Type) model.Expr {
	wanted, _ := plain(hint).(*model.Map)
	key, value := hint, hint
	if hint != nil && !isInvalid(hint) {
		key, value = nil, nil
		if wanted != nil {
			key, value = wanted.Key, wanted.Elem
		}
	}
	if len(e.Entries) == 0 {
		if isInvalid(c.emptyOf(e.Span, hint, value, "map", "{}")) {
			return invalid(e.Span)
		}
		return &model.MapLit{Base: model.Base{T: wanted, Span: e.Span}}
	}
	return c.inferEntries(s, e, key, value)
}

func (c *checker) inferEntries(s *scope, e *syntax.MapLit, key, value model.Type) model.Expr {
	var keyExprs, valueExprs []syntax.Expr
	for _, entry := range e.Entries {
		keyExprs, valueExprs = append(keyExprs, entry.Key), append(valueExprs, entry.Value)
	}
	m := &model.MapLit{}
	keyHint, valueHint := key, value
	m.Keys, key = c.alternatives(inScope(s, keyExprs), keyHint)
	m.Values, value = c.alternatives(inScope(s, valueExprs), valueHint)
	if isInvalid(key) || isInvalid(value) || !c.holdsNoNone(value, valueExprs, "a map") {
		return invalid(e.Span)
	}
	if !isKey(base(key)) && !isKey(key) {
		c.mended("use a text or a whole number as the key",
			source.New(codeNoKey, keyExprs[0].Where(), "%s cannot be the key of a map: keys are strings, ints, enums and ids", article(key)))
		return invalid(e.Span)
	}
	m.Keys, key = towards(m.Keys, key, keyHint)
	m.Values, value = towards(m.Values, value, valueHint)
	m.Base = model.Base{T: &model.Map{Key: key, Elem: value}, Span: e.Span}
	c.keysOnce(m, e)
	return m
}

// keysOnce reports a key that stands twice in a map literal, as far as one can see.
func (c *checker) keysOnce(m *model.MapLit, e *syntax.MapLit) {
	seen := map[string]source.Span{}
	for i, key := range m.Keys {
		value, ok := valueOf(key)
		if !ok {
			continue
		}
		at := e.Entries[i].Key.Where()
		if first, twice := seen[value]; twice {
			d := source.New(codeKeyTwice, at, "the key %s stands twice in this map", at.Text())
			d.Related = []source.Related{{Span: first, Message: "first here"}}
			d.Mend = removeOne
			c.report(d)
			continue
		}
		seen[value] = at
	}
}
