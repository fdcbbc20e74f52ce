// Package eval runs a checked domain without the Go toolchain: it reads stored events, folds them, decides actions
// and runs test blocks. It and the compiled Go hold each other to the language: JSON, arithmetic and strings are
// those of runtime/value and runtime/decimals, so that both give the same bytes, and errors of the same kinds.
//
// What is `by hand`, and values of Go types, are not known here: where they would be needed the answer is
// an UnsupportedError. Every run is bounded by Limits.
package eval

import (
	"encoding/json"
	"time"

	"github.com/shopspring/decimal"

	"github.com/fluvius-io/fluvius-go/dsl/model"
)

// Value is a value of the language. Values are immutable: what makes one of another shares its parts.
//
// An optional value is None, or the value itself: since there is no T??, nothing tells the two apart but the type.
type Value interface{ isValue() }

// The values of each type. A named scalar is what its base is; an id is a Text.
type (
	// Text is a string, or an id.
	Text string
	// Bool is true or false.
	Bool bool
	// Int is a whole number.
	Int int64
	// Float is a float; never NaN, never infinite.
	Float float64
	// Decimal is a number with its places.
	Decimal struct{ decimal.Decimal }
	// Time is an instant, in UTC.
	Time struct{ time.Time }
	// Duration is a length of time.
	Duration time.Duration
	// Bytes are bytes; none are nil.
	Bytes []byte
	// JSON is raw JSON; null is nil.
	JSON json.RawMessage
	// Enum is a value of an enum, by its index.
	Enum struct {
		Of    *model.Enum
		Index int
	}
	// List is a list.
	List []Value
	// Map is a map; its keys are Text, Int or Enum.
	Map map[Value]Value
	// Struct is a value of a value type: one value for each of its fields, in order.
	Struct struct {
		Of     *model.Struct
		Fields []Value
	}
	// None is the empty value of an optional.
	None struct{}
	// Foreign is a value of a Go type, which marshals itself: all that is known of it is its JSON, "" for its zero.
	Foreign struct {
		Of   *model.GoType
		JSON string
	}
)

func (Text) isValue()     {}
func (Bool) isValue()     {}
func (Int) isValue()      {}
func (Float) isValue()    {}
func (Decimal) isValue()  {}
func (Time) isValue()     {}
func (Duration) isValue() {}
func (Bytes) isValue()    {}
func (JSON) isValue()     {}
func (Enum) isValue()     {}
func (List) isValue()     {}
func (Map) isValue()      {}
func (Struct) isValue()   {}
func (None) isValue()     {}
func (Foreign) isValue()  {}

// kindOf is the kind of a basic type, looked at through a named scalar; Invalid for all others.
func kindOf(t model.Type) model.Kind {
	switch t := t.(type) {
	case *model.Basic:
		return t.Kind
	case *model.Scalar:
		return kindOf(t.Base)
	case *model.ID:
		return model.String
	}
	return model.Invalid
}

// indexOf is the place of a field among fields, by its name: a struct has each name once.
func indexOf(fields []*model.Field, name string) int {
	for i, f := range fields {
		if f.Name == name {
			return i
		}
	}
	return -1
}
