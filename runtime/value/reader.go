package value

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// MaxDepth is how deep JSON may nest, the payload itself included. It leaves room for an envelope around it
// within the 1,000 that SQLite's JSON functions read.
const MaxDepth = 500

// Reader reads JSON in any order and spacing, strictly, and says what is wrong and where. After the first
// error it reads nothing more: each method then answers its zero value, and Err tells. A Reader belongs to
// one goroutine. Strings without escapes are parts of the text.
type Reader struct {
	s      string
	i      int
	token  int // where the value began that was read last; errors about it point there
	depth  int
	stored bool
	err    *Error
}

// NewReader reads a command: a field that is not known is an error.
func NewReader(text string) *Reader { return &Reader{s: text} }

// NewStoredReader reads what was stored: a field that is not known is skipped, but its syntax is checked.
func NewStoredReader(text string) *Reader { return &Reader{s: text, stored: true} }

// Err is the first error, an *Error, or nil.
func (r *Reader) Err() error {
	if r.err == nil {
		return nil
	}
	return r.err
}

// End is Err, or the error that something follows the value.
func (r *Reader) End() error {
	if r.skipSpace(); r.err == nil && r.i < len(r.s) {
		r.failAt(r.i, "something follows the end: "+found(r.s, r.i))
	}
	return r.Err()
}

// Fail is for a value that was read last and that the caller does not accept. Only the first error counts.
func (r *Reader) Fail(reason string) { r.failAt(r.token, reason) }

func (r *Reader) failAt(offset int, reason string) {
	if r.err == nil {
		r.err = &Error{Path: pathAt(r.s[:offset]), Reason: reason, Offset: offset}
	}
}

func (r *Reader) failField(offset int, path, reason string) {
	if r.err == nil {
		r.err = &Error{Path: path, Reason: reason, Offset: offset}
	}
}

func (r *Reader) skipSpace() {
	for r.i < len(r.s) {
		switch r.s[r.i] {
		case ' ', '\t', '\n', '\r':
			r.i++
		default:
			return
		}
	}
}

// begin goes to the next token; its first byte is the answer, or 0 at the end and after an error.
func (r *Reader) begin() byte {
	if r.err != nil {
		return 0
	}
	r.skipSpace()
	r.token = r.i
	if r.i >= len(r.s) {
		return 0
	}
	return r.s[r.i]
}

func (r *Reader) expected(what string) {
	if r.err == nil {
		r.failAt(r.i, "expected "+what+", found "+found(r.s, r.i))
	}
}

// found names what stands at i.
func found(s string, i int) string {
	if i >= len(s) {
		return "the end"
	}
	switch c := s[i]; {
	case c == '"':
		return "a string"
	case c == '{':
		return "an object"
	case c == '[':
		return "a list"
	case c == '-' || c-'0' <= 9:
		return "a number"
	case strings.HasPrefix(s[i:], "null"):
		return "null"
	case strings.HasPrefix(s[i:], "true"), strings.HasPrefix(s[i:], "false"):
		return "true or false"
	case c >= ' ' && c < 0x7f:
		return strconv.QuoteRune(rune(c))
	default:
		return fmt.Sprintf("the byte 0x%02x", c)
	}
}

// moved takes over what a scanner answered.
func (r *Reader) moved(next int, reason string) {
	if reason != "" {
		r.failAt(next, reason)
		return
	}
	r.i = next
}

// Text reads a string.
func (r *Reader) Text() string {
	if r.begin() != '"' {
		r.expected("a string")
		return ""
	}
	text, next, reason := scanText(r.s, r.i)
	r.moved(next, reason)
	return text
}

// number says whether a number begins here, and fails if not.
func (r *Reader) number(what string) bool {
	if c := r.begin(); c == '-' || c-'0' <= 9 {
		return true
	}
	r.expected(what)
	return false
}

// Int reads a number that is whole as it is written and fits 64 bits.
func (r *Reader) Int() int64 {
	if !r.number("a whole number") {
		return 0
	}
	n, next, reason := scanInt(r.s, r.i)
	r.moved(next, reason)
	return n
}

// Float reads a number.
func (r *Reader) Float() float64 {
	if !r.number("a number") {
		return 0
	}
	x, next, reason := scanFloat(r.s, r.i)
	r.moved(next, reason)
	return x
}

// Bool reads true or false.
func (r *Reader) Bool() bool {
	switch r.begin() {
	case 't':
		return r.word("true")
	case 'f':
		r.word("false")
		return false
	}
	r.expected("true or false")
	return false
}

// Null reads null if it stands here.
func (r *Reader) Null() bool { return r.begin() == 'n' && r.word("null") }

func (r *Reader) word(w string) bool {
	if !strings.HasPrefix(r.s[r.i:], w) {
		r.expected(w)
		return false
	}
	r.i += len(w)
	return true
}

// Time reads a time of RFC 3339; the answer is in UTC.
func (r *Reader) Time() time.Time {
	text := r.Text()
	t, ok := ParseTime(text)
	if !ok && r.err == nil {
		r.Fail("not a time of RFC 3339: " + quoted(text))
	}
	return t
}

// Duration reads a duration as Go writes them.
func (r *Reader) Duration() time.Duration {
	text := r.Text()
	d, err := time.ParseDuration(text)
	if err != nil && r.err == nil {
		r.Fail("not a duration as in \"1h30m0s\": " + quoted(text))
	}
	return d
}

// Bytes reads padded base64; no bytes are nil.
func (r *Reader) Bytes() []byte {
	text := r.Text()
	out, ok := ParseBytes(text)
	if !ok {
		r.Fail("not padded base64: " + quoted(text))
		return nil
	}
	return out
}

// JSON reads any value as it is; null is nil. The answer is a copy.
func (r *Reader) JSON() json.RawMessage {
	raw := r.raw()
	if raw == "" || raw == "null" {
		return nil
	}
	return json.RawMessage(raw)
}

// raw checks a value and answers its text, "" after an error.
func (r *Reader) raw() string {
	r.begin()
	begin := r.i
	r.skip()
	if r.err != nil {
		return ""
	}
	r.token = begin
	return r.s[begin:r.i]
}

// skip checks a value and forgets it.
func (r *Reader) skip() {
	switch c := r.begin(); c {
	case '{':
		for open := r.open('{'); r.next(&open, '}'); {
			r.name()
			r.skip()
		}
	case '[':
		for open := r.open('['); r.next(&open, ']'); {
			r.skip()
		}
	case '"':
		r.Text()
	case 't', 'f':
		r.Bool()
	case 'n':
		r.Null()
	default:
		if r.number("a value") {
			next, _, reason := scanNumber(r.s, r.i)
			r.moved(next, reason)
		}
	}
}
