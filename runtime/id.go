package runtime

import (
	"crypto/rand"
	"strings"
	"unicode/utf8"
)

// maxID is the longest id of an aggregate or command, in bytes.
const maxID = 256

// RandomID is a new id that nobody has: 26 letters and digits with 130 random bits.
func RandomID() string { return strings.ToLower(rand.Text()) }

// checkID says what is wrong with the id of an aggregate or command; path names it.
func checkID(path, id string) error {
	switch {
	case id == "":
		return InvalidError{Path: path, Reason: "must not be empty"}
	case len(id) > maxID:
		return InvalidError{Path: path, Reason: "must not be longer than 256 bytes"}
	case !utf8.ValidString(id):
		return InvalidError{Path: path, Reason: "must be UTF-8"}
	case strings.ContainsFunc(id, isControl):
		return InvalidError{Path: path, Reason: "must not have control characters"}
	}
	return nil
}

// isControl is for Unicode's category Cc.
func isControl(r rune) bool { return r < 0x20 || r >= 0x7f && r < 0xa0 }
