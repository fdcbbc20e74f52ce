package generator

import (
	"fmt"
	"os"
	"testing"

	"github.com/dave/jennifer/jen"
	"github.com/fluvius-io/fluvius-go/dsl/check"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

func TestTry(t *testing.T) {
	text, _ := os.ReadFile(os.Getenv("FLUV"))
	f := source.NewFile(os.Getenv("FLUV"), string(text))
	tree, diags := syntax.Parse(f)
	d, more := check.Check([]*syntax.File{tree}, nil)
	for _, x := range append(diags, more...) {
		fmt.Println(x.Message, x.Span.String())
	}
	p := &plan{domain: d, bodies: newBodies(d)}
	file := jen.NewFile("x")
	for _, s := range d.Scalars {
		file.Func().Id("check"+s.GoName).Params().Block(p.whereBody(s)...)
	}
	for _, a := range d.Aggregates {
		for _, e := range a.Events {
			file.Func().Id("apply"+e.GoName).Params().Block(p.foldBody(e)...)
		}
		for _, e := range a.Actions {
			if !e.ByHand {
				file.Func().Id("decide"+e.Name).Params().Block(p.decideBody(e)...)
			}
		}
		for _, e := range a.Errors {
			file.Func().Id("text"+e.Name).Params().Block(p.errorBody(e)...)
		}
		file.Func().Id("derive"+a.Name).Params().Block(p.deriveBody(a)...)
		file.Func().Id("hold"+a.Name).Params().Block(p.invariantBody(a)...)
	}
	fmt.Printf("%#v", file)
	tf, _ := p.testFile()
	fmt.Printf("%#v", tf)
}
