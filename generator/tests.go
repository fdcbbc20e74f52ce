package generator

import (
	"fmt"
	"path"
	"strconv"

	"github.com/dave/jennifer/jen"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// testsInFunction is how many test blocks are one function of Go, so that no file becomes too long to read.
const testsInFunction = 20

// testJobs are the _test.go files of the package: every `test` block against the compiled code, and what must hold of
// every domain, on random values. There are none where there is nothing to test.
func (p *plan) testJobs() []job {
	var parts []part
	for _, a := range p.domain.Aggregates {
		parts = append(parts, p.testParts(a)...)
	}
	parts = append(parts, p.propertyParts()...)
	if equals := p.bodies.compared; len(equals) > 0 {
		parts = append(parts, part{10 * len(equals), func() jen.Code { return decls(p.testEquals()...) }})
	}
	var jobs []job
	for i, j := range p.cut(p.domain.Name, parts) {
		j.name = p.domain.Name + "_test.go"
		if i > 0 {
			j.name = fmt.Sprintf("%s_%d_test.go", p.domain.Name, i+1)
		}
		jobs = append(jobs, j)
	}
	return jobs
}

// testParts are the test functions of an aggregate. No name of Go that a domain makes has an underscore, so that they
// cannot collide with a user's.
func (p *plan) testParts(a *model.Aggregate) (parts []part) {
	name := "Test_" + a.Name
	for i := 0; i < len(a.Tests); i += testsInFunction {
		tests := a.Tests[i:min(i+testsInFunction, len(a.Tests))]
		function := name
		if i > 0 {
			function += "_" + strconv.Itoa(i/testsInFunction+1)
		}
		parts = append(parts, part{linesOf(tests), func() jen.Code { return p.testBlocks(function, a, tests) }})
	}
	return parts
}

// linesOf is about how long the Go of some test blocks is.
func linesOf(tests []*model.Test) (n int) {
	for _, t := range tests {
		n += 8 + 5*len(t.Givens)
		if t.Then != nil {
			n += 3 * (len(t.Then.State) + len(t.Then.Params))
			for _, e := range t.Then.Events {
				n += 4 + 3*len(e.Fields)
			}
		}
	}
	return n
}

func (p *plan) testBlocks(function string, a *model.Aggregate, tests []*model.Test) jen.Code {
	var runs []jen.Code
	for _, t := range tests {
		runs = append(runs, jen.Id("t.Run").Call(jen.Lit(t.Name), jen.Func().Params(testingT()).Block(p.testBlock(a, t)...)))
	}
	return jen.Func().Id(function).Params(testingT()).Block(runs...)
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
