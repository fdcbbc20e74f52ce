package value

import "slices"

// What makes a list of another one copies the items: no list shares memory with the one it was made of.

// At is list[i], or none if there is no such item.
func At[T any](list []T, i int64) Optional[T] {
	if i < 0 || i >= int64(len(list)) {
		return Optional[T]{}
	}
	return Some(list[i])
}

// First is the first item, or none.
func First[T any](list []T) Optional[T] { return At(list, 0) }

// Last is the last item, or none.
func Last[T any](list []T) Optional[T] { return At(list, int64(len(list))-1) }

// Least is the smallest item, the first one of equals, or none. compare is as for slices.SortFunc.
func Least[T any](list []T, compare func(a, b T) int) Optional[T] {
	if len(list) == 0 {
		return Optional[T]{}
	}
	return Some(slices.MinFunc(list, compare))
}

// Greatest is the largest item, the first one of equals, or none.
func Greatest[T any](list []T, compare func(a, b T) int) Optional[T] {
	if len(list) == 0 {
		return Optional[T]{}
	}
	return Some(slices.MaxFunc(list, compare))
}

// Min is the smaller one, a if they are equal.
func Min[T any](a, b T, compare func(a, b T) int) T {
	if compare(b, a) < 0 {
		return b
	}
	return a
}

// Max is the larger one, a if they are equal.
func Max[T any](a, b T, compare func(a, b T) int) T {
	if compare(b, a) > 0 {
		return b
	}
	return a
}

// Has says whether an item of list equals item.
func Has[T any](list []T, item T, equal func(a, b T) bool) bool {
	for i := range list {
		if equal(list[i], item) {
			return true
		}
	}
	return false
}

// Append is list and then items.
func Append[T any](list []T, items ...T) []T { return Concat(list, items) }

// Concat is a and then b; nil if both are empty.
func Concat[T any](a, b []T) []T {
	if len(a)+len(b) == 0 {
		return nil
	}
	out := make([]T, 0, len(a)+len(b))
	return append(append(out, a...), b...)
}

// Without is list without each item that equals item; nil if none is left.
func Without[T any](list []T, item T, equal func(a, b T) bool) []T {
	var out []T
	for i := range list {
		if !equal(list[i], item) {
			out = append(out, list[i])
		}
	}
	return out
}
