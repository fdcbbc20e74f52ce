package storetest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var appendLaws = []sentence{
	{"law 1", "all events of an action are stored, or none", lawAllOrNone},
	{"law 2", "of N writers with the same expected sequence exactly one wins; the others get ErrConflict that tells the actual sequence", lawOneWins},
	{"law 2", "must not exist and must exist are real conditions, each checked", lawExistence},
	{"law 3", "a stale append writes nothing and never reports success", lawStale},
	{"law 4", "a failed append loses nothing: the same call may be made again", lawAgain},
	{"law 6", "the same append twice (same command id) is one append, and answers as the first did", lawDuplicate},
	{"law 6", "a duplicate id is looked at before the sequence: with a wrong one it is a duplicate, not a conflict", lawDuplicateFirst},
	{"law 6", "of N appends with one command id at once one is stored, and all get its answer", lawDuplicateRace},
	{"law 7", "two aggregate types with the same id are two streams, and so are two domains'", lawTwoStreams},
	{"law 8", "bytes in are bytes out: the store keeps every field but Position byte for byte", lawBytes},
	{"law 8", "any id of a stream is kept apart from any other", lawIDs},
	{"law 8", "nothing handed in is shared: the slice given to Append may be changed afterwards", lawSlice},
	{"law 9", "a durable store refuses UPDATE, DELETE and REPLACE of events underneath the API too", lawTamper},
	{"law 10", "a cancelled context before the append writes nothing, and says so", lawCancelled},
	{"law 11", "timestamps keep their nanoseconds, are UTC, and may be equal", lawTimestamps},
	{"law 14", "positions are never derived from time", lawPositions},
	{"append", "1,000 records and 512 KiB of Data and Metadata fit", lawFits},
	{"append", "a larger one is stored, or is ErrTooLarge and nothing is", lawTooLarge},
	{"append", "no records: the sequence is checked, nothing is stored, not even the command id", lawEmpty},
	{"append", "After.Position is a hint: without it the append is the same", lawHint},
	{"append", "appends to many streams at once are all stored", lawManyStreams},
}

func lawAllOrNone(t *testing.T, o Opened) {
	a := next(user("u"), 0, 3)
	mustAppend(t, o.Store, a)
	requireSame(t, a.Records, readStream(t, o.Store, a.Stream, 0))
	_, err := o.Store.Append(background(t), next(user("u"), 1, 3)) // its last two would fit
	require.ErrorIs(t, err, runtime.ErrConflict)
	requireSame(t, a.Records, everything(t, o.Store))
}

func lawOneWins(t *testing.T, o Opened) {
	const writers = 16
	for round := range many(20, 5) {
		after := uint64(round)
		answers := make([]error, writers)
		var wg sync.WaitGroup
		for i := range answers {
			wg.Go(func() { _, answers[i] = o.Store.Append(t.Context(), next(user("u"), after, 1)) })
		}
		wg.Wait()
		won := 0
		for _, err := range answers {
			if err == nil {
				won++
				continue
			}
			var conflict runtime.ConflictError
			require.ErrorAs(t, err, &conflict)
			require.ErrorIs(t, err, runtime.ErrConflict)
			require.Equal(t, runtime.ConflictError{Stream: user("u"), Expected: after, Actual: after + 1}, conflict)
		}
		require.Equal(t, 1, won, "winners")
		require.Len(t, readStream(t, o.Store, user("u"), 0), round+1)
	}
}

func lawExistence(t *testing.T, o Opened) {
	requireConflict(t, o.Store, next(user("u"), 1, 1), 0)
	mustAppend(t, o.Store, next(user("u"), 0, 2))
	requireConflict(t, o.Store, next(user("u"), 0, 1), 2)
	requireConflict(t, o.Store, next(user("u"), 3, 1), 2)
	mustAppend(t, o.Store, next(user("u"), 2, 1))
}

func requireConflict(t *testing.T, s runtime.Store, a runtime.Append, actual uint64) {
	t.Helper()
	before := headOf(t, s)
	done, err := s.Append(background(t), a)
	var conflict runtime.ConflictError
	require.ErrorAs(t, err, &conflict)
	require.NotErrorIs(t, err, runtime.ErrOutcomeUnknown)
	require.Equal(t, runtime.ConflictError{Stream: a.Stream, Expected: a.After.Sequence, Actual: actual}, conflict)
	require.Zero(t, done)
	require.Equal(t, before, headOf(t, s), "a conflict writes nothing")
}

func lawStale(t *testing.T, o Opened) {
	mustAppend(t, o.Store, next(user("u"), 0, 5))
	for stale := range uint64(5) {
		requireConflict(t, o.Store, named(next(user("u"), stale, 2), "c"), 5)
	}
	_, ok, err := o.Store.Lookup(background(t), user("u"), "c")
	require.NoError(t, err)
	require.False(t, ok, "the command id of a refused append is not remembered")
	require.Len(t, everything(t, o.Store), 5)
}

func lawAgain(t *testing.T, o Opened) {
	a := named(next(user("u"), 2, 1), "c")
	requireConflict(t, o.Store, a, 0)
	mustAppend(t, o.Store, next(user("u"), 0, 2))
	_, err := o.Store.Append(cancelled(t), a)
	require.Error(t, err)
	mustAppend(t, o.Store, a)
	require.Len(t, everything(t, o.Store), 3)
}

func lawDuplicate(t *testing.T, o Opened) {
	first := mustAppend(t, o.Store, named(next(user("u"), 0, 3), "c-1"))
	mustAppend(t, o.Store, named(next(user("u"), 3, 1), "c-2"))
	head := headOf(t, o.Store)
	again, err := o.Store.Append(background(t), named(next(user("u"), 0, 3), "c-1"))
	require.NoError(t, err, "a duplicate id is not reported as a conflict")
	first.Duplicate = true
	require.Equal(t, first, again)
	require.Equal(t, head, headOf(t, o.Store), "a duplicate writes nothing")
	mustAppend(t, o.Store, named(next(user("v"), 0, 1), "c-1")) // an id belongs to its stream
	mustAppend(t, o.Store, next(user("u"), 4, 1))
	mustAppend(t, o.Store, next(user("u"), 5, 1)) // no id is no id, not the same one
}

func lawDuplicateFirst(t *testing.T, o Opened) {
	first := mustAppend(t, o.Store, named(next(user("u"), 0, 2), "c"))
	mustAppend(t, o.Store, next(user("u"), 2, 4))
	first.Duplicate = true
	for _, after := range []uint64{0, 1, 2, 6, 99} {
		again, err := o.Store.Append(background(t), named(next(user("u"), after, 1), "c"))
		require.NoError(t, err)
		require.Equal(t, first, again)
	}
	require.Len(t, everything(t, o.Store), 6)
}

func lawDuplicateRace(t *testing.T, o Opened) {
	answers := make([]runtime.Appended, 16)
	errs := make([]error, len(answers))
	var wg sync.WaitGroup
	for i := range answers {
		wg.Go(func() { answers[i], errs[i] = o.Store.Append(t.Context(), named(next(user("u"), 0, 2), "c")) })
	}
	wg.Wait()
	stored := 0
	for i, done := range answers {
		require.NoError(t, errs[i])
		require.Equal(t, answers[0].Last, done.Last)
		require.Equal(t, uint64(1), done.First)
		if !done.Duplicate {
			stored++
		}
	}
	require.Equal(t, 1, stored)
	require.Len(t, everything(t, o.Store), 2)
}

func lawTwoStreams(t *testing.T, o Opened) {
	all := []runtime.Stream{
		{Domain: "shop", Aggregate: "user", ID: "1"},
		{Domain: "shop", Aggregate: "order", ID: "1"},
		{Domain: "billing", Aggregate: "user", ID: "1"},
		{Domain: "shop", Aggregate: "user-order", ID: "1"},
	}
	for i, s := range all {
		mustAppend(t, o.Store, named(next(s, 0, i+1), "c"))
	}
	for i, s := range all {
		requireSame(t, records(s, 0, i+1), readStream(t, o.Store, s, 0))
		requireConflict(t, o.Store, next(s, 0, 1), uint64(i+1))
	}
}

// awkward are bytes that encodings lose, merge or reorder.
var awkward = []string{
	`{"z":1,"a":"\u0000"}`, `{ "a" : 1 , "a" : 2 }`, `{"n":1e2,"m":1.0,"k":-0,"l":12345678901234567890.5}`,
	"{\"s\":\"\u2028 \\u00e9 é e\u0301 \U0001F600 \\ud83d\\ude00 <&>\"}", "{\n\t\"a\":\r\n 1}\n", `""`, `null`, `[]`, `{"":""}`,
	`{"q":"'\" -- ; \\ %s $1 ?1 :a"}`, `{"long":"` + strings.Repeat("x", 70000) + `"}`,
}

func lawBytes(t *testing.T, o Opened) {
	a := next(user("u"), 0, len(awkward))
	for i, text := range awkward {
		r := &a.Records[i]
		r.Data, r.Metadata, r.Version = text, runtime.MetaFromText(awkward[len(awkward)-1-i]), i*1000003
		r.Position = 77 // the store sets it
	}
	a.Records[3].Metadata = runtime.Meta{}
	mustAppend(t, o.Store, a)
	requireSame(t, a.Records, readStream(t, o.Store, a.Stream, 0))
	requireSame(t, a.Records, everything(t, o.Store))
}

// ids look like one another, or like something else, to an engine that takes them for patterns or paths.
var ids = []string{
	"*", ">", "a.b", "a>b", "a*b", "a", "A", "a ", " a", "a/b", "a%2Fb", "a%", "a_", "%", "_", "ä/1", "ä/1", "Ä/1", "1", "01", "1.0",
	"null", "'", `"`, `\`, "é", "e\u0301", "\u00a0", "日本語", "🙂", "user:1", "user/1", "-", "--", "..", "../a", "$a", "?", "#", "a\u200bb",
	strings.Repeat("x", 256), strings.Repeat("x", 255), strings.Repeat("ä", 128), strings.Repeat("*", 256), strings.Repeat(".", 256),
}

func lawIDs(t *testing.T, o Opened) {
	distinct := slices.Compact(slices.Sorted(slices.Values(ids)))
	for i, id := range distinct {
		mustAppend(t, o.Store, named(next(user(id), 0, 1+i%3), id))
	}
	for i, id := range distinct {
		requireSame(t, records(user(id), 0, 1+i%3), readStream(t, o.Store, user(id), 0))
		_, ok, err := o.Store.Lookup(background(t), user(id), id)
		require.NoError(t, err)
		require.True(t, ok, "command id %q", id)
	}
}

func lawSlice(t *testing.T, o Opened) {
	a := next(user("u"), 0, 3)
	want := slices.Clone(a.Records)
	mustAppend(t, o.Store, a)
	for i := range a.Records {
		a.Records[i] = runtime.Record{Data: "changed"}
	}
	requireSame(t, want, readStream(t, o.Store, user("u"), 0))
	for r := range o.Store.Read(background(t), user("u"), runtime.Mark{}) {
		r.Key, r.Data = "changed", "changed" // nothing handed out is shared either
	}
	requireSame(t, want, everything(t, o.Store))
}

func lawTamper(t *testing.T, o Opened) {
	if o.Tamper == nil {
		t.Skip("this store has nothing underneath that could be reached")
	}
	mustAppend(t, o.Store, named(next(user("u"), 0, 3), "c"))
	mustAppend(t, o.Store, next(user("v"), 0, 1))
	before := everything(t, o.Store)
	for _, r := range before {
		for way, err := range o.Tamper(t, r.Position) {
			assert.Error(t, err, "%s of the event at %d was not refused", way, r.Position)
		}
	}
	require.Equal(t, before, everything(t, o.Store))
	mustAppend(t, o.Store, next(user("u"), 3, 1))
}

func lawCancelled(t *testing.T, o Opened) {
	ctx := cancelled(t)
	done, err := o.Store.Append(ctx, named(next(user("u"), 0, 1), "c"))
	require.ErrorIs(t, err, ctx.Err())
	require.NotErrorIs(t, err, runtime.ErrOutcomeUnknown)
	require.Zero(t, done)
	require.Empty(t, everything(t, o.Store))
}

func lawTimestamps(t *testing.T, o Opened) {
	a := next(user("u"), 0, 5)
	at := []time.Time{
		time.Unix(0, 1).UTC(), epoch, epoch, epoch.Add(1), time.Date(2261, 12, 31, 23, 59, 59, 999999999, time.UTC),
	}
	for i := range at {
		a.Records[i].Timestamp = at[i]
	}
	a.Records[3].Timestamp = at[3].In(time.FixedZone("west", -7*3600)) // comes back in UTC
	mustAppend(t, o.Store, a)
	for i, r := range readStream(t, o.Store, user("u"), 0) {
		require.True(t, at[i].Equal(r.Timestamp), "%s, not %s", r.Timestamp, at[i])
		require.Equal(t, time.UTC, r.Timestamp.Location())
	}
}

func lawPositions(t *testing.T, o Opened) {
	var want []string
	for i := range 20 {
		s := user(fmt.Sprint("u-", i))
		a := next(s, 0, 2)
		for k := range a.Records {
			a.Records[k].Timestamp = epoch.AddDate(-i, 0, 0) // each stream is older than the one before
		}
		done := mustAppend(t, o.Store, a)
		require.Equal(t, done.Last.Position, headOf(t, o.Store))
		want = append(want, s.ID, s.ID)
	}
	all := everything(t, o.Store)
	requireRising(t, all)
	for i, r := range all {
		require.Equal(t, want[i], r.AggregateID)
	}
}

func lawFits(t *testing.T, o Opened) {
	count := next(user("count"), 0, runtime.MaxRecords)
	mustAppend(t, o.Store, count)
	requireSame(t, count.Records, readStream(t, o.Store, count.Stream, 0))
	size := sized(runtime.MaxBytes)
	mustAppend(t, o.Store, size)
	requireSame(t, size.Records, readStream(t, o.Store, size.Stream, 0))
	both := next(user("both"), 0, runtime.MaxRecords)
	for i := range both.Records {
		meta := both.Records[i].Metadata.Text()
		both.Records[i].Data = quoted(runtime.MaxBytes/runtime.MaxRecords - len(meta))
	}
	mustAppend(t, o.Store, both)
	requireSame(t, both.Records, readStream(t, o.Store, both.Stream, 0))
}

// sized is an append of one event with that many bytes of data and metadata.
func sized(bytes int) runtime.Append {
	a := next(user("size"), 0, 1)
	a.Records[0].Data = quoted(bytes - len(a.Records[0].Metadata.Text()))
	return a
}

// quoted is a JSON string of that many bytes.
func quoted(bytes int) string { return `"` + strings.Repeat("x", bytes-2) + `"` }

func lawTooLarge(t *testing.T, o Opened) {
	for _, a := range []runtime.Append{next(user("count"), 0, runtime.MaxRecords+1), sized(runtime.MaxBytes + 1)} {
		before := headOf(t, o.Store)
		_, err := o.Store.Append(background(t), a)
		if err == nil {
			requireSame(t, a.Records, readStream(t, o.Store, a.Stream, 0))
			continue
		}
		require.ErrorIs(t, err, runtime.ErrTooLarge)
		require.Equal(t, before, headOf(t, o.Store))
		mustAppend(t, o.Store, next(a.Stream, 0, 1))
	}
}

func lawEmpty(t *testing.T, o Opened) {
	done, err := o.Store.Append(background(t), named(next(user("u"), 0, 0), "c"))
	require.NoError(t, err)
	require.Zero(t, done.Last)
	require.Zero(t, headOf(t, o.Store))
	requireConflict(t, o.Store, next(user("u"), 1, 0), 0)
	last := mustAppend(t, o.Store, named(next(user("u"), 0, 2), "c"))
	done, err = o.Store.Append(background(t), next(user("u"), 2, 0))
	require.NoError(t, err)
	require.Equal(t, last.Last, done.Last, "where the stream stands")
	requireConflict(t, o.Store, next(user("u"), 0, 0), 2)
	require.Len(t, everything(t, o.Store), 2)
}

func lawHint(t *testing.T, o Opened) {
	done := mustAppend(t, o.Store, next(user("u"), 0, 2))
	with := next(user("u"), 2, 2)
	with.After = done.Last
	mustAppend(t, o.Store, with)
	mustAppend(t, o.Store, next(user("u"), 4, 1)) // without
	stale := next(user("u"), 2, 1)
	stale.After = done.Last
	requireConflict(t, o.Store, stale, 5)
	require.Len(t, everything(t, o.Store), 5)
}

func lawManyStreams(t *testing.T, o Opened) {
	streams, each := many(32, 8), many(40, 10)
	failures := make([]error, streams)
	var wg sync.WaitGroup
	for i := range streams {
		wg.Go(func() {
			s, after := user(fmt.Sprint("u-", i)), uint64(0)
			for k := range each {
				n := 1 + k%4
				_, err := o.Store.Append(t.Context(), next(s, after, n))
				failures[i] = errors.Join(failures[i], err)
				after += uint64(n)
			}
		})
	}
	wg.Wait()
	total := 0
	for i := range streams {
		require.NoError(t, failures[i])
		got := readStream(t, o.Store, user(fmt.Sprint("u-", i)), 0)
		requireSame(t, records(user(fmt.Sprint("u-", i)), 0, len(got)), got)
		total += len(got)
	}
	all := everything(t, o.Store)
	require.Len(t, all, total)
	requireRising(t, all)
	require.Equal(t, all[total-1].Position, headOf(t, o.Store))
}
