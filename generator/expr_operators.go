package generator

import (
	"math"

	"github.com/dave/jennifer/jen"

	"github.com/fluvius-io/fluvius-go/dsl/model"
)

func (b *block) unary(x *model.Unary) code {
	if x.Op == "!" {
		return b.negation(x.X)
	}
	if l, ok := x.X.(*model.Literal); ok {
		if c, ok := b.negative(l); ok {
			return c
		}
	}
	v := b.expr(x.X)
	switch kindOf(x.X.Type()) {
	case model.Decimal:
		return v.method("Neg")
	case model.Float:
		return code{jen: jen.Op("-").Add(v.at(precPrimary)), prec: precUnary}
	case model.Duration:
		return b.failing("NegDuration", v.arg())
	}
	return b.failing("Neg", v.arg())
}

// negative is a literal with a minus before it.
func (b *block) negative(l *model.Literal) (code, bool) {
	switch v := l.Value.(type) {
	case int64:
		return integer(-v), v != math.MinInt64
	case float64:
		return float(-v), true
	case model.DecimalText:
		return b.decimal(negated(string(v))), true
	}
	return code{}, false
}

// opposite is the comparison that holds where the other does not. There is no NaN in the language.
var opposite = map[string]string{"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}

func isLength(x model.Expr) bool {
	c, ok := x.(*model.Call)
	return ok && c.Func == "len"
}

// negation is !x, in the words a person would choose: x != y rather than !(x == y), !a || !b rather than !(a && b).
func (b *block) negation(x model.Expr) code {
	switch x := x.(type) {
	case *model.Unary:
		if x.Op == "!" {
			return b.expr(x.X)
		}
	case *model.Binary:
		switch x.Op {
		case "&&":
			return infix(b.negation(x.X), "||", b.lazilyNot(x.Y))
		case "||":
			return infix(b.negation(x.X), "&&", b.lazilyNot(x.Y))
		}
		if op, ok := opposite[x.Op]; ok {
			turned := *x
			turned.Op = op
			if x.Op == ">" && isZero(x.Y) && isLength(x.X) {
				turned.Op = "==" // nothing is shorter than empty
			}
			return b.binary(&turned)
		}
	case *model.Literal:
		if v, ok := x.Value.(bool); ok {
			return cheap(jen.Lit(!v))
		}
	}
	return b.expr(x).not()
}

func (b *block) binary(x *model.Binary) code {
	switch x.Op {
	case "&&", "||":
		return infix(b.expr(x.X), x.Op, b.lazily(x.Y))
	case "==", "!=":
		return b.equality(x)
	case "<", "<=", ">", ">=":
		return b.order(x)
	}
	return b.arithmetic(x)
}

// calcNames is what the Calc calls an operator; decimals are functions of the same names.
var calcNames = map[string]string{"+": "Add", "-": "Sub", "*": "Mul", "/": "Div", "%": "Mod"}

func (b *block) arithmetic(x *model.Binary) code {
	l, r := b.expr(x.X), b.expr(x.Y)
	switch kindOf(x.X.Type()) {
	case model.String:
		return infix(l, "+", r)
	case model.Int:
		if kindOf(x.Y.Type()) == model.Duration {
			return b.failing("MulDuration", r.arg(), l.arg())
		}
		return b.failing(calcNames[x.Op], l.arg(), r.arg())
	case model.Float:
		return b.failing(calcNames[x.Op]+"Float", l.arg(), r.arg())
	case model.Decimal:
		return b.failingCall(decimalsPath, calcNames[x.Op], l.arg(), r.arg())
	case model.Time:
		return b.failing(timeNames[x.Op+kindName(x.Y)], l.arg(), r.arg())
	case model.Duration:
		return b.durationArithmetic(x, l, r)
	}
	if isText(x.X.Type()) {
		return infix(l, "+", r)
	}
	return val("Concat", l.arg(), r.arg())
}

var timeNames = map[string]string{"+duration": "AddTime", "-duration": "SubTime", "-time": "Between"}

func kindName(x model.Expr) string {
	if kindOf(x.Type()) == model.Time {
		return "time"
	}
	return "duration"
}

func (b *block) durationArithmetic(x *model.Binary, l, r code) code {
	switch {
	case kindOf(x.Y.Type()) == model.Time:
		return b.failing("AddTime", r.arg(), l.arg())
	case x.Op == "*":
		return b.failing("MulDuration", l.arg(), r.arg())
	}
	return b.failing(calcNames[x.Op]+"Duration", l.arg(), r.arg())
}

// order is x < y and its like.
func (b *block) order(x *model.Binary) code {
	switch kindOf(x.X.Type()) {
	case model.Time:
		return timeOrder(b.expr(x.X), x.Op, b.expr(x.Y))
	case model.Decimal:
		return b.decimalOrder(x)
	}
	return b.plain(x)
}

func timeOrder(l code, op string, r code) code {
	switch op {
	case "<":
		return l.method("Before", r.arg())
	case ">":
		return l.method("After", r.arg())
	case "<=":
		return l.method("After", r.arg()).not()
	}
	return l.method("Before", r.arg()).not()
}

var decimalOrders = map[string]string{"<": "LessThan", "<=": "LessThanOrEqual", ">": "GreaterThan", ">=": "GreaterThanOrEqual"}

func (b *block) decimalOrder(x *model.Binary) code {
	l := b.expr(x.X)
	if isZeroDecimal(x.Y) {
		switch x.Op {
		case "<":
			return l.method("IsNegative")
		case ">":
			return l.method("IsPositive")
		case "<=":
			return l.method("IsPositive").not()
		case ">=":
			return l.method("IsNegative").not()
		}
	}
	return l.method(decimalOrders[x.Op], b.expr(x.Y).arg())
}

func isZeroDecimal(x model.Expr) bool {
	switch x := x.(type) {
	case *model.Literal:
		switch v := x.Value.(type) {
		case model.DecimalText:
			return isZeroText(string(v))
		case int64:
			return v == 0
		}
	case *model.Convert:
		return x.Kind == model.IntToDecimal && isZeroDecimal(x.X)
	}
	return false
}

// plain is a comparison by an operator of Go.
func (b *block) plain(x *model.Binary) code {
	l, r := b.side(x.X, x.Y), b.side(x.Y, x.X)
	if (l.kind == machine) != (r.kind == machine) && l.kind != bare && r.kind != bare {
		l, r = code{jen: l.arg(), prec: l.prec}, code{jen: r.arg(), prec: r.prec}
	}
	return infix(l, x.Op, r)
}

// side is x as it is compared with other. A named scalar needs no conversion to its base where both are of the same
// name, or the other is a constant.
func (b *block) side(x, other model.Expr) code {
	if inner, ok := named(x); ok {
		if _, constant := constantOf(other); constant {
			return b.expr(inner)
		}
		if second, ok := named(other); ok && model.Identical(inner.Type(), second.Type()) {
			return b.expr(inner)
		}
	}
	if l, ok := constantOf(x); ok {
		return b.basic(l.Value)
	}
	return b.expr(x)
}

// named is what x is the base of, if it is one.
func named(x model.Expr) (model.Expr, bool) {
	switch x := x.(type) {
	case *model.Convert:
		return x.X, x.Kind == model.ToBase
	case *model.Builtin:
		return &raw{Base: model.Base{T: &model.ID{}}, code: name("v")}, x.Kind == model.Value
	}
	return nil, false
}
