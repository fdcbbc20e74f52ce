package check

import (
	"slices"
	"strings"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// clause is one event that an action declares, and in which case it may emit it.
type clause struct {
	version *eventVersion
	key     syntax.Ident
	creates bool // where the aggregate does not exist
	emits   bool // where it exists
	found   bool // the body emits it
}

// decision is one action being checked.
type decision struct {
	c       *checker
	agg     *aggregate
	action  *action
	clauses []*clause
	params  map[string]*variable
	tests   map[*model.Var]model.Expr // what the lets of type bool say
}

// variable is a parameter or `let` of an action.
type variable struct {
	v    *model.Var
	what string
	used bool
}

// checkActions checks the actions of an aggregate, after all its folds, which tell what an emit may take from the
// state.
func (c *checker) checkActions(a *aggregate) {
	for _, action := range a.actions {
		d := &decision{c: c, agg: a, action: action, params: map[string]*variable{}, tests: map[*model.Var]model.Expr{}}
		d.declareEvents()
		d.body()
	}
}

// declareEvents reads the clauses `creates` and `emits`.
func (d *decision) declareEvents() {
	m := d.action.model
	m.Creates = d.clauseKeys(d.action.decl.Creates, func(c *clause) *bool { return &c.creates })
	m.Emits = d.clauseKeys(d.action.decl.Emits, func(c *clause) *bool { return &c.emits })
}

func (d *decision) clauseKeys(keys []syntax.Versioned, which func(*clause) *bool) []*model.EventVersion {
	var versions []*model.EventVersion
	for _, key := range keys {
		cl := d.clauseOf(key)
		if cl == nil {
			d.action.broken = true
			continue
		}
		if *which(cl) {
			report := source.New(codeClauseTwice, key.Name.Span, "%s is declared twice in one clause", key.Name.Name)
			report.Related = firstDeclared(cl.key.Span)
			report.Mend = removeOne
			d.c.report(report)
			continue
		}
		*which(cl) = true
		versions = append(versions, cl.version.model)
	}
	return versions
}

// clauseOf is the event of a key in a clause; both clauses of an action share it. nil where it is wrong.
func (d *decision) clauseOf(key syntax.Versioned) *clause {
	e := d.c.eventNamed(d.agg, key.Name)
	if e == nil {
		return nil
	}
	version := d.c.versionNamed(e, key.Version, e.newest())
	if version == nil {
		return nil
	}
	if known := d.clause(e); known != nil {
		if known.version != version {
			report := source.New(codeClausePins, key.Name.Span, "%s is declared in two versions: one action emits one of them", e.key)
			report.Related = firstDeclared(known.key.Span)
			report.Mend = "name the same version in both clauses"
			d.c.report(report)
			return nil
		}
		return known
	}
	if version.model.Version <= e.model.Dropped {
		report := source.New(codeDropped, key.Name.Span, "%s is dropped when it is read: emitting it would do nothing", versioned(e.key, version.model.Version))
		report.Related = related(e.version(e.model.Dropped).upcast.Key.Name.Span, "dropped here")
		report.Mend = "emit another event, or remove the upcast to nothing"
		d.c.report(report)
		return nil
	}
	if !version.model.Newest {
		version.model.Pinned = true
	}
	known := &clause{version: version, key: key.Name}
	d.clauses = append(d.clauses, known)
	return known
}

func (d *decision) clause(e *event) *clause {
	for _, cl := range d.clauses {
		if cl.version.of == e {
			return cl
		}
	}
	return nil
}

// body types what the action does.
func (d *decision) body() {
	s := d.scope()
	if d.action.decl.ByHand {
		return
	}
	for _, param := range d.action.model.Params {
		if v := d.params[param.Name]; v != nil {
			d.c.params = append(d.c.params, v)
		}
	}
	stmts, inner := d.stmts(s, d.action.decl.Body)
	if !emitsAnything(d.action.decl.Body) {
		if emit := d.impliedEmit(inner); emit != nil {
			stmts = append(stmts, emit)
		}
	}
	d.action.model.Body = stmts
	d.c.clauses[d.agg] = append(d.c.clauses[d.agg], d.clauses...)
}

// barredScope is what no action of an aggregate may name, though it stands near.
func (a *aggregate) barredScope() *scope {
	if a.deciding != nil {
		return a.deciding
	}
	outer := newScope(nil)
	for name := range a.stateBindings(nil) {
		outer.bind(name, &binding{what: "the state field " + name, barred: "an action reads the state through state", mend: "write state." + name})
	}
	if outer.lookup("timestamp") == nil {
		outer.bind("timestamp", &binding{barred: "only an upcast knows the timestamp of a stored event", mend: "write now"})
	}
	for _, name := range []string{"event", "old"} {
		if outer.lookup(name) == nil {
			outer.bind(name, &binding{barred: "an action decides on its parameters and the state", mend: "read a parameter by its name, or a field of the state as state.field"})
		}
	}
	a.deciding = outer
	return outer
}

// scope is what an action sees.
func (d *decision) scope() *scope {
	s := newScope(d.agg.barredScope())
	s.bind("id", builtin("the id", model.IDValue, d.agg.model.ID))
	s.bind("now", builtin("the time", model.Now, timeType))
	s.bind("actor", builtin("the actor", model.Actor, stringType))
	s.bind("metadata", builtin("the metadata", model.Metadata, mapOfStrings))
	s.bind("exists", builtin("whether the aggregate exists", model.Exists, boolType))
	s.bind("state", &binding{what: "the state", fields: d.agg.stateBindings(nil)})
	for _, param := range d.action.model.Params {
		d.bindParam(s, param)
	}
	switch decl := d.action.decl; {
	case len(decl.Creates) == 0:
		return s.withExists(true)
	case len(decl.Emits) == 0:
		return s.withExists(false)
	}
	return s
}

// bindParam makes a parameter readable. One with a default has its plain type: the default fills in before.
func (d *decision) bindParam(s *scope, param *model.Field) {
	if slices.Contains(actionParams.reserved, param.Name) {
		return // reported
	}
	v := &variable{v: &model.Var{Kind: model.Param, Name: param.Name, T: param.Type, Field: param, Span: param.Span}, what: "the parameter"}
	d.params[param.Name] = v
	s.bind(param.Name, readVar(v.v, "the parameter "+param.Name, &v.used))
}

// stmts types statements in their order, and gives the scope behind them. A `require` shows what holds in all
// that follows it.
func (d *decision) stmts(s *scope, body []syntax.Stmt) ([]model.Stmt, *scope) {
	var stmts []model.Stmt
	for _, stmt := range body {
		switch stmt := stmt.(type) {
		case *syntax.Require:
			require, after := d.require(s, stmt)
			s = after
			if require != nil {
				stmts = append(stmts, require)
			}
		case *syntax.Let:
			let, after := d.let(s, stmt)
			s = after
			stmts = append(stmts, let)
		case *syntax.Emit:
			if emit := d.emit(s, stmt); emit != nil {
				stmts = append(stmts, emit)
			}
		case *syntax.If:
			stmts = append(stmts, d.branch(s, stmt))
		}
	}
	return stmts, s
}

// cond is a test and what follows from it. What a `let` says of `exists` is followed too: `let fresh = !exists`.
func (d *decision) cond(s *scope, e syntax.Expr) (test model.Expr, yes, no *scope) {
	test, yes, no = d.c.cond(s, e)
	ifHeld, ifNot := shown(d.spellOut(test))
	return test, yes.knowing(aboutExists(ifHeld)), no.knowing(aboutExists(ifNot))
}

// spellOut is a test with the lets in it replaced by their values.
func (d *decision) spellOut(test model.Expr) model.Expr {
	switch x := test.(type) {
	case *model.Ref:
		if value := d.tests[x.Var]; value != nil {
			return value
		}
	case *model.Unary:
		return &model.Unary{Base: x.Base, Op: x.Op, X: d.spellOut(x.X)}
	case *model.Binary:
		return &model.Binary{Base: x.Base, Op: x.Op, X: d.spellOut(x.X), Y: d.spellOut(x.Y)}
	}
	return test
}

func aboutExists(known facts) facts {
	return slices.DeleteFunc(slices.Clone(known), func(f fact) bool { return f.kind != existing })
}

func (d *decision) require(s *scope, stmt *syntax.Require) (*model.Require, *scope) {
	cond, yes, no := d.cond(s, stmt.Cond)
	e := d.c.errorOf(d.agg, stmt.Error)
	if e == nil {
		for _, arg := range stmt.Args {
			d.c.expr(no, arg, invalidType)
		}
		return nil, yes
	}
	e.used = true
	return &model.Require{Cond: cond, Error: e.model, Args: d.c.errorArgs(no, e, stmt), Span: stmt.Span}, yes
}

func (d *decision) let(s *scope, stmt *syntax.Let) (*model.Let, *scope) {
	value := d.c.expr(s, stmt.Value, nil)
	name := stmt.Name
	v := &variable{v: &model.Var{Kind: model.LetVar, Name: name.Name, T: value.Type(), Span: name.Span}, what: "the let"}
	d.c.lets = append(d.c.lets, v)
	if kindOf(value.Type()) == model.Bool {
		d.tests[v.v] = d.spellOut(value)
	}
	inner := newScope(s)
	if !d.c.declare(inner, name, readVar(v.v, "the let "+name.Name, &v.used)) {
		v.v.T = invalidType // what reads it may mean the other one
	}
	return &model.Let{Var: v.v, Value: value, Span: stmt.Span}, inner
}

func (d *decision) branch(s *scope, stmt *syntax.If) *model.If {
	cond, yes, no := d.cond(s, stmt.Cond)
	then, _ := d.stmts(yes, stmt.Then)
	other, _ := d.stmts(no, stmt.Else)
	return &model.If{Cond: cond, Then: then, Else: other, Span: stmt.Span}
}

// emitsAnything tells whether an `emit` stands anywhere in a body.
func emitsAnything(body []syntax.Stmt) bool {
	return slices.ContainsFunc(body, func(stmt syntax.Stmt) bool {
		switch stmt := stmt.(type) {
		case *syntax.Emit:
			return true
		case *syntax.If:
			return emitsAnything(stmt.Then) || emitsAnything(stmt.Else)
		}
		return false
	})
}

// impliedEmit is the one declared event at the end of a body without `emit`.
func (d *decision) impliedEmit(s *scope) *model.Emit {
	name := d.action.decl.Name
	switch {
	case d.action.broken:
	case len(d.clauses) == 1:
		return d.emitEvent(s, d.clauses[0], d.clauses[0].key, nil)
	case len(d.clauses) > 1:
		var keys []string
		for _, cl := range d.clauses {
			keys = append(keys, cl.version.of.key)
		}
		report := source.New(codeNoEmit, name.Span, "%s declares %s and emits none, so nothing says which is meant", d.action.model.Name, count(len(keys), "event"))
		report.Mend = "emit what is meant: emit " + strings.Join(keys, ", or emit ")
		d.c.report(report)
	}
	return nil
}
