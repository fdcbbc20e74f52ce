package difffuzz

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/internal/difffuzz/compiled"
)

// caller makes random histories and commands for a domain.
type caller struct {
	rand *rand.Rand
	bad  int // one of so many values is not fit; 0 for none

	depth  int  // of values in each other
	broken bool // what is not fit may be no JSON at all
}

// Cases are n random cases of a domain, the same for a seed.
func Cases(d *Domain, n int, seed uint64) []compiled.Case {
	c := &caller{rand: rand.New(rand.NewPCG(seed, 2))}
	var cases []compiled.Case
	for range n {
		cases = append(cases, c.one(d))
	}
	return cases
}

func (c *caller) one(d *Domain) compiled.Case {
	a := d.Model.Aggregates[c.rand.IntN(len(d.Model.Aggregates))]
	c.bad = 0
	if c.rand.IntN(4) == 0 {
		c.bad = 40
	}
	made := compiled.Case{
		Package: d.Name, Aggregate: a.Name, ID: c.pick("id-1", "Ü/x", "10"), Actor: c.pick("", "ada"),
		Now: c.time(),
	}
	act := c.rand.IntN(4) > 0
	if c.rand.IntN(4) > 0 || !act {
		c.broken = !act // a test block's history is JSON
		made.Records = c.history(a)
	}
	c.broken = true
	if act {
		action := a.Actions[c.rand.IntN(len(a.Actions))]
		made.Action, made.Command = action.Name, c.object(fieldsOf(action), true)
	}
	return made
}

// fieldsOf are the parameters of an action as fields of its command: those with a default are optional.
func fieldsOf(action *model.Action) []*model.Field {
	fields := make([]*model.Field, len(action.Params))
	for i, p := range action.Params {
		fields[i] = &model.Field{Name: p.Name, Type: p.Type}
		if _, ok := p.Type.(*model.Optional); p.Default != nil && !ok {
			fields[i].Type = &model.Optional{Elem: p.Type}
		}
	}
	return fields
}

// history begins, mostly, with an event that an action creates.
func (c *caller) history(a *model.Aggregate) []compiled.Record {
	var opening []*model.Event
	for _, action := range a.Actions {
		for _, v := range action.Creates {
			opening = append(opening, v.Event)
		}
	}
	records := []compiled.Record{c.record(opening[c.rand.IntN(len(opening))])}
	for range c.rand.IntN(6) {
		records = append(records, c.record(a.Events[c.rand.IntN(len(a.Events))]))
	}
	if c.unfit() {
		records[0] = c.record(a.Events[c.rand.IntN(len(a.Events))])
	}
	return records
}

func (c *caller) record(e *model.Event) compiled.Record {
	v := e.Versions[c.rand.IntN(len(e.Versions))]
	r := compiled.Record{Key: e.Key, Version: v.Version, Data: c.object(v.Fields, false), Timestamp: c.time()}
	if len(e.Was) > 0 && c.rand.IntN(2) == 0 {
		r.Key = e.Was[0]
	}
	if c.unfit() {
		r.Version += c.rand.IntN(3) - 1
	}
	if c.unfit() {
		r.Key += "x"
	}
	if c.rand.IntN(2) == 0 {
		r.Metadata = map[string]string{"tenant": "t", "a": "ü"}
	}
	return r
}

func (c *caller) time() time.Time {
	return time.Date(2026, 1, 1+c.rand.IntN(28), c.rand.IntN(24), 0, 0, c.rand.IntN(2)*500_000_000, time.UTC)
}

func (c *caller) pick(options ...string) string { return options[c.rand.IntN(len(options))] }

// unfit tells whether to do something wrong.
func (c *caller) unfit() bool { return c.bad > 0 && c.rand.IntN(c.bad) == 0 }

// object is the fields as JSON: mostly in order, without spaces.
func (c *caller) object(fields []*model.Field, command bool) string {
	var items []string
	for _, f := range fields {
		if _, optional := f.Type.(*model.Optional); optional && c.rand.IntN(2) == 0 || c.unfit() {
			continue
		}
		if f.Default != nil && command && c.rand.IntN(3) == 0 {
			continue
		}
		items = append(items, strconv.Quote(f.Name)+c.pick("", "", "", "", " ")+":"+c.value(f.Type, command))
	}
	switch {
	case c.unfit():
		items = append(items, `"strange":[1,{"x":null}]`)
	case c.unfit() && len(items) > 0:
		items = append(items, items[0])
	}
	if c.rand.IntN(5) == 0 {
		c.rand.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
	}
	return "{" + strings.Join(items, ",") + "}"
}

func (c *caller) value(t model.Type, command bool) string {
	if c.unfit() {
		if c.broken && c.rand.IntN(3) == 0 {
			return c.pick(`"\ud800"`, "tru", "", "01", "1e999")
		}
		return c.pick("null", "1", `""`, "[]", "{}", "1.5", "true", `"x"`)
	}
	switch t := t.(type) {
	case *model.Optional:
		if c.rand.IntN(6) == 0 || c.depth > 3 {
			return "null"
		}
		return c.value(t.Elem, command)
	case *model.Scalar:
		return c.value(t.Base, command)
	case *model.ID:
		return c.pick(`"id-1"`, `"Ü/x"`, `"other"`)
	case *model.Enum:
		v := t.Values[c.rand.IntN(len(t.Values))]
		if len(v.Was) > 0 && c.rand.IntN(2) == 0 {
			return strconv.Quote(v.Was[0])
		}
		return quote(v.Wire)
	case *model.List:
		items := make([]string, c.few(4))
		for i := range items {
			items[i] = c.value(t.Elem, command)
		}
		return "[" + strings.Join(items, ",") + "]"
	case *model.Map:
		return c.mapping(t, command)
	case *model.Struct:
		c.depth++
		defer func() { c.depth-- }()
		return c.object(t.Fields, command)
	}
	return c.basic(t.(*model.Basic).Kind)
}

// few is how many: fewer further in, for what holds itself.
func (c *caller) few(n int) int {
	if c.depth > 3 {
		return 0
	}
	return c.rand.IntN(n)
}

func quote(s string) string { return `"` + s + `"` }

func (c *caller) mapping(t *model.Map, command bool) string {
	var entries []string
	seen := map[string]bool{}
	for range c.few(5) {
		key := c.value(t.Key, command)
		if !strings.HasPrefix(key, `"`) {
			key = quote(key)
		}
		if seen[key] {
			continue
		}
		seen[key] = true
		entries = append(entries, key+":"+c.value(t.Elem, command))
	}
	return "{" + strings.Join(entries, ",") + "}"
}

func (c *caller) basic(k model.Kind) string {
	switch k {
	case model.Bool:
		return c.pick("true", "false")
	case model.Int:
		if c.rand.IntN(8) == 0 {
			return c.pick("9223372036854775807", "-9223372036854775808", "4611686018427387904")
		}
		return strconv.Itoa(c.rand.IntN(24) - 6)
	case model.Float:
		return c.pick("0", "-0", "1.5", "-2.25", "0.1", "1e3", "1e308", "5e-324", "1000000", "0.3")
	case model.Decimal:
		return c.pick(`"0"`, `"1.50"`, `"-2.25"`, `"0.10"`, `"100"`, `"0.005"`, `"-0.00"`, `"12345678901234567890.123456789"`,
			`"999999999999999999999999999999"`, `"3"`)
	case model.Time:
		return c.pick(`"2026-01-02T03:04:05Z"`, `"2025-12-31T23:59:59.5Z"`, `"2026-01-01T02:00:00+02:00"`, `"2000-02-29T00:00:00.000000001Z"`,
			`"9999-12-31T23:59:59Z"`, `"0001-01-01T00:00:00Z"`)
	case model.Duration:
		return c.pick(`"1h0m0s"`, `"90m"`, `"5s"`, `"-1.5s"`, `"0s"`, `"2562047h47m16.854775807s"`, `"1ns"`)
	case model.Bytes:
		return c.pick(`""`, `"AA=="`, `"YWJj"`)
	case model.JSON:
		return c.pick("null", "1", `{"a": [1,  2]}`, `"x"`, "[]", "1.50")
	}
	return c.pick(`""`, `"a"`, `"b c"`, `"Ünï"`, `"x\"y"`, `"a,b"`, `"r{w"`, `"10"`, `"\u00e9\n"`, `"<&>"`, `" x "`, `"日本"`, fmt.Sprintf(`"n%d"`, c.rand.IntN(9)))
}
