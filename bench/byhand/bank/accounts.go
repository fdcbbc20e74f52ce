package bank

import (
	"context"
	"hash/maphash"
	"sync"
	"time"

	"github.com/fluvius-io/fluvius-go/bench/byhand"
)

// Accounts carries out commands on a log in memory. Commands on one account wait for each other. It is safe
// for concurrent use.
type Accounts struct {
	Store *byhand.Store
	Codec Codec
	ids   byhand.IDs
	keep  bool
	every uint64 // 0: no snapshots
	snaps sync.Map
	rows  [64]row // by hash of the id
	seed  maphash.Seed
}

// Codec is how events are written and folded.
type Codec struct {
	Deposited func(dst []byte, e *Deposited) ([]byte, error)
	Withdrawn func(dst []byte, e *Withdrawn) ([]byte, error)
	Fold      func(*Account, *byhand.Record) error
}

// Strict is the codec of this package.
var Strict = Codec{Deposited: AppendDeposited, Withdrawn: AppendWithdrawn, Fold: Fold}

type row struct {
	mu   sync.Mutex
	kept map[string]Account
}

// NewAccounts is for the accounts in store. With keep it keeps the states between commands, else each command
// replays its account's events.
func NewAccounts(store *byhand.Store, codec Codec, keep bool) *Accounts {
	a := &Accounts{Store: store, Codec: codec, keep: keep, seed: maphash.MakeSeed()}
	for i := range a.rows {
		a.rows[i].kept = map[string]Account{}
	}
	return a
}

// SnapshotEvery has a snapshot written at each event whose sequence n divides.
func (a *Accounts) SnapshotEvery(n uint64) { a.every = n }

// Keep loads a state, to be kept before the first command.
func (a *Accounts) Keep(id string) error {
	row := &a.rows[maphash.String(a.seed, id)%uint64(len(a.rows))]
	row.mu.Lock()
	defer row.mu.Unlock()
	s, err := a.load(row, id)
	row.kept[id] = s
	return err
}

// Deposit puts money in.
func (a *Accounts) Deposit(ctx context.Context, id string, cmd Deposited) (Account, error) {
	row, err := a.begin(ctx, id, cmd.Amount)
	if err != nil {
		return Account{}, err
	}
	defer row.mu.Unlock()
	s, err := a.load(row, id)
	if err != nil {
		return s, err
	}
	var room [256]byte
	data, err := a.Codec.Deposited(room[:0], &cmd)
	if err != nil {
		return s, err
	}
	if err := s.deposited(&cmd); err != nil {
		return s, err
	}
	return a.store(row, s, DepositedKey, string(data))
}

// Withdraw takes money out, or says Insufficient.
func (a *Accounts) Withdraw(ctx context.Context, id string, cmd Withdrawn) (Account, error) {
	row, err := a.begin(ctx, id, cmd.Amount)
	if err != nil {
		return Account{}, err
	}
	defer row.mu.Unlock()
	s, err := a.load(row, id)
	if err != nil {
		return s, err
	}
	if may, err := byhand.Add(s.Balance, s.Credit); err != nil {
		return s, err
	} else if may < cmd.Amount {
		return s, Insufficient{ID: id, Balance: s.Balance}
	}
	var room [256]byte
	data, err := a.Codec.Withdrawn(room[:0], &cmd)
	if err != nil {
		return s, err
	}
	if err := s.withdrawn(&cmd); err != nil {
		return s, err
	}
	return a.store(row, s, WithdrawnKey, string(data))
}

// begin checks what can be said before the account is looked at, and takes its row.
func (a *Accounts) begin(ctx context.Context, id string, amount int64) (*row, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := byhand.CheckID(id); err != nil {
		return nil, err
	}
	if amount <= 0 {
		return nil, byhand.ErrInvalid
	}
	row := &a.rows[maphash.String(a.seed, id)%uint64(len(a.rows))]
	row.mu.Lock()
	return row, nil
}

func (a *Accounts) load(row *row, id string) (Account, error) {
	if a.keep {
		if s, ok := row.kept[id]; ok {
			return s, nil
		}
	}
	return ReplayWith(a.Codec.Fold, id, a.Store.Read(id))
}

func (a *Accounts) store(row *row, s Account, key, data string) (Account, error) {
	record := []byhand.Record{{
		Key: key, Version: 1, Timestamp: time.Now().UTC(), Metadata: a.ids.Metadata(), Data: data,
	}}
	if _, err := a.Store.Append(s.ID, s.Sequence, record); err != nil {
		return s, err
	}
	s.Sequence++
	if a.keep {
		row.kept[s.ID] = s
	}
	if a.every > 0 && s.Sequence%a.every == 0 {
		text, err := AppendAccount(nil, &s)
		if err != nil {
			return s, err
		}
		a.snaps.Store(s.ID, string(text))
	}
	return s, nil
}

// Load is the state from the log: from the snapshot on, if there is one. It looks at no state that is kept.
func (a *Accounts) Load(id string) (Account, error) {
	records := a.Store.Read(id)
	text, ok := a.snaps.Load(id)
	if !ok {
		return ReplayWith(a.Codec.Fold, id, records)
	}
	s, err := ReadAccount(id, text.(string))
	if err != nil {
		return s, err
	}
	for _, r := range records[s.Sequence:] {
		if err := a.Codec.Fold(&s, r); err != nil {
			return s, err
		}
	}
	return s, nil
}
