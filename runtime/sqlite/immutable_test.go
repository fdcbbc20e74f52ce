package sqlite_test

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/fluvius-io/fluvius-go/runtime/sqlite"
	"github.com/stretchr/testify/require"
)

// records are n events of a stream after a sequence.
func records(at runtime.Stream, after uint64, n int) []runtime.Record {
	all := make([]runtime.Record, n)
	for i := range all {
		all[i] = runtime.Record{Header: runtime.Header{
			Domain: at.Domain, Aggregate: at.Aggregate, AggregateID: at.ID, Key: "user-created", Version: 1,
			Sequence: after + uint64(i) + 1, Timestamp: time.Date(2026, 11, 23, 0, 0, 0, i, time.UTC),
			Metadata: runtime.MetaFromText(`{"actor":"ada"}`),
		}, Data: fmt.Sprintf(`{"name":"Ada","n":%d}`, i)}
	}
	return all
}

func user(id string) runtime.Stream {
	return runtime.Stream{Domain: "shop", Aggregate: "user", ID: id}
}

func appendTo(t testing.TB, s *sqlite.Store, id string, after uint64, n int) runtime.Appended {
	t.Helper()
	done, err := s.Append(context.Background(), runtime.Append{
		Stream: user(id), After: runtime.Mark{Sequence: after}, Records: records(user(id), after, n),
	})
	require.NoError(t, err)
	return done
}

func all(t testing.TB, s *sqlite.Store) (got []runtime.Record) {
	t.Helper()
	for r, err := range s.ReadAll(context.Background(), 0, 1<<30) {
		require.NoError(t, err)
		got = append(got, r)
	}
	return got
}

// victim is a log with a command in it, and the position of an event to attack.
func victim(t *testing.T) (s *sqlite.Store, path string) {
	path = filepath.Join(t.TempDir(), "shop.db")
	s = open(t, path)
	_, err := s.Append(t.Context(), runtime.Append{Stream: user("u"), CommandID: "c", Records: records(user("u"), 0, 3)})
	require.NoError(t, err)
	return s, path
}

func TestPromise3RawSQLCannotChangeAnEvent(t *testing.T) {
	s, path := victim(t)
	before := all(t, s)
	for position := range uint64(3) {
		for way, err := range tamper(t, path, position+1) {
			require.ErrorContains(t, err, "an event", "%s at %d must be refused by the log, not by a mistake in the attack", way, position+1)
		}
	}
	require.Equal(t, before, all(t, s))
}

func TestPromise3TheCommandLineCannotChangeAnEvent(t *testing.T) {
	cli := commandLine(t)
	s, path := victim(t)
	before := all(t, s)
	for _, a := range attacks {
		out, err := exec.Command(cli, path, fmt.Sprintf(a.sql, 1)).CombinedOutput()
		require.Error(t, err, "%s: %s", a.name, out)
		require.Contains(t, string(out), "an event", a.name)
	}
	require.Equal(t, before, all(t, s))
	appendTo(t, s, "u", 3, 1)
}

func TestTheCommandLineReadsTheLog(t *testing.T) {
	cli := commandLine(t)
	s, path := victim(t)
	out, err := exec.Command(cli, path, `SELECT position, domain, aggregate, aggregate_id, sequence, key, version, timestamp, metadata, payload,
append_size, command_id FROM events ORDER BY position LIMIT 2; PRAGMA integrity_check`).CombinedOutput()
	require.NoError(t, err, string(out))
	require.Equal(t, `1|shop|user|u|1|user-created|1|1795392000000000000|{"actor":"ada"}|{"name":"Ada","n":0}|3|c
2|shop|user|u|2|user-created|1|1795392000000000001|{"actor":"ada"}|{"name":"Ada","n":1}|0|
ok
`, string(out))
	require.Len(t, all(t, s), 3)
}

// commandLine is the sqlite3 program; without it a test is skipped, where people see it.
func commandLine(t *testing.T) string {
	t.Helper()
	cli, err := exec.LookPath("sqlite3")
	if err != nil {
		t.Skip(strings.Repeat("#", 60) + "\n# SKIPPED: no sqlite3 command line here (apt-get install sqlite3)\n" + strings.Repeat("#", 60))
	}
	return cli
}

func TestPromise2WhatIsReadCannotBeChangedByAnotherReader(t *testing.T) {
	s, _ := victim(t)
	before := all(t, s)
	for r := range s.Read(t.Context(), user("u"), runtime.Mark{}) {
		r.Data, r.Key = "changed", "changed"
	}
	require.Equal(t, before, all(t, s))
}

func TestPromise4OrderIsThatOfAppendingWhateverTheClockSays(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "shop.db"))
	now := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	for i := range uint64(1000) {
		recs := records(user("u"), i, 1)
		recs[0].Timestamp = now
		if i >= 500 {
			recs[0].Timestamp = now.Add(-time.Duration(i)) // a store orders by sequence even what the runtime never does
		}
		_, err := s.Append(t.Context(), runtime.Append{Stream: user("u"), After: runtime.Mark{Sequence: i}, Records: recs})
		require.NoError(t, err)
	}
	n := uint64(0)
	for r, err := range s.Read(t.Context(), user("u"), runtime.Mark{}) {
		require.NoError(t, err)
		n++
		require.Equal(t, n, r.Sequence)
		require.Equal(t, n, r.Position)
	}
	require.Equal(t, uint64(1000), n)
}
