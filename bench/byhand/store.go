package byhand

import "sync"

// Store is a log in memory: streams by the aggregate's id, and the whole in order. It is safe for concurrent
// use.
type Store struct {
	mu      sync.RWMutex
	streams map[string]*stream
	log     []*Record
}

type stream struct{ records []*Record }

// NewStore is an empty log.
func NewStore() *Store { return &Store{streams: map[string]*stream{}} }

// Read is a stream from its first record on. The slice is not to be changed; what is appended later is not in it.
func (s *Store) Read(id string) []*Record {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if st := s.streams[id]; st != nil {
		return st.records
	}
	return nil
}

// Append stores records after the given sequence, or says ErrConflict. It sets ID, Sequence and Position, and
// keeps the records.
func (s *Store) Append(id string, after uint64, records []Record) (position uint64, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	st := s.streams[id]
	if st == nil {
		st = &stream{}
		s.streams[id] = st
	}
	if uint64(len(st.records)) != after {
		return 0, ErrConflict
	}
	for i := range records {
		r := &records[i]
		r.ID, r.Sequence, r.Position = id, after+uint64(i)+1, uint64(len(s.log))+1
		st.records = append(st.records, r)
		s.log = append(s.log, r)
	}
	return uint64(len(s.log)), nil
}

// Page is up to limit records of the whole log after a position. It is not to be changed.
func (s *Store) Page(after uint64, limit int) []*Record {
	s.mu.RLock()
	defer s.mu.RUnlock()
	rest := s.log[min(after, uint64(len(s.log))):]
	return rest[:min(limit, len(rest))]
}
