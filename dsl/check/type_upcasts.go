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
	var wrong []*syntax.TypeUpcast
	for _, decl := range c.declared.upcasts {
		if !c.linkTypeUpcast(decl) {
			wrong = append(wrong, decl)
		}
	}
	for _, decl := range wrong {
		c.wrongTypeUpcast(decl)
	}
}

// linkTypeUpcast ties an upcast to the version that it begins with, unless something is wrong with it.
func (c *checker) linkTypeUpcast(decl *syntax.TypeUpcast) bool {
	t := c.declared.types[decl.Name.Name]
	if t == nil {
		return false
	}
	from := t.version(decl.From.Value)
	if from == nil || from.upcast != nil || decl.To.Value != decl.From.Value+1 || t.version(decl.To.Value) == nil {
		return false
	}
	from.upcast = decl
	return true
}

// wrongTypeUpcast reports what is wrong with an upcast, and of which step nothing else is said therefore.
func (c *checker) wrongTypeUpcast(decl *syntax.TypeUpcast) {
	t := c.declared.types[decl.Name.Name]
	from, to := decl.From.Value, decl.To.Value
	if t == nil {
		c.upcastOfNoType(decl)
		if near, ok := source.Nearest(decl.Name.Name, keysOf(c.declared.types)); ok {
			typeLadder(c.declared.types[near]).claim(from, to)
		}
		return
	}
	if t.forgot(from) || t.forgot(to) { // probably the one that is declared twice
		return
	}
	l := typeLadder(t)
	switch v := t.version(from); {
	case v == nil:
		c.noTypeVersion(t, &decl.From, l.otherStep(l.claim(from, to), declareTypeVersion(t, &decl.From)))
	case to != from+1:
		c.wrongStep(l, from, &decl.To)
	case t.version(to) == nil:
		c.noTypeVersion(t, &decl.To, l.otherStep(l.claim(from, to), declareTypeVersion(t, &decl.To)))
	default:
		c.upcastTwice(l, decl.Name, from, v.upcast.Name.Span)
	}
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
	st.lenient = v.misled || v.of.doubles > 0
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
