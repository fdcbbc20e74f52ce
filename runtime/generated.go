package runtime

import (
	"context"
	"fmt"

	"github.com/fluvius-io/fluvius-go/runtime/value"
)

// What stands in this file fills the tables of spec.go for generated code, so that each line it would otherwise
// print for every event and action is written, and tested, once. Users need none of it.

// When is where an action may run.
type When uint8

// Creates is for an action that may run where nothing exists, Emits for one that may run where the aggregate
// exists; an action may be both.
const (
	Creates When = 1 << iota
	Emits
)

// NewAction is an action that the language decides.
func NewAction[S, E, C any](name string, when When, c *value.Codec[C], decide func(*Decision, *S, *C) ([]E, error)) Action[S, E, C] {
	return newAction(name, when, c, func(_ context.Context, d *Decision, s *S, cmd *C) ([]E, error) {
		return decide(d, s, cmd)
	})
}

// NewActionByHand is an action that Go decides. Decide is given copies, so that it can change neither state nor
// command; clone is nil where a plain copy of the state does. Declared says whether the action may emit an event,
// where the aggregate exists or not; nil where its type says it all.
func NewActionByHand[S, E, C any](name string, when When, c *value.Codec[C], clone func(*S) S,
	decide func(context.Context, S, C) ([]E, error), declared func(e E, exists bool) bool) Action[S, E, C] {
	return newAction(name, when, c, func(ctx context.Context, d *Decision, s *S, cmd *C) ([]E, error) {
		state := *s
		if clone != nil {
			state = clone(s)
		}
		var events []E
		var err error
		byHand(func() { events, err = decide(d.Context(ctx), state, c.Clone(cmd)) })
		if err != nil {
			return nil, err
		}
		for _, e := range events {
			if declared != nil && !declared(e, d.Exists) {
				return nil, Undeclared(name, fmt.Sprintf("%T", e), d.Exists)
			}
		}
		return events, nil
	})
}

func newAction[S, E, C any](name string, when When, c *value.Codec[C],
	decide func(context.Context, *Decision, *S, *C) ([]E, error)) Action[S, E, C] {
	return Action[S, E, C]{
		Name: name, Creates: when&Creates != 0, Emits: when&Emits != 0, Decide: decide,
		Check: func(cmd *C) error { return invalid(c.Check(cmd)) },
	}
}

// OneEvent makes of a decision that emits one kind of event one that emits events.
func OneEvent[E, S, C, P any](decide func(context.Context, S, C) (P, error)) func(context.Context, S, C) ([]E, error) {
	return func(ctx context.Context, s S, cmd C) ([]E, error) {
		p, err := decide(ctx, s, cmd)
		if err != nil {
			return nil, err
		}
		e, ok := any(p).(E)
		if !ok { // cannot be: P is an event of the aggregate
			return nil, NotAnEvent(p)
		}
		return []E{e}, nil
	}
}

// AnyAction is an action of an aggregate, whatever its command.
type AnyAction[S, E any] interface {
	named() string
	takes(cmd any) bool
	execute(ctx context.Context, h history[S, E], id string, cmd any, opts []Option) (Result, error)
	decide(ctx context.Context, h history[S, E], s S, cmd any, opts []Option) ([]E, error)
}

func (a *Action[S, E, C]) named() string { return a.Name }

func (a *Action[S, E, C]) takes(cmd any) bool { _, ok := cmd.(C); return ok }

func (a *Action[S, E, C]) execute(ctx context.Context, h history[S, E], id string, cmd any, opts []Option) (Result, error) {
	return Execute(ctx, &Handle[string, S, E]{log: h}, a, id, cmd.(C), opts)
}

func (a *Action[S, E, C]) decide(ctx context.Context, h history[S, E], s S, cmd any, opts []Option) ([]E, error) {
	return Decide(ctx, &Handle[string, S, E]{log: h}, a, s, cmd.(C), opts)
}

// AddActions makes actions known to their handle and engine, for DecideAny and ExecuteAny. Only the generated New
// calls it.
func AddActions[ID ~string, S, E any](h *Handle[ID, S, E], actions ...AnyAction[S, E]) {
	h.actions = append(h.actions, actions...)
	for _, a := range actions {
		h.log.engine.commands = append(h.log.engine.commands, anyCommand{
			aggregate: h.log.about.Name, action: a.named(), takes: a.takes,
			execute: func(ctx context.Context, id string, cmd any, opts []Option) (Result, error) {
				return a.execute(ctx, h.log, id, cmd, opts)
			},
		})
	}
}

// anyCommand is an action of any aggregate of a domain.
type anyCommand struct {
	aggregate, action string
	takes             func(cmd any) bool
	execute           func(ctx context.Context, id string, cmd any, opts []Option) (Result, error)
}

// find is the action of a command. A domain has few, so a loop over type assertions is faster than a map.
func (e *Engine) find(cmd any) *anyCommand {
	for i := range e.commands {
		if e.commands[i].takes(cmd) {
			return &e.commands[i]
		}
	}
	return nil
}

// ExecuteAny does what a command of any aggregate of the domain asks.
func ExecuteAny(ctx context.Context, e *Engine, id string, cmd any, opts []Option) (Result, error) {
	if c := e.find(cmd); c != nil {
		return c.execute(ctx, id, cmd, opts)
	}
	return Result{}, NotACommand(e.domain, cmd)
}

// DecideAny is the decision alone of any command of the aggregate.
func DecideAny[ID ~string, S, E any](ctx context.Context, h *Handle[ID, S, E], s S, cmd any, opts []Option) ([]E, error) {
	for _, a := range h.actions {
		if a.takes(cmd) {
			return a.decide(ctx, h.log, s, cmd, opts)
		}
	}
	if c := h.log.engine.find(cmd); c != nil {
		return nil, WrongAggregate(c.action, h.log.about.Name, c.aggregate)
	}
	return nil, NotACommand(h.log.engine.domain, cmd)
}

// Commands are the commands of a domain, by the names of their actions: I is its interface of commands. Each reads
// one.
type Commands[I any] map[string]func(body []byte) (I, error)

// Decode reads the JSON of the command of that name, strictly. The error is an InvalidError.
func (c Commands[I]) Decode(domain, name string, body []byte) (I, error) {
	read, ok := c[name]
	if !ok {
		var none I
		return none, InvalidError{Reason: fmt.Sprintf("%s has no action %q", domain, name)}
	}
	return read(body)
}

// CommandOf reads the JSON of one command.
func CommandOf[I, C any](c *value.Codec[C]) func(body []byte) (I, error) {
	return func(body []byte) (cmd I, err error) {
		decoded, err := c.Strict(string(body))
		if err != nil {
			return cmd, Invalid(err)
		}
		return any(decoded).(I), nil // C is a command of the domain
	}
}

// ParseAs is v, if it is fit for its type; else the error is an InvalidError.
func ParseAs[T any](c *value.Codec[T], v T) (T, error) {
	if err := c.Check(&v); err != nil {
		var none T
		return none, Invalid(err)
	}
	return v, nil
}

func invalid(err error) error {
	if err == nil {
		return nil
	}
	return Invalid(err)
}

// NewSnapshot keeps a state every so many events.
func NewSnapshot[S any](every uint64, fingerprint string, c *value.Codec[S]) *Snapshot[S] {
	return &Snapshot[S]{
		Every: every, Fingerprint: fingerprint, Append: c.Append,
		Read: func(data string, s *S) (err error) { *s, err = c.Decode(data); return err },
	}
}
