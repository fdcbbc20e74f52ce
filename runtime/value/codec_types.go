package value

import (
	"bytes"
	"maps"
	"slices"
	"strconv"
	"time"
)

// The Codecs of the language's types. Each call makes one; they are made once, at start.

// Strings is for strings, ids and what is made of strings.
func Strings[T ~string]() *Codec[T] { return NewCodec(AppendString[T], ReadString[T]) }

// Bools is for bools.
func Bools[T ~bool]() *Codec[T] { return NewCodec(AppendBool[T], ReadBool[T]) }

// Ints is for whole numbers.
func Ints[T ~int64]() *Codec[T] { return NewCodec(AppendInt[T], ReadInt[T]) }

// Floats is for floats.
func Floats[T ~float64]() *Codec[T] { return NewCodec(AppendFloat[T], ReadFloat[T]) }

// Times is for times.
func Times() *Codec[time.Time] { return NewCodec(AppendTime, ReadTime) }

// Durations is for durations.
func Durations[T ~int64]() *Codec[T] { return NewCodec(AppendDuration[T], ReadDuration[T]) }

// Enums is for the values of an enum.
func Enums[T EnumValue](enum *Enum) *Codec[T] {
	return NewCodec(
		func(dst []byte, v T) []byte { return AppendEnum(dst, v, enum) },
		func(r *Reader) T { return ReadEnum[T](r, enum) },
	)
}

// Blobs is for bytes.
func Blobs[T ~[]byte]() *Codec[T] {
	c := NewCodec(AppendBytes[T], ReadBytes[T])
	c.detach = func(v *T) { *v = bytes.Clone(*v) }
	return c
}

// Raws is for raw JSON.
func Raws[T ~[]byte]() *Codec[T] {
	c := NewCodec(AppendJSON[T], ReadJSON[T])
	c.detach = func(v *T) { *v = bytes.Clone(*v) }
	c.isNull = c.writesNull
	return c
}

// Gos is for a Go type that marshals itself. A clone of it is a plain copy: nobody knows what it holds.
func Gos[T any]() *Codec[T] {
	c := NewCodec(AppendGo[T], ReadGo[T])
	c.isNull = c.writesNull
	return c
}

func (c *Codec[T]) writesNull(v *T) bool {
	room, err := c.written(v)
	defer release(room)
	return err == nil && string(*room) == "null"
}

// Optionals is for an optional value of what item is for. As a field it is left out when it is none; elsewhere none
// is null.
func Optionals[T any](item *Codec[T]) *Codec[Optional[T]] {
	return &Codec[Optional[T]]{
		append: func(dst []byte, v *Optional[T]) []byte {
			some, ok := v.Get()
			if !ok {
				return append(dst, "null"...)
			}
			return item.append(dst, &some)
		},
		read:   func(r *Reader) Optional[T] { return ReadOptional(r, item.read) },
		absent: func(v *Optional[T]) bool { return !NotNull(item, *v).IsSome() },
		check: func(v *Optional[T]) error {
			if some, ok := v.Get(); ok {
				return item.fit(&some)
			}
			return nil
		},
		detach: func(v *Optional[T]) {
			if some, ok := v.Get(); ok && item.detach != nil {
				item.detach(&some)
				*v = Some(some)
			}
		},
	}
}

// Lists is for lists of what item is for.
func Lists[T any](item *Codec[T]) *Codec[[]T] {
	return &Codec[[]T]{
		append: func(dst []byte, v *[]T) []byte { return appendItems(dst, *v, item) },
		read:   func(r *Reader) []T { return ReadList(r, item.read) },
		check: func(v *[]T) error {
			if item.check == nil {
				return nil
			}
			for i := range *v {
				if err := item.check(&(*v)[i]); err != nil {
					return under("["+strconv.Itoa(i)+"]", err)
				}
			}
			return nil
		},
		detach: func(v *[]T) {
			*v = slices.Clone(*v)
			if item.detach == nil {
				return
			}
			for i := range *v {
				item.detach(&(*v)[i])
			}
		},
	}
}

// appendItems is AppendList without a copy of each item.
func appendItems[T any](dst []byte, list []T, item *Codec[T]) []byte {
	if len(dst) > MaxText {
		return appendFault(dst, tooLong)
	}
	dst = append(dst, '[')
	for i := range list {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = item.append(dst, &list[i])
	}
	return append(dst, ']')
}

// Maps is for maps of what item is for.
func Maps[K comparable, V any](key Key[K], item *Codec[V]) *Codec[map[K]V] {
	write := func(dst []byte, v V) []byte { return item.append(dst, &v) }
	return &Codec[map[K]V]{
		append: func(dst []byte, v *map[K]V) []byte { return AppendMap(dst, *v, key, write) },
		read:   func(r *Reader) map[K]V { return ReadMap(r, key, item.read) },
		check:  func(v *map[K]V) error { return checkEntries(*v, key, item) },
		detach: func(v *map[K]V) {
			*v = maps.Clone(*v)
			if item.detach == nil {
				return
			}
			for k, entry := range *v {
				item.detach(&entry)
				(*v)[k] = entry
			}
		},
	}
}

// checkEntries goes in key order, so that of several errors it is always the same that is told.
func checkEntries[K comparable, V any](m map[K]V, key Key[K], item *Codec[V]) error {
	if item.check == nil {
		return nil
	}
	for _, k := range sortedKeys(nil, m, key) {
		v := m[k]
		if err := item.check(&v); err != nil {
			name := NewReader(string(key.AppendKey(nil, k))).Text()
			return under(step(name, true), err)
		}
	}
	return nil
}

// Uints is for counters, which are never negative.
func Uints() *Codec[uint64] {
	return NewCodec(
		func(dst []byte, n uint64) []byte { return strconv.AppendUint(dst, n, 10) },
		func(r *Reader) uint64 {
			n := r.Int()
			if n < 0 {
				r.Fail("must not be negative")
			}
			return uint64(n)
		},
	)
}

// EnumText is the text of an enum's value, or its type and number if it is none.
func EnumText[E EnumValue](enum *Enum, v E) string {
	if text, ok := enum.Text(int(v)); ok {
		return text
	}
	return enum.Name + "(" + strconv.Itoa(int(v)) + ")"
}
