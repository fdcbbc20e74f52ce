package value

import (
	"encoding/base64"
	"math"
	"strconv"
	"time"
	"unicode/utf8"
)

// The functions that append write a value to dst and answer the longer dst, as strconv's do. What cannot be
// written leaves a mark in it, which Fault finds: so generated code needs no error after each field.

// AppendString writes a string. Only quotes, backslashes and control characters are escaped, not HTML.
func AppendString[T ~string](dst []byte, s T) []byte { return appendText(dst, string(s)) }

func appendText(dst []byte, s string) []byte {
	end := plainEnd(s, 0)
	if end == len(s) {
		dst = append(dst, '"')
		dst = append(dst, s...)
		return append(dst, '"')
	}
	return appendRichText(dst, s, end)
}

func appendRichText(dst []byte, s string, i int) []byte {
	if !utf8.ValidString(s) {
		return appendFault(dst, notUTF8)
	}
	dst = append(dst, '"')
	dst = append(dst, s[:i]...)
	for i < len(s) {
		dst = appendASCII(dst, s[i])
		end := specialEnd(s, i+1)
		dst = append(dst, s[i+1:end]...)
		i = end
	}
	return append(dst, '"')
}

// specialEnd is the place of the next byte that must be escaped, or the end.
func specialEnd(s string, i int) int {
	for i < len(s) && s[i] >= ' ' && s[i] != '"' && s[i] != '\\' {
		i++
	}
	return i
}

// appendASCII writes one byte of valid UTF-8, escaped if it must be.
func appendASCII(dst []byte, c byte) []byte {
	const hex = "0123456789abcdef"
	switch {
	case c == '"' || c == '\\':
		return append(dst, '\\', c)
	case c >= ' ':
		return append(dst, c)
	case c == '\n':
		return append(dst, '\\', 'n')
	case c == '\r':
		return append(dst, '\\', 'r')
	case c == '\t':
		return append(dst, '\\', 't')
	case c == '\b':
		return append(dst, '\\', 'b')
	case c == '\f':
		return append(dst, '\\', 'f')
	}
	return append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
}

// AppendInt writes a whole number.
func AppendInt[T ~int64](dst []byte, n T) []byte { return strconv.AppendInt(dst, int64(n), 10) }

// AppendFloat writes the shortest number that reads back as x, with an exponent only where x is very small or
// large, as encoding/json does. NaN and infinities cannot be written.
func AppendFloat[T ~float64](dst []byte, x T) []byte { return appendFloat(dst, float64(x)) }

func appendFloat(dst []byte, x float64) []byte {
	size := math.Abs(x)
	switch {
	case math.IsNaN(x) || math.IsInf(x, 0):
		return appendFault(dst, "a float that JSON cannot hold: "+strconv.FormatFloat(x, 'g', -1, 64))
	case size == 0 || 1e-6 <= size && size < 1e21:
		return strconv.AppendFloat(dst, x, 'f', -1, 64)
	}
	dst = strconv.AppendFloat(dst, x, 'e', -1, 64)
	if n := len(dst); dst[n-4] == 'e' && dst[n-3] == '-' && dst[n-2] == '0' { // e-09 is e-9
		dst[n-2] = dst[n-1]
		dst = dst[:n-1]
	}
	return dst
}

// AppendBool writes true or false.
func AppendBool[T ~bool](dst []byte, b T) []byte { return strconv.AppendBool(dst, bool(b)) }

// AppendTime writes a time of RFC 3339 in UTC, trailing zeros trimmed. A year before 0 or after 9999 cannot
// be written.
func AppendTime(dst []byte, t time.Time) []byte {
	if !writable(t) {
		return appendFault(dst, "a time that RFC 3339 cannot hold, of the year "+strconv.Itoa(t.UTC().Year()))
	}
	return append(appendTime(append(dst, '"'), t), '"')
}

func appendTime(dst []byte, t time.Time) []byte {
	t = t.UTC()
	year, month, day := t.Date()
	hour, minute, second := t.Clock()
	dst = appendTwo(appendTwo(dst, year/100), year%100)
	dst = appendTwo(append(dst, '-'), int(month))
	dst = appendTwo(append(dst, '-'), day)
	dst = appendTwo(append(dst, 'T'), hour)
	dst = appendTwo(append(dst, ':'), minute)
	dst = appendTwo(append(dst, ':'), second)
	if nanos := t.Nanosecond(); nanos != 0 {
		dst = appendFraction(dst, nanos)
	}
	return append(dst, 'Z')
}

func appendTwo(dst []byte, n int) []byte { return append(dst, byte('0'+n/10), byte('0'+n%10)) }

func appendFraction(dst []byte, nanos int) []byte {
	digits := [10]byte{'.'}
	for i := 9; i > 0; i-- {
		digits[i] = byte('0' + nanos%10)
		nanos /= 10
	}
	end := len(digits)
	for digits[end-1] == '0' {
		end--
	}
	return append(dst, digits[:end]...)
}

// AppendDuration writes a duration as Go prints it.
func AppendDuration[T ~int64](dst []byte, d T) []byte {
	dst = append(dst, '"')
	dst = append(dst, time.Duration(d).String()...)
	return append(dst, '"')
}

// AppendBytes writes padded base64; nil is "".
func AppendBytes[T ~[]byte](dst []byte, b T) []byte {
	dst = append(dst, '"')
	dst = base64.StdEncoding.AppendEncode(dst, b)
	return append(dst, '"')
}

// AppendEnum writes the text of an enum's value. What is no value cannot be written.
func AppendEnum[E EnumValue](dst []byte, e E, enum *Enum) []byte {
	text, ok := enum.Text(int(e))
	if !ok {
		return appendFault(dst, enum.unknownIndex(int(e)))
	}
	return appendText(dst, text)
}
