package generator

import (
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/fluvius-io/fluvius-go/dsl/model"
)

// action is a command and what carries it out.
func (p *plan) action(c *model.Action) jen.Code {
	a := c.Aggregate
	items := []jen.Code{
		documented(c.Name, c.Doc, c.Name+" "+clausesOf(c)+".").Add(p.structType(c.Name, c.Params, paramType)),
		settled(oneLiners(append([][2]string{marker(c.Name, "command")}, jsonMethods(c.Name)...))),
		p.actionTables(c),
		settled("// ", c.Name, " does what cmd asks of that ", a.Name, " and returns its new state.\n",
			"func (h *", a.Name, "Handle) ", c.Name, "(ctx ", context(), ", id ", a.ID.GoName, ", cmd ", c.Name, ", opts ...", p.rt("Option"),
			") (", a.Name, ", error) {\n",
			"\treturn ", p.rt("Act"), "(ctx, h.handle", a.Name, ", &", actionVar(c, "h"), ", id, cmd, opts)\n",
			"}"),
	}
	if c.ByHand {
		if anyDefault(c.Params) {
			items = append(items, p.withDefaults(c))
		}
		if several(c) {
			items = append(items, p.declared(c))
		}
		return joined(items)
	}
	return joined(append(items,
		jen.Func().Id("decide"+c.Name).Params(
			jen.Id("d").Op("*").Add(p.rt("Decision")), jen.Id("s").Op("*").Id(a.Name), jen.Id("c").Op("*").Id(c.Name)).
			Params(jen.Index().Id(a.Name+"Event"), jen.Error()).Block(p.decideBody(c)...),
	))
}

// actionTables are the codec of the command, and the action unless Go decides it.
func (p *plan) actionTables(c *model.Action) jen.Code {
	codec := p.table("Command", "json"+c.Name, c.Name, p.tableLines(c.Name, c.Params, paramType))
	if c.ByHand {
		return settled(codec)
	}
	return settled(codec, "\nvar do", c.Name, " = ", p.rt("NewAction"), `("`, c.Name, `", `, p.when(c), ", json", c.Name, ", decide", c.Name, ")")
}

// clausesOf says what an action may emit, as the .fluv does.
func clausesOf(c *model.Action) string {
	var parts []string
	add := func(word string, versions []*model.EventVersion) {
		if len(versions) == 0 {
			return
		}
		keys := make([]string, len(versions))
		for i, v := range versions {
			keys[i] = v.Event.Key
		}
		parts = append(parts, word+" "+strings.Join(keys, ", "))
	}
	add("creates", c.Creates)
	add("emits", c.Emits)
	return strings.Join(parts, " and ")
}

// when is where an action may run.
func (p *plan) when(c *model.Action) *jen.Statement {
	switch {
	case len(c.Emits) == 0:
		return p.rt("Creates")
	case len(c.Creates) == 0:
		return p.rt("Emits")
	}
	return text(p.rt("Creates"), "|", p.rt("Emits"))
}

// kinds are the different events that an action may emit.
func kinds(c *model.Action) []*model.EventVersion {
	var found []*model.EventVersion
	seen := map[*model.EventVersion]bool{}
	for _, v := range append(append([]*model.EventVersion{}, c.Creates...), c.Emits...) {
		if !seen[v] {
			seen[v] = true
			found = append(found, v)
		}
	}
	return found
}

// several tells whether code by hand chooses between kinds of events.
func several(c *model.Action) bool { return len(kinds(c)) > 1 }

// actionByHand is the Action of an action that Go decides.
func (p *plan) actionByHand(c *model.Action, aggregate *jen.Statement) jen.Code {
	decide := p.decideByHand(c)
	declared := jen.Nil()
	if several(c) {
		declared = jen.Id("declared" + c.Name)
	} else {
		decide = p.rt("OneEvent").Types(jen.Id(c.Aggregate.Name + "Event")).Call(decide)
	}
	return p.rt("NewActionByHand").Call(jen.Lit(c.Name), p.when(c), jen.Id("json"+c.Name),
		jen.Add(aggregate).Dot("Clone"), decide, declared)
}

// decideByHand is the user's method, or what gives it the command with its defaults: it then reads what the body of an
// action would.
func (p *plan) decideByHand(c *model.Action) *jen.Statement {
	method := jen.Id("impl." + c.Name)
	if !anyDefault(c.Params) {
		return method
	}
	return jen.Func().Params(ctxParam(), jen.Id("state").Id(c.Aggregate.Name), jen.Id("cmd").Id(c.Name)).
		Params(resultByHand(c), jen.Error()).
		Block(jen.Return(method.Call(jen.Id("ctx"), jen.Id("state"), jen.Id("cmd.withDefaults").Call())))
}

// resultByHand is what code by hand decides: the event, or events if there are several kinds.
func resultByHand(c *model.Action) *jen.Statement {
	if several(c) {
		return jen.Index().Id(c.Aggregate.Name + "Event")
	}
	return jen.Id(kinds(c)[0].GoName)
}

func anyDefault(fields []*model.Field) bool {
	return slices.ContainsFunc(fields, func(f *model.Field) bool { return f.Default != nil })
}

// withDefaults gives a command that Go decides what it leaves out.
func (p *plan) withDefaults(c *model.Action) jen.Code {
	var body []jen.Code
	for _, f := range c.Params {
		if f.Default == nil {
			continue
		}
		given := jen.Id("v." + f.GoName)
		filled := p.newBlock(env{}).orDefault(f, given)
		if !isOptional(f.Type) {
			filled = p.rt("Some").Call(filled)
		}
		body = append(body, jen.Add(given).Op("=").Add(filled))
	}
	return docs("withDefaults is v with the default of each parameter that it leaves out.").
		Func().Params(jen.Id("v").Id(c.Name)).Id("withDefaults").Params().Id(c.Name).
		Block(append(body, jen.Return(jen.Id("v")))...)
}

func (p *plan) declared(c *model.Action) jen.Code {
	return docs("declared"+c.Name+" says which events "+c.Name+" may emit, where the aggregate exists or not.").
		Func().Id("declared"+c.Name).Params(jen.Id("e").Id(c.Aggregate.Name+"Event"), jen.Id("exists").Bool()).Bool().
		Block(p.declaredBody(c)...)
}
