package difffuzz

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
)

// writer writes a random domain. Each member that may turn out to be wrong stands on a line of its own, so that
// what the checker refuses can be dropped: the writer need not know every rule of the language.
type writer struct {
	rand  *rand.Rand
	lines []string
	names int

	enums, scalars, structs []*typ // the newest versions
	older                   []*typ // of structs and scalars
	ids                     []*typ // of all aggregates
	indent                  string
	blobs                   bool // bytes and json may stand here, of which there is no literal

	// What follows is the aggregate's that is being written.
	id      *typ
	state   []field
	derived []field
	events  []*event
	errors  []failure
}

type event struct {
	key      string
	was      []string
	versions [][]field
	dropped  bool // version 1 is
}

type failure struct {
	name   string
	params []field
}

// Write is the text of a domain of that name, the same for a seed.
func Write(name string, seed uint64) string {
	w := &writer{rand: rand.New(rand.NewPCG(seed, 1))}
	w.line("domain %s", name)
	w.types()
	names := []string{"Thing", "Other"}[:1+w.rand.IntN(2)] // the types above are shared
	for _, name := range names {
		w.ids = append(w.ids, &typ{kind: "id", name: name + "ID"})
	}
	for i, name := range names {
		w.aggregate(name, w.ids[i])
	}
	return strings.Join(w.lines, "\n") + "\n"
}

func (w *writer) line(format string, args ...any) {
	w.lines = append(w.lines, w.indent+fmt.Sprintf(format, args...))
}

func (w *writer) one(options ...string) string { return options[w.rand.IntN(len(options))] }

// name is a new name that no other has.
func (w *writer) name(prefix string) string {
	w.names++
	return prefix + strconv.Itoa(w.names)
}

func (w *writer) chance(percent int) bool { return w.rand.IntN(100) < percent }

func (w *writer) types() {
	for range 1 + w.rand.IntN(2) {
		w.enum()
	}
	for range 1 + w.rand.IntN(3) {
		w.scalar()
	}
	for range 1 + w.rand.IntN(3) {
		w.structType()
	}
}

func (w *writer) enum() {
	t := &typ{kind: "enum", name: w.pascal("Enum")}
	var values []string
	for i := range 2 + w.rand.IntN(3) {
		value := fmt.Sprintf("%s-%s", w.one("aa", "mm", "zz"), w.name("v"))
		t.values = append(t.values, value)
		switch {
		case w.chance(20):
			value += fmt.Sprintf(` as "%s%d"`, w.one("X y", "ü", "B"), i)
		case w.chance(20):
			value += " was old-" + w.name("v")
		}
		values = append(values, value)
	}
	w.line("enum %s { %s }", t.name, strings.Join(values, ", "))
	w.enums = append(w.enums, t)
}

// pascal is a new name of a declaration.
func (w *writer) pascal(prefix string) string { return w.name(prefix) }

func (w *writer) scalar() {
	base := basic(w.one("string", "int", "decimal", "float", "duration", "time", "bool"))
	t := &typ{kind: "scalar", name: w.pascal("Scalar"), elem: base}
	if w.chance(25) && !base.is("bool") {
		old := *t
		old.version = 1
		if base.is("decimal") && w.chance(50) {
			old.elem = basic("int")
		}
		w.line("type %s@1 %s", t.name, old.elem)
		w.line("type %s@2 %s%s", t.name, base, w.where(base))
		s := scope{{"old", old.elem}}
		w.line("upcast %s@1 -> @2 { value = %s }", t.name, w.expr(base, s, 2))
		w.older = append(w.older, &old)
	} else {
		w.line("type %s %s%s", t.name, base, w.where(base))
	}
	w.scalars = append(w.scalars, t)
}

// where is a condition that most values fit.
func (w *writer) where(base *typ) string {
	switch {
	case w.chance(40):
		return ""
	case base.is("string"):
		return w.one(" where len(value) < 6", " where !contains(value, \"x\")", " where value matches `^[^ü]*$`")
	case base.is("int"):
		return w.one(" where value > -5", " where value * 3 < 1000", " where 10 / value < 100")
	case base.is("decimal"):
		return w.one(" where value < 1000", " where round(value, 2) == value")
	}
	return ""
}

func (w *writer) structType() {
	t := &typ{kind: "struct", name: w.pascal("Struct")}
	for range 1 + w.rand.IntN(4) {
		t.fields = append(t.fields, w.field("f", 1, true))
	}
	if w.chance(25) { // one that holds itself
		t.recursive = true
		t.fields = append(t.fields, field{name: w.name("f"), typ: []*typ{listOf(t), optionalOf(t), mapOf(basic("string"), t)}[w.rand.IntN(3)]})
		w.line("type %s { %s }", t.name, fieldList(t.fields))
		w.structs = append(w.structs, t)
		return
	}
	if !w.chance(40) {
		w.line("type %s { %s }", t.name, fieldList(t.fields))
		w.structs = append(w.structs, t)
		return
	}
	old := *t
	old.version = 1
	old.fields = w.earlier(t.fields)
	w.line("type %s@1 { %s }", t.name, fieldList(old.fields))
	w.line("type %s@2 { %s }", t.name, fieldList(t.fields))
	w.line("upcast %s@1 -> @2 { %s }", t.name, w.upcastFields(old.fields, t.fields, nil))
	w.structs = append(w.structs, t)
	w.older = append(w.older, &old)
}

// earlier are the fields that an older version may have had: some of them not yet, some of another type.
func (w *writer) earlier(fields []field) []field {
	var old []field
	for _, f := range fields {
		switch {
		case w.chance(25) && len(fields) > 1:
			continue
		case w.chance(15):
			f.typ = w.randomType(1)
			f.value = ""
		case f.typ.kind == "scalar" || f.typ.kind == "struct":
			for _, o := range w.older {
				if o.name == f.typ.name {
					f.typ, f.value = o, ""
				}
			}
		}
		old = append(old, f)
	}
	if len(old) == 0 {
		old = append(old, field{name: w.name("gone"), typ: basic("int")})
	}
	return old
}

// upcastFields gives what is new, or does not carry over.
func (w *writer) upcastFields(old, next []field, more scope) string {
	s := slices.Clone(more)
	for _, f := range old {
		s = append(s, variable{"old." + f.name, f.typ})
	}
	var given []string
	for _, f := range next {
		i := slices.IndexFunc(old, func(o field) bool { return o.name == f.name })
		carried := i >= 0 && (old[i].typ.same(f.typ) || old[i].typ.name != "" && old[i].typ.name == f.typ.name)
		if carried && !w.chance(15) {
			continue
		}
		given = append(given, f.name+" = "+w.expr(f.typ, s, 2))
	}
	return strings.Join(given, ", ")
}

// field is a new field.
func (w *writer) field(prefix string, depth int, defaults bool) field {
	f := field{name: w.name(prefix), typ: w.randomType(depth)}
	if defaults && w.chance(20) && f.typ.is("int", "string", "bool", "decimal", "float", "time", "duration", "enum", "optional", "list", "map", "struct") && f.typ.written() {
		f.value = w.literal(f.typ, nil)
		if f.value == "none" && w.chance(50) {
			f.value = ""
		}
	}
	return f
}

func fieldList(fields []field) string {
	texts := make([]string, len(fields))
	for i, f := range fields {
		texts[i] = f.String()
	}
	return strings.Join(texts, ", ")
}

var basics = []string{"string", "int", "int", "decimal", "bool", "float", "time", "duration"}

func (w *writer) randomType(depth int) *typ {
	n := w.rand.IntN(20)
	if depth <= 0 && n >= 13 {
		n = w.rand.IntN(13)
	}
	switch {
	case n < 8:
		if w.blobs && w.chance(15) {
			return basic(w.one("bytes", "json"))
		}
		return basic(basics[w.rand.IntN(len(basics))])
	case n == 8 && len(w.enums) > 0:
		return w.enums[w.rand.IntN(len(w.enums))]
	case n < 11 && len(w.scalars) > 0:
		return w.scalars[w.rand.IntN(len(w.scalars))]
	case n == 11 && len(w.structs) > 0:
		return w.structs[w.rand.IntN(len(w.structs))]
	case n == 12 && len(w.ids) > 0:
		return w.anyID()
	case n < 15:
		return listOf(w.item(depth - 1))
	case n < 17:
		return mapOf(w.keyType(), w.item(depth-1))
	case n < 20 && depth > 0:
		return optionalOf(w.item(depth - 1))
	}
	return basic("int")
}

// item is a type that can stand in a list, map or optional.
func (w *writer) item(depth int) *typ {
	blobs := w.blobs
	defer func() { w.blobs = blobs }()
	w.blobs = true
	for {
		if t := w.randomType(depth); !t.is("optional") {
			return t
		}
	}
}

func (w *writer) keyType() *typ {
	switch n := w.rand.IntN(4); {
	case n == 0 && len(w.enums) > 0:
		return w.enums[w.rand.IntN(len(w.enums))]
	case n == 1:
		return basic("int")
	case n == 2 && len(w.ids) > 0:
		return w.anyID()
	}
	return basic("string")
}

// anyID is the id of an aggregate, which may be another one.
func (w *writer) anyID() *typ { return w.ids[w.rand.IntN(len(w.ids))] }
