package runtime

import (
	"context"
	"fmt"
	"iter"
	"runtime/debug"
	"strconv"
	"time"
)

// Handle is how one kind of aggregate is read: ID is its id, S its state, E its closed interface of events.
// A generated handle embeds it. It is safe for concurrent use, and the states it returns are the caller's.
type Handle[ID ~string, S, E any] struct {
	log     history[S, E]
	actions []AnyAction[S, E] // see generated.go
}

// NewHandle makes the handle of one aggregate. Only the generated New calls it.
func NewHandle[ID ~string, S, E any](e *Engine, a *Aggregate[S, E]) *Handle[ID, S, E] {
	return &Handle[ID, S, E]{log: history[S, E]{engine: e, about: a}}
}

// Load is the state as it is now. It reads the store: what another process has written is in it. An
// aggregate that does not exist is ErrNotFound.
func (h *Handle[ID, S, E]) Load(ctx context.Context, id ID) (s S, err error) {
	return h.log.loadState(ctx, string(id))
}

// At is the state as it was at t: after the events whose Timestamp is t or before. Where there was none yet
// it is ErrNotFound.
func (h *Handle[ID, S, E]) At(ctx context.Context, id ID, t time.Time) (S, error) {
	return h.log.stateAt(ctx, string(id), t)
}

// AtSequence is the state right after event n. Where there is no event n it is ErrNotFound.
func (h *Handle[ID, S, E]) AtSequence(ctx context.Context, id ID, n uint64) (S, error) {
	return h.log.stateAtSequence(ctx, string(id), n)
}

// Events yields the events of one aggregate in order, as today's code reads them; none for an unknown id. It
// reads as the loop goes, and an error is the last pair. The body of the loop may issue commands.
func (h *Handle[ID, S, E]) Events(ctx context.Context, id ID, opts ...ReadOption) iter.Seq2[Event[E], error] {
	return h.log.events(ctx, string(id), opts)
}

func (h history[S, E]) loadState(ctx context.Context, id string) (s S, err error) {
	defer catch(&err)
	if err := checkID("id", id); err != nil {
		return s, err
	}
	l, err := h.load(ctx, id)
	if err != nil {
		return s, err
	}
	if l.mark.Sequence == 0 {
		return s, NotFoundError{Aggregate: h.about.Name, ID: id}
	}
	return h.clone(l), nil
}

func (h history[S, E]) stateAt(ctx context.Context, id string, t time.Time) (s S, err error) {
	defer catch(&err)
	if err := checkID("id", id); err != nil {
		return s, err
	}
	l, err := h.upTo(ctx, id, readRange{timed: true, until: t})
	if err != nil {
		return s, err
	}
	if l.mark.Sequence == 0 {
		return s, NotFoundError{h.about.Name, id, "at " + t.UTC().Format(time.RFC3339Nano)}
	}
	return l.state, nil
}

func (h history[S, E]) stateAtSequence(ctx context.Context, id string, n uint64) (s S, err error) {
	defer catch(&err)
	if err := checkID("id", id); err != nil {
		return s, err
	}
	l, err := h.upTo(ctx, id, readRange{bounded: true, upTo: n})
	if err != nil {
		return s, err
	}
	if n == 0 || l.mark.Sequence != n {
		return s, NotFoundError{h.about.Name, id, "at sequence " + strconv.FormatUint(n, 10)}
	}
	return l.state, nil
}

func (h history[S, E]) events(ctx context.Context, id string, opts []ReadOption) iter.Seq2[Event[E], error] {
	var span readRange
	for _, o := range opts {
		if o != nil {
			o(&span)
		}
	}
	return func(yield func(Event[E], error) bool) {
		if err := checkID("id", id); err != nil {
			yield(Event[E]{}, err)
			return
		}
		if err := h.yieldEvents(ctx, id, span, yield); err != nil {
			yield(Event[E]{}, err)
		}
	}
}

// yieldEvents returns the error that ends the iteration; nil if the body has ended it.
func (h history[S, E]) yieldEvents(ctx context.Context, id string, span readRange, yield func(Event[E], error) bool) error {
	var stored Record
	last := span.after
	for r, err := range h.engine.store.Read(ctx, h.stream(id), Mark{Sequence: span.after}) {
		if err != nil {
			return fmt.Errorf("read %s %q: %w", h.about.Name, id, err)
		}
		if span.ends(&r.Header) {
			return nil
		}
		if r.Sequence != last+1 {
			return corrupt(&r, fmt.Errorf("it follows sequence %d", last))
		}
		stored, last = r, r.Sequence
		e, ok, err := h.decode(&stored)
		if err != nil {
			return err
		}
		if ok && !yield(e, nil) {
			return nil
		}
	}
	return nil
}

// decode is one event as today's code reads it; ok is false for one that an upcast drops.
func (h history[S, E]) decode(r *Record) (e Event[E], ok bool, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = corrupt(r, fmt.Errorf("panic: %v", p))
		}
	}()
	payload, head, ok, err := h.about.Decode(r)
	if err != nil {
		return e, false, corrupt(r, err)
	}
	e = Event[E]{Header: r.Header, Payload: payload}
	e.Key, e.Version = head.Key, head.Version
	return e, ok, nil
}

// catch makes an error of a panic: deferred where code of the user's runs.
func catch(err *error) {
	if p := recover(); p != nil {
		*err = panicked(p)
	}
}

func panicked(p any) error { return &PanicError{Value: p, Stack: string(debug.Stack())} }
