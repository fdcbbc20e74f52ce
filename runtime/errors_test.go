package runtime_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/fluvius-io/fluvius-go/runtime/value"
)

// foreign is an error of another library, which has a code of its own kind.
type foreign struct{ code string }

func (foreign) Error() string  { return "foreign" }
func (f foreign) Code() string { return f.code }

func TestCodesAndStatuses(t *testing.T) {
	header := runtime.Header{Aggregate: "account", AggregateID: "a", Sequence: 2, Position: 7, Key: "k", Version: 1}
	for _, c := range []struct {
		err    error
		is     error
		code   string
		status int
	}{
		{nil, nil, "", 200},
		{errors.New("plain"), nil, "", 500},
		{context.Canceled, nil, "", 500},
		{runtime.ErrNotFound, runtime.ErrNotFound, "not-found", 404},
		{runtime.NotFoundError{Aggregate: "account", ID: "a"}, runtime.ErrNotFound, "not-found", 404},
		{runtime.AlreadyExistsError{Aggregate: "account", ID: "a"}, runtime.ErrAlreadyExists, "already-exists", 409},
		{runtime.ConflictError{Expected: 1, Actual: 2}, runtime.ErrConflict, "conflict", 409},
		{runtime.InvalidError{Path: "lines[2].quantity", Reason: "must be > 0"}, runtime.ErrInvalid, "invalid", 400},
		{runtime.InvariantError{Aggregate: "account", Text: "total >= 0"}, runtime.ErrInvariant, "invariant", 422},
		{runtime.ErrOverflow, runtime.ErrOverflow, "overflow", 422},
		{value.ErrOverflow, runtime.ErrOverflow, "overflow", 422},
		{runtime.UnknownEventError{Header: header}, runtime.ErrUnknownEvent, "unknown-event", 500},
		{runtime.OutcomeUnknownError{ID: "c", Err: runtime.ErrOutcomeUnknown}, runtime.ErrOutcomeUnknown, "outcome-unknown", 503},
		{runtime.TooLargeError{Records: 1001}, runtime.ErrTooLarge, "too-large", 500},
		{runtime.CorruptError{Header: header, Reason: "x"}, nil, "corrupt", 500},
		{&runtime.PanicError{Value: runtime.ErrNotFound}, nil, "panic", 500},
		{Insufficient{}, nil, "insufficient", 422},
		{foreign{"not-found"}, nil, "not-found", 422}, // a domain may have an error NotFound of its own
		{foreign{"NoSuchBucket"}, nil, "NoSuchBucket", 500},
		{foreign{""}, nil, "", 500},
		{runtime.NotACommand("bank", nil), runtime.ErrInvalid, "invalid", 400},
		{runtime.NotACommand("bank", &Deposit{}), runtime.ErrInvalid, "invalid", 400},
		{runtime.NotAnEvent(nil), runtime.ErrInvalid, "invalid", 400},
		{runtime.Undeclared("Open", "k", true), runtime.ErrInvalid, "invalid", 400},
		{runtime.WrongAggregate("Open", "account", "vault"), runtime.ErrInvalid, "invalid", 400},
		{runtime.UnknownEvent(&runtime.Record{Header: header}), runtime.ErrUnknownEvent, "unknown-event", 500},
		{runtime.Invalid(&value.Error{Path: "a", Reason: "b"}), runtime.ErrInvalid, "invalid", 400},
		{runtime.Invalid(value.ErrOverflow), runtime.ErrOverflow, "overflow", 422},
	} {
		for _, err := range []error{c.err, fmt.Errorf("around: %w", c.err)} {
			if c.err == nil {
				err = nil
			}
			assert.Equal(t, c.code, runtime.Code(err), "%v", err)
			assert.Equal(t, c.status, runtime.HTTPStatus(err), "%v", err)
			if c.is != nil {
				assert.ErrorIs(t, err, c.is)
			}
		}
		for _, other := range sentinels {
			if c.is != other {
				assert.NotErrorIs(t, c.err, other)
			}
		}
	}
}

var sentinels = []error{
	runtime.ErrNotFound, runtime.ErrAlreadyExists, runtime.ErrConflict, runtime.ErrInvalid, runtime.ErrInvariant,
	runtime.ErrOverflow, runtime.ErrUnknownEvent, runtime.ErrOutcomeUnknown, runtime.ErrTooLarge, runtime.ErrRevision,
}

func TestInvalidKeepsThePath(t *testing.T) {
	require.Equal(t, runtime.InvalidError{Path: "lines[2].quantity", Reason: "must be > 0"},
		runtime.Invalid(&value.Error{Path: "lines[2].quantity", Reason: "must be > 0"}))
	require.Equal(t, "invalid: lines[2].quantity: must be > 0", runtime.InvalidError{Path: "lines[2].quantity", Reason: "must be > 0"}.Error())
	require.Equal(t, runtime.InvalidError{Reason: "x"}, runtime.Invalid(errors.New("x")))
	require.NoError(t, runtime.Invalid(nil))
}

func TestMessagesNameWhatTheyAreAbout(t *testing.T) {
	header := runtime.Header{Aggregate: "account", AggregateID: "a", Sequence: 2, Position: 7, Key: "k", Version: 1}
	require.Equal(t, `unknown event k@1 in account "a", sequence 2, position 7`, runtime.UnknownEventError{Header: header}.Error())
	require.Equal(t, `cannot read account "a", sequence 2, position 7: event k@1: x`, runtime.CorruptError{Header: header, Reason: "x"}.Error())
	require.Equal(t, `account "a" does not exist`, runtime.NotFoundError{Aggregate: "account", ID: "a"}.Error())
	require.Equal(t, `account "a" is at sequence 2, not 1`, runtime.ConflictError{Stream: streamOf("a"), Expected: 1, Actual: 2}.Error())
}

func TestRandomID(t *testing.T) {
	seen := map[string]bool{}
	for range 1000 {
		id := runtime.RandomID()
		require.Regexp(t, `^[a-z0-9]{26}$`, id)
		seen[id] = true
	}
	require.Len(t, seen, 1000)
}
