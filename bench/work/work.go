// Package work is what is measured: the workloads, with what each must compute, and how rivals are run against
// each other.
package work

// Workload is one piece of work that rivals do in their ways. Which ones there are stands in list.go.
type Workload struct {
	ID    string // "replay-bank-1000"
	Kind  string // "replay-bank"; rivals know it by this
	Title string // "replay of 1,000 bank events"
	Unit  string // what time and allocations are of: "event", "command", "line"

	// Per is how many units one operation has: a replay of 1,000 events is one operation.
	Per int
	// Size, Aggregates and Writers are the work's numbers, where it has them.
	Size, Aggregates, Writers int
	// Level is what SQLite waits for: FULL or NORMAL.
	Level string

	// Baseline is the rival that the others are divided by.
	Baseline string
	// Want is what n operations compute. A run that computes anything else is an error, not a result.
	Want func(n int) int64
	// Alone is for work that one goroutine does without waiting: it is measured in processor time, the garbage
	// collector's included, so that what else the machine does counts less. All else is measured by the clock on
	// the wall.
	Alone bool
	// Slow is for work that waits for a disk: it gets longer rounds, and fewer of them, each of at least AtLeast
	// operations.
	Slow    bool
	AtLeast int
}

// Rival is one way to do the work: ours, a baseline, a peer. To add one, write a file in package rival.
type Rival interface {
	// Name is how tables call it.
	Name() string
	// Start makes ready for a workload; nil if this rival has no part in it. Files go into dir, which is empty.
	Start(w *Workload, dir string) (Job, error)
}

// Job is a workload made ready by one rival.
type Job interface {
	// Run does the work n times. What is between c.Start and c.Stop counts. It returns what was computed, for
	// Workload.Want.
	Run(c *Clock, n int) (int64, error)
	// Close gives back what Start took.
	Close() error
}
