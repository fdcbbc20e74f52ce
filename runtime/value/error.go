package value

import "strconv"

// Error tells what is wrong with a value that was read or is to be written, and where. The runtime makes an
// InvalidError of it.
type Error struct {
	Path   string // the field, as in "lines[2].quantity"; "" for the whole
	Reason string // in the user's words, without the path
	Offset int    // in bytes from the begin of the JSON text
}

// Error is the path and the reason.
func (e *Error) Error() string {
	if e.Path == "" {
		return e.Reason
	}
	return e.Path + ": " + e.Reason
}

// quoted shows a text in a reason, shortened where it is long.
func quoted(text string) string {
	const most = 40
	if len(text) > most {
		return strconv.Quote(text[:most]) + "…"
	}
	return strconv.Quote(text)
}
