package runtime

import (
	"context"
	"errors"
)

// proposal is what was decided, as it will be stored, and the state that it leads to. Without records it is
// a success that stores nothing.
type proposal[S any] struct {
	records  []Record
	next     loaded[S] // its mark has no position yet
	appendID string
}

// propose decides on l, which is not changed, and folds what was decided from the bytes that will be stored.
// The checks are in the order that is promised: IfSequence, existence, requires, events, invariants.
func (c *command[S, E, C]) propose(ctx context.Context, l *loaded[S]) (p proposal[S], events []E, err error) {
	if err := c.mayRun(l); err != nil {
		return p, nil, err
	}
	d := c.decision(l)
	if events, err = c.decide(ctx, d, l); err != nil || len(events) == 0 {
		return p, nil, err
	}
	p.appendID = c.appendID(l)
	head := Header{
		Domain: c.engine.domain, Aggregate: c.about.Name, AggregateID: c.id, Timestamp: d.Now,
		Metadata: c.metaText(p.appendID),
	}
	if p.records, err = c.encode(head, l.mark.Sequence, events); err != nil {
		return p, nil, err
	}
	if err := c.fits(p.records); err != nil {
		return p, nil, err
	}
	return p, events, c.foldProposed(l, &p)
}

func (c *command[S, E, C]) mayRun(l *loaded[S]) error {
	at, a := l.mark.Sequence, c.action
	switch {
	case c.pinned && c.sequence != at:
		return ConflictError{Stream: c.stream(c.id), Expected: c.sequence, Actual: at}
	case at > 0 && !a.Emits:
		return AlreadyExistsError{Aggregate: c.about.Name, ID: c.id}
	case at == 0 && !a.Creates:
		return NotFoundError{Aggregate: c.about.Name, ID: c.id}
	}
	return nil
}

// decision is what surrounds the decision. Its map is read by it only.
func (c *command[S, E, C]) decision(l *loaded[S]) *Decision {
	d := &Decision{Now: c.engine.now(), Actor: c.actor, Metadata: c.carried(), Exists: l.mark.Sequence > 0}
	if d.Now.Before(l.last) {
		d.Now = l.last
	}
	if c.named {
		d.CommandID = c.commandID
	}
	return d
}

// decide runs the decision. It changes nothing that it is given, so a state that is kept need not be cloned
// for it: what is by hand is given a copy by NewActionByHand.
func (c *command[S, E, C]) decide(ctx context.Context, d *Decision, l *loaded[S]) ([]E, error) {
	state := l.state
	events, err := c.action.Decide(ctx, d, &state, c.input)
	if errors.Is(err, NoEvent) {
		return nil, nil
	}
	if err == nil && len(events) > MaxRecords {
		return nil, TooLargeError{Stream: c.stream(c.id), Records: len(events)}
	}
	return events, err
}

// fits refuses what no store need take, before one is asked.
func (c *command[S, E, C]) fits(records []Record) error {
	size := 0
	for i := range records {
		size += len(records[i].Data) + len(records[i].Metadata.Text())
	}
	if size > MaxBytes {
		return TooLargeError{Stream: c.stream(c.id), Records: len(records), Bytes: size}
	}
	return nil
}

// foldProposed makes the state after the records, and has the invariants checked. Errors are the action's.
func (c *command[S, E, C]) foldProposed(l *loaded[S], p *proposal[S]) error {
	next, err := c.foldRecords(l, p.records)
	if err != nil {
		return err
	}
	p.next = *next
	if c.about.Check == nil {
		return nil
	}
	return c.about.Check(&p.next.state)
}

// appendID names the append, so that its events can be known again when its outcome was not: the command's
// id, or one that is made for it.
func (c *command[S, E, C]) appendID(l *loaded[S]) string {
	if c.named {
		return c.commandID
	}
	return c.engine.ids.next(l.mark.Sequence)
}

// carried is the metadata as a decision sees it; nil if there is none.
func (c *command[S, E, C]) carried() map[string]string {
	if c.causation == "" && c.correlation == "" {
		return c.metadata
	}
	all := map[string]string{}
	for name, text := range c.metadata {
		all[name] = text
	}
	setUnlessEmpty(all, metaCausation, c.causation)
	setUnlessEmpty(all, metaCorrelation, c.correlation)
	return all
}

// metaText is the metadata that the events carry. A command that is part of no conversation begins one.
func (c *command[S, E, C]) metaText(appendID string) Meta {
	correlation := c.correlation
	if correlation == "" {
		correlation = appendID
	}
	action := ""
	if c.named { // only a command that can be repeated is asked later which it was
		action = c.action.Name
	}
	sorted := [...][2]string{
		{metaActor, c.actor}, {metaCausation, c.causation}, {metaCommand, appendID},
		{metaCorrelation, correlation}, {metaAction, action}, {metaTrace, c.traceparent},
	}
	if len(c.metadata) > 0 {
		return mergeMeta(c.metadata, sorted[:])
	}
	var room [256]byte
	buf := room[:0]
	for _, entry := range sorted {
		if entry[1] != "" {
			buf = appendMetaEntry(buf, entry[0], entry[1])
		}
	}
	return Meta{text: string(append(buf, '}'))}
}

func mergeMeta(given map[string]string, own [][2]string) Meta {
	all := make(map[string]string, len(given)+len(own))
	for name, text := range given {
		all[name] = text
	}
	for _, entry := range own {
		setUnlessEmpty(all, entry[0], entry[1])
	}
	return NewMeta(all)
}

func setUnlessEmpty(m map[string]string, name, text string) {
	if text != "" {
		m[name] = text
	}
}
