package wire

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"
)

// SyntaxError is what the Reader found, and where.
type SyntaxError struct {
	Offset int // in bytes
	Reason string
}

func (e *SyntaxError) Error() string { return fmt.Sprintf("at byte %d: %s", e.Offset, e.Reason) }

// maxDepth bounds the nesting of a field that is skipped.
const maxDepth = 200

// Reader reads JSON in any order and spacing, strictly. After the first error it reads nothing more: each
// method then answers its zero value, and Err tells.
type Reader struct {
	s   string
	i   int
	err error
	// lenient lets fields pass that are not known: a stored event may have more, a command may not.
	lenient bool
}

// NewReader reads s; lenient accepts (and checks, and skips) fields that are not known.
func NewReader(s string, lenient bool) *Reader { return &Reader{s: s, lenient: lenient} }

// Err is the first error, or nil.
func (r *Reader) Err() error { return r.err }

// End is the error of the whole: the first one, or that something follows.
func (r *Reader) End() error {
	r.space()
	if r.err == nil && r.i < len(r.s) {
		r.Fail("trailing data")
	}
	return r.err
}

// Fail sets the error if there is none yet.
func (r *Reader) Fail(reason string) {
	if r.err == nil {
		r.err = &SyntaxError{Offset: r.i, Reason: reason}
	}
}

func (r *Reader) space() {
	for r.i < len(r.s) {
		switch r.s[r.i] {
		case ' ', '\t', '\n', '\r':
			r.i++
		default:
			return
		}
	}
}

// peek is the next byte that is no space; 0 at the end or after an error.
func (r *Reader) peek() byte {
	if r.err != nil {
		return 0
	}
	r.space()
	if r.i >= len(r.s) {
		return 0
	}
	return r.s[r.i]
}

func (r *Reader) take(c byte) bool {
	if r.peek() != c {
		return false
	}
	r.i++
	return true
}

func (r *Reader) expect(c byte) {
	if !r.take(c) {
		r.Fail("expected " + strconv.QuoteRune(rune(c)))
	}
}

// Open reads the brace or bracket that begins an object or a list.
func (r *Reader) Open(c byte) { r.expect(c) }

// Field goes to the next field of an object and reads its name. first is true before the first one.
// After the last field it has read the closing brace and answers false.
func (r *Reader) Field(first bool) (name string, ok bool) {
	if !r.next(first, '}') {
		return "", false
	}
	name = r.Text()
	r.expect(':')
	return name, r.err == nil
}

// Item goes to the next item of a list, as Field does.
func (r *Reader) Item(first bool) bool { return r.next(first, ']') }

func (r *Reader) next(first bool, closing byte) bool {
	if r.take(closing) {
		return false
	}
	if !first {
		r.expect(',')
	}
	return r.err == nil
}

// Once notes that a field was seen, and refuses it the second time.
func (r *Reader) Once(seen *uint, bit uint, name string) {
	if *seen&bit != 0 {
		r.Fail("field " + strconv.Quote(name) + " is there twice")
	}
	*seen |= bit
}

// Unknown is for a field that has no place: an error, or skipped if the Reader is lenient.
func (r *Reader) Unknown(name string) {
	if !r.lenient {
		r.Fail("unknown field " + strconv.Quote(name))
		return
	}
	r.skip(0)
}

// Need refuses an object in which not all of the wanted bits were seen.
func (r *Reader) Need(seen, wanted uint) {
	if seen&wanted != wanted {
		r.Fail("a field is missing")
	}
}

// Null reads null if it stands there.
func (r *Reader) Null() bool {
	if r.peek() == 'n' {
		return r.word("null")
	}
	return false
}

func (r *Reader) word(w string) bool {
	if !strings.HasPrefix(r.s[r.i:], w) {
		r.Fail("expected " + w)
		return false
	}
	r.i += len(w)
	return true
}

// Bool reads true or false.
func (r *Reader) Bool() bool {
	switch r.peek() {
	case 't':
		return r.word("true")
	case 'f':
		r.word("false")
		return false
	}
	r.Fail("expected true or false")
	return false
}

// number reads a number as it is written.
func (r *Reader) number() string {
	r.peek()
	begin := r.i
	for r.err == nil && r.i < len(r.s) && strings.IndexByte("+-.0123456789Ee", r.s[r.i]) >= 0 {
		r.i++
	}
	text := r.s[begin:r.i]
	if !validNumber(text) {
		r.i = begin
		r.Fail("expected a number")
	}
	return text
}

func validNumber(s string) bool {
	s = strings.TrimPrefix(s, "-")
	whole := digitsOf(s)
	if whole == 0 || whole > 1 && s[0] == '0' {
		return false
	}
	s = s[whole:]
	if strings.HasPrefix(s, ".") {
		places := digitsOf(s[1:])
		if places == 0 {
			return false
		}
		s = s[1+places:]
	}
	if s == "" {
		return true
	}
	if s[0] != 'e' && s[0] != 'E' {
		return false
	}
	s = s[1:]
	if s != "" && (s[0] == '+' || s[0] == '-') {
		s = s[1:]
	}
	return s != "" && digitsOf(s) == len(s)
}

func digitsOf(s string) int {
	n := 0
	for n < len(s) && s[n]-'0' <= 9 {
		n++
	}
	return n
}

// Int reads a number that is whole as it is written, and fits.
func (r *Reader) Int() int64 {
	text := r.number()
	if r.err != nil {
		return 0
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		r.Fail("not a whole number of 64 bits: " + text)
	}
	return n
}

// Amount reads a decimal.
func (r *Reader) Amount() Decimal {
	text := r.Text()
	if r.err != nil {
		return Decimal{}
	}
	d, ok := ParseDecimal(text)
	if !ok {
		r.Fail("no decimal: " + strconv.Quote(text))
	}
	return d
}

// Time reads a time of RFC 3339; the answer is in UTC.
func (r *Reader) Time() time.Time {
	text := r.Text()
	if r.err != nil {
		return time.Time{}
	}
	t, err := parseTime(text)
	if err != nil {
		r.Fail("no time: " + strconv.Quote(text))
	}
	return t.UTC()
}

// parseTime is time.Parse without what that lets pass: a comma for the point, one digit for the hour,
// offsets of more than a day, more than nine places.
func parseTime(s string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return t, err
	}
	bad := len(s) < 20 || s[13] != ':' || strings.IndexByte(s, ',') >= 0
	if zone := len(s) - len("+00:00"); !bad && s[len(s)-1] != 'Z' {
		hour, minute := two(s, zone+1), two(s, zone+4)
		bad = hour < 0 || hour > 23 || minute < 0 || minute > 59
	}
	if point := strings.IndexByte(s, '.'); point >= 0 && digitsOf(s[point+1:]) > 9 {
		bad = true
	}
	if bad {
		return t, &SyntaxError{Reason: "no time"}
	}
	return t, nil
}

// Text reads a string; without escapes it is a part of what is read.
func (r *Reader) Text() string {
	if r.peek() != '"' {
		r.Fail("expected a string")
		return ""
	}
	if s, next := Text(r.s, r.i); next != No {
		r.i = next
		return s
	}
	r.i++
	begin := r.i
	for r.i < len(r.s) {
		switch c := r.s[r.i]; {
		case c == '"':
			r.i++
			return r.s[begin : r.i-1]
		case c == '\\':
			return r.unescape(begin)
		case !r.char():
			return ""
		}
	}
	r.Fail("the string does not end")
	return ""
}

// char goes over one character that stands for itself.
func (r *Reader) char() bool {
	c := r.s[r.i]
	if c < ' ' {
		r.Fail("control character in a string")
		return false
	}
	if c < utf8.RuneSelf {
		r.i++
		return true
	}
	_, size := utf8.DecodeRuneInString(r.s[r.i:])
	if size == 1 {
		r.Fail("not UTF-8")
		return false
	}
	r.i += size
	return true
}

func (r *Reader) unescape(begin int) string {
	out := []byte(r.s[begin:r.i])
	for r.i < len(r.s) {
		c := r.s[r.i]
		if c == '"' {
			r.i++
			return string(out)
		}
		if c == '\\' {
			out = r.escape(out)
			if r.err != nil {
				return ""
			}
			continue
		}
		from := r.i
		if !r.char() {
			return ""
		}
		out = append(out, r.s[from:r.i]...)
	}
	r.Fail("the string does not end")
	return ""
}

func (r *Reader) escape(out []byte) []byte {
	const letters, means = `"\/bfnrt`, "\"\\/\b\f\n\r\t"
	r.i++
	if r.i >= len(r.s) {
		r.Fail("the string does not end")
		return out
	}
	c := r.s[r.i]
	r.i++
	if c == 'u' {
		return utf8.AppendRune(out, r.unicode())
	}
	at := strings.IndexByte(letters, c)
	if at < 0 {
		r.Fail("no escape: \\" + string(rune(c)))
		return out
	}
	return append(out, means[at])
}

func (r *Reader) unicode() rune {
	high := r.hex()
	if !utf16.IsSurrogate(high) {
		return high
	}
	if strings.HasPrefix(r.s[r.i:], `\u`) {
		r.i += 2
		if c := utf16.DecodeRune(high, r.hex()); c != utf8.RuneError {
			return c
		}
	}
	r.Fail("a surrogate stands alone")
	return utf8.RuneError
}

func (r *Reader) hex() rune {
	if r.i+4 > len(r.s) {
		r.Fail("the string does not end")
		return 0
	}
	var n rune
	for _, c := range []byte(r.s[r.i : r.i+4]) {
		at := strings.IndexByte(hexDigits, c|0x20)
		if at < 0 || c < '0' {
			r.Fail("no hexadecimal digit")
			return 0
		}
		n = n<<4 | rune(at)
	}
	r.i += 4
	return n
}

// skip checks a value and forgets it.
func (r *Reader) skip(depth int) {
	if depth > maxDepth {
		r.Fail("nested too deep")
		return
	}
	switch r.peek() {
	case '{':
		r.i++
		for first := true; ; first = false {
			if _, ok := r.Field(first); !ok {
				return
			}
			r.skip(depth + 1)
		}
	case '[':
		r.i++
		for first := true; r.Item(first); first = false {
			r.skip(depth + 1)
		}
	case '"':
		r.Text()
	case 't', 'f':
		r.Bool()
	case 'n':
		r.word("null")
	default:
		r.number()
	}
}
