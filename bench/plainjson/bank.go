// Package plainjson is the domains of the benchmarks with encoding/json: the types, folds and commands are those
// by hand, the codec is the standard library's with its usual settings.
package plainjson

import (
	"encoding/json"

	"github.com/fluvius-io/fluvius-go/bench/byhand"
	"github.com/fluvius-io/fluvius-go/bench/byhand/bank"
)

type opened struct {
	Owner  string `json:"owner"`
	Credit int64  `json:"credit"`
}

// Move is a deposit or a withdrawal as encoding/json reads and writes it.
type Move struct {
	Amount    int64  `json:"amount"`
	Reference string `json:"reference"`
}

// Bank is the codec of the bank account.
var Bank = bank.Codec{Deposited: appendDeposited, Withdrawn: appendWithdrawn, Fold: foldAccount}

func appendDeposited(dst []byte, e *bank.Deposited) ([]byte, error) {
	return appendMove(dst, Move(*e))
}

func appendWithdrawn(dst []byte, e *bank.Withdrawn) ([]byte, error) {
	return appendMove(dst, Move(*e))
}

func appendMove(dst []byte, m Move) ([]byte, error) {
	if m.Amount <= 0 {
		return nil, byhand.ErrInvalid
	}
	text, err := json.Marshal(m)
	return append(dst, text...), err
}

func foldAccount(s *bank.Account, r *byhand.Record) error {
	if r.Key == bank.OpenedKey {
		var e opened
		err := json.Unmarshal([]byte(r.Data), &e)
		return s.Apply(r, bank.Opened(e), err)
	}
	var m Move
	err := json.Unmarshal([]byte(r.Data), &m)
	switch r.Key {
	case bank.DepositedKey:
		return s.Apply(r, bank.Deposited(m), err)
	case bank.WithdrawnKey:
		return s.Apply(r, bank.Withdrawn(m), err)
	}
	return byhand.ErrUnknownEvent
}
