package value

import (
	"encoding/json"
	"time"
)

// Cursor is the fast reader: it knows the order and form that our encoder writes, literal by literal, and
// fails at all else; the caller then takes the Reader, which also says what is wrong. What it accepts, the
// Reader accepts and reads as the same. A failure sticks, and every method is cheap after it. Strings are parts
// of the text. Keep it in a variable and pass its address to functions that are called by name: a function
// value would move it to the heap.
type Cursor struct {
	s      string // "" after a failure, so that nothing is found any more
	i      int
	first  bool // an object or list was just opened
	failed bool
	long   bool
}

// NewCursor begins at the first byte of text.
func NewCursor(text string) Cursor { return Cursor{s: text, long: len(text) > 2*MaxDepth} }

// Fail gives up.
func (c *Cursor) Fail() { c.s, c.i, c.failed = "", 0, true }

// End says whether all went well and nothing is left.
func (c *Cursor) End() bool {
	return !c.failed && c.i == len(c.s) && (!c.long || depthFits(c.s))
}

// Lit reads what must stand here.
func (c *Cursor) Lit(text string) {
	if n := c.i + len(text); n <= len(c.s) && c.s[c.i:n] == text {
		c.i = n
		return
	}
	c.Fail()
}

// Try reads text if it stands here.
func (c *Cursor) Try(text string) bool {
	n := c.i + len(text)
	if n > len(c.s) || c.s[c.i:n] != text {
		return false
	}
	c.i = n
	return true
}

// Open reads the bracket or brace that begins a list or map.
func (c *Cursor) Open(bracket byte) {
	if c.i >= len(c.s) || c.s[c.i] != bracket {
		c.Fail()
		return
	}
	c.i++
	c.first = true
}

// More goes to the next item, or reads the closing bracket and answers false.
func (c *Cursor) More(closing byte) bool {
	first := c.first
	c.first = false
	if c.i >= len(c.s) {
		c.Fail()
		return false
	}
	switch b := c.s[c.i]; {
	case b == closing:
		c.i++
		return false
	case first:
		return true
	case b == ',':
		c.i++
		return true
	}
	c.Fail()
	return false
}

// Text reads a string.
func (c *Cursor) Text() string {
	s, i := c.s, c.i+1
	if i > len(s) || s[i-1] != '"' {
		c.Fail()
		return ""
	}
	end := plainEnd(s, i)
	if end < len(s) && s[end] == '"' {
		c.i = end + 1
		return s[i:end]
	}
	return c.richText(i, end)
}

func (c *Cursor) richText(begin, i int) string {
	text, next, reason := scanRichText(c.s, begin, i)
	c.moved(next, reason)
	return text
}

func (c *Cursor) moved(next int, reason string) {
	if reason != "" {
		c.Fail()
		return
	}
	c.i = next
}

// Int reads a whole number.
func (c *Cursor) Int() int64 {
	n, next, reason := scanInt(c.s, c.i)
	c.moved(next, reason)
	return n
}

// Float reads a number.
func (c *Cursor) Float() float64 {
	x, next, reason := scanFloat(c.s, c.i)
	c.moved(next, reason)
	return x
}

// Bool reads true or false.
func (c *Cursor) Bool() bool {
	if c.Try("true") {
		return true
	}
	c.Lit("false")
	return false
}

// Time reads a time in UTC.
func (c *Cursor) Time() time.Time {
	t, ok := parseUTC(c.Text())
	if !ok {
		c.Fail()
	}
	return t
}

// Duration reads a duration.
func (c *Cursor) Duration() time.Duration {
	d, err := time.ParseDuration(c.Text())
	if err != nil {
		c.Fail()
	}
	return d
}

// Bytes reads base64; no bytes are nil.
func (c *Cursor) Bytes() []byte {
	out, ok := ParseBytes(c.Text())
	if !ok {
		c.Fail()
	}
	return out
}

// JSON reads any value as it is; null is nil. The answer is a copy.
func (c *Cursor) JSON() json.RawMessage {
	r := Reader{s: c.s, i: c.i}
	raw := r.JSON()
	if r.err != nil {
		c.Fail()
		return nil
	}
	c.i = r.i
	return raw
}

// FastEnum reads a value of an enum.
func FastEnum[E EnumValue](c *Cursor, enum *Enum) E {
	i, ok := enum.Index(c.Text())
	if !ok {
		c.Fail()
	}
	return E(i)
}

// FastGo reads a value of a type that unmarshals itself.
func FastGo[T any](c *Cursor) (v T) {
	r := Reader{s: c.s, i: c.i}
	v = ReadGo[T](&r)
	if r.err != nil {
		c.Fail()
		return v
	}
	c.i = r.i
	return v
}

// FastKey reads the key of a map's entry, and the colon.
func FastKey[K comparable](c *Cursor, key Key[K]) K {
	k, reason := key.ParseKey(c.Text())
	if reason != "" {
		c.Fail()
	}
	c.Lit(":")
	return k
}

// Put adds an entry to a map that is being read, and makes the map with the first one. A key that is there
// already fails.
func Put[K comparable, V any](c *Cursor, m *map[K]V, k K, v V) {
	if *m == nil {
		*m = make(map[K]V)
	}
	before := len(*m)
	(*m)[k] = v
	if len(*m) == before {
		c.Fail()
	}
}

// Push appends an item to a list that is being read. It begins with room for four: most lists are short, and
// growing from one costs more than the room.
func Push[T any](list []T, item T) []T {
	if list == nil {
		list = make([]T, 0, 4)
	}
	return append(list, item)
}
