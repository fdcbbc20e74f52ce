// Package rival is who does the workloads: the project, the baselines, and peers. One file is one way to do
// them; All lists them.
package rival

import (
	"context"
	"sync"
	"sync/atomic"

	"github.com/fluvius-io/fluvius-go/bench/data"
	"github.com/fluvius-io/fluvius-go/bench/work"
)

// All is every rival. The order is that of the table's lines; a workload's baseline comes first.
func All() []work.Rival {
	return []work.Rival{
		ByHand(), OverChannels(), Direct(), BareGroup(), BareSingle(), GoParser(), GoTypes(), GoFormat(),
		Fluvius(), FluviusGenerate(), FluviusUnsnapped(), PlainJSON(), Watermill(), GoFormatOutput(),
	}
}

// starter makes ready for one kind of workload.
type starter func(w *work.Workload, dir string) (work.Job, error)

// table is a rival as a table: what it does, by the kind of workload.
type table struct {
	name  string
	kinds map[string]starter
}

func (t table) Name() string { return t.name }

func (t table) Start(w *work.Workload, dir string) (work.Job, error) {
	begin, ok := t.kinds[w.Kind]
	if !ok {
		return nil, nil
	}
	return begin(w, dir)
}

// job is a job of two functions; closing may be nil.
type job struct {
	run     func(c *work.Clock, n int) (int64, error)
	closing func() error
}

func (j job) Run(c *work.Clock, n int) (int64, error) { return j.run(c, n) }

func (j job) Close() error {
	if j.closing == nil {
		return nil
	}
	return j.closing()
}

// repeat is a job that does one thing n times, with what is different by turns.
func repeat(once func(i int) (int64, error)) work.Job {
	return job{run: func(c *work.Clock, n int) (sum int64, err error) {
		c.Start()
		defer c.Stop()
		for i := range n {
			got, err := once(i)
			if err != nil {
				return sum, err
			}
			sum += got
		}
		return sum, nil
	}}
}

// accounts are aggregates that one rival keeps.
type accounts interface {
	// Do carries out command k of a workload.
	Do(ctx context.Context, id string, k int) error
	// Balance is what the log says that the commands have put into the aggregate.
	Balance(ctx context.Context, id string) (int64, error)
}

// balance is what all aggregates have together.
func balance(in accounts, ids []string) (sum int64, err error) {
	for _, id := range ids {
		b, err := in.Balance(context.Background(), id)
		if err != nil {
			return 0, err
		}
		sum += b
	}
	return sum, nil
}

// working runs n commands, split among writers, on the aggregates by turns.
func working(in accounts, ids []string, first, n, writers int) error {
	ctx := context.Background()
	if writers == 1 {
		for k := first; k < first+n; k++ {
			if err := in.Do(ctx, ids[k%len(ids)], k); err != nil {
				return err
			}
		}
		return nil
	}
	var next atomic.Int64
	next.Store(int64(first))
	var failed atomic.Pointer[error]
	var running sync.WaitGroup
	for range writers {
		running.Go(func() {
			for {
				k := int(next.Add(1)) - 1
				if k >= first+n {
					return
				}
				if err := in.Do(ctx, ids[k%len(ids)], k); err != nil {
					failed.Store(&err)
					return
				}
			}
		})
	}
	running.Wait()
	if err := failed.Load(); err != nil {
		return *err
	}
	return nil
}

// references are made before anything is measured.
var references = func() (all [10_000]string) {
	for i := range all {
		all[i] = data.Reference(i)
	}
	return all
}()

// names are the ids of n aggregates.
func names(n int) []string {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = "account-" + data.Reference(i)
	}
	return ids
}

// world makes new accounts, each with its first events.
type world func(ids []string, events int) (accounts, error)

// cold does each command on an account that has had ten events when the command meets it, in the mean, and
// whose state nobody keeps: so there are new accounts again and again, made while the clock stands.
func cold(w *work.Workload, fresh world) work.Job {
	ids := names(w.Aggregates)
	if w.Aggregates == 1 {
		return job{run: func(c *work.Clock, n int) (int64, error) { return coldOne(c, n, ids, fresh) }}
	}
	return job{run: func(c *work.Clock, n int) (sum int64, err error) {
		for done := 0; done < n; done += len(ids) {
			in, err := fresh(ids, w.Size)
			if err != nil {
				return sum, err
			}
			got, err := commands(c, in, ids, done, min(len(ids), n-done), 1)
			if err != nil {
				return sum, err
			}
			sum += got
		}
		return sum, nil
	}}
}

// coldOne has one account in each of a hundred stores. Each goes from six events to fifteen: nine commands that
// meet ten, in the mean.
func coldOne(c *work.Clock, n int, ids []string, fresh world) (sum int64, err error) {
	const stores, begin, each = 100, 6, 9
	for done := 0; done < n; {
		var all []accounts
		for range stores {
			in, err := fresh(ids, begin)
			if err != nil {
				return sum, err
			}
			all = append(all, in)
		}
		before, err := balances(all, ids)
		if err != nil {
			return sum, err
		}
		c.Start()
		for _, in := range all {
			some := min(each, n-done)
			if err := working(in, ids, done, some, 1); err != nil {
				return sum, err
			}
			done += some
		}
		c.Stop()
		after, err := balances(all, ids)
		if err != nil {
			return sum, err
		}
		sum += after - before
	}
	return sum, nil
}

func balances(all []accounts, ids []string) (sum int64, err error) {
	for _, in := range all {
		b, err := balance(in, ids)
		if err != nil {
			return 0, err
		}
		sum += b
	}
	return sum, nil
}

// warm does the commands on accounts whose states are kept; each run has new ones, so that the log does not grow
// without end.
func warm(w *work.Workload, fresh world) work.Job {
	ids := names(w.Aggregates)
	return job{run: func(c *work.Clock, n int) (int64, error) {
		in, err := fresh(ids, w.Size)
		if err != nil {
			return 0, err
		}
		return commands(c, in, ids, 0, n, w.Writers)
	}}
}

// commands runs and measures n commands, and says what they have put in.
func commands(c *work.Clock, in accounts, ids []string, first, n, writers int) (int64, error) {
	before, err := balance(in, ids)
	if err != nil {
		return 0, err
	}
	c.Start()
	if err := working(in, ids, first, n, writers); err != nil {
		return 0, err
	}
	c.Stop()
	after, err := balance(in, ids)
	return after - before, err
}

// kept does the commands on accounts that stay open over all runs.
func kept(w *work.Workload, in accounts, closing func() error) work.Job {
	ids := names(w.Aggregates)
	return job{
		run:     func(c *work.Clock, n int) (int64, error) { return commands(c, in, ids, 0, n, w.Writers) },
		closing: closing,
	}
}
