package check

import (
	"strings"
	"unicode"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// aggregate is one aggregate, as written and as it becomes.
type aggregate struct {
	bindings map[string]*binding // see stateBindings; made on first use
	folding  *scope              // see foldScope; made on first use
	deciding *scope              // see barredScope; made on first use

	decl       *syntax.Aggregate
	model      *model.Aggregate
	second     bool // another aggregate, first, had the name before
	first      *aggregate
	state      *syntax.State
	moreState  [][]*syntax.Field // of a second state
	events     []*event
	misplaced  []string // keys that are declared here and belong to another aggregate
	upcasts    []*syntax.Upcast
	applies    map[string]*syntax.Apply // by key
	derives    []*derive
	errors     []*errorDecl
	actions    []*action
	invariants []*syntax.Invariant
	snapshot   *syntax.Snapshot
	tests      []*syntax.Test
	fields     map[string]*model.Field // of the state
}

type errorDecl struct {
	decl  *syntax.ErrorDecl
	more  [][]*syntax.Field // of other declarations of it
	model *model.ErrorDecl
	used  bool
}

type action struct {
	decl   *syntax.Action
	more   [][]*syntax.Field // of other declarations of it
	model  *model.Action
	broken bool // a key of its clauses is wrong, which was reported

	undeclared []string // keys that its body emits and no clause has, which was reported
}

func newAggregate(decl *syntax.Aggregate, domain *model.Domain, name string) *aggregate {
	m := &model.Aggregate{Domain: domain, Name: name, Wire: kebab(name), Doc: decl.Doc, Span: decl.Name.Span}
	if decl.As != nil {
		m.Wire = decl.As.Value
	}
	m.ID = &model.ID{GoName: name + "ID", Domain: domain}
	return &aggregate{decl: decl, model: m, applies: map[string]*syntax.Apply{}, fields: map[string]*model.Field{}}
}

func (c *checker) collectAggregate(decl *syntax.Aggregate) {
	name := decl.Name.Name
	a := newAggregate(decl, c.domain, name)
	c.declared.aggregates = append(c.declared.aggregates, a)
	if first := c.declared.byName[name]; first != nil {
		c.declaredTwice("aggregate", decl.Name, first.decl.Name.Span)
		a.second = true
		a.first = first
		return
	}
	c.checkWireName(a)
	c.declared.byName[name] = a
	c.domain.Aggregates = append(c.domain.Aggregates, a.model)
}

// repeats tells whether a is another declaration of an aggregate: then that is reported, and not each member that
// is there again.
func (a *aggregate) repeats(other *model.Aggregate) bool { return a.second && a.first.model == other }

// checkWireName checks the name that stands in every stored event of the aggregate.
func (c *checker) checkWireName(a *aggregate) {
	at := a.decl.Name.Span
	if a.decl.As != nil {
		at = a.decl.As.Span
	}
	if a.model.Wire == "" || strings.ContainsFunc(a.model.Wire, unicode.IsControl) {
		c.mended("give it a name as it shall stand in stored events",
			source.New(codeWireName, at, "the wire name of %s is empty or has control characters", a.model.Name))
		return
	}
	for _, other := range c.declared.aggregates {
		if other != a && !other.second && other.model.Wire == a.model.Wire {
			d := source.New(codeWireName, at, "%s and %s have one wire name, %q: their events could not be told apart", other.model.Name, a.model.Name, a.model.Wire)
			d.Related = firstDeclared(other.decl.Name.Span)
			d.Mend = "give one of them another: aggregate " + a.model.Name + ` as "…"`
			c.report(d)
		}
	}
}

// collectMembers finds what is declared in an aggregate.
func (c *checker) collectMembers(a *aggregate) {
	for _, member := range a.decl.Members {
		switch m := member.(type) {
		case *syntax.State:
			c.collectState(a, m)
		case *syntax.Event:
			c.collectEvent(a, m)
		case *syntax.Upcast:
			a.upcasts = append(a.upcasts, m)
		case *syntax.Apply:
			c.collectApply(a, m)
		case *syntax.ErrorDecl:
			c.collectError(a, m)
		case *syntax.Action:
			c.collectAction(a, m)
		case *syntax.Derive:
			a.derives = append(a.derives, &derive{decl: m})
		case *syntax.Invariant:
			a.invariants = append(a.invariants, m)
		case *syntax.Snapshot:
			c.collectSnapshot(a, m)
		case *syntax.Test:
			a.tests = append(a.tests, m)
		}
	}
	c.finishEvents(a)
}

func (c *checker) collectState(a *aggregate, decl *syntax.State) {
	if a.state != nil {
		d := source.New(codeStateTwice, keyword(decl.Span, "state"), "%s already has a state", a.model.Name)
		d.Related = firstDeclared(keyword(a.state.Span, "state"))
		d.Mend = "put the fields of both into one state"
		c.report(d)
		a.moreState = append(a.moreState, decl.Fields)
		return
	}
	a.state = decl
	a.model.StateDoc = decl.Doc
}

// keyword is the place of the word that a declaration begins with.
func keyword(whole source.Span, word string) source.Span {
	if strings.HasPrefix(whole.Text(), word) {
		return whole.File.Span(whole.Start, whole.Start+len(word))
	}
	return whole
}

func (c *checker) collectApply(a *aggregate, decl *syntax.Apply) {
	if first := a.applies[decl.Key.Name]; first != nil {
		d := source.New(codeApplyTwice, decl.Key.Span, "%s is applied twice", decl.Key.Name)
		d.Related = firstDeclared(first.Key.Span)
		d.Mend = "put both into one apply"
		c.report(d)
		return
	}
	a.applies[decl.Key.Name] = decl
}

func (c *checker) collectError(a *aggregate, decl *syntax.ErrorDecl) {
	name := decl.Name.Name
	if first := c.errorNamed(name); first != nil {
		first.more = append(first.more, decl.Params)
		if a.repeats(first.model.Aggregate) {
			return
		}
		c.declaredTwice("error", decl.Name, first.decl.Name.Span)
		return
	}
	m := &model.ErrorDecl{Aggregate: a.model, Name: name, Code: kebab(name), Doc: decl.Doc, Span: decl.Name.Span}
	c.checkErrorCode(m)
	a.errors = append(a.errors, &errorDecl{decl: decl, model: m})
	a.model.Errors = append(a.model.Errors, m)
}

// errorNamed is the error of that name, of whatever aggregate.
func (c *checker) errorNamed(name string) *errorDecl {
	for _, a := range c.declared.aggregates {
		for _, e := range a.errors {
			if e.model.Name == name {
				return e
			}
		}
	}
	return nil
}

// checkErrorCode reports two errors that a program could not tell apart by their codes: APIDown and ApiDown.
func (c *checker) checkErrorCode(m *model.ErrorDecl) {
	for _, a := range c.declared.aggregates {
		for _, other := range a.errors {
			if other.model.Code == m.Code {
				d := source.New(codeErrorCode, m.Span, "the errors %s and %s have one code, %s", other.model.Name, m.Name, m.Code)
				d.Related = firstDeclared(other.model.Span)
				d.Mend = renameOne
				c.report(d)
				return
			}
		}
	}
}

func (c *checker) collectAction(a *aggregate, decl *syntax.Action) {
	name := decl.Name.Name
	for _, other := range c.declared.aggregates {
		if first := other.actionNamed(name); first != nil {
			first.more = append(first.more, decl.Params)
			if a.repeats(other.model) {
				return
			}
			c.declaredTwice("action", decl.Name, first.decl.Name.Span)
			return
		}
	}
	m := &model.Action{Aggregate: a.model, Name: name, ByHand: decl.ByHand, Doc: decl.Doc, Span: decl.Name.Span}
	a.actions = append(a.actions, &action{decl: decl, model: m})
	a.model.Actions = append(a.model.Actions, m)
}

func (a *aggregate) actionNamed(name string) *action {
	for _, action := range a.actions {
		if action.model.Name == name {
			return action
		}
	}
	return nil
}

func (c *checker) collectSnapshot(a *aggregate, decl *syntax.Snapshot) {
	if a.snapshot != nil {
		d := source.New(codeSnapshot, keyword(decl.Span, "snapshot"), "%s says twice when to make a snapshot", a.model.Name)
		d.Mend = removeOne
		d.Related = firstDeclared(keyword(a.snapshot.Span, "snapshot"))
		c.report(d)
		return
	}
	a.snapshot = decl
	a.model.Snapshot = decl.Every.Value
}

// checkAggregate checks what is in an aggregate, in the order in which one needs the other.
func (c *checker) checkAggregate(a *aggregate) {
	c.checkDerives(a)
	c.checkUpcasts(a)
	c.checkFolds(a)
	c.checkErrors(a)
	c.checkActions(a)
	c.checkInvariants(a)
}
