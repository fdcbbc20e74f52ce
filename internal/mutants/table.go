package mutants

const (
	contract = "TestStoreKeepsTheContract"
	calc     = "runtime/value/calc.go"
	numbers  = "runtime/value/scan_number.go"
	owner    = "runtime/value/owner.go"
	propose  = "runtime/propose.go"
	load     = "runtime/load.go"
	options  = "runtime/option.go"
	snapshot = "runtime/snapshot.go"
	act      = "runtime/act.go"
	lite     = "runtime/sqlite/"
)

var table = []mutant{
	// Checked arithmetic, strict reading, ownership.
	{calc, `if (sum > a) != (b > 0) {`, `if (sum > a) != (b > 0) && b > 0 {`, "TestIntegersAreExactOrFail"},
	{calc, `if (diff < a) != (b > 0) {`, `if (diff < a) != (b > 0) && b < 0 {`, "TestIntegersAreExactOrFail"},
	{calc, `if top != int64(low)>>63 {`, `if top != 0 {`, "TestIntegersAreExactOrFail"},
	{calc, `if b == 0 || a == math.MinInt64 && b == -1 {`, `if b == 0 {`, "TestIntegersAreExactOrFail"},
	{calc, "\t\treturn c.Sub(0, a)", "\t\treturn -a", "TestIntegersAreExactOrFail"},
	{calc, `if math.IsNaN(x) || math.IsInf(x, 0) {`, `if math.IsNaN(x) {`, "TestFloatsAreFiniteOrFail"},
	{calc, `Cmp(exact.Denom()) >= 0 {`, `Cmp(exact.Denom()) > 0 {`, "TestFloatsRoundHalfAwayFromZero"},
	{calc, `if !writable(t) || !writable(sum) {`, `if !writable(t) {`, "TestTimesStayWritable"},
	{calc, `if !u.Add(d).Equal(t) {`, `if false {`, "TestTimesStayWritable"},
	{numbers, `case s[begin] == '0' && i-begin > 1:`, `case s[begin] == '0' && i-begin > 99:`, "TestWrongInputsAreRefused"},
	{numbers, `if i-digits > 18 ||`, `if i-digits > 19 ||`, "TestWrongInputsAreRefused"},
	{"runtime/value/key.go", `if next != len(text) || text == "-0" {`, `if next != len(text) {`, "TestWrongInputsAreRefused"},
	{"runtime/value/depth.go", `if depth++; depth > MaxDepth {`, `if depth++; depth >= MaxDepth {`, "TestRecursiveValuesAreReadToTheSameDepth"},
	{owner, `return append(grown(list, 1), item)`, `return append(list, item)`, "TestOwnerNeverWritesIntoWhatIsShared"},
	{owner, `if !o.take(field) {`, `if !o.take(field) && false {`, "TestOwnerNeverWritesIntoWhatIsShared"},
	{owner, `o.bits &^= 1 << field`, `o.bits &^= 0 << field`, "TestOwnerNeverWritesIntoWhatIsShared"},

	// The memory store.
	{"runtime/memory/store.go", `done.Duplicate = true`, `done.Duplicate = false`, contract},
	{"runtime/memory/store.go", `actual != a.After.Sequence {`, `actual < a.After.Sequence {`, contract},
	{"runtime/memory/store.go", `if err := a.Check(); err != nil {`, `if err := a.Check(); err != nil && false {`, "TestWhatOtherStoresCouldNotTakeIsRefused"},
	{"runtime/memory/store.go", `st.remember(a.CommandID, done)`, ``, contract},
	{"runtime/memory/read.go", `return st.records[sequence:]`, `return st.records`, contract},
	{"runtime/memory/read.go", `return rest[:min(limit, len(rest))]`, `return rest`, contract},
	{"runtime/memory/cells.go", `s.cells.last++`, `s.cells.last = revision + 1`, contract},
	{"runtime/memory/cells.go", `key > after`, `key >= after`, contract},
	{"runtime/memory/cells.go", `strings.HasPrefix(key, prefix)`, `strings.Contains(key, prefix)`, contract},
	{"runtime/memory/cells.go", `	delete(b, key)`, ``, contract},

	// Deciding and appending.
	{propose, `case c.pinned && c.sequence != at:`, `case c.pinned && c.sequence > at:`, "TestConflictsOfOtherProcesses"},
	{propose, `case at > 0 && !a.Emits:`, `case at > 1 && !a.Emits:`, "TestOrderOfTheChecks"},
	{propose, `case at == 0 && !a.Creates:`, `case false:`, "TestOrderOfTheChecks"},
	{propose, `if d.Now.Before(l.last) {`, `if false {`, "TestPromise4OrderIsTheOrderOfAppending"},
	{propose, `if size > MaxBytes {`, `if size > 8*MaxBytes {`, "TestTooLargeIsRefusedBeforeTheStore"},
	{propose, `len(events) > MaxRecords {`, `len(events) > 9*MaxRecords {`, "TestTooLargeIsRefusedBeforeTheStore"},
	{propose, `return c.about.Check(&p.next.state)`, `return nil`, "TestOrderOfTheChecks"},
	{propose, `head := Header{`, `_, c.id = c.id, "a"; head := Header{`, "TestPromise8And7thLawTwoAggregatesOfOneID|TestPromise11MetadataIsOnEveryEventAndInNoPayload"},
	{act, `a.CommandID = c.commandID`, `_ = c.commandID`, "TestLaw6ACommandOfOneIDIsDoneOnce"},
	{"runtime/repeat.go", `ok && before != c.action.Name {`, `ok && before == "" {`, "TestLaw6ACommandOfOneIDIsDoneOnce"},
	{"runtime/repeat.go", `return anothers`, `return mine`, "TestLaw5AnUnknownOutcomeIsLookedUp"},

	// Loading, looking back, snapshots.
	{load, `if r.Sequence != f.at.mark.Sequence+1 {`, `if r.Sequence < f.at.mark.Sequence {`, "TestCorruptEventsAreToldWithTheirPlace"},
	{load, `if r.Sequence == 1 && !f.about.Opens(r.Key) {`, `if false {`, "TestAStoredStreamBeginsWithAnEventThatOpensIt"},
	{load, `return h.about.Clone(l.shown())`, `return *l.shown()`, "TestPromise2StatesShareNoMemory"},
	{options, `h.Sequence > r.upTo`, `h.Sequence >= r.upTo`, "TestLaw15EqualTimestampsAndSequencesAreExact"},
	{options, `h.Timestamp.After(r.until)`, `!h.Timestamp.Before(r.until)`, "TestLaw15EqualTimestampsAndSequencesAreExact"},
	{snapshot, `fields[1] != h.about.Snapshot.fingerprint()`, `fields[1] == ""`, "TestLaw17ASnapshotOfOtherFoldsIsReplaced"},
	{snapshot, `|| end.ends(`, `|| false && end.ends(`, "TestAtUsesOnlyAnOlderSnapshot"},

	// Handlers.
	{"runtime/lease.go", `if time.Since(l.seen) < cell.silence() {`, `if false {`, "TestLaw24ALeaseIsTakenOverAndTheLateCheckpointRefused"},
	{"runtime/lease.go", `err == nil && d > 0 {`, `err == nil && d < 0 {`, "TestAKilledProcessesHandlersAreTakenOverAfterItsLeaseTime"},
	{"runtime/lease.go", `if cell.Owner != "" && cell.Owner != l.owner {`, `if false {`, "TestLaw24ALeaseIsTakenOverAndTheLateCheckpointRefused"},
	{"runtime/worker.go", `wanted := w.sub.wants(r)`, "w.advance(r.Position, true)\n\t\t_ = w.checkpoint(ctx, true)\n\t\twanted := w.sub.wants(r)", "TestLaw21WhatWasInFlightAtACrashComesAgain"},
	{"runtime/worker.go", `return w.park(ctx, r, nil)`, `return nil`, "TestLaw23WhatIsParkedKeepsItsOrder"},

	// The SQLite store.
	{lite + "append.go", `if tail.Sequence != c.After.Sequence {`, `if tail.Sequence < c.After.Sequence {`, contract + "/full/law_[23]"},
	{lite + "append.go", `if tail.Sequence != c.After.Sequence {`, `if false {`, contract + "/full/law_[23]"},
	{lite + "append.go", `c.done, c.done.Duplicate = done, ok`, `c.done = done`, contract + "/full/law_6"},
	{lite + "cells.go", `if actual != c.revision {`, `if actual < c.revision {`, contract},
	{lite + "cells.go", `AND key > ?2`, `AND key >= ?2`, contract},
	{lite + "cells.go", `if len(key) < len(prefix) || key[:len(prefix)] != prefix {`, `if false {`, contract},
	{lite + "read.go", `WHERE position > ? AND`, `WHERE position >= ? AND`, contract},
	{lite + "schema.go", `events_no_update BEFORE UPDATE ON events`, `events_no_update BEFORE UPDATE OF command_id ON events`, "TestPromise3RawSQLCannotChangeAnEvent"},
	{lite + "schema.go", `events_no_delete BEFORE DELETE ON events`, `events_no_delete BEFORE DELETE ON cells`, "TestPromise3RawSQLCannotChangeAnEvent"},
	{lite + "schema.go", `WHEN EXISTS (SELECT 1 FROM events WHERE position = NEW.position)`, `WHEN EXISTS (SELECT 1 FROM events WHERE position = -1)`, "TestPromise3RawSQLCannotChangeAnEvent"},
	{lite + "open.go", `case version > schemaVersion:`, `case false:`, "TestOpenSaysWhatIsWrongWithAFile"},
	{lite + "open.go", `case id != applicationID:`, `case id == -1:`, "TestOpenSaysWhatIsWrongWithAFile"},
	{lite + "open.go", `fresh && s.set.mustExist {`, `false {`, "TestMustExistMakesNoFile"},
	{lite + "open.go", `case !mayWrite(file):`, `case false:`, "TestFilesOfOthersAreRefusedAndLeftAlone"},
	{lite + "open.go", `case errors.Is(err, fs.ErrNotExist) && s.set.mustExist:`, `case false:`, "TestMustExistMakesNoFile"},

	// The generator's own layout, and the bounds of property tests.
	{"generator/settled.go", `if longFunction(piece) {`, `if false {`, "TestGofmtHasNothingToDo"},
	{"generator/settled.go", `len(f[0])+1) + f[1]`, `len(f[0])+2) + f[1]`, "TestGofmtHasNothingToDo"},
	{"runtime/trial/folds.go", `> largestState }`, `> largestState<<20 }`, "TestAStateThatDoublesIsFoldedNoFurther"},
}

// sample are the places in the table of a few whose tests take no time; each run of the tests tries them.
var sample = []string{
	`if top != int64(low)>>63 {`, `return append(grown(list, 1), item)`, `actual != a.After.Sequence {`, `if d.Now.Before(l.last) {`,
}
