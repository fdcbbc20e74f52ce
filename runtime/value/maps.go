package value

import "iter"

// Lookup is m[k], or none if there is no such entry.
func Lookup[K comparable, V any](m map[K]V, k K) Optional[V] {
	if v, ok := m[k]; ok {
		return Some(v)
	}
	return Optional[V]{}
}

// HasKey says whether m has an entry k.
func HasKey[K comparable, V any](m map[K]V, k K) bool {
	_, ok := m[k]
	return ok
}

// WithKey is a copy of m in which k has the value v.
func WithKey[K comparable, V any](m map[K]V, k K, v V) map[K]V {
	out := make(map[K]V, len(m)+1)
	for key, value := range m {
		out[key] = value
	}
	out[k] = v
	return out
}

// WithoutKey is a copy of m without the entry k; nil if no entry is left.
func WithoutKey[K comparable, V any](m map[K]V, k K) map[K]V {
	var out map[K]V
	for key, value := range m {
		if key == k {
			continue
		}
		if out == nil {
			out = make(map[K]V, len(m))
		}
		out[key] = value
	}
	return out
}

// Keys are the keys of m, in the order of JSON; nil if there are none.
func Keys[K comparable, V any](m map[K]V, key Key[K]) []K {
	if len(m) == 0 {
		return nil
	}
	return sortedKeys(make([]K, 0, len(m)), m, key)
}

// Values are the values of m, in the order of their keys; nil if there are none.
func Values[K comparable, V any](m map[K]V, key Key[K]) []V {
	var out []V
	for _, k := range Keys(m, key) {
		out = append(out, m[k])
	}
	return out
}

// Entries goes through m in the order of its keys.
func Entries[K comparable, V any](m map[K]V, key Key[K]) iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		for _, k := range Keys(m, key) {
			if !yield(k, m[k]) {
				return
			}
		}
	}
}
