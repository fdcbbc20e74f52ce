package rival

import (
	"github.com/fluvius-io/fluvius-go/bench/byhand"
	"github.com/fluvius-io/fluvius-go/bench/byhand/bank"
	"github.com/fluvius-io/fluvius-go/bench/byhand/dispatch"
	"github.com/fluvius-io/fluvius-go/bench/data"
	"github.com/fluvius-io/fluvius-go/bench/work"
)

// sending is a job that sends deposits and waits for all handlers: after each one, or after each burst.
func sending(w *work.Workload, t *told, send func(k int) error, wait func()) work.Job {
	return job{run: func(c *work.Clock, n int) (int64, error) {
		before := t.total()
		c.Start()
		for i := range n {
			for k := range w.Per {
				if err := send((i*w.Per + k) % work.Burst); err != nil {
					return 0, err
				}
			}
			wait()
		}
		c.Stop()
		return t.total() - before, nil
	}}
}

// depositRecords are deposits that are sent by turns.
func depositRecords() []byhand.Record {
	events := make([]data.Event, work.Burst)
	for i := range events {
		events[i] = data.Event{Key: bank.DepositedKey, Data: data.Deposited(i)}
	}
	return recordsOf(events)
}

// OverChannels is dispatch by hand over a channel and a goroutine for each handler.
func OverChannels() work.Rival {
	return table{work.Channels, map[string]starter{"dispatch": channels, "dispatch-burst": channels}}
}

// Direct is dispatch by hand by ten calls, one after the other.
func Direct() work.Rival {
	return table{"calls by hand", map[string]starter{"dispatch": calls, "dispatch-burst": calls}}
}

func channels(w *work.Workload, _ string) (work.Job, error) {
	t := &told{}
	c := dispatch.NewChannels(t.handlers())
	records := depositRecords()
	j := sending(w, t, func(k int) error { return c.Send(&records[k]) }, c.Wait)
	return job{j.Run, func() error { c.Close(); return nil }}, nil
}

func calls(w *work.Workload, _ string) (work.Job, error) {
	t := &told{}
	handlers, records := t.handlers(), depositRecords()
	return sending(w, t, func(k int) error { return dispatch.Call(handlers, &records[k]) }, func() {}), nil
}

// told is what handlers were told; each has its own sum, on a cache line of its own.
type told struct {
	sums [work.Handlers]struct {
		sum int64
		_   [56]byte
	}
}

func (t *told) handlers() (all []dispatch.Handler) {
	for i := range t.sums {
		all = append(all, func(e bank.Deposited) { t.sums[i].sum += e.Amount })
	}
	return all
}

func (t *told) total() (sum int64) {
	for i := range t.sums {
		sum += t.sums[i].sum
	}
	return sum
}
