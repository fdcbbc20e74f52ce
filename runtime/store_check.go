package runtime

import (
	"fmt"
	"math"
	"time"
	"unicode/utf8"
)

// maxKey is the longest key of a cell, in bytes.
const maxKey = 1024

// Check tells what is wrong with an append before any store has seen it: ErrTooLarge, or a plain error for
// what only a mistake in the caller's code produces. Every store calls it first, so that all refuse the
// same, and tests on the memory store do not pass with what another store could never take.
//
// What is in Data and Metadata is not looked at: that they are JSON is the caller's promise, and a store
// gives back the bytes it was given.
func (a Append) Check() error {
	if len(a.Records) > MaxRecords {
		return fmt.Errorf("%w: %d events in one append, at most %d fit", ErrTooLarge, len(a.Records), MaxRecords)
	}
	size := 0
	for i := range a.Records {
		if err := a.checkRecord(i); err != nil {
			return err
		}
		size += len(a.Records[i].Data) + len(a.Records[i].Metadata.Text())
	}
	if size > MaxBytes {
		return fmt.Errorf("%w: %d bytes of data and metadata in one append, at most %d fit", ErrTooLarge, size, MaxBytes)
	}
	return nil
}

func (a Append) checkRecord(i int) error {
	h := &a.Records[i].Header
	if want := a.After.Sequence + uint64(i) + 1; h.Sequence != want {
		return fmt.Errorf("append to %s %q: event %d has sequence %d, not %d", a.Stream.Aggregate, a.Stream.ID, i, h.Sequence, want)
	}
	if at := (Stream{h.Domain, h.Aggregate, h.AggregateID}); at != a.Stream && at != (Stream{}) {
		return fmt.Errorf("append to %s %q: event %d is of %s %q (domain %q, not %q)",
			a.Stream.Aggregate, a.Stream.ID, i, at.Aggregate, at.ID, at.Domain, a.Stream.Domain)
	}
	if !inNanoseconds(h.Timestamp) {
		return fmt.Errorf("append to %s %q: event %d has the timestamp %s, outside of 1678 to 2262",
			a.Stream.Aggregate, a.Stream.ID, i, h.Timestamp)
	}
	return nil
}

// Normal is the record at i as every store keeps it: with the stream's names where the record has none, and
// its time in UTC without a monotonic reading.
func (a Append) Normal(i int) Record {
	r := a.Records[i]
	r.Domain, r.Aggregate, r.AggregateID = a.Stream.Domain, a.Stream.Aggregate, a.Stream.ID
	r.Timestamp = r.Timestamp.UTC()
	return r
}

// inNanoseconds says whether a time is a count of nanoseconds in 64 bits, which is how stores keep it. The
// zero time is not, but every store keeps it.
func inNanoseconds(t time.Time) bool {
	return t.IsZero() || t.After(time.Unix(0, math.MinInt64)) && !t.After(time.Unix(0, math.MaxInt64))
}

// CheckCell tells what is wrong with a bucket and a key of KV. The empty key is refused: List, whose after
// is exclusive, could never return it.
func CheckCell(bucket, key string) error {
	if err := CheckBucket(bucket); err != nil {
		return err
	}
	if key == "" || len(key) > maxKey || !utf8.ValidString(key) {
		return fmt.Errorf("%.40q is no key of a cell: it must be 1 to %d bytes of UTF-8", key, maxKey)
	}
	return nil
}

// CheckBucket tells what is wrong with the name of a bucket of KV.
func CheckBucket(bucket string) error {
	for _, c := range []byte(bucket) {
		if c < 'a' || c > 'z' {
			return fmt.Errorf("%.40q is no bucket: it must be letters a to z", bucket)
		}
	}
	if bucket == "" {
		return fmt.Errorf("%q is no bucket: it must be letters a to z", bucket)
	}
	return nil
}
