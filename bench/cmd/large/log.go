package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/fluvius-io/fluvius-go/runtime/sqlite"
)

// long is how many events an aggregate has when the file is filled.
const long = 20

// What is appended: 203 bytes of payload, 67 of metadata, as in the table's appends.
var (
	payload  = `{"name":"` + strings.Repeat("n", 90) + `","email":"` + strings.Repeat("e", 90) + `"}`
	metadata = runtime.MetaFromText(`{"command_id":"` + strings.Repeat("c", 50) + `"}`)
)

// log is a file of many aggregates, and how many events each has.
type log struct {
	*sqlite.Store
	path    string
	lengths []uint64
	pick    *rand.Rand
}

// made is a filled file, closed after the filling and opened again, as a program that starts finds it. It is filled
// without a wait for the disk, and so that many aggregates share a transaction.
func made(ctx context.Context, path string, events int, progress io.Writer) (*log, error) {
	l := &log{path: path, lengths: make([]uint64, max(events/long, 1)), pick: rand.New(rand.NewPCG(rand.Uint64(), 0))}
	if _, err := os.Stat(path); err == nil {
		return l, errors.Join(l.open(ctx, sqlite.Full), l.count(ctx))
	}
	if err := l.open(ctx, sqlite.Normal); err != nil {
		return nil, err
	}
	start := time.Now()
	if err := errors.Join(l.fill(ctx), l.Close()); err != nil {
		return nil, err
	}
	fmt.Fprintf(progress, "%d events written in %v\n", len(l.lengths)*long, time.Since(start).Round(time.Second))
	return l, l.open(ctx, sqlite.Full)
}

func (l *log) open(ctx context.Context, d sqlite.Durability) (err error) {
	l.Store, err = sqlite.Open(ctx, l.path, sqlite.Synchronous(d))
	return err
}

// count finds out how long each aggregate is in a file that was kept.
func (l *log) count(ctx context.Context) error {
	byID := make(map[string]int, len(l.lengths))
	for i := range l.lengths {
		byID[stream(i).ID] = i
	}
	for r, err := range l.ReadAll(ctx, 0, math.MaxInt) {
		if err != nil {
			return err
		}
		i, ok := byID[r.AggregateID]
		if !ok {
			return fmt.Errorf("%s was filled with another number of events", l.path)
		}
		l.lengths[i] = r.Sequence
	}
	return nil
}

// fill gives each aggregate its events in one append.
func (l *log) fill(ctx context.Context) error {
	return inParallel(512, len(l.lengths), func(i int) error { return l.add(ctx, i, long) })
}

// add appends n events to an aggregate. No two goroutines may add to one.
func (l *log) add(ctx context.Context, aggregate, n int) error {
	s, now := stream(aggregate), time.Now().UTC()
	a := runtime.Append{Stream: s, After: runtime.Mark{Sequence: l.lengths[aggregate]}, Records: make([]runtime.Record, n)}
	for k := range a.Records {
		a.Records[k] = runtime.Record{Header: runtime.Header{
			Domain: s.Domain, Aggregate: s.Aggregate, AggregateID: s.ID, Key: "user-created", Version: 1,
			Sequence: a.After.Sequence + uint64(k) + 1, Timestamp: now, Metadata: metadata,
		}, Data: payload}
	}
	done, err := l.Append(ctx, a)
	if err == nil {
		l.lengths[aggregate] = done.Last.Sequence
	}
	return err
}

// stream is that of one aggregate. Ids lie in no order, as random ones do, so that appends meet the whole index; they
// follow from the number, so that none need be kept.
func stream(aggregate int) runtime.Stream {
	r := rand.NewPCG(7, uint64(aggregate))
	return runtime.Stream{Domain: "shop", Aggregate: "user", ID: fmt.Sprintf("%013x%013x", r.Uint64()>>12, r.Uint64()>>12)}
}

// describe says how large the file is.
func (l *log) describe(out io.Writer) error {
	info, err := os.Stat(l.path)
	if err != nil {
		return err
	}
	events, err := l.Head(context.Background())
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%d events, %d aggregates: %.1f MB, %d bytes an event\n", events, len(l.lengths), float64(info.Size())/1e6,
		info.Size()/int64(events))
	return err
}

// inParallel does n pieces of work, numbered from 0, in so many goroutines.
func inParallel(workers, n int, do func(i int) error) error {
	var running sync.WaitGroup
	errs := make([]error, workers)
	for g := range workers {
		running.Go(func() {
			for i := g; i < n && errs[g] == nil; i += workers {
				errs[g] = do(i)
			}
		})
	}
	running.Wait()
	return errors.Join(errs...)
}
