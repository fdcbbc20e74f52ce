// Package check says whether what was written is right: names, types, folds, upcasts, decisions, lint. A tree
// goes in, a model comes out. Each rule is one function. All errors of all files are found in one run, and none
// that merely follows from another: what is wrong has the type Invalid, which fits everything.
package check

import (
	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// Resolver gives the checked domain that an import names, or nil where it could not be had; it has then
// reported why. The path is as written; from is the file that imports.
type Resolver func(imp *syntax.Import, from *source.File) *model.Domain

// Check makes the model of the domain that the files declare together. The model is nil if there are errors.
// The list is in order, errors and warnings. A nil resolver finds no import, silently.
func Check(files []*syntax.File, resolve Resolver) (*model.Domain, source.List) {
	c := newChecker(files, resolve)
	c.run()
	c.list.Sort()
	c.list = c.list.Dedup()
	if c.list.HasErrors() {
		return nil, c.list
	}
	return c.domain, c.list
}

// checker is one run.
type checker struct {
	files    []*syntax.File
	resolve  Resolver
	domain   *model.Domain
	declared *declared
	defaults []pendingDefault // found, and not looked at yet
	lets     []*variable      // of all actions
	params   []*variable      // of all actions that are not by hand
	clauses  map[*aggregate][]*clause
	list     source.List

	domainsDiffer bool // two files of the folder name two domains
}

func newChecker(files []*syntax.File, resolve Resolver) *checker {
	return &checker{files: files, resolve: resolve, domain: &model.Domain{}, declared: newDeclared(), clauses: map[*aggregate][]*clause{}}
}

// run is the passes, each of which needs only what those before it made.
func (c *checker) run() {
	c.checkDomainLines()
	c.collect()
	c.checkGoNames()
	c.resolveTypes()
	c.checkTypeDefaults()
	c.checkWheres()
	c.resolveMembers()
	c.checkDefaults()
	c.checkTypeUpcasts()
	for _, a := range c.declared.aggregates {
		c.checkAggregate(a)
	}
	c.checkTypePins()
	c.checkHandlers()
	for _, a := range c.declared.aggregates {
		c.checkTests(a)
	}
	c.lintNames()
	c.dropFollowing()
	if c.domainsDiffer {
		c.dropOtherDomains()
	}
	if !c.list.HasErrors() && !c.broken() {
		c.lintUses()
	}
}

// report adds one diagnostic.
func (c *checker) report(d source.Diagnostic) { c.list.Add(d) }

// errorf adds one diagnostic without a mend.
func (c *checker) errorf(code source.Code, at source.Span, format string, args ...any) {
	c.report(source.New(code, at, format, args...))
}

// What can be done about something that is there twice.
const (
	removeOne         = "remove one of the two"
	removeOrRename    = "remove one of the two, or give it another name"
	renameOne         = "give one of the two another name"
	chooseAnotherName = "choose another name"
)

// mended adds one diagnostic with a mend.
func (c *checker) mended(mend string, d source.Diagnostic) {
	d.Mend = mend
	c.report(d)
}

// silently tells whether f reports nothing, and takes back what it reports.
func (c *checker) silently(f func()) bool {
	before := len(c.list)
	f()
	clean := len(c.list) == before
	c.list = c.list[:before]
	return clean
}

// firstDeclared is the place of what came first, for a message about the second.
func firstDeclared(at source.Span) []source.Related {
	return related(at, "first declared here")
}

// related is one other place, none if it is nowhere.
func related(at source.Span, message string) []source.Related {
	if at.IsZero() {
		return nil
	}
	return []source.Related{{Span: at, Message: message}}
}
