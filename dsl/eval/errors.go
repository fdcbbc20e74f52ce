package eval

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/runtime/value"
)

// Code is the code of an error of this package, as the runtime's errors have it: "not-found", "overflow", the code of
// a domain error; "" for one that has none.
func Code(err error) string {
	var coded interface{ Code() string }
	if errors.As(err, &coded) {
		return coded.Code()
	}
	return ""
}

// ErrOverflow is for what cannot be computed.
var ErrOverflow = value.ErrOverflow

// DomainError is an error that the domain declares.
type DomainError struct {
	Decl   *model.ErrorDecl
	ID     string  // of the aggregate
	Params []Value // one for each parameter
	Text   string
}

// Error is the text of the declaration, its parameters filled in.
func (e *DomainError) Error() string { return e.Text }

// Code is the error's: "order-closed".
func (e *DomainError) Code() string { return e.Decl.Code }

// InvalidError is for an id, a command or an event that is not fit. Path is a field as in "lines[2].quantity".
type InvalidError struct{ Path, Reason string }

func (e *InvalidError) Error() string {
	if e.Path == "" {
		return "invalid: " + e.Reason
	}
	return "invalid: " + e.Path + ": " + e.Reason
}

// Code is "invalid".
func (*InvalidError) Code() string { return "invalid" }

// NotFoundError is for an action on what does not exist.
type NotFoundError struct{ Aggregate, ID string }

func (e *NotFoundError) Error() string {
	return fmt.Sprintf("%s %q does not exist", e.Aggregate, e.ID)
}

// Code is "not-found".
func (*NotFoundError) Code() string { return "not-found" }

// AlreadyExistsError is for an action that creates, on what exists.
type AlreadyExistsError struct{ Aggregate, ID string }

func (e *AlreadyExistsError) Error() string {
	return fmt.Sprintf("%s %q already exists", e.Aggregate, e.ID)
}

// Code is "already-exists".
func (*AlreadyExistsError) Code() string { return "already-exists" }

// InvariantError is for a decision that would break an invariant.
type InvariantError struct {
	Aggregate, ID string
	Invariant     *model.Invariant
}

func (e *InvariantError) Error() string {
	name := e.Invariant.Name
	if name != "" {
		name += ": "
	}
	return fmt.Sprintf("%s %q: invariant %s%s would not hold", e.Aggregate, e.ID, name, e.Invariant.Text)
}

// Code is "invariant".
func (*InvariantError) Code() string { return "invariant" }

// UnknownEventError is for a stored event whose key or version the domain does not have.
type UnknownEventError struct {
	Aggregate, ID, Key string
	Version            int
	Sequence           uint64
}

func (e *UnknownEventError) Error() string {
	return fmt.Sprintf("unknown event %s@%d in %s %q, sequence %d", e.Key, e.Version, e.Aggregate, e.ID, e.Sequence)
}

// Code is "unknown-event".
func (*UnknownEventError) Code() string { return "unknown-event" }

// TooLargeError is for a decision whose events do not fit one append.
type TooLargeError struct {
	Aggregate, ID  string
	Records, Bytes int
}

func (e *TooLargeError) Error() string {
	return fmt.Sprintf("%s %q: %d events of %d bytes do not fit one append, which takes %d and %d",
		e.Aggregate, e.ID, e.Records, e.Bytes, maxRecords, maxBytes)
}

// Code is "too-large".
func (*TooLargeError) Code() string { return "too-large" }

// What one append takes, as the contract of stores has it.
const (
	maxRecords = 1000
	maxBytes   = 512 << 10
)

// LimitError is for a run that came to one of its Limits.
type LimitError struct {
	What string // "steps", "depth" or "bytes"
	Most int
}

func (e *LimitError) Error() string {
	return "the evaluation was stopped: it needs more than " + strconv.Itoa(e.Most) + " " + e.What
}

// Code is "limit".
func (*LimitError) Code() string { return "limit" }

// UnsupportedError is for what only Go code can do.
type UnsupportedError struct{ What string }

func (e *UnsupportedError) Error() string { return e.What }

// Code is "unsupported".
func (*UnsupportedError) Code() string { return "unsupported" }

// invalid makes an InvalidError of what runtime/value says.
func invalid(err error) error {
	var bad *value.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &bad):
		return &InvalidError{Path: bad.Path, Reason: bad.Reason}
	}
	return &InvalidError{Reason: err.Error()}
}
