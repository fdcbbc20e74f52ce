package difffuzz

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// variable is something that can be read: a text of an expression, and its type.
type variable struct {
	text string
	typ  *typ
}

// scope is what can be read at a place.
type scope []variable

func (s scope) with(more ...variable) scope { return append(slices.Clone(s), more...) }

// of are the variables of a type.
func (s scope) of(fits func(*typ) bool) scope {
	var found scope
	for _, v := range s {
		if fits(v.typ) {
			found = append(found, v)
		}
	}
	return found
}

func (w *writer) pick(s scope) variable { return s[w.rand.IntN(len(s))] }

// expr is an expression of a type.
func (w *writer) expr(want *typ, s scope, depth int) string {
	if depth <= 0 || w.rand.IntN(5) == 0 {
		return w.leaf(want, s)
	}
	if w.rand.IntN(6) == 0 {
		return w.choice(want, s, depth)
	}
	switch want.kind {
	case "scalar", "id":
		if w.rand.IntN(3) == 0 {
			return w.leaf(want, s)
		}
		return w.expr(want.base(), s, depth)
	case "int":
		return w.integer(s, depth)
	case "float":
		return w.float(s, depth)
	case "decimal":
		return w.decimal(s, depth)
	case "string":
		return w.text(s, depth)
	case "bool":
		return w.condition(s, depth)
	case "time":
		return w.time(s, depth)
	case "duration":
		return w.duration(s, depth)
	case "list":
		return w.list(want, s, depth)
	case "map":
		return w.mapping(want, s, depth)
	case "optional":
		return w.optional(want, s, depth)
	case "struct":
		return w.structure(want, s, depth)
	}
	return w.leaf(want, s)
}

// leaf is a variable of that type, or a literal.
func (w *writer) leaf(want *typ, s scope) string {
	same := s.of(func(t *typ) bool { return t.same(want) || want.is("optional") && t.same(want.elem) })
	if len(same) > 0 && w.rand.IntN(4) > 0 {
		return w.pick(same).text
	}
	if got, ok := w.reached(want, s); ok && w.rand.IntN(2) == 0 {
		return got
	}
	return w.literal(want, s)
}

// reached is a field of a struct in scope.
func (w *writer) reached(want *typ, s scope) (string, bool) {
	var found []string
	for _, v := range s {
		if v.typ.kind != "struct" {
			continue
		}
		for _, f := range v.typ.fields {
			if f.typ.same(want) {
				found = append(found, v.text+"."+f.name)
			}
		}
	}
	if len(found) == 0 {
		return "", false
	}
	return found[w.rand.IntN(len(found))], true
}

// choice is an expression of any type that takes one of two.
func (w *writer) choice(want *typ, s scope, depth int) string {
	enums := s.of(func(t *typ) bool { return t.kind == "enum" })
	optionals := s.of(func(t *typ) bool { return t.is("optional") && t.elem.same(want) })
	maps := s.of(func(t *typ) bool { return t.is("map") && t.elem.same(want) })
	lists := s.of(func(t *typ) bool { return t.is("list") && t.elem.same(want) })
	switch n := w.rand.IntN(9); {
	case n < 2 && len(enums) > 0:
		return w.match(want, s, depth, w.pick(enums))
	case n < 4 && len(optionals) > 0:
		v := w.pick(optionals)
		if w.rand.IntN(2) == 0 {
			return fmt.Sprintf("(%s ?? %s)", v.text, w.expr(want, s, depth-1))
		}
		return fmt.Sprintf("(%s != none ? %s : %s)", v.text, v.text, w.expr(want, s, depth-1))
	case n < 6 && len(maps) > 0:
		v := w.pick(maps)
		keys := s.of(func(t *typ) bool { return t.same(v.typ.key) })
		if len(keys) > 0 && w.rand.IntN(2) == 0 {
			k := w.pick(keys).text
			return fmt.Sprintf("(%s in %s ? %s[%s] : %s)", k, v.text, v.text, k, w.expr(want, s, depth-1))
		}
		return fmt.Sprintf("(%s[%s] ?? %s)", v.text, w.expr(v.typ.key, s, depth-2), w.expr(want, s, depth-1))
	case n < 8 && len(lists) > 0:
		v := w.pick(lists)
		switch w.rand.IntN(4) {
		case 0:
			i := w.rand.IntN(3)
			return fmt.Sprintf("(len(%s) > %d ? %s[%d] : %s)", v.text, i, v.text, i, w.expr(want, s, depth-1))
		case 1:
			return fmt.Sprintf("(%s[%s] ?? %s)", v.text, w.expr(basic("int"), s, depth-2), w.expr(want, s, depth-1))
		case 2:
			return fmt.Sprintf("(first(%s) ?? %s)", v.text, w.expr(want, s, depth-1))
		}
		return fmt.Sprintf("(last(%s) ?? %s)", v.text, w.expr(want, s, depth-1))
	}
	return fmt.Sprintf("(%s ? %s : %s)", w.expr(basic("bool"), s, depth-1), w.expr(want, s, depth-1), w.expr(want, s, depth-1))
}

func (w *writer) match(want *typ, s scope, depth int, on variable) string {
	var b strings.Builder
	fmt.Fprintf(&b, "match %s {", on.text)
	values := slices.Clone(on.typ.values)
	w.rand.Shuffle(len(values), func(i, j int) { values[i], values[j] = values[j], values[i] })
	for len(values) > 0 {
		if w.rand.IntN(4) == 0 {
			fmt.Fprintf(&b, " else: %s", w.expr(want, s, depth-1))
			break
		}
		n := 1 + w.rand.IntN(len(values))
		fmt.Fprintf(&b, " %s: %s", strings.Join(values[:n], ", "), w.expr(want, s, depth-1))
		values = values[n:]
	}
	return "(" + b.String() + " })"
}

// collections are the lists and maps in scope.
func (w *writer) over(s scope) (variable, bool) {
	all := s.of(func(t *typ) bool { return t.is("list", "map") })
	if len(all) == 0 {
		return variable{}, false
	}
	return w.pick(all), true
}

// comprehension is fn(…: body) over something in scope.
func (w *writer) comprehension(fn string, body *typ, s scope, depth int) (string, bool) {
	over, ok := w.over(s)
	if !ok {
		return "", false
	}
	return w.comprehensionOver(fn, body, s, depth, over.text, over.typ), true
}

func (w *writer) comprehensionOver(fn string, body *typ, s scope, depth int, over string, t *typ) string {
	one, two := w.name("x"), w.name("y")
	names, inner := one, s
	switch both := w.rand.IntN(2) == 0; {
	case t.is("list") && both:
		names = one + ", " + two
		inner = s.with(variable{one, basic("int")}, variable{two, t.elem})
	case t.is("list"):
		inner = s.with(variable{one, t.elem})
	case both:
		names = one + ", " + two
		inner = s.with(variable{one, t.key}, variable{two, t.elem})
	default:
		inner = s.with(variable{one, t.key})
	}
	test := ""
	if w.rand.IntN(3) == 0 {
		test = " if " + w.expr(basic("bool"), inner, depth-1)
	}
	return fmt.Sprintf("%s(%s in %s%s: %s)", fn, names, over, test, w.expr(body, inner, depth-1))
}

func (w *writer) integer(s scope, depth int) string {
	sub := func() string { return w.expr(basic("int"), s, depth-1) }
	switch w.rand.IntN(12) {
	case 0, 1, 2:
		op := w.one("+", "-", "*", "+", "-", "*", "/", "%")
		return fmt.Sprintf("(%s %s %s)", sub(), op, sub())
	case 3:
		return "-(" + sub() + ")"
	case 4:
		return "abs(" + sub() + ")"
	case 5, 6:
		if v, ok := w.over(s); ok {
			return "len(" + v.text + ")"
		}
		return "len(" + w.expr(basic("string"), s, depth-1) + ")"
	case 7:
		return fmt.Sprintf("%s(%s, %s)", w.one("min", "max"), sub(), sub())
	case 8:
		if text, ok := w.comprehension("count", basic("bool"), s, depth); ok {
			return text
		}
	case 9:
		if text, ok := w.comprehension("sum", basic("int"), s, depth); ok {
			return text
		}
	case 10:
		lists := s.of(func(t *typ) bool { return t.is("list") && t.elem.same(basic("int")) })
		if len(lists) > 0 {
			return fmt.Sprintf("(%s(%s) ?? %s)", w.one("min", "max"), w.pick(lists).text, sub())
		}
	}
	return sub()
}

func (w *writer) float(s scope, depth int) string {
	vars := s.of(func(t *typ) bool { return t.same(basic("float")) })
	if len(vars) == 0 {
		return w.literal(basic("float"), s)
	}
	v, sub := w.pick(vars).text, func() string { return w.expr(basic("float"), s, depth-1) }
	switch w.rand.IntN(8) {
	case 0, 1, 2:
		return fmt.Sprintf("(%s %s %s)", v, w.one("+", "-", "*", "/", "%"), sub())
	case 3:
		return "(-" + v + ")"
	case 4:
		return "abs(" + v + ")"
	case 5:
		return fmt.Sprintf("round(%s * %s, %d)", v, sub(), w.rand.IntN(6)-2)
	case 6:
		return fmt.Sprintf("%s(%s, %s)", w.one("min", "max"), v, sub())
	}
	if text, ok := w.comprehension("sum", basic("float"), s, depth); ok {
		return text
	}
	return sub()
}

func (w *writer) decimal(s scope, depth int) string {
	sub := func() string { return w.expr(basic("decimal"), s, depth-1) }
	switch w.rand.IntN(10) {
	case 0, 1, 2:
		return fmt.Sprintf("(%s %s %s)", sub(), w.one("+", "-", "*"), sub())
	case 3:
		return fmt.Sprintf("(%s %s %s)", sub(), w.one("+", "-", "*"), w.expr(basic("int"), s, depth-1))
	case 4:
		return "-(" + sub() + ")"
	case 5:
		return "abs(" + sub() + ")"
	case 6:
		return fmt.Sprintf("round(%s, %s)", sub(), w.places(s, depth))
	case 7:
		return fmt.Sprintf("round((%s) / (%s), %s)", sub(), sub(), w.places(s, depth))
	case 8:
		return fmt.Sprintf("%s(%s, %s)", w.one("min", "max"), sub(), sub())
	}
	if text, ok := w.comprehension("sum", basic("decimal"), s, depth); ok {
		return text
	}
	return w.expr(basic("int"), s, depth-1)
}

func (w *writer) places(s scope, depth int) string {
	if w.rand.IntN(4) == 0 {
		return w.expr(basic("int"), s, depth-2)
	}
	return strconv.Itoa(w.rand.IntN(8) - 2)
}

func (w *writer) text(s scope, depth int) string {
	sub := func() string { return w.expr(basic("string"), s, depth-1) }
	switch w.rand.IntN(10) {
	case 0, 1:
		return fmt.Sprintf("(%s + %s)", sub(), sub())
	case 2:
		return fmt.Sprintf("%s(%s)", w.one("lower", "upper", "trim"), sub())
	case 3:
		return fmt.Sprintf("%s(%s, %s)", w.one("before", "after"), sub(), sub())
	case 4:
		return fmt.Sprintf("join(%s, %s)", w.expr(listOf(basic("string")), s, depth-1), sub())
	case 5:
		return fmt.Sprintf("%s(%s, %s)", w.one("min", "max"), sub(), sub())
	}
	return w.interpolation(s)
}

// interpolation is a text with values; no quote or brace can stand inside.
func (w *writer) interpolation(s scope) string {
	texts := s.of((*typ).text)
	var b strings.Builder
	b.WriteByte('"')
	for range 1 + w.rand.IntN(3) {
		b.WriteString(w.one("", " ", "a", "{{", "ü", "\\n", "-"))
		if len(texts) > 0 && w.rand.IntN(3) > 0 {
			b.WriteString("{" + w.pick(texts).text + "}")
		}
	}
	return b.String() + `"`
}

func (w *writer) time(s scope, depth int) string {
	sub := w.expr(basic("time"), s, depth-1)
	switch w.rand.IntN(4) {
	case 0:
		return fmt.Sprintf("(%s + %s)", sub, w.expr(basic("duration"), s, depth-1))
	case 1:
		return fmt.Sprintf("(%s - %s)", sub, w.expr(basic("duration"), s, depth-1))
	case 2:
		return fmt.Sprintf("%s(%s, %s)", w.one("min", "max"), sub, w.expr(basic("time"), s, depth-1))
	}
	return sub
}

func (w *writer) duration(s scope, depth int) string {
	sub := func() string { return w.expr(basic("duration"), s, depth-1) }
	switch w.rand.IntN(8) {
	case 0, 1:
		return fmt.Sprintf("(%s %s %s)", sub(), w.one("+", "-"), sub())
	case 2:
		return fmt.Sprintf("(%s - %s)", w.expr(basic("time"), s, depth-1), w.expr(basic("time"), s, depth-1))
	case 3:
		return fmt.Sprintf("(%s * %s)", sub(), w.expr(basic("int"), s, depth-1))
	case 4:
		return fmt.Sprintf("(%s * %s)", w.expr(basic("int"), s, depth-1), sub())
	case 5:
		return "-(" + sub() + ")"
	case 6:
		return "abs(" + sub() + ")"
	}
	if text, ok := w.comprehension("sum", basic("duration"), s, depth); ok {
		return text
	}
	return sub()
}

func (w *writer) condition(s scope, depth int) string {
	sub := func() string { return w.expr(basic("bool"), s, depth-1) }
	switch w.rand.IntN(12) {
	case 0:
		return fmt.Sprintf("(%s && %s)", sub(), sub())
	case 1:
		return fmt.Sprintf("(%s || %s)", sub(), sub())
	case 2:
		return "!(" + sub() + ")"
	case 3, 4, 5:
		return w.comparison(s, depth)
	case 6:
		if text, ok := w.comprehension(w.one("any", "all"), basic("bool"), s, depth); ok {
			return text
		}
	case 7:
		if over, ok := w.over(s); ok {
			item := over.typ.elem
			if over.typ.is("map") {
				item = over.typ.key
			}
			return fmt.Sprintf("(%s in %s)", w.expr(item, s, depth-1), over.text)
		}
	case 8:
		return fmt.Sprintf("(%s matches `%s`)", w.expr(basic("string"), s, depth-1), w.one("^[a-z]", "a|ü", `\d+$`, "^$", "(?i)B"))
	case 9:
		return fmt.Sprintf("%s(%s, %s)", w.one("contains", "starts_with", "ends_with"), w.expr(basic("string"), s, depth-1), w.expr(basic("string"), s, depth-1))
	case 10:
		if optionals := s.of(func(t *typ) bool { return t.is("optional") }); len(optionals) > 0 {
			return fmt.Sprintf("(%s %s none)", w.pick(optionals).text, w.one("==", "!="))
		}
	}
	return w.guarded(s, depth)
}

// guarded is a condition whose right side knows what the left one showed.
func (w *writer) guarded(s scope, depth int) string {
	optionals := s.of(func(t *typ) bool { return t.is("optional") && !t.elem.is("json") })
	if len(optionals) == 0 {
		return w.comparison(s, depth)
	}
	v := w.pick(optionals)
	inner := s.with(variable{v.text, v.typ.elem})
	if w.rand.IntN(2) == 0 {
		return fmt.Sprintf("(%s != none && %s)", v.text, w.expr(basic("bool"), inner, depth-1))
	}
	return fmt.Sprintf("(%s == none || %s)", v.text, w.expr(basic("bool"), inner, depth-1))
}

// comparison compares something in scope with something of its type.
func (w *writer) comparison(s scope, depth int) string {
	some := s.of((*typ).comparable)
	if len(some) == 0 {
		return w.literal(basic("bool"), s)
	}
	v := w.pick(some)
	op := w.one("==", "!=")
	if v.typ.ordered() {
		op = w.one("==", "!=", "<", "<=", ">", ">=")
	}
	return fmt.Sprintf("(%s %s %s)", v.text, op, w.expr(v.typ, s, depth-1))
}
