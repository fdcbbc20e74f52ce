package runtime

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"
)

// worker runs one subscription in this process: it takes the lease, and moves its place in the log forward.
type worker struct {
	engine  *Engine
	sub     *subscription
	lease   *lease
	patient bool // waits between tries; CatchUp does not

	base    context.Context // of handlers: the values of Run's context, and an end when the drain time is up
	stop    context.CancelFunc
	granted chan chan error // wishes that wait to be carried out

	parked map[place]bool // aggregates with dead letters; only the worker's goroutine touches it

	mu     sync.Mutex
	after  uint64 // all events up to here are handled, parked or skipped
	passed uint64 // for WaitFor: after, but never ahead of the checkpoint of an event that was handled
	dirty  int    // events handled since the checkpoint
}

// saveEvery bounds how many events are handled again after a crash.
const saveEvery = 256

// failure is an event that was not handled. It is final when all tries are used up, else it says nothing
// against the event: a shutdown, a lost lease, an event that only a newer build knows.
type failure struct {
	error
	attempts int
	final    bool
}

func (f *failure) Unwrap() error { return f.error }

// errInterrupted says that a shutdown came before an event was handled.
var errInterrupted = errors.New("interrupted by the shutdown")

// errBehind is why an event is parked that was not tried.
var errBehind = errors.New("it waits behind a dead letter of its aggregate")

// haltedError is that of a subscription that stopped at an event.
type haltedError struct {
	handler string
	event   string
	cause   error
}

func (e haltedError) Error() string {
	return fmt.Sprintf("handler %s halted at event %s: %v", e.handler, e.event, e.cause)
}
func (e haltedError) Unwrap() error { return e.cause }

func (e *Engine) newWorker(ctx context.Context, s *subscription, owner string, patient bool) *worker {
	base, stop := context.WithCancel(context.WithoutCancel(ctx))
	return &worker{
		engine: e, sub: s, patient: patient, base: base, stop: stop,
		lease:   &lease{store: e.store, key: s.key(e.domain), owner: owner, time: e.config.leaseTime},
		parked:  map[place]bool{},
		granted: make(chan chan error),
	}
}

// lead tries to become the owner of the subscription, and reads what it has to know as such.
func (w *worker) lead(ctx context.Context) (bool, error) {
	held, err := w.lease.acquire(ctx, w.start)
	if err != nil || !held {
		return false, err
	}
	w.mu.Lock()
	w.after, w.passed, w.dirty = w.lease.cell.After, w.lease.cell.After, 0
	w.mu.Unlock()
	clear(w.parked)
	key := w.sub.key(w.engine.domain)
	err = list(ctx, w.engine.store, deadBucket, key+"/", func(entry Entry) error {
		letter, err := readLetter(key, entry)
		w.parked[place{letter.Aggregate, letter.AggregateID}] = true
		return err
	})
	if err != nil {
		return false, errors.Join(err, w.retire())
	}
	return true, nil
}

// start is where a subscription begins that has never run: where the one of its old name stood, or as its
// options say.
func (w *worker) start(ctx context.Context) (uint64, error) {
	if was := w.sub.settings.was; was != "" {
		after, ok, err := w.inherit(ctx, &subscription{name: was})
		if err != nil || ok {
			return after, err
		}
	}
	if w.sub.settings.fromNow {
		return w.engine.store.Head(ctx)
	}
	return 0, nil
}

// inherit takes over the checkpoint and the dead letters of the old name. The old cell stays, marked as owned by
// this one, so that an older build stops.
func (w *worker) inherit(ctx context.Context, old *subscription) (after uint64, ok bool, err error) {
	from, to := old.key(w.engine.domain), w.sub.key(w.engine.domain)
	cell, revision, err := readLease(ctx, w.engine.store, from)
	if err != nil || revision == 0 {
		return 0, false, err
	}
	fence := &lease{store: w.engine.store, key: from, owner: w.sub.name, time: leaseTime, revision: revision, cell: cell}
	if err := fence.put(ctx, leaseCell{After: cell.After, Owner: w.sub.name, Beat: cell.Beat}, revision); err != nil {
		return 0, false, err
	}
	err = list(ctx, w.engine.store, deadBucket, from+"/", func(entry Entry) error {
		if err := putOver(ctx, w.engine.store, deadBucket, to+entry.Key[len(from):], entry.Value); err != nil {
			return err
		}
		return drop(ctx, w.engine.store, deadBucket, entry.Key)
	})
	return cell.After, true, err
}

// retire writes the last checkpoint and gives the lease back. It works after the context of Run has ended.
func (w *worker) retire() error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(w.base), w.lease.time)
	defer cancel()
	w.mu.Lock()
	after := w.after
	w.mu.Unlock()
	err := w.lease.release(ctx, after)
	if err == nil {
		w.settle(after)
	}
	if errors.Is(err, errLost) {
		return nil // the other one has its own checkpoint
	}
	return err
}

// move sets the place in the log, backwards too.
func (w *worker) move(to uint64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.after, w.passed, w.dirty = to, to, 0
}

// advance notes that all events up to a position are done with; handled, that one of them was handled.
func (w *worker) advance(to uint64, handled bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.after = to
	if handled {
		w.dirty++
	} else if w.dirty == 0 {
		w.passed = to
	}
}

// checkpoint saves the place if that is due: always when asked, else after some events.
func (w *worker) checkpoint(ctx context.Context, now bool) error {
	w.mu.Lock()
	after, dirty := w.after, w.dirty
	w.mu.Unlock()
	if dirty == 0 || !now && dirty < saveEvery {
		return nil
	}
	if err := w.lease.save(ctx, after); err != nil {
		return err
	}
	w.settle(after)
	return nil
}

func (w *worker) settle(after uint64) {
	w.mu.Lock()
	w.passed = max(w.passed, after)
	if w.after == after {
		w.dirty = 0
	}
	w.mu.Unlock()
	w.engine.subscriptions.changed()
}

// step handles some events and answers how many there were; none at the end of the log. ctx ends with Run.
func (w *worker) step(ctx context.Context) (int, error) {
	w.mu.Lock()
	after := w.after
	w.mu.Unlock()
	page, err := w.engine.subscriptions.feed.next(ctx, after)
	if err != nil || len(page) == 0 {
		return 0, err
	}
	if w.sub.settings.concurrency > 1 {
		err = w.spread(ctx, page)
	} else {
		err = w.inOrder(ctx, page)
	}
	return len(page), err
}

// inOrder handles a page event by event.
func (w *worker) inOrder(ctx context.Context, page []Record) error {
	for i := range page {
		r := &page[i]
		wanted := w.sub.wants(r)
		if wanted {
			if ctx.Err() != nil {
				return errInterrupted
			}
			if err := w.renew(ctx); err != nil {
				return err
			}
			if err := w.one(ctx, r, w.parked[place{r.Aggregate, r.AggregateID}]); err != nil {
				return err
			}
		}
		w.advance(r.Position, wanted)
	}
	return nil
}

// renew is asked before each event: a process that slept must not handle what another one has taken over.
func (w *worker) renew(ctx context.Context) error {
	w.mu.Lock()
	after := w.after
	w.mu.Unlock()
	return w.lease.renew(ctx, after)
}

// spread handles a page with several goroutines, one aggregate's events in order.
func (w *worker) spread(ctx context.Context, page []Record) error {
	lines, order := map[place][]int{}, []place(nil)
	for i := range page {
		if r := &page[i]; w.sub.wants(r) {
			p := place{r.Aggregate, r.AggregateID}
			if lines[p] == nil {
				order = append(order, p)
			}
			lines[p] = append(lines[p], i)
		}
	}
	s := &spreading{worker: w, page: page, left: make([]bool, len(page))}
	next := make(chan place)
	var wait sync.WaitGroup
	for range min(w.sub.settings.concurrency, len(order)) {
		wait.Go(func() {
			for p := range next {
				s.line(ctx, p, lines[p])
			}
		})
	}
	for _, p := range order {
		next <- p
	}
	close(next)
	wait.Wait()
	return s.finish()
}

// spreading is one page that several goroutines handle.
type spreading struct {
	worker *worker
	page   []Record

	mu   sync.Mutex
	left []bool // events that were wanted and are not done with
	err  error
}

// line handles one aggregate's events of the page.
func (s *spreading) line(ctx context.Context, p place, events []int) {
	s.mu.Lock()
	parked := s.worker.parked[p]
	s.mu.Unlock()
	for n, i := range events {
		err := error(errInterrupted)
		if ctx.Err() == nil && !s.failed() {
			if err = s.worker.renew(ctx); err == nil {
				err = s.worker.place(ctx, &s.page[i], &parked)
			}
		}
		if err != nil {
			s.leave(events[n:], err)
			return
		}
	}
	if parked {
		s.mu.Lock()
		s.worker.parked[p] = true
		s.mu.Unlock()
	}
}

func (s *spreading) failed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err != nil && !errors.Is(s.err, errInterrupted)
}

func (s *spreading) leave(events []int, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, i := range events {
		s.left[i] = true
	}
	if s.err == nil || errors.Is(s.err, errInterrupted) {
		s.err = err
	}
}

// finish moves the place in the log up to the first event that is left.
func (s *spreading) finish() error {
	for i := range s.page {
		if s.left[i] {
			break
		}
		s.worker.advance(s.page[i].Position, s.worker.sub.wants(&s.page[i]))
	}
	return s.err
}

// one handles an event, or parks it behind another of its aggregate.
func (w *worker) one(ctx context.Context, r *Record, parked bool) error {
	if err := w.place(ctx, r, &parked); err != nil {
		return err
	}
	if parked {
		w.parked[place{r.Aggregate, r.AggregateID}] = true
	}
	return nil
}

// place handles an event and does as the policy says if it fails for good.
func (w *worker) place(ctx context.Context, r *Record, parked *bool) error {
	if *parked {
		return w.park(ctx, r, nil)
	}
	failed := w.deliver(ctx, r)
	switch {
	case failed == nil:
		return nil
	case !failed.final:
		return failed
	}
	switch w.sub.settings.onFailure {
	case Skip:
		w.log(slog.LevelWarn, "a handler skips an event", r, failed)
		return nil
	case Halt:
		w.log(slog.LevelError, "a handler halts", r, failed)
		return haltedError{w.sub.name, r.ID(), failed.error}
	}
	w.log(slog.LevelError, "a handler parks an event", r, failed)
	*parked = true
	return w.park(ctx, r, failed)
}

// park writes a dead letter; failed is nil for an event that only waits behind another. The letter comes before the
// checkpoint: a crash between them parks the same key again.
func (w *worker) park(ctx context.Context, r *Record, failed *failure) error {
	cell := letterCell{Sequence: r.Sequence, Key: r.Key, ParkedAt: w.engine.now()}
	cause := errBehind
	if failed != nil {
		cell.Error, cell.Attempts = failed.Error(), failed.attempts
		cause = failed.error
	}
	if !w.patient {
		w.engine.subscriptions.parkedNow(w.sub.name, r, cause)
	}
	return putLetter(context.WithoutCancel(ctx), w.engine.store, letterKey(w.sub.key(w.engine.domain), r), cell)
}

// deliver tries an event until it is handled or the tries are used up.
func (w *worker) deliver(ctx context.Context, r *Record) *failure {
	for attempt := 1; ; attempt++ {
		err := w.attempt(r, attempt)
		if err == nil {
			return nil
		}
		var unread undecodable
		switch {
		case w.base.Err() != nil:
			return &failure{error: errInterrupted, attempts: attempt}
		case errors.As(err, &unread) && errors.Is(err, ErrUnknownEvent):
			return &failure{error: err, attempts: attempt}
		case attempt > w.sub.settings.retry:
			return &failure{error: err, attempts: attempt, final: true}
		}
		w.log(slog.LevelWarn, "a handler failed and will be tried again", r, &failure{error: err, attempts: attempt})
		if w.patient && !waited(ctx, backoff(attempt)) {
			return &failure{error: errInterrupted, attempts: attempt}
		}
	}
}

// attempt is one try. A panic is a failure as any other.
func (w *worker) attempt(r *Record, attempt int) (err error) {
	d := &delivery{
		base: w.base, deadline: time.Now().Add(w.sub.settings.timeout),
		engine: w.engine, handler: w.sub.name, header: &r.Header,
	}
	defer d.finish()
	defer catch(&err)
	if w.engine.config.deliveryHook == nil {
		return w.sub.handle(d, r)
	}
	call := DeliveryCall{Domain: w.engine.domain, Handler: w.sub.name, Header: r.Header, Attempt: attempt}
	return w.engine.config.deliver(d, call, func(ctx context.Context) error { return w.sub.handle(ctx, r) })
}

func (w *worker) log(level slog.Level, message string, r *Record, f *failure) {
	attrs := []slog.Attr{
		slog.String("handler", w.sub.name), slog.String("event_id", r.ID()), slog.String("key", r.Key),
		slog.String("aggregate", r.Aggregate), slog.String("aggregate_id", r.AggregateID),
		slog.Uint64("position", r.Position), slog.Int("attempt", f.attempts), slog.String("error", f.Error()),
	}
	var p *PanicError
	if errors.As(f.error, &p) {
		attrs = append(attrs, slog.String("stack", p.Stack))
	}
	w.engine.config.logger.LogAttrs(w.base, level, message, attrs...)
}

// backoff is the pause before the next try: twice as long each time, up to 30 s, with up to half of it by chance, so
// that what failed together is not tried again together.
func backoff(attempt int) time.Duration {
	const first, most = 100 * time.Millisecond, 30 * time.Second
	d := most
	if attempt < 10 {
		d = min(most, first<<(attempt-1))
	}
	return d/2 + rand.N(d/2)
}

// waited waits; false if ctx ended first.
func waited(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
