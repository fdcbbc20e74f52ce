package sqlite

import (
	"context"
	"slices"
	"sync"
)

// change is something to be written.
type change interface {
	// apply does it within the writer's transaction. A refusal is an answer: it has written nothing, and
	// leaves the transaction usable. A fault spoils the transaction. wrote says that there is something to
	// commit.
	apply(w *writer) (wrote bool, refusal, fault error)
}

// job is a change and who waits for it.
type job struct {
	change change
	number uint64
	wrote  bool
	err    error // set before done is closed
	done   chan struct{}
}

func (j *job) answer(err error) {
	j.err = err
	close(j.done)
}

// queue is what waits for the writer. It has no bound of its own: everything in it is a goroutine that waits.
type queue struct {
	mu     sync.Mutex
	jobs   []*job
	pushed uint64 // jobs ever
	closed bool
	wake   chan struct{}
}

// submit has a change written and waits for the answer. The context counts until the writer has taken the
// change into a transaction.
func (s *Store) submit(ctx context.Context, op string, c change) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	j := &job{change: c, done: make(chan struct{})}
	if !s.queue.push(j) {
		return s.closed(op)
	}
	select {
	case <-j.done:
	case <-ctx.Done():
		if s.queue.remove(j) {
			return ctx.Err()
		}
		<-j.done
	}
	return s.verdict(op, j.err)
}

func (q *queue) push(j *job) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return false
	}
	q.pushed++
	j.number = q.pushed
	q.jobs = append(q.jobs, j)
	q.nudge()
	return true
}

func (q *queue) nudge() {
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

// remove takes a job back, if the writer has not taken it.
func (q *queue) remove(j *job) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	i := slices.Index(q.jobs, j)
	if i < 0 {
		return false
	}
	q.jobs = slices.Delete(q.jobs, i, i+1)
	return true
}

// take moves up to most jobs, none numbered above last, to the end of into.
func (q *queue) take(into []*job, most int, last uint64) []*job {
	q.mu.Lock()
	defer q.mu.Unlock()
	n := 0
	for n < min(most, len(q.jobs)) && q.jobs[n].number <= last {
		n++
	}
	into = append(into, q.jobs[:n]...)
	q.jobs = slices.Delete(q.jobs, 0, n)
	return into
}

// wait blocks until there is a job; false means that there will be none.
func (q *queue) wait() bool {
	for {
		switch n, closed := q.state(); {
		case n > 0:
			return true
		case closed:
			return false
		}
		<-q.wake
	}
}

func (q *queue) state() (waiting int, closed bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.jobs), q.closed
}

func (q *queue) newest() uint64 {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.pushed
}

func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	q.nudge()
}
