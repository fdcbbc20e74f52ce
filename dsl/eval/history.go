package eval

import (
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/fluvius-io/fluvius-go/dsl/model"
)

// Record is an event as it is stored.
type Record struct {
	Key       string
	Version   int
	Data      string // JSON
	Timestamp time.Time
	Metadata  map[string]string
}

// Payload is an event in one version: one value for each of its fields, in order.
type Payload struct {
	Version *model.EventVersion
	Fields  []Value
}

func (p *Payload) record() *record { return &record{fields: p.Version.Fields, values: p.Fields} }

// State is an aggregate's state. It is immutable.
type State struct {
	Aggregate *Aggregate
	ID        string
	Sequence  uint64  // of the last event in it; 0 where nothing exists
	Fields    []Value // in the order of the declaration
	Derived   []Value
	last      time.Time // the last event's
}

// Get is a state field or derived value by its name; nil if there is none.
func (s *State) Get(name string) Value {
	if i := indexOf(s.Aggregate.model.State, name); i >= 0 {
		return s.Fields[i]
	}
	for i, d := range s.Aggregate.model.Derived {
		if d.Field.Name == name && i < len(s.Derived) {
			return s.Derived[i]
		}
	}
	return nil
}

// JSON is the state as its Go type marshals it: id, sequence, fields, derived values.
func (s *State) JSON() (text string, err error) {
	defer catch(&err)
	r := s.Aggregate.domain.start()
	id := &model.Field{Name: "id", Type: &model.Basic{Kind: model.String}}
	sequence := &model.Field{Name: "sequence", Type: &model.Basic{Kind: model.Int}}
	fields := append([]*model.Field{id, sequence}, s.Aggregate.model.State...)
	for _, d := range s.Aggregate.model.Derived {
		fields = append(fields, d.Field)
	}
	values := append([]Value{Text(s.ID), Int(s.Sequence)}, s.Fields...)
	bare := s.Sequence == 0 && slices.Contains(s.Derived, nil) // where nothing exists it is all of them or none
	for i, d := range s.Aggregate.model.Derived {
		v := s.Derived[i]
		if v == nil || bare {
			v = r.zero(d.Field.Type)
		}
		values = append(values, v)
	}
	return r.write(fields, values)
}

// JSON is the payload as it would be stored. What cannot be written is an InvalidError; no `where` is asked.
func (a *Aggregate) JSON(p Payload) (text string, err error) {
	defer catch(&err)
	return a.domain.start().write(p.Version.Fields, p.Fields)
}

// Fold is the state after a history, whatever its versions. Without records it is the state where nothing exists.
func (a *Aggregate) Fold(id string, records []Record) (s *State, err error) {
	defer catch(&err)
	h := &history{run: a.domain.start(), aggregate: a, id: id}
	if err := checkID(id); err != nil {
		return nil, err
	}
	return h.fold(h.nothing(), records)
}

// history is one aggregate in one run.
type history struct {
	*run
	aggregate *Aggregate
	id        string
}

// nothing is the state where nothing exists.
func (h *history) nothing() *State {
	s := &State{Aggregate: h.aggregate, ID: h.id}
	for _, f := range h.aggregate.model.State {
		s.Fields = append(s.Fields, h.begin(f))
	}
	s.Derived = h.deriveNothing(s.Fields)
	return s
}

// deriveNothing computes the derived values where nothing exists. That one cannot be computed there, such as a share
// of nothing, must not keep the first event out: it stays nil, and what reads it cannot be computed either.
func (h *history) deriveNothing(fields []Value) []Value {
	all := h.aggregate.model.Derived
	values := make([]Value, len(all))
	f := h.stateFrame(fields, values)
	for i, d := range all {
		h.overflows(func() { values[i] = f.eval(d.Value) })
	}
	return values
}

// derive computes derived values, of the fields of a state: those that are wanted and what they need; all if wanted
// is nil. What was not computed is nil.
func (h *history) derive(fields []Value, wanted map[string]bool) []Value {
	all := h.aggregate.model.Derived
	values := make([]Value, len(all))
	f := h.stateFrame(fields, values)
	for i, d := range all {
		if wanted == nil || wanted[d.Field.Name] {
			values[i] = f.eval(d.Value)
		}
	}
	return values
}

// stateFrame is for expressions about a state and nothing else.
func (h *history) stateFrame(fields, derived []Value) *frame {
	a := h.aggregate.model
	return &frame{
		run:      h.run,
		builtins: map[model.BuiltinKind]Value{model.IDValue: Text(h.id)},
		state: func(f *model.Field) Value {
			if i := indexOf(a.State, f.Name); i >= 0 {
				return fields[i]
			}
			for i, d := range a.Derived {
				if d.Field.Name == f.Name {
					return derived[i]
				}
			}
			return nil
		},
	}
}

// fold is the state after records that follow s.
func (h *history) fold(s *State, records []Record) (*State, error) {
	if len(records) == 0 {
		return s, nil
	}
	next := *s
	for i := range records {
		rec := &records[i]
		next.Sequence++
		if next.Sequence == 1 && !h.opens(rec.Key) {
			return nil, &InvalidError{Reason: "no " + h.aggregate.model.Wire + " begins with " + rec.Key}
		}
		e := h.event(rec.Key)
		if e == nil {
			return nil, h.unknown(rec, next.Sequence)
		}
		if e.Dropped < len(e.Versions) {
			p, err := h.read(e.Versions[len(e.Versions)-1], rec, next.Sequence)
			switch {
			case errors.Is(err, errDropped):
			case err != nil:
				return nil, err
			default:
				next.Fields = h.apply(e, &p, next.Fields)
			}
		}
		next.last = rec.Timestamp
	}
	next.Derived = h.derive(next.Fields, nil)
	return &next, nil
}

func (h *history) unknown(rec *Record, sequence uint64) error {
	return &UnknownEventError{
		Aggregate: h.aggregate.model.Wire, ID: h.id, Key: rec.Key, Version: rec.Version, Sequence: sequence,
	}
}

// event finds an event by its key, or by one that it had before.
func (h *history) event(key string) *model.Event {
	for _, e := range h.aggregate.model.Events {
		if hasKey(e, key) {
			return e
		}
	}
	return nil
}

func hasKey(e *model.Event, key string) bool {
	if e.Key == key {
		return true
	}
	for _, old := range e.Was {
		if old == key {
			return true
		}
	}
	return false
}

// opens tells whether an aggregate may begin with an event of that key: with what an action creates, and with what
// none emits any more, because an action that is gone may have created it.
func (h *history) opens(key string) bool {
	emitted := false
	for _, a := range h.aggregate.model.Actions {
		for _, v := range a.Creates {
			if hasKey(v.Event, key) {
				return true
			}
		}
		for _, v := range a.Emits {
			emitted = emitted || hasKey(v.Event, key)
		}
	}
	return !emitted
}

// errDropped says that an upcast drops the event.
var errDropped = errors.New("dropped")

// read is a stored event as version v of it.
func (h *history) read(v *model.EventVersion, rec *Record, sequence uint64) (Payload, error) {
	if rec.Version < v.Version && v.Version > 1 {
		before := v.Event.Versions[v.Version-2]
		if before.Version <= v.Event.Dropped {
			return Payload{}, errDropped
		}
		old, err := h.read(before, rec, sequence)
		if err != nil {
			return Payload{}, err
		}
		return h.upcast(before.Upcast, &old, rec)
	}
	if rec.Version != v.Version {
		return Payload{}, h.unknown(rec, sequence)
	}
	values, err := h.decode(v.Fields, rec.Data)
	return Payload{Version: v, Fields: values}, err
}

// upcast is an event in the next version.
func (h *history) upcast(u *model.Upcast, old *Payload, rec *Record) (Payload, error) {
	if u.ByHand {
		return Payload{}, &UnsupportedError{What: rec.Key + " is upcast by hand, which only Go can do"}
	}
	metadata := Map{}
	for k, v := range rec.Metadata {
		metadata[Text(k)] = Text(v)
	}
	f := &frame{run: h.run, old: old.record(), builtins: map[model.BuiltinKind]Value{
		model.Timestamp: Time{rec.Timestamp.UTC()}, model.Metadata: metadata, model.IDValue: Text(h.id),
	}}
	return Payload{Version: u.To, Fields: f.fields(u.To.Fields, u.Fields)}, nil
}

// write is fields as JSON.
func (r *run) write(fields []*model.Field, values []Value) (string, error) {
	text := writer{run: r}.object(nil, fields, values)
	if err := faultOf(text); err != nil {
		return "", err
	}
	return string(text), nil
}

// maxID is how long the id of an aggregate may be.
const maxID = 256

func checkID(id string) error {
	reason := ""
	switch {
	case id == "":
		reason = "must not be empty"
	case len(id) > maxID:
		reason = "must not be longer than 256 bytes"
	case !utf8.ValidString(id):
		reason = "must be UTF-8"
	case strings.ContainsFunc(id, func(r rune) bool { return r < 0x20 || r >= 0x7f && r < 0xa0 }):
		reason = "must not have control characters"
	}
	if reason == "" {
		return nil
	}
	return &InvalidError{Path: "id", Reason: reason}
}
