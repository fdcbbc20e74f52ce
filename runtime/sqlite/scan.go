package sqlite

import (
	"github.com/fluvius-io/fluvius-go/runtime"
	engine "zombiezen.com/go/sqlite"
)

// maxWords bounds what a scanner remembers.
const maxWords = 1024

// scanner turns rows into records. An event costs two allocations, its payload and its metadata: the few
// different names in a log are remembered, and one id or metadata is often that of the row before.
type scanner struct {
	words    map[string]string
	id, meta string
	buffer   []byte
}

// record reads the columns that all queries begin with.
func (s *scanner) record(stmt *engine.Stmt, r *runtime.Record) {
	r.Position = uint64(stmt.ColumnInt64(0))
	r.Sequence = uint64(stmt.ColumnInt64(1))
	r.Key = s.word(stmt, 2)
	r.Version = stmt.ColumnInt(3)
	r.Timestamp = fromNanoseconds(stmt.ColumnInt64(4))
	s.meta = s.again(stmt, 5, s.meta)
	r.Metadata = runtime.MetaFromText(s.meta)
	r.Data = stmt.ColumnText(6)
}

// stream reads the columns that name the stream.
func (s *scanner) stream(stmt *engine.Stmt, r *runtime.Record) {
	r.Domain = s.word(stmt, 7)
	r.Aggregate = s.word(stmt, 8)
	s.id = s.again(stmt, 9, s.id)
	r.AggregateID = s.id
}

// word is a text of which there are few.
func (s *scanner) word(stmt *engine.Stmt, column int) string {
	text := s.bytes(stmt, column)
	if known, ok := s.words[string(text)]; ok {
		return known
	}
	if s.words == nil || len(s.words) == maxWords {
		s.words = map[string]string{}
	}
	word := string(text)
	s.words[word] = word
	return word
}

// again is a text that may be the one before.
func (s *scanner) again(stmt *engine.Stmt, column int, before string) string {
	if text := s.bytes(stmt, column); string(text) != before {
		return string(text)
	}
	return before
}

// bytes are valid until the next call.
func (s *scanner) bytes(stmt *engine.Stmt, column int) []byte {
	n := stmt.ColumnLen(column)
	if n > cap(s.buffer) {
		s.buffer = make([]byte, 2*n)
	}
	return s.buffer[:stmt.ColumnBytes(column, s.buffer[:n])]
}
