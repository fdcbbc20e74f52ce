package sqlite_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/fluvius-io/fluvius-go/runtime/sqlite"
	"github.com/stretchr/testify/require"
)

// disk is a small disk of its own; only root can make one.
func disk(t *testing.T, size string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		t.Skipf("################ SKIPPED: no disk can be mounted for this test, which needs root (%v) ################", err)
	}
	t.Cleanup(func() { syscall.Unmount(dir, syscall.MNT_DETACH) })
	return dir
}

func TestAFullDiskLosesNothingAndTheStoreGoesOn(t *testing.T) {
	dir := disk(t, "2m")
	path := filepath.Join(dir, "shop.db")
	s := open(t, path)
	after, refused := uint64(0), 0
	grow := func() error {
		_, err := s.Append(t.Context(), runtime.Append{
			Stream: user("u"), After: runtime.Mark{Sequence: after}, Records: records(user("u"), after, 100),
		})
		return err
	}
	for range 3 { // full, room again, full, …
		ballast := fillUp(t, dir)
		for err := error(nil); err == nil; {
			if err = grow(); err == nil {
				after += 100
				continue
			}
			require.ErrorIs(t, err, sqlite.ErrFull)
			require.ErrorContains(t, err, "the disk is full")
			require.NotErrorIs(t, err, runtime.ErrOutcomeUnknown, "it is known that nothing was written")
			refused++
		}
		require.Equal(t, int(after), len(all(t, s)), "what failed left something")
		_, err := s.Put(t.Context(), "lease", "a", string(make([]byte, 1<<20)), 0)
		require.ErrorIs(t, err, sqlite.ErrFull)
		require.NoError(t, os.Remove(ballast))
		require.NoError(t, grow(), "there is room again")
		after += 100
		require.Equal(t, int(after), len(all(t, s)))
	}
	require.Equal(t, 3, refused)
	require.NoError(t, s.Close())
	requireSound(t, path)
	require.Equal(t, int(after), len(all(t, open(t, path))))
}

// fillUp leaves little room on the disk.
func fillUp(t *testing.T, dir string) string {
	t.Helper()
	path := filepath.Join(dir, "ballast")
	f, err := os.Create(path)
	require.NoError(t, err)
	defer f.Close()
	var stat syscall.Statfs_t
	require.NoError(t, syscall.Statfs(dir, &stat))
	leave := int64(200<<10) + rand.Int64N(64<<10) // fails at another page each time
	if free := int64(stat.Bavail) * stat.Bsize; free > leave {
		_, err = f.Write(make([]byte, free-leave))
		require.NoError(t, err)
	}
	return path
}

func TestOpenOnAFullDisk(t *testing.T) {
	dir := disk(t, "1m")
	path := filepath.Join(dir, "ballast")
	f, err := os.Create(path)
	require.NoError(t, err)
	for err == nil {
		_, err = f.Write(make([]byte, 4096))
	}
	f.Close()
	_, err = sqlite.Open(t.Context(), filepath.Join(dir, "shop.db"))
	require.Error(t, err)
	require.ErrorIs(t, err, sqlite.ErrFull)
	require.NoError(t, os.Remove(path))
	appendTo(t, open(t, filepath.Join(dir, "shop.db")), "u", 0, 1)
}

func TestReadOnlyDiskIsRefused(t *testing.T) {
	dir := disk(t, "1m")
	path := filepath.Join(dir, "shop.db")
	s := open(t, path)
	appendTo(t, s, "u", 0, 1)
	require.NoError(t, s.Close())
	require.NoError(t, syscall.Mount("", dir, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""))
	for _, path := range []string{path, filepath.Join(dir, "new.db")} {
		_, err := sqlite.Open(t.Context(), path)
		require.ErrorIs(t, err, sqlite.ErrReadOnly)
		require.ErrorContains(t, err, "may not be written")
	}
}

func TestBackupToAFullDiskLeavesNothing(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "shop.db"))
	for i := range uint64(10) {
		appendTo(t, s, "u", i*1000, 1000)
	}
	dir := disk(t, "200k")
	err := s.Backup(t.Context(), filepath.Join(dir, "copy.db"))
	require.ErrorIs(t, err, sqlite.ErrFull)
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Empty(t, entries)
	appendTo(t, s, "u", 10000, 1)
}
