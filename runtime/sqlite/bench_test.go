package sqlite

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/stretchr/testify/require"
	engine "zombiezen.com/go/sqlite"
)

// The benchmarks compare the store with the least that could be written by hand on the same engine: a table
// without triggers, domain or commands, and a loop without contexts, verdicts or batches of several kinds.
// Both run in turns within one benchmark, because the machine's disk changes its mind from minute to
// minute, and the metric to read is the ratio.

var (
	payload  = `{"name":"` + strings.Repeat("n", 90) + `","email":"` + strings.Repeat("e", 88) + `"}` // 203 bytes
	metadata = `{"command_id":"` + strings.Repeat("c", 50) + `"}`                                     // 67 bytes
)

const bareSchema = `CREATE TABLE events(position INTEGER PRIMARY KEY, aggregate TEXT NOT NULL, aggregate_id TEXT NOT NULL,
version INTEGER NOT NULL, key TEXT NOT NULL, payload TEXT NOT NULL, metadata TEXT NOT NULL, timestamp INTEGER NOT NULL)`

// bare is the engine by hand.
type bare struct {
	conn                        *engine.Conn
	begin, commit, tail, insert *engine.Stmt
	stream                      *engine.Stmt
}

func openBare(b testing.TB, file, synchronous string) *bare {
	conn, err := engine.OpenConn(file)
	require.NoError(b, err)
	b.Cleanup(func() { conn.Close() })
	require.NoError(b, exec(conn, "PRAGMA synchronous = "+synchronous))
	require.NoError(b, exec(conn, "PRAGMA cache_size = -16384"))
	require.NoError(b, exec(conn, bareSchema))
	require.NoError(b, exec(conn, "CREATE UNIQUE INDEX events_stream ON events(aggregate, aggregate_id, version)"))
	return &bare{
		conn: conn, begin: conn.Prep("BEGIN IMMEDIATE"), commit: conn.Prep("COMMIT"),
		tail:   conn.Prep("SELECT coalesce(max(version),0) FROM events WHERE aggregate=? AND aggregate_id=?"),
		insert: conn.Prep("INSERT INTO events(aggregate,aggregate_id,version,key,payload,metadata,timestamp) VALUES(?,?,?,?,?,?,?)"),
		stream: conn.Prep("SELECT position, version, key, payload, metadata, timestamp FROM events WHERE aggregate=? AND aggregate_id=? AND version>? ORDER BY version"),
	}
}

func (z *bare) append(id string, after int64) error {
	z.tail.BindText(1, "user")
	z.tail.BindText(2, id)
	if _, err := z.tail.Step(); err != nil {
		return err
	}
	found := z.tail.ColumnInt64(0)
	z.tail.Reset()
	if found != after {
		return runtime.ErrConflict
	}
	z.insert.BindText(1, "user")
	z.insert.BindText(2, id)
	z.insert.BindInt64(3, after+1)
	z.insert.BindText(4, "user-created")
	z.insert.BindText(5, payload)
	z.insert.BindText(6, metadata)
	z.insert.BindInt64(7, time.Now().UnixNano())
	return run(z.insert)
}

// appender is one way to append.
type appender func(id string, after int64) error

// single is one transaction for each append.
func (z *bare) single() appender {
	var mu sync.Mutex
	return func(id string, after int64) error {
		mu.Lock()
		defer mu.Unlock()
		if err := run(z.begin); err != nil {
			return err
		}
		if err := z.append(id, after); err != nil {
			return err
		}
		return run(z.commit)
	}
}

// group is one goroutine that writes what waits in one transaction.
func (z *bare) group(b testing.TB) appender {
	type request struct {
		id    string
		after int64
		done  chan error
	}
	requests := make(chan *request, maxBatch)
	b.Cleanup(func() { close(requests) })
	go func() {
		var batch []*request
		for r := range requests {
			batch = append(batch[:0], r)
			run(z.begin)
			for drained := false; !drained; {
				last := batch[len(batch)-1]
				err := z.append(last.id, last.after)
				if err != nil {
					panic(err)
				}
				select {
				case r, ok := <-requests:
					if drained = !ok || len(batch) == maxBatch; !drained {
						batch = append(batch, r)
					}
				default:
					drained = true
				}
			}
			err := run(z.commit)
			for _, r := range batch {
				r.done <- err
			}
		}
	}()
	return func(id string, after int64) error {
		r := &request{id: id, after: after, done: make(chan error, 1)}
		requests <- r
		return <-r.done
	}
}

func (s *Store) appender() appender {
	return func(id string, after int64) error {
		_, err := s.Append(context.Background(), runtime.Append{
			Stream:  runtime.Stream{Domain: "shop", Aggregate: "user", ID: id},
			After:   runtime.Mark{Sequence: uint64(after)},
			Records: []runtime.Record{benchRecord(id, after+1, time.Now())},
		})
		return err
	}
}

func benchRecord(id string, sequence int64, at time.Time) runtime.Record {
	return runtime.Record{
		Header: runtime.Header{Domain: "shop", Aggregate: "user", AggregateID: id, Key: "user-created", Version: 1,
			Sequence: uint64(sequence), Timestamp: at, Metadata: runtime.MetaFromText(metadata)},
		Data: payload,
	}
}

func BenchmarkAppend(b *testing.B) {
	for _, level := range []Durability{Full, Normal} {
		for _, g := range []int{1, 8, 64} {
			b.Run(fmt.Sprintf("%s/%d", level.pragma(), g), func(b *testing.B) {
				dir := b.TempDir()
				s, err := Open(context.Background(), filepath.Join(dir, "store.db"), Synchronous(level))
				require.NoError(b, err)
				b.Cleanup(func() { s.Close() })
				ways := []appender{
					s.appender(),
					openBare(b, filepath.Join(dir, "single.db"), level.pragma()).single(),
					openBare(b, filepath.Join(dir, "group.db"), level.pragma()).group(b),
				}
				rates := inTurns(b, g, ways)
				b.ReportMetric(rates[0], "appends/s")
				b.ReportMetric(rates[0]/rates[1], "of-single")
				b.ReportMetric(rates[0]/rates[2], "of-group")
			})
		}
	}
}

// inTurns lets each goroutine append b.N times in each way, in turns, and gives each way's rate. Keep b.N so
// small (-benchtime 200x) that the files fit into the engine's caches, which it shares out in one process:
// one way's pages would push out the other's.
func inTurns(b *testing.B, goroutines int, ways []appender) []float64 {
	const turns = 4
	n := goroutines * (b.N/turns + 1)
	spent := make([]time.Duration, len(ways))
	b.ResetTimer()
	for turn := range turns {
		for i, way := range ways {
			start := time.Now()
			appendMany(b, goroutines, n, fmt.Sprintf("%d-%d", turn, b.N), way)
			spent[i] += time.Since(start)
		}
	}
	rates := make([]float64, len(ways))
	for i := range ways {
		rates[i] = float64(turns*n) / spent[i].Seconds()
	}
	return rates
}

// appendMany appends n events in streams of ten.
func appendMany(b *testing.B, goroutines, n int, prefix string, way appender) {
	var wg sync.WaitGroup
	for g := range goroutines {
		wg.Go(func() {
			for i := range (n + goroutines - 1 - g) / goroutines {
				if err := way(fmt.Sprintf("%s-%d-%d", prefix, g, i/10), int64(i%10)); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
}

// BenchmarkReplay reads one aggregate after another.
func BenchmarkReplay(b *testing.B) {
	for _, length := range []int{10, 1000} {
		b.Run(fmt.Sprint(length), func(b *testing.B) { benchReplay(b, length) })
	}
}

const streams = 40

func benchReplay(b *testing.B, length int) {
	ctx, dir := context.Background(), b.TempDir()
	file, bareFile := filepath.Join(dir, "store.db"), filepath.Join(dir, "bare.db")
	s, err := Open(ctx, file, Synchronous(Normal))
	require.NoError(b, err)
	z := openBare(b, bareFile, "NORMAL")
	require.NoError(b, run(z.begin))
	for i := range streams * length {
		id, after := fmt.Sprint("u-", i/length), int64(i%length)
		require.NoError(b, z.append(id, after))
		require.NoError(b, s.appender()(id, after))
	}
	require.NoError(b, run(z.commit))
	require.NoError(b, exec(z.conn, "PRAGMA wal_checkpoint(TRUNCATE)"))
	require.NoError(b, s.Close())
	s, err = Open(ctx, file)
	require.NoError(b, err)
	defer s.Close()
	replay := func(id string) (count int) {
		for r, err := range s.Read(ctx, runtime.Stream{Domain: "shop", Aggregate: "user", ID: id}, runtime.Mark{}) {
			if err == nil && len(r.Data) == len(payload) {
				count++
			}
		}
		return count
	}
	const turns = 8
	n := b.N/turns + 1
	var ours, theirs time.Duration
	b.ReportAllocs()
	b.ResetTimer()
	for range turns {
		ours += timeScans(b, n, length, replay)
		b.StopTimer()
		theirs += timeScans(b, n, length, z.scan)
		b.StartTimer()
	}
	b.ReportMetric(float64(turns*n*length)/ours.Seconds(), "events/s")
	b.ReportMetric(theirs.Seconds()/ours.Seconds(), "of-bare")
}

func timeScans(b *testing.B, n, length int, scan func(id string) int) time.Duration {
	start := time.Now()
	for i := range n {
		if found := scan(fmt.Sprint("u-", i%streams)); found != length {
			b.Fatalf("%d events, not %d", found, length)
		}
	}
	return time.Since(start)
}

func (z *bare) scan(id string) int {
	stmt := z.stream
	defer stmt.Reset()
	stmt.BindText(1, "user")
	stmt.BindText(2, id)
	stmt.BindInt64(3, 0)
	n := 0
	for {
		more, err := stmt.Step()
		if err != nil || !more {
			return n
		}
		r := runtime.Record{Header: runtime.Header{
			Position: uint64(stmt.ColumnInt64(0)), Sequence: uint64(stmt.ColumnInt64(1)), Key: stmt.ColumnText(2),
			Timestamp: time.Unix(0, stmt.ColumnInt64(5)).UTC(), Metadata: runtime.MetaFromText(stmt.ColumnText(4)),
		}, Data: stmt.ColumnText(3)}
		if len(r.Data) == len(payload) {
			n++
		}
	}
}

func BenchmarkReadAll(b *testing.B) {
	ctx := context.Background()
	s, err := Open(ctx, filepath.Join(b.TempDir(), "store.db"), Synchronous(Normal))
	require.NoError(b, err)
	defer s.Close()
	appendMany(b, 64, 20000, "u", s.appender())
	b.ResetTimer()
	b.ReportAllocs()
	count := 0
	for range b.N {
		for _, err := range s.ReadAll(ctx, 0, 1<<30) {
			if err != nil {
				b.Fatal(err)
			}
			count++
		}
	}
	b.ReportMetric(float64(count)/b.Elapsed().Seconds(), "events/s")
}
