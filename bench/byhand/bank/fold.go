package bank

import (
	"fmt"

	"github.com/fluvius-io/fluvius-go/bench/byhand"
)

// Fold reads a stored event straight into the state.
func Fold(s *Account, r *byhand.Record) error {
	if r.Version != 1 || r.Sequence != s.Sequence+1 {
		return unfit(r)
	}
	s.Sequence = r.Sequence
	switch r.Key {
	case DepositedKey:
		e, err := ReadDeposited(r.Data)
		if err != nil {
			return err
		}
		return s.deposited(&e)
	case WithdrawnKey:
		e, err := ReadWithdrawn(r.Data)
		if err != nil {
			return err
		}
		return s.withdrawn(&e)
	case OpenedKey:
		e, err := ReadOpened(r.Data)
		if err != nil {
			return err
		}
		s.Owner, s.Credit = e.Owner, e.Credit
		return nil
	}
	return unfit(r)
}

func unfit(r *byhand.Record) error {
	return fmt.Errorf("%w: %s@%d at sequence %d", byhand.ErrUnknownEvent, r.Key, r.Version, r.Sequence)
}

// Replay is the state after all records; ErrNotFound if there are none.
func Replay(id string, records []*byhand.Record) (Account, error) {
	return ReplayWith(Fold, id, records)
}

// ReplayWith is Replay with another fold.
func ReplayWith(fold func(*Account, *byhand.Record) error, id string, records []*byhand.Record) (Account, error) {
	s := Account{ID: id}
	if len(records) == 0 {
		return s, byhand.ErrNotFound
	}
	for _, r := range records {
		if err := fold(&s, r); err != nil {
			return s, err
		}
	}
	return s, nil
}

// Apply folds an event that was decoded elsewhere, for peers that differ in the codec alone.
func (s *Account) Apply(r *byhand.Record, e any, err error) error {
	if err != nil {
		return err
	}
	if r.Sequence != s.Sequence+1 {
		return unfit(r)
	}
	s.Sequence = r.Sequence
	switch e := e.(type) {
	case Deposited:
		return s.deposited(&e)
	case Withdrawn:
		return s.withdrawn(&e)
	case Opened:
		s.Owner, s.Credit = e.Owner, e.Credit
		return nil
	}
	return unfit(r)
}
