// Package bare is the baseline on SQLite: loops on the bare driver, with a fixed schema, one transaction for
// each append or one for all that wait (group commit). It is written once and then left alone, as byhand is.
package bare

import (
	"fmt"
	"time"

	"zombiezen.com/go/sqlite"

	"github.com/fluvius-io/fluvius-go/bench/byhand"
)

const schema = `CREATE TABLE events(position INTEGER PRIMARY KEY, aggregate TEXT NOT NULL, aggregate_id TEXT NOT NULL,
version INTEGER NOT NULL, key TEXT NOT NULL, payload TEXT NOT NULL, metadata TEXT NOT NULL, timestamp INTEGER NOT NULL)`

const aggregate = "account"

// Log is a file and one connection to it, for one goroutine at a time.
type Log struct {
	conn                        *sqlite.Conn
	begin, commit, tail, insert *sqlite.Stmt
	stream, page                *sqlite.Stmt
}

// Create makes a new file. synchronous is FULL or NORMAL.
func Create(path, synchronous string) (*Log, error) {
	return open(path, "PRAGMA journal_mode = WAL", "PRAGMA synchronous = "+synchronous, "PRAGMA cache_size = -16384",
		schema, "CREATE UNIQUE INDEX events_stream ON events(aggregate, aggregate_id, version)")
}

// Attach opens a second connection to a file, to read from.
func Attach(path string) (*Log, error) { return open(path, "PRAGMA cache_size = -16384") }

func open(path string, setup ...string) (*Log, error) {
	conn, err := sqlite.OpenConn(path)
	if err != nil {
		return nil, err
	}
	for _, sql := range setup {
		if err := exec(conn, sql); err != nil {
			conn.Close()
			return nil, err
		}
	}
	l := &Log{conn: conn}
	return l, l.prepare()
}

func (l *Log) prepare() error {
	for _, p := range []struct {
		stmt **sqlite.Stmt
		sql  string
	}{
		{&l.begin, "BEGIN IMMEDIATE"},
		{&l.commit, "COMMIT"},
		{&l.tail, "SELECT coalesce(max(version),0) FROM events WHERE aggregate=? AND aggregate_id=?"},
		{&l.insert, "INSERT INTO events(aggregate,aggregate_id,version,key,payload,metadata,timestamp) VALUES(?,?,?,?,?,?,?)"},
		{&l.stream, "SELECT position,version,key,payload,metadata,timestamp FROM events WHERE aggregate=? AND aggregate_id=? ORDER BY version"},
		{&l.page, "SELECT position,version,key,payload,metadata,timestamp,aggregate_id FROM events WHERE position>? ORDER BY position LIMIT ?"},
	} {
		stmt, err := l.conn.Prepare(p.sql)
		if err != nil {
			return err
		}
		*p.stmt = stmt
	}
	return nil
}

func exec(conn *sqlite.Conn, sql string) error {
	stmt, _, err := conn.PrepareTransient(sql)
	if err != nil {
		return err
	}
	defer stmt.Finalize()
	for {
		if more, err := stmt.Step(); err != nil || !more {
			return err
		}
	}
}

func run(stmt *sqlite.Stmt) error {
	_, err := stmt.Step()
	if reset := stmt.Reset(); err == nil {
		err = reset
	}
	return err
}

// Close closes the file.
func (l *Log) Close() error { return l.conn.Close() }

// add checks the stream's last version and inserts, in the transaction that is open.
func (l *Log) add(id string, after int64, r *byhand.Record) error {
	l.tail.BindText(1, aggregate)
	l.tail.BindText(2, id)
	if _, err := l.tail.Step(); err != nil {
		return err
	}
	found := l.tail.ColumnInt64(0)
	if err := l.tail.Reset(); err != nil {
		return err
	}
	if found != after {
		return byhand.ErrConflict
	}
	s := l.insert
	s.BindText(1, aggregate)
	s.BindText(2, id)
	s.BindInt64(3, after+1)
	s.BindText(4, r.Key)
	s.BindText(5, r.Data)
	s.BindText(6, r.Metadata)
	s.BindInt64(7, r.Timestamp.UnixNano())
	return run(s)
}

// Fill gives each stream the same first records, in one transaction, before anything is measured.
func (l *Log) Fill(ids []string, records []byhand.Record) error {
	if err := run(l.begin); err != nil {
		return err
	}
	for _, id := range ids {
		for i := range records {
			if err := l.add(id, int64(i), &records[i]); err != nil {
				return fmt.Errorf("fill %s: %w", id, err)
			}
		}
	}
	return run(l.commit)
}

// Read calls do with each record of a stream. The record is the same variable each time.
func (l *Log) Read(id string, do func(r *byhand.Record) error) error {
	l.stream.BindText(1, aggregate)
	l.stream.BindText(2, id)
	_, err := each(l.stream, id, do)
	return err
}

// Page calls do with up to limit records of the log after a position, and returns the last one's position.
func (l *Log) Page(after int64, limit int, do func(r *byhand.Record) error) (last int64, err error) {
	l.page.BindInt64(1, after)
	l.page.BindInt64(2, int64(limit))
	position, err := each(l.page, "", do)
	return max(after, int64(position)), err
}

func each(stmt *sqlite.Stmt, id string, do func(r *byhand.Record) error) (position uint64, err error) {
	defer stmt.Reset()
	r := byhand.Record{ID: id, Version: 1}
	for {
		more, err := stmt.Step()
		if err != nil || !more {
			return r.Position, err
		}
		r.Position, r.Sequence = uint64(stmt.ColumnInt64(0)), uint64(stmt.ColumnInt64(1))
		r.Key, r.Data, r.Metadata = keyOf(stmt), stmt.ColumnText(3), stmt.ColumnText(4)
		r.Timestamp = time.Unix(0, stmt.ColumnInt64(5)).UTC()
		if id == "" {
			r.ID = stmt.ColumnText(6)
		}
		if err := do(&r); err != nil {
			return r.Position, err
		}
	}
}

// keyOf reads the key without allocating it anew each time.
func keyOf(stmt *sqlite.Stmt) string {
	var room [64]byte
	n := stmt.ColumnBytes(2, room[:])
	for _, key := range [...]string{"money-deposited", "money-withdrawn", "account-opened"} {
		if string(room[:n]) == key {
			return key
		}
	}
	return stmt.ColumnText(2)
}

// Last is the position of the last record.
func (l *Log) Last() (int64, error) {
	stmt, _, err := l.conn.PrepareTransient("SELECT coalesce(max(position),0) FROM events")
	if err != nil {
		return 0, err
	}
	defer stmt.Finalize()
	if _, err := stmt.Step(); err != nil {
		return 0, err
	}
	return stmt.ColumnInt64(0), nil
}
