package cargo

import (
	"strings"

	"github.com/fluvius-io/fluvius-go/bench/byhand/wire"
)

// ReadHandled reads a stored event into e, which must be zero. Its strings are parts of s.
func ReadHandled(s string, e *Handled) error {
	if fastHandled(s, e) {
		return nil
	}
	*e = Handled{}
	return readHandled(s, e)
}

// fastHandled knows the order in which AppendHandled writes. After false, e is to be thrown away.
func fastHandled(s string, e *Handled) bool {
	const step, place, items, charges, at, voyage = `{"step":`, `,"place":`, `,"items":`, `,"charges":`, `,"at":`, `,"voyage":`
	if !strings.HasPrefix(s, step) {
		return false
	}
	name, i := wire.Text(s, len(step))
	if i == wire.No || !strings.HasPrefix(s[i:], place) {
		return false
	}
	var ok bool
	if e.Step, ok = StepOf(name); !ok {
		return false
	}
	if i = fastPlace(s, i+len(place), &e.Place); i == wire.No || !strings.HasPrefix(s[i:], items) {
		return false
	}
	if e.Items, i = fastItems(s, i+len(items)); i == wire.No || !strings.HasPrefix(s[i:], charges) {
		return false
	}
	if e.Charges, i = fastCharges(s, i+len(charges)); i == wire.No || !strings.HasPrefix(s[i:], at) {
		return false
	}
	if e.At, i = wire.Time(s, i+len(at)); i == wire.No {
		return false
	}
	if strings.HasPrefix(s[i:], voyage) {
		if e.Voyage.Value, i = wire.Text(s, i+len(voyage)); i == wire.No {
			return false
		}
		e.Voyage.Some = true
	}
	return s[i:] == "}"
}

func fastPlace(s string, i int, p *Place) int {
	const code, name, quay = `{"code":`, `,"name":`, `,"quay":`
	if !strings.HasPrefix(s[i:], code) {
		return wire.No
	}
	if p.Code, i = wire.Text(s, i+len(code)); i == wire.No || !strings.HasPrefix(s[i:], name) {
		return wire.No
	}
	if p.Name, i = wire.Text(s, i+len(name)); i == wire.No {
		return wire.No
	}
	if strings.HasPrefix(s[i:], quay) {
		if p.Quay.Value, i = wire.Text(s, i+len(quay)); i == wire.No {
			return wire.No
		}
		p.Quay.Some = true
	}
	return closing(s, i, '}')
}

// closing is the place behind c, or No.
func closing(s string, i int, c byte) int {
	if i < len(s) && s[i] == c {
		return i + 1
	}
	return wire.No
}

func fastItems(s string, i int) ([]Item, int) {
	if i = closing(s, i, '['); i == wire.No {
		return nil, wire.No
	}
	if next := closing(s, i, ']'); next != wire.No {
		return nil, next
	}
	items := make([]Item, 0, 2)
	for {
		items = append(items, Item{})
		if i = fastItem(s, i, &items[len(items)-1]); i == wire.No || i >= len(s) {
			return nil, wire.No
		}
		switch s[i] {
		case ',':
			i++
		case ']':
			return items, i + 1
		default:
			return nil, wire.No
		}
	}
}

func fastItem(s string, i int, item *Item) int {
	const sku, quantity, price, labels = `{"sku":`, `,"quantity":`, `,"price":`, `,"labels":`
	if !strings.HasPrefix(s[i:], sku) {
		return wire.No
	}
	if item.SKU, i = wire.Text(s, i+len(sku)); i == wire.No || !strings.HasPrefix(s[i:], quantity) {
		return wire.No
	}
	if item.Quantity, i = wire.Int(s, i+len(quantity)); i == wire.No || !strings.HasPrefix(s[i:], price) {
		return wire.No
	}
	if item.Price, i = wire.Amount(s, i+len(price)); i == wire.No || !strings.HasPrefix(s[i:], labels) {
		return wire.No
	}
	if item.Labels, i = fastLabels(s, i+len(labels)); i == wire.No {
		return wire.No
	}
	return closing(s, i, '}')
}

func fastLabels(s string, i int) ([]string, int) {
	if i = closing(s, i, '['); i == wire.No {
		return nil, wire.No
	}
	if next := closing(s, i, ']'); next != wire.No {
		return nil, next
	}
	labels := make([]string, 0, 2)
	for {
		label, next := wire.Text(s, i)
		if next == wire.No || next >= len(s) {
			return nil, wire.No
		}
		labels = append(labels, label)
		switch s[next] {
		case ',':
			i = next + 1
		case ']':
			return labels, next + 1
		default:
			return nil, wire.No
		}
	}
}

func fastCharges(s string, i int) (map[string]wire.Decimal, int) {
	if i = closing(s, i, '{'); i == wire.No {
		return nil, wire.No
	}
	if next := closing(s, i, '}'); next != wire.No {
		return nil, next
	}
	charges := make(map[string]wire.Decimal, 2)
	for last := ""; ; {
		name, next := wire.Text(s, i)
		if next == wire.No || len(charges) > 0 && name <= last {
			return nil, wire.No // not in order, or twice: for the other reader
		}
		if i = closing(s, next, ':'); i == wire.No {
			return nil, wire.No
		}
		if charges[name], i = wire.Amount(s, i); i == wire.No || i >= len(s) {
			return nil, wire.No
		}
		last = name
		switch s[i] {
		case ',':
			i++
		case '}':
			return charges, i + 1
		default:
			return nil, wire.No
		}
	}
}

// ReadBooked reads a stored event into e.
func ReadBooked(s string, e *Booked) error {
	r := wire.NewReader(s, true)
	var seen uint
	r.Open('{')
	for first := true; ; first = false {
		name, ok := r.Field(first)
		if !ok {
			break
		}
		switch name {
		case "customer":
			r.Once(&seen, 1, name)
			e.Customer = r.Text()
		case "due":
			r.Once(&seen, 2, name)
			e.Due = r.Time()
		default:
			r.Unknown(name)
		}
	}
	r.Need(seen, 3)
	return r.End()
}
