package eval

import (
	"bytes"
	"cmp"
	"fmt"
	"strings"

	"github.com/fluvius-io/fluvius-go/runtime/decimals"
)

// equal tells whether two values of one type are the same: deep, and by value.
func (r *run) equal(a, b Value) bool {
	r.step(1)
	_, noA := a.(None)
	_, noB := b.(None)
	if noA || noB {
		return noA && noB
	}
	switch a := a.(type) {
	case Decimal:
		b, ok := b.(Decimal)
		return ok && decimals.Equal(a.Decimal, b.Decimal)
	case Time:
		b, ok := b.(Time)
		return ok && a.Time.Equal(b.Time)
	case Bytes:
		b, ok := b.(Bytes)
		return ok && bytes.Equal(a, b)
	case JSON:
		b, ok := b.(JSON)
		return ok && bytes.Equal(a, b)
	case List:
		return r.equalLists(a, b.(List))
	case Map:
		return r.equalMaps(a, b.(Map))
	case Struct:
		b, ok := b.(Struct)
		return ok && r.equalLists(a.Fields, b.Fields)
	}
	return a == b // all other scalars
}

func (r *run) equalLists(a, b []Value) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !r.equal(a[i], b[i]) {
			return false
		}
	}
	return true
}

func (r *run) equalMaps(a, b Map) bool {
	if len(a) != len(b) {
		return false
	}
	for k, v := range a {
		if w, ok := b[k]; !ok || !r.equal(v, w) {
			return false
		}
	}
	return true
}

// compare orders two values of one type that has an order.
func compare(a, b Value) int {
	switch a := a.(type) {
	case Int:
		return cmp.Compare(a, b.(Int))
	case Float:
		return cmp.Compare(a, b.(Float))
	case Decimal:
		return decimals.Cmp(a.Decimal, b.(Decimal).Decimal)
	case Time:
		return a.Compare(b.(Time).Time)
	case Duration:
		return cmp.Compare(a, b.(Duration))
	case Text:
		return strings.Compare(string(a), string(b.(Text)))
	}
	panic(fmt.Sprintf("the evaluator does not know an order of %T", a))
}
