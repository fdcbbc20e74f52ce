package sqlite

import (
	"context"

	"github.com/fluvius-io/fluvius-go/runtime"
	engine "zombiezen.com/go/sqlite"
)

const (
	selectRevision = `SELECT revision FROM cells WHERE bucket = ? AND key = ?`
	selectCell     = `SELECT value, revision FROM cells WHERE bucket = ? AND key = ?`
	// The prefix is compared in bytes: LIKE would fold case, and substr counts characters.
	selectCells = `SELECT key, value, revision FROM cells
WHERE bucket = ?1 AND key > ?2 AND key >= ?3 ORDER BY key`
	putCell = `INSERT INTO cells (bucket, key, value, revision) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (bucket, key) DO UPDATE SET value = excluded.value, revision = excluded.revision`
	deleteCell   = `DELETE FROM cells WHERE bucket = ? AND key = ?`
	nextRevision = `UPDATE revisions SET last = last + 1 RETURNING last`
)

// Get implements [runtime.KV].
func (s *Store) Get(ctx context.Context, bucket, key string) (value string, revision uint64, err error) {
	if err := runtime.CheckCell(bucket, key); err != nil {
		return "", 0, err
	}
	err = s.read(ctx, func(r *reader) error {
		value, revision, err = r.getCell(bucket, key)
		return err
	})
	return value, revision, err
}

func (r *reader) getCell(bucket, key string) (string, uint64, error) {
	stmt := r.cell
	defer stmt.Reset()
	stmt.BindText(1, bucket)
	stmt.BindText(2, key)
	found, err := stmt.Step()
	if err != nil || !found {
		return "", 0, err
	}
	return stmt.ColumnText(0), uint64(stmt.ColumnInt64(1)), nil
}

// Put implements [runtime.KV].
func (s *Store) Put(ctx context.Context, bucket, key, value string, revision uint64) (uint64, error) {
	if err := runtime.CheckCell(bucket, key); err != nil {
		return 0, err
	}
	c := &putChange{cell: cell{bucket, key, revision}, value: value}
	if err := s.submit(ctx, "put", c); err != nil {
		return 0, err
	}
	return c.next, nil
}

// Delete implements [runtime.KV]. At revision 0, which says that there is none, it succeeds if there is none.
func (s *Store) Delete(ctx context.Context, bucket, key string, revision uint64) error {
	if err := runtime.CheckCell(bucket, key); err != nil {
		return err
	}
	return s.submit(ctx, "delete", deleteChange{cell{bucket, key, revision}})
}

// cell is a key and the revision at which it may be changed.
type cell struct {
	bucket, key string
	revision    uint64
}

// refused is ErrRevision if the cell has moved on.
func (c cell) refused(w *writer) (refusal, fault error) {
	c.bind(w.revision)
	defer w.revision.Reset()
	found, err := w.revision.Step()
	if err != nil {
		return nil, err
	}
	actual := uint64(0)
	if found {
		actual = uint64(w.revision.ColumnInt64(0))
	}
	if actual != c.revision {
		return runtime.ErrRevision, nil
	}
	return nil, nil
}

func (c cell) bind(stmt *engine.Stmt) {
	stmt.BindText(1, c.bucket)
	stmt.BindText(2, c.key)
}

type putChange struct {
	cell
	value string
	next  uint64
}

func (c *putChange) apply(w *writer) (wrote bool, refusal, fault error) {
	if refusal, fault = c.refused(w); refusal != nil || fault != nil {
		return false, refusal, fault
	}
	if c.next, fault = w.takeRevision(); fault != nil {
		return false, nil, fault
	}
	c.bind(w.put)
	w.put.BindText(3, c.value)
	w.put.BindInt64(4, int64(c.next))
	return true, nil, run(w.put)
}

// takeRevision counts on. There is one counter for all keys, which is why a key's revisions grow across a
// Delete without a note of what was deleted.
func (w *writer) takeRevision() (uint64, error) {
	defer w.nextID.Reset()
	found, err := w.nextID.Step()
	if err != nil {
		return 0, err
	}
	if !found {
		return 0, damage("the counter of revisions is gone")
	}
	next := uint64(w.nextID.ColumnInt64(0))
	_, err = w.nextID.Step() // to its end
	return next, err
}

type deleteChange struct{ cell }

func (c deleteChange) apply(w *writer) (wrote bool, refusal, fault error) {
	if refusal, fault = c.refused(w); refusal != nil || fault != nil || c.revision == 0 {
		return false, refusal, fault
	}
	c.bind(w.remove)
	return true, nil, run(w.remove)
}

// List implements [runtime.KV]. With a limit below one it returns nothing.
func (s *Store) List(ctx context.Context, bucket, prefix, after string, limit int) (found []runtime.Entry, err error) {
	if err := runtime.CheckBucket(bucket); err != nil {
		return nil, err
	}
	err = s.read(ctx, func(r *reader) error {
		found, err = r.listCells(bucket, prefix, after, max(limit, 0))
		return err
	})
	return found, err
}

// listCells ends at the first key without the prefix: in the order of bytes all that have it are together.
func (r *reader) listCells(bucket, prefix, after string, limit int) ([]runtime.Entry, error) {
	stmt := r.cells
	defer stmt.Reset()
	stmt.BindText(1, bucket)
	stmt.BindText(2, after)
	stmt.BindText(3, prefix)
	var found []runtime.Entry
	for len(found) < limit {
		more, err := stmt.Step()
		if err != nil || !more {
			return found, err
		}
		key := stmt.ColumnText(0)
		if len(key) < len(prefix) || key[:len(prefix)] != prefix {
			return found, nil
		}
		found = append(found, runtime.Entry{Key: key, Value: stmt.ColumnText(1), Revision: uint64(stmt.ColumnInt64(2))})
	}
	return found, nil
}
