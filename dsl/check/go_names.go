package check

import (
	"slices"
	"strconv"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// reservedNames are declared by every generated package, or are methods that every domain or aggregate has.
var (
	reservedNames      = []string{"Domain", "New", "Implementation", "Decisions", "Upcasts", "Handlers", "Event", "Command", "DecodeCommand", "FromContext"}
	reservedActions    = []string{"Load", "At", "AtSequence", "Events", "Decide"}
	reservedAggregates = []string{"Execute", "Run", "CatchUp", "WaitFor", "Records", "DeadLetters", "Retry", "Discard", "Replay", "Status"}
)

// goNames is the one name space of a generated package.
type goNames struct {
	c       *checker
	byName  map[string]goDecl
	derived []goDecl
}

// goDecl is a name of the generated package and what asks for it.
type goDecl struct {
	name string
	what string // "the event account-closed"
	at   source.Span
}

// checkGoNames checks that each name of the generated package is one thing. What was declared twice was
// reported when it was collected and is here once.
func (c *checker) checkGoNames() {
	n := &goNames{c: c, byName: map[string]goDecl{}}
	var decls []goDecl
	for _, t := range c.declared.typeOrder {
		decls = append(decls, goDecl{t.name, "the type " + t.name, t.at})
		n.deriveType(t)
	}
	for _, e := range c.declared.enumOrder {
		decls = append(decls, goDecl{e.model.Name, "the enum " + e.model.Name, e.model.Span})
		n.deriveEnum(e)
	}
	for _, a := range c.declared.aggregates {
		decls = append(decls, n.aggregate(a)...)
		n.checkRegistrations(a)
	}
	slices.SortStableFunc(decls, c.byPlace)
	for _, d := range decls {
		n.add(d)
	}
	slices.SortStableFunc(n.derived, c.byPlace)
	for _, d := range n.derived {
		n.add(d)
	}
}

// byPlace orders as people read: file by file, as they were given.
func (c *checker) byPlace(a, b goDecl) int {
	if a.at.File != b.at.File {
		return c.fileIndex(a.at.File) - c.fileIndex(b.at.File)
	}
	return a.at.Start - b.at.Start
}

func (c *checker) fileIndex(file *source.File) int {
	return slices.IndexFunc(c.files, func(f *syntax.File) bool { return f.Source == file })
}

func (n *goNames) add(d goDecl) {
	if slices.Contains(reservedNames, d.name) {
		n.reserved(d, "every generated package declares "+d.name)
		return
	}
	first, taken := n.byName[d.name]
	if !taken {
		n.byName[d.name] = d
		return
	}
	if n.c.byPlace(d, first) < 0 {
		first, d = d, first
	}
	report := source.New(codeGoNameClash, d.at, "%s and %s are both %s in Go", first.what, d.what, d.name)
	report.Related = firstDeclared(first.at)
	report.Mend = "give one of the two another name: events, actions, errors, types, enums and aggregates share one name space"
	n.c.report(report)
}

func (n *goNames) reserved(d goDecl, why string) {
	report := source.New(codeReserved, d.at, "%s cannot have that name: %s", d.what, why)
	report.Mend = chooseAnotherName
	n.c.report(report)
}

// derive adds a name that nobody wrote. It is looked at last, so that the message is about what was written.
func (n *goNames) derive(name, what string, at source.Span) {
	n.derived = append(n.derived, goDecl{name, what, at})
}

func (n *goNames) deriveType(t *typeDecl) {
	for _, v := range t.versions {
		if scalar, ok := v.typ.(*model.Scalar); ok {
			n.derive("Parse"+scalar.GoName, "the function that parses "+article(scalar), v.decl.Name.Name.Span)
		}
	}
	for _, v := range t.versions[:len(t.versions)-1] {
		n.derive(t.name+"V"+strconv.Itoa(v.version), "the type "+t.name+"@"+strconv.Itoa(v.version), v.decl.Name.Name.Span)
	}
}

func (n *goNames) deriveEnum(e *enumDecl) {
	seen := map[string]bool{} // two values of one Go name were reported
	for _, v := range e.model.Values {
		if !seen[v.GoName] {
			n.derive(v.GoName, "the value "+v.Name+" of the enum "+e.model.Name, v.Span)
		}
		seen[v.GoName] = true
	}
}

func (n *goNames) aggregate(a *aggregate) []goDecl {
	name, at := a.model.Name, a.decl.Name.Span
	var decls []goDecl
	if !a.second {
		decls = append(decls, goDecl{name, "the aggregate " + name, at})
		for _, derived := range []string{name + "ID", "New" + name + "ID", name + "Event", name + "Handle", "Fold" + name} {
			n.derive(derived, "what is generated for the aggregate "+name, at)
		}
		if slices.Contains(reservedAggregates, name) {
			n.reserved(goDecl{name, "the aggregate " + name, at}, "every domain has a method "+name)
		}
	}
	for _, e := range a.events {
		decls = append(decls, goDecl{e.model.GoName, "the event " + e.key, e.at})
		n.deriveEvent(e)
	}
	for _, e := range a.errors {
		decls = append(decls, goDecl{e.model.Name, "the error " + e.model.Name, e.decl.Name.Span})
	}
	for _, action := range a.actions {
		if action.decl.ByHand {
			n.c.checkMethodName("action", action.decl.Name, false)
		}
		decls = append(decls, goDecl{action.model.Name, "the action " + action.model.Name, action.decl.Name.Span})
		if slices.Contains(reservedActions, action.model.Name) {
			n.reserved(goDecl{action.model.Name, "the action " + action.model.Name, action.decl.Name.Span}, "the handle of every aggregate has a method "+action.model.Name)
		}
	}
	return decls
}

func (n *goNames) deriveEvent(e *event) {
	n.derive(e.model.GoName+"Key", "the key of the event "+e.key, e.at)
	for _, v := range e.versions[:len(e.versions)-1] {
		n.derive(v.model.GoName, "the event "+e.key+"@"+strconv.Itoa(v.model.Version), v.model.Span)
	}
}

// checkRegistrations keeps the methods apart with which code adds handlers: d.OnUserCreated, d.OnAny, d.OnRecord.
// A domain has a field for each aggregate beside them.
func (n *goNames) checkRegistrations(a *aggregate) {
	for _, e := range a.events {
		if e.model.GoName == "Any" || e.model.GoName == "Record" {
			n.reserved(goDecl{e.model.GoName, "the event " + e.key, e.at}, "every domain has a method On"+e.model.GoName)
		}
		if clash := n.c.declared.byName["On"+e.model.GoName]; clash != nil {
			n.reserved(goDecl{clash.model.Name, "the aggregate " + clash.model.Name, clash.decl.Name.Span}, "On"+e.model.GoName+" adds a handler of the event "+e.key)
		}
	}
	if a.model.Name == "OnAny" || a.model.Name == "OnRecord" {
		n.reserved(goDecl{a.model.Name, "the aggregate " + a.model.Name, a.decl.Name.Span}, "every domain has a method "+a.model.Name)
	}
}
