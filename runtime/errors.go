package runtime

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/fluvius-io/fluvius-go/runtime/value"
)

// What the runtime and its stores answer; match them with errors.Is. Each has a Code, which the function
// [Code] finds in any error that wraps it.
var (
	// ErrNotFound: the aggregate does not exist, or did not at that time or sequence.
	ErrNotFound error = &sentinel{"not-found", "not found"}
	// ErrAlreadyExists: an action that creates was asked of an aggregate that exists.
	ErrAlreadyExists error = &sentinel{"already-exists", "already exists"}
	// ErrConflict: the aggregate is not at the sequence that was expected.
	ErrConflict error = &sentinel{"conflict", "conflict"}
	// ErrInvalid: an id, a command, an option or an event is not fit.
	ErrInvalid error = &sentinel{"invalid", "invalid"}
	// ErrInvariant: the decision would have broken an invariant.
	ErrInvariant error = &sentinel{"invariant", "an invariant would not hold"}
	// ErrOverflow: something could not be computed: a number too large, a division by zero, a missing key.
	ErrOverflow = value.ErrOverflow
	// ErrUnknownEvent: the log has an event, or a version of one, that this build does not know.
	ErrUnknownEvent error = &sentinel{"unknown-event", "unknown event"}
	// ErrOutcomeUnknown: the events may have been stored, or may yet be.
	ErrOutcomeUnknown error = &sentinel{"outcome-unknown", "outcome unknown"}
	// ErrTooLarge: more events or bytes than one append takes.
	ErrTooLarge error = &sentinel{"too-large", "too large"}
	// ErrRevision: a cell was written by another in the meantime. Only stores answer it.
	ErrRevision error = &sentinel{"revision", "revision has moved on"}
)

// sentinel is an error to be matched, and its code.
type sentinel struct{ code, text string }

func (s *sentinel) Error() string   { return s.text }
func (s *sentinel) Code() string    { return s.code }
func (s *sentinel) httpStatus() int { return statusOf(s.code) }

// NotFoundError is [ErrNotFound] with what was asked for.
type NotFoundError struct {
	Aggregate, ID string
	Detail        string // "at 2026-01-02T03:04:05Z", "at sequence 7"; empty where it does not exist at all
}

func (e NotFoundError) Error() string {
	if e.Detail != "" {
		return fmt.Sprintf("%s %q does not exist %s", e.Aggregate, e.ID, e.Detail)
	}
	return fmt.Sprintf("%s %q does not exist", e.Aggregate, e.ID)
}

// Is matches [ErrNotFound].
func (e NotFoundError) Is(target error) bool { return target == ErrNotFound }

// Code is "not-found".
func (e NotFoundError) Code() string    { return "not-found" }
func (e NotFoundError) httpStatus() int { return statusOf(e.Code()) }

// AlreadyExistsError is [ErrAlreadyExists] with what was found.
type AlreadyExistsError struct{ Aggregate, ID string }

func (e AlreadyExistsError) Error() string {
	return fmt.Sprintf("%s %q already exists", e.Aggregate, e.ID)
}

// Is matches [ErrAlreadyExists].
func (e AlreadyExistsError) Is(target error) bool { return target == ErrAlreadyExists }

// Code is "already-exists".
func (e AlreadyExistsError) Code() string    { return "already-exists" }
func (e AlreadyExistsError) httpStatus() int { return statusOf(e.Code()) }

// ConflictError is [ErrConflict] with what was found.
type ConflictError struct {
	Stream           Stream
	Expected, Actual uint64
}

func (e ConflictError) Error() string {
	return fmt.Sprintf("%s %q is at sequence %d, not %d", e.Stream.Aggregate, e.Stream.ID, e.Actual, e.Expected)
}

// Is matches [ErrConflict].
func (e ConflictError) Is(target error) bool { return target == ErrConflict }

// Code is "conflict".
func (e ConflictError) Code() string    { return "conflict" }
func (e ConflictError) httpStatus() int { return statusOf(e.Code()) }

// InvalidError is [ErrInvalid] with the place: Path is a field as in "lines[2].quantity", "id" for the
// aggregate's id, empty for the whole.
type InvalidError struct{ Path, Reason string }

func (e InvalidError) Error() string {
	if e.Path == "" {
		return "invalid: " + e.Reason
	}
	return "invalid: " + e.Path + ": " + e.Reason
}

// Is matches [ErrInvalid].
func (e InvalidError) Is(target error) bool { return target == ErrInvalid }

// Code is "invalid".
func (e InvalidError) Code() string    { return "invalid" }
func (e InvalidError) httpStatus() int { return statusOf(e.Code()) }

// InvariantError is [ErrInvariant] with the one that would not hold. Nothing was stored.
type InvariantError struct {
	Aggregate, ID string
	Name          string // empty where it has none
	Text          string // as written in the domain's file
}

func (e InvariantError) Error() string {
	name := e.Name
	if name != "" {
		name += ": "
	}
	return fmt.Sprintf("%s %q: invariant %s%s would not hold", e.Aggregate, e.ID, name, e.Text)
}

// Is matches [ErrInvariant].
func (e InvariantError) Is(target error) bool { return target == ErrInvariant }

// Code is "invariant".
func (e InvariantError) Code() string    { return "invariant" }
func (e InvariantError) httpStatus() int { return statusOf(e.Code()) }

// UnknownEventError is [ErrUnknownEvent] with the event that this build does not know: its key, or this
// version of it.
type UnknownEventError struct{ Header Header }

func (e UnknownEventError) Error() string {
	return fmt.Sprintf("unknown event %s@%d in %s", e.Header.Key, e.Header.Version, placeOf(&e.Header))
}

// Is matches [ErrUnknownEvent].
func (e UnknownEventError) Is(target error) bool { return target == ErrUnknownEvent }

// Code is "unknown-event".
func (e UnknownEventError) Code() string    { return "unknown-event" }
func (e UnknownEventError) httpStatus() int { return statusOf(e.Code()) }

// CorruptError tells of a stored event that cannot be read or folded, or of a log with a hole. It is a fault
// of what is stored or of the code that reads it, never of the caller: so it matches neither [ErrInvalid]
// nor [ErrNotFound], and does not unwrap to its cause, which may be such an error.
type CorruptError struct {
	Header Header // of the event
	Reason string
}

func (e CorruptError) Error() string {
	return fmt.Sprintf("cannot read %s: event %s@%d: %s", placeOf(&e.Header), e.Header.Key, e.Header.Version, e.Reason)
}

// Code is "corrupt".
func (e CorruptError) Code() string    { return "corrupt" }
func (e CorruptError) httpStatus() int { return statusOf(e.Code()) }

// OutcomeUnknownError is [ErrOutcomeUnknown] for a command that may or may not have been stored. The same
// command with CommandID(ID) is safe to repeat: it is done at most once.
type OutcomeUnknownError struct {
	Stream Stream
	ID     string // the command's: the caller's, or the one that was made for it
	Err    error  // what the store said
}

func (e OutcomeUnknownError) Error() string {
	return fmt.Sprintf("%s %q: it is not known whether command %q was stored: %v", e.Stream.Aggregate, e.Stream.ID, e.ID, e.Err)
}

// Is matches [ErrOutcomeUnknown].
func (e OutcomeUnknownError) Is(target error) bool { return target == ErrOutcomeUnknown }

// Unwrap is what the store said.
func (e OutcomeUnknownError) Unwrap() error { return e.Err }

// Code is "outcome-unknown".
func (e OutcomeUnknownError) Code() string    { return "outcome-unknown" }
func (e OutcomeUnknownError) httpStatus() int { return statusOf(e.Code()) }

// TooLargeError is [ErrTooLarge] with the size of what one decision made. Nothing was stored.
type TooLargeError struct {
	Stream         Stream
	Records, Bytes int // Bytes of data and metadata
}

func (e TooLargeError) Error() string {
	return fmt.Sprintf("%s %q: %d events of %d bytes do not fit one append, which takes %d and %d",
		e.Stream.Aggregate, e.Stream.ID, e.Records, e.Bytes, MaxRecords, MaxBytes)
}

// Is matches [ErrTooLarge].
func (e TooLargeError) Is(target error) bool { return target == ErrTooLarge }

// Code is "too-large".
func (e TooLargeError) Code() string    { return "too-large" }
func (e TooLargeError) httpStatus() int { return statusOf(e.Code()) }

// PanicError is a panic of code by hand, or of a Go type's method, as an error. Nothing was stored. It does
// not unwrap to its value: what a fault carries is no answer.
type PanicError struct {
	Value any    // what was given to panic
	Stack string // where
}

func (e *PanicError) Error() string { return fmt.Sprintf("panic: %v", e.Value) }

// Code is "panic".
func (e *PanicError) Code() string    { return "panic" }
func (e *PanicError) httpStatus() int { return statusOf(e.Code()) }

// Code is the code of an error: of the outermost error it wraps that has one ("order-closed", "not-found").
// It is empty for nil and for an error that has none.
func Code(err error) string {
	var coded interface{ Code() string }
	if errors.As(err, &coded) {
		return coded.Code()
	}
	return ""
}

// HTTPStatus is the status that tells a client of an error: 400 for what is invalid, 404 not found, 409
// already there or in conflict, 422 a domain's error, an invariant or an overflow, 503 outcome unknown, 200
// for nil, else 500.
func HTTPStatus(err error) int {
	if err == nil {
		return 200
	}
	var coded interface{ Code() string }
	if !errors.As(err, &coded) {
		return 500
	}
	if own, ok := coded.(interface{ httpStatus() int }); ok {
		return own.httpStatus()
	}
	return domainStatus(coded.Code())
}

// statusOf is for the runtime's own codes. net/http is not imported for the sake of its constants.
func statusOf(code string) int {
	switch code {
	case "invalid":
		return 400
	case "not-found":
		return 404
	case "already-exists", "conflict":
		return 409
	case "invariant", "overflow":
		return 422
	case "outcome-unknown":
		return 503
	}
	return 500
}

// domainStatus is 422 for a code as generated errors have it. Other libraries' errors have a Code() too
// ("NoSuchBucket", "08006"); those are no fault of the client.
func domainStatus(code string) int {
	if code == "" || code[0] < 'a' || code[0] > 'z' {
		return 500
	}
	for _, c := range []byte(code) {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return 500
		}
	}
	return 422
}

// Invalid makes an [InvalidError] of a value.Error, and of any other error that is none and no overflow.
func Invalid(err error) error {
	var bad *value.Error
	switch {
	case err == nil || errors.Is(err, ErrInvalid) || errors.Is(err, ErrOverflow):
		return err
	case errors.As(err, &bad):
		return InvalidError{Path: bad.Path, Reason: bad.Reason}
	}
	return InvalidError{Reason: err.Error()}
}

// UnknownEvent is what a fold or decoder says of an event whose key or version it does not know.
func UnknownEvent(r *Record) error { return UnknownEventError{Header: r.Header} }

// NotACommand is for Execute and Decide that were given what is no command of the domain: nil, a pointer,
// another domain's.
func NotACommand(domain string, cmd any) error {
	if cmd == nil {
		return InvalidError{Reason: "the command is nil"}
	}
	return InvalidError{Reason: fmt.Sprintf("%T is no command of domain %s (commands are values, not pointers)", cmd, domain)}
}

// NotAnEvent is for Encode that was given what is no event of its aggregate: nil, a pointer, another's.
func NotAnEvent(e any) error {
	if e == nil {
		return InvalidError{Reason: "the event is nil"}
	}
	return InvalidError{Reason: fmt.Sprintf("%T is no event of this aggregate (events are values, not pointers)", e)}
}

// Undeclared is for a decision by hand that made an event which its action does not declare where the aggregate exists, or
// where it does not.
func Undeclared(action, key string, exists bool) error {
	clause := "creates"
	if exists {
		clause = "emits"
	}
	return InvalidError{Reason: fmt.Sprintf("action %s does not declare that it %s event %s", action, clause, key)}
}

// WrongAggregate is for a command that was given to the handle of another aggregate.
func WrongAggregate(action, aggregate, other string) error {
	return InvalidError{Reason: fmt.Sprintf("%s is an action of %s, not of %s", action, aggregate, other)}
}

func placeOf(h *Header) string {
	place := h.Aggregate + " " + strconv.Quote(h.AggregateID) + ", sequence " + strconv.FormatUint(h.Sequence, 10)
	return place + ", position " + strconv.FormatUint(h.Position, 10)
}
