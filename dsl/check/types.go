package check

import (
	"slices"
	"strconv"

	"github.com/fluvius-io/fluvius-go/dsl/model"
)

// The types that are not declared, one value of each: they are compared with Identical, but sharing is free.
var (
	invalidType  model.Type = &model.Basic{Kind: model.Invalid}
	stringType   model.Type = &model.Basic{Kind: model.String}
	boolType     model.Type = &model.Basic{Kind: model.Bool}
	intType      model.Type = &model.Basic{Kind: model.Int}
	floatType    model.Type = &model.Basic{Kind: model.Float}
	decimalType  model.Type = &model.Basic{Kind: model.Decimal}
	timeType     model.Type = &model.Basic{Kind: model.Time}
	durationType model.Type = &model.Basic{Kind: model.Duration}
	bytesType    model.Type = &model.Basic{Kind: model.Bytes}
	jsonType     model.Type = &model.Basic{Kind: model.JSON}
)

// basicTypes are the types that are not declared, by the word that stands for them.
var basicTypes = map[string]model.Type{
	"string": stringType, "bool": boolType, "int": intType, "float": floatType, "decimal": decimalType,
	"time": timeType, "duration": durationType, "bytes": bytesType, "json": jsonType,
}

var kindNames = map[model.Kind]string{
	model.String: "string", model.Bool: "bool", model.Int: "int", model.Float: "float", model.Decimal: "decimal",
	model.Time: "time", model.Duration: "duration", model.Bytes: "bytes", model.JSON: "json",
}

// typeName is t as a user would write it.
func typeName(t model.Type) string {
	switch t := t.(type) {
	case *model.Basic:
		if name, ok := kindNames[t.Kind]; ok {
			return name
		}
	case *model.List:
		return "[]" + typeName(t.Elem)
	case *model.Map:
		return "map[" + typeName(t.Key) + "]" + typeName(t.Elem)
	case *model.Optional:
		return typeName(t.Elem) + "?"
	case *model.ID:
		return t.GoName
	case *model.Scalar:
		return versionedName(t.Name, t.Version, t.Newest)
	case *model.Struct:
		return versionedName(t.Name, t.Version, t.Newest)
	case *model.Enum:
		return t.Name
	case *model.GoType:
		return t.Name
	}
	return "unknown"
}

func versionedName(name string, version int, newest bool) string {
	if newest {
		return name
	}
	return name + "@" + strconv.Itoa(version)
}

// kindOf is the kind of a type that is not declared, and of the base of a named scalar; Invalid for all others.
func kindOf(t model.Type) model.Kind {
	if b, ok := base(t).(*model.Basic); ok {
		return b.Kind
	}
	return model.Invalid
}

// isInvalid tells whether t is what an error left behind.
func isInvalid(t model.Type) bool {
	b, ok := t.(*model.Basic)
	return t == nil || ok && b.Kind == model.Invalid
}

// base is what an operator or function takes a value of t as: the base of a named scalar or id, else t.
func base(t model.Type) model.Type {
	switch t := t.(type) {
	case *model.ID:
		return stringType
	case *model.Scalar:
		if t.Base == nil {
			return invalidType
		}
		return base(t.Base)
	}
	return t
}

// isNamed tells whether t is a named scalar or an id.
func isNamed(t model.Type) bool {
	switch t.(type) {
	case *model.ID, *model.Scalar:
		return true
	}
	return false
}

// plain is t without its `?`.
func plain(t model.Type) model.Type {
	if o, ok := t.(*model.Optional); ok {
		return o.Elem
	}
	return t
}

// optional is t with a `?`; never two.
func optional(t model.Type) model.Type {
	if isOptional(t) || isInvalid(t) {
		return t
	}
	return &model.Optional{Elem: t}
}

func isOptional(t model.Type) bool {
	_, ok := t.(*model.Optional)
	return ok
}

// isNumber tells whether a kind is one of the numbers.
func isNumber(k model.Kind) bool { return k == model.Int || k == model.Float || k == model.Decimal }

// hasOrder tells whether `<` is for values of t.
func hasOrder(t model.Type) bool {
	k := kindOf(t)
	return isNumber(k) || k == model.Time || k == model.Duration || k == model.String
}

// isText tells whether a value of t can stand in a text: "{x}".
func isText(t model.Type) bool {
	if _, ok := t.(*model.Enum); ok {
		return true
	}
	return hasOrder(t) || kindOf(t) == model.Bool
}

// isKey tells whether t may be the key of a map.
func isKey(t model.Type) bool {
	switch t := t.(type) {
	case *model.Enum, *model.ID:
		return true
	case *model.Basic:
		return t.Kind == model.String || t.Kind == model.Int
	}
	return false
}

// incomparable is the part of t for which there is no `==`: json or a Go type, at any depth; nil if there is none.
func incomparable(t model.Type) model.Type { return incomparablePart(t, nil) }

func incomparablePart(t model.Type, seen []*model.Struct) model.Type {
	switch t := t.(type) {
	case *model.Basic:
		if t.Kind == model.JSON {
			return t
		}
	case *model.GoType:
		return t
	case *model.Scalar:
		return incomparablePart(base(t), seen)
	case *model.List:
		return incomparablePart(t.Elem, seen)
	case *model.Map:
		return incomparablePart(t.Elem, seen)
	case *model.Optional:
		return incomparablePart(t.Elem, seen)
	case *model.Struct:
		return incomparableField(t, seen)
	}
	return nil
}

func incomparableField(t *model.Struct, seen []*model.Struct) model.Type {
	if slices.Contains(seen, t) {
		return nil
	}
	seen = append(seen, t)
	for _, field := range t.Fields {
		if part := incomparablePart(field.Type, seen); part != nil {
			return part
		}
	}
	return nil
}
