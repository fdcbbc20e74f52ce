package eval

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/runtime/decimals"
	"github.com/fluvius-io/fluvius-go/runtime/value"
)

func (f *frame) unary(x *model.Unary) Value {
	if x.Op == "!" {
		return Bool(!f.holds(x.X))
	}
	switch v := f.eval(x.X).(type) {
	case Int:
		return computed(f.run, Int(f.calc.Neg(int64(v))))
	case Float:
		return -v
	case Decimal:
		return Decimal{decimals.Neg(v.Decimal)}
	case Duration:
		return computed(f.run, Duration(f.calc.NegDuration(time.Duration(v))))
	}
	panic("the evaluator does not know this minus")
}

func (f *frame) binary(x *model.Binary) Value {
	switch x.Op {
	case "&&":
		return Bool(f.holds(x.X) && f.holds(x.Y))
	case "||":
		return Bool(f.holds(x.X) || f.holds(x.Y))
	}
	a, b := f.eval(x.X), f.eval(x.Y)
	switch x.Op {
	case "==":
		return Bool(f.equal(a, b))
	case "!=":
		return Bool(!f.equal(a, b))
	case "<":
		return Bool(compare(a, b) < 0)
	case "<=":
		return Bool(compare(a, b) <= 0)
	case ">":
		return Bool(compare(a, b) > 0)
	case ">=":
		return Bool(compare(a, b) >= 0)
	}
	return f.arithmetic(x.Op, a, b)
}

// arithmetic is + - * / % of two values.
func (f *frame) arithmetic(op string, a, b Value) Value {
	switch a := a.(type) {
	case Int:
		if d, ok := b.(Duration); ok {
			return computed(f.run, Duration(f.calc.MulDuration(time.Duration(d), int64(a))))
		}
		return computed(f.run, Int(f.integers(op, int64(a), int64(b.(Int)))))
	case Float:
		return computed(f.run, Float(f.floats(op, float64(a), float64(b.(Float)))))
	case Decimal:
		return computed(f.run, Decimal{f.decimals(op, a.Decimal, b.(Decimal).Decimal)})
	case Time:
		return f.times(op, a.Time, b)
	case Duration:
		return f.durations(op, time.Duration(a), b)
	case Text:
		f.room(len(a) + len(b.(Text)))
		return a + b.(Text)
	case List:
		other := b.(List)
		f.room(slot * (len(a) + len(other)))
		return List(value.Concat(a, other))
	}
	panic(fmt.Sprintf("the evaluator does not know %T %s %T", a, op, b))
}

func (f *frame) integers(op string, a, b int64) int64 {
	switch op {
	case "+":
		return f.calc.Add(a, b)
	case "-":
		return f.calc.Sub(a, b)
	case "*":
		return f.calc.Mul(a, b)
	case "/":
		return f.calc.Div(a, b)
	}
	return f.calc.Mod(a, b)
}

func (f *frame) floats(op string, a, b float64) float64 {
	switch op {
	case "+":
		return f.calc.AddFloat(a, b)
	case "-":
		return f.calc.SubFloat(a, b)
	case "*":
		return f.calc.MulFloat(a, b)
	case "/":
		return f.calc.DivFloat(a, b)
	}
	return f.calc.ModFloat(a, b)
}

func (f *frame) decimals(op string, a, b decimal.Decimal) decimal.Decimal {
	switch op {
	case "+":
		return decimals.Add(&f.calc, a, b)
	case "-":
		return decimals.Sub(&f.calc, a, b)
	case "*":
		return decimals.Mul(&f.calc, a, b)
	}
	return decimals.Mod(&f.calc, a, b)
}

func (f *frame) times(op string, t time.Time, b Value) Value {
	switch b := b.(type) {
	case Time:
		return computed(f.run, Duration(f.calc.Between(t, b.Time)))
	case Duration:
		if op == "-" {
			return computed(f.run, Time{f.calc.SubTime(t, time.Duration(b))})
		}
		return computed(f.run, Time{f.calc.AddTime(t, time.Duration(b))})
	}
	panic(fmt.Sprintf("the evaluator does not know time %s %T", op, b))
}

func (f *frame) durations(op string, d time.Duration, b Value) Value {
	switch b := b.(type) {
	case Time:
		return computed(f.run, Time{f.calc.AddTime(b.Time, d)})
	case Int:
		return computed(f.run, Duration(f.calc.MulDuration(d, int64(b))))
	case Duration:
		if op == "-" {
			return computed(f.run, Duration(f.calc.SubDuration(d, time.Duration(b))))
		}
		return computed(f.run, Duration(f.calc.AddDuration(d, time.Duration(b))))
	}
	panic(fmt.Sprintf("the evaluator does not know duration %s %T", op, b))
}

// likewise is v as something that can be added to x: an int beside a decimal is one.
func likewise(x, v Value) Value {
	if n, ok := v.(Int); ok {
		if _, ok := x.(Decimal); ok {
			return Decimal{decimals.FromInt(int64(n))}
		}
	}
	return v
}
