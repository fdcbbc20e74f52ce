package cargo

import (
	"slices"

	"github.com/fluvius-io/fluvius-go/bench/byhand"
	"github.com/fluvius-io/fluvius-go/bench/byhand/wire"
)

// AppendHandled writes an event as JSON; ErrInvalid if a quantity is not above zero, the time's year has
// not four digits, or a string is no UTF-8.
func AppendHandled(dst []byte, e *Handled) ([]byte, error) {
	if int(e.Step) >= len(stepNames) || e.At.Year() < 0 || e.At.Year() > 9999 {
		return nil, byhand.ErrInvalid
	}
	dst = append(dst, `{"step":"`...)
	dst = append(dst, stepNames[e.Step]...)
	dst = append(dst, `","place":`...)
	dst, ok := appendPlace(dst, &e.Place)
	if !ok {
		return nil, byhand.ErrInvalid
	}
	dst = append(dst, `,"items":`...)
	if dst, ok = appendItems(dst, e.Items); !ok {
		return nil, byhand.ErrInvalid
	}
	dst = append(dst, `,"charges":`...)
	if dst, ok = appendCharges(dst, e.Charges); !ok {
		return nil, byhand.ErrInvalid
	}
	dst = append(dst, `,"at":`...)
	dst = wire.AppendTime(dst, e.At)
	if e.Voyage.Some {
		dst = append(dst, `,"voyage":`...)
		if dst, ok = wire.AppendText(dst, e.Voyage.Value); !ok {
			return nil, byhand.ErrInvalid
		}
	}
	return append(dst, '}'), nil
}

func appendPlace(dst []byte, p *Place) (out []byte, ok bool) {
	dst = append(dst, `{"code":`...)
	if dst, ok = wire.AppendText(dst, p.Code); !ok {
		return nil, false
	}
	dst = append(dst, `,"name":`...)
	if dst, ok = wire.AppendText(dst, p.Name); !ok {
		return nil, false
	}
	if p.Quay.Some {
		dst = append(dst, `,"quay":`...)
		if dst, ok = wire.AppendText(dst, p.Quay.Value); !ok {
			return nil, false
		}
	}
	return append(dst, '}'), true
}

func appendItems(dst []byte, items []Item) (out []byte, ok bool) {
	dst = append(dst, '[')
	for i := range items {
		item := &items[i]
		if item.Quantity <= 0 {
			return nil, false
		}
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(dst, `{"sku":`...)
		if dst, ok = wire.AppendText(dst, item.SKU); !ok {
			return nil, false
		}
		dst = append(dst, `,"quantity":`...)
		dst = wire.AppendInt(dst, item.Quantity)
		dst = append(dst, `,"price":`...)
		dst = wire.AppendAmount(dst, item.Price)
		dst = append(dst, `,"labels":[`...)
		for k, label := range item.Labels {
			if k > 0 {
				dst = append(dst, ',')
			}
			if dst, ok = wire.AppendText(dst, label); !ok {
				return nil, false
			}
		}
		dst = append(dst, ']', '}')
	}
	return append(dst, ']'), true
}

func appendCharges(dst []byte, charges map[string]wire.Decimal) (out []byte, ok bool) {
	var few [8]string
	names := few[:0]
	for name := range charges {
		names = append(names, name)
	}
	slices.Sort(names)
	dst = append(dst, '{')
	for i, name := range names {
		if i > 0 {
			dst = append(dst, ',')
		}
		if dst, ok = wire.AppendText(dst, name); !ok {
			return nil, false
		}
		dst = append(dst, ':')
		dst = wire.AppendAmount(dst, charges[name])
	}
	return append(dst, '}'), true
}
