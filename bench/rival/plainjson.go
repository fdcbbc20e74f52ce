package rival

import (
	"encoding/json"

	"github.com/fluvius-io/fluvius-go/bench/byhand"
	"github.com/fluvius-io/fluvius-go/bench/byhand/wire"
	"github.com/fluvius-io/fluvius-go/bench/data"
	"github.com/fluvius-io/fluvius-go/bench/plainjson"
	"github.com/fluvius-io/fluvius-go/bench/work"
)

// PlainJSON is the code by hand with encoding/json as its codec.
func PlainJSON() work.Rival {
	return table{"encoding/json", map[string]starter{
		"encode-bank": encodeBankPlain, "decode-bank": decodeBankPlain,
		"encode-cargo": encodeCargoPlain, "decode-cargo": decodeCargoPlain,
		"replay-bank": replayBankByHand(plainjson.Bank), "replay-cargo": replayCargoPlain,
		"command-cold": coldByHand(plainjson.Bank), "command-warm": warmByHand(plainjson.Bank),
	}}
}

func encodeBankPlain(*work.Workload, string) (work.Job, error) {
	var events [work.Different]plainjson.Move
	for i := range events {
		events[i] = plainjson.Move{Amount: data.Deposit(1 + i), Reference: data.Reference(1 + i)}
	}
	return repeat(func(i int) (int64, error) {
		text, err := json.Marshal(&events[i%work.Different])
		return int64(len(text)), err
	}), nil
}

func decodeBankPlain(*work.Workload, string) (work.Job, error) {
	texts := payloads(data.Deposited)
	return repeat(func(i int) (int64, error) {
		var e plainjson.Move
		err := json.Unmarshal([]byte(texts[i%work.Different]), &e)
		return e.Amount, err
	}), nil
}

func encodeCargoPlain(*work.Workload, string) (work.Job, error) {
	var events [work.Different]plainjson.Handled
	for i, text := range payloads(data.Handled) {
		if err := json.Unmarshal([]byte(text), &events[i]); err != nil {
			return nil, err
		}
	}
	return repeat(func(i int) (int64, error) {
		text, err := json.Marshal(&events[i%work.Different])
		return int64(len(text)), err
	}), nil
}

func decodeCargoPlain(*work.Workload, string) (work.Job, error) {
	texts := payloads(data.Handled)
	return repeat(func(i int) (int64, error) {
		var e plainjson.Handled
		if err := json.Unmarshal([]byte(texts[i%work.Different]), &e); err != nil {
			return 0, err
		}
		return charged(e.Charges, 1+i%work.Different)
	}), nil
}

func replayCargoPlain(w *work.Workload, _ string) (work.Job, error) {
	store := byhand.NewStore()
	if _, err := store.Append("a", 0, recordsOf(data.Cargo(w.Size))); err != nil {
		return nil, err
	}
	total := wire.DecimalOf(data.Total(w.Size), 2)
	return repeat(func(int) (int64, error) {
		var s plainjson.Shipment
		for _, r := range store.Read("a") {
			if err := plainjson.FoldShipment(&s, r); err != nil {
				return 0, err
			}
		}
		if !s.Total.Equal(total) {
			return 0, errWrong
		}
		return data.Total(w.Size) + s.Visits[data.Places[0][0]], nil
	}), nil
}
