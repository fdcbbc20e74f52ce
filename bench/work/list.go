package work

import (
	"fmt"
	"strings"

	"github.com/fluvius-io/fluvius-go/bench/data"
)

// The baselines.
const (
	ByHand   = "by hand"
	Channels = "channels by hand"
	Group    = "bare SQLite, group commit"
	GoParser = "go/parser"
	GoFormat = "go/format"

	Unsnapped = "fluvius without snapshots"
)

// sizes are the numbers of the workloads.
type sizes struct {
	replays    []int // events
	aggregates int   // that commands are spread over
	loads      []int // events
	ahead      int   // streams of ten events that a new handler has to catch up with
	kept       int   // events of the aggregate with snapshots; the last fifty are not in one
	lines      []int
}

var (
	full  = sizes{[]int{1_000, 10_000}, 1_000, []int{10, 1_000, 10_000}, 10_000, 10_050, []int{100, 1_000, 10_000}}
	small = sizes{[]int{100}, 20, []int{10, 100}, 50, 250, []int{100, 300}}
)

// List is all workloads, in the table's order.
func List() []Workload { return full.list() }

// Small is the same with small numbers, for tests.
func Small() []Workload { return small.list() }

func (s sizes) list() []Workload {
	var all []Workload
	for _, part := range [][]Workload{
		codecs(), s.replay(), s.commands(), appends(), s.onSQLite(), s.dispatches(), s.snapshots(), s.compilers(),
	} {
		all = append(all, part...)
	}
	for i := range all {
		w := &all[i]
		if w.Kind == "" {
			w.Kind = w.ID
		}
		w.Per = max(w.Per, 1)
		w.Writers = max(w.Writers, 1)
		w.Alone = !w.Slow && w.Writers == 1 && !strings.HasPrefix(w.Kind, "dispatch") && w.Baseline != GoParser
	}
	return all
}

// Codecs handle these many different events in turn.
const Different = 64

func codecs() []Workload {
	length := func(data func(i int) string) func(int) int64 {
		return func(n int) (sum int64) {
			for i := range n {
				sum += int64(len(data(1 + i%Different)))
			}
			return sum
		}
	}
	deposits := func(n int) (sum int64) {
		for i := range n {
			sum += data.Deposit(1 + i%Different)
		}
		return sum
	}
	charges := func(n int) (sum int64) {
		for i := range n {
			sum += data.Handling(1+i%Different) + data.Storage(1+i%Different)
		}
		return sum
	}
	return []Workload{
		{ID: "encode-bank", Title: "encode a bank event", Unit: "event", Baseline: ByHand, Want: length(data.Deposited)},
		{ID: "decode-bank", Title: "decode a bank event", Unit: "event", Baseline: ByHand, Want: deposits},
		{ID: "encode-cargo", Title: "encode a cargo event", Unit: "event", Baseline: ByHand, Want: length(data.Handled)},
		{ID: "decode-cargo", Title: "decode a cargo event", Unit: "event", Baseline: ByHand, Want: charges},
	}
}

func (s sizes) replay() (all []Workload) {
	for _, n := range s.replays {
		all = append(all, Workload{
			ID: fmt.Sprintf("replay-bank-%d", n), Kind: "replay-bank", Title: "replay of " + number(n) + " bank events", Unit: "event", Per: n, Size: n,
			Baseline: ByHand, Want: times(data.Balance(n)),
		})
	}
	for _, n := range s.replays {
		all = append(all, Workload{
			ID: fmt.Sprintf("replay-cargo-%d", n), Kind: "replay-cargo", Title: "replay of " + number(n) + " cargo events", Unit: "event", Per: n, Size: n,
			Baseline: ByHand, Want: times(data.Total(n) + data.Visits(n)),
		})
	}
	return all
}

// deposited is what n deposits put in.
func deposited(n int) (sum int64) {
	for k := range n {
		sum += data.Deposit(k)
	}
	return sum
}

// Long is how many events an aggregate has when a command meets it.
const Long = 10

func (s sizes) commands() (all []Workload) {
	for _, kind := range []string{"cold", "warm"} {
		for _, n := range []int{1, s.aggregates} {
			all = append(all, Workload{
				ID: fmt.Sprintf("command-%s-%d", kind, n), Kind: "command-" + kind, Title: fmt.Sprintf("a command in memory, %s, over %s", kind, aggregates(n)),
				Unit: "command", Aggregates: n, Size: Long, Baseline: ByHand, Want: deposited,
			})
		}
	}
	charged := func(n int) (sum int64) {
		for k := range n {
			sum += data.Handling(1+k%Different) + data.Storage(1+k%Different)
		}
		return sum
	}
	for _, kind := range []string{"cold", "warm"} {
		all = append(all, Workload{
			ID: "command-cargo-" + kind, Title: fmt.Sprintf("a cargo command in memory, %s, over %s", kind, aggregates(s.aggregates)),
			Unit: "command", Aggregates: s.aggregates, Size: Long, Baseline: ByHand, Want: charged,
		})
	}
	return append(all, Workload{
		ID: "contention-memory", Kind: "command-warm", Title: "8 writers on one aggregate in memory", Unit: "command", Aggregates: 1, Size: Long, Writers: 8,
		Baseline: ByHand, Want: deposited,
	})
}

func appends() (all []Workload) {
	for _, level := range []string{"FULL", "NORMAL"} {
		for _, writers := range []int{1, 8, 64} {
			all = append(all, Workload{
				ID: fmt.Sprintf("append-%s-%d", level, writers), Kind: "append", Title: fmt.Sprintf("append to SQLite %s, %s", level, plural(writers, "writer")),
				Unit: "append", Writers: writers, Level: level, Slow: true, AtLeast: 4 * writers, Baseline: Group, Want: func(n int) int64 { return int64(n) },
			})
		}
	}
	return all
}

func (s sizes) onSQLite() (all []Workload) {
	for _, level := range []string{"FULL", "NORMAL"} {
		for _, writers := range []int{1, 8, 64} {
			all = append(all, Workload{
				ID: fmt.Sprintf("command-%s-%d", level, writers), Kind: "command-sqlite", Title: fmt.Sprintf("a command on SQLite %s, %s", level, plural(writers, "writer")),
				Unit: "command", Aggregates: s.aggregates, Size: Long, Writers: writers, Level: level, Slow: true, AtLeast: 4 * writers, Baseline: Group, Want: deposited,
			})
		}
	}
	all = append(all, Workload{
		ID: "contention-FULL", Kind: "command-sqlite", Title: "8 writers on one aggregate on SQLite FULL", Unit: "command", Aggregates: 1, Size: Long,
		Writers: 8, Level: "FULL", Slow: true, AtLeast: 32, Baseline: Group, Want: deposited,
	})
	for _, n := range s.loads {
		all = append(all, Workload{
			ID: fmt.Sprintf("load-sqlite-%d", n), Kind: "load-sqlite", Title: "load of " + number(n) + " events from SQLite", Unit: "event", Per: n, Size: n,
			Aggregates: max(20_000/max(n, 1_000), 2), Level: "NORMAL", Baseline: ByHand, Want: times(data.Balance(n)),
		})
	}
	return all
}

// Handlers is how many are told of an event.
const Handlers = 10

// Burst is how many events are waiting at once where not one at a time is dispatched.
const Burst = 1_000

// dispatches: what is computed is what all handlers together were told.
func (s sizes) dispatches() []Workload {
	told := func(n int) (sum int64) {
		for k := range n {
			sum += Handlers * data.Deposit(k%Burst)
		}
		return sum
	}
	return []Workload{
		{ID: "dispatch", Title: "one event to 10 handlers", Unit: "event", Baseline: Channels, Want: told},
		{ID: "dispatch-burst", Title: "1,000 events to 10 handlers", Unit: "event", Per: Burst, Baseline: Channels,
			Want: times(told(Burst))},
		{ID: "catchup-memory", Title: "catch-up of " + number(s.ahead*Long) + " events, memory", Unit: "event", Per: s.ahead * Long,
			Aggregates: s.ahead, Size: Long, Baseline: ByHand, Want: times(int64(s.ahead) * data.Balance(Long))},
		{ID: "catchup-sqlite", Title: "catch-up of " + number(s.ahead*Long) + " events, SQLite", Unit: "event", Per: s.ahead * Long,
			Aggregates: s.ahead, Size: Long, Baseline: ByHand, Want: times(int64(s.ahead) * data.Balance(Long)), Level: "NORMAL"},
	}
}

func (s sizes) snapshots() []Workload {
	return []Workload{
		{ID: "snapshot-load", Title: "load of " + number(s.kept) + " events with a snapshot every 100", Unit: "load", Size: s.kept,
			Baseline: ByHand, Want: times(data.Balance(s.kept))},
		{ID: "snapshot-load-sqlite", Title: "load of " + number(s.kept) + " events from SQLite with a snapshot every 100", Unit: "load", Size: s.kept,
			Aggregates: 1, Level: "NORMAL", Baseline: Unsnapped, Want: times(data.Balance(s.kept))},
		{ID: "snapshot-command", Title: "a command in memory, warm, a snapshot every 100", Unit: "command", Aggregates: 1, Size: Long,
			Baseline: ByHand, Want: deposited},
	}
}

// compilers: what is computed is told by the writer of the text, in package synthetic.
func (s sizes) compilers() (all []Workload) {
	for _, row := range []struct{ id, title, baseline string }{
		{"parse", "parse", GoParser}, {"check", "parse and check", GoParser}, {"generate", "parse, check and generate", GoParser},
	} {
		for _, n := range s.lines {
			all = append(all, Workload{
				ID: fmt.Sprintf("%s-%d", row.id, n), Kind: row.id, Title: fmt.Sprintf("%s %s lines", row.title, number(n)), Unit: "line", Per: n, Size: n,
				Baseline: row.baseline, Want: func(n int) int64 { return int64(n) },
			})
		}
	}
	return all
}

func times(each int64) func(n int) int64 { return func(n int) int64 { return int64(n) * each } }

func number(n int) string {
	if n < 1_000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%d,%03d", n/1_000, n%1_000)
}

func aggregates(n int) string {
	if n == 1 {
		return "one aggregate"
	}
	return number(n) + " aggregates"
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
