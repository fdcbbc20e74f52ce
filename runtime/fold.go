package runtime

import (
	"time"
)

// Fold is the state after events, which are taken from the first on: each is encoded, and folded from its
// bytes. It needs no store. No events are ErrNotFound; what no aggregate begins with is ErrInvalid. Events are facts, so
// that no `where` is asked; it was when they were decided.
func Fold[S, E any](a *Aggregate[S, E], id string, events []E) (s S, err error) {
	defer catch(&err)
	if err := checkID("id", id); err != nil {
		return s, err
	}
	h := history[S, E]{engine: storeless, about: a}
	records, err := h.write(Header{Aggregate: a.Name, AggregateID: id}, 0, events, true)
	if err != nil {
		return s, err
	}
	return h.foldAll(id, records)
}

// FoldRecords is [Fold] for events as they are stored, old versions included. Their sequences are taken to
// be 1, 2, 3 and so on.
func FoldRecords[S, E any](a *Aggregate[S, E], id string, records []Record) (s S, err error) {
	defer catch(&err)
	if err := checkID("id", id); err != nil {
		return s, err
	}
	numbered := make([]Record, len(records))
	for i, r := range records {
		r.Aggregate, r.AggregateID, r.Sequence = a.Name, id, uint64(i)+1
		numbered[i] = r
	}
	return history[S, E]{engine: storeless, about: a}.foldAll(id, numbered)
}

func (h history[S, E]) foldAll(id string, records []Record) (s S, err error) {
	if len(records) == 0 {
		return s, NotFoundError{Aggregate: h.about.Name, ID: id}
	}
	start, err := h.fresh(id)
	if err != nil {
		return s, err
	}
	l, err := h.foldRecords(&start, records)
	if err != nil {
		return s, err
	}
	return l.state, nil
}

func (h history[S, E]) foldRecords(l *loaded[S], records []Record) (*loaded[S], error) {
	f := &folding[S, E]{about: h.about, at: *l}
	for i := range records {
		r := &records[i]
		if r.Sequence == 1 && !h.about.Opens(r.Key) {
			return nil, InvalidError{Reason: "no " + h.about.Name + " begins with " + r.Key}
		}
		if err := f.fold(r); err != nil {
			return nil, err
		}
		f.at.mark = Mark{Sequence: r.Sequence}
		f.at.last = r.Timestamp
	}
	return &f.at, f.settle()
}

// storeless is for folds that need no engine but its buffers.
var storeless = &Engine{config: config{clock: time.Now}}
