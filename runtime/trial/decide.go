package trial

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/fluvius-io/fluvius-go/runtime/value"
)

// Command is one action of the aggregate, whatever its command.
type Command struct {
	name           string
	byHand         bool
	creates, emits bool
	make           func(r *Random) asked
}

// asked is one command.
type asked struct {
	text    func() string
	decide  func(d *runtime.Decision, s state) ([]any, error)
	execute func(h handle, opts []runtime.Option) (runtime.Result, error)
}

// Action adds an action: the codec of its command, and what makes random ones.
func Action[S, E, C any](p *Properties, a *runtime.Action[S, E, C], c *value.Codec[C], make func(*Random) C) *Command {
	command := &Command{name: a.Name, creates: a.Creates, emits: a.Emits}
	command.make = func(r *Random) asked {
		cmd := make(r)
		return asked{
			text: func() string { return string(c.Append(nil, &cmd)) },
			decide: func(d *runtime.Decision, s state) ([]any, error) {
				if err := a.Check(&cmd); err != nil {
					return nil, err
				}
				events, err := a.Decide(context.Background(), d, s.of.(*S), &cmd)
				return anys(events), err
			},
			execute: func(h handle, opts []runtime.Option) (runtime.Result, error) {
				return runtime.Execute(context.Background(), h.(*runtime.Handle[string, S, E]), a, aggregateID, cmd, opts)
			},
		}
	}
	p.actions = append(p.actions, command)
	return command
}

// ByHand says that Go code decides: it may refuse with any error.
func (c *Command) ByHand() *Command { c.byHand = true; return c }

func anys[E any](events []E) (all []any) {
	for _, e := range events {
		all = append(all, e)
	}
	return all
}

// around is what surrounds a decision.
type around struct {
	now   time.Time
	id    string // of the command: with it all that its events carry is known, which an upcast may read
	actor string
	meta  map[string]string
}

func (r *Random) around(now time.Time) around {
	a := around{now: now, id: fmt.Sprintf("c-%x", r.Uint64()), actor: oneOf(r, "", "ada", "bob")}
	if r.chance(0.3) {
		a.meta = map[string]string{"tenant": oneOf(r, "t-1", "t-2")}
	}
	return a
}

func (a around) decision(exists bool) *runtime.Decision {
	meta := map[string]string{}
	for name, text := range a.meta {
		meta[name] = text
	}
	return &runtime.Decision{Now: a.now, Actor: a.actor, Metadata: meta, Exists: exists, CommandID: a.id}
}

func (a around) options() []runtime.Option {
	opts := []runtime.Option{runtime.CommandID(a.id)}
	if a.actor != "" {
		opts = append(opts, runtime.Actor(a.actor))
	}
	for name, text := range a.meta {
		opts = append(opts, runtime.Metadata(name, text))
	}
	return opts
}

// verdict is what a decision comes to: an error, or the events as they would be stored and the state after them.
type verdict struct {
	err     error
	records []runtime.Record
	next    state
}

func (v *verdict) String() string {
	if v.err != nil {
		return "the error " + clip(v.err.Error())
	}
	if len(v.records) == 0 {
		return "nothing"
	}
	texts := make([]string, len(v.records))
	for i, r := range v.records {
		texts[i] = fmt.Sprintf("%s@%d %s", r.Key, r.Version, clip(r.Data))
	}
	return strings.Join(texts, ", ")
}

// verdictOn decides on s, and folds what was decided. An error is one that no decision may have.
func (p *Properties) verdictOn(c *Command, a asked, s state, with around) (v verdict, err error) {
	v.next = s
	exists := p.about.sequence(s) > 0
	switch {
	case exists && !c.emits:
		v.err = runtime.AlreadyExistsError{Aggregate: p.about.name, ID: aggregateID}
		return v, nil
	case !exists && !c.creates:
		v.err = runtime.NotFoundError{Aggregate: p.about.name, ID: aggregateID}
		return v, nil
	}
	events, err := decideSafely(a, with.decision(exists), s)
	switch {
	case errors.Is(err, runtime.NoEvent):
		return v, nil
	case err != nil:
		v.err = err
		return v, mayRefuse(c, err)
	}
	meta := runtime.StoredMeta(c.name, with.options()...)
	for _, e := range events {
		encoded, err := p.about.encode(e)
		if err != nil {
			v.err = err // a `where` of the event's
			return v, mayRefuse(c, err)
		}
		v.records = append(v.records, runtime.Record{Data: string(encoded.Data), Header: runtime.Header{
			Domain: p.domain, Aggregate: p.about.name, AggregateID: aggregateID, Key: encoded.Key, Version: encoded.Version,
			Timestamp: with.now, Metadata: meta,
		}})
	}
	return v, p.foldVerdict(s, &v)
}

func decideSafely(a asked, d *runtime.Decision, s state) (events []any, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &runtime.PanicError{Value: p}
		}
	}()
	return a.decide(d, s)
}

// mayRefuse is nil if an action may refuse so.
func mayRefuse(c *Command, err error) error {
	var panicked *runtime.PanicError
	switch {
	case errors.As(err, &panicked):
		return fmt.Errorf("it panics: %v", panicked.Value)
	case runtime.Code(err) == "" && !c.byHand:
		return fmt.Errorf("it is refused with an error that has no code: %w", err)
	}
	return nil
}

// foldVerdict folds what was decided. What cannot be computed is the action's error; all else folds.
func (p *Properties) foldVerdict(s state, v *verdict) error {
	if len(v.records) == 0 {
		return nil
	}
	next, err := p.about.refold(s, v.records)
	if errors.Is(err, runtime.ErrOverflow) {
		v.err = err
		return nil
	}
	if err != nil {
		return fmt.Errorf("what it emits does not fold: %w\nit emits %s", err, v)
	}
	v.next = next
	for i := range v.records {
		if err := p.readable(&v.records[i]); err != nil {
			return err
		}
	}
	return nil
}

// readable says whether an event that was emitted is read as it was written.
func (p *Properties) readable(r *runtime.Record) error {
	e, head, ok, err := p.about.decode(r)
	if err != nil || !ok {
		if p.upcastByHand(r) {
			return nil
		}
		return fmt.Errorf("it emits %s@%d %s, which is not read: %v", r.Key, r.Version, clip(r.Data), err)
	}
	if head.Version != r.Version {
		return nil
	}
	again, err := p.about.encode(e)
	if err != nil || string(again.Data) != r.Data {
		return fmt.Errorf("it emits %s@%d %s, which is read as %s, %v", r.Key, r.Version, clip(r.Data), clip(string(again.Data)), err)
	}
	return nil
}

func (p *Properties) upcastByHand(r *runtime.Record) bool {
	for _, k := range p.events {
		if k.key == r.Key && k.version == r.Version {
			return k.byHand
		}
	}
	return true // left out
}

// decided is verdictOn made twice, with the same answer and without a change of what was given.
func (p *Properties) decided(c *Command, a asked, s state, with around) (v verdict, err error) {
	command, state := a.text(), p.about.text(s)
	v, err = p.verdictOn(c, a, s, with)
	if err != nil {
		return v, p.of(c, command, state, err)
	}
	again, err := p.verdictOn(c, a, s, with)
	first, second := v.String(), again.String()
	switch {
	case err != nil:
	case first != second || !runtime.SameEvents(v.records, again.records):
		err = fmt.Errorf("deciding twice gives two answers\nfirst: %s\nthen:  %s", first, second)
	case a.text() != command:
		err = fmt.Errorf("deciding changes the command to %s", clip(a.text()))
	case p.about.text(s) != state:
		err = fmt.Errorf("deciding changes the state to %s", clip(p.about.text(s)))
	}
	return v, p.of(c, command, state, err)
}

// of says of which command and state an error is.
func (p *Properties) of(c *Command, command, state string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s %s: %w\non the state %s", c.name, clip(command), err, clip(state))
}

// decisions decides each action on random states, each time twice.
func (p *Properties) decisions(r *Random) (got report) {
	got.why = "the aggregate has no actions"
	for _, c := range p.actions {
		tried, accepted := 0, 0
		for range decisionsOfEach {
			v, ok, err := p.decision(r, c)
			if err != nil {
				got.err = err
				return got
			}
			if ok {
				tried++
			}
			if ok && v.err == nil {
				accepted++
			}
		}
		got.tried += tried
		got.note(c.name, tried, accepted)
	}
	return got
}

func (got *report) note(name string, tried, accepted int) {
	switch {
	case tried == 0:
		got.why = "no command was found that every `where` lets through"
		got.notes = append(got.notes, name+": "+got.why)
	case accepted == 0:
		got.notes = append(got.notes, fmt.Sprintf("%s was refused each of %d times", name, tried))
	}
}

func (p *Properties) decision(r *Random, c *Command) (v verdict, ok bool, err error) {
	length := 0
	if c.emits && !(c.creates && r.chance(0.3)) {
		length = 1 + r.IntN(eventsOfHistory)
	}
	_, s, err := p.history(r, length)
	if err != nil {
		return v, false, err
	}
	a, ok := p.ask(r, c)
	if !ok {
		return v, false, nil
	}
	v, err = p.decided(c, a, s, r.around(r.moment()))
	return v, true, err
}

// ask makes a command; ok is false where no value was found that every `where` lets through.
func (p *Properties) ask(r *Random, c *Command) (asked, bool) {
	r.huge = 1
	return made(r, c.make)
}
