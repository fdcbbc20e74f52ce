package sqlite

import (
	"context"
	"errors"
	"fmt"

	engine "zombiezen.com/go/sqlite"
)

// What can be wrong with a file; match them with errors.Is. Each comes in a [FileError].
var (
	// ErrClosed: the store was closed.
	ErrClosed = errors.New("the store is closed")
	// ErrNoFolder: the folder of the file does not exist (the error is fs.ErrNotExist as well).
	ErrNoFolder = errors.New("its folder does not exist")
	// ErrIsFolder: the path is a folder.
	ErrIsFolder = errors.New("it is a folder, not a file")
	// ErrExists: Backup found a file where it should write (the error is fs.ErrExist as well).
	ErrExists = errors.New("there is a file already; it is not overwritten")
	// ErrReadOnly: the file or its folder may not be written.
	ErrReadOnly = errors.New("it may not be written; the file and its folder must both be writable")
	// ErrLocked: another process had the file locked for longer than BusyTimeout. Nothing was written.
	ErrLocked = errors.New("another process has it locked for longer than this one waits (sqlite.BusyTimeout); try again when that is done")
	// ErrFull: no room is left on the disk. The store goes on working when there is room again.
	ErrFull = errors.New("the disk is full")
	// ErrCorrupt: the file is damaged.
	ErrCorrupt = errors.New("the file is damaged")
	// ErrNotLog: the file is something else than a log of fluvius.
	ErrNotLog = errors.New("it is not a fluvius log")
	// ErrNewer: the file was written by a newer version of this package.
	ErrNewer = errors.New("it was written by a newer version of fluvius")
)

// FileError says what could not be done with which file, and why. Kind is one of this package's errors,
// or nil if it is none of them; Err is what was found underneath, if anything.
type FileError struct {
	Op   string // "open", "append", "read", …
	Path string
	Kind error
	Err  error
}

func (e *FileError) Error() string {
	text := e.Op + " " + e.Path
	if e.Kind != nil {
		text += ": " + e.Kind.Error()
	}
	if e.Err != nil && e.Kind != ErrExists { // that says it already
		text += ": " + e.Err.Error()
	}
	return text
}

// Unwrap gives both what it is and what caused it to errors.Is and errors.As.
func (e *FileError) Unwrap() []error {
	var all []error
	for _, err := range []error{e.Kind, e.Err} {
		if err != nil {
			all = append(all, err)
		}
	}
	return all
}

// fail makes an error of the engine one that says what was done to which file. Errors that say so already,
// and those of a context, stay as they are.
func fail(op, path string, err error) error {
	var known *FileError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	}
	return &FileError{Op: op, Path: path, Kind: kindOf(err), Err: err}
}

func kindOf(err error) error {
	switch code := engine.ErrCode(err); code.ToPrimary() {
	case engine.ResultBusy, engine.ResultLocked:
		return ErrLocked
	case engine.ResultReadOnly, engine.ResultPerm:
		return ErrReadOnly
	case engine.ResultFull:
		return ErrFull
	case engine.ResultCorrupt:
		return ErrCorrupt
	case engine.ResultNotADB:
		return ErrNotLog
	}
	return nil
}

func isBusy(err error) bool {
	return engine.ErrCode(err).ToPrimary() == engine.ResultBusy
}

func isFull(err error) bool {
	return engine.ErrCode(err).ToPrimary() == engine.ResultFull
}

// damage is a row that no version of this package could have written.
func damage(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrCorrupt, fmt.Sprintf(format, args...))
}
