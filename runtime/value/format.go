package value

import (
	"encoding/base64"
	"strconv"
	"time"
)

// The functions that format give the text of a scalar, as it stands in an interpolation: what JSON has, without
// quotes.

// FormatInt is the digits of n.
func FormatInt(n int64) string { return strconv.FormatInt(n, 10) }

// FormatFloat is the shortest text that reads back as x.
func FormatFloat(x float64) string {
	var room [32]byte
	if text := appendFloat(room[:0], x); text[0] != mark {
		return string(text)
	}
	return strconv.FormatFloat(x, 'g', -1, 64)
}

// FormatBool is true or false.
func FormatBool(b bool) string { return strconv.FormatBool(b) }

// FormatTime is a time of RFC 3339 in UTC.
func FormatTime(t time.Time) string {
	if !writable(t) {
		return t.UTC().Format(time.RFC3339Nano)
	}
	var room [40]byte
	return string(appendTime(room[:0], t))
}

// FormatDuration is a duration as Go prints it.
func FormatDuration(d time.Duration) string { return d.String() }

// FormatBytes is padded base64.
func FormatBytes(b []byte) string { return base64.StdEncoding.EncodeToString(b) }
