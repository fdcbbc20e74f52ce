package value

import (
	"strings"
	"unicode/utf8"
)

// Len is the number of characters.
func Len(s string) int64 { return int64(utf8.RuneCountInString(s)) }

// Lower is s in lower case.
func Lower(s string) string { return strings.ToLower(s) }

// Upper is s in upper case.
func Upper(s string) string { return strings.ToUpper(s) }

// Trim is s without white space at its ends.
func Trim(s string) string { return strings.TrimSpace(s) }

// Contains says whether part stands in s.
func Contains(s, part string) bool { return strings.Contains(s, part) }

// StartsWith says whether s begins with part.
func StartsWith(s, part string) bool { return strings.HasPrefix(s, part) }

// EndsWith says whether s ends with part.
func EndsWith(s, part string) bool { return strings.HasSuffix(s, part) }

// Before is what stands before the first sep, or all of s if there is none.
func Before(s, sep string) string {
	before, _, _ := strings.Cut(s, sep)
	return before
}

// After is what stands behind the first sep, or nothing if there is none.
func After(s, sep string) string {
	_, after, _ := strings.Cut(s, sep)
	return after
}

// Split cuts s at each sep; at an empty sep, after each character.
func Split(s, sep string) []string { return strings.Split(s, sep) }

// Join puts sep between the parts.
func Join(parts []string, sep string) string { return strings.Join(parts, sep) }
