package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	engine "zombiezen.com/go/sqlite"
)

// Open opens the log in the file at path, and makes it if there is none. The folder must exist. Next to the
// file the engine keeps two more while it is open, path-wal and path-shm.
//
// Several processes may have one file open. It must be on a local disk: the engine's locks are not to be
// relied on over a network.
//
// Errors are a [*FileError]: ErrNoFolder, ErrIsFolder, ErrReadOnly, ErrNotLog, ErrNewer, ErrCorrupt,
// ErrLocked, ErrFull. A file that is not a log is left as it is.
func Open(ctx context.Context, path string, opts ...Option) (*Store, error) {
	s := &Store{path: path, set: settingsOf(opts)}
	if err := s.open(ctx); err != nil {
		return nil, fail("open", path, err)
	}
	return s, nil
}

func (s *Store) open(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := s.find(); err != nil {
		return err
	}
	conn, err := connect(s.file, engine.OpenReadWrite|engine.OpenCreate)
	if err != nil {
		return s.explain(err)
	}
	w := &writer{store: s, conn: conn}
	if err := s.prepare(ctx, w); err != nil {
		conn.Close()
		return s.explain(err)
	}
	s.begin(w)
	return nil
}

// find says what is wrong with the path in words better than the engine's "unable to open database file".
// The file itself is never opened here: when a process closes a file, it loses its locks on it, and with
// them those that the engine holds for another store on that file.
func (s *Store) find() error {
	if s.path == "" || s.path == ":memory:" || strings.ContainsRune(s.path, 0) {
		return s.refuse(nil, errors.New("not the path of a file; runtime/memory keeps a log in memory"))
	}
	file, err := filepath.Abs(s.path) // connections are opened later too, from wherever the process is then
	if err != nil {
		return err
	}
	s.file = file
	if err := s.findFolder(filepath.Dir(file)); err != nil {
		return err
	}
	info, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist) && s.set.mustExist:
		return s.refuse(nil, fs.ErrNotExist)
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrPermission):
		return nil // whoever opens it will make it, or say why not
	case err != nil:
		return err
	case info.IsDir():
		return s.refuse(ErrIsFolder, nil)
	case !info.Mode().IsRegular():
		return s.refuse(ErrNotLog, errors.New("a device or a pipe, not a file"))
	case !mayWrite(file):
		return s.refuse(ErrReadOnly, nil)
	}
	return nil
}

func (s *Store) findFolder(folder string) error {
	info, err := os.Stat(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return s.refuse(ErrNoFolder, err)
	case err != nil:
		return err
	case !info.IsDir():
		return s.refuse(ErrNoFolder, fmt.Errorf("%s is a file", folder))
	}
	return nil
}

func (s *Store) refuse(kind, err error) error {
	return &FileError{Op: "open", Path: s.path, Kind: kind, Err: err}
}

// explain names the one cause of "unable to open database file" that is left when the path is right: a
// folder in which the file, or those next to it, cannot be made.
func (s *Store) explain(err error) error {
	if engine.ErrCode(err).ToPrimary() == engine.ResultCantOpen {
		return s.refuse(ErrReadOnly, err)
	}
	return err
}

// prepare brings the writer to a state in which it can write. What the file is gets looked at before
// anything in it is changed, the journal's mode included.
func (s *Store) prepare(ctx context.Context, w *writer) error {
	fresh := false
	for _, step := range []func() error{
		func() (err error) {
			if fresh, err = s.look(w.conn); fresh && s.set.mustExist {
				err = s.refuse(ErrNotLog, errors.New("it is empty"))
			}
			return err
		},
		func() error { return s.setUp(w.conn) },
		func() error {
			if fresh {
				return s.create(w.conn)
			}
			return s.checkWritable(w.conn)
		},
		w.prepare,
	} {
		if err := s.retry(ctx, step); err != nil {
			return err
		}
	}
	return nil
}

// look identifies the file in one transaction: another process may be making it at this moment, and what is read
// before and after its commit would be no file that there ever was.
func (s *Store) look(conn *engine.Conn) (fresh bool, err error) {
	if err := exec(conn, "BEGIN"); err != nil {
		return false, err
	}
	fresh, err = s.identify(conn)
	if end := exec(conn, "ROLLBACK"); err == nil {
		err = end
	}
	return fresh, err
}

// identify says whether the file is empty, and is an error if it is something that this package cannot use.
func (s *Store) identify(conn *engine.Conn) (fresh bool, err error) {
	id, err := number(conn, "PRAGMA application_id")
	if err != nil {
		return false, err
	}
	version, err := number(conn, "PRAGMA user_version")
	if err != nil {
		return false, err
	}
	tables, err := number(conn, "SELECT count(*) FROM sqlite_schema")
	switch {
	case err != nil:
		return false, err
	case id == 0 && version == 0 && tables == 0:
		return true, nil
	case id != applicationID:
		return false, s.refuse(ErrNotLog, fmt.Errorf("a SQLite file of another application (id %d)", id))
	case version > schemaVersion:
		return false, s.refuse(ErrNewer, fmt.Errorf("its schema is version %d, this build knows %d", version, schemaVersion))
	}
	return false, s.checkParts(conn)
}

func (s *Store) checkParts(conn *engine.Conn) error {
	switch n, err := number(conn, parts); {
	case err != nil:
		return err
	case n != partCount:
		return s.refuse(ErrCorrupt, errors.New("a table, an index or a trigger of the log is missing"))
	}
	return nil
}

func (s *Store) setUp(conn *engine.Conn) error {
	mode, err := word(conn, "PRAGMA journal_mode = WAL")
	if err != nil {
		return err
	}
	if mode != "wal" {
		return s.refuse(nil, fmt.Errorf("the file system cannot keep a write-ahead log (journal mode %q)", mode))
	}
	for _, sql := range []string{
		"PRAGMA synchronous = " + s.set.durability.pragma(),
		"PRAGMA fullfsync = ON",               // where fsync leaves data in the disk's cache (macOS)
		"PRAGMA cache_size = -16384",          // streams lie anywhere in their index: 16 MiB of it stays at hand
		"PRAGMA journal_size_limit = 8388608", // what a burst has left behind is cut at the next checkpoint
	} {
		if err := exec(conn, sql); err != nil {
			return err
		}
	}
	return nil
}

// create makes the tables, unless another process did so in the meantime.
func (s *Store) create(conn *engine.Conn) (err error) {
	if err := exec(conn, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			exec(conn, "ROLLBACK")
		}
	}()
	fresh, err := s.identify(conn)
	if err != nil {
		return err
	}
	if fresh {
		for _, sql := range schema {
			if err := exec(conn, sql); err != nil {
				return err
			}
		}
	}
	return exec(conn, "COMMIT")
}

// checkWritable finds out that a file is read-only now, not at the first append. The engine opens such a
// file without a word, and even BEGIN IMMEDIATE only reads there. That another process is writing at this moment is an
// answer too.
func (s *Store) checkWritable(conn *engine.Conn) error {
	if err := exec(conn, "BEGIN IMMEDIATE"); err != nil {
		if isBusy(err) {
			return nil
		}
		return err
	}
	err := exec(conn, "UPDATE revisions SET last = last")
	if end := exec(conn, "ROLLBACK"); err == nil {
		err = end
	}
	return err
}
