package check

import (
	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

func (c *checker) collectEnum(decl *syntax.Enum) {
	name := decl.Name.Name
	if first := c.declared.enums[name]; first != nil {
		c.declaredTwice("enum", decl.Name, first.decl.Name.Span)
		first.takeMore(decl.Values)
		return
	}
	e := &enumDecl{decl: decl, model: &model.Enum{Name: name, Doc: decl.Doc, Span: decl.Name.Span}}
	c.declared.enums[name] = e
	c.declared.enumOrder = append(c.declared.enumOrder, e)
	c.domain.Enums = append(c.domain.Enums, e.model)
	c.collectEnumValues(e)
	c.checkEnumWires(e)
}

// takeMore adds the values of another declaration of the same enum.
func (e *enumDecl) takeMore(values []*syntax.EnumValue) {
	e.doubled = true
	for _, v := range values {
		if name := v.Name.Name; valueNamed(e.model, name) == nil {
			e.model.Values = append(e.model.Values, &model.EnumValue{Enum: e.model, Name: name, Wire: name, Index: len(e.model.Values), Span: v.Name.Span})
		}
	}
}

func (c *checker) collectEnumValues(e *enumDecl) {
	byName, byGo := map[string]source.Span{}, map[string]syntax.Ident{}
	for _, v := range e.decl.Values {
		name := v.Name.Name
		if first, twice := byName[name]; twice {
			d := source.New(codeEnumValue, v.Name.Span, "%s has the value %s twice", e.model.Name, name)
			d.Related = firstDeclared(first)
			d.Mend = removeOne
			c.report(d)
			continue
		}
		byName[name] = v.Name.Span
		value := &model.EnumValue{Enum: e.model, Name: name, Wire: name, GoName: e.model.Name + goName(name), Index: len(e.model.Values), Doc: v.Doc, Span: v.Name.Span}
		if first, twice := byGo[value.GoName]; twice {
			d := source.New(codeEnumValue, v.Name.Span, "%s and %s are both %s in Go", first.Name, name, value.GoName)
			d.Related = firstDeclared(first.Span)
			d.Mend = renameOne
			c.report(d)
		}
		byGo[value.GoName] = v.Name
		if v.As != nil {
			value.Wire = v.As.Value
		}
		if v.Was != nil {
			value.Was = []string{v.Was.Name}
		}
		e.model.Values = append(e.model.Values, value)
	}
}

// checkEnumWires checks that each text in JSON is one value: names, what `as` says, and what values were called.
func (c *checker) checkEnumWires(e *enumDecl) {
	seen := map[string]source.Span{}
	for _, v := range e.decl.Values {
		switch {
		case v.As == nil && !e.isSecond(v): // a value that is there twice was reported
			c.enumWire(e, seen, v.Name.Name, v.Name.Span)
		case v.As == nil:
		case v.As.Value == "":
			c.mended("say what it is in JSON, or leave out as",
				source.New(codeEnumWire, v.As.Span, "a value of an enum has a text in JSON, and this one is empty"))
		default:
			c.enumWire(e, seen, v.As.Value, v.As.Span)
		}
	}
	for _, v := range e.decl.Values {
		if v.Was != nil {
			c.enumWire(e, seen, v.Was.Name, v.Was.Span)
		}
	}
}

// isSecond tells whether v is not the first value of its name.
func (e *enumDecl) isSecond(v *syntax.EnumValue) bool {
	for _, other := range e.decl.Values {
		if other.Name.Name == v.Name.Name {
			return other != v
		}
	}
	return false
}

func (c *checker) enumWire(e *enumDecl, seen map[string]source.Span, wire string, at source.Span) {
	if first, twice := seen[wire]; twice {
		d := source.New(codeEnumWire, at, "two values of %s are %q in JSON: one could not be told from the other", e.model.Name, wire)
		d.Related = related(first, "the other one")
		d.Mend = "give one of the two another text: value as \"…\""
		c.report(d)
		return
	}
	seen[wire] = at
}
