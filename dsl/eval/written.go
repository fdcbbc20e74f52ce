package eval

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/runtime/value"
)

// mostWritten is how long a value is shown before it is cut.
const mostWritten = 400

// written is a value as it would be written in .fluv, for people.
func (r *run) written(v Value) string {
	var b strings.Builder
	r.write1(&b, v)
	text := b.String()
	if len(text) <= mostWritten {
		return text
	}
	cut := mostWritten
	for cut > 0 && !utf8.RuneStart(text[cut]) {
		cut--
	}
	return text[:cut] + "…"
}

func (r *run) write1(b *strings.Builder, v Value) {
	switch v := v.(type) {
	case nil:
		b.WriteString("nothing")
	case None:
		b.WriteString("none")
	case Text:
		b.WriteString(quoted(string(v)))
	case Bytes:
		b.WriteString(strconv.Quote(value.FormatBytes(v)))
	case JSON:
		b.WriteString(string(value.AppendJSON(nil, v)))
	case Foreign:
		b.WriteString(v.JSON)
	case Enum:
		if v.Index >= 0 && v.Index < len(v.Of.Values) {
			b.WriteString(v.Of.Values[v.Index].Name)
		}
	case Duration:
		b.WriteString(durationText(time.Duration(v)))
	case List:
		r.writeItems(b, "[", "]", len(v), func(i int) { r.write1(b, v[i]) })
	case Map:
		r.writeMap(b, v)
	case Struct:
		b.WriteString(v.Of.Name + " ")
		r.writeFields(b, v.Of.Fields, v.Fields)
	default:
		b.WriteString((&frame{run: r}).textOf(v))
	}
}

func (r *run) writeItems(b *strings.Builder, open, closing string, n int, item func(i int)) {
	b.WriteString(open)
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		item(i)
		if b.Len() > mostWritten {
			return // the rest is cut anyway
		}
	}
	b.WriteString(closing)
}

// writeMap writes entries in the order of JSON, which is that of the keys' texts.
func (r *run) writeMap(b *strings.Builder, m Map) {
	if len(m) == 0 {
		b.WriteString("{}")
		return
	}
	f := &frame{run: r}
	keys := slices.SortedFunc(maps.Keys(m), func(a, b Value) int { return strings.Compare(f.textOf(a), f.textOf(b)) })
	r.writeItems(b, "{ ", " }", len(keys), func(i int) {
		r.write1(b, keys[i])
		b.WriteString(": ")
		r.write1(b, m[keys[i]])
	})
}

func (r *run) writeFields(b *strings.Builder, fields []*model.Field, values []Value) {
	if len(fields) == 0 {
		b.WriteString("{}")
		return
	}
	r.writeItems(b, "{ ", " }", len(fields), func(i int) {
		b.WriteString(fields[i].Name + ": ")
		r.write1(b, values[i])
	})
}

// eventText is an event as it would stand behind `then`.
func (c *comparison) eventText(p *Payload) string {
	var b strings.Builder
	b.WriteString(eventName(p.Version) + " ")
	c.writeFields(&b, p.Version.Fields, p.Fields)
	return b.String()
}

// quoted is a string literal of .fluv: braces are doubled.
func quoted(s string) string {
	return strings.NewReplacer("{", "{{", "}", "}}").Replace(strconv.Quote(s))
}

// durationText is a duration without parts that are zero: 1h30m.
func durationText(d time.Duration) string {
	text := d.String()
	for _, zero := range []string{"m0s", "h0m"} {
		if strings.HasSuffix(text, zero) {
			text = text[:len(text)-2]
		}
	}
	return text
}
