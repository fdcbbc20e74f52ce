package value

import (
	"encoding/json"
	"fmt"
)

// Optional is a value of T or none. It is itself a value: copies are independent, and two of a comparable T
// compare with ==. The zero Optional is none.
//
// The value is boxed, so that a type may hold an Optional of itself (type Node { next Node? }); with T in the
// struct Go refuses such a type, and with a *T in it == would compare places instead of values.
type Optional[T any] struct {
	_ [0]*T // ties the type to T, so that one Optional cannot be converted into another
	v any   // nil for none, else a T
}

// Some is an Optional that has v.
func Some[T any](v T) Optional[T] { return Optional[T]{v: box[T]{v}} }

// box keeps a T apart from nil: T may itself be an interface.
type box[T any] struct{ v T }

// None is an Optional that has no value.
func None[T any]() Optional[T] { return Optional[T]{} }

// FromPtr is none for nil, else a copy of what p points to.
func FromPtr[T any](p *T) Optional[T] {
	if p == nil {
		return Optional[T]{}
	}
	return Some(*p)
}

// Get is the value and true, or the zero value and false.
func (o Optional[T]) Get() (T, bool) {
	b, ok := o.v.(box[T])
	return b.v, ok
}

// OrElse is the value, or v if there is none.
func (o Optional[T]) OrElse(v T) T {
	if b, ok := o.v.(box[T]); ok {
		return b.v
	}
	return v
}

// OrZero is the value, or the zero value of T.
func (o Optional[T]) OrZero() T {
	b, _ := o.v.(box[T])
	return b.v
}

// IsSome says whether there is a value.
func (o Optional[T]) IsSome() bool { return o.v != nil }

// IsZero says whether there is none; encoding/json's omitzero asks it.
func (o Optional[T]) IsZero() bool { return o.v == nil }

// Ptr is a pointer to a copy of the value, or nil.
func (o Optional[T]) Ptr() *T {
	if b, ok := o.v.(box[T]); ok {
		return &b.v
	}
	return nil
}

// String prints the value as fmt does, or "none".
func (o Optional[T]) String() string {
	if b, ok := o.v.(box[T]); ok {
		return fmt.Sprint(b.v)
	}
	return "none"
}

// MarshalJSON is the value's own JSON, or null. It serves users who marshal with encoding/json; generated
// code leaves a field without a value out and never calls it.
func (o Optional[T]) MarshalJSON() ([]byte, error) {
	if b, ok := o.v.(box[T]); ok {
		return json.Marshal(b.v)
	}
	return []byte("null"), nil
}

// UnmarshalJSON reads null as none, else a T as encoding/json does.
func (o *Optional[T]) UnmarshalJSON(text []byte) error {
	if string(text) == "null" {
		*o = Optional[T]{}
		return nil
	}
	var v T
	if err := json.Unmarshal(text, &v); err != nil {
		return err
	}
	*o = Some(v)
	return nil
}

// Or is a, or b where a is none.
func Or[T any](a, b Optional[T]) Optional[T] {
	if a.IsSome() {
		return a
	}
	return b
}

// NotNull is o, or none where what it holds is written as null: that is what it would be read as.
func NotNull[T any](c *Codec[T], o Optional[T]) Optional[T] {
	if c.isNull == nil {
		return o
	}
	if v, ok := o.Get(); ok && c.isNull(&v) {
		return None[T]()
	}
	return o
}

// Coalesce is the value of a, or what b computes; b runs only where it is needed.
func Coalesce[T any](a Optional[T], b func() T) T {
	if v, ok := a.Get(); ok {
		return v
	}
	return b()
}

// CoalesceOptional is a, or what b computes where a is none; b runs only where it is needed.
func CoalesceOptional[T any](a Optional[T], b func() Optional[T]) Optional[T] {
	if a.IsSome() {
		return a
	}
	return b()
}

// Cond is what a computes if c holds, else what b does; the other one does not run.
func Cond[T any](c bool, a, b func() T) T {
	if c {
		return a()
	}
	return b()
}

// Pick is a if c holds, else b.
func Pick[T any](c bool, a, b T) T {
	if c {
		return a
	}
	return b
}
