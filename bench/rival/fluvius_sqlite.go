package rival

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"time"

	"github.com/fluvius-io/fluvius-go/bench/data"
	"github.com/fluvius-io/fluvius-go/bench/gen/bank"
	"github.com/fluvius-io/fluvius-go/bench/work"
	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/fluvius-io/fluvius-go/runtime/sqlite"
)

func openSQLite(dir, level string) (*sqlite.Store, error) {
	durability := sqlite.Full
	if level == "NORMAL" {
		durability = sqlite.Normal
	}
	return sqlite.Open(context.Background(), filepath.Join(dir, "log.db"), sqlite.Synchronous(durability))
}

// filledSQLite is a store with the first events of each account.
func filledSQLite(dir, level string, ids []string, events []data.Event) (*sqlite.Store, error) {
	store, err := openSQLite(dir, level)
	if err != nil {
		return nil, err
	}
	if err := fillAll(store, ids, events); err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return store, nil
}

// fillAll fills many streams at once, so that one transaction takes many.
func fillAll(store *sqlite.Store, ids []string, events []data.Event) error {
	const writers = 64
	var running sync.WaitGroup
	errs := make([]error, writers)
	for g := range writers {
		running.Go(func() {
			for i := g; i < len(ids) && errs[g] == nil; i += writers {
				errs[g] = fill(store, account(ids[i]), events)
			}
		})
	}
	running.Wait()
	return errors.Join(errs...)
}

func appendSQLite(w *work.Workload, dir string) (work.Job, error) {
	store, err := openSQLite(dir, w.Level)
	if err != nil {
		return nil, err
	}
	ctx, meta := context.Background(), runtime.MetaFromText(metadata)
	head := func() (int64, error) {
		last, err := store.Head(ctx)
		return int64(last), err
	}
	j := appending(w, head, func(id string, after int64) error {
		s := account(id)
		_, err := store.Append(ctx, runtime.Append{Stream: s, After: runtime.Mark{Sequence: uint64(after)}, Records: []runtime.Record{{
			Header: runtime.Header{
				Domain: s.Domain, Aggregate: s.Aggregate, AggregateID: id, Key: "user-created", Version: 1,
				Sequence: uint64(after) + 1, Timestamp: time.Now().UTC(), Metadata: meta,
			}, Data: payload,
		}}})
		return err
	})
	return job{j.Run, store.Close}, nil
}

func commandSQLite(w *work.Workload, dir string) (work.Job, error) {
	ids := names(w.Aggregates)
	store, err := filledSQLite(dir, w.Level, ids, data.Bank(w.Size))
	if err != nil {
		return nil, err
	}
	in, err := newAccounts(store, ids, true)
	return kept(w, in, store.Close), err
}

func loadSQLite(w *work.Workload, dir string) (work.Job, error) {
	ids := names(w.Aggregates)
	store, err := filledSQLite(dir, w.Level, ids, data.Bank(w.Size))
	if err != nil {
		return nil, err
	}
	d, err := bank.New(store, runtime.WithCache(0))
	once := repeat(func(i int) (int64, error) {
		s, err := d.Account.Load(context.Background(), bank.AccountID(ids[i%len(ids)]))
		return s.Balance, err
	})
	return job{once.Run, store.Close}, err
}

func loadPassbookSQLite(w *work.Workload, dir string) (work.Job, error) {
	store, err := openSQLite(dir, w.Level)
	if err != nil {
		return nil, err
	}
	j, err := loadPassbook(w, store)
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return job{j.Run, store.Close}, nil
}
