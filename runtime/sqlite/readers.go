package sqlite

import (
	"context"
	goruntime "runtime"
	"sync"

	engine "zombiezen.com/go/sqlite"
)

// readers is a pool of connections that only read, apart from the writer's: readers of a write-ahead log
// neither wait for a writer nor hold one up. They are opened when they are first needed, and the one last
// used is used next, for its caches are warm.
type readers struct {
	file   string
	slots  chan struct{} // one for each that is in use
	ended  chan struct{}
	mu     sync.Mutex
	idle   []*reader
	closed bool
}

// reader is a connection with its prepared statements. One goroutine uses it at a time.
type reader struct {
	conn *engine.Conn
	scan scanner

	stream, streamEnd, log, head, command, cell, cells *engine.Stmt
}

func newReaders(file string) *readers {
	n := max(4, goruntime.GOMAXPROCS(0))
	return &readers{file: file, slots: make(chan struct{}, n), ended: make(chan struct{})}
}

// read lends a connection to use, which must be through with it when it returns; where it may find the
// file locked it is called again.
func (s *Store) read(ctx context.Context, use func(*reader) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case s.readers.slots <- struct{}{}:
	case <-s.readers.ended:
		return s.closed("read")
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-s.readers.slots }()
	err := s.retry(ctx, func() error { return s.lend(use) })
	return fail("read", s.path, err)
}

// lend puts a connection back only if all went well: a new one is cheaper than to know what is still
// usable after an error.
func (s *Store) lend(use func(*reader) error) error {
	r, err := s.readers.take()
	if err != nil {
		return err
	}
	if r == nil {
		return s.closed("read")
	}
	if err := use(r); err != nil {
		r.conn.Close()
		return err
	}
	s.readers.give(r)
	return nil
}

// take returns nil when the pool is closed.
func (p *readers) take() (*reader, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return nil, nil
	}
	if n := len(p.idle); n > 0 {
		r := p.idle[n-1]
		p.idle = p.idle[:n-1]
		return r, nil
	}
	return openReader(p.file)
}

func openReader(file string) (*reader, error) {
	conn, err := connect(file, engine.OpenReadWrite) // a reader of a write-ahead log writes into path-shm
	if err != nil {
		return nil, err
	}
	r := &reader{conn: conn}
	if err := r.prepare(); err != nil {
		conn.Close()
		return nil, err
	}
	return r, nil
}

func (r *reader) prepare() error {
	for _, sql := range []string{"PRAGMA query_only = ON", "PRAGMA cache_size = -8192"} {
		if err := exec(r.conn, sql); err != nil {
			return err
		}
	}
	return prepareAll(r.conn, []prepared{
		{&r.stream, selectStream},
		{&r.streamEnd, selectStreamEnd},
		{&r.log, selectLog},
		{&r.head, selectHead},
		{&r.command, selectCommand},
		{&r.cell, selectCell},
		{&r.cells, selectCells},
	})
}

func (p *readers) give(r *reader) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.idle = append(p.idle, r)
}

// close waits until no connection is in use and closes them.
func (p *readers) close() {
	close(p.ended)
	for range cap(p.slots) {
		p.slots <- struct{}{}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	for _, r := range p.idle {
		r.conn.Close()
	}
	p.idle = nil
}
