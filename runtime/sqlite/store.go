// Package sqlite keeps a log in one SQLite file, with a pure Go engine. Appends are durable when they
// return; those that wait at the same time share one transaction, and so one write to the disk.
//
// docs/stores.md tells how to operate it.
package sqlite

import (
	"sync"

	"github.com/fluvius-io/fluvius-go/runtime"
)

// Store is a log in a file. It is safe for concurrent use, also by several processes on one file, each with
// a Store of its own. Whoever opened it closes it.
type Store struct {
	path string // as it was given, for messages
	file string // the same, absolute
	set  settings

	queue   queue
	readers *readers
	grown   bell
	stopped chan struct{} // closed when the writer has ended
	closing sync.Once
	failed  error // of closing; set before stopped is closed
}

var _ runtime.Store = (*Store)(nil)

// Path is the path that was given to Open.
func (s *Store) Path() string { return s.path }

func (s *Store) begin(w *writer) {
	s.stopped = make(chan struct{})
	s.queue.wake = make(chan struct{}, 1)
	s.readers = newReaders(s.file)
	go w.run()
}

// Close waits for the appends that are waiting or under way, moves what is in the write-ahead log into the
// file, and closes it. Calls after it, and those that wait, fail with ErrClosed. Closing twice is no error.
func (s *Store) Close() error {
	s.closing.Do(func() {
		s.queue.close()
		<-s.stopped
		s.grown.ring()
	})
	<-s.stopped
	return fail("close", s.path, s.failed)
}

// closed is the error of every call after Close.
func (s *Store) closed(op string) error {
	return &FileError{Op: op, Path: s.path, Kind: ErrClosed}
}
