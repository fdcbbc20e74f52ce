package generator

import (
	"github.com/dave/jennifer/jen"
)

// How tightly an operator of Go binds.
const (
	precOr = iota + 1
	precAnd
	precCompare
	precSum
	precProduct
	precUnary
	precPrimary
)

// kindOfCode tells in which way the Go type of an expression may differ from the one the model says.
type kindOfCode int

const (
	exact   kindOfCode = iota // it is the Go type of the model's type
	bare                      // an untyped constant of Go: 5
	machine                   // an int of Go that stands for an int64: len(lines)
)

// code is an expression in Go. A jen.Statement grows in place, so what is in a code is never appended to: every
// method makes a new one.
type code struct {
	jen   *jen.Statement
	prec  int
	kind  kindOfCode
	cheap bool // reading it again costs nothing and cannot fail
	fresh bool // a local variable that only this expression has
	empty bool // an empty list or map, which is nil where its type is known
	brace bool // a composite literal stands in it outside of parentheses, which Go misreads in the head of an if
}

// primary is an expression that needs no parentheses anywhere.
func primary(s *jen.Statement) code { return code{jen: s, prec: precPrimary} }

// literal is a composite literal.
func literal(s *jen.Statement) code { return code{jen: s, prec: precPrimary, brace: true} }

// name is a local variable.
func name(id string) code { return code{jen: jen.Id(id), prec: precPrimary, cheap: true} }

// fresh is a local variable that was made for one expression.
func fresh(id string) code { return code{jen: jen.Id(id), prec: precPrimary, cheap: true, fresh: true} }

// at is the expression for a place where what binds looser than prec needs parentheses.
func (c code) at(prec int) *jen.Statement {
	if c.prec < prec {
		return jen.Parens(jen.Add(c.jen))
	}
	return jen.Add(c.jen)
}

// dot is c.name.
func (c code) dot(field string) code {
	return code{jen: c.at(precPrimary).Dot(field), prec: precPrimary, cheap: c.cheap, brace: c.brace}
}

// method is c.name(args).
func (c code) method(method string, args ...jen.Code) code {
	return code{jen: c.at(precPrimary).Dot(method).Call(args...), prec: precPrimary, brace: c.brace}
}

// arg is the expression where Go knows which type it wants: an argument, a field, an assignment.
func (c code) arg() *jen.Statement {
	if c.kind == machine {
		return jen.Int64().Call(jen.Add(c.jen))
	}
	return jen.Add(c.jen)
}

// put is the expression where it is assigned to something: there nil has a type.
func (c code) put() *jen.Statement {
	if c.empty {
		return jen.Nil()
	}
	return c.arg()
}

// typed is the expression where Go takes the type from it: behind :=, for a type parameter.
func (c code) typed() *jen.Statement {
	if c.kind == bare {
		return jen.Int64().Call(jen.Add(c.jen))
	}
	return c.arg()
}

// head is the expression in the head of an if, switch or for.
func (c code) head() *jen.Statement {
	if c.brace {
		return jen.Parens(c.arg())
	}
	return c.arg()
}

// typedHead is typed in the head of an if.
func (c code) typedHead() *jen.Statement {
	if c.brace {
		return jen.Parens(c.typed())
	}
	return c.typed()
}

// not is !c.
func (c code) not() code {
	return code{jen: jen.Op("!").Add(c.at(precUnary)), prec: precUnary, cheap: c.cheap, brace: c.brace}
}

// infix is x op y; both sides have one Go type, or are constants.
func infix(x code, op string, y code) code {
	prec := precedence[op]
	s := x.at(prec).Op(op).Add(y.at(prec + 1))
	return code{jen: s, prec: prec, brace: x.brace || y.brace}
}

var precedence = map[string]int{
	"||": precOr, "&&": precAnd,
	"==": precCompare, "!=": precCompare, "<": precCompare, "<=": precCompare, ">": precCompare, ">=": precCompare,
	"+": precSum, "-": precSum, "*": precProduct, "/": precProduct, "%": precProduct,
}

// call is pkg.Func(args).
func call(path, fn string, args ...jen.Code) code { return primary(jen.Qual(path, fn).Call(args...)) }

// val is a function of runtime/value.
func val(fn string, args ...jen.Code) code { return call(valuePath, fn, args...) }
