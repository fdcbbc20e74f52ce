package runtime

import (
	"context"
	"errors"
	"time"
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

// encode makes the records of an append. All payloads are parts of one string.
func (h history[S, E]) encode(head Header, after uint64, events []E) ([]Record, error) {
	records := make([]Record, len(events))
	var few [8]int
	ends := few[:0]
	buf := h.engine.buffer()
	defer func() { h.engine.recycle(buf) }()
	for i, e := range events {
		encoded, err := h.about.Encode(buf.bytes, e)
		if err != nil {
			return nil, Invalid(err)
		}
		buf.bytes = encoded.Data
		ends = append(ends, len(buf.bytes))
		records[i].Header = head
		records[i].Key, records[i].Version = encoded.Key, encoded.Version
		records[i].Sequence = after + uint64(i) + 1
	}
	if size := len(buf.bytes) + len(records)*len(head.Metadata.Text()); size > MaxBytes {
		return nil, TooLargeError{Stream: head.Stream(), Records: len(records), Bytes: size}
	}
	all, begin := string(buf.bytes), 0
	for i, end := range ends {
		records[i].Data = all[begin:end]
		begin = end
	}
	return records, nil
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

// Decide is the decision alone, on a state that is given, without a store: what the action would store, or
// its error. Whether the aggregate exists is told by the state's sequence.
func Decide[ID ~string, S, E, C any](ctx context.Context, h *Handle[ID, S, E], a *Action[S, E, C], s S, cmd C, opts []Option) (events []E, err error) {
	defer catch(&err)
	c := &command[S, E, C]{history: h.log, action: a, input: &cmd, settings: settingsOf(ctx, opts)}
	c.id = "given" // a state does not tell the runtime its id, and nothing of the answer has it
	if err := c.check(ctx); err != nil {
		return nil, err
	}
	l, err := c.given(s)
	if err != nil {
		return nil, err
	}
	if _, events, err = c.propose(ctx, l); err != nil {
		return nil, err
	}
	return events, nil
}

// given is a state of the caller's, who may not have computed what derives from it.
func (h history[S, E]) given(s S) (*loaded[S], error) {
	l := &loaded[S]{state: s, mark: Mark{Sequence: *h.about.Sequence(&s)}}
	if h.about.Derive == nil {
		return l, nil
	}
	l.state = h.clone(l)
	return l, h.about.Derive(&l.state)
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

// Fold is the state after events, which are taken from the first on: each is encoded, and folded from its
// bytes. It needs no store. No events are ErrNotFound; what no aggregate begins with is ErrInvalid.
func Fold[S, E any](a *Aggregate[S, E], id string, events []E) (s S, err error) {
	defer catch(&err)
	if err := checkID("id", id); err != nil {
		return s, err
	}
	h := history[S, E]{engine: storeless, about: a}
	records, err := h.encode(Header{Aggregate: a.Name, AggregateID: id}, 0, events)
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

// storeless is for folds that need no engine but its buffers.
var storeless = &Engine{config: config{clock: time.Now}}

// buffer is where payloads are written before they become one string.
type buffer struct{ bytes []byte }

// keepBuffer is the largest buffer that is kept for the next command.
const keepBuffer = 64 << 10

func (e *Engine) buffer() *buffer {
	if b, ok := e.buffers.Get().(*buffer); ok {
		return b
	}
	return &buffer{bytes: make([]byte, 0, 512)}
}

func (e *Engine) recycle(b *buffer) {
	if cap(b.bytes) <= keepBuffer {
		b.bytes = b.bytes[:0]
		e.buffers.Put(b)
	}
}
