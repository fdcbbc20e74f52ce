package runtime

import (
	"errors"
	"fmt"
	"slices"

	"github.com/fluvius-io/fluvius-go/runtime/value"
)

// Kinds are the kinds of events that one aggregate has: E is its closed interface of events. They are immutable.
type Kinds[E any] struct {
	domain, aggregate string
	kinds             []Kind[E]
}

// Kind is one of them; two where an older version is written beside the newest.
type Kind[E any] struct {
	EventType
	was    []string
	encode func(buf []byte, e E) (Encoded, bool, error)
	decode func(r *Record) (E, error) // nil for one that is only written
	sample any
}

// NewKinds are the kinds of events of an aggregate, by its wire name.
func NewKinds[E any](domain, aggregate string, kinds ...Kind[E]) *Kinds[E] {
	return &Kinds[E]{domain: domain, aggregate: aggregate, kinds: kinds}
}

// NewKind is an event in its newest version. Read reads every version of it, as the newest; its error may be
// [ErrDropped]. Was are the keys it had before.
func NewKind[E, P any](key string, version int, c *value.Codec[P], read func(*Record) (P, error), was ...string) Kind[E] {
	k := PinnedKind[E](key, version, c)
	k.was = was
	k.decode = func(r *Record) (e E, err error) {
		p, err := read(r)
		if err != nil {
			return e, err
		}
		return any(p).(E), nil // P is an event of the aggregate
	}
	return k
}

// PinnedKind is an older version of an event that an action still emits.
func PinnedKind[E, P any](key string, version int, c *value.Codec[P]) Kind[E] {
	var sample P
	head := EventType{Key: key, Version: version}
	return Kind[E]{EventType: head, sample: sample, encode: func(buf []byte, e E) (Encoded, bool, error) {
		p, ok := any(e).(P)
		if !ok {
			return Encoded{}, false, nil
		}
		encoded, err := EncodeEvent(buf, key, version, c, &p)
		return encoded, true, err
	}}
}

// EncodeEvent checks an event and appends its payload to buf. The error is an InvalidError; where only a `where` does not
// hold, the payload is there beside it.
func EncodeEvent[P any](buf []byte, key string, version int, c *value.Codec[P], e *P) (Encoded, error) {
	data, err := c.Encode(buf, e)
	encoded := Encoded{EventType: EventType{Key: key, Version: version}, Data: data}
	switch {
	case err == nil:
		return encoded, nil
	case len(data) > len(buf):
		return encoded, Invalid(err)
	}
	return Encoded{}, Invalid(err)
}

// ErrDropped is what reads an event answer for one that an upcast drops.
var ErrDropped = errors.New("this version of the event is dropped")

// Kept is nil for ErrDropped, else err: a fold passes over what is dropped.
func Kept(err error) error {
	if errors.Is(err, ErrDropped) {
		return nil
	}
	return err
}

// Encode is an Aggregate's Encode.
func (k *Kinds[E]) Encode(buf []byte, e E) (Encoded, error) {
	for i := range k.kinds {
		if encoded, ok, err := k.kinds[i].encode(buf, e); ok {
			return encoded, err
		}
	}
	return Encoded{}, NotAnEvent(e)
}

// Decode is an Aggregate's Decode.
func (k *Kinds[E]) Decode(r *Record) (e E, head EventType, ok bool, err error) {
	for i := range k.kinds {
		kind := &k.kinds[i]
		if kind.decode == nil || !kind.has(r.Key) {
			continue
		}
		e, err := kind.decode(r)
		if errors.Is(err, ErrDropped) {
			return e, kind.EventType, false, nil
		}
		return e, kind.EventType, err == nil, err
	}
	return e, EventType{}, false, UnknownEvent(r)
}

func (k *Kind[E]) has(key string) bool {
	if key == k.Key {
		return true
	}
	for _, old := range k.was {
		if key == old {
			return true
		}
	}
	return false
}

// Only is the source of the events that are read as a P.
func Only[P, E any](k *Kinds[E]) Source[P] {
	for i := range k.kinds {
		kind := &k.kinds[i]
		if _, ok := kind.sample.(P); ok && kind.decode != nil {
			return Pick[P](k.Decode, KeysOf(k.domain, k.aggregate, append([]string{kind.Key}, kind.was...)...)...)
		}
	}
	return Source[P]{Decode: func(r *Record) (p P, _ EventType, _ bool, _ error) { return p, EventType{}, false, UnknownEvent(r) }}
}

// AnyBut is an Aggregate's Opens where it may begin with any event but those with these keys.
func AnyBut(keys ...string) func(key string) bool {
	return func(key string) bool { return !slices.Contains(keys, key) }
}

// KeysOf is an event's key and the keys that it had before.
func KeysOf(domain, aggregate string, keys ...string) []EventKey {
	all := make([]EventKey, len(keys))
	for i, k := range keys {
		all[i] = EventKey{Domain: domain, Aggregate: aggregate, Key: k}
	}
	return all
}

// Pick is the source of those of the events that decode reads that have these keys, as P, which is the type of one
// event or an interface of several.
func Pick[P, E any](decode func(*Record) (E, EventType, bool, error), keys ...EventKey) Source[P] {
	return Source[P]{Keys: keys, Decode: func(r *Record) (P, EventType, bool, error) {
		e, head, ok, err := decode(r)
		if err != nil || !ok {
			var none P
			return none, head, false, err
		}
		p, ok := any(e).(P)
		if !ok { // a key that this source is not about
			return p, head, false, UnknownEvent(r)
		}
		return p, head, true, nil
	}}
}

// ReadEvent ends the reading of an event: v, if the cursor has read all but the last brace, in the order in which it
// would be written today, and the event is of this version; else it is read again in any order.
func ReadEvent[P any](r *Record, version int, c *value.Cursor, v P, codec *value.Codec[P]) (P, error) {
	if c.Lit("}"); r.Version == version && c.End() {
		return v, nil
	}
	if r.Version != version {
		var none P
		return none, UnknownEvent(r)
	}
	return codec.Decode(r.Data)
}

// UpcastFailed is err, or the error that the upcast is by hand and there is no Implementation to ask: in a fold
// without a domain, or for a domain that imports this one.
func UpcastFailed(r *Record, err error) error {
	if err != nil {
		return err
	}
	return fmt.Errorf("%s@%d is upcast by hand, which needs the domain's Implementation", r.Key, r.Version)
}

// DroppedKind is an event of which every version is dropped.
func DroppedKind[E, P any](key string, version int, c *value.Codec[P], was ...string) Kind[E] {
	return NewKind[E](key, version, c, func(r *Record) (p P, err error) {
		if r.Version > version {
			return p, UnknownEvent(r)
		}
		return p, ErrDropped
	}, was...)
}
