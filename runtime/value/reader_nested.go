package value

import (
	"encoding/json"
	"strings"
	"time"
)

// open reads the bracket that begins an object or list. The answer is for next.
func (r *Reader) open(bracket byte) (first bool) {
	if r.begin() != bracket {
		r.expected(map[byte]string{'{': "an object", '[': "a list"}[bracket])
		return true
	}
	if r.depth++; r.depth > MaxDepth {
		r.failAt(r.i, tooDeep)
	}
	r.i++
	return true
}

// next goes to the next entry, or reads the closing bracket and answers false.
func (r *Reader) next(first *bool, closing byte) bool {
	c := r.begin()
	switch {
	case r.err != nil:
		return false
	case c == closing:
		r.i++
		r.depth--
		return false
	case *first:
		*first = false
		return true
	case c != ',':
		r.expected(`"," or "` + string(closing) + `"`)
		return false
	}
	r.i++
	if r.begin() == closing {
		r.failAt(r.i, "nothing follows the last comma")
	}
	return r.err == nil
}

// name reads a field's name and the colon.
func (r *Reader) name() string {
	if r.begin() != '"' {
		r.expected("a name in quotes")
		return ""
	}
	text, next, reason := scanText(r.s, r.i)
	r.moved(next, reason)
	if r.begin() != ':' {
		r.expected(`":"`)
		return ""
	}
	r.i++
	return text
}

// ReadList reads a list; an empty one is nil.
func ReadList[T any](r *Reader, item func(*Reader) T) []T {
	var list []T
	for first := r.open('['); r.next(&first, ']'); {
		list = Push(list, item(r))
	}
	return list
}

// ReadMap reads an object as a map; an empty one is nil, a key twice is an error.
func ReadMap[K comparable, V any](r *Reader, key Key[K], item func(*Reader) V) map[K]V {
	var m map[K]V
	for first := r.open('{'); r.next(&first, '}'); {
		at := r.i
		text := r.name()
		k, reason := key.ParseKey(text)
		if _, twice := m[k]; twice {
			reason = "the key is there twice"
		}
		if reason != "" {
			r.failField(at, join(pathAt(r.s[:at]), text), reason)
		}
		v := item(r)
		if m == nil {
			m = make(map[K]V)
		}
		m[k] = v
	}
	return m
}

// ReadOptional reads null as none, else an item.
func ReadOptional[T any](r *Reader, item func(*Reader) T) Optional[T] {
	if r.Null() {
		return Optional[T]{}
	}
	return Some(item(r))
}

// ReadEnum reads a value of an enum.
func ReadEnum[E EnumValue](r *Reader, enum *Enum) E {
	text := r.Text()
	i, ok := enum.Index(text)
	if !ok && r.err == nil {
		r.Fail(enum.unknownText(text))
	}
	return E(i)
}

// ReadGo reads a value of a type that unmarshals itself.
func ReadGo[T any](r *Reader) (v T) {
	raw := r.raw()
	if r.err != nil {
		return v
	}
	if err := json.Unmarshal([]byte(raw), &v); err != nil {
		r.Fail(strings.TrimPrefix(err.Error(), "json: "))
	}
	return v
}

// The functions below are the Reader's methods as items of ReadList, ReadMap and ReadOptional.

// ReadString is Reader.Text.
func ReadString[T ~string](r *Reader) T { return T(r.Text()) }

// ReadInt is Reader.Int.
func ReadInt[T ~int64](r *Reader) T { return T(r.Int()) }

// ReadFloat is Reader.Float.
func ReadFloat[T ~float64](r *Reader) T { return T(r.Float()) }

// ReadBool is Reader.Bool.
func ReadBool[T ~bool](r *Reader) T { return T(r.Bool()) }

// ReadTime is Reader.Time.
func ReadTime(r *Reader) time.Time { return r.Time() }

// ReadDuration is Reader.Duration.
func ReadDuration[T ~int64](r *Reader) T { return T(r.Duration()) }

// ReadBytes is Reader.Bytes.
func ReadBytes[T ~[]byte](r *Reader) T { return T(r.Bytes()) }

// ReadJSON is Reader.JSON.
func ReadJSON[T ~[]byte](r *Reader) T { return T(r.JSON()) }
