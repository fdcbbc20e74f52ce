package eval

import (
	"fmt"
	"strings"
	"time"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/runtime/decimals"
)

// frame is what the names of an expression mean: where they are looked up depends on what it is part of.
type frame struct {
	*run
	state    func(f *model.Field) Value // a state field or derived value
	event    *Payload                   // in a fold
	old      *record                    // in an upcast
	builtins map[model.BuiltinKind]Value
	params   map[*model.Field]Value // of the action, or of the error whose text it is
	vars     map[*model.Var]Value
	elems    map[*model.Elem]Value
}

// record is fields with their values.
type record struct {
	fields []*model.Field
	values []Value
}

func (r *record) get(f *model.Field) Value { return r.values[indexOf(r.fields, f.Name)] }

// eval is the value of x.
func (f *frame) eval(x model.Expr) Value {
	f.enter()
	v := f.node(x)
	f.leave()
	return v
}

func (f *frame) node(x model.Expr) Value {
	switch x := x.(type) {
	case *model.Literal:
		return literal(x.Value)
	case *model.None:
		return None{}
	case *model.Zero:
		return f.zero(x.T)
	case *model.EnumLit:
		return Enum{Of: x.Value.Enum, Index: x.Value.Index}
	case *model.ListLit, *model.MapLit, *model.StructLit, *model.With:
		return f.composite(x)
	case *model.Ref:
		return f.ref(x.Var)
	case *model.Get:
		return f.get(x)
	case *model.Builtin:
		return f.builtins[x.Kind]
	case *model.Elem:
		return f.elems[x]
	case *model.Select:
		s := f.eval(x.X).(Struct)
		return s.Fields[indexOf(s.Of.Fields, x.Field.Name)]
	case *model.Index:
		return f.index(x)
	case *model.In:
		return f.in(x)
	case *model.Convert:
		return f.convert(x)
	case *model.Unwrap:
		return f.guarded(f.eval(x.X))
	case *model.Unary:
		return f.unary(x)
	case *model.Binary:
		return f.binary(x)
	case *model.Matches:
		return Bool(f.pattern(x.Pattern).MatchString(string(f.eval(x.X).(Text))))
	case *model.Coalesce, *model.Cond, *model.Match:
		return f.choice(x)
	case *model.Call:
		return f.call(x)
	case *model.Comprehension:
		return f.comprehension(x)
	case *model.Interpolation:
		return Text(f.text(x.Parts))
	}
	panic(fmt.Sprintf("the evaluator does not know %T", x))
}

func literal(v any) Value {
	switch v := v.(type) {
	case string:
		return Text(v)
	case bool:
		return Bool(v)
	case int64:
		return Int(v)
	case float64:
		return Float(v)
	case time.Time:
		return Time{v.UTC()}
	case time.Duration:
		return Duration(v)
	case model.DecimalText:
		return Decimal{decimals.Must(string(v))}
	}
	panic(fmt.Sprintf("the evaluator does not know a literal of %T", v))
}

// constant is the value of a default.
func (r *run) constant(x model.Expr) Value { return (&frame{run: r}).eval(x) }

// zero is the zero value of the language.
func (r *run) zero(t model.Type) Value {
	switch t := t.(type) {
	case *model.Optional:
		return None{}
	case *model.List:
		return List(nil)
	case *model.Map:
		return Map(nil)
	case *model.Enum:
		return Enum{Of: t}
	case *model.Struct:
		return r.zeroStruct(t)
	case *model.GoType:
		return Foreign{Of: t}
	}
	return zeroBasic(kindOf(t))
}

func (r *run) zeroStruct(t *model.Struct) Value {
	values := make([]Value, len(t.Fields))
	for i, f := range t.Fields {
		values[i] = r.begin(f)
	}
	return Struct{Of: t, Fields: values}
}

// begin is what a field begins with: its default, or the zero of its type.
func (r *run) begin(f *model.Field) Value {
	if f.Default != nil {
		return r.constant(f.Default)
	}
	return r.zero(f.Type)
}

func zeroBasic(k model.Kind) Value {
	switch k {
	case model.Bool:
		return Bool(false)
	case model.Int:
		return Int(0)
	case model.Float:
		return Float(0)
	case model.Decimal:
		return Decimal{}
	case model.Time:
		return Time{}
	case model.Duration:
		return Duration(0)
	case model.Bytes:
		return Bytes(nil)
	case model.JSON:
		return JSON(nil)
	}
	return Text("")
}

func (f *frame) composite(x model.Expr) Value {
	switch x := x.(type) {
	case *model.ListLit:
		f.room(slot * len(x.Items))
		list := make(List, len(x.Items))
		for i, item := range x.Items {
			list[i] = f.eval(item)
		}
		return list
	case *model.MapLit:
		f.room(slot * len(x.Keys))
		m := make(Map, len(x.Keys))
		for i, key := range x.Keys {
			m[f.eval(key)] = f.eval(x.Values[i])
		}
		return m
	case *model.StructLit:
		return Struct{Of: x.Struct, Fields: f.fields(x.Struct.Fields, x.Fields)}
	}
	return f.with(x.(*model.With))
}

// fields are the values that fields are given.
func (f *frame) fields(fields []*model.Field, inits []*model.FieldInit) []Value {
	f.room(slot * len(fields))
	values := make([]Value, len(fields))
	for _, init := range inits {
		values[indexOf(fields, init.Field.Name)] = f.eval(init.Value)
	}
	return values
}

func (f *frame) with(x *model.With) Value {
	from := f.eval(x.X).(Struct)
	f.room(slot * len(from.Fields))
	values := append([]Value(nil), from.Fields...)
	for _, init := range x.Fields {
		values[indexOf(from.Of.Fields, init.Field.Name)] = f.eval(init.Value)
	}
	return Struct{Of: from.Of, Fields: values}
}

func (f *frame) ref(v *model.Var) Value {
	if value, ok := f.vars[v]; ok {
		return value
	}
	return f.params[v.Field]
}

func (f *frame) get(x *model.Get) Value {
	switch x.From {
	case model.EventField:
		return f.event.record().get(x.Field)
	case model.OldField:
		return f.old.get(x.Field)
	}
	v := f.state(x.Field)
	if v == nil { // a derived value that could not be computed where nothing exists
		f.fail(ErrOverflow)
	}
	return v
}

// bind gives a variable its value.
func (f *frame) bind(v *model.Var, value Value) {
	if v == nil {
		return
	}
	if f.vars == nil {
		f.vars = map[*model.Var]Value{}
	}
	f.vars[v] = value
}

// guarded is an optional that a guard showed to be there.
func (f *frame) guarded(v Value) Value {
	if _, none := v.(None); none {
		f.fail(ErrOverflow)
	}
	return v
}

// choice is what evaluates one of its parts only.
func (f *frame) choice(x model.Expr) Value {
	switch x := x.(type) {
	case *model.Coalesce:
		v := f.eval(x.X)
		if _, none := v.(None); !none {
			return v
		}
		return f.eval(x.Y)
	case *model.Cond:
		if f.holds(x.C) {
			return f.eval(x.A)
		}
		return f.eval(x.B)
	}
	return f.match(x.(*model.Match))
}

// holds is a condition.
func (f *frame) holds(x model.Expr) bool { return bool(f.eval(x).(Bool)) }

func (f *frame) match(x *model.Match) Value {
	on := f.eval(x.X).(Enum)
	for _, c := range x.Cases {
		for _, v := range c.Values {
			if v.Index == on.Index {
				return f.eval(c.Body)
			}
		}
	}
	return f.eval(x.Else)
}

// text is the text of an interpolation.
func (f *frame) text(parts []model.TextPart) string {
	var b strings.Builder
	for _, p := range parts {
		if p.Expr == nil {
			b.WriteString(p.Text)
			continue
		}
		b.WriteString(f.textOf(f.eval(p.Expr)))
		f.room(b.Len())
	}
	return b.String()
}
