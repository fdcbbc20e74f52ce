package generator

import (
	"github.com/fluvius-io/fluvius-go/dsl/model"
)

// kindOf is the kind of a basic type, looked at through a named scalar; Invalid for all others.
func kindOf(t model.Type) model.Kind {
	switch t := t.(type) {
	case *model.Basic:
		return t.Kind
	case *model.Scalar:
		return kindOf(t.Base)
	}
	return model.Invalid
}

// isText tells whether the Go type is string or made of it.
func isText(t model.Type) bool {
	if _, ok := t.(*model.ID); ok {
		return true
	}
	return kindOf(t) == model.String
}

// baseOf is t without the name of a scalar.
func baseOf(t model.Type) model.Type {
	switch t := t.(type) {
	case *model.Scalar:
		return t.Base
	case *model.ID:
		return &model.Basic{Kind: model.String}
	}
	return t
}

// elemOf is what a list or map holds.
func elemOf(t model.Type) model.Type {
	switch t := t.(type) {
	case *model.List:
		return t.Elem
	case *model.Map:
		return t.Elem
	case *model.Optional:
		return t.Elem
	}
	return &model.Basic{}
}

// goComparable tells whether == of Go means what == of the language means.
func goComparable(t model.Type) bool { return goComparableSeen(t, map[*model.Struct]bool{}) }

func goComparableSeen(t model.Type, seen map[*model.Struct]bool) bool {
	switch t := t.(type) {
	case *model.Enum, *model.ID:
		return true
	case *model.Optional:
		return goComparableSeen(t.Elem, seen)
	case *model.Struct:
		if seen[t] {
			return true
		}
		seen[t] = true
		for _, f := range t.Fields {
			if !goComparableSeen(f.Type, seen) {
				return false
			}
		}
		return true
	}
	switch kindOf(t) {
	case model.String, model.Bool, model.Int, model.Float, model.Duration:
		return true
	}
	return false
}
