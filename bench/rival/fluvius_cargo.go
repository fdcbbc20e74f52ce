package rival

import (
	"context"

	"github.com/fluvius-io/fluvius-go/bench/data"
	"github.com/fluvius-io/fluvius-go/bench/gen/cargo"
	"github.com/fluvius-io/fluvius-go/bench/work"
	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/fluvius-io/fluvius-go/runtime/memory"
)

// ourShipments are shipments in a domain, and the commands that are given by turns; the reader is as that of
// ourAccounts.
type ourShipments struct {
	writer, reader *cargo.Domain
	given          [work.Different]cargo.Handle
}

func (a *ourShipments) Do(ctx context.Context, id string, k int) error {
	_, err := a.writer.Shipment.Handle(ctx, cargo.ShipmentID(id), a.given[k%work.Different])
	return err
}

// Balance is the total in cents.
func (a *ourShipments) Balance(ctx context.Context, id string) (int64, error) {
	s, err := a.reader.Shipment.Load(ctx, cargo.ShipmentID(id))
	return s.Total.CoefficientInt64(), err
}

func shipment(id string) runtime.Stream {
	return runtime.Stream{Domain: "cargo", Aggregate: "shipment", ID: id}
}

func shipmentWorld(keep bool) world {
	return func(ids []string, events int) (accounts, error) {
		store := memory.New()
		first := data.Cargo(events)
		for _, id := range ids {
			if err := fill(store, shipment(id), first); err != nil {
				return nil, err
			}
		}
		return newShipments(store, ids, keep)
	}
}

func newShipments(store runtime.Store, ids []string, keep bool) (a *ourShipments, err error) {
	a = &ourShipments{}
	for i, text := range payloads(data.Handled) {
		var e cargo.ShipmentHandled
		if err := e.UnmarshalJSON([]byte(text)); err != nil {
			return nil, err
		}
		a.given[i] = cargo.Handle{Step: e.Step, Place: e.Place, Items: e.Items, Charges: e.Charges, Voyage: e.Voyage}
	}
	var opts []runtime.DomainOption
	if !keep {
		opts = append(opts, runtime.WithCache(0))
	}
	if a.writer, err = cargo.New(store, opts...); err != nil {
		return nil, err
	}
	if a.reader, err = cargo.New(store, runtime.WithCache(0)); err != nil || !keep {
		return a, err
	}
	for _, id := range ids {
		if _, err := a.writer.Shipment.Load(context.Background(), cargo.ShipmentID(id)); err != nil {
			return nil, err
		}
	}
	return a, nil
}
