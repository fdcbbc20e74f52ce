package rival

import (
	"context"
	"time"

	"github.com/fluvius-io/fluvius-go/bench/data"
	"github.com/fluvius-io/fluvius-go/bench/gen/bank"
	"github.com/fluvius-io/fluvius-go/bench/gen/cargo"
	"github.com/fluvius-io/fluvius-go/bench/work"
	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/fluvius-io/fluvius-go/runtime/memory"
)

const ours = "fluvius"

// Fluvius is the project: generated code on its runtime.
func Fluvius() work.Rival {
	return table{ours, map[string]starter{
		"encode-bank": encodeBank, "decode-bank": decodeBank, "encode-cargo": encodeCargo, "decode-cargo": decodeCargo,
		"replay-bank": replayBank, "replay-cargo": replayCargo,
		"command-cold":       func(w *work.Workload, _ string) (work.Job, error) { return cold(w, ourWorld(false)), nil },
		"command-warm":       func(w *work.Workload, _ string) (work.Job, error) { return warm(w, ourWorld(true)), nil },
		"command-cargo-cold": func(w *work.Workload, _ string) (work.Job, error) { return cold(w, shipmentWorld(false)), nil },
		"command-cargo-warm": func(w *work.Workload, _ string) (work.Job, error) { return warm(w, shipmentWorld(true)), nil },
		"append":             appendSQLite,
		"command-sqlite":     commandSQLite,
		"load-sqlite":        loadSQLite,
		"dispatch":           dispatching, "dispatch-burst": dispatching,
		"catchup-memory": catchUpMemory, "catchup-sqlite": catchUpSQLite,
		"snapshot-load":        func(w *work.Workload, _ string) (work.Job, error) { return loadPassbook(w, memory.New()) },
		"snapshot-load-sqlite": loadPassbookSQLite,
		"snapshot-command":     func(w *work.Workload, _ string) (work.Job, error) { return warm(w, passbookWorld), nil },
		"parse":                parse, "check": check, "generate": compile,
	}}
}

// FluviusUnsnapped loads the aggregate that has no snapshots, to show what they are for.
func FluviusUnsnapped() work.Rival {
	return table{work.Unsnapped, map[string]starter{"snapshot-load": replayBankFrom(data.Bank), "snapshot-load-sqlite": loadSQLite}}
}

func encodeBank(*work.Workload, string) (work.Job, error) {
	var events [work.Different]bank.MoneyDeposited
	for i := range events {
		events[i] = bank.MoneyDeposited{Amount: bank.Amount(data.Deposit(1 + i)), Reference: data.Reference(1 + i)}
	}
	return repeat(func(i int) (int64, error) {
		text, err := events[i%work.Different].MarshalJSON()
		return int64(len(text)), err
	}), nil
}

// stored are the different payloads of one event, as a store has them.
func stored(domain, aggregate, key string, text func(i int) string) (records [work.Different]runtime.Record) {
	for i := range records {
		records[i] = runtime.Record{
			Header: runtime.Header{Domain: domain, Aggregate: aggregate, AggregateID: "a", Key: key, Version: 1, Sequence: 1},
			Data:   text(1 + i),
		}
	}
	return records
}

func decodeBank(*work.Workload, string) (work.Job, error) {
	records := stored("bank", "account", bank.MoneyDepositedKey, data.Deposited)
	var h *bank.AccountHandle
	return repeat(func(i int) (int64, error) {
		e, _, _, err := h.DecodeRecord(&records[i%work.Different])
		if err != nil {
			return 0, err
		}
		return int64(e.(bank.MoneyDeposited).Amount), nil
	}), nil
}

func encodeCargo(*work.Workload, string) (work.Job, error) {
	var events [work.Different]cargo.ShipmentHandled
	for i, text := range payloads(data.Handled) {
		if err := events[i].UnmarshalJSON([]byte(text)); err != nil {
			return nil, err
		}
	}
	return repeat(func(i int) (int64, error) {
		text, err := events[i%work.Different].MarshalJSON()
		return int64(len(text)), err
	}), nil
}

func decodeCargo(*work.Workload, string) (work.Job, error) {
	records := stored("cargo", "shipment", cargo.ShipmentHandledKey, data.Handled)
	var h *cargo.ShipmentHandle
	return repeat(func(i int) (int64, error) {
		k := i % work.Different
		e, _, _, err := h.DecodeRecord(&records[k])
		if err != nil {
			return 0, err
		}
		charges := e.(cargo.ShipmentHandled).Charges
		handling, storage := charges["handling"], charges["storage"]
		if handling.CoefficientInt64() != data.Handling(1+k) || storage.CoefficientInt64() != data.Storage(1+k) {
			return 0, errWrong
		}
		return data.Handling(1+k) + data.Storage(1+k), nil
	}), nil
}

// fill appends a stream to a store, before anything is measured.
func fill(store runtime.Store, s runtime.Stream, events []data.Event) error {
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	meta := runtime.NewMeta(map[string]string{"command_id": "8f14e45fceea167a5a36dedd-1", "correlation_id": "8f14e45fceea167a5a36dedd-1"})
	var mark runtime.Mark
	for len(events) > 0 {
		some := events[:min(len(events), runtime.MaxRecords)]
		records := make([]runtime.Record, len(some))
		for i, e := range some {
			sequence := mark.Sequence + uint64(i) + 1
			records[i] = runtime.Record{Header: runtime.Header{
				Domain: s.Domain, Aggregate: s.Aggregate, AggregateID: s.ID, Key: e.Key, Version: 1, Sequence: sequence,
				Timestamp: at.Add(time.Duration(sequence) * time.Second), Metadata: meta,
			}, Data: e.Data}
		}
		done, err := store.Append(context.Background(), runtime.Append{Stream: s, After: mark, Records: records})
		if err != nil {
			return err
		}
		mark, events = done.Last, events[len(some):]
	}
	return nil
}

func account(id string) runtime.Stream {
	return runtime.Stream{Domain: "bank", Aggregate: "account", ID: id}
}

func replayBank(w *work.Workload, dir string) (work.Job, error) {
	return replayBankFrom(data.Bank)(w, dir)
}

func replayBankFrom(events func(n int) []data.Event) starter {
	return func(w *work.Workload, _ string) (work.Job, error) {
		store := memory.New()
		if err := fill(store, account("a"), events(w.Size)); err != nil {
			return nil, err
		}
		d, err := bank.New(store, runtime.WithCache(0))
		return repeat(func(int) (int64, error) {
			s, err := d.Account.Load(context.Background(), "a")
			return s.Balance, err
		}), err
	}
}

func replayCargo(w *work.Workload, _ string) (work.Job, error) {
	store := memory.New()
	if err := fill(store, shipment("a"), data.Cargo(w.Size)); err != nil {
		return nil, err
	}
	d, err := cargo.New(store, runtime.WithCache(0))
	return repeat(func(int) (int64, error) {
		s, err := d.Shipment.Load(context.Background(), "a")
		return s.Total.CoefficientInt64() + s.Visits[data.Places[0][0]], err
	}), err
}

// ourAccounts are accounts in a domain; the reader is a second one that keeps nothing, so that a balance is what
// the log says.
type ourAccounts struct{ writer, reader *bank.Domain }

// newAccounts makes the domains over a store that has the accounts. With keep the states are kept before the first
// command.
func newAccounts(store runtime.Store, ids []string, keep bool) (a ourAccounts, err error) {
	var opts []runtime.DomainOption
	if !keep {
		opts = append(opts, runtime.WithCache(0))
	}
	if a.writer, err = bank.New(store, opts...); err != nil {
		return a, err
	}
	if a.reader, err = bank.New(store, runtime.WithCache(0)); err != nil || !keep {
		return a, err
	}
	for _, id := range ids {
		if _, err := a.writer.Account.Load(context.Background(), bank.AccountID(id)); err != nil {
			return a, err
		}
	}
	return a, nil
}

func (a ourAccounts) Do(ctx context.Context, id string, k int) error {
	_, err := a.writer.Account.Deposit(ctx, bank.AccountID(id), bank.Deposit{Amount: bank.Amount(data.Deposit(k)), Reference: references[k%len(references)]})
	return err
}

func (a ourAccounts) Balance(ctx context.Context, id string) (int64, error) {
	s, err := a.reader.Account.Load(ctx, bank.AccountID(id))
	return s.Balance, err
}

// ourWorld makes accounts in memory, with or without states being kept.
func ourWorld(keep bool) world {
	return func(ids []string, events int) (accounts, error) {
		store := memory.New()
		first := data.Bank(events)
		for _, id := range ids {
			if err := fill(store, account(id), first); err != nil {
				return nil, err
			}
		}
		return newAccounts(store, ids, keep)
	}
}

// ourPassbooks are accounts with snapshots.
type ourPassbooks struct{ *bank.Domain }

func (a ourPassbooks) Do(ctx context.Context, id string, k int) error {
	_, err := a.Passbook.Enter(ctx, bank.PassbookID(id), bank.Enter{Amount: data.Deposit(k), Reference: references[k%len(references)]})
	return err
}

func (a ourPassbooks) Balance(ctx context.Context, id string) (int64, error) {
	s, err := a.Passbook.Load(ctx, bank.PassbookID(id))
	return s.Balance, err
}

func passbookWorld(ids []string, events int) (accounts, error) {
	store := memory.New()
	for _, id := range ids {
		if err := fill(store, runtime.Stream{Domain: "bank", Aggregate: "passbook", ID: id}, data.Passbook(events)); err != nil {
			return nil, err
		}
	}
	d, err := bank.New(store)
	return ourPassbooks{d}, err
}

// loadPassbook has the snapshots made by commands, and loads with a domain that keeps nothing.
func loadPassbook(w *work.Workload, store runtime.Store) (work.Job, error) {
	ctx := context.Background()
	d, err := bank.New(store)
	if err != nil {
		return nil, err
	}
	const id = "a"
	if _, err := d.Passbook.OpenPassbook(ctx, id, bank.OpenPassbook{Owner: data.Owner}); err != nil {
		return nil, err
	}
	for i := 1; i < w.Size; i++ {
		amount, deposit := data.Move(i)
		if !deposit {
			amount = -amount
		}
		if _, err := d.Passbook.Enter(ctx, id, bank.Enter{Amount: amount, Reference: data.Reference(i)}); err != nil {
			return nil, err
		}
	}
	reader, err := bank.New(store, runtime.WithCache(0))
	return repeat(func(int) (int64, error) {
		s, err := reader.Passbook.Load(ctx, id)
		return s.Balance, err
	}), err
}
