package generator

import (
	"fmt"

	"github.com/dave/jennifer/jen"

	"github.com/fluvius-io/fluvius-go/dsl/model"
)

// env says how the sources of a function's expressions are spelled in Go. What a function has no use for stays nil.
type env struct {
	state    func(f *model.Field) code // a state field or derived value
	event    func() *jen.Statement     // the event of a fold
	old      *jen.Statement            // the older version of an event or struct
	cmd      *jen.Statement            // the command: its parameters are its fields
	builtins map[model.BuiltinKind]code
	scalar   *model.Scalar // whose where this is
}

// body is a function as it is emitted: what all of its blocks share.
type body struct {
	p       *plan
	inTest  bool // constants are written out: those of the package are for what is not a test
	env     env
	vars    map[*model.Var]code
	elems   map[*model.Elem]code
	derived []*model.Derived      // derived values that are computed where they are read
	params  map[*model.Field]code // parameters that stand in local variables: those with a default
	lazy    map[*model.Coalesce]bool
	calc    bool // calc was used, so that `var calc value.Calc` is needed
	given   bool // calc is a parameter, a *value.Calc, and is passed on as it is
}

// block is a run of statements. Whatever an expression needs before it can be written as one expression of Go, a loop
// for one, is put into the block; where that would come too early (behind &&, in a branch), the expression gets a
// block of its own, and becomes a function literal if that is not empty.
type block struct {
	*body
	names   *names
	stmts   []jen.Code
	early   bool   // a condition needed statements before it (see step)
	unnamed string // the value of a map that a filter keeps by a condition on its key
}

// newBlock begins a function. The parameters are the names that it has already.
func (p *plan) newBlock(e env, params ...string) *block {
	b := &body{p: p, env: e, vars: map[*model.Var]code{}, elems: map[*model.Elem]code{}, params: map[*model.Field]code{}, lazy: map[*model.Coalesce]bool{}}
	n := &names{used: map[string]bool{}}
	for _, id := range params {
		n.used[id] = true
	}
	for _, alias := range p.aliases {
		n.used[alias] = true
	}
	n.outer = p.bodies.taken
	return &block{body: b, names: n}
}

func (b *block) add(stmts ...jen.Code) { b.stmts = append(b.stmts, stmts...) }

// inner is a block in b.
func (b *block) inner() *block { return &block{body: b.body, names: b.names.inner()} }

// nested is the statements that emit makes in a block inside b.
func (b *block) nested(emit func(*block)) []jen.Code {
	in := b.inner()
	emit(in)
	return in.stmts
}

// failing is a method of the Calc: calc.Add(…).
func (b *block) failing(method string, args ...jen.Code) code {
	b.calc = true
	return primary(jen.Id("calc." + method).Call(args...))
}

// failingCall is pkg.Func(&calc, args).
func (b *block) failingCall(path, fn string, args ...jen.Code) code {
	return call(path, fn, append([]jen.Code{b.calcArg()}, args...)...)
}

// calcArg is a pointer to the function's Calc.
func (b *block) calcArg() jen.Code {
	b.calc = true
	if b.given {
		return jen.Id("calc")
	}
	return text("&calc")
}

// withCalc is the statements of b, behind the declaration of calc if they need it.
func (b *block) withCalc() []jen.Code {
	if !b.calc || b.given {
		return b.stmts
	}
	return append([]jen.Code{jen.Var().Id("calc").Qual(valuePath, "Calc")}, b.stmts...)
}

// err is what a function returns as its error when all went well: nil, or what calc met.
func (b *block) err() jen.Code {
	if !b.calc {
		return jen.Nil()
	}
	return jen.Id("calc.Err").Call()
}

// or is a domain error, unless something could not be computed before.
func (b *block) or(err jen.Code) jen.Code {
	if !b.calc {
		return err
	}
	return jen.Id("calc.Or").Call(err)
}

// declare makes a local variable of x; its name is hint if that is free.
func (b *block) declare(hint string, x model.Expr) code {
	c := b.hinted(hint, x)
	if c.fresh {
		return c
	}
	id := b.names.pick(hint)
	b.add(jen.Id(id).Op(":=").Add(c.typed()))
	return name(id)
}

// local puts c into a variable, unless it can be read as often as one likes.
func (b *block) local(hint string, c code) code {
	if c.cheap {
		return c
	}
	id := b.names.pick(hint)
	b.add(jen.Id(id).Op(":=").Add(c.typed()))
	return name(id)
}

// assign writes x to a place. Branches assign where they are.
func (b *block) assign(to *jen.Statement, hint string, x model.Expr) {
	switch x := x.(type) {
	case *model.Cond:
		b.assignCond(to, x)
	case *model.Match:
		b.assignMatch(to, x)
	default:
		if b.stays(to, x) {
			return // go vet refuses s.Total = s.Total, which is what `total = c ? x : total` comes to
		}
		b.add(jen.Add(to).Op("=").Add(b.put(hint, x)))
	}
}

// put is x where it is assigned to something of its type: a constant needs no name of a type there, an empty list
// is nil.
func (b *block) put(hint string, x model.Expr) *jen.Statement {
	if l, ok := constantOf(x); ok {
		return b.basic(l.Value).arg()
	}
	return b.hinted(hint, x).put()
}

// constantOf is a literal that Go takes for a named type too.
func constantOf(x model.Expr) (*model.Literal, bool) {
	if c, ok := x.(*model.Convert); ok && c.Kind == model.ToNamed {
		x = c.X
	}
	l, ok := x.(*model.Literal)
	if !ok {
		return nil, false
	}
	switch l.Value.(type) {
	case string, bool, int64, float64:
		return l, true
	}
	return nil, false
}

// lazily is x as one expression, computed only where it stands.
func (b *block) lazily(x model.Expr) code {
	return b.inPlace(x.Type(), func(in *block) code { return in.expr(x) })
}

// lazilyNot is !x in the same way.
func (b *block) lazilyNot(x model.Expr) code {
	return b.inPlace(x.Type(), func(in *block) code { return in.negation(x) })
}

// inPlace is what emit makes: a function literal if that takes statements.
func (b *block) inPlace(t model.Type, emit func(*block) code) code {
	in := b.inner()
	c := emit(in)
	if len(in.stmts) == 0 {
		return c
	}
	in.add(jen.Return(c.arg()))
	return primary(jen.Func().Params().Add(b.p.goType(t)).Block(in.stmts...).Call())
}

// unknown is for what the checker never lets through.
func unknown(what any) string { return fmt.Sprintf("the generator has no Go for %T", what) }
