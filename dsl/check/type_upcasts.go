package check

import (
	"fmt"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// linkTypeUpcasts ties each version of a value type to the next, before the fields of any upcast are known: a
// field may carry over through an upcast of another type, and that of a recursive type through its own.
func (c *checker) linkTypeUpcasts() {
	for _, t := range c.declared.typeOrder {
		for i, v := range t.versions[:len(t.versions)-1] {
			u := &model.TypeUpcast{From: v.typ, To: t.versions[i+1].typ, Span: t.versions[i+1].decl.Name.Name.Span}
			switch typ := v.typ.(type) {
			case *model.Struct:
				typ.Upcast = u
			case *model.Scalar:
				typ.Upcast = u
			}
		}
	}
	for _, decl := range c.declared.upcasts {
		c.linkTypeUpcast(decl)
	}
}

func (c *checker) linkTypeUpcast(decl *syntax.TypeUpcast) {
	t := c.declared.types[decl.Name.Name]
	if t == nil {
		c.upcastOfNoType(decl)
		return
	}
	from := t.version(decl.From.Value)
	switch {
	case from == nil:
		c.unknownTypeVersion(t, &decl.From)
		return
	case decl.To.Value != decl.From.Value+1:
		c.wrongStep(t.name, decl.From.Value, &decl.To)
		return
	case t.version(decl.To.Value) == nil:
		c.unknownTypeVersion(t, &decl.To)
		return
	case from.upcast != nil:
		d := source.New(codeUpcastTwice, decl.Name.Span, "%s@%d already has an upcast", t.name, decl.From.Value)
		d.Mend = removeOne
		d.Related = firstDeclared(from.upcast.Name.Span)
		c.report(d)
		return
	}
	from.upcast = decl
}

func (c *checker) upcastOfNoType(decl *syntax.TypeUpcast) {
	if c.unversionedType(decl.Name.Name) != nil {
		d := source.New(codeNoVersions, decl.Name.Span, "%s has no versions: only value types and events have", decl.Name.Name)
		d.Mend = "remove this upcast"
		c.report(d)
		return
	}
	c.unknownType(decl.Name)
}

// checkTypeUpcasts fills the upcasts of value types.
func (c *checker) checkTypeUpcasts() {
	for _, t := range c.declared.typeOrder {
		for i, v := range t.versions[:len(t.versions)-1] {
			switch typ := v.typ.(type) {
			case *model.Struct:
				c.upcastType(v, t.versions[i+1], typ.Upcast)
			case *model.Scalar:
				c.upcastType(v, t.versions[i+1], typ.Upcast)
			}
		}
	}
}

func (c *checker) upcastType(v, next *typeVersion, u *model.TypeUpcast) {
	if next.version != v.version+1 {
		return // a hole, reported
	}
	st := typeStep(v, next)
	if v.upcast != nil {
		u.Span = v.upcast.Span
	}
	switch to := next.typ.(type) {
	case *model.Struct:
		st.new = to.Fields
		u.Fields = c.fillStep(st)
	case *model.Scalar:
		st.new, st.newBase = []*model.Field{{Name: "value", Type: to}}, to.Base
		if fields := c.fillStep(st); len(fields) == 1 {
			u.Value = fields[0].Value
		}
	}
}

// typeStep is what an upcast from v to the next version reads: the fields of `old`, or `old` itself, which is
// the field `value` of a scalar.
func typeStep(v, next *typeVersion) *step {
	st := &step{
		from: versioned(v.of.name, v.version), to: versioned(v.of.name, next.version),
		at: next.decl.Name.Name.Span, oldAt: v.decl.Name.Name.Span, scope: upcastScope(), readOld: getOld,
		pasteHead: fmt.Sprintf("upcast %s@%d -> @%d", v.of.name, v.version, next.version),
	}
	st.scope.bind("timestamp", &binding{barred: "a value type is read the same way in every event", mend: "read a field of old, which is all that this upcast knows"})
	st.scope.bind("metadata", st.scope.lookup("timestamp"))
	switch old := v.typ.(type) {
	case *model.Struct:
		st.old = old.Fields
		st.scope.bind("old", object("the older version", old.Fields, model.OldField, "the field"))
	case *model.Scalar:
		st.old = []*model.Field{{Name: "value", Type: old.Base}}
		st.readOld = func(_ *model.Field, at source.Span) model.Expr { return oldScalar(old, at) }
		st.scope.bind("old", &binding{what: "the older value", value: func(at source.Span) model.Expr { return oldScalar(old, at) }})
	}
	if v.upcast != nil {
		st.given, st.written = asFields(v.upcast.Fields), true
	}
	return st
}

// oldScalar is the older value as its base: two versions of one scalar are two types.
func oldScalar(old *model.Scalar, at source.Span) model.Expr {
	value := &model.Builtin{Base: model.Base{T: old, Span: at}, Kind: model.OldValue}
	return &model.Convert{Base: model.Base{T: old.Base, Span: at}, Kind: model.ToBase, X: value}
}
