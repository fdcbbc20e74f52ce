package check

import (
	"slices"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// checkRecursion reports value types that hold themselves without a list, map or `?` in between: no value of
// them would end. Each circle is reported once, at the field that closes it.
func (c *checker) checkRecursion() {
	r := &recursion{c: c, done: map[*model.Struct]bool{}}
	for _, t := range c.declared.typeOrder {
		for _, v := range t.versions {
			if s, ok := v.typ.(*model.Struct); ok {
				r.visit(s)
			}
		}
	}
}

// recursion is a walk along fields that hold their value directly.
type recursion struct {
	c    *checker
	done map[*model.Struct]bool
	path []*model.Struct
}

func (r *recursion) visit(s *model.Struct) {
	if r.done[s] {
		return
	}
	r.path = append(r.path, s)
	for _, field := range s.Fields {
		inner, ok := field.Type.(*model.Struct)
		if !ok {
			continue
		}
		if i := slices.Index(r.path, inner); i >= 0 {
			r.report(field, r.path[i:])
			continue
		}
		r.visit(inner)
	}
	r.path = r.path[:len(r.path)-1]
	r.done[s] = true
}

func (r *recursion) report(field *model.Field, circle []*model.Struct) {
	names := make([]string, 0, len(circle)+1)
	for _, s := range circle {
		names = append(names, typeName(s))
	}
	names = append(names, typeName(circle[0]))
	d := source.New(codeRecursive, field.Span, "a value of %s would never end: %s", names[0], chain(names, "holds"))
	d.Mend = "put a list, a map or a ? in between: " + field.Name + " " + typeName(field.Type) + "?"
	r.c.report(d)
	field.Type = optional(field.Type) // as its literals must be read once it is mended
}
