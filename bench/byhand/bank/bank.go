// Package bank is the bank account by hand: a codec for each event, the fold, and the commands on a log in
// memory. Its events are those of bench/domains/bank.fluv, their payloads 36 bytes.
package bank

import (
	"fmt"

	"github.com/fluvius-io/fluvius-go/bench/byhand"
)

// The keys of the events.
const (
	OpenedKey    = "account-opened"
	DepositedKey = "money-deposited"
	WithdrawnKey = "money-withdrawn"
)

// Account is the state.
type Account struct {
	ID       string
	Sequence uint64
	Owner    string
	Credit   int64 // how far the balance may go below zero
	Balance  int64
	Moves    int64
	Last     string // the last reference
}

// The events, and the commands, which have the same fields.
type (
	Opened struct {
		Owner  string
		Credit int64
	}
	Deposited struct {
		Amount    int64
		Reference string
	}
	Withdrawn struct {
		Amount    int64
		Reference string
	}
)

// Insufficient says that a withdrawal goes below what the account may.
type Insufficient struct {
	ID      string
	Balance int64
}

func (e Insufficient) Error() string {
	return fmt.Sprintf("the account %s has only %d", e.ID, e.Balance)
}

func (s *Account) deposited(e *Deposited) (err error) {
	if s.Balance, err = byhand.Add(s.Balance, e.Amount); err != nil {
		return err
	}
	s.Moves++
	s.Last = e.Reference
	return nil
}

func (s *Account) withdrawn(e *Withdrawn) (err error) {
	if s.Balance, err = byhand.Add(s.Balance, -e.Amount); err != nil {
		return err
	}
	s.Moves++
	s.Last = e.Reference
	return nil
}
