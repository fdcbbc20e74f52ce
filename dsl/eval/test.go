package eval

import (
	"errors"
	"strconv"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// Result is what came of a `test` block.
type Result struct {
	Test        *model.Test
	Differences []Difference // none if it passed or could not run
	Blocked     string       // why it cannot run without Go; "" if it can
}

// Passed tells whether the test ran and all was as expected.
func (r *Result) Passed() bool { return r.Blocked == "" && len(r.Differences) == 0 }

// Difference is one thing that was not as expected.
type Difference struct {
	Span source.Span // where it was expected
	What string      // "state.lines[1].quantity", "event 2", "the error"
	Want string      // as it would be written in .fluv
	Got  string
}

// RunTest runs a test block.
func (d *Domain) RunTest(t *model.Test) (result Result) {
	result.Test = t
	outcome, err := d.try(t)
	if blocked := unsupported(err); blocked != "" {
		result.Blocked = blocked
		return result
	}
	c := &comparison{run: d.start(), result: &result}
	if err := c.whole(t.Then, &outcome, err); err != nil {
		result.Blocked = err.Error()
	}
	return result
}

func unsupported(err error) string {
	if u, ok := errors.AsType[*UnsupportedError](err); ok {
		return u.What
	}
	return ""
}

// try does what a test asks: the fold of what is given, and the action if there is one.
func (d *Domain) try(t *model.Test) (out Outcome, err error) {
	defer catch(&err)
	h := &history{run: d.start(), aggregate: d.aggregate(t.Aggregate), id: t.ID}
	f := &frame{run: h.run, builtins: map[model.BuiltinKind]Value{
		model.Now: Time{t.Now.UTC()}, model.Actor: Text(t.Actor), model.IDValue: Text(t.ID),
	}}
	var records []Record
	for _, g := range t.Givens {
		data, err := h.write(g.Version.Fields, f.fields(g.Version.Fields, g.Fields))
		if err != nil {
			return out, err
		}
		records = append(records, Record{Key: g.Version.Event.Key, Version: g.Version.Version, Data: data, Timestamp: t.Now})
	}
	if out.State, err = h.fold(h.nothing(), records); err != nil || t.When == nil {
		return out, err
	}
	command := make([]Value, len(t.When.Action.Params))
	for i := range command {
		command[i] = None{}
	}
	for _, init := range t.When.Fields {
		if init.Value != nil {
			command[indexOf(t.When.Action.Params, init.Field.Name)] = f.eval(init.Value)
		}
	}
	return h.decide(out.State, t.When.Action, command, Around{Now: t.Now, Actor: t.Actor})
}

// comparison holds what came of a test against what should have.
type comparison struct {
	*run
	result *Result
}

func (c *comparison) differs(at source.Span, what, want, got string) {
	c.result.Differences = append(c.result.Differences, Difference{Span: at, What: what, Want: want, Got: got})
}

func (c *comparison) whole(then *model.Then, out *Outcome, failure error) (err error) {
	defer catch(&err)
	switch {
	case then.Error != nil:
		c.domainError(then, failure)
		return nil
	case then.Kind != "":
		if Code(failure) != then.Kind {
			c.differs(then.Span, "the error", then.Kind, c.failureText(failure))
		}
		return nil
	case failure != nil:
		c.differs(c.result.Test.Span, "the error", "none", c.failureText(failure))
		return nil
	}
	if then.Events != nil || then.Nothing {
		c.events(then, out.Events)
	}
	for _, init := range then.State {
		c.field("state."+init.Field.Name, init, out.State.Get(init.Field.Name))
	}
	return nil
}

// failureText is an error as a test block would name it, and what it says.
func (c *comparison) failureText(err error) string {
	if err == nil {
		return "none"
	}
	if e, ok := errors.AsType[*DomainError](err); ok {
		return e.Decl.Name + ": " + e.Text
	}
	if code := Code(err); code != "" {
		return code + ": " + err.Error()
	}
	return err.Error()
}

func (c *comparison) domainError(then *model.Then, failure error) {
	e, ok := errors.AsType[*DomainError](failure)
	if !ok || e.Decl != then.Error {
		c.differs(then.Span, "the error", then.Error.Name, c.failureText(failure))
		return
	}
	for _, init := range then.Params {
		c.field(then.Error.Name+"."+init.Field.Name, init, e.Params[indexOf(e.Decl.Params, init.Field.Name)])
	}
}

// events compares all events of the action, in order.
func (c *comparison) events(then *model.Then, got []Payload) {
	for i, want := range then.Events {
		name := "event " + strconv.Itoa(i+1)
		if i >= len(got) {
			c.differs(want.Span, name, want.Version.Event.Key, "no event")
			continue
		}
		if got[i].Version != want.Version {
			c.differs(want.Span, name, want.Version.Event.Key, eventName(got[i].Version))
			continue
		}
		for _, init := range want.Fields {
			c.field(want.Version.Event.Key+"."+init.Field.Name, init, got[i].record().get(init.Field))
		}
	}
	behind := then.Span
	if n := len(then.Events); n > 0 {
		behind = then.Events[n-1].Span
	}
	for i := len(then.Events); i < len(got); i++ {
		c.differs(behind, "event "+strconv.Itoa(i+1), "no event", c.eventText(&got[i]))
	}
}

func eventName(v *model.EventVersion) string {
	if v.Newest {
		return v.Event.Key
	}
	return v.Event.Key + "@" + strconv.Itoa(v.Version)
}

// field compares one field.
func (c *comparison) field(what string, init *model.FieldInit, got Value) {
	t := c.result.Test
	f := &frame{run: c.run, builtins: map[model.BuiltinKind]Value{
		model.Now: Time{t.Now.UTC()}, model.Actor: Text(t.Actor), model.IDValue: Text(t.ID),
	}}
	c.values(place{what: what, expr: init.Value, span: init.Value.Where()}, init.Field.Type, f.eval(init.Value), got)
}
