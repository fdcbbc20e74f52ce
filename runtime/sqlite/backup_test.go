package sqlite_test

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/fluvius-io/fluvius-go/runtime/sqlite"
	"github.com/stretchr/testify/require"
)

func TestBackupWhileAppending(t *testing.T) {
	dir := t.TempDir()
	s := open(t, filepath.Join(dir, "shop.db"))
	appendTo(t, s, "before", 0, 500)
	_, err := s.Put(t.Context(), "lease", "a", "kept", 0)
	require.NoError(t, err)
	ctx, stop := context.WithCancel(t.Context())
	var writing sync.WaitGroup
	started := make(chan struct{})
	appended := uint64(0)
	writing.Go(func() {
		for ctx.Err() == nil {
			_, err := s.Append(t.Context(), runtime.Append{
				Stream: user("u"), After: runtime.Mark{Sequence: appended}, Records: records(user("u"), appended, 3),
			})
			if err != nil {
				t.Error(err)
				return
			}
			if appended += 3; appended == 30 {
				close(started)
			}
		}
	})
	<-started
	for _, name := range []string{"one.db", "two.db", "three.db"} {
		require.NoError(t, s.Backup(t.Context(), filepath.Join(dir, name)))
	}
	stop()
	writing.Wait()

	whole := all(t, s)
	for _, name := range []string{"one.db", "two.db", "three.db"} {
		requireSound(t, filepath.Join(dir, name))
		copied := open(t, filepath.Join(dir, name))
		got := all(t, copied)
		require.GreaterOrEqual(t, len(got), 530)
		require.Equal(t, whole[:len(got)], got, "a backup is the log as it was at one moment")
		require.Zero(t, (len(got)-500)%3, "an append was cut in two")
		value, _, err := copied.Get(t.Context(), "lease", "a")
		require.NoError(t, err)
		require.Equal(t, "kept", value)
		appendTo(t, copied, "new", 0, 1)
	}
	requireNoParts(t, dir)
}

func requireNoParts(t *testing.T, dir string) {
	t.Helper()
	left, err := filepath.Glob(filepath.Join(dir, "*.part"))
	require.NoError(t, err)
	require.Empty(t, left)
}

func TestBackupNeverOverwrites(t *testing.T) {
	dir := t.TempDir()
	s := open(t, filepath.Join(dir, "shop.db"))
	appendTo(t, s, "u", 0, 1)
	for name, path := range map[string]string{
		"a file": write(t, filepath.Join(dir, "precious"), "precious"), "an empty file": write(t, filepath.Join(dir, "empty"), ""),
		"a folder": dir, "itself": filepath.Join(dir, "shop.db"),
	} {
		before := snapshot(path)
		err := s.Backup(t.Context(), path)
		require.ErrorIs(t, err, sqlite.ErrExists, name)
		require.ErrorIs(t, err, fs.ErrExist, name)
		require.Equal(t, before, snapshot(path), name)
	}
	require.NoError(t, os.Symlink(filepath.Join(dir, "nowhere"), filepath.Join(dir, "link")))
	require.ErrorIs(t, s.Backup(t.Context(), filepath.Join(dir, "link")), sqlite.ErrExists)
	require.ErrorIs(t, s.Backup(t.Context(), filepath.Join(dir, "no", "copy.db")), sqlite.ErrNoFolder)
	requireNoParts(t, dir)
}

func TestBackupHonoursItsContext(t *testing.T) {
	dir := t.TempDir()
	s := open(t, filepath.Join(dir, "shop.db"))
	appendTo(t, s, "u", 0, 1)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, s.Backup(ctx, filepath.Join(dir, "copy.db")), context.Canceled)
	require.NoFileExists(t, filepath.Join(dir, "copy.db"))
	requireNoParts(t, dir)
}

func TestABackupIsAsPrivateAsTheLog(t *testing.T) {
	dir := t.TempDir()
	s := open(t, filepath.Join(dir, "shop.db"))
	appendTo(t, s, "u", 0, 1)
	for _, mode := range []fs.FileMode{0o600, 0o640} {
		require.NoError(t, os.Chmod(filepath.Join(dir, "shop.db"), mode))
		path := filepath.Join(dir, mode.String())
		require.NoError(t, s.Backup(t.Context(), path))
		info, err := os.Stat(path)
		require.NoError(t, err)
		require.Equal(t, mode, info.Mode().Perm())
	}
}
