package runtime

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/fluvius-io/fluvius-go/runtime/value"
)

// The envelope is what leaves the system: one JSON object an event, its fields in this order, the same for a
// Record (whose payload is as stored) and an Event (whose payload is as today's code reads it).

// MarshalJSON is the envelope, with the payload as it is stored.
func (r Record) MarshalJSON() ([]byte, error) {
	if !json.Valid([]byte(r.Data)) {
		return nil, fmt.Errorf("envelope of %s: its payload is no JSON", placeOf(&r.Header))
	}
	return appendEnvelope(nil, &r.Header, r.Data)
}

// UnmarshalJSON reads an envelope. Unknown fields are passed over; key and payload must be there.
func (r *Record) UnmarshalJSON(text []byte) error {
	h, payload, err := readEnvelope(text)
	if err != nil {
		return err
	}
	*r = Record{Header: h, Data: unescapeHTML(string(payload))}
	return nil
}

// MarshalJSON is the envelope, with the payload as today's code has it.
func (e Event[P]) MarshalJSON() ([]byte, error) {
	payload, err := json.Marshal(e.Payload)
	if err != nil {
		return nil, err
	}
	return appendEnvelope(nil, &e.Header, unescapeHTML(string(payload)))
}

// UnmarshalJSON reads an envelope whose payload is a P. For a closed interface of events it is an error:
// which of them is meant only the domain's package can tell, from a Record.
func (e *Event[P]) UnmarshalJSON(text []byte) error {
	h, payload, err := readEnvelope(text)
	if err != nil {
		return err
	}
	var p P
	if err := json.Unmarshal(payload, &p); err != nil {
		return fmt.Errorf("envelope: payload of %s@%d: %w", h.Key, h.Version, err)
	}
	*e = Event[P]{Header: h, Payload: p}
	return nil
}

func appendEnvelope(buf []byte, h *Header, payload string) ([]byte, error) {
	meta := h.Metadata.Text()
	buf = append(buf, `{"key":`...)
	buf = value.AppendString(buf, h.Key)
	buf = append(append(buf, `,"payload":`...), payload...)
	buf = append(buf, `,"aggregate_id":`...)
	buf = value.AppendString(buf, h.AggregateID)
	buf = append(buf, `,"timestamp":`...)
	buf = value.AppendTime(buf, h.Timestamp)
	buf = append(buf, `,"version":`...)
	buf = strconv.AppendInt(buf, int64(h.Version), 10)
	buf = append(append(buf, `,"metadata":`...), meta...)
	buf = append(buf, `,"domain":`...)
	buf = value.AppendString(buf, h.Domain)
	buf = append(buf, `,"aggregate":`...)
	buf = value.AppendString(buf, h.Aggregate)
	buf = append(buf, `,"sequence":`...)
	buf = strconv.AppendUint(buf, h.Sequence, 10)
	buf = append(buf, `,"position":`...)
	buf = strconv.AppendUint(buf, h.Position, 10)
	buf = append(buf, '}')
	if !json.Valid(buf) {
		return nil, fmt.Errorf("envelope of %s: a name in it is no UTF-8 or its metadata is no JSON", placeOf(h))
	}
	return buf, nil
}

// envelope is what is read. Pointers tell what must be there from what is empty.
type envelope struct {
	Key         *string         `json:"key"`
	Payload     json.RawMessage `json:"payload"`
	AggregateID string          `json:"aggregate_id"`
	Timestamp   time.Time       `json:"timestamp"`
	Version     int             `json:"version"`
	Metadata    Meta            `json:"metadata"`
	Domain      string          `json:"domain"`
	Aggregate   string          `json:"aggregate"`
	Sequence    uint64          `json:"sequence"`
	Position    uint64          `json:"position"`
}

func readEnvelope(text []byte) (Header, json.RawMessage, error) {
	var e envelope
	if err := json.Unmarshal(text, &e); err != nil {
		return Header{}, nil, fmt.Errorf("envelope: %w", err)
	}
	if e.Key == nil || *e.Key == "" || e.Payload == nil {
		return Header{}, nil, fmt.Errorf("envelope: key and payload must be there")
	}
	h := Header{
		Domain: e.Domain, Aggregate: e.Aggregate, AggregateID: e.AggregateID, Key: *e.Key, Version: e.Version,
		Sequence: e.Sequence, Position: e.Position, Timestamp: e.Timestamp.UTC(), Metadata: e.Metadata,
	}
	return h, e.Payload, nil
}

// unescapeHTML undoes what json.Marshal does to the JSON that a MarshalJSON returns: it writes < > & and two
// line separators as \u003c and so on. Our encoder never does; so a payload that went through json.Marshal
// and back has the bytes it had.
func unescapeHTML(text string) string {
	if !strings.Contains(text, `\u`) {
		return text
	}
	buf := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' || i+1 == len(text) {
			buf = append(buf, text[i])
			continue
		}
		if plain, ok := htmlEscapes[text[i:min(i+6, len(text))]]; ok {
			buf = append(buf, plain...)
			i += 5
			continue
		}
		buf = append(buf, text[i], text[i+1])
		i++
	}
	return string(buf)
}

var htmlEscapes = map[string]string{
	`\u003c`: "<", `\u003e`: ">", `\u0026`: "&", `\u2028`: "\u2028", `\u2029`: "\u2029",
}
