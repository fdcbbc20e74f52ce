package cargo

import "github.com/fluvius-io/fluvius-go/bench/byhand/wire"

// readHandled takes any order and spacing, and fields that are not known.
func readHandled(s string, e *Handled) error {
	r := wire.NewReader(s, true)
	var seen uint
	r.Open('{')
	for first := true; ; first = false {
		name, ok := r.Field(first)
		if !ok {
			break
		}
		switch name {
		case "step":
			r.Once(&seen, 1, name)
			e.Step = readStep(r)
		case "place":
			r.Once(&seen, 2, name)
			readPlace(r, &e.Place)
		case "items":
			r.Once(&seen, 4, name)
			e.Items = readItems(r)
		case "charges":
			r.Once(&seen, 8, name)
			e.Charges = readCharges(r)
		case "at":
			r.Once(&seen, 16, name)
			e.At = r.Time()
		case "voyage":
			r.Once(&seen, 32, name)
			e.Voyage = readOptional(r)
		default:
			r.Unknown(name)
		}
	}
	r.Need(seen, 31)
	return r.End()
}

func readStep(r *wire.Reader) Step {
	name := r.Text()
	step, ok := StepOf(name)
	if !ok {
		r.Fail("no step: " + name)
	}
	return step
}

func readOptional(r *wire.Reader) Text {
	if r.Null() {
		return Text{}
	}
	return Text{Value: r.Text(), Some: true}
}

func readPlace(r *wire.Reader, p *Place) {
	var seen uint
	r.Open('{')
	for first := true; ; first = false {
		name, ok := r.Field(first)
		if !ok {
			break
		}
		switch name {
		case "code":
			r.Once(&seen, 1, name)
			p.Code = r.Text()
		case "name":
			r.Once(&seen, 2, name)
			p.Name = r.Text()
		case "quay":
			r.Once(&seen, 4, name)
			p.Quay = readOptional(r)
		default:
			r.Unknown(name)
		}
	}
	r.Need(seen, 3)
}

func readItems(r *wire.Reader) (items []Item) {
	r.Open('[')
	for first := true; r.Item(first); first = false {
		items = append(items, Item{})
		readItem(r, &items[len(items)-1])
	}
	return items
}

func readItem(r *wire.Reader, item *Item) {
	var seen uint
	r.Open('{')
	for first := true; ; first = false {
		name, ok := r.Field(first)
		if !ok {
			break
		}
		switch name {
		case "sku":
			r.Once(&seen, 1, name)
			item.SKU = r.Text()
		case "quantity":
			r.Once(&seen, 2, name)
			item.Quantity = r.Int()
		case "price":
			r.Once(&seen, 4, name)
			item.Price = r.Amount()
		case "labels":
			r.Once(&seen, 8, name)
			item.Labels = readLabels(r)
		default:
			r.Unknown(name)
		}
	}
	r.Need(seen, 15)
}

func readLabels(r *wire.Reader) (labels []string) {
	r.Open('[')
	for first := true; r.Item(first); first = false {
		labels = append(labels, r.Text())
	}
	return labels
}

func readCharges(r *wire.Reader) map[string]wire.Decimal {
	charges := map[string]wire.Decimal{}
	r.Open('{')
	for first := true; ; first = false {
		name, ok := r.Field(first)
		if !ok {
			return charges
		}
		if _, twice := charges[name]; twice {
			r.Fail("the key " + name + " is there twice")
		}
		charges[name] = r.Amount()
	}
}
