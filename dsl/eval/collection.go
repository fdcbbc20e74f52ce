package eval

import (
	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/runtime/value"
)

// index is x[i]: an optional, or the item itself behind a guard.
func (f *frame) index(x *model.Index) Value {
	from, i := f.eval(x.X), f.eval(x.I)
	var v Value
	if list, ok := from.(List); ok {
		v = at(list, int64(i.(Int)))
	} else if entry, ok := from.(Map)[i]; ok {
		v = entry
	} else {
		v = None{}
	}
	if x.Guarded {
		return f.guarded(v)
	}
	return notNull(v)
}

func (f *frame) in(x *model.In) Value {
	item, from := f.eval(x.X), f.eval(x.Y)
	if m, ok := from.(Map); ok {
		_, found := m[item]
		return Bool(found)
	}
	for _, other := range from.(List) {
		if f.equal(other, item) {
			return Bool(true)
		}
	}
	return Bool(false)
}

// keys are the keys of a map, in the order of JSON.
func (r *run) keys(t model.Type, m Map) List {
	r.step(len(m))
	r.room(slot * len(m))
	return value.Keys(m, r.key(t.(*model.Map).Key))
}

func (f *frame) values(t model.Type, m Map) List {
	list := f.keys(t, m)
	for i, k := range list {
		list[i] = m[k]
	}
	return list
}

// item is one item of what a comprehension goes over, as its variables see it.
type item struct{ key, value Value }

func (f *frame) items(x *model.Comprehension) []item {
	var items []item
	switch over := f.eval(x.Over).(type) {
	case List:
		for i, v := range over {
			items = append(items, item{Int(i), v})
		}
	case Map:
		for _, k := range f.keys(x.Over.Type(), over) {
			items = append(items, item{k, over[k]})
		}
	}
	f.room(slot * len(items))
	return items
}

func (f *frame) comprehension(x *model.Comprehension) Value {
	result := f.beforeItems(x)
	for _, it := range f.items(x) {
		f.step(1)
		f.bind(x.First, it.key)
		f.bind(x.Second, it.value)
		if x.If != nil && !f.holds(x.If) {
			continue
		}
		var done bool
		if result, done = f.withItem(x, result, it); done {
			break
		}
	}
	return result
}

// beforeItems is what a comprehension is of nothing.
func (f *frame) beforeItems(x *model.Comprehension) Value {
	switch x.Func {
	case "all":
		return Bool(true)
	case "filter":
		if _, ok := x.T.(*model.Map); ok {
			return Map{}
		}
	}
	return f.zero(x.T)
}

// withItem is the result with one more item, and whether the items after it make no difference.
func (f *frame) withItem(x *model.Comprehension, result Value, it item) (Value, bool) {
	body := f.eval(x.Body)
	switch x.Func {
	case "sum":
		return f.arithmetic("+", result, body), false
	case "map":
		f.room(slot)
		return append(result.(List), body), false
	case "count":
		if body.(Bool) {
			return result.(Int) + 1, false
		}
		return result, false
	case "all", "any":
		return body, bool(body.(Bool)) == (x.Func == "any")
	}
	if !body.(Bool) { // filter
		return result, false
	}
	f.room(slot)
	if m, ok := result.(Map); ok {
		m[it.key] = it.value
		return m, false
	}
	return append(result.(List), it.value), false
}
