package generator

import (
	"strconv"

	"github.com/dave/jennifer/jen"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// testBlock is the body of one test: what is given, what is asked, what must come of it.
func (p *plan) testBlock(a *model.Aggregate, t *model.Test) []jen.Code {
	b := p.newBlock(testEnv(), "t", "given", "state", "events", "got", "want", "ok", "refused")
	b.inTest = true
	b.add(jen.Id("given").Op(":=").Qual(runtimePath, "Given").Add(braces(givenFields(t))))
	for _, g := range t.Givens {
		payload := jen.Id(g.Version.GoName).Add(b.fields(g.Fields))
		b.add(jen.Qual(runtimePath, "Happened").Call(text("&given"), jen.Id(g.Version.Event.GoName+"Key"),
			jen.Lit(g.Version.Version), jen.Id("json"+g.Version.GoName), payload))
	}
	b.ask(a, t)
	b.expect(t)
	return b.withCalc()
}

func testEnv() env {
	given := func(field string) code { return cheap(jen.Id("given." + field)) }
	return env{builtins: map[model.BuiltinKind]code{
		model.Now: given("Now"), model.Actor: given("Actor"), model.IDValue: given("ID"),
	}}
}

func givenFields(t *model.Test) []jen.Code {
	fields := []jen.Code{
		jen.Id("ID").Op(":").Lit(t.ID),
		jen.Id("Now").Op(":").Add(timeOf(t.Now).jen),
	}
	if t.Actor != "" {
		fields = append(fields, jen.Id("Actor").Op(":").Lit(t.Actor))
	}
	return fields
}

// ask is the action, or the fold alone where none is asked.
func (b *block) ask(a *model.Aggregate, t *model.Test) {
	table := b.p.aggregateTable(a)
	state := blankUnless(t.Then.State != nil, "state")
	if t.When == nil {
		b.add(jen.List(state, jen.Err()).Op(":=").Qual(runtimePath, "StateOf").Call(jen.Id("given"), table))
		return
	}
	action := t.When.Action
	events := blankUnless(t.Then.Events != nil || t.Then.Nothing, "events")
	b.add(jen.List(state, events, jen.Err()).Op(":=").Qual(runtimePath, "Try").Call(
		jen.Id("given"), table, jen.Id("do"+action.Name), jen.Id(action.Name).Add(b.commandFields(t.When.Fields))))
}

func blankUnless(used bool, id string) jen.Code {
	if used {
		return jen.Id(id)
	}
	return jen.Id("_")
}

// commandFields is the braces of a command. A parameter with a default is an Optional in Go.
func (b *block) commandFields(fields []*model.FieldInit) *jen.Statement {
	var items []jen.Code
	for _, f := range fields {
		if f.Value == nil || f.Implicit && goZeroValue(f.Value) {
			continue
		}
		value := b.put("", f.Value)
		if _, optional := f.Value.Type().(*model.Optional); f.Field.Default != nil && !optional {
			value = jen.Qual(runtimePath, "Some").Call(b.expr(f.Value).typed())
		}
		items = append(items, jen.Id(f.Field.GoName).Op(":").Add(value))
	}
	return braces(items)
}

// expect compares with what came of it.
func (b *block) expect(t *model.Test) {
	then := t.Then
	switch {
	case then.Error != nil:
		b.expectError(then)
		return
	case then.Kind != "":
		b.add(jen.If(jen.Op("!").Qual("errors", "Is").Call(jen.Err(), jen.Qual(runtimePath, sentinels[then.Kind]))).Block(
			fatal(then.Span, "the error is %v, want "+then.Kind, jen.Err())))
		return
	}
	b.add(jen.If(text("err != nil")).Block(fatal(t.Span, "%v", jen.Err())))
	if then.Events != nil || then.Nothing {
		b.expectEvents(then)
	}
	for _, f := range then.State {
		b.expectField(jen.Id("state"), f, "state."+f.Field.Name)
	}
}

var sentinels = map[string]string{
	"invalid": "ErrInvalid", "invariant": "ErrInvariant", "overflow": "ErrOverflow", "not-found": "ErrNotFound",
	"already-exists": "ErrAlreadyExists",
}

func fatal(at source.Span, text string, args ...jen.Code) *jen.Statement {
	return report("Fatalf", at, text, args)
}

func report(method string, at source.Span, text string, args []jen.Code) *jen.Statement {
	return jen.Id("t." + method).Call(append([]jen.Code{jen.Lit(place(at) + ": " + text)}, args...)...)
}

func (b *block) expectError(then *model.Then) {
	as := jen.Qual("errors", "AsType").Types(jen.Id(then.Error.Name)).Call(jen.Err())
	refused := jen.List(blankUnless(len(then.Params) > 0, "refused"), jen.Id("ok")).Op(":=").Add(as)
	wrong := fatal(then.Span, "the error is %v, want "+then.Error.Name, jen.Err())
	if len(then.Params) == 0 {
		b.add(jen.If(refused, jen.Op("!").Id("ok")).Block(wrong))
		return
	}
	b.add(refused, jen.If(jen.Op("!").Id("ok")).Block(wrong))
	for _, f := range then.Params {
		b.expectField(jen.Id("refused"), f, then.Error.Name+"."+f.Field.Name)
	}
}

// expectEvents compares all events of the action, in order.
func (b *block) expectEvents(then *model.Then) {
	n := len(then.Events)
	b.add(jen.If(jen.Len(jen.Id("events")).Op("!=").Lit(n)).Block(
		fatal(then.Span, "%d events, want "+strconv.Itoa(n)+": %+v", jen.Len(jen.Id("events")), jen.Id("events"))))
	for i, e := range then.Events {
		b.expectEvent(i, e)
	}
}

func (b *block) expectEvent(i int, e *model.ThenEvent) {
	at := jen.Id("events").Index(jen.Lit(i))
	id := "_"
	if len(e.Fields) > 0 {
		id = b.names.pick("event")
	}
	is := jen.List(jen.Id(id), jen.Id("ok")).Op(":=").Add(at).Assert(jen.Id(e.Version.GoName))
	wrong := fatal(e.Span, "event "+strconv.Itoa(i+1)+" is %T, want "+e.Version.GoName, jen.Add(at))
	if id == "_" {
		b.add(jen.If(is, jen.Op("!").Id("ok")).Block(wrong))
		return
	}
	b.add(is, jen.If(jen.Op("!").Id("ok")).Block(wrong))
	for _, f := range e.Fields {
		b.expectField(jen.Id(id), f, e.Version.Event.Key+"."+f.Field.Name)
	}
}

// expectField compares one field, and says where in the .fluv it was expected.
func (b *block) expectField(of *jen.Statement, f *model.FieldInit, what string) {
	want := b.expr(f.Value)
	different := b.p.different(f.Field.Type)
	b.add(jen.If(
		jen.List(jen.Id("got"), jen.Id("want")).Op(":=").List(jen.Add(of).Dot(f.Field.GoName), want.typedHead()),
		different.head(),
	).Block(report("Errorf", f.Value.Where(), what+" is %v, want %v", []jen.Code{jen.Id("got"), jen.Id("want")})))
}

// different is got != want. What the language cannot compare is compared as Go sees it.
func (p *plan) different(t model.Type) code {
	got, want := name("got"), name("want")
	if goComparable(t) {
		return infix(got, "!=", want)
	}
	return p.equal(t, got, want).not()
}
