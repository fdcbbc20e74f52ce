package sqlite

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	goruntime "runtime"
	"sync"
	"testing"
	"time"

	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/stretchr/testify/require"
	engine "zombiezen.com/go/sqlite"
)

// spoiler is a change that writes something and then fails as the engine does.
type spoiler struct{ fault error }

func (c spoiler) apply(w *writer) (wrote bool, refusal, fault error) {
	if _, err := w.takeRevision(); err != nil {
		return false, nil, err
	}
	return true, nil, c.fault
}

// gate holds the writer within a transaction until it is opened, so that a batch gathers behind it.
type gate struct {
	entered, opened chan struct{}
	once            sync.Once // it may be applied again, by itself
}

func (g *gate) apply(*writer) (wrote bool, refusal, fault error) {
	g.once.Do(func() { close(g.entered) })
	<-g.opened
	return false, nil, nil
}

// inOneBatch submits the changes so that they share one transaction, and gives their answers.
func inOneBatch(t *testing.T, s *Store, changes []change) []error {
	t.Helper()
	g := &gate{entered: make(chan struct{}), opened: make(chan struct{})}
	answers := make([]error, len(changes))
	var wg sync.WaitGroup
	wg.Go(func() { s.submit(t.Context(), "gate", g) })
	<-g.entered
	before, _ := s.queue.state()
	require.Zero(t, before)
	for i, c := range changes {
		pushed := s.queue.newest()
		wg.Go(func() { answers[i] = s.submit(t.Context(), "test", c) })
		for s.queue.newest() == pushed {
			goruntime.Gosched() // until it is queued: their order matters
		}
	}
	close(g.opened)
	wg.Wait()
	return answers
}

func testStore(t *testing.T) *Store {
	t.Helper()
	s, err := Open(context.Background(), filepath.Join(t.TempDir(), "shop.db"), BusyTimeout(20*time.Millisecond))
	require.NoError(t, err)
	t.Cleanup(func() { s.Close() })
	return s
}

func oneEvent(id string, sequence int64) *appendChange {
	return &appendChange{Append: runtime.Append{
		Stream: runtime.Stream{Domain: "shop", Aggregate: "user", ID: id}, After: runtime.Mark{Sequence: uint64(sequence - 1)},
		Records: []runtime.Record{benchRecord(id, sequence, time.Unix(0, 0))},
	}}
}

func TestOneBadChangeDoesNotHarmItsNeighbours(t *testing.T) {
	s := testStore(t)
	broken := errors.New("broken")
	answers := inOneBatch(t, s, []change{
		oneEvent("a", 1), spoiler{broken}, oneEvent("a", 1), oneEvent("a", 2), &putChange{cell: cell{"lease", "k", 0}, value: "v"},
	})
	require.NoError(t, answers[0])
	require.ErrorIs(t, answers[1], broken)
	require.NotErrorIs(t, answers[1], runtime.ErrOutcomeUnknown)
	require.ErrorIs(t, answers[2], runtime.ErrConflict)
	require.NoError(t, answers[3])
	require.NoError(t, answers[4])
	head, err := s.Head(t.Context())
	require.NoError(t, err)
	require.Equal(t, uint64(2), head)
}

func TestAFullDiskIsEveryonesInTheBatch(t *testing.T) {
	s := testStore(t)
	answers := inOneBatch(t, s, []change{oneEvent("a", 1), spoiler{engine.ResultFull.ToError()}, oneEvent("b", 1)})
	for _, err := range answers {
		require.ErrorIs(t, err, ErrFull)
		require.NotErrorIs(t, err, runtime.ErrOutcomeUnknown)
	}
	head, err := s.Head(t.Context())
	require.NoError(t, err)
	require.Zero(t, head, "everything was rolled back")
}

// A commit that failed is known not to have happened if its place in the write-ahead log can be written
// over; here another connection keeps the writer from that.
func TestLaw5AFailedCommitIsUnknownUnlessItCanBeWrittenOver(t *testing.T) {
	cause := engine.ResultIOErrFsync.ToError()
	for _, locked := range []bool{false, true} {
		t.Run(fmt.Sprint("locked ", locked), func(t *testing.T) {
			s := testStore(t)
			w := secondWriter(t, s)
			if locked {
				other := secondWriter(t, s)
				require.NoError(t, run(other.begin))
			}
			wrote, refused := &job{wrote: true, done: make(chan struct{})}, &job{done: make(chan struct{})}
			w.afterCommit([]*job{wrote, refused}, cause)
			require.Equal(t, locked, errors.Is(s.verdict("append", wrote.err), runtime.ErrOutcomeUnknown))
			require.NotErrorIs(t, s.verdict("append", refused.err), runtime.ErrOutcomeUnknown)
			for _, j := range []*job{wrote, refused} {
				var known *FileError
				require.ErrorAs(t, s.verdict("append", j.err), &known)
				require.ErrorIs(t, known, cause)
				require.Equal(t, "append", known.Op)
			}
		})
	}
}

func secondWriter(t *testing.T, s *Store) *writer {
	t.Helper()
	conn, err := connect(s.file, engine.OpenReadWrite)
	require.NoError(t, err)
	t.Cleanup(func() { conn.Close() })
	w := &writer{store: s, conn: conn}
	require.NoError(t, w.prepare())
	return w
}

func TestBatchesShareATransaction(t *testing.T) {
	s := testStore(t)
	changes := make([]change, 100)
	for i := range changes {
		changes[i] = oneEvent(fmt.Sprint("u-", i), 1)
	}
	version := func() (n int64) {
		require.NoError(t, s.read(t.Context(), func(r *reader) (err error) {
			n, err = number(r.conn, "PRAGMA data_version") // counts transactions of other connections
			return err
		}))
		return n
	}
	before := version()
	for _, err := range inOneBatch(t, s, changes) {
		require.NoError(t, err)
	}
	require.Equal(t, before+1, version())
}
