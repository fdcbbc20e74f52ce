package difffuzz

import (
	"fmt"
	"strings"
)

// typ is a type of a domain that is being written.
type typ struct {
	kind    string // a basic type's name, or list map optional scalar struct enum id
	name    string // of a declared type
	version int    // of a declared type that is said with @N; 0 for the newest
	elem    *typ   // of a list, map or optional; the base of a scalar
	key     *typ
	fields  []field  // of a struct
	values  []string // of an enum

	recursive bool // a struct whose last field holds it
}

// field is a field or parameter.
type field struct {
	name  string
	typ   *typ
	value string // its default; "" if there is none
}

func (f field) String() string {
	text := f.name + " " + f.typ.String()
	if f.value != "" {
		text += " = " + f.value
	}
	return text
}

func (t *typ) String() string {
	switch t.kind {
	case "list":
		return "[]" + t.elem.String()
	case "map":
		return "map[" + t.key.String() + "]" + t.elem.String()
	case "optional":
		return t.elem.String() + "?"
	case "scalar", "struct", "enum", "id":
		return t.literal()
	}
	return t.kind
}

// literal is a declared type's name as it stands before a literal.
func (t *typ) literal() string {
	if t.version > 0 {
		return fmt.Sprintf("%s@%d", t.name, t.version)
	}
	return t.name
}

func (t *typ) same(other *typ) bool { return t.String() == other.String() }

// base is t without the name of a scalar.
func (t *typ) base() *typ {
	if t.kind == "scalar" {
		return t.elem
	}
	if t.kind == "id" {
		return basic("string")
	}
	return t
}

func basic(kind string) *typ    { return &typ{kind: kind} }
func listOf(t *typ) *typ        { return &typ{kind: "list", elem: t} }
func optionalOf(t *typ) *typ    { return &typ{kind: "optional", elem: t} }
func mapOf(key, elem *typ) *typ { return &typ{kind: "map", key: key, elem: elem} }
func (t *typ) is(kinds ...string) bool {
	return strings.Contains(" "+strings.Join(kinds, " ")+" ", " "+t.kind+" ")
}
func (t *typ) ordered() bool {
	return t.base().is("int", "float", "decimal", "string", "time", "duration")
}
func (t *typ) number() bool { return t.base().is("int", "float", "decimal", "duration") }
func (t *typ) text() bool {
	return !t.is("list", "map", "optional", "struct", "json") && t.base().kind != "json"
}

// comparable tells whether == takes two of it.
func (t *typ) comparable() bool {
	switch t.kind {
	case "json":
		return false
	case "list", "map", "optional":
		return t.elem.comparable()
	case "struct":
		for _, f := range t.others() {
			if !f.typ.comparable() {
				return false
			}
		}
	}
	return t.base().kind != "json"
}

// written tells whether there is a literal of it: bytes and json have none.
func (t *typ) written() bool {
	for _, f := range t.others() {
		if !f.typ.written() {
			return false
		}
	}
	return !t.base().is("bytes", "json")
}

// others are the fields of a struct that do not hold it.
func (t *typ) others() []field {
	if t.recursive {
		return t.fields[:len(t.fields)-1]
	}
	return t.fields
}
