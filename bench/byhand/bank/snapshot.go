package bank

import (
	"github.com/fluvius-io/fluvius-go/bench/byhand"
	"github.com/fluvius-io/fluvius-go/bench/byhand/wire"
)

// AppendAccount writes a state, for a snapshot.
func AppendAccount(dst []byte, s *Account) ([]byte, error) {
	dst = append(dst, `{"sequence":`...)
	dst = wire.AppendInt(dst, int64(s.Sequence))
	dst = append(dst, `,"owner":`...)
	dst, ok := wire.AppendText(dst, s.Owner)
	if !ok {
		return nil, byhand.ErrInvalid
	}
	dst = append(dst, `,"credit":`...)
	dst = wire.AppendInt(dst, s.Credit)
	dst = append(dst, `,"balance":`...)
	dst = wire.AppendInt(dst, s.Balance)
	dst = append(dst, `,"moves":`...)
	dst = wire.AppendInt(dst, s.Moves)
	dst = append(dst, `,"last":`...)
	if dst, ok = wire.AppendText(dst, s.Last); !ok {
		return nil, byhand.ErrInvalid
	}
	return append(dst, '}'), nil
}

// ReadAccount reads a snapshot.
func ReadAccount(id, text string) (Account, error) {
	s := Account{ID: id}
	r := wire.NewReader(text, false)
	var seen uint
	r.Open('{')
	for first := true; ; first = false {
		name, ok := r.Field(first)
		if !ok {
			break
		}
		switch name {
		case "sequence":
			r.Once(&seen, 1, name)
			s.Sequence = uint64(r.Int())
		case "owner":
			r.Once(&seen, 2, name)
			s.Owner = r.Text()
		case "credit":
			r.Once(&seen, 4, name)
			s.Credit = r.Int()
		case "balance":
			r.Once(&seen, 8, name)
			s.Balance = r.Int()
		case "moves":
			r.Once(&seen, 16, name)
			s.Moves = r.Int()
		case "last":
			r.Once(&seen, 32, name)
			s.Last = r.Text()
		default:
			r.Unknown(name)
		}
	}
	r.Need(seen, 63)
	return s, r.End()
}
