package bare

import (
	"sync"

	"github.com/fluvius-io/fluvius-go/bench/byhand"
)

// Appender stores one record after the last one of its stream, and returns when it is durable.
type Appender interface {
	Append(id string, after int64, r *byhand.Record) error
	Close() error
}

// Single is one transaction for each append.
func Single(l *Log) Appender { return &single{log: l} }

type single struct {
	mu  sync.Mutex
	log *Log
}

func (s *single) Append(id string, after int64, r *byhand.Record) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := run(s.log.begin); err != nil {
		return err
	}
	if err := s.log.add(id, after, r); err != nil {
		return err
	}
	return run(s.log.commit)
}

func (s *single) Close() error { return s.log.Close() }

// maxBatch is how many appends one transaction takes.
const maxBatch = 256

// Group is one goroutine that appends what waits in one transaction.
func Group(l *Log) Appender {
	g := &group{log: l, requests: make(chan *request, maxBatch)}
	g.running.Go(g.loop)
	return g
}

type group struct {
	log      *Log
	requests chan *request
	running  sync.WaitGroup
}

type request struct {
	id     string
	after  int64
	record *byhand.Record
	err    error
	done   chan struct{}
}

func (g *group) Append(id string, after int64, r *byhand.Record) error {
	q := &request{id: id, after: after, record: r, done: make(chan struct{})}
	g.requests <- q
	<-q.done
	return q.err
}

func (g *group) Close() error {
	close(g.requests)
	g.running.Wait()
	return g.log.Close()
}

func (g *group) loop() {
	batch := make([]*request, 0, maxBatch)
	for first := range g.requests {
		batch = g.drain(append(batch[:0], first))
		err := run(g.log.begin)
		for _, q := range batch {
			if q.err = err; err == nil {
				q.err = g.log.add(q.id, q.after, q.record)
			}
		}
		if err == nil {
			err = run(g.log.commit)
		}
		for _, q := range batch {
			if q.err == nil {
				q.err = err
			}
			close(q.done)
		}
	}
}

// drain takes what waits, up to the size of a batch. It never waits for more.
func (g *group) drain(batch []*request) []*request {
	for len(batch) < maxBatch {
		select {
		case q, ok := <-g.requests:
			if !ok {
				return batch
			}
			batch = append(batch, q)
		default:
			return batch
		}
	}
	return batch
}
