package check

import (
	"maps"
	"slices"
	"strings"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// varBinding makes a variable readable by its name.
func varBinding(v *model.Var, what string) *binding {
	return &binding{span: v.Span, what: what, value: func(at source.Span) model.Expr {
		return &model.Ref{Base: model.Base{T: v.T, Span: at}, Var: v}
	}}
}

// name types a word: what it means here, else a value of the enum that is expected.
func (c *checker) name(s *scope, e *syntax.Name, hint model.Type) model.Expr {
	if isPascal(e.Name) {
		return c.typeAsValue(s, e.Ident, hint)
	}
	b := s.lookup(e.Name)
	enum, ok := plain(hint).(*model.Enum)
	if b != nil && (b.barred == "" || !ok || valueNamed(enum, e.Name) == nil) {
		return c.read(s, e.Ident, b)
	}
	if ok {
		return c.enumValue(s, enum, e.Ident)
	}
	if hint != nil && isInvalid(hint) && len(c.enumsWith(e.Name)) > 0 {
		return invalid(e.Span) // a value of the enum that an error hides
	}
	if s.constant {
		c.notLiteral(s, e.Ident, hint)
		return invalid(e.Span)
	}
	c.unknownName(s, e.Ident, hint)
	return invalid(e.Span)
}

// notLiteral reports a name in a default. One of a type that is wrong may be a value of it.
func (c *checker) notLiteral(s *scope, name syntax.Ident, hint model.Type) {
	d := source.New(codeNotConstant, name.Span, "a default is a literal, and %s is a name", written(name))
	switch c.suggestName(&d, s, name, hint); {
	case hint != nil && isInvalid(hint):
		return
	case d.Mend != "": // null, or a value of an enum
		d.Code = codeUnknownName
		d.Message = "there is no " + written(name) + " here"
	case slices.Contains(ofAnAction, name.Name):
		d.Mend = "leave the default out, and give " + name.Name + " where the event is emitted"
	default:
		d.Mend = "write the value itself"
	}
	c.report(d)
}

// ofAnAction are what an action alone knows, besides its parameters.
var ofAnAction = []string{"now", "actor", "id", "metadata"}

// typeAsValue says what was meant by a word in the case of types where a value is expected. That it cannot be one was
// reported by the parser, which is all there is to say if it is the name of something.
func (c *checker) typeAsValue(s *scope, name syntax.Ident, hint model.Type) model.Expr {
	unknown := c.kindNamed(name.Name) == ""
	if enum, ok := plain(hint).(*model.Enum); ok && (unknown || valueInOtherCase(enum, name.Name) != nil) {
		c.unknownValue(enum, name, nil)
		return invalid(name.Span)
	}
	if unknown && (hint == nil || !isInvalid(hint)) {
		meant := syntax.Ident{Name: lowerWords(name.Name, '_'), Span: name.Span}
		if len(c.enumsWith(kebab(name.Name))) > 0 {
			meant.Name = kebab(name.Name)
		}
		d := source.New(codeUnknownName, name.Span, "there is no %s here", name.Name)
		if c.suggestName(&d, s, meant, hint); d.Mend != "" {
			c.report(d)
		}
	}
	return invalid(name.Span)
}

// read is the value of a binding at a place.
func (c *checker) read(s *scope, at syntax.Ident, b *binding) model.Expr {
	switch {
	case b.barred != "":
		c.mended(b.mend, source.New(codeBarred, at.Span, "%s cannot be used here: %s", at.Name, b.barred))
	case b.value != nil:
		return narrow(s, b.value(at.Span))
	default:
		d := source.New(codeObject, at.Span, "%s is not a value by itself", at.Name)
		d.Mend = "name one of its fields"
		if names := slices.Sorted(maps.Keys(b.fields)); len(names) > 0 {
			d.Mend += ": " + at.Name + "." + names[0]
		}
		c.report(d)
	}
	return invalid(at.Span)
}

// narrow is x itself, or what is in it where a guard showed that it is not none.
func narrow(s *scope, x model.Expr) model.Expr {
	o, ok := x.Type().(*model.Optional)
	if !ok {
		return x
	}
	if path, ok := pathOf(x); ok && s.facts.has(isSome, path, "") {
		return &model.Unwrap{Base: model.Base{T: o.Elem, Span: x.Where()}, X: x}
	}
	return x
}

func (c *checker) unknownName(s *scope, name syntax.Ident, hint model.Type) {
	if c.isSubtraction(name, "there is none of that name here") {
		return
	}
	d := source.New(codeUnknownName, name.Span, "there is no %s here", written(name))
	c.suggestName(&d, s, name, hint)
	c.report(d)
}

// isSubtraction reports a-b, which reads as a key where there can be none; it does not if the word has no joint.
func (c *checker) isSubtraction(name syntax.Ident, why string) bool {
	if !strings.Contains(name.Name, "-") {
		return false
	}
	d := source.New(codeKebabName, name.Span, "%s reads as one word, a key, and %s", name.Name, why)
	text := strings.ReplaceAll(name.Name, "-", " - ")
	d.Mend = "write " + text
	d.Edits = []source.Edit{{Span: name.Span, Text: text}}
	c.report(d)
	return true
}

// suggestName looks for what an unknown name was meant to be: a field of an object, an enum's value unless another type
// is expected, else the nearest name or field.
func (c *checker) suggestName(d *source.Diagnostic, s *scope, name syntax.Ident, hint model.Type) {
	readable := c.readable(s)
	text, ok := readable[name.Name]
	if name.Name == "null" || name.Name == "nil" {
		text, ok = "none", true
	}
	if state := s.lookup("state"); state != nil && (name.Name == "this" || name.Name == "self") {
		if state.barred != "" {
			d.Mend = strings.Replace(state.mend, "state", name.Name, 1)
			return
		}
		text, ok = "state", true
	}
	if enums := c.enumsWith(name.Name); !ok && len(enums) > 0 && (isInvalid(hint) || fits(enums[0], plain(hint))) {
		text, ok = enums[0].Name+"."+name.Name, true
	}
	if ok {
		d.Mend = "write " + text
	} else {
		near, found := source.Nearest(name.Name, slices.Sorted(maps.Keys(readable)))
		if !found {
			d.Mend = canBeRead(readable)
			return
		}
		text = readable[near]
		d.Mend = "did you mean " + text + "?"
	}
	d.Edits = []source.Edit{{Span: name.Span, Text: text}}
}

// readable is how each name that can be read here is written, with the fields of objects under their own names.
func (c *checker) readable(s *scope) map[string]string {
	names := map[string]string{}
	for _, name := range s.visible() {
		b := s.lookup(name)
		for field := range b.fields {
			names[field] = name + "." + field
		}
	}
	for _, name := range s.visible() {
		if s.lookup(name).barred == "" {
			names[name] = name
		}
	}
	return names
}

// enumsWith are the enums that have a value of that name.
func (c *checker) enumsWith(value string) []*model.Enum {
	var enums []*model.Enum
	for _, enum := range c.domain.Enums {
		if valueNamed(enum, value) != nil {
			enums = append(enums, enum)
		}
	}
	return enums
}

func valueNamed(enum *model.Enum, name string) *model.EnumValue {
	for _, v := range enum.Values {
		if v.Name == name {
			return v
		}
	}
	return nil
}

func valueNames(enum *model.Enum) []string {
	names := make([]string, len(enum.Values))
	for i, v := range enum.Values {
		names[i] = v.Name
	}
	return names
}

// enumValue types a bare value of the enum that is expected. The scope, if any, only helps to say what was meant.
func (c *checker) enumValue(s *scope, enum *model.Enum, name syntax.Ident) model.Expr {
	if v := valueNamed(enum, name.Name); v != nil {
		return &model.EnumLit{Base: model.Base{T: enum, Span: name.Span}, Value: v}
	}
	if parts := strings.Split(name.Name, "-"); len(parts) > 1 && s.lookup(parts[0]) != nil {
		c.unknownName(s, name, enum)
		return invalid(name.Span)
	}
	c.unknownValue(enum, name, s.visible())
	return invalid(name.Span)
}

func (c *checker) unknownValue(enum *model.Enum, name syntax.Ident, names []string) {
	d := source.New(codeUnknownValue, name.Span, "%s has no value %s", enum.Name, written(name))
	if len(names) > 0 {
		d.Message = "there is no " + written(name) + " here, and " + enum.Name + " has no such value"
	}
	suggest(&d, name, append(valueNames(enum), names...))
	if d.Mend == "" {
		d.Mend = "it has " + strings.Join(valueNames(enum), ", ")
	}
	d.Related = []source.Related{{Span: enum.Span, Message: "declared here"}}
	c.report(d)
}

// qualified types `Phase.opened`.
func (c *checker) qualified(e *syntax.Qualified) model.Expr {
	enum := c.enumNamed(e.Type.Name)
	if enum == nil {
		c.unknownEnum(e.Type)
		return invalid(e.Span)
	}
	v := valueNamed(enum, e.Name.Name)
	if v == nil {
		c.unknownValue(enum, e.Name, nil)
		return invalid(e.Span)
	}
	return &model.EnumLit{Base: model.Base{T: enum, Span: e.Span}, Value: v}
}

func (c *checker) unknownEnum(name syntax.Ident) {
	d := source.New(codeUnknownEnum, name.Span, "there is no enum %s", written(name))
	names := make([]string, len(c.domain.Enums))
	for i, enum := range c.domain.Enums {
		names[i] = enum.Name
	}
	if suggest(&d, name, names); d.Mend == "" {
		d.Mend = "declare it: enum " + name.Name + " { … }"
	}
	c.report(d)
}

// selection types `x.name`: a field of an object of the surroundings, or of a value.
func (c *checker) selection(s *scope, e *syntax.Select) model.Expr {
	if name, ok := unparen(e.X).(*syntax.Name); ok {
		if b := s.lookup(name.Name); b != nil && b.barred == "" && (b.value == nil || b.fields != nil) {
			return c.objectField(s, e, name.Name, b)
		}
	}
	x := c.infer(s, e.X, nil)
	structure, ok := x.Type().(*model.Struct)
	if !ok {
		c.noFields(x, e)
		return invalid(e.Span)
	}
	field := fieldNamed(structure.Fields, e.Name.Name)
	if field == nil {
		if !c.isSubtraction(e.Name, typeName(structure)+" has no such field") {
			c.noField(e.Name, structure.Fields, typeName(structure))
		}
		return invalid(e.Span)
	}
	return narrow(s, &model.Select{Base: model.Base{T: field.Type, Span: e.Span}, X: x, Field: field})
}

func (c *checker) noFields(x model.Expr, e *syntax.Select) {
	t := x.Type()
	switch {
	case isInvalid(t):
	case isOptional(t) && isStruct(plain(t)):
		c.mayBeNone(x, e.X)
	default:
		d := source.New(codeNoFields, e.Where(), "%s has no fields, so there is no .%s", article(t), e.Name.Name)
		d.Mend = mendNoFields(e, t)
		c.report(d)
	}
}

func (c *checker) objectField(s *scope, e *syntax.Select, object string, b *binding) model.Expr {
	field := b.fields[e.Name.Name]
	if field != nil {
		return c.read(s, syntax.Ident{Name: object + "." + e.Name.Name, Span: e.Span}, field)
	}
	if c.isSubtraction(e.Name, object+" has no such field") {
		return invalid(e.Span)
	}
	if known := outside[e.Name.Name]; object == "event" && known != nil {
		c.read(s, e.Name, known)
		return invalid(e.Span)
	}
	d := source.New(codeUnknownField, e.Name.Span, "%s has no field %s", object, written(e.Name))
	names := slices.Sorted(maps.Keys(b.fields))
	suggest(&d, e.Name, names)
	if d.Mend == "" && len(names) > 0 {
		d.Mend = "it has " + strings.Join(names, ", ")
	}
	c.report(d)
	return invalid(e.Span)
}
