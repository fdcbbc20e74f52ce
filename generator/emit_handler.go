package generator

import (
	"time"

	"github.com/dave/jennifer/jen"

	"github.com/fluvius-io/fluvius-go/dsl/model"
)

// origin is where the events of a declared handler come from.
type origin int

const (
	allEvents     origin = iota // `*`
	ownEvent                    // one key of this domain
	ownEvents                   // several keys of this domain
	foreignEvent                // one key of another domain
	foreignEvents               // several keys of one aggregate of another domain
	manySources                 // keys of several places
)

func (p *plan) originOf(h *model.Handler) origin {
	if h.All {
		return allEvents
	}
	first := h.Events[0]
	own, sameDomain, sameAggregate := true, true, true
	for _, k := range h.Events {
		own = own && p.domainOf(k) == p.domain
		sameDomain = sameDomain && p.domainOf(k) == p.domainOf(first)
		sameAggregate = sameAggregate && k.Event.Aggregate == first.Event.Aggregate
	}
	switch one := len(h.Events) == 1; {
	case own && one:
		return ownEvent
	case own:
		return ownEvents
	case one:
		return foreignEvent
	case sameDomain && sameAggregate:
		return foreignEvents
	}
	return manySources
}

func (p *plan) domainOf(k *model.HandlerKey) *model.Domain {
	if k.Import == nil {
		return p.domain
	}
	return k.Import.Domain
}

// payload is what a handler is given: the event itself; the interface of all events of the domain for several; any
// where they are of several domains.
func (p *plan) payload(h *model.Handler) *jen.Statement {
	switch p.originOf(h) {
	case allEvents, ownEvents:
		return jen.Id("Event")
	case ownEvent, foreignEvent:
		return p.foreign(p.domainOf(h.Events[0]), h.Events[0].Event.GoName)
	}
	for _, k := range h.Events {
		if p.domainOf(k) != p.domainOf(h.Events[0]) {
			return jen.Any()
		}
	}
	return p.foreign(p.domainOf(h.Events[0]), "Event")
}

func (p *plan) handlerMethods() (methods []jen.Code) {
	for _, h := range p.domain.Handlers {
		m := jen.Null()
		if h.Doc != "" {
			m = docs(h.Doc)
		}
		methods = append(methods, m.Id(h.Name).Params(ctxParam(), jen.Id("e").Add(p.rt("Event").Types(p.payload(h)))).Error())
	}
	return methods
}

// subscribe is the statement of New that makes a declared handler a subscription.
func (p *plan) subscribe(h *model.Handler) jen.Code {
	args := append([]jen.Code{jen.Lit(h.Name), jen.Id("impl." + h.Name)}, p.handlerOptions(h)...)
	switch p.originOf(h) {
	case allEvents:
		return jen.Id("d.OnAny").Call(args...)
	case ownEvent:
		return jen.Id("d.On" + h.Events[0].Event.GoName).Call(args...)
	case ownEvents:
		return p.subscribeTo(h, jen.Id("d.decodeEvent"), args)
	case manySources:
		return p.subscribeTo(h, jen.Id("d.source"+h.Name), args)
	}
	return p.subscribeTo(h, p.foreignDecode(h.Events[0]), args)
}

func (p *plan) subscribeTo(h *model.Handler, decode jen.Code, args []jen.Code) jen.Code {
	from := p.rt("Pick").Types(p.payload(h)).Add(lines("(", ")", append([]jen.Code{decode}, p.eventKeys(h)...)...))
	return p.rt("On").Call(append([]jen.Code{jen.Id("e"), args[0], from}, args[1:]...)...)
}

// foreignDecode reads the events of an aggregate of another domain.
func (p *plan) foreignDecode(k *model.HandlerKey) *jen.Statement {
	a := k.Event.Aggregate
	handle := p.foreign(p.domainOf(k), a.Name+"Handle")
	return jen.Parens(jen.Op("*").Add(handle)).Call(jen.Nil()).Dot(decodeMethod(a))
}

// eventKeys are the keys that a handler listens to, and those that they had before.
func (p *plan) eventKeys(h *model.Handler) (keys []jen.Code) {
	for _, k := range h.Events {
		name := p.foreign(p.domainOf(k), k.Event.GoName+"Key")
		keys = append(keys, p.eventKey(k, name))
		for _, old := range k.Event.Was {
			keys = append(keys, p.eventKey(k, jen.Lit(old)))
		}
	}
	return keys
}

func (p *plan) eventKey(k *model.HandlerKey, key jen.Code) jen.Code {
	return p.rt("EventKey").Values(
		jen.Id("Domain").Op(":").Lit(p.domainOf(k).Name),
		jen.Id("Aggregate").Op(":").Lit(k.Event.Aggregate.Wire),
		jen.Id("Key").Op(":").Add(key))
}

// sourceFunc reads the events of a handler that come from several places.
func (p *plan) sourceFunc(h *model.Handler) jen.Code {
	var cases []jen.Code
	seen := map[*model.Aggregate]bool{}
	for _, k := range h.Events {
		a := k.Event.Aggregate
		if seen[a] {
			continue
		}
		seen[a] = true
		read := p.foreignDecode(k)
		if p.domainOf(k) == p.domain {
			read = p.kindsOf(a).Dot("Decode")
		}
		cases = append(cases, jen.Case(jen.Id("r.Domain").Op("==").Lit(p.domainOf(k).Name).Op("&&").
			Id("r").Dot("Aggregate").Op("==").Lit(a.Wire)).Block(jen.Return(read.Call(jen.Id("r")))))
	}
	return docs("source"+h.Name+" reads the events of "+h.Name+".").
		Func().Params(jen.Id("d").Op("*").Id("Domain")).Id("source"+h.Name).Params(p.recordParam()).
		Params(p.payload(h), p.rt("EventType"), jen.Bool(), jen.Error()).Block(
		jen.Switch().Block(cases...),
		jen.Return(jen.Nil(), p.rt("EventType").Values(), jen.False(), p.rt("UnknownEvent").Call(jen.Id("r"))),
	)
}

// handlerOptions are those that differ from what the runtime does without them.
func (p *plan) handlerOptions(h *model.Handler) (opts []jen.Code) {
	if h.Was != "" {
		opts = append(opts, p.rt("Was").Call(jen.Lit(h.Was)))
	}
	if h.Retry != 5 {
		opts = append(opts, p.rt("Retry").Call(jen.Lit(h.Retry)))
	}
	if h.Timeout != 30*time.Second {
		opts = append(opts, p.rt("Timeout").Call(duration(h.Timeout)))
	}
	if h.FromNow {
		opts = append(opts, p.rt("FromNow").Call())
	}
	if h.Concurrency != 1 {
		opts = append(opts, p.rt("Concurrency").Call(jen.Lit(h.Concurrency)))
	}
	switch h.OnFailure {
	case "skip":
		opts = append(opts, p.rt("OnFailure").Call(p.rt("Skip")))
	case "halt":
		opts = append(opts, p.rt("OnFailure").Call(p.rt("Halt")))
	}
	return opts
}

// duration is a duration as one writes it: 10 * time.Second.
func duration(d time.Duration) *jen.Statement {
	units := []struct {
		size time.Duration
		name string
	}{{time.Hour, "Hour"}, {time.Minute, "Minute"}, {time.Second, "Second"}, {time.Millisecond, "Millisecond"}}
	for _, u := range units {
		if d != 0 && d%u.size == 0 {
			return jen.Lit(int(d/u.size)).Op("*").Qual("time", u.name)
		}
	}
	return jen.Qual("time", "Duration").Call(jen.Lit(int(d)))
}
