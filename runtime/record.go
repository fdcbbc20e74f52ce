package runtime

import "time"

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

// Meta is an immutable string map, kept as JSON text and parsed only when it is read. The zero Meta is
// empty. It is safe for concurrent use.
type Meta struct{ text string }

// MetaFromText is the Meta whose JSON text a store kept. The text is not looked at: a store gives back
// the bytes it was given.
func MetaFromText(text string) Meta { return Meta{text: text} }

// Text is the JSON object, "{}" when empty.
func (m Meta) Text() string {
	if m.text == "" {
		return "{}"
	}
	return m.text
}
