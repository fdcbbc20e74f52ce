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
// The list is in order, errors and warnings.
func Check(files []*syntax.File, resolve Resolver) (*model.Domain, source.List) {
	c := &checker{files: files, resolve: resolve, domain: &model.Domain{}}
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
	files   []*syntax.File
	resolve Resolver
	domain  *model.Domain
	list    source.List
}

// report adds one diagnostic.
func (c *checker) report(d source.Diagnostic) { c.list.Add(d) }

// errorf adds one diagnostic without a mend.
func (c *checker) errorf(code source.Code, at source.Span, format string, args ...any) {
	c.report(source.New(code, at, format, args...))
}
