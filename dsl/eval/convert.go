package eval

import (
	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/runtime/decimals"
)

// notNull is a value where it becomes an optional: a null is none, as it is read once it was stored.
func notNull(v Value) Value {
	switch v := v.(type) {
	case JSON:
		if v == nil {
			return None{}
		}
	case Foreign:
		if v.JSON == "null" {
			return None{}
		}
	}
	return v
}

func (f *frame) convert(x *model.Convert) Value {
	v := f.eval(x.X)
	switch x.Kind {
	case model.ToOptional:
		return notNull(v)
	case model.IntToDecimal:
		if n, ok := v.(Int); ok {
			return Decimal{decimals.FromInt(int64(n))}
		}
	case model.InOptional:
		if _, none := v.(None); !none {
			return f.item(x, v)
		}
	case model.InList:
		from := v.(List)
		f.room(slot * len(from))
		list := make(List, len(from))
		for i, item := range from {
			list[i] = f.item(x, item)
		}
		return list
	case model.InMap:
		from := v.(Map)
		f.room(slot * len(from))
		m := make(Map, len(from))
		for _, k := range f.keys(x.X.Type(), from) {
			m[k] = f.item(x, from[k])
		}
		return m
	case model.UpcastType:
		return f.upcastType(x.Upcast, v)
	}
	return v // what has another name is the same value
}

// item converts one item.
func (f *frame) item(x *model.Convert, v Value) Value {
	if f.elems == nil {
		f.elems = map[*model.Elem]Value{}
	}
	outer := f.elems[x.Elem] // of the same conversion further out, where a type holds itself
	f.elems[x.Elem] = v
	converted := f.eval(x.Item)
	f.elems[x.Elem] = outer
	return converted
}

// upcastType is a value of the next version of its type.
func (f *frame) upcastType(u *model.TypeUpcast, old Value) Value {
	in := &frame{run: f.run, builtins: map[model.BuiltinKind]Value{
		model.OldValue:  old,
		model.Timestamp: f.builtins[model.Timestamp], model.Metadata: f.builtins[model.Metadata],
	}}
	if from, fields := old.(Struct); fields { // a type may have fields in one version, and none in another
		in.old = &record{fields: from.Of.Fields, values: from.Fields}
	}
	if u.Value != nil {
		return in.eval(u.Value)
	}
	to := u.To.(*model.Struct)
	return Struct{Of: to, Fields: in.fields(to.Fields, u.Fields)}
}
