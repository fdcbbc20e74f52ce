package runtime

import (
	"context"
	"fmt"
	"time"
)

// FailurePolicy says what becomes of an event whose handler has failed on every try.
type FailurePolicy int

// The policies.
const (
	// Park puts the event, and those behind it of the same aggregate, into the dead letters in order; all else
	// goes on. It is the default.
	Park FailurePolicy = iota
	// Skip passes the event over.
	Skip
	// Halt stops this subscription, and no other, until the next start. Run and CatchUp then end with the error.
	Halt
)

// HandlerOption says how a handler is run.
type HandlerOption func(*handlerSettings)

type handlerSettings struct {
	retry       int
	timeout     time.Duration
	fromNow     bool
	concurrency int
	onFailure   FailurePolicy
	was         string
}

// Retry sets how often a failing event is tried again after its first try, with growing pauses; 5 without it.
func Retry(n int) HandlerOption {
	mustBe(n >= 0, "Retry(%d): less than none", n)
	return func(s *handlerSettings) { s.retry = n }
}

// Timeout bounds one try: the handler's context ends then. It is 30 s without it.
func Timeout(d time.Duration) HandlerOption {
	mustBe(d > 0, "Timeout(%v): no time at all", d)
	return func(s *handlerSettings) { s.timeout = d }
}

// FromStart lets a new subscription begin with the first event of the log. It is the default.
func FromStart() HandlerOption { return func(s *handlerSettings) { s.fromNow = false } }

// FromNow lets a new subscription begin behind what is in the log when it first runs. One that has run before
// goes on where it was.
func FromNow() HandlerOption { return func(s *handlerSettings) { s.fromNow = true } }

// Concurrency lets events of up to n aggregates be handled at once; those of one aggregate stay in order. It is 1
// without it, and then all events are in the order of the log.
func Concurrency(n int) HandlerOption {
	mustBe(n >= 1, "Concurrency(%d): less than one", n)
	return func(s *handlerSettings) { s.concurrency = n }
}

// OnFailure sets what becomes of an event whose tries are used up; Park without it.
func OnFailure(p FailurePolicy) HandlerOption {
	mustBe(p >= Park && p <= Halt, "OnFailure(%d): no such policy", p)
	return func(s *handlerSettings) { s.onFailure = p }
}

// Was gives the subscription's former name, whose checkpoint and dead letters it takes over.
func Was(old string) HandlerOption {
	mustBe(old != "", "Was: an empty name")
	return func(s *handlerSettings) { s.was = old }
}

// mustBe panics on a mistake in the program text, as http.HandleFunc does.
func mustBe(ok bool, format string, args ...any) {
	if !ok {
		panic("fluvius: " + fmt.Sprintf(format, args...))
	}
}

// maxName bounds a subscription's name, so that the key of each of its dead letters fits every store.
const maxName = 64

// subscription is one registered handler.
type subscription struct {
	name     string
	settings handlerSettings
	wants    func(r *Record) bool
	handle   func(ctx context.Context, r *Record) error
}

// undecodable is the error of an event that could not be read, in contrast to one that its handler refused.
type undecodable struct{ error }

func (e undecodable) Unwrap() error { return e.error }

// On registers a handler for the events of a source. It panics on an empty or double name, and once Run or
// CatchUp has begun. It is for generated code.
func On[P any](e *Engine, name string, from Source[P], handle func(context.Context, Event[P]) error, opts ...HandlerOption) {
	mustBe(handle != nil, "handler %q is nil", name)
	e.subscribe(name, wants(e.domain, from.Keys), func(ctx context.Context, r *Record) error {
		payload, head, ok, err := from.Decode(r)
		if err != nil {
			return undecodable{err}
		}
		if !ok {
			return nil // an upcast drops it
		}
		event := Event[P]{Header: r.Header, Payload: payload}
		event.Key, event.Version = head.Key, head.Version
		return handle(ctx, event)
	}, opts)
}

// OnRecord registers a handler for every record of the engine's domain, as stored. It panics as On does.
func OnRecord(e *Engine, name string, handle func(context.Context, Record) error, opts ...HandlerOption) {
	mustBe(handle != nil, "handler %q is nil", name)
	e.subscribe(name, wants(e.domain, nil), func(ctx context.Context, r *Record) error { return handle(ctx, *r) }, opts)
}

// wants is the filter of a source: its keys, or all of the domain.
func wants(domain string, keys []EventKey) func(r *Record) bool {
	if len(keys) == 0 {
		return func(r *Record) bool { return r.Domain == domain }
	}
	if len(keys) == 1 {
		only := keys[0]
		return func(r *Record) bool {
			return r.Key == only.Key && r.Aggregate == only.Aggregate && r.Domain == only.Domain
		}
	}
	set := make(map[EventKey]bool, len(keys))
	for _, k := range keys {
		set[k] = true
	}
	return func(r *Record) bool { return set[EventKey{r.Domain, r.Aggregate, r.Key}] }
}

func (e *Engine) subscribe(name string, wants func(*Record) bool, handle func(context.Context, *Record) error, opts []HandlerOption) {
	settings := handlerSettings{retry: 5, timeout: 30 * time.Second, concurrency: 1}
	for _, option := range opts {
		option(&settings)
	}
	mustBe(name != "", "a handler needs a name")
	mustBe(len(name) <= maxName, "the handler name %q has more than %d bytes", name, maxName)
	mustBe(settings.was != name, "handler %q was itself", name)
	e.subscriptions.mu.Lock()
	defer e.subscriptions.mu.Unlock()
	mustBe(!e.subscriptions.begun, "handler %q is registered after Run or CatchUp began", name)
	for _, other := range e.subscriptions.list {
		mustBe(other.name != name, "there are two handlers %q", name)
	}
	e.subscriptions.list = append(e.subscriptions.list, &subscription{name: name, settings: settings, wants: wants, handle: handle})
}
