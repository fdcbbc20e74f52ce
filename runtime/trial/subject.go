package trial

import (
	"context"
	"fmt"

	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/fluvius-io/fluvius-go/runtime/value"
)

// subject is an aggregate without its types, so that all that tries it is compiled once, and not in each package for
// each aggregate. An event is a value.
type subject struct {
	name    string
	derives bool

	start    func() (state, error) // where nothing exists
	fold     func([]runtime.Record) (state, error)
	refold   func(state, []runtime.Record) (state, error)
	text     func(state) string
	sequence func(state) uint64
	passed   func(state) state // after an event that changes nothing
	holds    func(state) error // whether the invariants do
	opens    func(key string) bool
	decode   func(*runtime.Record) (e any, head runtime.EventType, ok bool, err error)
	encode   func(e any) (runtime.Encoded, error)

	handle func(*runtime.Engine) handle
	load   func(handle) (state, error)
	result func(runtime.Result) (state, error)
}

// state has a *S.
type state struct{ of any }

// handle is a *runtime.Handle[string, S, E].
type handle any

// aggregateID is the id of the aggregates that are tried.
const aggregateID = "trial-1"

func subjectOf[S, E any](a *runtime.Aggregate[S, E], c *value.Codec[S]) *subject {
	own := func(s S, err error) (state, error) { return state{&s}, err }
	return &subject{
		name: a.Name, derives: a.Derive != nil, opens: a.Opens,
		start: func() (state, error) { return own(runtime.StateOf(runtime.Given{ID: aggregateID}, a)) },
		fold: func(records []runtime.Record) (state, error) {
			return own(runtime.FoldRecords(a, aggregateID, records))
		},
		refold: func(s state, records []runtime.Record) (state, error) {
			return own(runtime.Refold(a, *s.of.(*S), records))
		},
		text: func(s state) string {
			text, err := c.Marshal(s.of.(*S))
			if err != nil {
				return "not writable: " + err.Error()
			}
			return string(text)
		},
		sequence: func(s state) uint64 { return *a.Sequence(s.of.(*S)) },
		passed: func(s state) state {
			next := *s.of.(*S)
			*a.Sequence(&next)++
			return state{&next}
		},
		holds: func(state) error { return nil },
		decode: func(r *runtime.Record) (any, runtime.EventType, bool, error) {
			e, head, ok, err := a.Decode(r)
			return e, head, ok, err
		},
		encode: func(e any) (runtime.Encoded, error) {
			own, _ := e.(E)
			return a.Encode(nil, own)
		},
		handle: func(e *runtime.Engine) handle { return runtime.NewHandle[string](e, a) },
		load: func(h handle) (state, error) {
			return own(h.(*runtime.Handle[string, S, E]).Load(context.Background(), aggregateID))
		},
		result: func(r runtime.Result) (state, error) {
			s, ok := r.State.(S)
			if !ok {
				return state{}, fmt.Errorf("the state it returned is a %T", r.State)
			}
			return state{&s}, nil
		},
	}
}
