package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/fluvius-io/fluvius-go/runtime/sqlite"
	"github.com/stretchr/testify/require"
	engine "zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// lock holds the file's write lock, as another process in the middle of a transaction does, until it is let go.
func lock(t *testing.T, path string) (release func()) {
	t.Helper()
	conn, err := engine.OpenConn(path, engine.OpenReadWrite)
	require.NoError(t, err)
	require.NoError(t, sqlitex.ExecuteTransient(conn, "BEGIN IMMEDIATE", nil))
	return sync.OnceFunc(func() { conn.Close() })
}

func TestAnAppendWaitsForALockedFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shop.db")
	s := open(t, path, sqlite.BusyTimeout(time.Minute))
	release := lock(t, path)
	defer release()
	answer := make(chan error, 1)
	go func() {
		_, err := s.Append(t.Context(), runtime.Append{Stream: user("u"), Records: records(user("u"), 0, 1)})
		answer <- err
	}()
	require.Empty(t, all(t, s), "readers do not wait")
	release()
	require.NoError(t, <-answer)
	require.Len(t, all(t, s), 1)
}

func TestAFileLockedForTooLongIsAnError(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shop.db")
	s := open(t, path, sqlite.BusyTimeout(20*time.Millisecond))
	release := lock(t, path)
	defer release()
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			_, err := s.Append(t.Context(), runtime.Append{Stream: user(fmt.Sprint(g)), Records: records(user(fmt.Sprint(g)), 0, 1)})
			if !isLocked(err) {
				t.Errorf("%v is not ErrLocked", err)
			}
			if _, err := s.Put(t.Context(), "lease", fmt.Sprint(g), "v", 0); !isLocked(err) {
				t.Errorf("%v is not ErrLocked", err)
			}
		})
	}
	wg.Wait()
	release()
	require.Empty(t, all(t, s), "nothing was written, and nothing is later")
	appendTo(t, s, "0", 0, 1)
}

func isLocked(err error) bool {
	return errors.Is(err, sqlite.ErrLocked) && !errors.Is(err, runtime.ErrOutcomeUnknown)
}

func TestAContextCountsUntilTheWriterHasTakenTheAppend(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shop.db")
	s := open(t, path, sqlite.BusyTimeout(time.Minute))
	release := lock(t, path)
	defer release()
	ctx, cancel := context.WithCancel(t.Context())
	answers := make(chan error, 10)
	for g := range 10 {
		go func() {
			_, err := s.Append(ctx, runtime.Append{Stream: user(fmt.Sprint(g)), Records: records(user(fmt.Sprint(g)), 0, 1)})
			answers <- err
		}()
	}
	cancel() // before or after they have been queued: the file is locked all the time
	for range 10 {
		err := <-answers
		require.ErrorIs(t, err, context.Canceled)
		require.NotErrorIs(t, err, runtime.ErrOutcomeUnknown)
	}
	release()
	appendTo(t, s, "other", 0, 1)
	require.Len(t, all(t, s), 1, "an append that was cancelled was written")
}

func TestOpenWaitsForNobodyWhoOnlyWrites(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shop.db")
	require.NoError(t, open(t, path).Close())
	release := lock(t, path)
	defer release()
	s := open(t, path, sqlite.BusyTimeout(time.Millisecond))
	_, err := s.Head(t.Context())
	require.NoError(t, err)
}

// Close answers what waits, also when nothing can be written.
func TestCloseWhileTheFileIsLocked(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shop.db")
	s := open(t, path, sqlite.BusyTimeout(20*time.Millisecond))
	release := lock(t, path)
	defer release()
	answer := make(chan error, 1)
	go func() {
		_, err := s.Append(t.Context(), runtime.Append{Stream: user("u"), Records: records(user("u"), 0, 1)})
		answer <- err
	}()
	s.Close()
	err := <-answer
	require.True(t, errors.Is(err, sqlite.ErrLocked) || errors.Is(err, sqlite.ErrClosed), "%v", err)
}
