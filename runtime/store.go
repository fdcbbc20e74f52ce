package runtime

import (
	"context"
	"iter"
)

// Store is a log of events and a few small cells beside it. Its methods may be called from many
// goroutines and, for durable stores, from many processes. There are no optional parts: what one store
// can do, all can. Whoever opened a store closes it; a Domain never does.
//
// Below (a store's business): atomicity, the sequence check, durability, positions, waking readers,
// coalescing concurrent appends, encoding ids for the engine, paging, creating its own tables.
// Above (the runtime's, written and tested once): deciding, retrying a conflict, resolving an unknown
// outcome, timestamps and their order, codecs and upcasts, snapshots and when they are valid, filters,
// leases and fencing, checkpoints, retry and back-off, dead letters, fan-out from one reader a process.
type Store interface {
	Log
	KV
}

// Log is the events. It has no way to change or remove one.
type Log interface {
	// Append stores all records of a after a.After, or none, and returns when they are durable.
	//
	//  - The stream's last sequence must be a.After.Sequence (0: the stream must not exist);
	//    else nothing is written and the error is a ConflictError with the actual sequence.
	//    Of concurrent appends after one mark exactly one wins.
	//  - If a.CommandID is not "" and the stream has an append of that id, nothing is written and the
	//    answer is that append's, with Duplicate set; this is looked at before the sequence.
	//  - The store sets Position, and keeps every other field byte for byte. It does not keep the slice.
	//  - An append of up to MaxRecords records and MaxBytes of Data and Metadata fits every store;
	//    a larger one may be ErrTooLarge.
	//
	// Errors: ErrConflict, ErrTooLarge, and any error that is not ErrOutcomeUnknown, mean that
	// nothing was written and nothing will be. ErrOutcomeUnknown (wrapping the cause) means that it may
	// have been, or may yet be. ctx is honoured until the append is handed to the engine (then ctx.Err(),
	// nothing written); after that a store waits for the verdict, or says ErrOutcomeUnknown. A store
	// never repeats an append by itself once its outcome is unknown.
	Append(ctx context.Context, a Append) (Appended, error)

	// Lookup finds an append by the command id that was given to Append; ok is false if there is none.
	Lookup(ctx context.Context, s Stream, commandID string) (done Appended, ok bool, err error)

	// Read yields the events of s with Sequence > after.Sequence in order, without holes. A stream that
	// is not there yields nothing. after.Position may help the store to find the place; it decides nothing.
	Read(ctx context.Context, s Stream, after Mark) iter.Seq2[Record, error]

	// ReadAll yields the events of the whole log with Position > after in order, at most limit, and
	// ends: it does not wait for more. An event that becomes readable never has a Position below one
	// that any reader has been given before.
	ReadAll(ctx context.Context, after uint64, limit int) iter.Seq2[Record, error]

	// Head is the position of the last event that ReadAll would yield; 0 for an empty log.
	Head(ctx context.Context) (uint64, error)

	// Wait returns nil when there may be an event with Position > after (it may be wrong; it is late by
	// no more than two seconds, even if a notification was lost), or ctx.Err().
	Wait(ctx context.Context, after uint64) error
}

// For both iterators: they may be ranged over more than once, each time anew. An error is yielded once,
// as the last pair, and never looks like the end. Between two yields a store holds no lock, transaction,
// cursor or connection that another call on it could wait for: the body of the loop may append. Each
// Append is seen whole or not at all by Read.

// KV is a few small values, of whose writing each is a compare-and-swap: the runtime's own notes
// (leases with their checkpoints, dead letters, snapshots), never a user's data. A write is durable and
// seen by every later Get, in any process.
type KV interface {
	// Get returns a value and its revision; revision 0 if there is none, which is no error.
	Get(ctx context.Context, bucket, key string) (value string, revision uint64, err error)

	// Put writes if the revision is still the one given (0: if there is none), and returns the new one;
	// else ErrRevision. A key's revisions only grow, also across a Delete: an old owner is never right
	// again. After ErrOutcomeUnknown, Get tells.
	Put(ctx context.Context, bucket, key, value string, revision uint64) (uint64, error)

	// Delete removes under the same condition.
	Delete(ctx context.Context, bucket, key string, revision uint64) error

	// List returns the entries of a bucket whose key begins with prefix and is > after, in byte order of
	// the keys, at most limit. Buckets are [a-z]+; keys are UTF-8 of up to 1,024 bytes.
	List(ctx context.Context, bucket, prefix, after string, limit int) ([]Entry, error)
}

// What every store takes in one append.
const (
	MaxRecords = 1000
	MaxBytes   = 512 << 10
)

// Stream names one aggregate's events. Domain and Aggregate are kebab-case; ID is 1 to 256 bytes of
// UTF-8 without control characters (the runtime checks), else arbitrary: a store encodes what its
// engine cannot take.
type Stream struct{ Domain, Aggregate, ID string }

// Mark is a place in a stream: the last event seen, by its sequence; the zero Mark is before the first.
// Position, if not 0, is that event's, and only a hint.
type Mark struct{ Sequence, Position uint64 }

// Append is the events of one action. Records have Sequence After.Sequence+1, +2, …, Timestamps in UTC
// that do not go back, and Data that is valid JSON.
type Append struct {
	Stream    Stream
	After     Mark
	CommandID string // the caller's, for Lookup; "" if the caller gave none
	Records   []Record
}

// Appended is where they stand.
type Appended struct {
	First     uint64 // sequence of the first
	Last      Mark   // of the last
	Duplicate bool
}

// Entry is a cell.
type Entry struct {
	Key, Value string
	Revision   uint64
}
