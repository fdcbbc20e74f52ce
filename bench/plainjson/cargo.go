package plainjson

import (
	"encoding/json"
	"time"

	"github.com/fluvius-io/fluvius-go/bench/byhand"
	"github.com/fluvius-io/fluvius-go/bench/byhand/cargo"
	"github.com/fluvius-io/fluvius-go/bench/byhand/wire"
)

type booked struct {
	Customer string    `json:"customer"`
	Due      time.Time `json:"due"`
}

type step cargo.Step

func (s step) MarshalText() ([]byte, error) { return []byte(cargo.Step(s).String()), nil }

func (s *step) UnmarshalText(text []byte) error {
	found, ok := cargo.StepOf(string(text))
	if !ok {
		return byhand.ErrInvalid
	}
	*s = step(found)
	return nil
}

// Handled is the event as encoding/json reads and writes it.
type Handled struct {
	Step    step                    `json:"step"`
	Place   place                   `json:"place"`
	Items   []item                  `json:"items"`
	Charges map[string]wire.Decimal `json:"charges"`
	At      time.Time               `json:"at"`
	Voyage  *string                 `json:"voyage,omitempty"`
}

type place struct {
	Code string  `json:"code"`
	Name string  `json:"name"`
	Quay *string `json:"quay,omitempty"`
}

type item struct {
	SKU      string       `json:"sku"`
	Quantity int64        `json:"quantity"`
	Price    wire.Decimal `json:"price"`
	Labels   []string     `json:"labels"`
}

// Shipment is the state.
type Shipment struct {
	Sequence uint64
	Customer string
	Due      time.Time
	Handled
	Count  int64
	Total  wire.Decimal
	Visits map[string]int64
}

// FoldShipment reads a stored event into the state.
func FoldShipment(s *Shipment, r *byhand.Record) error {
	if r.Sequence != s.Sequence+1 {
		return byhand.ErrUnknownEvent
	}
	s.Sequence = r.Sequence
	switch r.Key {
	case cargo.HandledKey:
		var e Handled
		if err := json.Unmarshal([]byte(r.Data), &e); err != nil {
			return err
		}
		s.handled(&e)
		return nil
	case cargo.BookedKey:
		var e booked
		if err := json.Unmarshal([]byte(r.Data), &e); err != nil {
			return err
		}
		s.Customer, s.Due = e.Customer, e.Due
		return nil
	}
	return byhand.ErrUnknownEvent
}

func (s *Shipment) handled(e *Handled) {
	s.Handled = *e
	s.Count++
	for _, charge := range e.Charges {
		s.Total = s.Total.Add(charge)
	}
	if s.Visits == nil {
		s.Visits = map[string]int64{}
	}
	s.Visits[e.Place.Code]++
}
