package eval

import (
	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/runtime/decimals"
	"github.com/fluvius-io/fluvius-go/runtime/value"
)

// writer writes values as JSON. With wheres, a value that its `where` does not hold for is marked as one that cannot
// be written: so that the place of it is found in the same way, and told in the same words.
type writer struct {
	run    *run
	wheres bool
}

const tooLong = "the value is too long, or holds itself"

func (w writer) value(dst []byte, t model.Type, v Value) []byte {
	switch t := t.(type) {
	case *model.Optional:
		if _, none := v.(None); none {
			return append(dst, "null"...)
		}
		return w.value(dst, t.Elem, v)
	case *model.Scalar:
		if w.wheres && t.Where != nil && !w.run.holds(t, v) {
			return value.MarkFault(dst, "not "+source.Article(t.Name)+": "+t.WhereText)
		}
		return w.value(dst, t.Base, v)
	case *model.List:
		return value.AppendList(dst, v.(List), func(dst []byte, item Value) []byte { return w.value(dst, t.Elem, item) })
	case *model.Map:
		item := func(dst []byte, item Value) []byte { return w.value(dst, t.Elem, item) }
		return value.AppendMap(dst, v.(Map), w.run.key(t.Key), item)
	case *model.Struct:
		return w.object(dst, t.Fields, v.(Struct).Fields)
	}
	return w.scalar(dst, v)
}

func (w writer) scalar(dst []byte, v Value) []byte {
	switch v := v.(type) {
	case Text:
		return value.AppendString(dst, v)
	case Bool:
		return value.AppendBool(dst, v)
	case Int:
		return value.AppendInt(dst, v)
	case Float:
		return value.AppendFloat(dst, v)
	case Decimal:
		return decimals.Append(dst, v.Decimal)
	case Time:
		return value.AppendTime(dst, v.Time)
	case Duration:
		return value.AppendDuration(dst, v)
	case Bytes:
		return value.AppendBytes(dst, v)
	case JSON:
		return value.AppendJSON(dst, v)
	case Enum:
		return value.AppendEnum(dst, v.Index, w.run.codecEnum(v.Of))
	case Foreign:
		if v.JSON == "" {
			w.run.fail(&UnsupportedError{What: "only Go knows the zero of " + v.Of.Name})
		}
		return value.AppendJSON(dst, []byte(v.JSON))
	}
	return value.MarkFault(dst, "no value")
}

// object writes fields; an optional one that is none is left out.
func (w writer) object(dst []byte, fields []*model.Field, values []Value) []byte {
	if len(dst) > value.MaxText {
		return value.MarkFault(dst, tooLong)
	}
	dst = append(dst, '{')
	for i, f := range fields {
		if _, none := values[i].(None); none {
			continue
		}
		dst = w.value(value.AppendField(dst, f.Name), f.Type, values[i])
	}
	return append(dst, '}')
}

// encode writes the fields of a payload that can be written and of which every `where` holds.
func (r *run) encode(fields []*model.Field, values []Value) (string, error) {
	text := writer{run: r}.object(nil, fields, values)
	if err := value.Fault(text); err != nil {
		return "", invalid(err)
	}
	r.room(len(text))
	if err := value.Fault(writer{run: r, wheres: true}.object(nil, fields, values)); err != nil {
		return "", invalid(err)
	}
	return string(text), nil
}

// holds tells whether the `where` of a named scalar holds for a value. One that cannot be computed does not.
func (r *run) holds(t *model.Scalar, v Value) (ok bool) {
	overflow := r.overflows(func() {
		f := &frame{run: r, builtins: map[model.BuiltinKind]Value{model.Value: v}}
		ok = bool(f.eval(t.Where).(Bool))
	})
	return ok && !overflow
}

// key orders and writes the keys of a map.
func (r *run) key(t model.Type) value.Key[Value] {
	if e, ok := t.(*model.Enum); ok {
		return enumKey{of: e, key: value.EnumKey[int]{Enum: r.codecEnum(e)}}
	}
	if kindOf(t) == model.Int {
		return intKey{}
	}
	return textKey{}
}

type textKey struct{}

func (textKey) Compare(a, b Value) int {
	return value.TextKey[Text]{}.Compare(a.(Text), b.(Text))
}

func (textKey) AppendKey(dst []byte, k Value) []byte {
	return value.TextKey[Text]{}.AppendKey(dst, k.(Text))
}

func (textKey) ParseKey(text string) (Value, string) { return Text(text), "" }

type intKey struct{}

func (intKey) Compare(a, b Value) int {
	return value.IntKey{}.Compare(int64(a.(Int)), int64(b.(Int)))
}

func (intKey) AppendKey(dst []byte, k Value) []byte {
	return value.IntKey{}.AppendKey(dst, int64(k.(Int)))
}

func (intKey) ParseKey(text string) (Value, string) {
	n, reason := value.IntKey{}.ParseKey(text)
	return Int(n), reason
}

type enumKey struct {
	of  *model.Enum
	key value.EnumKey[int]
}

func (k enumKey) Compare(a, b Value) int { return k.key.Compare(a.(Enum).Index, b.(Enum).Index) }

func (k enumKey) AppendKey(dst []byte, v Value) []byte { return k.key.AppendKey(dst, v.(Enum).Index) }

func (k enumKey) ParseKey(text string) (Value, string) {
	i, reason := k.key.ParseKey(text)
	return Enum{Of: k.of, Index: i}, reason
}
