package generator

import (
	"fmt"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/fluvius-io/fluvius-go/dsl/model"
)

// eventParts are the declarations of an aggregate's events.
func (p *plan) eventParts(a *model.Aggregate) []part {
	parts := []part{{weight: 20 + 2*len(a.Events), emit: func() jen.Code { return p.eventInterface(a) }}}
	for _, e := range a.Events {
		for _, v := range e.Versions {
			weight := 18 + 3*len(v.Fields)
			if v.Newest {
				weight += 8 + len(e.Apply)
			}
			parts = append(parts, part{weight: weight, emit: func() jen.Code { return p.eventVersion(v) }})
		}
	}
	return parts
}

// eventInterface is the closed interface of an aggregate's events, with the keys and the table of their kinds.
func (p *plan) eventInterface(a *model.Aggregate) jen.Code {
	items := []jen.Code{
		docs(a.Name+"Event is any event of the aggregate "+a.Name+", as a value.", "").
			Comment("//sumtype:decl").Line().
			Type().Id(a.Name+"Event").Interface(jen.Id("Event"), jen.Id(sealOf(a)).Params()),
	}
	if len(a.Events) > 0 {
		items = append(items, settled("// The keys of these events.\nconst (\n", keyLines(a), ")"))
	}
	return joined(append(items, p.kindsTable(a)))
}

// keyLines are the constants of an aggregate's keys.
func keyLines(a *model.Aggregate) string {
	width := 0
	for _, e := range a.Events {
		width = max(width, len(e.GoName))
	}
	var b strings.Builder
	for _, e := range a.Events {
		fmt.Fprintf(&b, "\t%-*s = %q\n", width+len("Key"), e.GoName+"Key", e.Key)
	}
	return b.String()
}

// sealOf is the unexported method that seals the interface of an aggregate's events.
func sealOf(a *model.Aggregate) string { return "event" + a.Name }

func (p *plan) kindsTable(a *model.Aggregate) jen.Code {
	table := []any{p.rt("NewKinds"), "[", a.Name, "Event](\n", fmt.Sprintf("\t%q, %q,\n", p.domain.Name, a.Wire)}
	for _, e := range a.Events {
		for _, v := range e.Versions {
			if v.Newest || v.Pinned {
				table = append(table, "\t", p.kind(v), ",\n")
			}
		}
	}
	table = append(table, ")")
	if anyUpcastByHand(a) {
		return jen.Func().Id("kinds" + a.Name).Params(upcasts()).Op("*").Add(p.kindsType(a)).Block(jen.Return(text(table...)))
	}
	return settled("var kinds", a.Name, " = ", text(table...))
}

func (p *plan) kind(v *model.EventVersion) jen.Code {
	e := v.Event
	args := []any{"[", e.Aggregate.Name, "Event](", e.GoName, "Key, ", fmt.Sprint(v.Version), ", json", v.GoName}
	maker := "NewKind"
	switch {
	case !v.Newest:
		maker = "PinnedKind"
	case e.Dropped == v.Version:
		maker = "DroppedKind"
	case upcastByHand(v):
		args = append(args, ", ", jen.Func().Params(p.recordParam()).Params(jen.Id(v.GoName), jen.Error()).Add(inline(jen.Return(p.callRead(v)))))
	default:
		args = append(args, ", read", v.GoName)
	}
	if v.Newest {
		for _, old := range e.Was {
			args = append(args, fmt.Sprintf(", %q", old))
		}
	}
	return text(append(append([]any{p.rt(maker)}, args...), ")")...)
}

// eventVersion is one version of an event: the struct, its codec, how it is read, and either how it is made the next
// version or how it is folded and subscribed to.
func (p *plan) eventVersion(v *model.EventVersion) jen.Code {
	e := v.Event
	doc := v.Doc
	if doc == "" && v.Newest {
		doc = e.Doc
	}
	items := []jen.Code{
		documented(v.GoName, doc, p.eventSentence(v)).Add(p.structType(v.GoName, v.Fields, plainType)),
	}
	dropped := v.Version <= e.Dropped
	switch {
	case v.Newest || v.Pinned:
		seals := [][2]string{marker(v.GoName, "event"), marker(v.GoName, sealOf(e.Aggregate))}
		items = append(items, settled(oneLiners(append(seals, jsonMethods(v.GoName)...))))
	case dropped:
		items = append(items, settled(oneLiners(jsonMethods(v.GoName))))
	}
	items = append(items, settled(p.table("Struct", "json"+v.GoName, v.GoName, p.tableLines(v.GoName, v.Fields, plainType))))
	if !dropped {
		items = append(items, p.readFunc(v), p.afterRead(v))
	}
	if v.Newest {
		items = append(items, p.onEvent(e))
	}
	return joined(items)
}

// afterRead is how an event that was read is folded or made the next version; nil where that stands elsewhere.
func (p *plan) afterRead(v *model.EventVersion) jen.Code {
	e := v.Event
	switch {
	case v.Newest && p.ownApply(e):
		params := []jen.Code{jen.Id("s").Op("*").Id(e.Aggregate.Name), jen.Id("e").Op("*").Id(v.GoName)}
		if len(owned(e.Aggregate)) > 0 {
			params = append(params, p.ownParam())
		}
		return jen.Func().Id("apply" + e.GoName).Params(params...).Error().Block(p.folds[e]().stmts...)
	case v.Upcast != nil && !v.Upcast.ByHand:
		return jen.Func().Id("upcast"+v.GoName).Params(
			p.recordParam(), jen.Id("old").Op("*").Id(v.GoName)).
			Params(jen.Id(v.Upcast.To.GoName), jen.Error()).Block(p.upcastBody(v.Upcast)...)
	}
	return nil
}

func (p *plan) eventSentence(v *model.EventVersion) string {
	if len(v.Event.Versions) == 1 {
		return v.GoName + " is " + v.Event.Key + "."
	}
	return fmt.Sprintf("%s is version %d of %s.", v.GoName, v.Version, v.Event.Key)
}
