package trial

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/fluvius-io/fluvius-go/runtime/memory"
)

// commands carries out random sequences of commands on a store in memory.
func (p *Properties) commands(r *Random) (got report) {
	if len(p.actions) == 0 {
		got.why = "the aggregate has no actions"
		return got
	}
	tried, accepted := map[string]int{}, map[string]int{}
	for range sequences {
		w, err := p.walk(r)
		for i := 0; i < commandsOfEach && err == nil && !p.grown(w.state); i++ {
			err = w.step(r, tried, accepted)
		}
		if err != nil {
			got.err = err
			return got
		}
	}
	for _, c := range p.actions {
		got.tried += tried[c.name]
		got.note(c.name, tried[c.name], accepted[c.name])
	}
	return got
}

// walk is one aggregate in a store.
type walk struct {
	*Properties
	store  runtime.Store
	handle handle
	now    time.Time
	state  state
	stored []runtime.Record
}

// walk begins with nothing, or with a random history: what an action of Go's alone would lead to is reached so, too.
func (p *Properties) walk(r *Random) (*walk, error) {
	w := &walk{Properties: p, store: memory.New(), now: firstMoment}
	clock := runtime.WithClock(func() time.Time { return w.now })
	e, err := runtime.NewEngine(w.store, p.domain, clock, runtime.WithLogger(slog.New(slog.DiscardHandler)))
	if err != nil {
		return nil, err
	}
	w.handle = p.about.handle(e)
	length := 0
	if r.chance(0.5) {
		length = 1 + r.IntN(4)
	}
	all, s, err := p.history(r, length)
	if err != nil {
		return nil, err
	}
	w.state = s
	return w, w.append(recordsOf(all))
}

// append stores a history, as if commands had made it.
func (w *walk) append(records []runtime.Record) error {
	if len(records) == 0 {
		return nil
	}
	for i := range records {
		records[i].AggregateID, records[i].Sequence = aggregateID, uint64(i)+1
		records[i].Timestamp = w.now
	}
	var err error
	if w.state, err = w.about.fold(records); err != nil {
		return fmt.Errorf("events that fold one by one do not fold in one run: %w", err)
	}
	_, err = w.store.Append(context.Background(), runtime.Append{Stream: w.stream(), Records: records})
	if errors.Is(err, runtime.ErrTooLarge) { // then it begins with nothing
		w.state, err = w.about.start()
		return err
	}
	if err != nil {
		return err
	}
	w.stored, err = w.read()
	return err
}

func (w *walk) stream() runtime.Stream {
	return runtime.Stream{Domain: w.domain, Aggregate: w.about.name, ID: aggregateID}
}

func (w *walk) read() (records []runtime.Record, err error) {
	for r, err := range w.store.Read(context.Background(), w.stream(), runtime.Mark{}) {
		if err != nil {
			return nil, err
		}
		records = append(records, r)
	}
	return records, nil
}

// step carries out one command, of which is known before what must come of it.
func (w *walk) step(r *Random, tried, accepted map[string]int) error {
	c := oneOf(r, w.actions...)
	a, ok := w.ask(r, c)
	if !ok {
		return nil
	}
	tried[c.name]++
	w.now = w.now.Add(time.Duration(r.IntN(100)) * time.Minute)
	with := r.around(w.now)
	command, state := a.text(), w.about.text(w.state)
	want, err := w.decided(c, a, w.state, with)
	if err != nil {
		return err
	}
	if want.err == nil && len(want.records) > 0 {
		want.err = w.about.holds(want.next)
	}
	done, err := a.execute(w.handle, with.options())
	if err == nil {
		accepted[c.name]++
	}
	return w.of(c, command, state, w.outcome(&want, done, err))
}

// outcome compares what came of a command with what had to.
func (w *walk) outcome(want *verdict, done runtime.Result, err error) error {
	stored, readErr := w.read()
	if readErr != nil {
		return readErr
	}
	before := len(w.stored)
	if want.err == nil && errors.Is(err, runtime.ErrTooLarge) && want.large() {
		want.err = err
	}
	if want.err != nil {
		switch {
		case err == nil && errors.Is(want.err, runtime.ErrInvariant):
			return fmt.Errorf("it was stored, although: %w", want.err)
		case err == nil || runtime.Code(err) != runtime.Code(want.err):
			return fmt.Errorf("the error is %v, want %w", err, want.err)
		case len(stored) != before:
			return fmt.Errorf("it stored %d events, although: %w", len(stored)-before, want.err)
		}
		return w.unchanged()
	}
	if err != nil {
		return fmt.Errorf("it was refused: %w\nwhere it had to emit %s", err, want)
	}
	if !runtime.SameEvents(stored[before:], want.records) {
		return fmt.Errorf("it stored %s, want %s", &verdict{records: stored[before:]}, want)
	}
	if len(want.records) == 0 {
		return w.unchanged()
	}
	return w.moved(stored, want, done)
}

// large tells whether the events may be more than one append takes, which counts more than their payloads.
func (v *verdict) large() bool {
	size := 0
	for _, r := range v.records {
		size += len(r.Data)
	}
	return size > runtime.MaxBytes/2 || len(v.records) > runtime.MaxRecords
}

// unchanged looks at the state after a command that stored nothing.
func (w *walk) unchanged() error {
	s, err := w.about.load(w.handle)
	switch {
	case len(w.stored) == 0 && errors.Is(err, runtime.ErrNotFound):
		return nil
	case err != nil:
		return fmt.Errorf("after it the aggregate does not load: %w", err)
	case w.about.text(s) != w.about.text(w.state):
		return fmt.Errorf("it stored nothing, and yet changed the state to %s", clip(w.about.text(s)))
	}
	return nil
}

// moved looks at the state after a command that was carried out: as it was returned, and replayed from the store.
func (w *walk) moved(stored []runtime.Record, want *verdict, done runtime.Result) error {
	returned, err := w.about.result(done)
	if err != nil {
		return err
	}
	replayed, err := w.about.fold(stored)
	if err != nil {
		return fmt.Errorf("after it the aggregate does not replay: %w", err)
	}
	got, again, expected := w.about.text(returned), w.about.text(replayed), w.about.text(want.next)
	if got != expected || again != expected {
		return fmt.Errorf("the states differ\ndecided:  %s\nreturned: %s\nreplayed: %s", clip(expected), clip(got), clip(again))
	}
	if err := w.about.holds(replayed); err != nil {
		return fmt.Errorf("after it was stored: %w", err)
	}
	w.state, w.stored = replayed, stored
	return nil
}
