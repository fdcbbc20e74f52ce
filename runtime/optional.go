package runtime

import "github.com/fluvius-io/fluvius-go/runtime/value"

// Optional is a value of T or none: a value itself, so that copies are independent.
type Optional[T any] = value.Optional[T]

// Some is an Optional that has v.
func Some[T any](v T) Optional[T] { return value.Some(v) }

// None is an Optional that has no value.
func None[T any]() Optional[T] { return value.None[T]() }

// FromPtr is none for nil, else a copy of what p points to.
func FromPtr[T any](p *T) Optional[T] { return value.FromPtr(p) }
