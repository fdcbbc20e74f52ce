package wire

import (
	"strconv"
	"time"
	"unicode/utf8"
)

func appendInt(dst []byte, n int64) []byte { return strconv.AppendInt(dst, n, 10) }

// AppendInt writes a number.
func AppendInt(dst []byte, n int64) []byte { return strconv.AppendInt(dst, n, 10) }

// AppendAmount writes a decimal as a string.
func AppendAmount(dst []byte, d Decimal) []byte {
	dst = append(dst, '"')
	dst = d.append(dst)
	return append(dst, '"')
}

// AppendText writes a string; only quotes, backslashes and control characters are escaped. What is not
// UTF-8 cannot be read back, so it is refused: ok is false, and dst must be thrown away.
func AppendText(dst []byte, s string) (out []byte, ok bool) {
	dst = append(dst, '"')
	i := 0
	for i+8 <= len(s) && special(load(s, i)) == 0 {
		i += 8
	}
	for i < len(s) && s[i] >= ' ' && s[i] != '"' && s[i] != '\\' && s[i] < utf8.RuneSelf {
		i++
	}
	dst = append(dst, s[:i]...)
	if i < len(s) {
		if dst, ok = appendEscaped(dst, s[i:]); !ok {
			return dst, false
		}
	}
	return append(dst, '"'), true
}

const hexDigits = "0123456789abcdef"

func appendEscaped(dst []byte, s string) ([]byte, bool) {
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && size == 1 {
				return dst, false
			}
			dst = append(dst, s[i:i+size]...)
			i += size
			continue
		}
		dst = appendASCII(dst, c)
		i++
	}
	return dst, true
}

func appendASCII(dst []byte, c byte) []byte {
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
	}
	return append(dst, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
}

// AppendTime writes a quoted RFC 3339 time in UTC, its trailing zeros trimmed. The year must be 0 to 9999.
func AppendTime(dst []byte, t time.Time) []byte {
	t = t.UTC()
	year, month, day := t.Date()
	hour, minute, second := t.Clock()
	dst = append(dst, '"')
	dst = appendTwo(appendTwo(dst, year/100), year%100)
	dst = appendTwo(append(dst, '-'), int(month))
	dst = appendTwo(append(dst, '-'), day)
	dst = appendTwo(append(dst, 'T'), hour)
	dst = appendTwo(append(dst, ':'), minute)
	dst = appendTwo(append(dst, ':'), second)
	if nanos := t.Nanosecond(); nanos != 0 {
		dst = appendFraction(dst, nanos)
	}
	return append(dst, 'Z', '"')
}

func appendTwo(dst []byte, n int) []byte { return append(dst, byte('0'+n/10), byte('0'+n%10)) }

func appendFraction(dst []byte, nanos int) []byte {
	var digits [10]byte
	digits[0] = '.'
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

// AppendBool writes true or false.
func AppendBool(dst []byte, b bool) []byte { return strconv.AppendBool(dst, b) }
