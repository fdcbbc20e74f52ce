package sqlite_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/fluvius-io/fluvius-go/runtime/sqlite"
	"github.com/fluvius-io/fluvius-go/runtime/storetest"
	"github.com/stretchr/testify/require"
	engine "zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

func TestStoreKeepsTheContract(t *testing.T) {
	for name, opts := range map[string][]sqlite.Option{"full": nil, "normal": {sqlite.Synchronous(sqlite.Normal)}} {
		t.Run(name, func(t *testing.T) {
			if testing.Short() && name == "normal" {
				t.Skip("the same code: full size only")
			}
			storetest.Run(t, func(t *testing.T) storetest.Opened { return opened(t, opts...) })
		})
	}
}

func opened(t *testing.T, opts ...sqlite.Option) storetest.Opened {
	path := filepath.Join(t.TempDir(), "shop.db")
	current := open(t, path, opts...)
	return storetest.Opened{
		Store: current,
		Reopen: func(t *testing.T) runtime.Store {
			require.NoError(t, current.Close())
			current = open(t, path, opts...)
			return current
		},
		Beside: func(t *testing.T) runtime.Store { return open(t, path, opts...) },
		Tamper: func(t *testing.T, position uint64) map[string]error { return tamper(t, path, position) },
	}
}

func open(t testing.TB, path string, opts ...sqlite.Option) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(context.Background(), path, opts...)
	require.NoError(t, err)
	t.Cleanup(func() { s.Close() })
	return s
}

// attacks are ways to change an event with SQL; %d is its position. REPLACE comes in the forms that remove a
// row for each of the keys it can be in the way of.
var attacks = []struct{ name, sql string }{
	{"update", `UPDATE events SET payload = '{}' WHERE position = %d`},
	{"update of the position", `UPDATE events SET position = position + 1000 WHERE position = %d`},
	{"update or replace", `UPDATE OR REPLACE events SET sequence = 1 WHERE position = %d`},
	{"delete", `DELETE FROM events WHERE position = %d`},
	{"delete of all", `DELETE FROM events WHERE %d > 0`},
	{"truncation", `DELETE FROM events -- %d`},
	{"replace by position", `INSERT OR REPLACE INTO events SELECT position, domain, aggregate, aggregate_id || 'x', 1, key, version,
timestamp, metadata, '{}', 1, NULL FROM events WHERE position = %d`},
	{"replace by sequence", `REPLACE INTO events SELECT NULL, domain, aggregate, aggregate_id, sequence, key, version, timestamp,
metadata, '{}', 1, NULL FROM events WHERE position = %d`},
	{"replace by command", `INSERT OR REPLACE INTO events SELECT NULL, domain, aggregate, aggregate_id, (SELECT max(sequence) + 1 FROM events e
WHERE e.aggregate_id = events.aggregate_id), key, version, timestamp, metadata, '{}', 1, 'c' FROM events WHERE aggregate_id = 'u' AND position <= %d LIMIT 1`},
	{"upsert", `INSERT INTO events SELECT position, domain, aggregate, aggregate_id, sequence, key, version, timestamp, metadata, '{}', 1, NULL
FROM events WHERE position = %d ON CONFLICT (position) DO UPDATE SET payload = '{}'`},
	{"a hole in a stream", `INSERT INTO events SELECT NULL, domain, aggregate, aggregate_id, sequence + 100, key, version, timestamp, metadata, '{}',
1, NULL FROM events WHERE position = %d`},
}

// tamper uses a connection with the engine's default settings.
func tamper(t *testing.T, path string, position uint64) map[string]error {
	conn, err := engine.OpenConn(path, engine.OpenReadWrite)
	require.NoError(t, err)
	defer conn.Close()
	refused := map[string]error{}
	for _, a := range attacks {
		refused[a.name] = sqlitex.ExecuteTransient(conn, fmt.Sprintf(a.sql, position), nil)
	}
	return refused
}
