package generator

import (
	"fmt"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/fluvius-io/fluvius-go/dsl/model"
)

// domainJobs are the files with what every domain has: one, unless there are very many aggregates and handlers.
func (p *plan) domainJobs() []job {
	jobs := p.cut(p.domain.Name, p.domainParts())
	first := jobs[0].emit
	jobs[0].emit = func() *jen.File {
		f := first()
		for line := range strings.SplitSeq(packageDoc(p.domain), "\n") {
			f.PackageComment(strings.TrimRight("// "+line, " "))
		}
		return f
	}
	return jobs
}

func (p *plan) domainParts() []part {
	aggregates, handlers, actions := len(p.domain.Aggregates), len(p.domain.Handlers), 0
	for _, a := range p.domain.Aggregates {
		actions += len(a.Actions)
	}
	parts := []part{
		{weight: 10 + aggregates, emit: func() jen.Code {
			return joined([]jen.Code{p.pact(), jen.Type().Id("engine").Op("=").Add(p.rt("Engine")), p.domainType()})
		}},
		{weight: 20 + aggregates + 3*handlers, emit: func() jen.Code { return joined([]jen.Code{p.newFunc(), p.fromContext()}) }},
		{weight: 20 + 2*handlers, emit: func() jen.Code { return joined(p.implementation()) }},
		{weight: 20 + actions, emit: func() jen.Code { return joined(p.commands()) }},
		{weight: 30 + 2*aggregates, emit: func() jen.Code { return joined(p.anyEvent()) }},
	}
	for _, h := range p.domain.Handlers {
		if p.originOf(h) == manySources {
			parts = append(parts, part{weight: 10 + 3*len(h.Events), emit: func() jen.Code { return p.sourceFunc(h) }})
		}
	}
	return parts
}

// packageDoc is the comment above `domain`, as a comment of a Go package begins.
func packageDoc(d *model.Domain) string {
	first := "Package " + d.Name
	switch {
	case d.Doc == "":
		return first + " is a domain of events."
	case strings.HasPrefix(d.Doc, first):
		return d.Doc
	}
	return first + " is a domain of events.\n\n" + d.Doc
}

// pact is a constant that goes negative, and so does not compile, with a runtime of another pact.
func (p *plan) pact() jen.Code {
	uint := func(x *jen.Statement) *jen.Statement { return jen.Uint().Call(x) }
	return docs("This code is for one pact with the runtime; with another one it does not compile.").
		Const().Id("_").Op("=").Add(uint(p.rt("Pact").Op("-").Lit(pactNumber))).Op("+").Add(uint(jen.Lit(pactNumber).Op("-").Add(p.rt("Pact"))))
}

// pactNumber is the pact that this generator keeps to: see runtime.Pact.
const pactNumber = 1

func (p *plan) domainType() jen.Code {
	fields := []jen.Code{jen.Op("*").Id("engine")}
	for _, a := range p.domain.Aggregates {
		fields = append(fields, jen.Id(a.Name).Op("*").Id(a.Name+"Handle"))
	}
	return docs("Domain is its aggregates, its log and its handlers. It is safe for concurrent use.").
		Type().Id("Domain").Struct(fields...)
}

// leavesToGo tells whether the package has an Implementation.
func (p *plan) leavesToGo() bool {
	return len(p.domain.Handlers) > 0 || p.decisions() || p.upcasts()
}

func (p *plan) decisions() bool { return p.anyAggregate(anyActionByHand) }
func (p *plan) upcasts() bool   { return p.anyAggregate(anyUpcastByHand) }

func (p *plan) anyAggregate(is func(*model.Aggregate) bool) bool {
	for _, a := range p.domain.Aggregates {
		if is(a) {
			return true
		}
	}
	return false
}

func (p *plan) newFunc() jen.Code {
	params := []jen.Code{jen.Id("store").Add(p.rt("Store"))}
	var body []jen.Code
	if p.leavesToGo() {
		params = append(params, jen.Id("impl").Id("Implementation"))
		missing := p.rt("InvalidError").Values(
			jen.Id("Path").Op(":").Lit("impl"), jen.Id("Reason").Op(":").Lit("New needs an Implementation"))
		body = append(body, jen.If(jen.Id("impl").Op("==").Nil()).Block(jen.Return(jen.Nil(), missing)))
	}
	params = append(params, jen.Id("opts").Op("...").Add(p.rt("DomainOption")))
	values := []jen.Code{jen.Id("engine").Op(":").Id("e")}
	for _, a := range p.domain.Aggregates {
		args := []jen.Code{jen.Id("e")}
		if needsImpl(a) {
			args = append(args, jen.Id("impl"))
		}
		values = append(values, jen.Id(a.Name).Op(":").Id("new"+a.Name).Call(args...))
	}
	literal := text("&Domain")
	if len(values) <= 4 {
		literal.Values(values...)
	} else {
		literal.Add(lines("{", "}", values...))
	}
	body = append(body,
		jen.List(jen.Id("e"), jen.Err()).Op(":=").Add(p.rt("NewEngine")).Call(jen.Id("store"), jen.Lit(p.domain.Name), jen.Id("opts").Op("...")),
		jen.If(text("err != nil")).Block(jen.Return(jen.Nil(), jen.Err())),
		jen.Id("d").Op(":=").Add(literal),
		jen.Id("e.Bind").Call(jen.Id("d")),
	)
	for _, h := range p.domain.Handlers {
		body = append(body, p.subscribe(h))
	}
	body = append(body, jen.Return(jen.Id("d"), jen.Nil()))
	return docs("New makes the domain on a store, which stays the caller's to close. It starts nothing: see Run and CatchUp.").
		Func().Id("New").Params(params...).Params(jen.Op("*").Id("Domain"), jen.Error()).Block(body...)
}

func (p *plan) fromContext() jen.Code {
	return docs("FromContext is the domain whose handler runs under ctx; nil outside of one.").
		Func().Id("FromContext").Params(ctxParam()).Op("*").Id("Domain").Block(
		jen.List(jen.Id("d"), jen.Id("_")).Op(":=").Add(p.rt("FromContext")).Call(jen.Id("ctx")).Assert(jen.Op("*").Id("Domain")),
		jen.Return(jen.Id("d")),
	)
}

// implementation is what the domain leaves to Go: decisions, upcasts and handlers, each where there are any.
func (p *plan) implementation() []jen.Code {
	if !p.leavesToGo() {
		return nil
	}
	var embedded, items []jen.Code
	add := func(name, doc string, methods []jen.Code) {
		if len(methods) == 0 {
			return
		}
		embedded = append(embedded, jen.Id(name))
		items = append(items, docs(doc).Type().Id(name).Interface(methods...))
	}
	add("Decisions", "Decisions are the actions by hand. A decision may run again, so it must not do anything but decide.", p.decisionMethods())
	add("Upcasts", "Upcasts read older versions of events by hand. They must be pure.", p.upcastMethods())
	add("Handlers", "Handlers react to events: at least once to each, in order for each aggregate.", p.handlerMethods())
	all := docs("Implementation is what the domain leaves to Go.").Type().Id("Implementation").Interface(embedded...)
	return append([]jen.Code{all}, items...)
}

func (p *plan) decisionMethods() (methods []jen.Code) {
	for _, a := range p.domain.Aggregates {
		for _, c := range a.Actions {
			if !c.ByHand {
				continue
			}
			methods = append(methods, docs(orElse(c.Doc, c.Name+" "+clausesOf(c)+".")).
				Id(c.Name).Params(ctxParam(), jen.Id("state").Id(a.Name), jen.Id("cmd").Id(c.Name)).Params(resultByHand(c), jen.Error()))
		}
	}
	return methods
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

func (p *plan) upcastMethods() (methods []jen.Code) {
	for _, a := range p.domain.Aggregates {
		for _, e := range a.Events {
			for _, v := range e.Versions[e.Dropped:] {
				if v.Upcast == nil || !v.Upcast.ByHand {
					continue
				}
				name := "Upcast" + v.GoName
				methods = append(methods, docs(fmt.Sprintf("%s reads version %d of %s as version %d.", name, v.Version, e.Key, v.Version+1)).
					Id(name).Params(jen.Id("old").Id(v.GoName), jen.Id("h").Add(p.rt("Header"))).
					Params(jen.Id(v.Upcast.To.GoName), jen.Error()))
			}
		}
	}
	return methods
}

// commands are Command, Execute and DecodeCommand.
func (p *plan) commands() []jen.Code {
	var table []jen.Code
	for _, a := range p.domain.Aggregates {
		for _, c := range a.Actions {
			table = append(table, jen.Lit(c.Name).Op(":").Add(p.rt("CommandOf")).Types(jen.Id("Command")).Call(jen.Id("json"+c.Name)))
		}
	}
	return []jen.Code{
		docs("Command is what may be asked of the domain: a struct with the name of an action, as a value.", "").
			Comment("//sumtype:decl").Line().Type().Id("Command").Add(jen.Id("interface"), inline(jen.Id("command").Params())),
		docs("Execute does what cmd asks of the aggregate with that id.").
			Func().Params(jen.Id("d").Op("*").Id("Domain")).Id("Execute").Params(
			ctxParam(), jen.Id("id").String(), jen.Id("cmd").Id("Command"), jen.Id("opts").Op("...").Add(p.rt("Option"))).
			Params(p.rt("Result"), jen.Error()).
			Block(jen.Return(p.rt("ExecuteAny").Call(jen.Id("ctx"), jen.Id("d.engine"), jen.Id("id"), jen.Id("cmd"), jen.Id("opts")))),
		docs("DecodeCommand reads the JSON of the action of that name, strictly.").
			Func().Id("DecodeCommand").Params(jen.Id("name").String(), jen.Id("body").Index().Byte()).
			Params(jen.Id("Command"), jen.Error()).
			Block(jen.Return(jen.Id("commands.Decode").Call(jen.Lit(p.domain.Name), jen.Id("name"), jen.Id("body")))),
		jen.Var().Id("commands").Op("=").Add(p.rt("Commands").Types(jen.Id("Command"))).Add(lines("{", "}", table...)),
	}
}

// anyEvent are Event, and the subscriptions to all events.
func (p *plan) anyEvent() []jen.Code {
	return []jen.Code{
		docs("Event is any event of the domain, as a value.", "").
			Comment("//sumtype:decl").Line().Type().Id("Event").Add(jen.Id("interface"), inline(jen.Id("event").Params())),
		p.decodeEvent(),
		docs("OnAny subscribes to all events of the domain under a name, which is durable. It is called before Run.").
			Add(p.onMethod("OnAny", p.rt("Event").Types(jen.Id("Event")))).
			Block(p.on("name", p.rt("Pick").Types(jen.Id("Event")).Call(jen.Id("d.decodeEvent")))),
		docs("OnRecord subscribes to all events of the domain as they are stored.").
			Add(p.onMethod("OnRecord", p.rt("Record"))).
			Block(p.rt("OnRecord").Call(jen.Id("d.engine"), jen.Id("name"), jen.Id("handle"), jen.Id("opts").Op("..."))),
	}
}

func (p *plan) onMethod(name string, event *jen.Statement) *jen.Statement {
	handle := jen.Func().Params(jen.Qual("context", "Context"), event).Error()
	return jen.Func().Params(jen.Id("d").Op("*").Id("Domain")).Id(name).
		Params(jen.Id("name").String(), jen.Id("handle").Add(handle), jen.Id("opts").Op("...").Add(p.rt("HandlerOption")))
}

func (p *plan) on(name string, source jen.Code) jen.Code {
	return p.rt("On").Call(jen.Id("d.engine"), jen.Id(name), source, jen.Id("handle"), jen.Id("opts").Op("..."))
}

// kindsOf is the table of an aggregate's events, where the domain is d.
func (p *plan) kindsOf(a *model.Aggregate) *jen.Statement {
	if anyUpcastByHand(a) {
		return jen.Id("d." + a.Name + ".kinds")
	}
	return jen.Id("kinds" + a.Name)
}

func (p *plan) decodeEvent() jen.Code {
	var cases []jen.Code
	for _, a := range p.domain.Aggregates {
		cases = append(cases, jen.Case(jen.Lit(a.Wire)).Block(jen.Return(p.kindsOf(a).Dot("Decode").Call(jen.Id("r")))))
	}
	unknown := jen.Return(jen.Nil(), p.rt("EventType").Values(), jen.False(), p.rt("UnknownEvent").Call(jen.Id("r")))
	body := []jen.Code{unknown}
	if cases != nil {
		body = []jen.Code{jen.Switch(jen.Id("r.Aggregate")).Block(cases...), unknown}
	}
	return jen.Func().Params(jen.Id("d").Op("*").Id("Domain")).Id("decodeEvent").Params(p.recordParam()).
		Params(p.decoded("Event")...).Block(body...)
}

func (p *plan) onEvent(e *model.Event) jen.Code {
	name := "On" + e.GoName
	return settled("// ", name, " subscribes to ", e.Key, ", as OnAny does to all events.\n",
		"func (d *Domain) ", name, "(name string, handle func(", context(), ", ", p.rt("Event"), "[", e.GoName, "]) error, opts ...",
		p.rt("HandlerOption"), ") {\n",
		"\t", p.rt("On"), "(d.engine, name, ", p.rt("Only"), "[", e.GoName, "](", p.kindsOf(e.Aggregate), "), handle, opts...)\n",
		"}")
}
