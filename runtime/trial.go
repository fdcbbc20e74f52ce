package runtime

import (
	"context"
	"errors"
	"time"

	"github.com/fluvius-io/fluvius-go/runtime/value"
)

// Given is what a `test` block takes as given. It is for generated tests: no store, no domain.
type Given struct {
	ID      string
	Now     time.Time
	Actor   string
	records []Record
}

// Happened adds an event to what is given, as it would be stored in that version. It panics on what cannot be
// written: a test block is checked before.
func Happened[P any](g *Given, key string, version int, c *value.Codec[P], payload P) {
	data, err := c.Marshal(&payload)
	if err != nil {
		panic(Invalid(err))
	}
	head := Header{AggregateID: g.ID, Key: key, Version: version, Timestamp: g.Now, Sequence: uint64(len(g.records)) + 1}
	g.records = append(g.records, Record{Header: head, Data: string(data)})
}

// StateOf is the state after what is given; without any event it is the state where nothing exists.
func StateOf[S, E any](g Given, a *Aggregate[S, E]) (s S, err error) {
	defer catch(&err)
	l, err := given(g, a)
	if err != nil {
		return s, err
	}
	return l.state, nil
}

// Try does what a command does but for the store: on what is given it decides, folds, and checks the invariants.
// It decides twice, and says so if the answers differ or the command was changed.
func Try[S, E, C any](g Given, a *Aggregate[S, E], action Action[S, E, C], cmd C) (s S, events []E, err error) {
	defer catch(&err)
	l, err := given(g, a)
	if err != nil {
		return s, nil, err
	}
	c := &command[S, E, C]{history: trialOf(g, a), action: &action, input: &cmd, id: g.ID}
	c.settings.actor = g.Actor
	p, events, err := c.try(l)
	again, _, errAgain := c.try(l)
	if !SameEvents(p.records, again.records) || (err == nil) != (errAgain == nil) {
		return s, events, errors.New("deciding twice gave two answers")
	}
	if err != nil {
		return *l.shown(), nil, err
	}
	if len(p.records) == 0 {
		return *l.shown(), nil, nil
	}
	return p.next.state, events, nil
}

// trialOf is a history without a store, whose clock stands.
func trialOf[S, E any](g Given, a *Aggregate[S, E]) history[S, E] {
	return history[S, E]{engine: &Engine{config: config{clock: func() time.Time { return g.Now }}}, about: a}
}

func given[S, E any](g Given, a *Aggregate[S, E]) (*loaded[S], error) {
	h := trialOf(g, a)
	start, err := h.fresh(g.ID)
	if err != nil || len(g.records) == 0 {
		return &start, err
	}
	for i := range g.records {
		g.records[i].Aggregate = a.Name
	}
	return h.foldRecords(&start, g.records)
}

func (c *command[S, E, C]) try(l *loaded[S]) (p proposal[S], events []E, err error) {
	ctx := context.Background()
	if err := c.check(ctx); err != nil {
		return p, nil, err
	}
	if err := c.mayRun(l); err != nil {
		return p, nil, err
	}
	d := c.decision(l)
	if events, err = c.decide(ctx, d, l); err != nil || len(events) == 0 {
		return p, nil, err
	}
	head := Header{Aggregate: c.about.Name, AggregateID: c.id, Timestamp: d.Now}
	if p.records, err = c.encode(head, l.mark.Sequence, events); err != nil {
		return p, nil, err
	}
	return p, events, c.foldProposed(l, &p)
}

// SameEvents tells whether two lists have the same events, by key, version and payload. It is for generated tests.
func SameEvents(a, b []Record) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Key != b[i].Key || a[i].Version != b[i].Version || a[i].Data != b[i].Data {
			return false
		}
	}
	return true
}

// Refold is a state with events folded onto it, as one run; neither is changed. The sequences of the events are taken
// to follow the state's. It is for generated tests.
func Refold[S, E any](a *Aggregate[S, E], s S, events []Record) (_ S, err error) {
	defer catch(&err)
	l := &loaded[S]{state: s, mark: Mark{Sequence: *a.Sequence(&s)}}
	records := make([]Record, len(events))
	for i, r := range events {
		r.Aggregate, r.Sequence = a.Name, l.mark.Sequence+uint64(i)+1
		records[i] = r
	}
	if l, err = (history[S, E]{engine: storeless, about: a}).foldRecords(l, records); err != nil {
		return s, err
	}
	return l.state, nil
}

// StoredMeta is the metadata that the events of a command carry which has these options, a CommandID among them. It is
// for generated tests.
func StoredMeta(action string, opts ...Option) Meta {
	c := &command[struct{}, any, struct{}]{
		action: &Action[struct{}, any, struct{}]{Name: action}, settings: settingsOf(context.Background(), opts),
	}
	return c.metaText(c.commandID)
}
