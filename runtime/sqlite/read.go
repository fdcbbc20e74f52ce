package sqlite

import (
	"context"
	"iter"
	"math"
	"sync"

	"github.com/fluvius-io/fluvius-go/runtime"
	engine "zombiezen.com/go/sqlite"
)

const (
	// pageRecords (which the queries repeat) and pageBytes are what is read at once, before any of it is yielded: while the loop's body
	// runs nothing is open.
	pageRecords = 256
	pageBytes   = 4 << 20

	// The limit is no parameter: the engine would look at its value to make its plan, and so make a new plan,
	// which takes longer than a short stream, whenever it is bound.
	selectStream = `SELECT position, sequence, key, version, timestamp, metadata, payload FROM events
WHERE domain = ? AND aggregate = ? AND aggregate_id = ? AND sequence > ? AND sequence <= ? ORDER BY sequence LIMIT 256`
	selectLog = `SELECT position, sequence, key, version, timestamp, metadata, payload, domain, aggregate, aggregate_id
FROM events WHERE position > ? AND position <= ? ORDER BY position LIMIT 256`
	selectStreamEnd = `SELECT coalesce(max(sequence), 0) FROM events
WHERE domain = ? AND aggregate = ? AND aggregate_id = ?`
	selectHead = `SELECT coalesce(max(position), 0) FROM events`
)

// page is what was read at once. Pages are reused: a record in one is a copy of strings' headers only.
type page struct {
	records []runtime.Record
	bytes   int
	full    bool // there may be more
}

var pages = sync.Pool{New: func() any { return &page{records: make([]runtime.Record, 0, pageRecords)} }}

func (p *page) reset() {
	clear(p.records) // or a pooled page would keep payloads alive
	p.records, p.bytes, p.full = p.records[:0], 0, false
}

// cursor is one loop over the log or a stream. It goes no further than where the end was at its first page
// that was not the last: a body that appends one event for each it reads would go on for ever.
type cursor interface {
	// load fills the page with what follows the last record given, and moves on.
	load(r *reader, p *page) error
	// bound fixes the end.
	bound(r *reader) error
}

// Read implements [runtime.Log]. The context is looked at before each page of 256 events.
func (s *Store) Read(ctx context.Context, at runtime.Stream, after runtime.Mark) iter.Seq2[runtime.Record, error] {
	return func(yield func(runtime.Record, error) bool) {
		s.walk(ctx, &streamCursor{at: at, after: number64(after.Sequence), end: math.MaxInt64}, yield)
	}
}

// ReadAll implements [runtime.Log]. With a limit below one it yields nothing. The context is looked at
// before each page of 256 events.
func (s *Store) ReadAll(ctx context.Context, after uint64, limit int) iter.Seq2[runtime.Record, error] {
	return func(yield func(runtime.Record, error) bool) {
		s.walk(ctx, &logCursor{after: number64(after), end: math.MaxInt64, left: max(limit, 0)}, yield)
	}
}

func (s *Store) walk(ctx context.Context, c cursor, yield func(runtime.Record, error) bool) {
	p := pages.Get().(*page)
	defer func() { p.reset(); pages.Put(p) }()
	for bounded := false; ; bounded = true {
		p.reset()
		err := s.read(ctx, func(r *reader) error { return loadPage(r, c, p, bounded) })
		if err != nil {
			yield(runtime.Record{}, err)
			return
		}
		for i := range p.records {
			if !yield(p.records[i], nil) {
				return
			}
		}
		if !p.full {
			return
		}
	}
}

func loadPage(r *reader, c cursor, p *page, bounded bool) error {
	p.reset() // it may be tried again
	if err := c.load(r, p); err != nil || bounded || !p.full {
		return err
	}
	return c.bound(r)
}

type streamCursor struct {
	at         runtime.Stream
	after, end int64
}

func (c *streamCursor) load(r *reader, p *page) error {
	stmt := r.stream
	defer stmt.Reset()
	bindStream(stmt, c.at)
	stmt.BindInt64(4, c.after)
	stmt.BindInt64(5, c.end)
	sequence, err := c.after, error(nil)
	for more := true; more; {
		if more, err = stmt.Step(); err != nil || !more {
			break
		}
		rec := p.next()
		rec.Domain, rec.Aggregate, rec.AggregateID = c.at.Domain, c.at.Aggregate, c.at.ID
		r.scan.record(stmt, rec)
		if sequence++; int64(rec.Sequence) != sequence {
			return damage("%s %q has no event of sequence %d", c.at.Aggregate, c.at.ID, sequence)
		}
		more = p.add(rec)
	}
	c.after = sequence
	return err
}

func (c *streamCursor) bound(r *reader) (err error) {
	bindStream(r.streamEnd, c.at)
	c.end, err = single(r.streamEnd)
	return err
}

type logCursor struct {
	after, end int64
	left       int
}

func (c *logCursor) load(r *reader, p *page) (err error) {
	stmt := r.log
	defer stmt.Reset()
	stmt.BindInt64(1, c.after)
	stmt.BindInt64(2, c.end)
	for more := c.left > 0; more; {
		if more, err = stmt.Step(); err != nil || !more {
			break
		}
		rec := p.next()
		r.scan.record(stmt, rec)
		r.scan.stream(stmt, rec)
		more = p.add(rec) && len(p.records) < c.left
	}
	if n := len(p.records); err == nil && n > 0 {
		c.after = int64(p.records[n-1].Position)
		c.left -= n
		p.full = p.full && c.left > 0
	}
	return err
}

func (c *logCursor) bound(r *reader) (err error) {
	c.end, err = single(r.head)
	return err
}

// next is room for one more record.
func (p *page) next() *runtime.Record {
	p.records = append(p.records, runtime.Record{})
	return &p.records[len(p.records)-1]
}

// add counts a record and says whether the page has room.
func (p *page) add(r *runtime.Record) bool {
	p.bytes += len(r.Data) + len(r.Metadata.Text())
	p.full = len(p.records) == pageRecords || p.bytes >= pageBytes
	return !p.full
}

// Head implements [runtime.Log].
func (s *Store) Head(ctx context.Context) (uint64, error) {
	head := int64(0)
	err := s.read(ctx, func(r *reader) (err error) {
		head, err = single(r.head)
		return err
	})
	return uint64(head), err
}

// single is the number that a statement answers.
func single(stmt *engine.Stmt) (int64, error) {
	defer stmt.Reset()
	if _, err := stmt.Step(); err != nil {
		return 0, err
	}
	return stmt.ColumnInt64(0), nil
}

// Lookup implements [runtime.Log].
func (s *Store) Lookup(ctx context.Context, at runtime.Stream, commandID string) (done runtime.Appended, ok bool, err error) {
	err = s.read(ctx, func(r *reader) error {
		done, ok, err = findCommand(r.command, at, commandID)
		return err
	})
	return done, ok, err
}
