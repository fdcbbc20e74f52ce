package generator

import (
	"slices"
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/fluvius-io/fluvius-go/dsl/model"
)

// bodies is what the functions of a package share: compiled patterns, decimal constants, and functions that compare.
// All of it is found before anything is emitted, so that its order is that of the text and no emitter writes to it.
type bodies struct {
	patterns []string
	numbers  []string // texts of decimals
	names    map[string]string
	equals   []*model.Struct
	compared []*model.Struct // what only tests compare
	taken    *names          // what bodies call by a name that a local variable could have
}

// newBodies looks through everything that can be executed.
func newBodies(d *model.Domain) *bodies {
	f := &finder{found: &bodies{names: map[string]string{}}, visited: map[model.Type]bool{}}
	f.domain(d)
	f.found.nameNumbers()
	f.found.take(d)
	asked := len(f.found.equals)
	for _, a := range d.Aggregates {
		for _, t := range a.Tests {
			f.test(t)
		}
	}
	f.found.equals, f.found.compared = f.found.equals[:asked:asked], f.found.equals[asked:]
	return f.found
}

// nameNumbers calls 1.50 number1p50 and -2 numberm2, and long ones by their place.
func (b *bodies) nameNumbers() {
	for i, text := range b.numbers {
		id := "number" + strings.NewReplacer(".", "p", "-", "m").Replace(text)
		if len(text) > 12 {
			id = "numberx" + strconv.Itoa(i)
		}
		b.names[text] = id
	}
}

// take collects the names of the package that stand in bodies: a `let equal_line` must not be called equalLine.
func (b *bodies) take(d *model.Domain) {
	b.taken = &names{used: map[string]bool{}}
	for i := range b.patterns {
		b.taken.used["pattern"+strconv.Itoa(i)] = true
	}
	for _, id := range b.names {
		b.taken.used[id] = true
	}
	for _, s := range d.Structs {
		b.taken.used["equal"+s.GoName] = true
		b.taken.used["upcast"+s.GoName] = true
	}
	for _, s := range d.Scalars {
		b.taken.used["upcast"+s.GoName] = true
	}
	for _, e := range d.Enums {
		b.taken.used["enum"+e.Name] = true
	}
}

func (p *plan) pattern(re string) string {
	return "pattern" + strconv.Itoa(slices.Index(p.bodies.patterns, re))
}

func (p *plan) number(text string) string { return p.bodies.names[text] }

// patternDecls are the compiled patterns: one for each text, however often it is used.
func (p *plan) patternDecls() (decls []jen.Code) {
	for _, re := range p.bodies.patterns {
		decls = append(decls, jen.Var().Id(p.pattern(re)).Op("=").Qual("regexp", "MustCompile").Call(rawText(re)))
	}
	return decls
}

// numberDecls are the decimal constants.
func (p *plan) numberDecls() (decls []jen.Code) {
	for _, text := range p.bodies.numbers {
		decls = append(decls, jen.Var().Id(p.number(text)).Op("=").Qual(decimalsPath, "Must").Call(jen.Lit(text)))
	}
	return decls
}

// equalDecls are the functions that compare two values of a struct; testEquals are those that only tests call.
func (p *plan) equalDecls() []jen.Code { return p.equalFuncs(p.bodies.equals) }

func (p *plan) testEquals() []jen.Code { return p.equalFuncs(p.bodies.compared) }

func (p *plan) equalFuncs(structs []*model.Struct) (decls []jen.Code) {
	for _, s := range structs {
		decls = append(decls, p.equalStructFunc(s))
	}
	return decls
}

// rawText is a string as it is easiest to read: in backquotes if it has backslashes or quotes.
func rawText(text string) *jen.Statement {
	if strings.ContainsAny(text, "\\\"") && !strings.ContainsAny(text, "`\r\n\ufeff") && isPrintable(text) {
		return jen.Id("`" + text + "`")
	}
	return jen.Lit(text)
}

func isPrintable(text string) bool {
	for _, r := range text {
		if !strconv.IsPrint(r) {
			return false
		}
	}
	return true
}

// finder collects what bodies holds.
type finder struct {
	found   *bodies
	visited map[model.Type]bool
}

func (f *finder) domain(d *model.Domain) {
	for _, s := range d.Scalars {
		f.expr(s.Where)
		f.typeUpcast(s.Upcast)
	}
	for _, s := range d.Structs {
		f.fields(s.Fields)
		f.typeUpcast(s.Upcast)
	}
	for _, a := range d.Aggregates {
		f.aggregate(a)
	}
}

func (f *finder) aggregate(a *model.Aggregate) {
	f.fields(a.State)
	for _, d := range a.Derived {
		f.expr(d.Value)
	}
	for _, e := range a.Events {
		for _, v := range e.Versions {
			f.fields(v.Fields)
			if v.Upcast != nil {
				f.inits(v.Upcast.Fields)
			}
		}
		f.fold(e.Apply)
	}
	for _, e := range a.Errors {
		f.exprs(textParts(e.Text))
	}
	for _, action := range a.Actions {
		f.fields(action.Params)
		f.stmts(action.Body)
	}
	for _, i := range a.Invariants {
		f.expr(i.Cond)
	}
}

func (f *finder) fields(fields []*model.Field) {
	for _, field := range fields {
		f.expr(field.Default)
		if s, ok := field.Type.(*model.Struct); ok && field.Default == nil && !f.visited[s] {
			f.visited[s] = true
			f.fields(s.Fields)
		}
	}
}

func (f *finder) typeUpcast(u *model.TypeUpcast) {
	if u != nil {
		f.inits(u.Fields)
		f.expr(u.Value)
	}
}

func (f *finder) fold(stmts []model.FoldStmt) {
	for _, s := range stmts {
		switch s := s.(type) {
		case *model.Assign:
			f.expr(s.Index)
			f.expr(s.Value)
			if s.Op == model.Without {
				f.equal(s.Value.Type())
			}
		case *model.Remove:
			f.expr(s.Index)
		case *model.FoldIf:
			f.expr(s.Cond)
			f.fold(s.Then)
			f.fold(s.Else)
		}
	}
}

func (f *finder) stmts(stmts []model.Stmt) {
	for _, s := range stmts {
		switch s := s.(type) {
		case *model.Require:
			f.expr(s.Cond)
			f.exprs(s.Args)
		case *model.Let:
			f.expr(s.Value)
		case *model.Emit:
			f.inits(s.Fields)
		case *model.If:
			f.expr(s.Cond)
			f.stmts(s.Then)
			f.stmts(s.Else)
		}
	}
}

// test finds what a test compares. Its own expressions need nothing of the package.
func (f *finder) test(t *model.Test) {
	if t.Then == nil {
		return
	}
	for _, e := range t.Then.Events {
		f.compared(e.Fields)
	}
	f.compared(t.Then.State)
	f.compared(t.Then.Params)
}

func (f *finder) compared(fields []*model.FieldInit) {
	for _, field := range fields {
		f.equal(field.Field.Type)
	}
}

func (f *finder) inits(fields []*model.FieldInit) { f.exprs(inits(fields)) }

func (f *finder) exprs(xs []model.Expr) {
	for _, x := range xs {
		f.expr(x)
	}
}

func (f *finder) expr(x model.Expr) {
	if x != nil {
		walk(x, f.node)
	}
}

func (f *finder) node(x model.Expr) {
	switch x := x.(type) {
	case *model.Matches:
		f.found.patterns = addOnce(f.found.patterns, x.Pattern)
	case *model.Literal:
		if text, ok := x.Value.(model.DecimalText); ok {
			f.number(string(text))
		}
	case *model.Convert:
		f.constant(x)
	case *model.Unary:
		if l, ok := x.X.(*model.Literal); ok {
			if text, ok := l.Value.(model.DecimalText); ok {
				f.number(negated(string(text)))
			}
		}
	case *model.Binary:
		if (x.Op == "==" || x.Op == "!=") && !isNone(x.X) && !isNone(x.Y) {
			f.equal(x.X.Type())
		}
	case *model.In:
		if l, ok := x.Y.Type().(*model.List); ok {
			f.equal(l.Elem)
		}
	}
}

func isNone(x model.Expr) bool { _, ok := x.(*model.None); return ok }

func (f *finder) constant(x *model.Convert) {
	if l, ok := x.X.(*model.Literal); ok && x.Kind == model.IntToDecimal {
		if n, ok := l.Value.(int64); ok {
			f.number(integerText(n))
		}
	}
}

func (f *finder) number(text string) {
	if !zeroNumber(text) {
		f.found.numbers = addOnce(f.found.numbers, text)
	}
}

// equal remembers the structs for which == of Go is not enough.
func (f *finder) equal(t model.Type) {
	switch t := t.(type) {
	case *model.List, *model.Map, *model.Optional:
		f.equal(elemOf(t))
	case *model.Struct:
		if goComparable(t) || slices.Contains(f.found.equals, t) {
			return
		}
		f.found.equals = append(f.found.equals, t)
		for _, field := range t.Fields {
			f.equal(field.Type)
		}
	}
}

func addOnce(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

func integerText(n int64) string { return strconv.FormatInt(n, 10) }

func negated(text string) string {
	if rest, ok := strings.CutPrefix(text, "-"); ok {
		return rest
	}
	return "-" + text
}

// zeroNumber is what decimal.Decimal{} is: 0, without places.
func zeroNumber(text string) bool { return text == "0" || text == "-0" }

// isZeroText tells whether a decimal's text is 0 with any places.
func isZeroText(text string) bool { return strings.Trim(text, "-0.") == "" }
