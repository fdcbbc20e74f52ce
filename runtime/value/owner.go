package value

import "maps"

// Owner knows which lists and maps of a state one run of folds has made itself, and may therefore write into.
// Between runs a state may share them with others (a cached one, one that was handed out), so a run begins with
// the zero Owner: the first change of a field copies, and the others of the same run are made in place. Without it a
// replay of n events that each add one entry copies n²/2 of them.
//
// Fields are numbered by the generated fold; those from 64 on are never owned. An Owner is one goroutine's.
type Owner struct{ bits uint64 }

// Release says that a field may share what it holds from now on: something was assigned to it, or it was read as a
// whole.
func (o *Owner) Release(fields ...uint) {
	for _, field := range fields {
		o.bits &^= 1 << field // 0 for a field from 64 on
	}
}

// take tells whether a field is owned, and makes it so.
func (o *Owner) take(field uint) bool {
	owned := o.bits&(1<<field) != 0
	o.bits |= 1 << field
	return owned
}

// AddItem is list with an item behind it.
func AddItem[T any](o *Owner, field uint, list []T, item T) []T {
	if o.take(field) {
		return append(list, item)
	}
	return append(grown(list, 1), item)
}

// AddItems is list with the items of another behind it.
func AddItems[T any](o *Owner, field uint, list, items []T) []T {
	if len(items) == 0 {
		return list
	}
	if o.take(field) {
		return append(list, items...)
	}
	return append(grown(list, len(items)), items...)
}

// grown is a copy of list with room for n more items, and for others to come.
func grown[T any](list []T, n int) []T {
	return append(make([]T, 0, len(list)+max(n, len(list)/4+2)), list...)
}

// SetKey is m with an entry set.
func SetKey[K comparable, V any](o *Owner, field uint, m map[K]V, k K, v V) map[K]V {
	if owned := o.take(field); !owned || m == nil {
		m = cloned(m)
	}
	m[k] = v
	return m
}

// DropKey is m without an entry.
func DropKey[K comparable, V any](o *Owner, field uint, m map[K]V, k K) map[K]V {
	if _, ok := m[k]; !ok {
		return m
	}
	if !o.take(field) {
		m = cloned(m)
	}
	delete(m, k)
	if len(m) == 0 {
		return nil // empty has one form
	}
	return m
}

func cloned[K comparable, V any](m map[K]V) map[K]V {
	if m == nil {
		return make(map[K]V)
	}
	return maps.Clone(m)
}
