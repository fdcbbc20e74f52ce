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
	return Action[S, E, C]{
		Name: name, Creates: when&Creates != 0, Emits: when&Emits != 0, Check: checkWith(c),
		Decide: func(_ context.Context, d *Decision, s *S, cmd *C) ([]E, error) { return decide(d, s, cmd) },
	}
}

// NewActionByHand is an action that Go decides. It is given copies, so that it can change neither state nor
// command; clone is nil where a plain copy of the state does. Declared says whether the action may emit an event, where the aggregate exists or not.
func NewActionByHand[S, E, C any](name string, when When, c *value.Codec[C], clone func(*S) S,
	decide func(context.Context, S, C) ([]E, error), declared func(e E, exists bool) bool) Action[S, E, C] {
	byHand := func(ctx context.Context, d *Decision, s *S, cmd *C) ([]E, error) {
		state := *s
		if clone != nil {
			state = clone(s)
		}
		events, err := decide(d.Context(ctx), state, c.Clone(cmd))
		if err != nil {
			return nil, err
		}
		for _, e := range events {
			if !declared(e, d.Exists) {
				return nil, Undeclared(name, fmt.Sprintf("%T", e))
			}
		}
		return events, nil
	}
	return Action[S, E, C]{
		Name: name, Creates: when&Creates != 0, Emits: when&Emits != 0, Check: checkWith(c), Decide: byHand,
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

func checkWith[C any](c *value.Codec[C]) func(*C) error {
	return func(cmd *C) error {
		if err := c.Check(cmd); err != nil {
			return Invalid(err)
		}
		return nil
	}
}

// EncodeEvent checks an event and appends its payload to buf. The error is an InvalidError.
func EncodeEvent[P any](buf []byte, key string, version int, c *value.Codec[P], e *P) (Encoded, error) {
	data, err := c.Encode(buf, e)
	if err != nil {
		return Encoded{}, Invalid(err)
	}
	return Encoded{EventType: EventType{Key: key, Version: version}, Data: data}, nil
}

// DecodeCommand reads the JSON of a command. The error is an InvalidError.
func DecodeCommand[C any](body []byte, c *value.Codec[C]) (C, error) {
	cmd, err := c.Strict(string(body))
	if err != nil {
		return cmd, Invalid(err)
	}
	return cmd, nil
}

// Pick is the source of some of the events that decode reads: those with these keys, as P, which is the type of
// one event or an interface of several.
func Pick[P, E any](decode func(*Record) (E, EventType, bool, error), keys ...EventKey) Source[P] {
	return Source[P]{Keys: keys, Decode: func(r *Record) (P, EventType, bool, error) {
		e, head, ok, err := decode(r)
		if err != nil || !ok {
			var none P
			return none, head, false, err
		}
		p, ok := any(e).(P)
		if !ok { // a key that this source is not about
			return p, head, false, UnknownEvent(r)
		}
		return p, head, true, nil
	}}
}
