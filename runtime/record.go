package runtime

import (
	"net/url"
	"strconv"
	"time"
)

// Header is what is known of an event without its payload. Strings only: nothing in it can be changed
// by one reader under another.
type Header struct {
	Domain, Aggregate, AggregateID string
	Key                            string
	Version                        int    // of the payload's schema
	Sequence, Position             uint64 // Position < 1<<53, so that it survives JSON
	Timestamp                      time.Time
	Metadata                       Meta
}

// Record is an event as stored. Data is a string because a string is immutable: stores, handlers and
// decoders share it without copying.
type Record struct {
	Header
	Data string
}

// ID names the event for ever: aggregate/id/sequence, with the parts path-escaped.
func (h Header) ID() string {
	buf := make([]byte, 0, len(h.Aggregate)+len(h.AggregateID)+24)
	buf = append(buf, url.PathEscape(h.Aggregate)...)
	buf = append(buf, '/')
	buf = append(buf, url.PathEscape(h.AggregateID)...)
	buf = append(buf, '/')
	return string(strconv.AppendUint(buf, h.Sequence, 10))
}

// Stream is the aggregate that the event is of.
func (h Header) Stream() Stream { return Stream{h.Domain, h.Aggregate, h.AggregateID} }
