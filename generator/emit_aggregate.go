package generator

import (
	"fmt"

	"github.com/dave/jennifer/jen"

	"github.com/fluvius-io/fluvius-go/dsl/model"
)

// aggregateParts are the declarations of one aggregate but for its events, in the order in which they are read.
func (p *plan) aggregateParts(a *model.Aggregate) []part {
	parts := []part{
		{weight: 20 + 2*len(a.State), emit: func() jen.Code { return p.state(a) }},
		{weight: 40 + len(a.Actions), emit: func() jen.Code { return p.handle(a) }},
		{weight: 30 + 6*len(a.Events), emit: func() jen.Code { return p.aggregate(a) }},
	}
	for _, e := range a.Errors {
		parts = append(parts, part{weight: 10 + len(e.Params), emit: func() jen.Code { return p.errorType(e) }})
	}
	for _, c := range a.Actions {
		parts = append(parts, part{weight: 20 + 2*len(c.Params) + 4*len(c.Body), emit: func() jen.Code { return p.action(c) }})
	}
	return parts
}

// state is the struct of the state, with its codec.
func (p *plan) state(a *model.Aggregate) jen.Code {
	doc := a.Doc
	if doc != "" && a.StateDoc != "" {
		doc += "\n\n"
	}
	doc += a.StateDoc
	sequence := jen.Id("Sequence").Uint64().Comment("// of the last event in it; 0 where nothing exists")
	fields := stateFields(a)
	items := []jen.Code{
		documented(a.Name, doc, a.Name+" is the state of the aggregate "+a.Name+".").
			Add(p.structType(a.Name, fields, plainType, jen.Id("ID").Id(a.ID.GoName), sequence)),
		settled(oneLiners(jsonMethods(a.Name))),
		p.stateTable(a, "json"+a.Name, fields),
	}
	if len(a.Derived) > 0 && a.Snapshot > 0 {
		items = append(items, p.stateTable(a, "kept"+a.Name, a.State))
	}
	return joined(items)
}

func (p *plan) stateTable(a *model.Aggregate, variable string, fields []*model.Field) *jen.Statement {
	id := &model.Field{Name: "id", GoName: "ID", Type: a.ID}
	sequence := text(p.val("Of"), `("sequence", `, p.pointer(a.Name, "Sequence", jen.Uint64()), ", ", p.val("Uints"), "())")
	rows := append([]*jen.Statement{p.tableLine(a.Name, id, a.ID), sequence}, p.tableLines(a.Name, fields, plainType)...)
	return settled(p.table("Struct", variable, a.Name, rows))
}

// handle is what a user reads and acts with.
func (p *plan) handle(a *model.Aggregate) jen.Code {
	inner := "handle" + a.Name
	var fields []jen.Code
	fields = append(fields, jen.Op("*").Id(inner))
	if anyUpcastByHand(a) {
		fields = append(fields, jen.Id("kinds").Op("*").Add(p.kindsType(a)))
	}
	for _, c := range a.Actions {
		if c.ByHand {
			fields = append(fields, jen.Id("do"+c.Name).Add(p.actionType(c)))
		}
	}
	doc := docs(fmt.Sprintf("%sHandle reads and changes the aggregates %s. It is safe for concurrent use.", a.Name, a.Name))
	structure := jen.Struct(fields...)
	if len(fields) == 1 {
		structure = jen.Id("struct").Add(inline(fields...))
	}
	handle := doc.Type().Id(a.Name + "Handle").Add(structure)
	return joined([]jen.Code{
		settled("type ", inner, " = ", p.rt("Handle"), "[", a.ID.GoName, ", ", a.Name, ", ", a.Name, "Event]"),
		handle,
		p.newHandle(a),
		settled("// Decide is the decision alone: what cmd would emit in that state. Nothing is read or stored.\n",
			"func (h *", a.Name, "Handle) Decide(ctx ", context(), ", state ", a.Name, ", cmd Command, opts ...", p.rt("Option"),
			") ([]", a.Name, "Event, error) {\n",
			"\treturn ", p.rt("DecideAny"), "(ctx, h.", inner, ", state, cmd, opts)\n",
			"}"),
		p.decodeRecord(a),
		p.foldFunc(a),
	})
}

func context() *jen.Statement { return jen.Qual("context", "Context") }
func ctxParam() jen.Code      { return jen.Id("ctx").Add(context()) }

func (p *plan) actionType(c *model.Action) *jen.Statement {
	return p.rt("Action").Types(jen.Id(c.Aggregate.Name), jen.Id(c.Aggregate.Name+"Event"), jen.Id(c.Name))
}

func (p *plan) kindsType(a *model.Aggregate) *jen.Statement {
	return p.rt("Kinds").Types(jen.Id(a.Name + "Event"))
}

// needsImpl tells whether a handle is made with the Implementation.
func needsImpl(a *model.Aggregate) bool { return anyActionByHand(a) || anyUpcastByHand(a) }

// newHandle makes a handle, and its actions known.
func (p *plan) newHandle(a *model.Aggregate) jen.Code {
	if !needsImpl(a) {
		return p.plainHandle(a)
	}
	params := []jen.Code{jen.Id("e").Op("*").Id("engine"), jen.Id("impl").Id("Implementation")}
	aggregate := jen.Id("aggregate" + a.Name)
	var body []jen.Code
	if anyUpcastByHand(a) {
		body = append(body, jen.Id("about").Op(":=").Id("aggregate"+a.Name).Call(jen.Id("impl")))
		aggregate = jen.Id("about")
	}
	values := []jen.Code{jen.Id("handle" + a.Name).Op(":").Add(p.rt("NewHandle").Types(jen.Id(a.ID.GoName)).Call(jen.Id("e"), aggregate))}
	if anyUpcastByHand(a) {
		values = append(values, jen.Id("kinds").Op(":").Id("kinds"+a.Name).Call(jen.Id("impl")))
	}
	for _, c := range a.Actions {
		if c.ByHand {
			values = append(values, jen.Id("do"+c.Name).Op(":").Add(p.actionByHand(c, aggregate)))
		}
	}
	literal := jen.Op("&").Id(a.Name + "Handle")
	if len(values) == 1 {
		literal.Values(values...)
	} else {
		literal.Add(lines("{", "}", values...))
	}
	body = append(body, jen.Id("h").Op(":=").Add(literal))
	if len(a.Actions) > 0 {
		args := []jen.Code{jen.Id("h.handle" + a.Name)}
		for _, c := range a.Actions {
			args = append(args, jen.Op("&").Add(actionVar(c, "h")))
		}
		body = append(body, p.rt("AddActions").Call(args...))
	}
	body = append(body, jen.Return(jen.Id("h")))
	return jen.Func().Id("new" + a.Name).Params(params...).Op("*").Id(a.Name + "Handle").Block(body...)
}

// plainHandle is newHandle where nothing is by hand.
func (p *plan) plainHandle(a *model.Aggregate) jen.Code {
	body := []any{"\th := &", a.Name, "Handle{handle", a.Name, ": ", p.rt("NewHandle"), "[", a.ID.GoName, "](e, aggregate", a.Name, ")}\n"}
	if len(a.Actions) > 0 {
		body = append(body, "\t", p.rt("AddActions"), "(h.handle", a.Name)
		for _, c := range a.Actions {
			body = append(body, ", &do", c.Name)
		}
		body = append(body, ")\n")
	}
	return settled("func new", a.Name, "(e *engine) *", a.Name, "Handle {\n", text(body...), "\treturn h\n}")
}

// actionVar is the Action of an action: a variable of the package, or of the handle if Go decides it.
func actionVar(c *model.Action, handle string) *jen.Statement {
	if c.ByHand {
		return jen.Id(handle + ".do" + c.Name)
	}
	return jen.Id("do" + c.Name)
}

func (p *plan) decodeRecord(a *model.Aggregate) jen.Code {
	receiver, body := "", "\treturn kinds"+a.Name+".Decode(r)\n"
	if anyUpcastByHand(a) {
		receiver = "h "
		body = "\tif h == nil {\n\t\treturn kinds" + a.Name + "(nil).Decode(r)\n\t}\n\treturn h.kinds.Decode(r)\n"
	}
	name := decodeMethod(a)
	return settled("// ", name, " reads a stored event, for domains that import this one. It may be called on nil.\n",
		"func (", receiver, "*", a.Name, "Handle) ", name, "(r *", p.rt("Record"), ") (", a.Name, "Event, ", p.rt("EventType"), ", bool, error) {\n",
		body, "}")
}

func (p *plan) recordParam() jen.Code { return jen.Id("r").Op("*").Add(p.rt("Record")) }

// decoded are the results of what reads an event as an interface.
func (p *plan) decoded(event string) []jen.Code {
	return []jen.Code{jen.Id(event), p.rt("EventType"), jen.Bool(), jen.Error()}
}

func (p *plan) foldFunc(a *model.Aggregate) jen.Code {
	return settled("// Fold", a.Name, " is the state that events make, without a store.\n",
		"func Fold", a.Name, "(id ", a.ID.GoName, ", events []", a.Name, "Event) (", a.Name, ", error) {\n",
		"\treturn ", p.rt("Fold"), "(", p.aggregateTable(a), ", string(id), events)\n",
		"}")
}

// aggregateTable is the Aggregate of an aggregate where there is no Implementation.
func (p *plan) aggregateTable(a *model.Aggregate) *jen.Statement {
	if anyUpcastByHand(a) {
		return jen.Id("aggregate" + a.Name + "(nil)")
	}
	return jen.Id("aggregate" + a.Name)
}

// aggregate is the table of the runtime with the functions that stand in it.
func (p *plan) aggregate(a *model.Aggregate) jen.Code {
	table := jen.Op("&").Add(p.rt("Aggregate").Types(jen.Id(a.Name), jen.Id(a.Name+"Event"))).Add(lines("{", "}", p.aggregateFields(a)...))
	about := jen.Var().Id("aggregate" + a.Name).Op("=").Add(table)
	if anyUpcastByHand(a) {
		about = jen.Func().Id("aggregate"+a.Name).Params(upcasts()).Op("*").
			Add(p.rt("Aggregate").Types(jen.Id(a.Name), jen.Id(a.Name+"Event"))).
			Block(jen.Id("kinds").Op(":=").Id("kinds"+a.Name).Call(jen.Id("up")), jen.Return(table))
	}
	items := []jen.Code{about, p.foldSwitch(a)}
	if len(a.Derived) > 0 {
		items = append(items, jen.Func().Id("derive"+a.Name).Params(jen.Id("s").Op("*").Id(a.Name)).Error().Block(p.deriveBody(a)...))
	}
	if len(a.Invariants) > 0 {
		items = append(items, jen.Func().Id("hold"+a.Name).Params(jen.Id("s").Op("*").Id(a.Name)).Error().Block(p.invariantBody(a)...))
	}
	return joined(items)
}

// ownParam is the Owner of a run of folds.
func (p *plan) ownParam() jen.Code { return jen.Id("own").Op("*").Add(p.val("Owner")) }

func upcasts() jen.Code { return jen.Id("up").Id("Upcasts") }

func (p *plan) aggregateFields(a *model.Aggregate) []jen.Code {
	field := func(name string, x jen.Code) jen.Code { return jen.Id(name).Op(":").Add(x) }
	kinds := jen.Id("kinds" + a.Name)
	fold, named := "Fold", jen.Id("fold"+a.Name)
	params, args := []jen.Code{jen.Id("s").Op("*").Id(a.Name), p.recordParam()}, []jen.Code{jen.Id("up"), jen.Id("s"), jen.Id("r")}
	if len(owned(a)) > 0 {
		fold, params, args = "FoldRun", append(params, p.ownParam()), append(args, jen.Id("own"))
	}
	if anyUpcastByHand(a) {
		kinds = jen.Id("kinds")
		named = jen.Func().Params(params...).Error().Add(inline(jen.Return(jen.Id("fold" + a.Name).Call(args...))))
	}
	fields := []jen.Code{
		field("Name", jen.Lit(a.Wire)),
		field("Start", p.start(a)),
		field("Sequence", jen.Func().Params(jen.Id("s").Op("*").Id(a.Name)).Op("*").Uint64().
			Add(inline(jen.Return(jen.Op("&").Id("s").Dot("Sequence"))))),
		field(fold, named),
		field("Opens", p.opens(a)),
		field("Encode", jen.Add(kinds).Dot("Encode")),
		field("Decode", jen.Add(kinds).Dot("Decode")),
	}
	if len(a.Derived) > 0 {
		fields = append(fields, field("Derive", jen.Id("derive"+a.Name)))
	}
	if len(a.Invariants) > 0 {
		fields = append(fields, field("Check", jen.Id("hold"+a.Name)))
	}
	if shared(a) {
		fields = append(fields, field("Clone", jen.Id("json"+a.Name).Dot("Clone")))
	}
	if opaque(a) {
		fields = append(fields, field("Opaque", jen.True()))
	}
	if a.Snapshot > 0 {
		codec := "json" + a.Name
		if len(a.Derived) > 0 {
			codec = "kept" + a.Name
		}
		fields = append(fields, field("Snapshot",
			p.rt("NewSnapshot").Call(jen.Lit(a.Snapshot), jen.Lit(fingerprint(a)), jen.Id(codec))))
	}
	return fields
}

// start is the state where nothing exists: the id, and what is not Go's own zero.
func (p *plan) start(a *model.Aggregate) jen.Code {
	values := []jen.Code{jen.Id("ID").Op(":").Id(a.ID.GoName).Call(jen.Id("id"))}
	for _, f := range a.State {
		switch {
		case f.Default != nil:
			values = append(values, jen.Id(f.GoName).Op(":").Add(p.constant(f.Default)))
		case p.needsStart(f.Type):
			values = append(values, jen.Id(f.GoName).Op(":").Add(p.zero(f.Type)))
		}
	}
	for _, d := range a.Derived { // which one may not be able to compute there
		if p.needsStart(d.Field.Type) {
			values = append(values, jen.Id(d.Field.GoName).Op(":").Add(p.zero(d.Field.Type)))
		}
	}
	return jen.Func().Params(jen.Id("id").String()).Id(a.Name).
		Add(inline(jen.Return(jen.Id(a.Name).Values(values...))))
}

// opens says with which keys an aggregate may begin: all but those of events that are only emitted where it exists,
// by all names they had. A key that nobody knows is a matter of the fold, which has an error of its own for it.
func (p *plan) opens(a *model.Aggregate) jen.Code {
	var keys []jen.Code
	for _, e := range a.Events {
		if created(e) {
			continue
		}
		keys = append(keys, jen.Id(e.GoName+"Key"))
		for _, old := range e.Was {
			keys = append(keys, jen.Lit(old))
		}
	}
	if len(keys) > 4 {
		return p.rt("AnyBut").Add(lines("(", ")", keys...))
	}
	return p.rt("AnyBut").Call(keys...)
}

// created tells whether an aggregate may begin with an event: an action creates it, or none emits it any more, and one
// that is gone may have created it.
func created(e *model.Event) bool {
	emitted := false
	for _, c := range e.Aggregate.Actions {
		for _, v := range c.Creates {
			if v.Event == e {
				return true
			}
		}
		for _, v := range c.Emits {
			emitted = emitted || v.Event == e
		}
	}
	return !emitted
}

// foldSwitch folds one stored event into a state.
func (p *plan) foldSwitch(a *model.Aggregate) jen.Code {
	var cases []jen.Code
	for _, e := range a.Events {
		v := newest(e)
		keys := []jen.Code{jen.Id(e.GoName + "Key")}
		for _, old := range e.Was {
			keys = append(keys, jen.Lit(old))
		}
		if e.Dropped == v.Version {
			known := jen.Id("r.Version").Op("<=").Lit(v.Version)
			cases = append(cases, jen.Case(keys...).Block(jen.If(known).Block(jen.Return(jen.Nil()))))
			continue
		}
		cases = append(cases, jen.Case(keys...).Block(p.foldCase(e)...))
	}
	params := []jen.Code{jen.Id("s").Op("*").Id(a.Name), p.recordParam()}
	if len(owned(a)) > 0 {
		params = append(params, p.ownParam())
	}
	if anyUpcastByHand(a) {
		params = append([]jen.Code{upcasts()}, params...)
	}
	return jen.Func().Id("fold"+a.Name).Params(params...).Error().Block(
		jen.Switch(jen.Id("r.Key")).Block(cases...),
		jen.Return(p.rt("UnknownEvent").Call(jen.Id("r"))),
	)
}

// foldCase reads an event and folds it. A fold of one statement stands here; a longer one is a function.
func (p *plan) foldCase(e *model.Event) []jen.Code {
	failed := jen.Return(jen.Err())
	if e.Dropped > 0 {
		failed = jen.Return(p.rt("Kept").Call(jen.Err()))
	}
	read := []jen.Code{
		jen.List(jen.Id("e"), jen.Err()).Op(":=").Add(p.callRead(newest(e))),
		jen.If(text("err != nil")).Block(failed),
	}
	fold := p.folds[e]()
	switch {
	case p.ownApply(e):
		args := []jen.Code{jen.Id("s"), text("&e")}
		if len(owned(e.Aggregate)) > 0 {
			args = append(args, jen.Id("own"))
		}
		return append(read, jen.Return(jen.Id("apply"+e.GoName).Call(args...)))
	case !fold.readsEvent:
		read = []jen.Code{jen.If(jen.List(jen.Id("_"), jen.Err()).Op(":=").Add(p.callRead(newest(e))), text("err != nil")).Block(failed)}
	}
	return append(read, fold.stmts...)
}

// ownApply tells whether an event's fold is a function of its own.
func (p *plan) ownApply(e *model.Event) bool { return len(p.folds[e]().stmts) > 2 }

// errorType is an error of the domain, a value for errors.As.
func (p *plan) errorType(e *model.ErrorDecl) jen.Code {
	id := jen.Id("ID").Id(e.Aggregate.ID.GoName)
	receiver := jen.Id("e").Id(e.Name)
	text := jen.Func().Params(receiver).Id("Error").Params().String()
	body := p.errorBody(e)
	if len(body) == 1 {
		text.Add(inline(body...))
	} else {
		text.Block(body...)
	}
	return joined([]jen.Code{
		documented(e.Name, e.Doc, e.Name+" is an error of the aggregate "+e.Aggregate.Name+".").
			Add(p.structType(e.Name, e.Params, plainType, id)),
		group(text, jen.Func().Params(jen.Id(e.Name)).Id("Code").Params().String().Add(inline(jen.Return(jen.Lit(e.Code))))),
	})
}
