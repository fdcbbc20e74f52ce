package value

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Key tells how the keys of a map stand in JSON. Its implementations are TextKey, IntKey and EnumKey.
type Key[K comparable] interface {
	// Compare orders keys by the bytes of their JSON text.
	Compare(a, b K) int
	// AppendKey writes the key as a JSON string.
	AppendKey(dst []byte, k K) []byte
	// ParseKey reads the text of a key; reason says why it is none, and is "" if all is well.
	ParseKey(text string) (k K, reason string)
}

// TextKey is for strings and ids.
type TextKey[K ~string] struct{}

// Compare compares bytes.
func (TextKey[K]) Compare(a, b K) int { return strings.Compare(string(a), string(b)) }

// AppendKey writes a string.
func (TextKey[K]) AppendKey(dst []byte, k K) []byte { return appendText(dst, string(k)) }

// ParseKey takes every text.
func (TextKey[K]) ParseKey(text string) (K, string) { return K(text), "" }

// IntKey is for ints. By their bytes, "10" comes before "9".
type IntKey struct{}

// Compare compares the digits as text.
func (IntKey) Compare(a, b int64) int {
	if 0 <= a && a < 10 && 0 <= b && b < 10 {
		return cmp.Compare(a, b)
	}
	var left, right [20]byte
	return slices.Compare(strconv.AppendInt(left[:0], a, 10), strconv.AppendInt(right[:0], b, 10))
}

// AppendKey writes the number in quotes.
func (IntKey) AppendKey(dst []byte, k int64) []byte {
	return append(strconv.AppendInt(append(dst, '"'), k, 10), '"')
}

// ParseKey reads a number as AppendKey writes it: one number has one key.
func (IntKey) ParseKey(text string) (int64, string) {
	n, next, reason := scanInt(text, 0)
	if reason != "" {
		return 0, "the key is " + reason
	}
	if next != len(text) || text == "-0" {
		return 0, "the key is not a whole number: " + quoted(text)
	}
	return n, ""
}

// EnumKey is for the values of an enum.
type EnumKey[E EnumValue] struct{ Enum *Enum }

// Compare compares the texts; what is no value comes last.
func (k EnumKey[E]) Compare(a, b E) int {
	left, okLeft := k.Enum.Text(int(a))
	right, okRight := k.Enum.Text(int(b))
	if okLeft && okRight {
		return strings.Compare(left, right)
	}
	return cmp.Compare(a, b)
}

// AppendKey writes the text of the value.
func (k EnumKey[E]) AppendKey(dst []byte, e E) []byte { return AppendEnum(dst, e, k.Enum) }

// ParseKey reads the text of a value.
func (k EnumKey[E]) ParseKey(text string) (E, string) {
	i, ok := k.Enum.Index(text)
	if !ok {
		return 0, k.Enum.unknownText(text)
	}
	return E(i), ""
}

// sortedKeys appends the keys of m to dst, in the order of JSON.
func sortedKeys[K comparable, V any](dst []K, m map[K]V, key Key[K]) []K {
	for k := range m {
		dst = append(dst, k)
	}
	slices.SortFunc(dst, key.Compare)
	return dst
}
