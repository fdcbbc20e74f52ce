package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	engine "zombiezen.com/go/sqlite"
)

// Backup writes a copy of the log and its cells to a new file at path, while the store is in use: the copy
// is of one moment, and appends go on meanwhile. It is one file, packed, checked, and on the disk when
// Backup returns; sqlite.Open opens it. A file that is at path already is never overwritten (ErrExists),
// and there is none at path unless Backup succeeds.
func (s *Store) Backup(ctx context.Context, path string) error {
	if err := s.backup(ctx, path); err != nil {
		var known *FileError
		if errors.As(err, &known) {
			return err
		}
		return fail("back up to", path, err)
	}
	return nil
}

func (s *Store) backup(ctx context.Context, path string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := mayCreate(path); err != nil {
		return err
	}
	// A name of its own in the same folder until it is whole, so that what is at path can be trusted.
	part, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.part")
	if err != nil {
		return cannotCreate(path, err)
	}
	part.Close()
	defer os.Remove(part.Name())
	if info, err := os.Stat(s.file); err == nil {
		os.Chmod(part.Name(), info.Mode().Perm()) // a copy is as private as what it was made of
	}
	if err := s.read(ctx, func(*reader) error { return s.copyTo(ctx, part.Name()) }); err != nil {
		return err
	}
	if err := verify(ctx, part.Name()); err != nil {
		return err
	}
	return publish(part.Name(), path)
}

func mayCreate(path string) error {
	if _, err := os.Lstat(path); err == nil {
		return &FileError{Op: "back up to", Path: path, Kind: ErrExists, Err: fs.ErrExist}
	}
	if _, err := os.Stat(filepath.Dir(path)); errors.Is(err, fs.ErrNotExist) {
		return &FileError{Op: "back up to", Path: path, Kind: ErrNoFolder, Err: err}
	}
	return nil
}

// cannotCreate speaks of the file that was asked for, not of the one that stands in for it until it is whole.
func cannotCreate(path string, err error) error {
	failed := &FileError{Op: "back up to", Path: path, Err: err}
	if errors.Is(err, fs.ErrPermission) {
		failed.Kind = ErrReadOnly
	}
	var cause *fs.PathError
	if errors.As(err, &cause) {
		failed.Err = cause.Err
	}
	return failed
}

// copyTo uses VACUUM INTO, not the engine's backup interface: that begins again whenever another process
// writes, and might never end. It takes a connection of its own, because it can be interrupted.
func (s *Store) copyTo(ctx context.Context, target string) error {
	conn, err := connect(s.file, engine.OpenReadWrite)
	if err != nil {
		return err
	}
	defer conn.Close()
	conn.SetInterrupt(ctx.Done())
	stmt, err := conn.Prepare("VACUUM INTO ?")
	if err != nil {
		return interrupted(ctx, err)
	}
	stmt.BindText(1, target)
	_, err = stmt.Step()
	return interrupted(ctx, err)
}

// interrupted says that the context has ended, where the engine says only that it was interrupted.
func interrupted(ctx context.Context, err error) error {
	if ctx.Err() != nil && engine.ErrCode(err).ToPrimary() == engine.ResultInterrupt {
		return ctx.Err()
	}
	return err
}

// verify reads the whole copy: that its trees and indices are sound, that it is a log, and that its
// positions have no holes.
func verify(ctx context.Context, path string) error {
	conn, err := connect(path, engine.OpenReadWrite)
	if err != nil {
		return err
	}
	defer conn.Close()
	conn.SetInterrupt(ctx.Done())
	sound, err := word(conn, "PRAGMA integrity_check")
	if err != nil {
		return interrupted(ctx, err)
	}
	if sound != "ok" {
		return damage("%s", sound)
	}
	if fresh, err := (&Store{path: path}).identify(conn); err != nil || fresh {
		return errors.Join(damage("the copy is not a log"), err)
	}
	holes, err := number(conn, "SELECT coalesce(max(position), 0) - count(*) FROM events")
	if err == nil && holes != 0 {
		err = damage("%d events are missing", holes)
	}
	return interrupted(ctx, err)
}

// publish gives the copy its name, unless something got there in the meantime. Link refuses what exists,
// which Rename does not; where the file system has no links, the name is reserved first.
func publish(part, path string) error {
	if err := syncFile(part); err != nil {
		return err
	}
	err := os.Link(part, path)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		err = reserveAndRename(part, path)
	}
	if errors.Is(err, fs.ErrExist) {
		return &FileError{Op: "back up to", Path: path, Kind: ErrExists, Err: fs.ErrExist}
	}
	if err != nil {
		return err
	}
	syncFile(filepath.Dir(path)) // some systems cannot sync a folder; the file itself is safe
	return nil
}

func reserveAndRename(part, path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	f.Close()
	return os.Rename(part, path)
}

func syncFile(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("sync: %w", err)
	}
	defer f.Close()
	return f.Sync()
}
