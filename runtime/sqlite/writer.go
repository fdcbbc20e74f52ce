package sqlite

import (
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/fluvius-io/fluvius-go/runtime"
	engine "zombiezen.com/go/sqlite"
)

// maxBatch is how many changes share one transaction at most.
const maxBatch = 256

// writer is the one goroutine that writes. It takes whatever waits into one transaction: while that is on
// its way to the disk the next ones gather. There is no timer: one that comes alone is written at once.
// (Measured at 64 goroutines: 13 times as many appends a second as with a transaction each.)
type writer struct {
	store *Store
	conn  *engine.Conn
	jobs  []*job
	grew  bool // events were added in this transaction
	statements
}

// statements are the writer's, prepared once.
type statements struct {
	begin, commit, rollback       *engine.Stmt
	tail, command, insert         *engine.Stmt
	revision, put, remove, nextID *engine.Stmt
}

func (w *writer) prepare() error {
	return prepareAll(w.conn, []prepared{
		{&w.begin, "BEGIN IMMEDIATE"},
		{&w.commit, "COMMIT"},
		{&w.rollback, "ROLLBACK"},
		{&w.tail, selectTail},
		{&w.command, selectCommand},
		{&w.insert, insertEvent},
		{&w.revision, selectRevision},
		{&w.put, putCell},
		{&w.remove, deleteCell},
		{&w.nextID, nextRevision},
	})
}

// run ends when the queue is closed and everything in it is answered.
func (w *writer) run() {
	defer close(w.store.stopped)
	for w.store.queue.wait() {
		w.batch()
	}
	w.store.failed = w.shut()
}

func (w *writer) batch() {
	waiting := w.store.queue.newest()
	if err := w.lock(w.anyoneWaits); err != nil {
		// Only those that have waited as long as the store may.
		for _, j := range w.store.queue.take(nil, math.MaxInt, waiting) {
			j.answer(err)
		}
		return
	}
	fault := w.gather()
	w.finish(w.jobs, fault)
	clear(w.jobs)
}

// gather writes what waits, and what has come meanwhile, into the transaction.
func (w *writer) gather() (fault error) {
	w.grew, w.jobs = false, w.jobs[:0]
	for fault == nil && len(w.jobs) < maxBatch {
		n := len(w.jobs)
		w.jobs = w.store.queue.take(w.jobs, maxBatch-n, math.MaxUint64)
		if len(w.jobs) == n {
			break
		}
		fault = w.apply(w.jobs[n:])
	}
	return fault
}

func (w *writer) anyoneWaits() bool {
	n, _ := w.store.queue.state()
	return n > 0
}

// lock begins a transaction. While another process writes it tries again, as long as the store may wait
// and somebody still wants it: changes are taken afterwards, so their contexts count until then.
func (w *writer) lock(wanted func() bool) error {
	err := run(w.begin)
	deadline := time.Now().Add(w.store.set.busy)
	for pause := time.Millisecond; isBusy(err) && wanted() && time.Now().Before(deadline); pause = min(2*pause, 10*time.Millisecond) {
		time.Sleep(pause)
		err = run(w.begin)
	}
	return err
}

// finish ends the transaction and answers the jobs in it.
func (w *writer) finish(jobs []*job, fault error) {
	if fault != nil {
		w.undo()
		w.afterFault(jobs, fault)
		return
	}
	if err := run(w.commit); err != nil {
		w.afterCommit(jobs, err)
		return
	}
	if w.grew {
		w.store.grown.ring()
	}
	for _, j := range jobs {
		close(j.done)
	}
}

// apply sets each job's verdict, which is given only when the transaction has ended: a refusal may rest on
// what another job of this batch has written.
func (w *writer) apply(jobs []*job) (fault error) {
	for _, j := range jobs {
		if j.wrote, j.err, fault = j.change.apply(w); fault != nil {
			return fault
		}
	}
	return nil
}

// afterFault: everything is rolled back, so each may be tried by itself, that one bad change does not harm
// its neighbours. (A savepoint for each would cost all of them all the time.) A full disk is everyone's.
func (w *writer) afterFault(jobs []*job, fault error) {
	if len(jobs) == 1 || isFull(fault) {
		for _, j := range jobs {
			j.answer(fault)
		}
		return
	}
	for _, j := range jobs {
		if err := w.lock(func() bool { return true }); err != nil {
			j.answer(err)
			continue
		}
		w.grew = false
		alone := []*job{j}
		w.finish(alone, w.apply(alone))
	}
}

// afterCommit is what to say when COMMIT failed. The engine has forgotten the transaction, but what it had
// written to the end of the write-ahead log may be whole: if this process died before that place is written
// over, the next one to open the file could find the transaction and take it for committed. Nothing was
// written, and nothing will be, if that place can be written over at once; or if the disk was full, because
// the page that makes a transaction is the last one written, and so the one that did not fit (a disk that
// turns out to be full only at the sync is another error). Else nobody knows.
func (w *writer) afterCommit(jobs []*job, cause error) {
	w.undo()
	certain := w.overwrite() || isFull(cause)
	for _, j := range jobs {
		if j.wrote && !certain {
			j.answer(unknown{cause})
		} else {
			j.answer(cause)
		}
	}
}

// unknown marks the error of a commit of which it is not known whether it happened.
type unknown struct{ cause error }

func (u unknown) Error() string { return u.cause.Error() }

// verdict makes what the writer answered an error for the caller.
func (s *Store) verdict(op string, err error) error {
	var open unknown
	switch {
	case err == nil, errors.Is(err, runtime.ErrConflict), errors.Is(err, runtime.ErrRevision):
		return err
	case errors.As(err, &open):
		return fmt.Errorf("%w: %w", runtime.ErrOutcomeUnknown, fail(op, s.path, open.cause))
	}
	return fail(op, s.path, err)
}

// undo ends the transaction, unless the engine has done so already.
func (w *writer) undo() {
	if !w.conn.AutocommitEnabled() {
		run(w.rollback)
	}
}

// overwrite commits a change of one page, which the engine puts where the failed transaction began: a revision
// that nobody gets.
func (w *writer) overwrite() bool {
	if run(w.begin) != nil {
		return false
	}
	_, err := w.takeRevision()
	if err == nil {
		err = run(w.commit)
	}
	w.undo()
	return err == nil
}

// shut closes all connections. The last one to close moves the log into the file and removes it; this says
// so explicitly, because another process's may stay open.
func (w *writer) shut() error {
	w.store.readers.close()
	number(w.conn, "PRAGMA wal_checkpoint(TRUNCATE)") // best effort: what stays in the log is safe there
	return w.conn.Close()
}

// run runs a statement that answers nothing.
func run(stmt *engine.Stmt) error {
	_, err := stmt.Step()
	if reset := stmt.Reset(); err == nil {
		err = reset
	}
	return err
}
