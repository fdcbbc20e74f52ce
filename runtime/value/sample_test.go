package value_test

import (
	"time"

	"github.com/fluvius-io/fluvius-go/runtime/value"
)

// What stands here is written as the generator would write it: a type with each kind of field, its encoder and
// its two decoders. The tests of the codecs all work on it.

type (
	email    string
	quantity int64
	phase    uint8
)

const (
	phaseOpen phase = iota
	phaseShut
)

var phaseEnum = &value.Enum{Name: "Phase", Texts: []string{"open", "SHUT"}, Was: map[string]int{"closed": 1}}

type line struct {
	Product  string
	Quantity quantity
	Weight   float64
}

type order struct {
	Customer email
	Lines    []line
	Stock    map[string]int64
	ByNumber map[int64]phase
	Note     value.Optional[string]
	Phase    phase
	At       time.Time
	Took     time.Duration
	Seal     []byte
	Extra    []byte
	Paid     bool
	Tags     []string
	Lots     map[phase][]int64
}

func appendLine(dst []byte, v line) []byte {
	dst = append(dst, `{"product":`...)
	dst = value.AppendString(dst, v.Product)
	dst = append(dst, `,"quantity":`...)
	dst = value.AppendInt(dst, v.Quantity)
	dst = append(dst, `,"weight":`...)
	dst = value.AppendFloat(dst, v.Weight)
	return append(dst, '}')
}

func appendInts(dst []byte, v []int64) []byte {
	return value.AppendList(dst, v, value.AppendInt[int64])
}

func appendPhase(dst []byte, v phase) []byte { return value.AppendEnum(dst, v, phaseEnum) }

func appendOrder(dst []byte, v order) []byte {
	dst = append(dst, `{"customer":`...)
	dst = value.AppendString(dst, v.Customer)
	dst = append(dst, `,"lines":`...)
	dst = value.AppendList(dst, v.Lines, appendLine)
	dst = append(dst, `,"stock":`...)
	dst = value.AppendMap(dst, v.Stock, value.TextKey[string]{}, value.AppendInt[int64])
	dst = append(dst, `,"by_number":`...)
	dst = value.AppendMap(dst, v.ByNumber, value.IntKey{}, appendPhase)
	if note, ok := v.Note.Get(); ok {
		dst = append(dst, `,"note":`...)
		dst = value.AppendString(dst, note)
	}
	dst = append(dst, `,"phase":`...)
	dst = value.AppendEnum(dst, v.Phase, phaseEnum)
	dst = append(dst, `,"at":`...)
	dst = value.AppendTime(dst, v.At)
	dst = append(dst, `,"took":`...)
	dst = value.AppendDuration(dst, v.Took)
	dst = append(dst, `,"seal":`...)
	dst = value.AppendBytes(dst, v.Seal)
	dst = append(dst, `,"extra":`...)
	dst = value.AppendJSON(dst, v.Extra)
	dst = append(dst, `,"paid":`...)
	dst = value.AppendBool(dst, v.Paid)
	dst = append(dst, `,"tags":`...)
	dst = value.AppendList(dst, v.Tags, value.AppendString[string])
	dst = append(dst, `,"lots":`...)
	dst = value.AppendMap(dst, v.Lots, value.EnumKey[phase]{Enum: phaseEnum}, appendInts)
	return append(dst, '}')
}

func fastLine(c *value.Cursor) (v line) {
	c.Lit(`{"product":`)
	v.Product = c.Text()
	c.Lit(`,"quantity":`)
	v.Quantity = quantity(c.Int())
	c.Lit(`,"weight":`)
	v.Weight = c.Float()
	c.Lit(`}`)
	return v
}

func fastInts(c *value.Cursor) (v []int64) {
	for c.Open('['); c.More(']'); {
		v = value.Push(v, c.Int())
	}
	return v
}

func fastOrder(c *value.Cursor) (v order) {
	c.Lit(`{"customer":`)
	v.Customer = email(c.Text())
	c.Lit(`,"lines":`)
	for c.Open('['); c.More(']'); {
		v.Lines = value.Push(v.Lines, fastLine(c))
	}
	c.Lit(`,"stock":`)
	for c.Open('{'); c.More('}'); {
		k := value.FastKey(c, value.TextKey[string]{})
		value.Put(c, &v.Stock, k, c.Int())
	}
	c.Lit(`,"by_number":`)
	for c.Open('{'); c.More('}'); {
		k := value.FastKey(c, value.IntKey{})
		value.Put(c, &v.ByNumber, k, value.FastEnum[phase](c, phaseEnum))
	}
	if c.Try(`,"note":`) {
		v.Note = value.Some(c.Text())
	}
	c.Lit(`,"phase":`)
	v.Phase = value.FastEnum[phase](c, phaseEnum)
	c.Lit(`,"at":`)
	v.At = c.Time()
	c.Lit(`,"took":`)
	v.Took = c.Duration()
	c.Lit(`,"seal":`)
	v.Seal = c.Bytes()
	c.Lit(`,"extra":`)
	v.Extra = c.JSON()
	c.Lit(`,"paid":`)
	v.Paid = c.Bool()
	c.Lit(`,"tags":`)
	for c.Open('['); c.More(']'); {
		v.Tags = value.Push(v.Tags, c.Text())
	}
	c.Lit(`,"lots":`)
	for c.Open('{'); c.More('}'); {
		k := value.FastKey(c, value.EnumKey[phase]{Enum: phaseEnum})
		value.Put(c, &v.Lots, k, fastInts(c))
	}
	c.Lit(`}`)
	return v
}

var lineShape = value.NewShape("product", "quantity", "weight=")

func readLine(r *value.Reader) (v line) {
	for o := r.Object(lineShape); o.Next(); {
		switch o.Name {
		case "product":
			v.Product = r.Text()
		case "quantity":
			v.Quantity = quantity(r.Int())
		case "weight":
			v.Weight = r.Float()
		}
	}
	return v
}

func readInts(r *value.Reader) []int64 { return value.ReadList(r, value.ReadInt[int64]) }

func readPhase(r *value.Reader) phase { return value.ReadEnum[phase](r, phaseEnum) }

var orderShape = value.NewShape("customer", "lines", "stock", "by_number", "note?", "phase", "at", "took", "seal",
	"extra", "paid", "tags", "lots")

func readOrder(r *value.Reader) (v order) {
	for o := r.Object(orderShape); o.Next(); {
		switch o.Name {
		case "customer":
			v.Customer = email(r.Text())
		case "lines":
			v.Lines = value.ReadList(r, readLine)
		case "stock":
			v.Stock = value.ReadMap(r, value.TextKey[string]{}, value.ReadInt[int64])
		case "by_number":
			v.ByNumber = value.ReadMap(r, value.IntKey{}, readPhase)
		case "note":
			v.Note = value.ReadOptional(r, value.ReadString[string])
		case "phase":
			v.Phase = value.ReadEnum[phase](r, phaseEnum)
		case "at":
			v.At = r.Time()
		case "took":
			v.Took = r.Duration()
		case "seal":
			v.Seal = r.Bytes()
		case "extra":
			v.Extra = r.JSON()
		case "paid":
			v.Paid = r.Bool()
		case "tags":
			v.Tags = value.ReadList(r, value.ReadString[string])
		case "lots":
			v.Lots = value.ReadMap(r, value.EnumKey[phase]{Enum: phaseEnum}, readInts)
		}
	}
	return v
}

// decode is what a generated decoder does.
func decode(text string) (order, error) {
	c := value.NewCursor(text)
	if v := fastOrder(&c); c.End() {
		return v, nil
	}
	r := value.NewStoredReader(text)
	v := readOrder(r)
	return v, r.End()
}

func sampleOrder() order {
	return order{
		Customer: "ada@example.com",
		Lines:    []line{{"pencil", 3, 0.5}, {"paper \"A4\"", 500, 4.75}, {"Tinte, grün", 1, -1e-7}},
		Stock:    map[string]int64{"b": 2, "a": -1, "ä b": 1 << 62},
		ByNumber: map[int64]phase{10: phaseShut, 9: phaseOpen, -1: phaseShut},
		Note:     value.Some("line\nbreak & <b>"),
		Phase:    phaseShut,
		At:       time.Date(2026, 1, 2, 3, 4, 5, 60_000_000, time.UTC),
		Took:     90 * time.Minute,
		Seal:     []byte{0, 1, 254},
		Extra:    []byte(`{"a": [1, 2.50, null]}`),
		Paid:     true,
		Tags:     []string{"x", ""},
		Lots:     map[phase][]int64{phaseOpen: {1, 2}, phaseShut: nil},
	}
}

const sampleText = `{"customer":"ada@example.com",` +
	`"lines":[{"product":"pencil","quantity":3,"weight":0.5},{"product":"paper \"A4\"","quantity":500,"weight":4.75},` +
	`{"product":"Tinte, grün","quantity":1,"weight":-1e-7}],` +
	`"stock":{"a":-1,"b":2,"ä b":4611686018427387904},"by_number":{"-1":"SHUT","10":"SHUT","9":"open"},` +
	`"note":"line\nbreak & <b>","phase":"SHUT","at":"2026-01-02T03:04:05.06Z","took":"1h30m0s","seal":"AAH+",` +
	`"extra":{"a": [1, 2.50, null]},"paid":true,"tags":["x",""],"lots":{"SHUT":[],"open":[1,2]}}`
