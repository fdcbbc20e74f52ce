package eval

import (
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/runtime/decimals"
	"github.com/fluvius-io/fluvius-go/runtime/value"
)

func (f *frame) call(x *model.Call) Value {
	args := make([]Value, len(x.Args))
	for i, arg := range x.Args {
		args[i] = f.eval(arg)
	}
	switch x.Func {
	case "len":
		return length(args[0])
	case "abs":
		return f.abs(args[0])
	case "round":
		return f.round(args[0], int64(args[1].(Int)))
	case "div_round":
		a, b := args[0].(Decimal), args[1].(Decimal)
		return computed(f.run, Decimal{decimals.DivRound(&f.calc, a.Decimal, b.Decimal, int64(args[2].(Int)))})
	case "min", "max":
		return extreme(x.Func, args)
	case "first":
		return notNull(at(args[0].(List), 0))
	case "last":
		list := args[0].(List)
		return notNull(at(list, int64(len(list))-1))
	case "keys":
		return f.keys(x.Args[0].Type(), args[0].(Map))
	case "values":
		return f.values(x.Args[0].Type(), args[0].(Map))
	case "join":
		return f.join(args[0].(List), string(args[1].(Text)))
	}
	return f.textCall(x.Func, args)
}

// textCall is a function of strings.
func (f *frame) textCall(name string, args []Value) Value {
	s, part := string(args[0].(Text)), ""
	if len(args) > 1 {
		part = string(args[1].(Text))
	}
	f.step(1 + len(s)/64)
	switch name {
	case "lower":
		f.room(len(s))
		return Text(value.Lower(s))
	case "upper":
		f.room(len(s))
		return Text(value.Upper(s))
	case "trim":
		return Text(value.Trim(s))
	case "contains":
		return Bool(value.Contains(s, part))
	case "starts_with":
		return Bool(value.StartsWith(s, part))
	case "ends_with":
		return Bool(value.EndsWith(s, part))
	case "before":
		return Text(value.Before(s, part))
	case "after":
		return Text(value.After(s, part))
	case "split":
		return f.split(s, part)
	}
	panic(fmt.Sprintf("the evaluator does not know the function %s", name))
}

func (f *frame) split(s, sep string) Value {
	parts := value.Split(s, sep)
	f.room(slot * len(parts))
	list := make(List, len(parts))
	for i, p := range parts {
		list[i] = Text(p)
	}
	return list
}

func (f *frame) join(list List, sep string) Value {
	parts := make([]string, len(list))
	for i, item := range list {
		parts[i] = string(item.(Text))
		f.room(len(parts[i]) + len(sep))
	}
	return Text(value.Join(parts, sep))
}

func length(v Value) Value {
	switch v := v.(type) {
	case Text:
		return Int(value.Len(string(v)))
	case List:
		return Int(len(v))
	}
	return Int(len(v.(Map)))
}

func (f *frame) abs(v Value) Value {
	switch v := v.(type) {
	case Int:
		return computed(f.run, Int(f.calc.Abs(int64(v))))
	case Float:
		return Float(math.Abs(float64(v)))
	case Decimal:
		return Decimal{decimals.Abs(v.Decimal)}
	}
	return computed(f.run, Duration(f.calc.AbsDuration(time.Duration(v.(Duration)))))
}

func (f *frame) round(v Value, places int64) Value {
	if x, ok := v.(Float); ok {
		return computed(f.run, Float(f.calc.RoundFloat(float64(x), places)))
	}
	return computed(f.run, Decimal{decimals.Round(&f.calc, v.(Decimal).Decimal, places)})
}

// extreme is min and max of two values, or of a list: there it is none if the list is empty. Of equal values it is
// the first.
func extreme(name string, args []Value) Value {
	sign := 1
	if name == "max" {
		sign = -1
	}
	if len(args) == 1 {
		list := args[0].(List)
		if len(list) == 0 {
			return None{}
		}
		return slices.MinFunc(list, func(a, b Value) int { return sign * compare(a, b) })
	}
	a, b := args[0], args[1]
	if x, ok := a.(Float); ok { // min and max of floats tell -0 from 0, as Go's do
		if y := b.(Float); sign > 0 {
			return min(x, y)
		} else {
			return max(x, y)
		}
	}
	if sign*compare(b, a) < 0 {
		return b
	}
	return a
}

// at is an item of a list, or none.
func at(list List, i int64) Value {
	if i < 0 || i >= int64(len(list)) {
		return None{}
	}
	return list[i]
}

// textOf is a scalar as it stands in a text.
func (f *frame) textOf(v Value) string {
	switch v := v.(type) {
	case Text:
		return string(v)
	case Bool:
		return value.FormatBool(bool(v))
	case Int:
		return value.FormatInt(int64(v))
	case Float:
		return value.FormatFloat(float64(v))
	case Decimal:
		return decimals.String(v.Decimal)
	case Time:
		return value.FormatTime(v.Time)
	case Duration:
		return value.FormatDuration(time.Duration(v))
	case Bytes:
		return value.FormatBytes(v)
	case Enum:
		return value.EnumText(f.codecEnum(v.Of), v.Index)
	}
	panic(fmt.Sprintf("the evaluator does not know a text of %T", v))
}
