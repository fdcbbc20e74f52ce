package runtime

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/fluvius-io/fluvius-go/runtime/value"
)

// loaded is a state and where it stands in its stream. The zero mark is where nothing exists. One that is
// shared never changes: what it holds is cloned before it is handed out.
type loaded[S any] struct {
	state S
	mark  Mark
	last  time.Time // the last event's
	kept  note      // the snapshot that is known to be there
	blank *S        // where nothing exists and a derived value cannot be computed there: the state without any
}

func (l *loaded[S]) sequence() uint64 { return l.mark.Sequence }

// shown is the state as it is handed out: what was computed on the way to a failure is nobody's.
func (l *loaded[S]) shown() *S {
	if l.blank != nil && l.mark.Sequence == 0 {
		return l.blank
	}
	return &l.state
}

// history is one kind of aggregate in one store.
type history[S, E any] struct {
	engine *Engine
	about  *Aggregate[S, E]
}

func (h history[S, E]) stream(id string) Stream {
	return Stream{Domain: h.engine.domain, Aggregate: h.about.Name, ID: id}
}

func (h history[S, E]) seat(id string) seatName { return seatName{aggregate: h.about.Name, id: id} }

// fresh is the state where nothing exists, its derived fields computed. That one of them cannot be computed there, such
// as a share of nothing, is no error: it must not keep the first event out. A decision that reads it where it could
// not be computed fails by itself.
func (h history[S, E]) fresh(id string) (loaded[S], error) {
	l := loaded[S]{state: h.about.Start(id)}
	if h.about.Derive == nil {
		return l, nil
	}
	if err := h.about.Derive(&l.state); !errors.Is(err, ErrOverflow) {
		return l, err
	}
	blank := h.about.Start(id)
	l.blank = &blank
	return l, nil
}

// clone is the state as it may be handed out.
func (h history[S, E]) clone(l *loaded[S]) S {
	if h.about.Clone == nil {
		return *l.shown()
	}
	return h.about.Clone(l.shown())
}

// known is what is known of the aggregate in this process; nil for nothing. Another process may have written
// since: who uses it reads the tail, or appends after its mark.
func (h history[S, E]) known(id string) *loaded[S] {
	l, _ := h.engine.seats.known(h.seat(id)).(*loaded[S])
	return l
}

// know keeps a state that stands in the log. It may no longer be changed, nor what it holds.
func (h history[S, E]) know(id string, l *loaded[S]) {
	if !h.about.Opaque && l.mark.Sequence > 0 {
		h.engine.seats.know(h.seat(id), l)
	}
}

// load is the state as it is in the store now.
func (h history[S, E]) load(ctx context.Context, id string) (*loaded[S], error) {
	if l := h.known(id); l != nil {
		return h.refresh(ctx, id, l)
	}
	from, err := h.begin(ctx, id, readRange{})
	if err != nil {
		return nil, err
	}
	return h.refresh(ctx, id, &from)
}

// refresh is from with what the store has after it; from itself if there is nothing.
func (h history[S, E]) refresh(ctx context.Context, id string, from *loaded[S]) (*loaded[S], error) {
	l, err := h.read(ctx, id, from, readRange{})
	if err != nil {
		return nil, err
	}
	h.know(id, l)
	return l, nil
}

// upTo is the state at the end of a range, past whatever is known.
func (h history[S, E]) upTo(ctx context.Context, id string, end readRange) (*loaded[S], error) {
	from, err := h.begin(ctx, id, end)
	if err != nil {
		return nil, err
	}
	return h.read(ctx, id, &from, end)
}

// begin is the snapshot, if there is one that the range includes, else the state where nothing exists.
func (h history[S, E]) begin(ctx context.Context, id string, end readRange) (loaded[S], error) {
	l, err := h.fresh(id)
	if err != nil || h.about.Snapshot == nil {
		return l, err
	}
	return h.fromSnapshot(ctx, id, l, end)
}

// read folds what the store has after from, up to the end of the range. It gives back from if that is nothing.
func (h history[S, E]) read(ctx context.Context, id string, from *loaded[S], end readRange) (l *loaded[S], err error) {
	var f *folding[S, E] // made at the first event: a command on what is known mostly finds none
	defer func() {
		if p := recover(); p != nil && f != nil {
			l, err = nil, corrupt(&f.record, fmt.Errorf("panic: %v", p))
		} else if p != nil {
			l, err = nil, panicked(p)
		}
	}()
	for r, err := range h.engine.store.Read(ctx, h.stream(id), from.mark) {
		if err != nil {
			return nil, fmt.Errorf("read %s %q: %w", h.about.Name, id, err)
		}
		if end.ends(&r.Header) {
			break
		}
		if f == nil {
			f = &folding[S, E]{about: h.about, at: *from}
		}
		f.record = r
		if err := f.stored(); err != nil {
			return nil, err
		}
	}
	if f == nil {
		return from, nil
	}
	return f.finished()
}

// folding is a state on its way through a run of events. The record is one variable for all of them: a
// pointer to it goes into generated code, and a new one each would be on the heap.
type folding[S, E any] struct {
	about  *Aggregate[S, E]
	at     loaded[S]
	own    value.Owner // what this run has made: so a folding is for one run
	record Record
}

func (f *folding[S, E]) fold(r *Record) error {
	if f.about.FoldRun != nil {
		return f.about.FoldRun(&f.at.state, r, &f.own)
	}
	return f.about.Fold(&f.at.state, r)
}

// stored folds the record, which comes from a store.
func (f *folding[S, E]) stored() error {
	r := &f.record
	if r.Sequence != f.at.mark.Sequence+1 {
		return corrupt(r, fmt.Errorf("it follows sequence %d", f.at.mark.Sequence))
	}
	if r.Sequence == 1 && !f.about.Opens(r.Key) {
		return corrupt(r, errors.New("no "+f.about.Name+" begins with it"))
	}
	if err := f.fold(r); err != nil {
		return corrupt(r, err)
	}
	f.at.mark = Mark{Sequence: r.Sequence, Position: r.Position}
	f.at.last = r.Timestamp
	return nil
}

func (f *folding[S, E]) finished() (*loaded[S], error) {
	if err := f.settle(); err != nil {
		return nil, corrupt(&f.record, err)
	}
	return &f.at, nil
}

// settle computes what follows from the state after a run of events.
func (f *folding[S, E]) settle() error {
	*f.about.Sequence(&f.at.state) = f.at.mark.Sequence
	if f.about.Derive == nil {
		return nil
	}
	return f.about.Derive(&f.at.state)
}

// corrupt tells where a stored event could not be read. That its key or version is unknown is its own kind
// of error, for it may only be newer.
func corrupt(r *Record, cause error) error {
	if errors.Is(cause, ErrUnknownEvent) {
		return cause
	}
	return CorruptError{Header: r.Header, Reason: cause.Error()}
}
