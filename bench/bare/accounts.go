package bare

import (
	"context"
	"hash/maphash"
	"sync"
	"time"

	"github.com/fluvius-io/fluvius-go/bench/byhand"
	"github.com/fluvius-io/fluvius-go/bench/byhand/bank"
)

// Plain carries out a deposit as one writes it first: one transaction that reads the account's events, decides
// and appends.
type Plain struct {
	mu  sync.Mutex
	log *Log
	ids byhand.IDs
}

// NewPlain is for the accounts in l.
func NewPlain(l *Log) *Plain { return &Plain{log: l} }

// Close closes the log.
func (p *Plain) Close() error { return p.log.Close() }

// Deposit puts money in.
func (p *Plain) Deposit(ctx context.Context, id string, cmd bank.Deposited) (bank.Account, error) {
	if err := check(ctx, id, cmd.Amount); err != nil {
		return bank.Account{}, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := run(p.log.begin); err != nil {
		return bank.Account{}, err
	}
	s, err := load(p.log, id)
	if err != nil {
		return s, err
	}
	next, r, err := deposit(s, &cmd, &p.ids)
	if err != nil {
		return s, err
	}
	if err := p.log.add(id, int64(s.Sequence), r); err != nil {
		return s, err
	}
	return next, run(p.log.commit)
}

func check(ctx context.Context, id string, amount int64) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if amount <= 0 {
		return byhand.ErrInvalid
	}
	return byhand.CheckID(id)
}

func load(l *Log, id string) (bank.Account, error) {
	s := bank.Account{ID: id}
	err := l.Read(id, func(r *byhand.Record) error { return bank.Fold(&s, r) })
	if err == nil && s.Sequence == 0 {
		err = byhand.ErrNotFound
	}
	return s, err
}

func deposit(s bank.Account, cmd *bank.Deposited, ids *byhand.IDs) (bank.Account, *byhand.Record, error) {
	var room [256]byte
	data, err := bank.AppendDeposited(room[:0], cmd)
	if err != nil {
		return s, nil, err
	}
	r := &byhand.Record{
		ID: s.ID, Key: bank.DepositedKey, Version: 1, Sequence: s.Sequence + 1, Timestamp: time.Now().UTC(),
		Metadata: ids.Metadata(), Data: string(data),
	}
	err = s.Apply(r, *cmd, nil)
	return s, r, err
}

// Grouped keeps the states between commands and appends with group commit. Commands on one account wait for
// each other.
type Grouped struct {
	log  *Log
	out  Appender
	ids  byhand.IDs
	seed maphash.Seed
	rows [1024]row
	read sync.Mutex
}

type row struct {
	mu   sync.Mutex
	kept map[string]bank.Account
}

// NewGrouped is for the accounts in one file: it appends by one connection, and reads by another what it has not
// kept.
func NewGrouped(read, write *Log) *Grouped {
	g := &Grouped{log: read, out: Group(write), seed: maphash.MakeSeed()}
	for i := range g.rows {
		g.rows[i].kept = map[string]bank.Account{}
	}
	return g
}

// Close closes both logs.
func (g *Grouped) Close() error {
	if err := g.out.Close(); err != nil {
		return err
	}
	return g.log.Close()
}

// Keep loads a state, to be kept before the first command.
func (g *Grouped) Keep(id string) error {
	row := g.row(id)
	row.mu.Lock()
	defer row.mu.Unlock()
	s, err := g.load(id)
	row.kept[id] = s
	return err
}

func (g *Grouped) row(id string) *row {
	return &g.rows[maphash.String(g.seed, id)%uint64(len(g.rows))]
}

// Deposit puts money in.
func (g *Grouped) Deposit(ctx context.Context, id string, cmd bank.Deposited) (bank.Account, error) {
	if err := check(ctx, id, cmd.Amount); err != nil {
		return bank.Account{}, err
	}
	row := g.row(id)
	row.mu.Lock()
	defer row.mu.Unlock()
	s, ok := row.kept[id]
	if !ok {
		var err error
		if s, err = g.load(id); err != nil {
			return s, err
		}
	}
	next, r, err := deposit(s, &cmd, &g.ids)
	if err != nil {
		return s, err
	}
	if err := g.out.Append(id, int64(s.Sequence), r); err != nil {
		return s, err
	}
	row.kept[id] = next
	return next, nil
}

func (g *Grouped) load(id string) (bank.Account, error) {
	g.read.Lock()
	defer g.read.Unlock()
	return load(g.log, id)
}
