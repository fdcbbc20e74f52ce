package trial

import (
	"math/rand/v2"

	"github.com/fluvius-io/fluvius-go/runtime/value"
)

// Random makes values. It is not safe for concurrent use.
type Random struct {
	*rand.Rand
	extent extent
	edges  float64 // how often, of 1, a value is one at the edge of its type
	depth  int     // of lists, maps and optionals in each other
	huge   int     // how many huge texts may still be made: a value stays one that a store takes
	hints  []any   // for a value that has to fulfil a `where`
}

// extent is what kind of values are made. The two extremes are tried once each, so that no run misses them.
type extent int

const (
	mixed extent = iota
	least        // nothing in anything: empty, none, the smallest number
	most         // something in everything: filled, present, the largest number
)

func newRandom(seed, stream uint64) *Random {
	return &Random{Rand: rand.New(rand.NewPCG(seed, stream)), edges: ordinary}
}

// How often values are at the edge: where they are only written and read, and where they are computed with, which
// extreme numbers would end as an overflow most of the time.
const (
	frequent = 0.25
	ordinary = 0.02
)

// deepest is how far lists, maps and optionals go into each other: a type may hold itself.
const deepest = 4

// chance is true that often, of 1.
func (r *Random) chance(of float64) bool { return r.Float64() < of }

// edge tells whether the next value is one at the edge of its type.
func (r *Random) edge() bool { return r.extent == most || r.chance(r.edges) }

// oneOf is one of them.
func oneOf[T any](r *Random, all ...T) T { return all[r.IntN(len(all))] }

// length is how many items a list or map gets. The deeper, the fewer.
func (r *Random) length() int {
	longest := max(0, 3-r.depth)
	if r.depth == 3 {
		longest = 1
	}
	switch {
	case r.extent == least:
		return 0
	case r.extent == most:
		return longest
	}
	return r.IntN(longest + 1)
}

// inside makes what is in a list, a map or an optional; false if there is no such value, or it would be too deep.
func inside[T any](r *Random, make func(*Random) T) (v T, ok bool) {
	if r.depth >= deepest {
		return v, false
	}
	r.depth++
	defer func() { r.depth-- }()
	return made(r, make)
}

// unfit is the panic with which a maker gives up: it found no value that a `where` lets through.
type unfit struct{ reason string }

// made is a value, or false where its maker gave up.
func made[T any](r *Random, make func(*Random) T) (v T, ok bool) {
	depth, hints := r.depth, r.hints
	defer func() {
		if p := recover(); p != nil {
			if _, gaveUp := p.(unfit); !gaveUp {
				panic(p)
			}
			r.depth, r.hints, ok = depth, hints, false
		}
	}()
	return make(r), true
}

// Optional makes one that has a value or none.
func Optional[T any](make func(*Random) T) func(*Random) value.Optional[T] {
	return func(r *Random) value.Optional[T] {
		if r.extent == least || r.extent == mixed && r.chance(0.3) {
			return value.None[T]()
		}
		if v, ok := inside(r, make); ok {
			return value.Some(v)
		}
		return value.None[T]()
	}
}

// List makes lists of up to three items.
func List[T any](make func(*Random) T) func(*Random) []T {
	return func(r *Random) (list []T) {
		for range r.length() {
			if v, ok := inside(r, make); ok {
				list = append(list, v)
			}
		}
		if list == nil && r.chance(0.5) {
			return []T{}
		}
		return list
	}
}

// Map makes maps of up to three entries.
func Map[K comparable, V any](key func(*Random) K, make func(*Random) V) func(*Random) map[K]V {
	return func(r *Random) map[K]V {
		var m map[K]V
		for range r.length() {
			k, fits := inside(r, key)
			if v, ok := inside(r, make); ok && fits {
				if m == nil {
					m = map[K]V{}
				}
				m[k] = v
			}
		}
		return m
	}
}

// tries is how often Fit tries. A `where` that lets fewer values through than that is left to tests by hand.
const tries = 300

// Fit makes a value that c lets through. Hints are what its `where` speaks of: numbers, texts and a [Pattern]; makers
// try them and what is near them. Where nothing is found the value is given up, and what it would have been part of.
func Fit[T any](r *Random, c *value.Codec[T], make func(*Random) T, hints ...any) T {
	extent, outer := r.extent, r.hints
	defer func() { r.extent, r.hints = extent, outer }()
	r.hints = hints
	var reason string
	for range tries {
		v := make(r)
		err := c.Check(&v)
		if err == nil {
			return v
		}
		reason, r.extent = err.Error(), mixed
	}
	panic(unfit{reason})
}

// NotNull makes what c does not write as null, which as an optional would be read as none.
func NotNull[T any](c *value.Codec[T], make func(*Random) T) func(*Random) T {
	return func(r *Random) T {
		for range tries {
			v := make(r)
			if value.NotNull(c, value.Some(v)).IsSome() {
				return v
			}
		}
		panic(unfit{"it is always null"})
	}
}
