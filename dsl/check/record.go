package check

import (
	"strings"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// record types the `name: expr` pairs given for some of the fields, by name. It reports names that are none of
// the fields' and names given twice; what is missing is for the caller. The what is for messages: "Line",
// "event order-placed".
func (c *checker) record(s *scope, _ source.Span, given []*syntax.FieldExpr, fields []*model.Field, what string) map[string]*model.FieldInit {
	inits := make(map[string]*model.FieldInit, len(given))
	first := make(map[string]source.Span, len(given))
	for _, pair := range given {
		field := fieldNamed(fields, pair.Name.Name)
		if field == nil {
			c.noField(pair.Name, fields, what)
			c.infer(s, pair.Value, invalidType)
			continue
		}
		value := c.expr(s, pair.Value, field.Type)
		if at, twice := first[field.Name]; twice {
			d := source.New(codeRecordTwice, pair.Name.Span, "%s is given twice", field.Name)
			d.Mend = removeOne
			d.Related = []source.Related{{Span: at, Message: "first here"}}
			c.report(d)
			continue
		}
		first[field.Name] = pair.Name.Span
		inits[field.Name] = &model.FieldInit{Field: field, Value: value}
	}
	return inits
}

func fieldNamed(fields []*model.Field, name string) *model.Field {
	for _, f := range fields {
		if f.Name == name {
			return f
		}
	}
	return nil
}

func fieldNames(fields []*model.Field) []string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.Name
	}
	return names
}

// noField reports a field that is not there.
func (c *checker) noField(name syntax.Ident, fields []*model.Field, what string) {
	d := source.New(codeUnknownField, name.Span, "%s has no field %s", what, written(name))
	suggest(&d, name, fieldNames(fields))
	if d.Mend == "" && len(fields) > 0 {
		d.Mend = "it has " + strings.Join(fieldNames(fields), ", ")
	}
	c.report(d)
}

// suggest adds the nearest of the candidates as the mend.
func suggest(d *source.Diagnostic, name syntax.Ident, candidates []string) {
	if near, ok := source.Nearest(name.Name, candidates); ok {
		d.Mend = "did you mean " + near + "?"
		d.Edits = []source.Edit{{Span: name.Span, Text: near}}
	}
}

// structLiteral types `Line { … }`: every field that is neither optional nor defaulted must be given.
func (c *checker) structLiteral(s *scope, e *syntax.StructLit) model.Expr {
	t := c.typeNamed(e.Type)
	structure, ok := t.(*model.Struct)
	if !ok {
		if t != nil && !isInvalid(t) {
			c.mended("write the value itself, without a type",
				source.New(codeNotStruct, e.Span, "%s has no fields, so it has no literal with { }", typeName(t)))
		}
		for _, pair := range e.Fields {
			c.infer(s, pair.Value, invalidType)
		}
		return invalid(e.Span)
	}
	given := c.record(s, e.Span, e.Fields, structure.Fields, typeName(structure))
	x := &model.StructLit{Base: model.Base{T: structure, Span: e.Span}, Struct: structure}
	var missing []string
	for _, field := range structure.Fields {
		init := given[field.Name]
		if init == nil {
			init = c.filled(field, e.Span)
		}
		if init == nil {
			missing = append(missing, field.Name)
			continue
		}
		x.Fields = append(x.Fields, init)
	}
	if !anyUnknown(e.Fields, structure.Fields) {
		c.missingFields(e, structure, missing)
	}
	return x
}

// filled is what a field gets that was not given: its default, or none; nil if it must be given.
func (c *checker) filled(field *model.Field, at source.Span) *model.FieldInit {
	switch {
	case field.Default != nil:
		return &model.FieldInit{Field: field, Value: field.Default, Implicit: true}
	case isOptional(field.Type):
		return &model.FieldInit{Field: field, Value: &model.None{Base: model.Base{T: field.Type, Span: at}}, Implicit: true}
	case isInvalid(field.Type):
		return &model.FieldInit{Field: field, Value: invalid(at), Implicit: true}
	}
	return nil
}

func (c *checker) missingFields(e *syntax.StructLit, structure *model.Struct, missing []string) {
	if len(missing) == 0 {
		return
	}
	d := source.New(codeMissingField, e.Span, "this %s has no %s", typeName(structure), strings.Join(missing, ", "))
	d.Mend = "give " + strings.Join(missing, ", ") + ": every field that is neither optional nor has a default"
	d.Related = []source.Related{{Span: structure.Span, Message: "declared here"}}
	c.report(d)
}

// with types `x with { … }`.
func (c *checker) with(s *scope, e *syntax.With, hint model.Type) model.Expr {
	x := c.infer(s, e.X, plain(hint))
	structure, ok := x.Type().(*model.Struct)
	if !ok {
		c.needs(x, e.X, isStruct, "with", "a value with fields")
		for _, pair := range e.Fields {
			c.infer(s, pair.Value, invalidType)
		}
		return invalid(e.Span)
	}
	given := c.record(s, e.Span, e.Fields, structure.Fields, typeName(structure))
	changed := &model.With{Base: model.Base{T: structure, Span: e.Span}, X: x}
	for _, field := range structure.Fields {
		if init := given[field.Name]; init != nil {
			changed.Fields = append(changed.Fields, init)
		}
	}
	return changed
}

func isStruct(t model.Type) bool {
	_, ok := t.(*model.Struct)
	return ok
}
