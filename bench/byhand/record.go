// Package byhand is the baseline of the commands in memory: a log that one writes by hand, for one domain,
// without any library. Beneath it are the baselines of the codecs and folds.
//
// It is written once, as fast as its authors could make it, and then left alone: docs/performance.md names
// each change and its reason.
package byhand

import (
	"errors"
	"time"
	"unicode/utf8"
)

// Record is an event as it is stored. What a stream holds is never changed.
type Record struct {
	ID        string // of the aggregate
	Key       string
	Version   int
	Sequence  uint64 // in the aggregate, from 1
	Position  uint64 // in the whole log, from 1
	Timestamp time.Time
	Metadata  string // JSON
	Data      string // JSON
}

// What a command can end in, besides the domain's own errors.
var (
	ErrConflict     = errors.New("conflict")
	ErrNotFound     = errors.New("not found")
	ErrExists       = errors.New("already exists")
	ErrInvalid      = errors.New("invalid")
	ErrOverflow     = errors.New("overflow")
	ErrUnknownEvent = errors.New("unknown event")
)

// CheckID says whether id is 1 to 256 bytes of UTF-8 without control characters.
func CheckID(id string) error {
	if id == "" || len(id) > 256 {
		return ErrInvalid
	}
	for i := 0; i < len(id); i++ {
		if c := id[i]; c >= utf8.RuneSelf {
			return checkRunes(id[i:])
		} else if c < ' ' || c == 0x7f {
			return ErrInvalid
		}
	}
	return nil
}

func checkRunes(s string) error {
	if !utf8.ValidString(s) {
		return ErrInvalid
	}
	for _, c := range s {
		if c < ' ' || c >= 0x7f && c < 0xa0 {
			return ErrInvalid
		}
	}
	return nil
}

// Add is a + b, checked.
func Add(a, b int64) (int64, error) {
	sum := a + b
	if (sum > a) != (b > 0) {
		return 0, ErrOverflow
	}
	return sum, nil
}
