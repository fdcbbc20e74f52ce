package value_test

import (
	"testing"
	"time"

	"github.com/fluvius-io/fluvius-go/runtime/value"
	"github.com/stretchr/testify/require"
)

// payment is the event of the measurements: eight fields, a list of three, about 320 bytes, all in ASCII.
type payment struct {
	ID, Customer, Currency string
	Amount                 int64
	At                     time.Time
	Paid                   bool
	Note                   string
	Lines                  []item
}

type item struct {
	Product  string
	Quantity int64
	Price    int64
}

func appendItem(dst []byte, v item) []byte {
	dst = append(dst, `{"product":`...)
	dst = value.AppendString(dst, v.Product)
	dst = append(dst, `,"quantity":`...)
	dst = value.AppendInt(dst, v.Quantity)
	dst = append(dst, `,"price":`...)
	dst = value.AppendInt(dst, v.Price)
	return append(dst, '}')
}

func appendPayment(dst []byte, v *payment) []byte {
	dst = append(dst, `{"id":`...)
	dst = value.AppendString(dst, v.ID)
	dst = append(dst, `,"customer":`...)
	dst = value.AppendString(dst, v.Customer)
	dst = append(dst, `,"currency":`...)
	dst = value.AppendString(dst, v.Currency)
	dst = append(dst, `,"amount":`...)
	dst = value.AppendInt(dst, v.Amount)
	dst = append(dst, `,"at":`...)
	dst = value.AppendTime(dst, v.At)
	dst = append(dst, `,"paid":`...)
	dst = value.AppendBool(dst, v.Paid)
	dst = append(dst, `,"note":`...)
	dst = value.AppendString(dst, v.Note)
	dst = append(dst, `,"lines":`...)
	dst = value.AppendList(dst, v.Lines, appendItem)
	return append(dst, '}')
}

func fastItem(c *value.Cursor) (v item) {
	c.Lit(`{"product":`)
	v.Product = c.Text()
	c.Lit(`,"quantity":`)
	v.Quantity = c.Int()
	c.Lit(`,"price":`)
	v.Price = c.Int()
	c.Lit(`}`)
	return v
}

func fastPayment(c *value.Cursor) (v payment) {
	c.Lit(`{"id":`)
	v.ID = c.Text()
	c.Lit(`,"customer":`)
	v.Customer = c.Text()
	c.Lit(`,"currency":`)
	v.Currency = c.Text()
	c.Lit(`,"amount":`)
	v.Amount = c.Int()
	c.Lit(`,"at":`)
	v.At = c.Time()
	c.Lit(`,"paid":`)
	v.Paid = c.Bool()
	c.Lit(`,"note":`)
	v.Note = c.Text()
	c.Lit(`,"lines":`)
	for c.Open('['); c.More(']'); {
		v.Lines = value.Push(v.Lines, fastItem(c))
	}
	c.Lit(`}`)
	return v
}

var (
	itemShape    = value.NewShape("product", "quantity", "price")
	paymentShape = value.NewShape("id", "customer", "currency", "amount", "at", "paid", "note", "lines")
)

func readItem(r *value.Reader) (v item) {
	for o := r.Object(itemShape); o.Next(); {
		switch o.Name {
		case "product":
			v.Product = r.Text()
		case "quantity":
			v.Quantity = r.Int()
		case "price":
			v.Price = r.Int()
		}
	}
	return v
}

func readPayment(r *value.Reader) (v payment) {
	for o := r.Object(paymentShape); o.Next(); {
		switch o.Name {
		case "id":
			v.ID = r.Text()
		case "customer":
			v.Customer = r.Text()
		case "currency":
			v.Currency = r.Text()
		case "amount":
			v.Amount = r.Int()
		case "at":
			v.At = r.Time()
		case "paid":
			v.Paid = r.Bool()
		case "note":
			v.Note = r.Text()
		case "lines":
			v.Lines = value.ReadList(r, readItem)
		}
	}
	return v
}

func samplePayment() *payment {
	return &payment{
		ID: "pay-000042", Customer: "u-1815-12-10", Currency: "EUR", Amount: 129900,
		At: time.Date(2026, 1, 2, 3, 4, 5, 678_900_000, time.UTC), Paid: true, Note: "thank you for your order",
		Lines: []item{{"pencil, hard", 3, 120}, {"paper, A4, 80 g", 500, 5}, {"ink, black", 1, 499}},
	}
}

func TestPaymentIsWhatItWas(t *testing.T) {
	want := samplePayment()
	text := string(appendPayment(nil, want))
	require.InDelta(t, 320, len(text), 40, "the event of the measurements has about 320 bytes")
	c := value.NewCursor(text)
	require.Equal(t, *want, fastPayment(&c))
	require.True(t, c.End())
	r := value.NewReader(text)
	require.Equal(t, *want, readPayment(r))
	require.NoError(t, r.End())
}

func BenchmarkEncode(b *testing.B) {
	p := samplePayment()
	var dst []byte
	b.ReportAllocs()
	for b.Loop() {
		dst = appendPayment(dst[:0], p)
		if value.Fault(dst) != nil {
			b.Fatal("fault")
		}
	}
}

func BenchmarkDecodeFast(b *testing.B) {
	text := string(appendPayment(nil, samplePayment()))
	b.ReportAllocs()
	for b.Loop() {
		c := value.NewCursor(text)
		p := fastPayment(&c)
		if !c.End() || p.Amount == 0 {
			b.Fatal("not read")
		}
	}
}

func BenchmarkDecodeStrict(b *testing.B) {
	text := string(appendPayment(nil, samplePayment()))
	b.ReportAllocs()
	for b.Loop() {
		r := value.NewReader(text)
		if p := readPayment(r); r.End() != nil || p.Amount == 0 {
			b.Fatal("not read")
		}
	}
}

// BenchmarkDecodeSmall is an event of a bank account, as in the measurements of replay.
func BenchmarkDecodeSmall(b *testing.B) {
	const text = `{"amount":1200,"reason":"salary 11"}`
	b.ReportAllocs()
	for b.Loop() {
		c := value.NewCursor(text)
		c.Lit(`{"amount":`)
		n := c.Int()
		c.Lit(`,"reason":`)
		s := c.Text()
		c.Lit(`}`)
		if !c.End() || n == 0 || s == "" {
			b.Fatal("not read")
		}
	}
}
