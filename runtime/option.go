package runtime

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// Option is about one command. Options are values; the zero Option says nothing. Given to a command they go
// before what ContextWith has set for all; of two that say the same the later one holds.
type Option struct {
	kind       optionKind
	name, text string
	number     uint64
	result     *Result
}

type optionKind int

const (
	optionIfSequence optionKind = iota + 1
	optionCommandID
	optionActor
	optionMetadata
	optionResultTo
	optionCorrelation
	optionTraceparent
)

// IfSequence lets the command run only on the aggregate as it is after event n (0: where nothing exists);
// else the answer is a ConflictError. It is then never decided again on what another has made.
func IfSequence(n uint64) Option { return Option{kind: optionIfSequence, number: n} }

// CommandID names the command, so that it may be repeated: if one of this id was done on the aggregate, the
// answer is nil and the state right after its events, and nothing is stored. It is 1 to 256 bytes of UTF-8
// without control characters.
func CommandID(id string) Option { return Option{kind: optionCommandID, text: id} }

// Actor names who acts; it stands in the metadata of the events.
func Actor(name string) Option { return Option{kind: optionActor, text: name} }

// Metadata adds to the metadata of the events. The names actor, command_id, correlation_id, causation_id,
// traceparent, and all that begin with "fluvius.", are the runtime's; "tenant" is the convention for one.
func Metadata(name, text string) Option {
	return Option{kind: optionMetadata, name: name, text: text}
}

// ResultTo gives the Result beside a typed action. It is written when the action succeeds.
func ResultTo(r *Result) Option { return Option{kind: optionResultTo, result: r} }

// Correlation says to which conversation the command belongs. Without it a command begins one of its own,
// and a command of a handler is part of its event's.
func Correlation(id string) Option { return Option{kind: optionCorrelation, text: id} }

// Traceparent is the W3C trace context that the events carry on; hooks set it.
func Traceparent(text string) Option { return Option{kind: optionTraceparent, text: text} }

type optionsKey struct{}

// ContextWith sets options for all commands under a context, besides those set before.
func ContextWith(ctx context.Context, opts ...Option) context.Context {
	before, _ := ctx.Value(optionsKey{}).([]Option)
	all := append(before[:len(before):len(before)], opts...)
	return context.WithValue(ctx, optionsKey{}, all)
}

// settings is what the options of one command come to.
type settings struct {
	pinned                 bool
	sequence               uint64 // where pinned
	named                  bool   // a command id was given, be it an unfit one
	commandID, actor       string
	correlation, causation string
	traceparent            string
	metadata               map[string]string // nil where none
	result                 *Result
}

func settingsOf(ctx context.Context, opts []Option) settings {
	var s settings
	under, _ := ctx.Value(optionsKey{}).([]Option)
	for _, list := range [2][]Option{under, opts} {
		for i := range list {
			s.set(&list[i])
		}
	}
	return s
}

func (s *settings) set(o *Option) {
	switch o.kind {
	case optionIfSequence:
		s.pinned, s.sequence = true, o.number
	case optionCommandID:
		s.named, s.commandID = true, o.text
	case optionActor:
		s.actor = o.text
	case optionMetadata:
		if s.metadata == nil {
			s.metadata = map[string]string{}
		}
		s.metadata[o.name] = o.text
	case optionResultTo:
		s.result = o.result
	case optionCorrelation:
		s.correlation = o.text
	case optionTraceparent:
		s.traceparent = o.text
	}
}

// check is about all but the command id, which has its own place in the order of the checks.
func (s *settings) check() error {
	for _, given := range [3][2]string{{metaActor, s.actor}, {metaCorrelation, s.correlation}, {metaTrace, s.traceparent}} {
		if !utf8.ValidString(given[1]) {
			return InvalidError{Path: given[0], Reason: "must be UTF-8"}
		}
	}
	for name, text := range s.metadata {
		if reserved(name) {
			return InvalidError{Path: "metadata", Reason: fmt.Sprintf("the name %s is reserved", name)}
		}
		if name == "" || !utf8.ValidString(name) || !utf8.ValidString(text) {
			return InvalidError{Path: "metadata", Reason: fmt.Sprintf("%q must have a name and be UTF-8", name)}
		}
	}
	return nil
}

// The names in metadata that are the runtime's. What a user may name is everybody's convention, so the one
// that only the runtime reads is set apart by its prefix.
const (
	metaActor       = "actor"
	metaCommand     = "command_id"
	metaCorrelation = "correlation_id"
	metaCausation   = "causation_id"
	metaTrace       = "traceparent"
	metaAction      = ownPrefix + "action"
	ownPrefix       = "fluvius."
)

func reserved(name string) bool {
	switch name {
	case metaActor, metaCommand, metaCorrelation, metaCausation, metaTrace:
		return true
	}
	return strings.HasPrefix(name, ownPrefix)
}

// ReadOption narrows what Events yields. Several hold together.
type ReadOption func(*readRange)

// After leaves out the events up to and with this sequence.
func After(sequence uint64) ReadOption {
	return func(r *readRange) { r.after = max(r.after, sequence) }
}

// UpTo ends with the event of this sequence.
func UpTo(sequence uint64) ReadOption {
	return func(r *readRange) {
		if !r.bounded || sequence < r.upTo {
			r.upTo, r.bounded = sequence, true
		}
	}
}

// Until ends with the last event whose Timestamp is t or before.
func Until(t time.Time) ReadOption {
	return func(r *readRange) {
		if !r.timed || t.Before(r.until) {
			r.until, r.timed = t, true
		}
	}
}

// readRange is a stretch of one aggregate's events; the zero range is all.
type readRange struct {
	after   uint64
	bounded bool
	upTo    uint64
	timed   bool
	until   time.Time
}

// ends says whether the range has ended before this event. As timestamps never go back, the first later
// event is the end.
func (r *readRange) ends(h *Header) bool {
	return r.bounded && h.Sequence > r.upTo || r.timed && h.Timestamp.After(r.until)
}
