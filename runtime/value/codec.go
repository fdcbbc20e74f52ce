package value

import (
	"bytes"
	"sync"
)

// Codec tells how the values of one type are written, read, checked and copied. Codecs are put together at start:
// those of structs out of fields, those of lists, maps and optionals out of their items'. They are what generated
// code describes a type with; the two paths on which every nanosecond counts, reading an event and folding it, have
// code of their own beside them and come here only when the text is not in the order that a Codec writes.
//
// A Codec is immutable once made and safe for concurrent use. One for a type that holds itself is made as
// new(Codec[T]) and filled in with [Recursive] by an init function: what refers to it looks into it only when it is
// used.
type Codec[T any] struct {
	append func(dst []byte, v *T) []byte
	read   func(r *Reader) T
	check  func(v *T) error // what `where` asks, deep; nil: any value is fit
	detach func(v *T)       // makes *v share nothing with what it is a copy of; nil: a copy shares nothing
	absent func(v *T) bool  // whether a field of this type is left out; nil: never
	isNull func(v *T) bool  // whether it is written as null, which an optional of it reads as none; nil: never
	strict bool             // of a command
}

// NewCodec is a Codec for a type of which a plain copy shares nothing that can change.
func NewCodec[T any](write func(dst []byte, v T) []byte, read func(r *Reader) T) *Codec[T] {
	return &Codec[T]{append: func(dst []byte, v *T) []byte { return write(dst, *v) }, read: read}
}

// Where is base with a check of its values. The check's error is an *Error without a path.
func Where[T any](base *Codec[T], check func(v T) error) *Codec[T] {
	c := *base
	c.check = func(v *T) error { return check(*v) }
	return &c
}

// Named is the Codec of a type T that is made of another one, such as type Price decimal.Decimal.
func Named[T, B any](base *Codec[B], to func(B) T, from func(T) B) *Codec[T] {
	c := &Codec[T]{
		append: func(dst []byte, v *T) []byte { b := from(*v); return base.append(dst, &b) },
		read:   func(r *Reader) T { return to(base.read(r)) },
	}
	if base.detach != nil {
		c.detach = func(v *T) { b := from(*v); base.detach(&b); *v = to(b) }
	}
	return c
}

// Append writes v. What cannot be written leaves a mark that [Fault] finds.
func (c *Codec[T]) Append(dst []byte, v *T) []byte { return c.append(dst, v) }

// Encode writes v behind dst if it can be written and is fit; else the error is an *Error.
func (c *Codec[T]) Encode(dst []byte, v *T) ([]byte, error) {
	if len(dst) > 0 { // a mark's place is counted from the first byte
		room, err := c.written(v)
		defer release(room)
		if err != nil {
			return dst, err
		}
		return append(dst, *room...), c.fit(v)
	}
	dst = c.append(dst, v)
	if err := Fault(dst); err != nil {
		return dst[:0], err
	}
	return dst, c.fit(v)
}

// fit comes after Fault: what holds itself would not end here.
func (c *Codec[T]) fit(v *T) error {
	if c.check == nil {
		return nil
	}
	return c.check(v)
}

// Check says whether v could be written, and every `where` in it holds. The error is an *Error.
func (c *Codec[T]) Check(v *T) error {
	room, err := c.written(v)
	release(room)
	if err != nil {
		return err
	}
	return c.fit(v)
}

// written is the text of v, in a buffer that goes back by release: to let a slice grow took longer than to write.
func (c *Codec[T]) written(v *T) (*[]byte, error) {
	room := scratch.Get().(*[]byte)
	*room = c.append((*room)[:0], v)
	return room, Fault(*room)
}

func release(room *[]byte) {
	if cap(*room) <= maxScratch {
		scratch.Put(room)
	}
}

const maxScratch = 64 << 10

var scratch = sync.Pool{New: func() any { b := make([]byte, 0, 512); return &b }}

// Marshal is for MarshalJSON.
func (c *Codec[T]) Marshal(v *T) ([]byte, error) {
	room, err := c.written(v)
	defer release(room)
	if err != nil {
		return nil, err
	}
	return bytes.Clone(*room), nil
}

// Unmarshal is for UnmarshalJSON: Strict for a command, else Decode.
func (c *Codec[T]) Unmarshal(text []byte, v *T) error {
	read := c.Decode
	if c.strict {
		read = c.Strict
	}
	got, err := read(string(text))
	if err == nil {
		*v = got
	}
	return err
}

// Decode reads what was stored: a field that is not known is skipped. Strings may be parts of text. The error is
// an *Error.
func (c *Codec[T]) Decode(text string) (T, error) { return c.whole(NewStoredReader(text)) }

// Strict reads a command: a field that is not known is an error, and a default stands for one that is missing.
func (c *Codec[T]) Strict(text string) (T, error) { return c.whole(NewReader(text)) }

func (c *Codec[T]) whole(r *Reader) (T, error) {
	v := c.read(r)
	if err := r.End(); err != nil {
		var none T
		return none, err
	}
	return v, nil
}

// Clone is a copy of v that shares nothing with it that can change.
func (c *Codec[T]) Clone(v *T) T {
	copied := *v
	if c.detach != nil {
		c.detach(&copied)
	}
	return copied
}
