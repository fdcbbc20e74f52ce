package memory

import (
	"context"
	"slices"
	"strings"

	"github.com/fluvius-io/fluvius-go/runtime"
)

// cells is the KV. Its revisions come from one counter for all keys, which is why a key's revisions grow
// across a Delete without a note of what was deleted.
type cells struct {
	buckets map[string]bucket
	last    uint64
}

type bucket map[string]runtime.Entry

// Get implements [runtime.KV].
func (s *Store) Get(ctx context.Context, bucket, key string) (string, uint64, error) {
	if err := mayUse(ctx, bucket, key); err != nil {
		return "", 0, err
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	e := s.cells.buckets[bucket][key]
	return e.Value, e.Revision, nil
}

// Put implements [runtime.KV].
func (s *Store) Put(ctx context.Context, name, key, value string, revision uint64) (uint64, error) {
	if err := mayUse(ctx, name, key); err != nil {
		return 0, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	b := s.cells.buckets[name]
	if b[key].Revision != revision {
		return 0, runtime.ErrRevision
	}
	if b == nil {
		b = bucket{}
		s.cells.buckets[name] = b
	}
	s.cells.last++
	b[key] = runtime.Entry{Key: key, Value: value, Revision: s.cells.last}
	return s.cells.last, nil
}

// Delete implements [runtime.KV]. At revision 0, which says that there is none, it succeeds if there is none.
func (s *Store) Delete(ctx context.Context, bucket, key string, revision uint64) error {
	if err := mayUse(ctx, bucket, key); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	b := s.cells.buckets[bucket]
	if b[key].Revision != revision {
		return runtime.ErrRevision
	}
	delete(b, key)
	return nil
}

// List implements [runtime.KV]. With a limit below one it returns nothing.
func (s *Store) List(ctx context.Context, bucket, prefix, after string, limit int) ([]runtime.Entry, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := runtime.CheckBucket(bucket); err != nil {
		return nil, err
	}
	found := s.entries(bucket, prefix, after)
	slices.SortFunc(found, func(a, b runtime.Entry) int { return strings.Compare(a.Key, b.Key) })
	return found[:min(max(limit, 0), len(found))], nil
}

func (s *Store) entries(bucket, prefix, after string) []runtime.Entry {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var found []runtime.Entry
	for key, e := range s.cells.buckets[bucket] {
		if strings.HasPrefix(key, prefix) && key > after {
			found = append(found, e)
		}
	}
	return found
}

func mayUse(ctx context.Context, bucket, key string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return runtime.CheckCell(bucket, key)
}
