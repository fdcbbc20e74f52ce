package difffuzz

import (
	"fmt"
	"slices"
	"strings"
)

func (w *writer) aggregate(name string, id *typ) {
	w.id, w.state, w.derived, w.events, w.errors = id, nil, nil, nil, nil
	w.line("aggregate %s {", name)
	w.indent = "    "
	w.stateFields()
	w.derives()
	for i := range 2 + w.rand.IntN(3) {
		w.event(i)
	}
	w.pins()
	w.failures()
	for _, e := range w.events {
		w.apply(e)
	}
	w.actions()
	w.invariants()
	w.indent = ""
	w.line("}")
}

func (w *writer) stateFields() {
	w.blobs = true
	for range 4 + w.rand.IntN(5) {
		w.state = append(w.state, w.field("s", 2, true))
	}
	w.blobs = false
	w.line("state {")
	for _, f := range w.state {
		w.line("    %s", f)
	}
	w.line("}")
}

// bare is the state and what derives from it, as folds, derived values and invariants see them.
func (w *writer) bare(prefix string) scope {
	s := scope{{"id", w.id}}
	for _, f := range slices.Concat(w.state, w.derived) {
		s = append(s, variable{prefix + f.name, f.typ})
	}
	return s
}

func (w *writer) derives() {
	for range w.rand.IntN(4) {
		f := field{name: w.name("d"), typ: w.randomType(1)}
		w.line("derive %s %s = %s", f.name, f.typ, w.expr(f.typ, w.bare(""), 3))
		w.derived = append(w.derived, f)
	}
}

func (w *writer) event(i int) {
	e := &event{key: w.name("thing-") + "ed"}
	var newest []field
	for _, f := range w.state {
		if w.chance(40) {
			value := ""
			if f.value != "" && w.chance(50) {
				value = f.value
			}
			newest = append(newest, field{f.name, f.typ, value})
		}
	}
	for range w.rand.IntN(3) {
		newest = append(newest, w.field("e", 2, true))
	}
	e.versions = [][]field{newest}
	for len(e.versions) < 3 && w.chance(35) {
		e.versions = append([][]field{w.earlier(e.versions[0])}, e.versions...)
	}
	was := ""
	if w.chance(20) {
		e.was = []string{w.name("was-")}
		was = " was " + e.was[0]
	}
	for v, fields := range e.versions {
		w.line("event %s@%d%s { %s }", e.key, v+1, map[bool]string{true: was}[v == 0], fieldList(fields))
	}
	e.dropped = i > 0 && len(e.versions) > 1 && w.chance(15)
	for v := 1; v < len(e.versions); v++ {
		if v == 1 && e.dropped {
			w.line("upcast %s@1 -> nothing", e.key)
			continue
		}
		around := scope{{"timestamp", basic("time")}, {"metadata", mapOf(basic("string"), basic("string"))}}
		w.line("upcast %s@%d -> @%d { %s }", e.key, v, v+1, w.upcastFields(e.versions[v-1], e.versions[v], around))
	}
	w.events = append(w.events, e)
}

// pins is an event that has the older versions of types: so that others may say the newest.
func (w *writer) pins() {
	if len(w.older) == 0 {
		return
	}
	e := &event{key: w.name("pin-")}
	var old, newest []field
	for _, o := range w.older {
		n := *o
		n.version = 0
		for _, t := range slices.Concat(w.scalars, w.structs) {
			if t.name == o.name {
				n = *t
			}
		}
		name, around := w.name("e"), func(t *typ) *typ { return t }
		switch w.rand.IntN(5) {
		case 0:
			around = listOf
		case 1:
			around = func(t *typ) *typ { return mapOf(basic("string"), t) }
		case 2:
			around = optionalOf
		case 3:
			around = func(t *typ) *typ { return optionalOf(listOf(t)) }
		}
		old, newest = append(old, field{name: name, typ: around(o)}), append(newest, field{name: name, typ: around(&n)})
	}
	e.versions = [][]field{old, newest}
	w.line("event %s@1 { %s }", e.key, fieldList(old))
	w.line("event %s@2 { %s }", e.key, fieldList(newest))
	w.events = append(w.events, e)
}

func (e *event) newest() []field { return e.versions[len(e.versions)-1] }

// emission is an event in the version in which an action emits it.
type emission struct {
	*event
	version int // 0 for the newest
}

func (e emission) fields() []field {
	if e.version > 0 {
		return e.versions[e.version-1]
	}
	return e.newest()
}

func (e emission) String() string {
	if e.version > 0 {
		return fmt.Sprintf("%s@%d", e.key, e.version)
	}
	return e.key
}

// emission chooses the version: mostly the newest.
func (w *writer) emission(e *event) emission {
	if oldest := 1 + map[bool]int{true: 1}[e.dropped]; oldest < len(e.versions) && w.chance(20) {
		return emission{e, oldest}
	}
	return emission{e, 0}
}

func (w *writer) failures() {
	for range 1 + w.rand.IntN(2) {
		f := failure{name: w.pascal("Failure")}
		for range w.rand.IntN(3) {
			f.params = append(f.params, field{name: w.name("r"), typ: w.randomType(1)})
		}
		s := scope{{"id", w.id}}
		for _, p := range f.params {
			s = append(s, variable{p.name, p.typ})
		}
		params := ""
		if len(f.params) > 0 {
			params = "(" + fieldList(f.params) + ")"
		}
		w.line("error %s%s %s", f.name, params, w.interpolation(s))
		w.errors = append(w.errors, f)
	}
}

func (w *writer) apply(e *event) {
	s := w.bare("")
	for _, f := range e.newest() {
		s = append(s, variable{"event." + f.name, f.typ})
	}
	if fits(e.newest(), w.state) && w.chance(40) {
		return // it copies itself
	}
	w.line("apply %s {", e.key)
	if w.chance(80) {
		w.line("    ...event")
	}
	set := map[string]bool{}
	for range 1 + w.rand.IntN(4) {
		w.line("    %s", w.foldStmt(s, set, 2))
	}
	w.line("}")
}

// fits tells whether each field has a place.
func fits(fields, state []field) bool {
	for _, f := range fields {
		if !slices.ContainsFunc(state, func(s field) bool { return s.name == f.name }) {
			return false
		}
	}
	return len(fields) > 0
}

func (w *writer) foldStmt(s scope, set map[string]bool, depth int) string {
	if depth > 0 && w.chance(20) {
		return fmt.Sprintf("if %s { %s } else { %s }", w.expr(basic("bool"), s, 2), w.foldStmt(s, set, depth-1), w.foldStmt(s, set, depth-1))
	}
	f := w.state[w.rand.IntN(len(w.state))]
	value := func(t *typ) string { return w.expr(t, s, 3) }
	switch {
	case f.typ.is("map") && w.chance(80):
		key := w.expr(f.typ.key, s, 1)
		switch {
		case w.chance(30):
			return fmt.Sprintf("remove %s[%s]", f.name, key)
		case f.typ.elem.number() && w.chance(60):
			return fmt.Sprintf("%s[%s] %s %s", f.name, key, w.one("+=", "-="), value(f.typ.elem))
		}
		return fmt.Sprintf("%s[%s] = %s", f.name, key, value(f.typ.elem))
	case f.typ.is("list") && w.chance(80):
		if w.chance(30) {
			return fmt.Sprintf("%s += %s", f.name, value(f.typ))
		}
		return fmt.Sprintf("%s %s %s", f.name, w.one("+=", "+=", "-="), value(f.typ.elem))
	case f.typ.number() && w.chance(60):
		return fmt.Sprintf("%s %s %s", f.name, w.one("+=", "-="), value(f.typ.base()))
	case f.typ.base().is("string") && w.chance(60):
		return fmt.Sprintf("%s += %s", f.name, value(basic("string")))
	case f.typ.base().is("time") && w.chance(60):
		return fmt.Sprintf("%s %s %s", f.name, w.one("+=", "-="), value(basic("duration")))
	}
	if set[f.name] {
		return "" // two = to one field are an error
	}
	set[f.name] = true
	return fmt.Sprintf("%s = %s", f.name, value(f.typ))
}

func (w *writer) invariants() {
	for range w.rand.IntN(3) {
		cond := w.expr(basic("bool"), w.bare(""), 2)
		if w.chance(80) { // most must hold
			cond = fmt.Sprintf("%s || !(%s)", cond, cond)
		}
		w.line("invariant %s", cond)
	}
}

// actions are some that create, some that emit, and one that does both.
func (w *writer) actions() {
	first := w.emission(w.events[0])
	w.action("creates "+first.String(), []emission{first}, nil)
	for i, e := range w.events[1:] {
		if i == 0 || w.chance(60) {
			emits := []emission{w.emission(e)}
			keys := emits[0].String()
			if w.chance(50) {
				emits = append(emits, first)
				keys += ", " + first.String()
			}
			w.action("emits "+keys, nil, emits)
		}
	}
	last := w.emission(w.events[len(w.events)-1])
	w.action(fmt.Sprintf("creates %s emits %s", first, last), []emission{first}, []emission{last})
}

func (w *writer) action(clauses string, creates, emits []emission) {
	var params []field
	w.blobs = true
	for range w.rand.IntN(5) {
		params = append(params, w.field("p", 2, true))
	}
	w.blobs = false
	s := scope{
		{"id", w.id}, {"now", basic("time")}, {"actor", basic("string")}, {"exists", basic("bool")},
		{"metadata", mapOf(basic("string"), basic("string"))},
	}
	s = append(s, w.bare("state.")[1:]...)
	for _, p := range params {
		s = append(s, variable{p.name, p.typ})
	}
	w.line("action %s(%s) %s {", w.pascal("Act"), fieldList(params), clauses)
	for range w.rand.IntN(5) {
		if w.chance(50) {
			v := variable{w.name("v"), w.randomType(1)}
			if text := w.expr(v.typ, s, 3); typed(v.typ, text) {
				w.line("    let %s = %s", v.text, text)
				s = append(s, v)
			}
			continue
		}
		if w.chance(40) {
			s = w.guard(s)
			continue
		}
		w.line("    %s", w.require(s))
	}
	switch {
	case creates != nil && emits != nil:
		w.line("    if exists { %s } else { %s }", w.emits(emits, s), w.emits(creates, s))
	default:
		events := slices.Concat(creates, emits)
		w.line("    %s", w.emits(events, s))
		for range w.rand.IntN(3) {
			w.line("    if %s { %s }", w.expr(basic("bool"), s, 2), w.emits(events, s))
		}
	}
	w.line("}")
}

// guard is a require that shows that something is there, and the scope in which it is.
func (w *writer) guard(s scope) scope {
	some := s.of(func(t *typ) bool { return t.is("optional", "list", "map") })
	if len(some) == 0 {
		return s
	}
	v := w.pick(some)
	test, there := v.text+" != none", variable{v.text, v.typ.elem}
	switch v.typ.kind {
	case "list":
		test, there = fmt.Sprintf("len(%s) > 1", v.text), variable{v.text + "[1]", v.typ.elem}
	case "map":
		keys := s.of(func(t *typ) bool { return t.same(v.typ.key) })
		if len(keys) == 0 {
			return s
		}
		key := w.pick(keys).text
		test, there = fmt.Sprintf("%s in %s", key, v.text), variable{fmt.Sprintf("%s[%s]", v.text, key), v.typ.elem}
	}
	f := w.errors[w.rand.IntN(len(w.errors))]
	args := make([]string, len(f.params))
	for i, p := range f.params {
		args[i] = w.expr(p.typ, s, 1)
	}
	w.line("    require %s else %s(%s)", test, f.name, strings.Join(args, ", "))
	return s.with(there)
}

// typed tells whether a let of that text has the type that was meant: a literal alone may be of another.
func typed(t *typ, text string) bool {
	return t.is("int", "string", "bool", "time", "duration", "struct") && text != "none"
}

func (w *writer) require(s scope) string {
	f := w.errors[w.rand.IntN(len(w.errors))]
	args := make([]string, len(f.params))
	for i, p := range f.params {
		args[i] = w.expr(p.typ, s, 2)
	}
	cond := w.expr(basic("bool"), s, 3)
	if w.chance(50) { // most commands should get through
		cond = fmt.Sprintf("%s || %s", cond, w.expr(basic("bool"), s, 2))
	}
	if len(args) == 0 {
		return fmt.Sprintf("require %s else %s", cond, f.name)
	}
	return fmt.Sprintf("require %s else %s(%s)", cond, f.name, strings.Join(args, ", "))
}

func (w *writer) emits(events []emission, s scope) string {
	e := events[w.rand.IntN(len(events))]
	var fields []string
	for _, f := range e.fields() {
		if f.value != "" && w.chance(50) || f.typ.is("optional") && w.chance(30) || w.chance(3) {
			continue // it comes from somewhere else
		}
		fields = append(fields, f.name+": "+w.expr(f.typ, s, 3))
	}
	return fmt.Sprintf("emit %s { %s }", e.key, strings.Join(fields, ", "))
}
