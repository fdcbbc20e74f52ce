package sqlite

import (
	"context"
	"math"
	"time"

	"github.com/fluvius-io/fluvius-go/runtime"
	engine "zombiezen.com/go/sqlite"
)

const (
	selectTail = `SELECT sequence, position FROM events
WHERE domain = ? AND aggregate = ? AND aggregate_id = ? ORDER BY sequence DESC LIMIT 1`
	selectCommand = `SELECT sequence, position, append_size FROM events
WHERE domain = ? AND aggregate = ? AND aggregate_id = ? AND command_id = ?`
	insertEvent = `INSERT INTO events
(domain, aggregate, aggregate_id, sequence, key, version, timestamp, metadata, payload, append_size, command_id)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
)

// Append implements [runtime.Log]. Its own errors are a [*FileError].
func (s *Store) Append(ctx context.Context, a runtime.Append) (runtime.Appended, error) {
	if err := a.Check(); err != nil {
		return runtime.Appended{}, err
	}
	c := &appendChange{Append: a}
	if err := s.submit(ctx, "append", c); err != nil {
		return runtime.Appended{}, err
	}
	return c.done, nil
}

// appendChange borrows the caller's records: Append returns only after the writer is through with them.
type appendChange struct {
	runtime.Append
	done runtime.Appended
}

func (c *appendChange) apply(w *writer) (wrote bool, refusal, fault error) {
	if c.CommandID != "" {
		done, ok, err := findCommand(w.command, c.Stream, c.CommandID)
		if err != nil || ok {
			c.done, c.done.Duplicate = done, ok
			return false, nil, err
		}
	}
	tail, err := w.findTail(c.Stream)
	if err != nil {
		return false, nil, err
	}
	if tail.Sequence != c.After.Sequence {
		return false, runtime.ConflictError{Stream: c.Stream, Expected: c.After.Sequence, Actual: tail.Sequence}, nil
	}
	// An append of no records leaves no trace, not even of its command id: First is one past Last, so that
	// Last.Sequence+1-First is the count of what was stored, as for any other.
	c.done = runtime.Appended{First: tail.Sequence + 1, Last: tail}
	if len(c.Records) == 0 {
		return false, nil, nil
	}
	return true, nil, w.insertAll(c)
}

// findTail is the last event of a stream; the zero Mark if there is none.
func (w *writer) findTail(s runtime.Stream) (runtime.Mark, error) {
	bindStream(w.tail, s)
	defer w.tail.Reset()
	found, err := w.tail.Step()
	if err != nil || !found {
		return runtime.Mark{}, err
	}
	return runtime.Mark{Sequence: uint64(w.tail.ColumnInt64(0)), Position: uint64(w.tail.ColumnInt64(1))}, nil
}

// findCommand finds an append by its command. Its events have successive positions, because one transaction
// gave them out and nothing else writes meanwhile.
func findCommand(stmt *engine.Stmt, s runtime.Stream, id string) (runtime.Appended, bool, error) {
	bindStream(stmt, s)
	stmt.BindText(4, id)
	defer stmt.Reset()
	found, err := stmt.Step()
	if err != nil || !found {
		return runtime.Appended{}, false, err
	}
	first, position, size := stmt.ColumnInt64(0), stmt.ColumnInt64(1), stmt.ColumnInt64(2)
	if size < 1 {
		return runtime.Appended{}, false, damage("the append at position %d has %d events", position, size)
	}
	last := runtime.Mark{Sequence: uint64(first + size - 1), Position: uint64(position + size - 1)}
	return runtime.Appended{First: uint64(first), Last: last}, true, nil
}

func (w *writer) insertAll(c *appendChange) error {
	bindStream(w.insert, c.Stream) // bindings outlive a reset
	for i := range c.Records {
		size, command := 0, ""
		if i == 0 {
			size, command = len(c.Records), c.CommandID
		}
		if err := w.insertOne(&c.Records[i], size, command); err != nil {
			return err
		}
	}
	w.grew = true
	c.done.Last = runtime.Mark{
		Sequence: c.After.Sequence + uint64(len(c.Records)),
		Position: uint64(w.conn.LastInsertRowID()),
	}
	return nil
}

func (w *writer) insertOne(r *runtime.Record, size int, command string) error {
	in := w.insert
	in.BindInt64(4, int64(r.Sequence))
	in.BindText(5, r.Key)
	in.BindInt64(6, int64(r.Version))
	in.BindInt64(7, nanoseconds(r.Timestamp))
	in.BindText(8, r.Metadata.Text())
	in.BindText(9, r.Data)
	in.BindInt64(10, int64(size))
	if command == "" {
		in.BindNull(11)
	} else {
		in.BindText(11, command)
	}
	return run(in)
}

func bindStream(stmt *engine.Stmt, s runtime.Stream) {
	stmt.BindText(1, s.Domain)
	stmt.BindText(2, s.Aggregate)
	stmt.BindText(3, s.ID)
}

// nanoseconds is how a time is kept. The zero time lies outside of what 64 bits of nanoseconds can say; it
// is the smallest of them, which no other time is (Append.Check).
func nanoseconds(t time.Time) int64 {
	if t.IsZero() {
		return math.MinInt64
	}
	return t.UnixNano()
}

func fromNanoseconds(n int64) time.Time {
	if n == math.MinInt64 {
		return time.Time{}
	}
	return time.Unix(0, n).UTC()
}

// number64 is a sequence or a position as the engine counts, which is signed: a caller's may be any.
func number64(n uint64) int64 { return int64(min(n, math.MaxInt64)) }
