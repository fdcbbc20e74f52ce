package sqlite_test

import (
	"os"
	"path/filepath"
	goruntime "runtime"
	"syscall"
	"testing"

	"github.com/fluvius-io/fluvius-go/runtime/sqlite"
	"github.com/stretchr/testify/require"
)

// TestFilesOfOthersAreRefusedAndLeftAlone: where root runs the tests, as somebody else.
func TestFilesOfOthersAreRefusedAndLeftAlone(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.Chmod(filepath.Dir(dir), 0o755))
	require.NoError(t, os.Chmod(dir, 0o777))
	for name, mode := range map[string]os.FileMode{"readable": 0o444, "secret": 0o000} {
		t.Run(name, func(t *testing.T) {
			folder := filepath.Join(dir, name)
			require.NoError(t, os.Mkdir(folder, 0o777))
			require.NoError(t, os.Chmod(folder, 0o777))
			path := filepath.Join(folder, "shop.db")
			require.NoError(t, open(t, path).Close())
			require.NoError(t, os.Chmod(path, mode))
			asNobody(t, func() {
				_, err := sqlite.Open(t.Context(), path)
				require.ErrorIs(t, err, sqlite.ErrReadOnly)
				require.ErrorContains(t, err, "must both be writable")
			})
			entries, err := os.ReadDir(folder)
			require.NoError(t, err)
			require.Len(t, entries, 1, "a file that may not be written is left alone, and nothing put next to it")
		})
	}
	t.Run("a folder", func(t *testing.T) {
		folder := filepath.Join(dir, "closed")
		require.NoError(t, os.Mkdir(folder, 0o555))
		path := filepath.Join(dir, "open.db")
		s := open(t, path)
		asNobody(t, func() {
			_, err := sqlite.Open(t.Context(), filepath.Join(folder, "shop.db"))
			require.ErrorIs(t, err, sqlite.ErrReadOnly)
			err = s.Backup(t.Context(), filepath.Join(folder, "copy.db"))
			require.ErrorIs(t, err, sqlite.ErrReadOnly)
			require.NotContains(t, err.Error(), ".part", "the error speaks of the file that was asked for")
		})
	})
}

// asNobody does something as a user who may do little. Root becomes one, on a thread of its own.
func asNobody(t *testing.T, do func()) {
	t.Helper()
	if os.Geteuid() != 0 {
		do()
		return
	}
	goruntime.LockOSThread()
	defer goruntime.UnlockOSThread()
	become := func(real, effective uintptr) {
		_, _, errno := syscall.RawSyscall(syscall.SYS_SETRESUID, real, effective, 0)
		require.Zero(t, errno)
	}
	become(65534, 65534)
	defer become(0, 0)
	do()
}
