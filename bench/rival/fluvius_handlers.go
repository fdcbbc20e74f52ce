package rival

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/fluvius-io/fluvius-go/bench/data"
	"github.com/fluvius-io/fluvius-go/bench/gen/bank"
	"github.com/fluvius-io/fluvius-go/bench/work"
	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/fluvius-io/fluvius-go/runtime/memory"
)

// dispatching appends deposits to the log, without a command, and waits for ten durable subscriptions.
func dispatching(w *work.Workload, _ string) (work.Job, error) {
	store, t := memory.New(), &told{}
	if err := fill(store, account("a"), data.Bank(1)); err != nil {
		return nil, err
	}
	d, err := bank.New(store)
	if err != nil {
		return nil, err
	}
	var pending sync.WaitGroup
	for i := range t.sums {
		d.OnMoneyDeposited(fmt.Sprint("handler-", i), func(_ context.Context, e runtime.Event[bank.MoneyDeposited]) error {
			t.sums[i].sum += int64(e.Payload.Amount)
			pending.Done()
			return nil
		})
	}
	stop := running(d)
	s, texts, sequence := account("a"), depositRecords(), uint64(1)
	j := sending(w, t, func(k int) error {
		pending.Add(work.Handlers)
		_, err := store.Append(context.Background(), runtime.Append{
			Stream: s, After: runtime.Mark{Sequence: sequence}, Records: []runtime.Record{{
				Header: runtime.Header{
					Domain: s.Domain, Aggregate: s.Aggregate, AggregateID: s.ID, Key: bank.MoneyDepositedKey, Version: 1,
					Sequence: sequence + 1, Timestamp: time.Now().UTC(),
				}, Data: texts[k].Data,
			}}})
		sequence++
		return err
	}, pending.Wait)
	return job{j.Run, stop}, nil
}

// running runs a domain's subscriptions. What it returns stops them.
func running(d *bank.Domain) (stop func() error) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- d.Run(ctx) }()
	return func() error {
		cancel()
		return <-ended
	}
}

func catchUpMemory(w *work.Workload, _ string) (work.Job, error) {
	store := memory.New()
	first := data.Bank(w.Size)
	for _, id := range names(w.Aggregates) {
		if err := fill(store, account(id), first); err != nil {
			return nil, err
		}
	}
	return catchingUp(store), nil
}

func catchUpSQLite(w *work.Workload, dir string) (work.Job, error) {
	store, err := filledSQLite(dir, w.Level, names(w.Aggregates), data.Bank(w.Size))
	if err != nil {
		return nil, err
	}
	return job{catchingUp(store).Run, store.Close}, nil
}

// catchingUp lets a handler that is new each time go through the whole log.
func catchingUp(store runtime.Store) work.Job {
	handlers := 0
	return job{run: func(c *work.Clock, n int) (sum int64, err error) {
		for range n {
			d, err := bank.New(store)
			if err != nil {
				return sum, err
			}
			handlers++
			d.OnAny(fmt.Sprint("handler-", handlers), func(_ context.Context, e runtime.Event[bank.Event]) error {
				switch p := e.Payload.(type) {
				case bank.MoneyDeposited:
					sum += int64(p.Amount)
				case bank.MoneyWithdrawn:
					sum -= int64(p.Amount)
				case bank.AccountOpened:
				default:
					return errors.New("an event of another aggregate")
				}
				return nil
			})
			c.Start()
			if err := d.CatchUp(context.Background()); err != nil {
				return sum, err
			}
			c.Stop()
		}
		return sum, nil
	}}
}
