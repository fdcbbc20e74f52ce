package bank

import (
	"strings"

	"github.com/fluvius-io/fluvius-go/bench/byhand"
	"github.com/fluvius-io/fluvius-go/bench/byhand/wire"
)

// AppendOpened writes an event as JSON; ErrInvalid if a string is no UTF-8.
func AppendOpened(dst []byte, e *Opened) ([]byte, error) {
	dst = append(dst, `{"owner":`...)
	dst, ok := wire.AppendText(dst, e.Owner)
	if !ok {
		return nil, byhand.ErrInvalid
	}
	dst = append(dst, `,"credit":`...)
	return append(wire.AppendInt(dst, e.Credit), '}'), nil
}

// AppendDeposited writes an event as JSON; ErrInvalid if the amount is not above zero, or a string no UTF-8.
func AppendDeposited(dst []byte, e *Deposited) ([]byte, error) {
	return appendMove(dst, e.Amount, e.Reference)
}

// AppendWithdrawn is as AppendDeposited.
func AppendWithdrawn(dst []byte, e *Withdrawn) ([]byte, error) {
	return appendMove(dst, e.Amount, e.Reference)
}

func appendMove(dst []byte, amount int64, reference string) ([]byte, error) {
	if amount <= 0 {
		return nil, byhand.ErrInvalid
	}
	dst = append(dst, `{"amount":`...)
	dst = wire.AppendInt(dst, amount)
	dst = append(dst, `,"reference":`...)
	dst, ok := wire.AppendText(dst, reference)
	if !ok {
		return nil, byhand.ErrInvalid
	}
	return append(dst, '}'), nil
}

// ReadOpened reads a stored event; its strings are parts of s.
func ReadOpened(s string) (e Opened, err error) {
	if e, ok := fastOpened(s); ok {
		return e, nil
	}
	r := wire.NewReader(s, true)
	var seen uint
	r.Open('{')
	for first := true; ; first = false {
		name, ok := r.Field(first)
		if !ok {
			break
		}
		switch name {
		case "owner":
			r.Once(&seen, 1, name)
			e.Owner = r.Text()
		case "credit":
			r.Once(&seen, 2, name)
			e.Credit = r.Int()
		default:
			r.Unknown(name)
		}
	}
	r.Need(seen, 3)
	return e, r.End()
}

func fastOpened(s string) (e Opened, ok bool) {
	const first, second = `{"owner":`, `,"credit":`
	if !strings.HasPrefix(s, first) {
		return e, false
	}
	i := len(first)
	if e.Owner, i = wire.Text(s, i); i == wire.No || !strings.HasPrefix(s[i:], second) {
		return e, false
	}
	if e.Credit, i = wire.Int(s, i+len(second)); i == wire.No {
		return e, false
	}
	return e, s[i:] == "}"
}

// ReadDeposited reads a stored event; its strings are parts of s.
func ReadDeposited(s string) (e Deposited, err error) {
	var ok bool
	if e.Amount, e.Reference, ok = fastMove(s); ok {
		return e, nil
	}
	e.Amount, e.Reference, err = readMove(s)
	return e, err
}

// ReadWithdrawn reads a stored event; its strings are parts of s.
func ReadWithdrawn(s string) (e Withdrawn, err error) {
	var ok bool
	if e.Amount, e.Reference, ok = fastMove(s); ok {
		return e, nil
	}
	e.Amount, e.Reference, err = readMove(s)
	return e, err
}

func fastMove(s string) (amount int64, reference string, ok bool) {
	const first, second = `{"amount":`, `,"reference":`
	if !strings.HasPrefix(s, first) {
		return 0, "", false
	}
	amount, i := wire.Int(s, len(first))
	if i == wire.No || !strings.HasPrefix(s[i:], second) {
		return 0, "", false
	}
	if reference, i = wire.Text(s, i+len(second)); i == wire.No {
		return 0, "", false
	}
	return amount, reference, s[i:] == "}"
}

func readMove(s string) (amount int64, reference string, err error) {
	r := wire.NewReader(s, true)
	var seen uint
	r.Open('{')
	for first := true; ; first = false {
		name, ok := r.Field(first)
		if !ok {
			break
		}
		switch name {
		case "amount":
			r.Once(&seen, 1, name)
			amount = r.Int()
		case "reference":
			r.Once(&seen, 2, name)
			reference = r.Text()
		default:
			r.Unknown(name)
		}
	}
	r.Need(seen, 3)
	return amount, reference, r.End()
}
