package value

import (
	"bytes"
	"time"
)

// Equality is deep and by value: times are equal at one instant, an empty list is a nil one.

// Same compares with ==.
func Same[T comparable](a, b T) bool { return a == b }

// EqualTime says whether a and b are one instant.
func EqualTime(a, b time.Time) bool { return a.Equal(b) }

// EqualBytes compares bytes.
func EqualBytes[T ~[]byte](a, b T) bool { return bytes.Equal(a, b) }

// EqualList compares item by item.
func EqualList[T any](a, b []T, equal func(a, b T) bool) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !equal(a[i], b[i]) {
			return false
		}
	}
	return true
}

// EqualMap compares entry by entry.
func EqualMap[K comparable, V any](a, b map[K]V, equal func(a, b V) bool) bool {
	if len(a) != len(b) {
		return false
	}
	for k, v := range a {
		if w, ok := b[k]; !ok || !equal(v, w) {
			return false
		}
	}
	return true
}

// EqualOptional compares the values; none equals none.
func EqualOptional[T any](a, b Optional[T], equal func(a, b T) bool) bool {
	v, some := a.Get()
	w, other := b.Get()
	return some == other && (!some || equal(v, w))
}
