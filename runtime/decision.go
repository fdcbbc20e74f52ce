package runtime

import (
	"context"
	"errors"
	"maps"
)

// NoEvent is what code by hand answers for a success that stores nothing.
//
//lint:ignore ST1012 it is an answer, not an error, and reads as one: return nil, runtime.NoEvent
var NoEvent error = errors.New("no event")

type decisionKey struct{}

// Context is the context that code by hand is given: DecisionFromContext finds d in it, and a command issued
// under it is an error, for a decision may run again.
func (d *Decision) Context(ctx context.Context) context.Context {
	return context.WithValue(ctx, decisionKey{}, d)
}

// DecisionFromContext is what surrounds the decision that runs; the zero Decision outside of one. Its map is
// the caller's.
func DecisionFromContext(ctx context.Context) Decision {
	d, ok := ctx.Value(decisionKey{}).(*Decision)
	if !ok {
		return Decision{}
	}
	c := *d
	c.Metadata = maps.Clone(d.Metadata)
	return c
}

// insideDecision says why no command may be issued here; nil if one may.
func insideDecision(ctx context.Context) error {
	if ctx.Value(decisionKey{}) == nil {
		return nil
	}
	return errInDecision
}

var errInDecision = InvalidError{Reason: "a decision may run again, so it must not issue a command"}
