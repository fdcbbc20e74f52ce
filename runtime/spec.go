package runtime

import (
	"context"
	"time"

	"github.com/fluvius-io/fluvius-go/runtime/value"
)

// What stands in this file is the pact between generated code and the runtime: generated code fills these
// tables, the runtime does all the rest. Users need none of it.

// Pact is the number of this pact. Generated code states at compile time that it needs exactly this one: a
// constant there goes negative, or out of range, on a mismatch.
const Pact = 1

// Aggregate is what generated code says of one aggregate: S is its state, E its closed interface of events. All
// functions are pure and safe for concurrent use.
type Aggregate[S, E any] struct {
	// Name is the wire name: "user".
	Name string
	// Start is the state where nothing exists: the id and the defaults.
	Start func(id string) S
	// Sequence points at the state's sequence.
	Sequence func(s *S) *uint64
	// Fold reads one stored event straight into the state: a switch on key and version, upcasts included. It never
	// writes into what another state holds (lists and maps included). It does not touch the sequence, which is the
	// runtime's. An unknown key or version is UnknownEvent(r).
	Fold func(s *S, r *Record) error
	// FoldRun is Fold as one of a run of events on one state: it may write into what the same run has made, which own
	// tells; so that a run that adds n entries to a list does not copy it n times. Nil where Fold does; else Fold may be.
	FoldRun func(s *S, r *Record, own *value.Owner) error
	// Derive computes the derived fields after a run of folds; nil where there are none.
	Derive func(s *S) error
	// Check says whether the invariants hold; nil where there are none.
	Check func(s *S) error
	// Opens tells whether an aggregate may begin with an event of this stored key.
	Opens func(key string) bool
	// Encode checks an event (every `where`, deep) and appends its payload to buf. It refuses nil, pointers and what
	// is no event of this aggregate. Where only a `where` does not hold, the payload is there beside the error.
	Encode func(buf []byte, e E) (Encoded, error)
	// Decode reads one stored event as today's code knows it. ok is false for one that an upcast drops. Key and
	// Version of the result are the payload's.
	Decode func(r *Record) (e E, head EventType, ok bool, err error)
	// Clone copies a state so deep that nothing is shared; nil where a plain copy does.
	Clone func(s *S) S
	// Opaque is true where a state holds Go types of the user that cannot be cloned: it is then never cached.
	Opaque bool
	// Snapshot is nil where the aggregate has none.
	Snapshot *Snapshot[S]
}

// Encoded is an event as it will be stored.
type Encoded struct {
	EventType
	Data []byte // buf and what was appended
}

// EventType is a key and the version of its schema.
type EventType struct {
	Key     string
	Version int
}

// Snapshot says when a state is kept, and how. One made under another fingerprint is ignored and replaced.
type Snapshot[S any] struct {
	Every       uint64
	Fingerprint string // of shape, defaults, folds and upcasts
	Append      func(buf []byte, s *S) []byte
	Read        func(data string, s *S) error
}

// Action is what generated code says of one action: C is its command.
type Action[S, E, C any] struct {
	// Name is the action's: "CreateUser".
	Name string
	// Creates and Emits tell where it may run: where nothing exists, where the aggregate exists.
	Creates, Emits bool
	// Check says whether the input is fit: its values and every `where`, deep. An error is an InvalidError.
	Check func(c *C) error
	// Decide makes the events. It changes neither state nor command.
	Decide func(ctx context.Context, d *Decision, s *S, c *C) ([]E, error)
}

// Decision is what surrounds one decision. Code `by hand` finds it with DecisionFromContext.
type Decision struct {
	Now       time.Time         // the Timestamp of the action's events: UTC, never before the last event's
	Actor     string            // empty when none
	Metadata  map[string]string // what the command carries
	Exists    bool              // whether the aggregate exists
	CommandID string            // the caller's, or the one made for a handler; empty when none
}

// Event is an event as today's code reads it: Key and Version are the payload's, after rename and upcast.
type Event[P any] struct {
	Header
	Payload P
}

// Source is where a subscription's events come from, and how one is read.
type Source[P any] struct {
	// Keys are the events it is about; empty: every event of the domain.
	Keys []EventKey
	// Decode reads one stored event; ok is false for one that an upcast drops, which is passed over.
	Decode func(r *Record) (p P, head EventType, ok bool, err error)
}

// EventKey names a kind of event in the whole log. Older keys of one event are listed beside it.
type EventKey struct{ Domain, Aggregate, Key string }
