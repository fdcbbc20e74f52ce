package generator

import (
	"path"
	"strconv"

	"github.com/dave/jennifer/jen"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// testFile is the package's _test.go: every `test` block against the compiled code, and for each event that what is
// written is read again. ok is false where there is nothing to test.
func (p *plan) testFile() (file *jen.File, ok bool) {
	var funcs []jen.Code
	for _, a := range p.domain.Aggregates {
		if len(a.Tests) > 0 {
			funcs = append(funcs, p.testBlocks(a))
		}
		if cases := p.roundTrips(a); len(cases) > 0 {
			funcs = append(funcs, p.testRoundTrips(a, cases))
		}
	}
	if len(funcs) == 0 {
		return nil, false
	}
	file = p.file()
	file.Add(decls(append(funcs, p.testEquals()...)...))
	return file, true
}

// testBlocks is one test function an aggregate. No name of Go that a domain makes has an underscore, so that it
// cannot collide with a user's.
func (p *plan) testBlocks(a *model.Aggregate) jen.Code {
	var runs []jen.Code
	for _, t := range a.Tests {
		runs = append(runs, jen.Id("t").Dot("Run").Call(jen.Lit(t.Name), jen.Func().Params(testingT()).Block(p.testBlock(a, t)...)))
	}
	return jen.Func().Id("Test_" + a.Name).Params(testingT()).Block(runs...)
}

func testingT() jen.Code { return jen.Id("t").Op("*").Qual("testing", "T") }

// place is where something stands, as a failure names it: the file's name without its folder, so that the text does
// not depend on where the checkout is.
func place(at source.Span) string {
	if at.IsZero() {
		return "test"
	}
	return path.Base(at.File.Path) + ":" + strconv.Itoa(at.Position().Line)
}
