package cargo

import (
	"context"
	"errors"
	"hash/maphash"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/fluvius-io/fluvius-go/bench/byhand"
)

// ErrClaimed says that nothing more happens to a shipment.
var ErrClaimed = errors.New("the shipment has been claimed")

// Shipments carries out commands on a log in memory. Commands on one shipment wait for each other. It is safe
// for concurrent use, and the states it returns are the caller's.
type Shipments struct {
	Store *byhand.Store
	Codec Codec
	ids   byhand.IDs
	keep  bool
	rows  [64]row // by hash of the id
	seed  maphash.Seed
}

// Codec is how events are written and folded.
type Codec struct {
	Handled func(dst []byte, e *Handled) ([]byte, error)
	Fold    func(*Shipment, *byhand.Record) error
}

// Strict is the codec of this package.
var Strict = Codec{Handled: AppendHandled, Fold: Fold}

type row struct {
	mu   sync.Mutex
	kept map[string]Shipment
}

// NewShipments is for the shipments in store. With keep it keeps the states between commands, else each command
// replays its shipment's events.
func NewShipments(store *byhand.Store, codec Codec, keep bool) *Shipments {
	a := &Shipments{Store: store, Codec: codec, keep: keep, seed: maphash.MakeSeed()}
	for i := range a.rows {
		a.rows[i].kept = map[string]Shipment{}
	}
	return a
}

func (a *Shipments) row(id string) *row {
	return &a.rows[maphash.String(a.seed, id)%uint64(len(a.rows))]
}

// Handle notes what happens to a shipment now: cmd is the event without its time.
func (a *Shipments) Handle(ctx context.Context, id string, cmd Handled) (Shipment, error) {
	if err := ctx.Err(); err != nil {
		return Shipment{}, err
	}
	if err := byhand.CheckID(id); err != nil {
		return Shipment{}, err
	}
	row := a.row(id)
	row.mu.Lock()
	defer row.mu.Unlock()
	s, err := a.load(row, id)
	if err != nil {
		return Shipment{}, err
	}
	if s.Step == Claimed {
		return Shipment{}, ErrClaimed
	}
	cmd.At = time.Now().UTC()
	return a.store(row, s, cmd)
}

func (a *Shipments) store(row *row, s Shipment, e Handled) (Shipment, error) {
	var room [512]byte
	data, err := a.Codec.Handled(room[:0], &e)
	if err != nil {
		return Shipment{}, err
	}
	e.detach() // what the caller gave stays the caller's
	if a.keep {
		s.Visits = maps.Clone(s.Visits)
	}
	s.handled(&e)
	record := []byhand.Record{{Key: HandledKey, Version: 1, Timestamp: e.At, Metadata: a.ids.Metadata(), Data: string(data)}}
	if _, err := a.Store.Append(s.ID, s.Sequence, record); err != nil {
		return Shipment{}, err
	}
	s.Sequence++
	if a.keep {
		row.kept[s.ID] = s
		s.Handled.detach()
		s.Visits = maps.Clone(s.Visits)
	}
	return s, nil
}

// detach makes what e holds its own.
func (e *Handled) detach() {
	e.Items = slices.Clone(e.Items)
	for i := range e.Items {
		e.Items[i].Labels = slices.Clone(e.Items[i].Labels)
	}
	e.Charges = maps.Clone(e.Charges)
}

func (a *Shipments) load(row *row, id string) (Shipment, error) {
	if a.keep {
		if s, ok := row.kept[id]; ok {
			return s, nil
		}
	}
	return a.Load(id)
}

// Keep loads a state, to be kept before the first command.
func (a *Shipments) Keep(id string) error {
	row := a.row(id)
	row.mu.Lock()
	defer row.mu.Unlock()
	s, err := a.load(row, id)
	row.kept[id] = s
	return err
}

// Load is the state from the log. It looks at no state that is kept.
func (a *Shipments) Load(id string) (Shipment, error) {
	s := Shipment{ID: id}
	records := a.Store.Read(id)
	if len(records) == 0 {
		return s, byhand.ErrNotFound
	}
	for _, r := range records {
		if err := a.Codec.Fold(&s, r); err != nil {
			return s, err
		}
	}
	return s, nil
}
