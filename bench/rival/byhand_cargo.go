package rival

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/fluvius-io/fluvius-go/bench/byhand"
	"github.com/fluvius-io/fluvius-go/bench/byhand/cargo"
	"github.com/fluvius-io/fluvius-go/bench/data"
	"github.com/fluvius-io/fluvius-go/bench/work"
)

// handShipments are shipments on a log in memory, and the commands that are given by turns.
type handShipments struct {
	*cargo.Shipments
	given *[work.Different]cargo.Handled
}

func (a handShipments) Do(ctx context.Context, id string, k int) error {
	_, err := a.Handle(ctx, id, a.given[k%work.Different])
	return err
}

// Balance is the total in cents.
func (a handShipments) Balance(_ context.Context, id string) (int64, error) {
	s, err := a.Load(id)
	if err != nil {
		return 0, err
	}
	return strconv.ParseInt(strings.Replace(s.Total.String(), ".", "", 1), 10, 64)
}

func shipmentsByHand(codec cargo.Codec, keep bool) starter {
	return func(w *work.Workload, _ string) (work.Job, error) {
		var given [work.Different]cargo.Handled
		for i, text := range payloads(data.Handled) {
			if err := cargo.ReadHandled(text, &given[i]); err != nil {
				return nil, err
			}
		}
		fresh := func(ids []string, events int) (accounts, error) {
			in := cargo.NewShipments(byhand.NewStore(), codec, keep)
			first := recordsOf(data.Cargo(events))
			for _, id := range ids {
				if _, err := in.Store.Append(id, 0, slices.Clone(first)); err != nil {
					return nil, err
				}
				if !keep {
					continue
				}
				if err := in.Keep(id); err != nil {
					return nil, err
				}
			}
			return handShipments{in, &given}, nil
		}
		if keep {
			return warm(w, fresh), nil
		}
		return cold(w, fresh), nil
	}
}
