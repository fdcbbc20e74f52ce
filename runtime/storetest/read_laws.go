package storetest

import (
	"context"
	"fmt"
	"iter"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/stretchr/testify/require"
)

var lookupLaws = []sentence{
	{"lookup", "finds an append by the command id that was given to Append; ok is false if there is none", lawLookup},
}

func lawLookup(t *testing.T, o Opened) {
	ctx := background(t)
	mustAppend(t, o.Store, next(user("u"), 0, 2))
	want := mustAppend(t, o.Store, named(next(user("u"), 2, 3), "c"))
	mustAppend(t, o.Store, named(next(user("u"), 5, 1), "d"))
	done, ok, err := o.Store.Lookup(ctx, user("u"), "c")
	require.NoError(t, err)
	require.True(t, ok)
	done.Duplicate = false // says nothing here
	require.Equal(t, want, done)
	for _, none := range []struct {
		at runtime.Stream
		id string
	}{{user("u"), "x"}, {user("u"), ""}, {user("u"), "C"}, {user("v"), "c"}, {runtime.Stream{Domain: "shop", Aggregate: "order", ID: "u"}, "c"}} {
		done, ok, err := o.Store.Lookup(ctx, none.at, none.id)
		require.NoError(t, err)
		require.False(t, ok)
		require.Zero(t, done)
	}
	_, _, err = o.Store.Lookup(cancelled(t), user("u"), "c")
	require.ErrorIs(t, err, context.Canceled)
}

// longStream is longer than any page that a store may read at once.
const longStream = 1500

var readLaws = []sentence{
	{"read", "yields the events with Sequence > after.Sequence in order, without holes", lawReadAfter},
	{"law 11", "sequences are 1, 2, 3, … without holes", lawSequences},
	{"read", "a stream that is not there yields nothing, and so does what is after its end", lawReadNothing},
	{"read", "after.Position decides nothing", lawReadHint},
	{"read", "each Append is seen whole or not at all", lawWhole},
	{"iterator", "may be ranged over more than once, each time anew", lawTwice},
	{"iterator", "a loop may be left at any event, and another one goes on", lawBreak},
	{"iterator", "the body of the loop may append, to the stream that is read too, and the loop ends", lawAppendInside},
	{"iterator", "between two yields the store holds nothing that another call could wait for", lawNested},
	{"law 12", "an error is yielded once, as the last pair, and never looks like the end", lawReadError},
}

func lawReadAfter(t *testing.T, o Opened) {
	fill(t, o.Store, longStream)
	for _, after := range []uint64{0, 1, 255, 256, 257, 999, 1000, longStream - 1} {
		requireSame(t, records(user("u"), after, longStream-int(after)), readStream(t, o.Store, user("u"), after))
	}
}

// fill writes n events to user u, with those of others between them.
func fill(t *testing.T, s runtime.Store, n int) {
	t.Helper()
	const each = 300
	for after := 0; after < n; after += each {
		mustAppend(t, s, next(user("u"), uint64(after), min(each, n-after)))
		mustAppend(t, s, next(user("other"), uint64(after), min(each, n-after)))
	}
}

func lawSequences(t *testing.T, o Opened) {
	after := uint64(0)
	for n := range 20 {
		mustAppend(t, o.Store, next(user("u"), after, n%5+1))
		requireConflict(t, o.Store, next(user("u"), after, 1), after+uint64(n%5)+1)
		after += uint64(n%5) + 1
	}
	for i, r := range readStream(t, o.Store, user("u"), 0) {
		require.Equal(t, uint64(i+1), r.Sequence)
	}
}

func lawReadNothing(t *testing.T, o Opened) {
	require.Empty(t, readStream(t, o.Store, user("u"), 0))
	mustAppend(t, o.Store, next(user("u"), 0, 2))
	require.Empty(t, readStream(t, o.Store, user("v"), 0))
	for _, after := range []uint64{2, 3, 1 << 40, 1<<64 - 1} {
		require.Empty(t, readStream(t, o.Store, user("u"), after))
	}
}

func lawReadHint(t *testing.T, o Opened) {
	mustAppend(t, o.Store, next(user("v"), 0, 3))
	first := mustAppend(t, o.Store, next(user("u"), 0, 2))
	mustAppend(t, o.Store, next(user("u"), 2, 3))
	want := records(user("u"), 2, 3)
	for _, hint := range []uint64{0, first.Last.Position, 1, 1 << 50} {
		requireSame(t, want, collect(t, o.Store.Read(background(t), user("u"), runtime.Mark{Sequence: 2, Position: hint})))
	}
}

func lawWhole(t *testing.T, o Opened) {
	const size = 7
	appends := many(150, 40)
	var done atomic.Bool
	var failure error
	var wg sync.WaitGroup
	wg.Go(func() {
		defer done.Store(true)
		for i := range appends {
			if _, failure = o.Store.Append(t.Context(), next(user("u"), uint64(i*size), size)); failure != nil {
				return
			}
		}
	})
	for seen := 0; seen < appends*size; {
		last := done.Load()
		seen = len(readStream(t, o.Store, user("u"), 0))
		require.Zero(t, seen%size, "a part of an append was seen: %d events", seen)
		if last {
			break
		}
	}
	wg.Wait()
	require.NoError(t, failure)
	require.Len(t, readStream(t, o.Store, user("u"), 0), appends*size)
}

func lawTwice(t *testing.T, o Opened) {
	stream := o.Store.Read(background(t), user("u"), runtime.Mark{})
	log := o.Store.ReadAll(background(t), 0, 1<<30)
	for n := range 4 {
		want := records(user("u"), 0, n)
		for range 2 {
			requireSame(t, want, collect(t, stream))
			requireSame(t, want, collect(t, log))
		}
		mustAppend(t, o.Store, next(user("u"), uint64(n), 1))
	}
}

func lawBreak(t *testing.T, o Opened) {
	fill(t, o.Store, 600)
	for _, stop := range []int{1, 2, 255, 256, 257, 599, 600} {
		for _, all := range []iter.Seq2[runtime.Record, error]{
			o.Store.Read(background(t), user("u"), runtime.Mark{}), o.Store.ReadAll(background(t), 0, 1<<30),
		} {
			n := 0
			for _, err := range all {
				require.NoError(t, err)
				if n++; n == stop {
					break
				}
			}
			require.Equal(t, stop, n)
		}
		require.Len(t, readStream(t, o.Store, user("u"), uint64(stop)), 600-stop)
	}
	mustAppend(t, o.Store, next(user("u"), 600, 1))
}

func lawAppendInside(t *testing.T, o Opened) {
	const n = 600
	fill(t, o.Store, n)
	after := uint64(n)
	for r, err := range o.Store.Read(background(t), user("u"), runtime.Mark{}) {
		require.NoError(t, err)
		require.LessOrEqual(t, r.Sequence, uint64(3*n), "the loop must end, though it appends one for each it reads")
		mustAppend(t, o.Store, next(user("u"), after, 1))
		after++
	}
	inside := 0
	for _, err := range o.Store.ReadAll(background(t), 0, 1000) {
		require.NoError(t, err)
		mustAppend(t, o.Store, next(user("inside"), uint64(inside), 1))
		inside++
		require.LessOrEqual(t, inside, 1000, "more than the limit")
	}
	require.Equal(t, 1000, inside)
}

func lawNested(t *testing.T, o Opened) {
	mustAppend(t, o.Store, next(user("u"), 0, 2))
	const depth = 40 // more than any pool of connections
	deepest := 0
	var nest func(level int)
	nest = func(level int) {
		if level == depth {
			deepest++
			mustAppend(t, o.Store, next(user("v"), uint64(deepest-1), 1))
			return
		}
		for _, err := range o.Store.Read(background(t), user("u"), runtime.Mark{}) {
			require.NoError(t, err)
			for _, err := range o.Store.ReadAll(background(t), 0, 1) {
				require.NoError(t, err)
				nest(level + 1)
				break
			}
			break
		}
	}
	nest(0)
	require.Equal(t, 1, deepest)
}

func lawReadError(t *testing.T, o Opened) {
	fill(t, o.Store, 600)
	for name, read := range map[string]func(context.Context) iter.Seq2[runtime.Record, error]{
		"Read": func(ctx context.Context) iter.Seq2[runtime.Record, error] {
			return o.Store.Read(ctx, user("u"), runtime.Mark{})
		},
		"ReadAll": func(ctx context.Context) iter.Seq2[runtime.Record, error] { return o.Store.ReadAll(ctx, 0, 1<<30) },
	} {
		records, errs := drain(read(cancelled(t)))
		require.Zero(t, records, name)
		require.Len(t, errs, 1, "%s: a context that has ended is one error", name)
		require.ErrorIs(t, errs[0], context.Canceled)

		ctx, cancel := context.WithCancel(background(t))
		records, errs = 0, nil
		for _, err := range read(ctx) {
			if err != nil {
				errs = append(errs, err)
				continue
			}
			require.Empty(t, errs, "%s: nothing follows an error", name)
			if records++; records == 10 {
				cancel()
			}
		}
		cancel()
		whole := map[string]int{"Read": 600, "ReadAll": 1200}[name]
		require.True(t, len(errs) == 1 || len(errs) == 0 && records == whole,
			"%s: %d events and %d errors: neither all nor an error", name, records, len(errs))
	}
}

func drain(all iter.Seq2[runtime.Record, error]) (records int, errs []error) {
	for _, err := range all {
		if err != nil {
			errs = append(errs, err)
		} else {
			records++
		}
	}
	return records, errs
}

var readAllLaws = []sentence{
	{"readall", "yields the whole log with Position > after in order, at most limit, and ends", lawReadAll},
	{"law 13", "reading everything after a position never skips an event that commits later", lawNothingSkipped},
	{"head", "is the position of the last event that ReadAll would yield; 0 for an empty log", lawHead},
}

func lawReadAll(t *testing.T, o Opened) {
	require.Empty(t, everything(t, o.Store))
	fill(t, o.Store, 600)
	all := everything(t, o.Store)
	require.Len(t, all, 1200)
	requireRising(t, all)
	for _, from := range []int{0, 1, 255, 256, 257, 600, 1199, 1200} {
		after := uint64(0)
		if from > 0 {
			after = all[from-1].Position
		}
		for _, limit := range []int{-1, 0, 1, 2, 255, 256, 257, 1000, 1 << 30} {
			want := all[from:][:min(max(limit, 0), len(all)-from)]
			require.Equal(t, want, collect(t, o.Store.ReadAll(background(t), after, limit)), "after %d, at most %d", after, limit)
		}
	}
	require.Empty(t, collect(t, o.Store.ReadAll(background(t), 1<<64-1, 10)))
}

// lawNothingSkipped follows the log while others write, through a second opening too where there is one.
func lawNothingSkipped(t *testing.T, o Opened) {
	stores := []runtime.Store{o.Store}
	if o.Beside != nil {
		stores = append(stores, o.Beside(t))
	}
	const writers = 6
	each := many(60, 15)
	failures := make([]error, writers)
	var writing sync.WaitGroup
	for w := range writers {
		writing.Go(func() { failures[w] = writeStream(t.Context(), stores[w%len(stores)], fmt.Sprint("u-", w), each) })
	}
	written, end := context.WithCancel(t.Context())
	defer end()
	followed := make([][]runtime.Record, len(stores))
	var following sync.WaitGroup
	for i, s := range stores {
		following.Go(func() { followed[i] = follow(t.Context(), written, s) })
	}
	writing.Wait()
	end()
	for _, err := range failures {
		require.NoError(t, err)
	}
	following.Wait()
	for _, got := range followed {
		require.Len(t, got, writers*each*2, "events were skipped")
		requireRising(t, got)
		require.Equal(t, everything(t, o.Store), got)
	}
}

func writeStream(ctx context.Context, s runtime.Store, id string, appends int) error {
	for i := range appends {
		if _, err := s.Append(ctx, next(user(id), uint64(2*i), 2)); err != nil {
			return err
		}
	}
	return nil
}

// follow reads what is new, from position to position, until the writing has ended and nothing is new.
func follow(ctx, writing context.Context, s runtime.Store) (got []runtime.Record) {
	after := uint64(0)
	for {
		last, before := writing.Err() != nil, len(got)
		for r, err := range s.ReadAll(ctx, after, 50) {
			if err != nil {
				return got
			}
			got, after = append(got, r), r.Position
		}
		if len(got) > before {
			continue
		}
		if last {
			return got
		}
		s.Wait(writing, after)
	}
}

func lawHead(t *testing.T, o Opened) {
	require.Zero(t, headOf(t, o.Store))
	for i := range 5 {
		done := mustAppend(t, o.Store, next(user(fmt.Sprint(i)), 0, i+1))
		require.Equal(t, done.Last.Position, headOf(t, o.Store))
		all := everything(t, o.Store)
		require.Equal(t, all[len(all)-1].Position, headOf(t, o.Store))
	}
	_, err := o.Store.Head(cancelled(t))
	require.ErrorIs(t, err, context.Canceled)
}
