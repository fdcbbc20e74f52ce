package generator

import (
	"slices"
	"strings"
	"time"

	"github.com/dave/jennifer/jen"

	"github.com/fluvius-io/fluvius-go/dsl/model"
)

// trialPath is the package that tries on random values what must hold of every domain. Here it is told what this one
// has.
const trialPath = runtimePath + "/trial"

func trial(name string) *jen.Statement { return jen.Qual(trialPath, name) }

// propertyParts are the property tests of all aggregates, with what makes random values.
func (p *plan) propertyParts() (parts []part) {
	if p.anythingByHand() {
		parts = append(parts, part{6, p.byHandVar})
	}
	for _, a := range p.domain.Aggregates {
		if len(a.Events)+len(a.Actions) > 0 {
			parts = append(parts, part{10 + len(a.Events) + 2*len(a.Actions), func() jen.Code { return p.testProperties(a) }})
		}
	}
	if parts == nil {
		return nil
	}
	used := p.randomTypes()
	for _, s := range p.domain.Scalars {
		if used[s] && s.Where != nil {
			parts = append(parts, part{4, func() jen.Code { return p.randomScalar(s) }})
		}
	}
	for _, s := range p.domain.Structs {
		if used[s] {
			parts = append(parts, p.randomPart(s.GoName, s.Fields, plainType))
		}
	}
	for _, a := range p.domain.Aggregates {
		parts = append(parts, p.randomParts(a)...)
	}
	return parts
}

func (p *plan) anythingByHand() bool {
	for _, a := range p.domain.Aggregates {
		if needsImpl(a) {
			return true
		}
	}
	return false
}

// byHandVar is where users hand in what the tests cannot make.
func (p *plan) byHandVar() jen.Code {
	return docs("byHand is what the tests here take for what the domain leaves to Go. While it is nil, that is left out: an",
		"init function of another file of tests may set it.").Var().Id("byHand").Id("Implementation")
}

// testProperties tells the properties of an aggregate. No name of Go that a domain makes has an underscore.
func (p *plan) testProperties(a *model.Aggregate) jen.Code {
	about := jen.Id("aggregate" + a.Name)
	if anyUpcastByHand(a) {
		about.Call(jen.Id("byHand"))
	}
	body := []jen.Code{jen.Id("p").Op(":=").Add(trial("Of")).Call(jen.Id("t"), jen.Lit(p.domain.Name), about, jen.Id("json"+a.Name))}
	if len(a.Invariants) > 0 {
		body = append(body, trial("Invariants").Call(jen.Id("p"), jen.Id("hold"+a.Name)))
	}
	var byHand, left []jen.Code
	for _, e := range a.Events {
		for _, v := range e.Versions {
			if add := p.addEvent(v); readByHand(v) {
				byHand, left = append(byHand, add.Dot("ByHand").Call()), append(left, jen.Lit(v.GoName))
			} else {
				body = append(body, add)
			}
		}
	}
	for _, c := range a.Actions {
		switch add := p.addAction(c); {
		case c.ByHand:
			byHand, left = append(byHand, add.Dot("ByHand").Call()), append(left, jen.Lit(c.Name))
		case slices.ContainsFunc(kinds(c), readByHand): // what it emits does not fold without
			byHand, left = append(byHand, add), append(left, jen.Lit(c.Name))
		default:
			body = append(body, add)
		}
	}
	if byHand != nil {
		body = append(body, jen.If(jen.Id("byHand").Op("==").Nil()).Block(jen.Id("p.LeaveOut").Call(left...)).Else().Block(byHand...))
	}
	body = append(body, jen.Id("p.Run").Call())
	name := "Test_" + a.Name + "_Properties"
	return docs(name + " tries on random values what must hold. A failure prints its seed: FLUV_SEED=… repeats it.").
		Func().Id(name).Params(testingT()).Block(body...)
}

// readByHand tells whether Go code reads a version as a newer one, at any step.
func readByHand(v *model.EventVersion) bool {
	for _, later := range v.Event.Versions[v.Version-1:] {
		if later.Upcast != nil && later.Upcast.ByHand {
			return true
		}
	}
	return false
}

func (p *plan) addEvent(v *model.EventVersion) *jen.Statement {
	add := trial("Event").Call(jen.Id("p"), jen.Id(v.Event.GoName+"Key"), jen.Lit(v.Version), jen.Id("json"+v.GoName), jen.Id("any"+v.GoName))
	if len(v.Event.Was) == 0 {
		return add
	}
	var keys []jen.Code
	for _, key := range v.Event.Was {
		keys = append(keys, jen.Lit(key))
	}
	return add.Dot("Was").Call(keys...)
}

func (p *plan) addAction(c *model.Action) *jen.Statement {
	action := jen.Op("&").Id("do" + c.Name)
	if c.ByHand {
		action = jen.Op("&").Id("new"+c.Aggregate.Name).Call(jen.Id("p.Engine").Call(), jen.Id("byHand")).Dot("do" + c.Name)
	}
	return trial("Action").Call(jen.Id("p"), action, jen.Id("json"+c.Name), jen.Id("any"+c.Name))
}

// randomTypes are the value types that events and commands hold, at any depth.
func (p *plan) randomTypes() map[model.Type]bool {
	found := map[model.Type]bool{}
	for _, a := range p.domain.Aggregates {
		for _, e := range a.Events {
			for _, v := range e.Versions {
				note(found, v.Fields)
			}
		}
		for _, c := range a.Actions {
			note(found, c.Params)
		}
	}
	return found
}

func note(found map[model.Type]bool, fields []*model.Field) {
	holds(fields, func(t model.Type) bool {
		found[t] = true
		return false
	})
}

func (p *plan) randomParts(a *model.Aggregate) (parts []part) {
	for _, e := range a.Events {
		for _, v := range e.Versions {
			parts = append(parts, p.randomPart(v.GoName, v.Fields, plainType))
		}
	}
	for _, c := range a.Actions {
		parts = append(parts, p.randomPart(c.Name, c.Params, paramType))
	}
	return parts
}

// randomPart is anyX, which makes a random X.
func (p *plan) randomPart(goName string, fields []*model.Field, typeOf func(*model.Field) model.Type) part {
	return part{4 + len(fields), func() jen.Code {
		inOneLine, width, settles := len(fields) <= 3, 0, true
		for _, f := range fields {
			width, settles = max(width, len(f.GoName)), settles && len(f.GoName) <= longKey
		}
		made := []any{goName, "{"}
		for i, f := range fields {
			value := text(p.random(typeOf(f)), "(r)")
			switch {
			case !inOneLine:
				made = append(made, "\n\t\t", f.GoName, ":", strings.Repeat(" ", width-len(f.GoName)+1), value, ",")
			case i > 0:
				made = append(made, ", ", f.GoName, ": ", value)
			default:
				made = append(made, f.GoName, ": ", value)
			}
		}
		if !inOneLine {
			made = append(made, "\n\t")
		}
		if made = append(made, "}"); !settles {
			return randomFunc(goName, made...)
		}
		return settled(randomFunc(goName, made...))
	}}
}

// longKey is from which length on the key of a literal's line may stand outside of its column.
const longKey = 40

func randomFunc(goName string, made ...any) *jen.Statement {
	return text("func any", goName, "(r *", trial("Random"), ") ", goName, " {\n\treturn ", text(made...), "\n}")
}

// randomScalar is anyX for a named scalar with a `where`: the literals in it are hints where values may be found.
func (p *plan) randomScalar(s *model.Scalar) jen.Code {
	args := []jen.Code{jen.Id("r"), jen.Id("json" + s.GoName), p.randomBase(s)}
	walk(s.Where, func(x model.Expr) {
		if hint := hintOf(x); hint != nil {
			args = append(args, hint)
		}
	})
	return randomFunc(s.GoName, trial("Fit").Call(args...))
}

func hintOf(x model.Expr) jen.Code {
	if m, ok := x.(*model.Matches); ok {
		return trial("Pattern").Call(rawText(m.Pattern))
	}
	literal, ok := x.(*model.Literal)
	if !ok {
		return nil
	}
	switch v := literal.Value.(type) {
	case int64:
		return hintOfInt(v)
	case float64:
		return jen.Lit(v)
	case string:
		return jen.Lit(v)
	case model.DecimalText:
		return jen.Lit(string(v))
	case time.Time:
		return jen.Lit(v.Format(time.RFC3339Nano))
	case time.Duration:
		return hintOfInt(int64(v))
	}
	return nil
}

// hintOfInt is a number that an int holds on any machine, else an int64.
func hintOfInt(n int64) jen.Code {
	if n == int64(int32(n)) {
		return jen.Lit(int(n))
	}
	return jen.Lit(n)
}

// random is what makes random values of a type: a function of a *trial.Random.
func (p *plan) random(t model.Type) *jen.Statement {
	switch t := t.(type) {
	case *model.Optional:
		of := p.random(t.Elem)
		if readsNull(baseOf(t.Elem)) {
			of = text(trial("NotNull"), "(", p.codecOf(t.Elem), ", ", of, ")")
		}
		return text(trial("Optional"), "(", of, ")")
	case *model.List:
		return text(trial("List"), "(", p.random(t.Elem), ")")
	case *model.Map:
		return text(trial("Map"), "(", p.random(t.Key), ", ", p.random(t.Elem), ")")
	case *model.Struct:
		return jen.Id("any" + t.GoName)
	case *model.Enum:
		return text(trial("Enum"), "[", p.goType(t), "](enum", t.Name, ")")
	case *model.ID:
		return text(trial("ID"), "[", p.goType(t), "]")
	case *model.GoType:
		return text(trial("Go"), "[", p.goType(t), "]")
	case *model.Scalar:
		if t.Where != nil {
			return jen.Id("any" + t.GoName)
		}
		return p.randomBase(t)
	}
	return p.randomBasic(kindOf(t), p.goType(t))
}

// randomBase makes values of a named scalar that may not fit its `where`.
func (p *plan) randomBase(s *model.Scalar) *jen.Statement {
	named := p.goType(s)
	switch kindOf(s) {
	case model.Decimal:
		return text(trial("Decimal"), "(func(text string) ", named, " { return ", named, "(", p.dec("Must"), "(text)) })")
	case model.Time:
		return text("func(r *", trial("Random"), ") ", named, " { return ", named, "(", trial("Time"), "(r)) }")
	}
	return p.randomBasic(kindOf(s), named)
}

func (p *plan) randomBasic(k model.Kind, named *jen.Statement) *jen.Statement {
	switch k {
	case model.Decimal:
		return text(trial("Decimal"), "(", p.dec("Must"), ")")
	case model.Time:
		return trial("Time")
	}
	makers := map[model.Kind]string{
		model.String: "Text", model.Bool: "Bool", model.Int: "Int", model.Float: "Float",
		model.Duration: "Duration", model.Bytes: "Bytes", model.JSON: "JSON",
	}
	return text(trial(makers[k]), "[", named, "]")
}
