package generator

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"reflect"
	"slices"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// fingerprint is of all that a state is made by: its shape and defaults, what follows from it, and how its events are
// read and folded. Places, comments, actions and what is checked are no part of it. It is a sum over a text of the
// model, not over generated code, so that a better generator leaves snapshots valid.
func fingerprint(a *model.Aggregate) string {
	sum := sha256.New()
	c := &canon{out: sum, known: map[model.Type]int{}}
	c.value("state", a.State)
	c.value("derived", a.Derived)
	for _, e := range a.Events {
		c.value("event", []any{e.Key, e.Was, e.Dropped, e.Apply})
		for _, v := range e.Versions {
			c.value("version", []any{v.Version, v.Fields, v.Upcast})
		}
	}
	return hex.EncodeToString(sum.Sum(nil)[:16])
}

// canon writes values of the model as a text in which all that counts is told, once.
type canon struct {
	out   io.Writer
	known map[model.Type]int // declared types, by their number
}

func (c *canon) value(what string, v any) {
	fmt.Fprintf(c.out, "%s ", what)
	c.reflect(reflect.ValueOf(v))
	fmt.Fprintln(c.out)
}

func (c *canon) reflect(v reflect.Value) {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		c.pointed(v)
	case reflect.Slice:
		fmt.Fprint(c.out, "[")
		for i := range v.Len() {
			c.reflect(v.Index(i))
			fmt.Fprint(c.out, ",")
		}
		fmt.Fprint(c.out, "]")
	case reflect.Struct:
		c.structure(v)
	default:
		fmt.Fprintf(c.out, "%q", fmt.Sprint(v.Interface()))
	}
}

func (c *canon) pointed(v reflect.Value) {
	if v.IsNil() {
		fmt.Fprint(c.out, "nil")
		return
	}
	if c.named(v.Interface()) {
		return
	}
	c.reflect(v.Elem())
}

// named writes what is declared elsewhere: where it leads back, its name; a type once, later its number.
func (c *canon) named(v any) bool {
	switch v := v.(type) {
	case *model.Event:
		fmt.Fprintf(c.out, "event %s", v.Key)
	case *model.EventVersion:
		fmt.Fprintf(c.out, "event %s@%d", v.Event.Key, v.Version)
	case *model.EnumValue:
		fmt.Fprintf(c.out, "value %s", v.Wire)
	case *model.Enum:
		c.declared(v, func() {
			for _, value := range v.Values {
				fmt.Fprintf(c.out, "%q %q,", value.Wire, value.Was)
			}
		})
	case *model.ID:
		fmt.Fprint(c.out, "id")
	case *model.GoType:
		fmt.Fprintf(c.out, "go %s.%s", v.ImportPath, v.GoName)
	case *model.Scalar:
		c.declared(v, func() { c.value("scalar", []any{v.Base, v.Upcast}) })
	case *model.Struct:
		c.declared(v, func() { c.value("struct", []any{v.Fields, v.Upcast}) })
	case *model.Var:
		fmt.Fprintf(c.out, "var %s", v.Name)
	case *model.Field:
		c.value("field "+v.Name, []any{v.Type, v.Default})
	default:
		return false
	}
	return true
}

func (c *canon) declared(t model.Type, define func()) {
	if n, ok := c.known[t]; ok {
		fmt.Fprintf(c.out, "type %d", n)
		return
	}
	c.known[t] = len(c.known)
	fmt.Fprintf(c.out, "type %d {", c.known[t])
	define()
	fmt.Fprint(c.out, "}")
}

// unread are fields of the model that say nothing of what happens.
var unread = []string{"Doc", "Span", "Implicit", "WhereText", "GoName"}

func (c *canon) structure(v reflect.Value) {
	t := v.Type()
	if t == reflect.TypeFor[source.Span]() {
		return
	}
	if s, ok := v.Interface().(fmt.Stringer); ok { // a time
		fmt.Fprint(c.out, s.String())
		return
	}
	fmt.Fprintf(c.out, "%s{", t.Name())
	for i := range t.NumField() {
		if name := t.Field(i).Name; !slices.Contains(unread, name) {
			fmt.Fprintf(c.out, "%s:", name)
			c.reflect(v.Field(i))
			fmt.Fprint(c.out, " ")
		}
	}
	fmt.Fprint(c.out, "}")
}
