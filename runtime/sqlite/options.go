package sqlite

import "time"

// Option changes how a store is opened.
type Option func(*settings)

type settings struct {
	durability Durability
	busy       time.Duration
	mustExist  bool
}

func settingsOf(opts []Option) settings {
	set := settings{durability: Full, busy: 5 * time.Second}
	for _, opt := range opts {
		opt(&set)
	}
	return set
}

// Durability is what an append waits for before it returns.
type Durability int

const (
	// Full, which is the default: the append is on the disk. It survives the loss of power, if the disk
	// keeps its word.
	Full Durability = iota
	// Normal: the append is with the operating system. It survives the end of this process, but the last
	// appends that returned may be gone after a loss of power or a crash of the operating system; what is
	// left is whole and without holes.
	Normal
)

// pragma is the word that SQLite knows.
func (d Durability) pragma() string {
	if d == Normal {
		return "NORMAL"
	}
	return "FULL"
}

// Synchronous sets what an append waits for. With Normal an append that has returned may be lost when the
// power fails, though not when the process is killed.
func Synchronous(d Durability) Option { return func(s *settings) { s.durability = d } }

// BusyTimeout sets how long a call waits for a file that another process has locked, before it fails with
// ErrLocked and nothing written; 5 seconds if it is not given.
func BusyTimeout(d time.Duration) Option { return func(s *settings) { s.busy = d } }

// MustExist makes Open fail where it would have made a new log: with an error that is fs.ErrNotExist if there is no file,
// with ErrNotLog if there is an empty one. For tools, where a misspelt path should not become a log.
func MustExist() Option { return func(s *settings) { s.mustExist = true } }
