package rival

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/fluvius-io/fluvius-go/bench/bare"
	"github.com/fluvius-io/fluvius-go/bench/byhand"
	"github.com/fluvius-io/fluvius-go/bench/byhand/bank"
	"github.com/fluvius-io/fluvius-go/bench/data"
	"github.com/fluvius-io/fluvius-go/bench/work"
)

// BareGroup is SQLite's bare driver with group commit; for commands it keeps the states.
func BareGroup() work.Rival {
	return table{work.Group, map[string]starter{
		"append":         bareAppends(bare.Group),
		"command-sqlite": groupedCommands,
	}}
}

// BareSingle is SQLite's bare driver with one transaction for each append; a command reads its account's events.
func BareSingle() work.Rival {
	return table{"bare SQLite, one transaction each", map[string]starter{
		"append":         bareAppends(bare.Single),
		"command-sqlite": plainCommands,
	}}
}

// What is appended where only the append is measured: 203 bytes of payload, 67 of metadata.
var (
	payload  = `{"name":"` + strings.Repeat("n", 90) + `","email":"` + strings.Repeat("e", 90) + `"}`
	metadata = `{"command_id":"` + strings.Repeat("c", 50) + `"}`
)

// appending is a job that appends n records, each writer to streams of ten of its own, and counts what the log
// then has more.
func appending(w *work.Workload, count func() (int64, error), add func(id string, after int64) error) work.Job {
	runs := 0
	return job{run: func(c *work.Clock, n int) (int64, error) {
		before, err := count()
		if err != nil {
			return 0, err
		}
		runs++
		c.Start()
		if err := appendAll(w.Writers, n, fmt.Sprint("run-", runs), add); err != nil {
			return 0, err
		}
		c.Stop()
		after, err := count()
		return after - before, err
	}}
}

func appendAll(writers, n int, prefix string, add func(id string, after int64) error) error {
	var running sync.WaitGroup
	var failed atomic.Pointer[error]
	for g := range writers {
		running.Go(func() {
			id := ""
			for i := range (n + writers - 1 - g) / writers {
				if i%work.Long == 0 {
					id = fmt.Sprintf("%s-%d-%d", prefix, g, i)
				}
				if err := add(id, int64(i%work.Long)); err != nil {
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

func bareAppends(kind func(*bare.Log) bare.Appender) starter {
	return func(w *work.Workload, dir string) (work.Job, error) {
		path := filepath.Join(dir, "log.db")
		log, err := bare.Create(path, w.Level)
		if err != nil {
			return nil, err
		}
		second, err := bare.Attach(path)
		if err != nil {
			return nil, errors.Join(err, log.Close())
		}
		out := kind(log)
		j := appending(w, second.Last, func(id string, after int64) error {
			return out.Append(id, after, &byhand.Record{
				ID: id, Key: "user-created", Version: 1, Timestamp: time.Now(), Metadata: metadata, Data: payload,
			})
		})
		return job{j.Run, func() error { return errors.Join(out.Close(), second.Close()) }}, nil
	}
}

// bareAccounts are accounts in a file.
type bareAccounts struct {
	deposit func(ctx context.Context, id string, cmd bank.Deposited) (bank.Account, error)
	read    *bare.Log
}

func (a bareAccounts) Do(ctx context.Context, id string, k int) error {
	_, err := a.deposit(ctx, id, depositOf(k))
	return err
}

func (a bareAccounts) Balance(_ context.Context, id string) (int64, error) {
	s := bank.Account{ID: id}
	err := a.read.Read(id, func(r *byhand.Record) error { return bank.Fold(&s, r) })
	return s.Balance, err
}

func groupedCommands(w *work.Workload, dir string) (work.Job, error) {
	write, read, err := twoLogs(w, dir)
	if err != nil {
		return nil, err
	}
	load, err := bare.Attach(filepath.Join(dir, "log.db"))
	if err != nil {
		return nil, err
	}
	g := bare.NewGrouped(load, write)
	for _, id := range names(w.Aggregates) {
		if err := g.Keep(id); err != nil {
			return nil, errors.Join(err, g.Close(), read.Close())
		}
	}
	in := bareAccounts{deposit: g.Deposit, read: read}
	return kept(w, in, func() error { return errors.Join(g.Close(), read.Close()) }), nil
}

func plainCommands(w *work.Workload, dir string) (work.Job, error) {
	write, read, err := twoLogs(w, dir)
	if err != nil {
		return nil, err
	}
	p := bare.NewPlain(write)
	in := bareAccounts{deposit: p.Deposit, read: read}
	return kept(w, in, func() error { return errors.Join(p.Close(), read.Close()) }), nil
}

func twoLogs(w *work.Workload, dir string) (write, read *bare.Log, err error) {
	if write, err = filled(dir, w.Level, names(w.Aggregates), data.Bank(w.Size)); err != nil {
		return nil, nil, err
	}
	read, err = bare.Attach(filepath.Join(dir, "log.db"))
	return write, read, err
}
