package runtime

import (
	"errors"
	"fmt"
)

// What a store and the runtime answer; match them with errors.Is.
var (
	ErrConflict       = errors.New("conflict")
	ErrTooLarge       = errors.New("too large")
	ErrOutcomeUnknown = errors.New("outcome unknown")
	ErrRevision       = errors.New("revision has moved on")
)

// ConflictError is ErrConflict with what was found.
type ConflictError struct {
	Stream           Stream
	Expected, Actual uint64
}

func (e ConflictError) Error() string {
	return fmt.Sprintf("%s %q is at sequence %d, not %d", e.Stream.Aggregate, e.Stream.ID, e.Actual, e.Expected)
}
func (e ConflictError) Is(target error) bool { return target == ErrConflict }
