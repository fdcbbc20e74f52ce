package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	engine "zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/fluvius-io/fluvius-go/runtime/sqlite"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"fluvius": main, "seed": seed, "writer": write})
}

// TestScripts runs the command line as users do; each file in testdata/script is one story.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           filepath.Join("testdata", "script"),
		UpdateScripts: os.Getenv("FLUV_UPDATE") == "1",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status": status, "damage": damage, "newer": newer, "hold": hold,
		},
	})
}

// status runs fluvius and demands an exit status: status 2 log.
func status(ts *testscript.TestScript, _ bool, args []string) {
	want := args[0]
	err := ts.Exec("fluvius", args[1:]...)
	var exit *exec.ExitError
	if !errors.As(err, &exit) || strconv.Itoa(exit.ExitCode()) != want {
		ts.Fatalf("fluvius %s: want exit status %s, is %v", strings.Join(args[1:], " "), want, err)
	}
}

// damage overwrites every page of a log but the first with zeros.
func damage(ts *testscript.TestScript, _ bool, args []string) {
	path := ts.MkAbs(args[0])
	text, err := os.ReadFile(path)
	ts.Check(err)
	clear(text[4096:])
	ts.Check(os.WriteFile(path, text, 0o600))
}

// newer makes a log one that a later version has written.
func newer(ts *testscript.TestScript, _ bool, args []string) {
	conn, err := engine.OpenConn(ts.MkAbs(args[0]), engine.OpenReadWrite)
	ts.Check(err)
	ts.Check(sqlitex.ExecuteTransient(conn, "PRAGMA user_version = 9", nil))
	ts.Check(conn.Close())
}

// hold holds the write lock of a log until the script ends, as a process does that hangs in a transaction.
func hold(ts *testscript.TestScript, _ bool, args []string) {
	conn, err := engine.OpenConn(ts.MkAbs(args[0]), engine.OpenReadWrite)
	ts.Check(err)
	ts.Check(sqlitex.ExecuteTransient(conn, "BEGIN IMMEDIATE", nil))
	ts.Defer(func() { conn.Close() })
}

// write is a program that appends to a log, and waits only so long.
func write() {
	store, err := sqlite.Open(context.Background(), os.Args[1], sqlite.BusyTimeout(50*time.Millisecond))
	if err == nil {
		_, err = store.Append(context.Background(), happened(runtime.Stream{Domain: "shop", Aggregate: "user", ID: "eve"}, 1, 12, "user-created", "{}"))
		err = errors.Join(err, store.Close())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	if errors.Is(err, sqlite.ErrLocked) && !errors.Is(err, runtime.ErrOutcomeUnknown) {
		os.Exit(3)
	}
}

// seed makes the log that the scripts look at.
func seed() {
	if err := seedFile(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func seedFile(path string) error {
	ctx := context.Background()
	store, err := sqlite.Open(ctx, path)
	if err != nil {
		return err
	}
	defer store.Close()
	for _, a := range []runtime.Append{
		happened(runtime.Stream{Domain: "shop", Aggregate: "user", ID: "ada"}, 1, 8, "user-created", `{"name":"Ada","email":"ada@example.com"}`),
		happened(runtime.Stream{Domain: "shop", Aggregate: "order", ID: "ada"}, 1, 9, "order-placed", `{"customer":"ada <&> co","total":"9.00"}`),
		happened(runtime.Stream{Domain: "shop", Aggregate: "user", ID: "ada"}, 2, 10, "user-email-corrected", "{\"email\":\n \"ada@lovelace.dev\"}"),
		happened(runtime.Stream{Domain: "depot", Aggregate: "user", ID: "bob"}, 1, 11, "user-created", "{\"name\":\"B\u009b\"}"),
	} {
		if _, err := store.Append(ctx, a); err != nil {
			return err
		}
	}
	return nil
}

func happened(s runtime.Stream, sequence uint64, hour int, key, data string) runtime.Append {
	return runtime.Append{Stream: s, After: runtime.Mark{Sequence: sequence - 1}, Records: []runtime.Record{{
		Header: runtime.Header{
			Domain: s.Domain, Aggregate: s.Aggregate, AggregateID: s.ID, Key: key, Version: 1, Sequence: sequence,
			Timestamp: time.Date(2026, 11, 25, hour, 0, 0, 5_000_000, time.UTC),
		}, Data: data,
	}}}
}

// TestFollowSeesWhatAnotherProcessAppends also holds that an interrupt is a clean end.
func TestFollowSeesWhatAnotherProcessAppends(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shop.db")
	require.NoError(t, seedFile(path))
	store, err := sqlite.Open(t.Context(), path)
	require.NoError(t, err)
	defer store.Close()

	child := exec.CommandContext(t.Context(), "fluvius", "log", "user", "ada", "-follow", "-store", "sqlite:"+path, "-after", "1")
	var complaints strings.Builder
	child.Stderr = &complaints
	out, err := child.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, child.Start())
	lines := bufio.NewScanner(out)
	next := func() string {
		require.True(t, lines.Scan(), "the output has ended: %s", &complaints)
		return lines.Text()
	}
	assert.Contains(t, next(), "POSITION")
	assert.Contains(t, next(), "user-email-corrected@1")

	ada := runtime.Stream{Domain: "shop", Aggregate: "user", ID: "ada"}
	_, err = store.Append(t.Context(), happened(ada, 3, 12, "user-deactivated", `{"reason":"left"}`))
	require.NoError(t, err)
	assert.Contains(t, next(), `user-deactivated@1`)

	require.NoError(t, child.Process.Signal(os.Interrupt))
	assert.False(t, lines.Scan(), "nothing follows the interrupt")
	require.NoError(t, child.Wait())
	assert.Empty(t, complaints.String())
}

func TestSince(t *testing.T) {
	now := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	for text, want := range map[string]time.Time{
		"":                          {},
		"2026-11-25":                time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC),
		"2026-11-25T08:30:00Z":      time.Date(2026, 11, 25, 8, 30, 0, 0, time.UTC),
		"2026-11-25T08:30:00+01:00": time.Date(2026, 11, 25, 7, 30, 0, 0, time.UTC),
		"2026-11-25 08:30:00":       time.Date(2026, 11, 25, 8, 30, 0, 0, time.UTC),
		"90m":                       now.Add(-90 * time.Minute),
	} {
		got, err := parseSince(text, now)
		require.NoError(t, err, text)
		assert.True(t, got.Equal(want), "%q is %s", text, got)
	}
	for _, text := range []string{"yesterday", "-5m", "2026-13-01"} {
		_, err := parseSince(text, now)
		assert.ErrorContains(t, err, "is no time", text)
	}
}
