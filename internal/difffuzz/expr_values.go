package difffuzz

import (
	"fmt"
	"strings"
)

func (w *writer) list(want *typ, s scope, depth int) string {
	sub := func() string { return w.expr(want, s, depth-1) }
	switch w.rand.IntN(8) {
	case 0:
		same := s.of(func(t *typ) bool { return t.same(want) })
		if len(same) > 0 {
			return fmt.Sprintf("(%s + %s)", w.pick(same).text, sub())
		}
	case 1, 2:
		if text, ok := w.comprehension("map", want.elem, s, depth); ok {
			return text
		}
	case 3, 4:
		if same := s.of(func(t *typ) bool { return t.same(want) }); len(same) > 0 {
			return w.comprehensionOver("filter", basic("bool"), s, depth, w.pick(same).text, want)
		}
	case 5:
		keyed := s.of(func(t *typ) bool { return t.is("map") && t.key.same(want.elem) })
		valued := s.of(func(t *typ) bool { return t.is("map") && t.elem.same(want.elem) })
		switch {
		case len(keyed) > 0 && w.rand.IntN(2) == 0:
			return "keys(" + w.pick(keyed).text + ")"
		case len(valued) > 0:
			return "values(" + w.pick(valued).text + ")"
		}
	case 6:
		if want.elem.same(basic("string")) {
			return fmt.Sprintf("split(%s, %s)", w.expr(basic("string"), s, depth-1), w.expr(basic("string"), s, depth-1))
		}
	}
	if depth <= 1 && want.elem.recursive {
		return "[]"
	}
	items := make([]string, w.entries(want.elem, s))
	for i := range items {
		items[i] = w.expr(want.elem, s, depth-1)
	}
	return "[" + strings.Join(items, ", ") + "]"
}

// entries is how many entries a literal has: none where there is no value to put in.
func (w *writer) entries(elem *typ, s scope) int {
	if !elem.written() && len(s.of(func(t *typ) bool { return t.same(elem) })) == 0 {
		return 0
	}
	return w.rand.IntN(4)
}

func (w *writer) mapping(want *typ, s scope, depth int) string {
	if same := s.of(func(t *typ) bool { return t.same(want) }); len(same) > 0 && w.rand.IntN(2) == 0 {
		return w.comprehensionOver("filter", basic("bool"), s, depth, w.pick(same).text, want)
	}
	var entries []string
	seen := map[string]bool{}
	for range w.entries(want.elem, s) {
		key := w.expr(want.key, s, depth-1)
		if !seen[key] {
			entries = append(entries, key+": "+w.expr(want.elem, s, depth-1))
		}
		seen[key] = true
	}
	return "{ " + strings.Join(entries, ", ") + " }"
}

func (w *writer) optional(want *typ, s scope, depth int) string {
	lists := s.of(func(t *typ) bool { return t.is("list") && t.elem.same(want.elem) })
	maps := s.of(func(t *typ) bool { return t.is("map") && t.elem.same(want.elem) })
	same := s.of(func(t *typ) bool { return t.same(want) })
	switch n := w.rand.IntN(10); {
	case n < 2 && len(lists) > 0:
		fns := []string{"first", "last"}
		if want.elem.ordered() {
			fns = append(fns, "min", "max")
		}
		return fmt.Sprintf("%s(%s)", w.one(fns...), w.pick(lists).text)
	case n < 4 && len(lists) > 0:
		return fmt.Sprintf("%s[%s]", w.pick(lists).text, w.expr(basic("int"), s, depth-1))
	case n < 6 && len(maps) > 0:
		v := w.pick(maps)
		return fmt.Sprintf("%s[%s]", v.text, w.expr(v.typ.key, s, depth-1))
	case n < 8 && len(same) > 0:
		return fmt.Sprintf("(%s ?? %s)", w.pick(same).text, w.expr(want, s, depth-1))
	}
	return w.expr(want.elem, s, depth-1)
}

func (w *writer) structure(want *typ, s scope, depth int) string {
	same := s.of(func(t *typ) bool { return t.same(want) })
	if len(same) > 0 && w.rand.IntN(2) == 0 {
		f := want.fields[w.rand.IntN(len(want.fields))]
		return fmt.Sprintf("%s with { %s: %s }", w.pick(same).text, f.name, w.expr(f.typ, s, depth-1))
	}
	var fields []string
	for _, f := range want.fields {
		if (f.value != "" || f.typ.is("optional")) && w.rand.IntN(2) == 0 {
			continue
		}
		fields = append(fields, f.name+": "+w.expr(f.typ, s, depth-1))
	}
	return want.literal() + " { " + strings.Join(fields, ", ") + " }"
}

// literal is a value that reads nothing.
func (w *writer) literal(want *typ, s scope) string {
	switch want.kind {
	case "scalar", "id":
		return w.literal(want.base(), s)
	case "int":
		return w.one("0", "1", "2", "3", "-1", "7", "10", "-3", "100", "9223372036854775807", "-9223372036854775808", "4611686018427387904")
	case "float":
		return w.one("0.0", "1.5", "-2.25", "0.1", "1000000.0", "3.0")
	case "decimal":
		return w.one("0.0", "1.5", "-2.25", "0.10", "100.00", "1", "0.005", "12345678901234567890.5", "-3")
	case "string":
		return w.one(`""`, `"a"`, `"b c"`, `"Ünï"`, `"x\"y"`, `"a,b"`, "`r{w`", `"10"`, `" "`, `"{{"`, `"日本"`)
	case "bool":
		return w.one("true", "false")
	case "time":
		return w.one("2026-01-02T03:04:05Z", "2025-12-31T23:59:59.5Z", "2000-02-29T00:00:00Z", "9999-12-31T00:00:00Z", "0001-01-01T00:00:00Z")
	case "duration":
		return w.one("1h", "90m", "5s", "7d", "1h30m", "250ms", "-5s", "0s", "2000000h")
	case "enum":
		return want.name + "." + want.values[w.rand.IntN(len(want.values))]
	case "list":
		if w.rand.IntN(3) == 0 || !want.elem.written() {
			return "[]"
		}
		return "[" + w.literal(want.elem, s) + "]"
	case "map":
		if w.rand.IntN(3) == 0 || !want.elem.written() {
			return "{}"
		}
		return "{ " + w.literal(want.key, s) + ": " + w.literal(want.elem, s) + " }"
	case "optional":
		if w.rand.IntN(2) == 0 || !want.elem.written() {
			return "none"
		}
		return w.literal(want.elem, s)
	case "struct":
		var fields []string
		for _, f := range want.others() {
			fields = append(fields, f.name+": "+w.literal(f.typ, s))
		}
		if want.recursive {
			f := want.fields[len(want.fields)-1]
			fields = append(fields, f.name+": "+map[string]string{"list": "[]", "map": "{}", "optional": "none"}[f.typ.kind])
		}
		return want.literal() + " { " + strings.Join(fields, ", ") + " }"
	}
	vars := s.of(func(t *typ) bool { return t.same(want) })
	if len(vars) > 0 {
		return w.pick(vars).text
	}
	return "none" // there is no literal of bytes and json: the line is dropped
}
