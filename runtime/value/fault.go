package value

import (
	"bytes"
	"strings"
)

// mark stands around the reason why something could not be written. It is no byte of UTF-8, so nothing that
// was written well contains it.
const mark = 0xff

const tooLong = "the value is too long, or holds itself"

func appendFault(dst []byte, reason string) []byte {
	dst = append(dst, mark)
	dst = append(dst, strings.ToValidUTF8(reason, "\ufffd")...)
	return append(dst, mark)
}

// MarkFault writes, in the place of a value, the reason why it cannot be written. It is for the packages that
// write further types.
func MarkFault(dst []byte, reason string) []byte { return appendFault(dst, reason) }

// Fault is nil if all that was appended to text could be written, and can be read again; else it is an *Error
// that says what could not, and where. Text must be one whole value, from its first byte. Ask before it leaves
// the process.
func Fault(text []byte) error {
	if i := bytes.IndexByte(text, mark); i >= 0 {
		reason, _, _ := bytes.Cut(text[i+1:], []byte{mark})
		return &Error{Path: pathAt(string(text[:i])), Reason: string(reason), Offset: i}
	}
	if len(text) <= 2*MaxDepth || depthFits(view(text)) {
		return nil
	}
	i := depthExcess(view(text))
	return &Error{Path: pathAt(string(text[:i])), Reason: tooDeep, Offset: i}
}
