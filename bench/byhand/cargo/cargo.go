// Package cargo is the larger domain by hand: nested values, lists, maps, decimals, times. Its events are
// those of bench/domains/cargo.fluv, the payload of a Handled is 320 bytes.
package cargo

import (
	"time"

	"github.com/fluvius-io/fluvius-go/bench/byhand"
	"github.com/fluvius-io/fluvius-go/bench/byhand/wire"
)

// The keys of the events.
const (
	BookedKey  = "shipment-booked"
	HandledKey = "shipment-handled"
)

// Step is what happened to a shipment.
type Step uint8

// The steps.
const (
	Received Step = iota
	Loaded
	Unloaded
	Cleared
	Claimed
)

var stepNames = [...]string{"received", "loaded", "unloaded", "cleared", "claimed"}

func (s Step) String() string { return stepNames[s] }

// StepOf is the step of that name.
func StepOf(text string) (Step, bool) {
	switch text {
	case "received":
		return Received, true
	case "loaded":
		return Loaded, true
	case "unloaded":
		return Unloaded, true
	case "cleared":
		return Cleared, true
	case "claimed":
		return Claimed, true
	}
	return 0, false
}

// Text is a string that may be missing.
type Text struct {
	Value string
	Some  bool
}

// Place is where something happened.
type Place struct {
	Code, Name string
	Quay       Text
}

// Item is a row of what is shipped.
type Item struct {
	SKU      string
	Quantity int64
	Price    wire.Decimal
	Labels   []string
}

// The events.
type (
	Booked struct {
		Customer string
		Due      time.Time
	}
	Handled struct {
		Step    Step
		Place   Place
		Items   []Item
		Charges map[string]wire.Decimal
		At      time.Time
		Voyage  Text
	}
)

// Shipment is the state.
type Shipment struct {
	ID       string
	Sequence uint64
	Customer string
	Due      time.Time
	Handled
	Count  int64
	Total  wire.Decimal
	Visits map[string]int64 // by the place's code
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

// Fold reads a stored event straight into the state.
func Fold(s *Shipment, r *byhand.Record) error {
	if r.Version != 1 || r.Sequence != s.Sequence+1 {
		return byhand.ErrUnknownEvent
	}
	s.Sequence = r.Sequence
	switch r.Key {
	case HandledKey:
		var e Handled
		if err := ReadHandled(r.Data, &e); err != nil {
			return err
		}
		s.handled(&e)
		return nil
	case BookedKey:
		var e Booked
		if err := ReadBooked(r.Data, &e); err != nil {
			return err
		}
		s.Customer, s.Due = e.Customer, e.Due
		return nil
	}
	return byhand.ErrUnknownEvent
}

// Replay is the state after all records; ErrNotFound if there are none.
func Replay(id string, records []*byhand.Record) (Shipment, error) {
	s := Shipment{ID: id}
	if len(records) == 0 {
		return s, byhand.ErrNotFound
	}
	for _, r := range records {
		if err := Fold(&s, r); err != nil {
			return s, err
		}
	}
	return s, nil
}
