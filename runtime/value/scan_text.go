package value

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// The scanners read one token of s at i. They answer what it means, the place behind it, and a reason, which
// is "" if all is well; else the place is where the reason lies. Both readers share them, so that the fast one
// cannot accept what the strict one refuses.

const (
	unended     = "a string does not end"
	notUTF8     = "not UTF-8"
	control     = "a control character in a string"
	surrogate   = "half of a surrogate pair"
	badEscape   = "no such escape in a string"
	tooDeep     = "nested too deep"
	endOfText   = "the text ends too early"
	notWhole    = "not a whole number"
	not64       = "does not fit 64 bits"
	leadingZero = "a number with a leading zero"
	notNumber   = "not a number"
	tooLarge    = "larger than any float"
)

// scanText reads a string from its opening quote. Without escapes the answer is a part of s.
func scanText(s string, i int) (text string, next int, reason string) {
	if i >= len(s) || s[i] != '"' {
		return "", i, unended
	}
	end := plainEnd(s, i+1)
	if end < len(s) && s[end] == '"' {
		return s[i+1 : end], end + 1, ""
	}
	return scanRichText(s, i+1, end)
}

// scanRichText reads on where the string that begins at begin is no longer plain ASCII.
func scanRichText(s string, begin, i int) (text string, next int, reason string) {
	for i < len(s) {
		switch c := s[i]; {
		case c == '"':
			return s[begin:i], i + 1, ""
		case c == '\\':
			return unescape(s, begin, i)
		case c < ' ':
			return "", i, control
		default:
			if i, reason = characters(s, i); reason != "" {
				return "", i, reason
			}
		}
	}
	return "", i, unended
}

// characters goes over what stands for itself: at least one character that is no quote, backslash or control.
func characters(s string, i int) (next int, reason string) {
	if s[i] < utf8.RuneSelf {
		return plainEnd(s, i), ""
	}
	for i < len(s) && s[i] >= utf8.RuneSelf {
		_, size := utf8.DecodeRuneInString(s[i:])
		if size == 1 {
			return i, notUTF8
		}
		i += size
	}
	return i, ""
}

// unescape reads on at the first backslash.
func unescape(s string, begin, i int) (text string, next int, reason string) {
	out := make([]byte, 0, max(32, i-begin+16))
	out = append(out, s[begin:i]...)
	for i < len(s) {
		switch c := s[i]; {
		case c == '"':
			return string(out), i + 1, ""
		case c == '\\':
			out, i, reason = appendEscape(out, s, i)
		case c < ' ':
			return "", i, control
		default:
			from := i
			i, reason = characters(s, i)
			out = append(out, s[from:i]...)
		}
		if reason != "" {
			return "", i, reason
		}
	}
	return "", i, unended
}

func appendEscape(out []byte, s string, i int) (grown []byte, next int, reason string) {
	const letters, means = `"\/bfnrt`, "\"\\/\b\f\n\r\t"
	if i+1 >= len(s) {
		return out, i, unended
	}
	if s[i+1] == 'u' {
		r, next, reason := scanUnicode(s, i)
		return utf8.AppendRune(out, r), next, reason
	}
	at := strings.IndexByte(letters, s[i+1])
	if at < 0 {
		return out, i, badEscape
	}
	return append(out, means[at]), i + 2, ""
}

// scanUnicode reads \uXXXX, or two of them that are a surrogate pair.
func scanUnicode(s string, i int) (r rune, next int, reason string) {
	high, ok := hex4(s, i+2)
	if !ok {
		return 0, i, badEscape
	}
	if !utf16.IsSurrogate(high) {
		return high, i + 6, ""
	}
	if strings.HasPrefix(s[i+6:], `\u`) {
		low, _ := hex4(s, i+8)
		if r := utf16.DecodeRune(high, low); r != utf8.RuneError {
			return r, i + 12, ""
		}
	}
	return 0, i, surrogate
}

func hex4(s string, i int) (r rune, ok bool) {
	if i+4 > len(s) {
		return 0, false
	}
	for _, c := range []byte(s[i : i+4]) {
		switch {
		case '0' <= c && c <= '9':
			c -= '0'
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			c = c | 0x20 - 'a' + 10
		default:
			return 0, false
		}
		r = r<<4 | rune(c)
	}
	return r, true
}
