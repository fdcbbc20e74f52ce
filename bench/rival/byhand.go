package rival

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"time"

	"github.com/fluvius-io/fluvius-go/bench/bare"
	"github.com/fluvius-io/fluvius-go/bench/byhand"
	"github.com/fluvius-io/fluvius-go/bench/byhand/bank"
	"github.com/fluvius-io/fluvius-go/bench/byhand/cargo"
	"github.com/fluvius-io/fluvius-go/bench/byhand/wire"
	"github.com/fluvius-io/fluvius-go/bench/data"
	"github.com/fluvius-io/fluvius-go/bench/work"
)

// ByHand is code that a careful developer writes for one domain.
func ByHand() work.Rival {
	return table{work.ByHand, map[string]starter{
		"encode-bank": encodeBankByHand, "decode-bank": decodeBankByHand,
		"encode-cargo": encodeCargoByHand, "decode-cargo": decodeCargoByHand,
		"replay-bank": replayBankByHand(bank.Strict), "replay-cargo": replayCargoByHand,
		"command-cold": coldByHand(bank.Strict), "command-warm": warmByHand(bank.Strict),
		"command-cargo-cold": shipmentsByHand(cargo.Strict, false), "command-cargo-warm": shipmentsByHand(cargo.Strict, true),
		"load-sqlite": loadByHand, "catchup-memory": catchUpMemoryByHand, "catchup-sqlite": catchUpSQLiteByHand,
		"snapshot-load": snapshotLoadByHand, "snapshot-command": snapshotCommandByHand,
	}}
}

var errWrong = errors.New("it came out wrong")

func encodeBankByHand(*work.Workload, string) (work.Job, error) {
	var events [work.Different]bank.Deposited
	for i := range events {
		events[i] = bank.Deposited{Amount: data.Deposit(1 + i), Reference: data.Reference(1 + i)}
	}
	return repeat(func(i int) (int64, error) {
		var room [128]byte
		text, err := bank.AppendDeposited(room[:0], &events[i%work.Different])
		return int64(len(slices.Clone(text))), err
	}), nil
}

func decodeBankByHand(*work.Workload, string) (work.Job, error) {
	texts := payloads(data.Deposited)
	return repeat(func(i int) (int64, error) {
		e, err := bank.ReadDeposited(texts[i%work.Different])
		return e.Amount, err
	}), nil
}

// payloads are the different ones that a codec is given.
func payloads(data func(i int) string) (texts [work.Different]string) {
	for i := range texts {
		texts[i] = data(1 + i)
	}
	return texts
}

func encodeCargoByHand(*work.Workload, string) (work.Job, error) {
	var events [work.Different]cargo.Handled
	for i, text := range payloads(data.Handled) {
		if err := cargo.ReadHandled(text, &events[i]); err != nil {
			return nil, err
		}
	}
	return repeat(func(i int) (int64, error) {
		var room [512]byte
		text, err := cargo.AppendHandled(room[:0], &events[i%work.Different])
		return int64(len(slices.Clone(text))), err
	}), nil
}

func decodeCargoByHand(*work.Workload, string) (work.Job, error) {
	texts := payloads(data.Handled)
	return repeat(func(i int) (int64, error) {
		var e cargo.Handled
		if err := cargo.ReadHandled(texts[i%work.Different], &e); err != nil {
			return 0, err
		}
		return charged(e.Charges, 1+i%work.Different)
	}), nil
}

// charged are the charges of event i in cents, if they are what they must be.
func charged(got map[string]wire.Decimal, i int) (int64, error) {
	handling, storage := data.Handling(i), data.Storage(i)
	if got["handling"] != wire.DecimalOf(handling, 2) || got["storage"] != wire.DecimalOf(storage, 2) {
		return 0, errWrong
	}
	return handling + storage, nil
}

// recordsOf are events as a log by hand has them.
func recordsOf(events []data.Event) []byhand.Record {
	records := make([]byhand.Record, len(events))
	var ids byhand.IDs
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for i, e := range events {
		records[i] = byhand.Record{
			Key: e.Key, Version: 1, Sequence: uint64(i) + 1, Timestamp: at.Add(time.Duration(i) * time.Second),
			Metadata: ids.Metadata(), Data: e.Data,
		}
	}
	return records
}

func replayBankByHand(codec bank.Codec) starter {
	return func(w *work.Workload, _ string) (work.Job, error) {
		store := byhand.NewStore()
		if _, err := store.Append("a", 0, recordsOf(data.Bank(w.Size))); err != nil {
			return nil, err
		}
		return repeat(func(int) (int64, error) {
			s, err := bank.ReplayWith(codec.Fold, "a", store.Read("a"))
			return s.Balance, err
		}), nil
	}
}

func replayCargoByHand(w *work.Workload, _ string) (work.Job, error) {
	store := byhand.NewStore()
	if _, err := store.Append("a", 0, recordsOf(data.Cargo(w.Size))); err != nil {
		return nil, err
	}
	total := wire.DecimalOf(data.Total(w.Size), 2)
	return repeat(func(int) (int64, error) {
		s, err := cargo.Replay("a", store.Read("a"))
		if err != nil {
			return 0, err
		}
		if !s.Total.Equal(total) {
			return 0, errWrong
		}
		return data.Total(w.Size) + s.Visits[data.Places[0][0]], nil
	}), nil
}

// handAccounts are accounts on a log in memory.
type handAccounts struct{ *bank.Accounts }

func (a handAccounts) Do(ctx context.Context, id string, k int) error {
	_, err := a.Accounts.Deposit(ctx, id, depositOf(k))
	return err
}

func (a handAccounts) Balance(_ context.Context, id string) (int64, error) {
	s, err := a.Load(id)
	return s.Balance, err
}

// depositOf is deposit k of a workload.
func depositOf(k int) bank.Deposited {
	return bank.Deposited{Amount: data.Deposit(k), Reference: references[k%len(references)]}
}

// handWorld makes accounts by hand, with or without states being kept.
func handWorld(codec bank.Codec, keep bool, every uint64) world {
	return func(ids []string, events int) (accounts, error) {
		in := bank.NewAccounts(byhand.NewStore(), codec, keep)
		in.SnapshotEvery(every)
		first := recordsOf(data.Bank(events))
		for _, id := range ids {
			if _, err := in.Store.Append(id, 0, slices.Clone(first)); err != nil {
				return nil, err
			}
			if keep {
				if err := in.Keep(id); err != nil {
					return nil, err
				}
			}
		}
		return handAccounts{in}, nil
	}
}

func coldByHand(codec bank.Codec) starter {
	return func(w *work.Workload, _ string) (work.Job, error) { return cold(w, handWorld(codec, false, 0)), nil }
}

func warmByHand(codec bank.Codec) starter {
	return func(w *work.Workload, _ string) (work.Job, error) { return warm(w, handWorld(codec, true, 0)), nil }
}

func snapshotCommandByHand(w *work.Workload, _ string) (work.Job, error) {
	return warm(w, handWorld(bank.Strict, true, 100)), nil
}

func snapshotLoadByHand(w *work.Workload, _ string) (work.Job, error) {
	in := bank.NewAccounts(byhand.NewStore(), bank.Strict, true)
	in.SnapshotEvery(100)
	const id = "a"
	if _, err := in.Store.Append(id, 0, recordsOf(data.Bank(1))); err != nil {
		return nil, err
	}
	for i := 1; i < w.Size; i++ {
		var err error
		if amount, deposit := data.Move(i); deposit {
			_, err = in.Deposit(context.Background(), id, bank.Deposited{Amount: amount, Reference: data.Reference(i)})
		} else {
			_, err = in.Withdraw(context.Background(), id, bank.Withdrawn{Amount: amount, Reference: data.Reference(i)})
		}
		if err != nil {
			return nil, err
		}
	}
	return repeat(func(int) (int64, error) {
		s, err := in.Load(id)
		return s.Balance, err
	}), nil
}

// filled is a bare log with the first events of each account.
func filled(dir, level string, ids []string, events []data.Event) (*bare.Log, error) {
	log, err := bare.Create(filepath.Join(dir, "log.db"), level)
	if err != nil {
		return nil, err
	}
	if err := log.Fill(ids, recordsOf(events)); err != nil {
		return nil, errors.Join(err, log.Close())
	}
	return log, nil
}

func loadByHand(w *work.Workload, dir string) (work.Job, error) {
	ids := names(w.Aggregates)
	log, err := filled(dir, w.Level, ids, data.Bank(w.Size))
	if err != nil {
		return nil, err
	}
	once := repeat(func(i int) (int64, error) {
		s := bank.Account{ID: ids[i%len(ids)]}
		err := log.Read(s.ID, func(r *byhand.Record) error { return bank.Fold(&s, r) })
		return s.Balance, err
	})
	return job{once.Run, log.Close}, nil
}

// page is how many events a catch-up by hand asks for at once.
const page = 256

// moved is what one event has moved, as a handler learns it.
func moved(r *byhand.Record) (int64, error) {
	switch r.Key {
	case bank.DepositedKey:
		e, err := bank.ReadDeposited(r.Data)
		return e.Amount, err
	case bank.WithdrawnKey:
		e, err := bank.ReadWithdrawn(r.Data)
		return -e.Amount, err
	}
	_, err := bank.ReadOpened(r.Data)
	return 0, err
}

func catchUpMemoryByHand(w *work.Workload, _ string) (work.Job, error) {
	store := byhand.NewStore()
	first := recordsOf(data.Bank(w.Size))
	for _, id := range names(w.Aggregates) {
		if _, err := store.Append(id, 0, slices.Clone(first)); err != nil {
			return nil, err
		}
	}
	return repeat(func(int) (sum int64, err error) {
		for at := uint64(0); ; {
			records := store.Page(at, page)
			if len(records) == 0 {
				return sum, nil
			}
			for _, r := range records {
				amount, err := moved(r)
				if err != nil {
					return sum, err
				}
				sum += amount
				at = r.Position
			}
		}
	}), nil
}

func catchUpSQLiteByHand(w *work.Workload, dir string) (work.Job, error) {
	log, err := filled(dir, w.Level, names(w.Aggregates), data.Bank(w.Size))
	if err != nil {
		return nil, err
	}
	once := repeat(func(int) (sum int64, err error) {
		for at := int64(0); ; {
			next, err := log.Page(at, page, func(r *byhand.Record) error {
				amount, err := moved(r)
				sum += amount
				return err
			})
			if err != nil || next == at {
				return sum, err
			}
			at = next
		}
	})
	return job{once.Run, log.Close}, nil
}
