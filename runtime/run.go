package runtime

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"
)

// subscriptions is what an Engine knows of its handlers.
type subscriptions struct {
	feed feed

	mu      sync.Mutex
	list    []*subscription // in the order of registration
	begun   bool            // Run or CatchUp has begun: nothing more may be registered
	running bool            // Run or CatchUp is at work
	workers map[string]*worker
	news    chan struct{} // closed and replaced when a worker's place has moved
	parked  []error       // what CatchUp has parked
	process string        // see Engine.process
}

// silence is how long a subscription is given up that met an event its build does not know, and the pause after a
// fault of the store.
const silence = 5 * time.Second

// named finds a handler.
func (s *subscriptions) named(name string) (*subscription, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, one := range s.list {
		if one.name == name {
			return one, nil
		}
	}
	return nil, InvalidError{Path: "handler", Reason: fmt.Sprintf("there is no handler %q", name)}
}

// worker is the one that runs a subscription in this process, or nil.
func (s *subscriptions) worker(name string) *worker {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.workers[name]
}

// changed wakes those that wait for a place in the log.
func (s *subscriptions) changed() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.news != nil {
		close(s.news)
		s.news = nil
	}
}

// change is closed at the next change.
func (s *subscriptions) change() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.news == nil {
		s.news = make(chan struct{})
	}
	return s.news
}

func (s *subscriptions) parkedNow(handler string, r *Record, cause error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.parked = append(s.parked, fmt.Errorf("handler %s parked event %s: %w", handler, r.ID(), cause))
}

// begin freezes the registration and makes the workers of this process. A second Run or CatchUp beside a running
// one is refused.
func (e *Engine) begin(ctx context.Context, patient bool) ([]*worker, error) {
	owner := e.process()
	e.subscriptions.mu.Lock()
	defer e.subscriptions.mu.Unlock()
	e.subscriptions.begun = true
	if e.subscriptions.running {
		return nil, errors.New("Run or CatchUp is at work already in this domain")
	}
	for _, name := range e.config.handlers {
		if !slices.ContainsFunc(e.subscriptions.list, func(s *subscription) bool { return s.name == name }) {
			return nil, fmt.Errorf("WithHandlers names %q, which is no handler of this domain", name)
		}
	}
	e.subscriptions.running, e.subscriptions.parked = true, nil
	e.subscriptions.feed.store = e.store
	var workers []*worker
	for _, s := range e.subscriptions.list {
		if e.config.handlers == nil || slices.Contains(e.config.handlers, s.name) {
			workers = append(workers, e.newWorker(ctx, s, owner, patient))
		}
	}
	return workers, nil
}

func (e *Engine) end() {
	e.subscriptions.mu.Lock()
	defer e.subscriptions.mu.Unlock()
	e.subscriptions.running, e.subscriptions.workers = false, nil
}

// Run handles events until ctx ends, and then until what is in flight is done. It returns nil then, or the errors of
// subscriptions that halted, or that the drain time ran out. A halted subscription stops no other; when all have
// halted, Run returns. It may be called once at a time.
func (e *Engine) Run(ctx context.Context) error {
	workers, err := e.begin(ctx, true)
	if err != nil {
		return err
	}
	defer e.end()
	e.subscriptions.mu.Lock()
	e.subscriptions.workers = map[string]*worker{}
	for _, w := range workers {
		e.subscriptions.workers[w.sub.name] = w
	}
	e.subscriptions.mu.Unlock()

	tail := newTail(e)
	following, unfollow := context.WithCancel(ctx)
	defer unfollow()
	var wait sync.WaitGroup
	wait.Go(func() { tail.follow(following) })
	errs := make([]error, len(workers))
	var work sync.WaitGroup
	for i, w := range workers {
		work.Go(func() { errs[i] = w.run(ctx, tail) })
	}
	drained := make(chan struct{})
	go func() { work.Wait(); close(drained) }()
	if len(workers) == 0 {
		<-ctx.Done()
	}
	err = e.drain(ctx, workers, drained)
	unfollow()
	if err != nil {
		return err // a handler that does not end must not keep Run, and its results are not asked for
	}
	wait.Wait()
	return errors.Join(errs...)
}

// drain waits until all workers are done. Once ctx has ended they have the drain time for it; then the handlers'
// contexts end, and they have a moment to notice.
func (e *Engine) drain(ctx context.Context, workers []*worker, drained <-chan struct{}) error {
	select {
	case <-drained:
		return nil
	case <-ctx.Done():
	}
	timer := time.NewTimer(e.config.drainTimeout)
	defer timer.Stop()
	select {
	case <-drained:
		return nil
	case <-timer.C:
	}
	for _, w := range workers {
		w.stop()
	}
	moment := time.NewTimer(time.Second)
	defer moment.Stop()
	select {
	case <-drained:
	case <-moment.C:
	}
	return fmt.Errorf("handlers were still at work %v after the end, and were stopped; their events are handled at the next start", e.config.drainTimeout)
}

// tail follows the end of the log for all workers of a process.
type tail struct {
	engine *Engine
	mu     sync.Mutex
	seen   uint64
	more   chan struct{} // closed and replaced when the log has grown
}

func newTail(e *Engine) *tail { return &tail{engine: e, more: make(chan struct{})} }

// follow waits for the log to grow until ctx ends. A fault of the store is logged and waited out.
func (t *tail) follow(ctx context.Context) {
	for ctx.Err() == nil {
		err := t.engine.store.Wait(ctx, t.seen)
		var head uint64
		if err == nil {
			head, err = t.engine.store.Head(ctx)
		}
		if err != nil {
			if ctx.Err() == nil {
				t.engine.config.logger.LogAttrs(ctx, slog.LevelError, "waiting for events failed", slog.String("error", err.Error()))
				waited(ctx, silence)
			}
			continue
		}
		if head > t.seen {
			t.grew(head)
		}
	}
}

func (t *tail) grew(head uint64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.seen = head
	close(t.more)
	t.more = make(chan struct{})
}

// growth is closed when the log grows from now on.
func (t *tail) growth() <-chan struct{} {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.more
}

// run works until ctx ends: it waits for the lease, works as its owner, and begins anew when it lost it. Its error is
// that of a halt.
func (w *worker) run(ctx context.Context, t *tail) error {
	defer w.stop()
	for ctx.Err() == nil {
		held, err := w.lead(ctx)
		switch {
		case err != nil:
			w.trouble(ctx, "taking a subscription failed", err)
			w.rest(ctx, silence)
		case !held:
			w.rest(ctx, w.lease.beat())
		default:
			if err := w.own(ctx, t); err != nil {
				return err
			}
		}
	}
	return nil
}

// own works as the owner of the lease. A fault gives the lease back and is waited out.
func (w *worker) own(ctx context.Context, t *tail) error {
	working, lose := context.WithCancelCause(ctx)
	defer lose(nil)
	var beats sync.WaitGroup
	beats.Go(func() { w.beat(working, lose) })
	err := w.work(working, t)
	lost := errors.Is(err, errLost) || errors.Is(context.Cause(working), errLost)
	lose(nil)
	beats.Wait()
	if !lost {
		err = cmp.Or(err, w.retire())
	}
	var halted haltedError
	switch {
	case errors.As(err, &halted):
		return halted
	case ctx.Err() != nil || w.base.Err() != nil:
		return nil
	case lost:
		w.trouble(ctx, "a subscription was taken over", errLost)
	case err != nil:
		w.trouble(ctx, "a subscription is given up for a while", err)
		w.rest(ctx, silence)
	}
	return nil
}

// work moves through the log and waits at its end.
func (w *worker) work(ctx context.Context, t *tail) error {
	if err := w.wishes(ctx); err != nil {
		return err
	}
	for ctx.Err() == nil {
		growth := t.growth() // taken before the look, so that nothing is missed between the two
		n, err := w.step(ctx)
		if err != nil {
			return err
		}
		if err := w.checkpoint(ctx, n == 0); err != nil {
			return err
		}
		w.engine.subscriptions.changed()
		if n == 0 {
			if err := w.idle(ctx, growth); err != nil {
				return err
			}
		}
	}
	return nil
}

// idle waits at the end of the log, and carries out wishes meanwhile.
func (w *worker) idle(ctx context.Context, growth <-chan struct{}) error {
	timer := time.NewTimer(w.lease.beat())
	defer timer.Stop()
	select {
	case <-growth:
		return nil
	case <-ctx.Done():
		return nil
	case <-timer.C:
		return w.wishes(ctx)
	case answer := <-w.granted:
		err := w.wishes(ctx)
		answer <- err
		return err
	}
}

// rest waits as one that does not own the lease. Wishes are the owner's to carry out.
func (w *worker) rest(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	for {
		select {
		case <-timer.C:
			return
		case <-ctx.Done():
			return
		case answer := <-w.granted:
			answer <- nil
		}
	}
}

// carryOut asks the worker to carry out the wishes now, and waits until it has.
func (w *worker) carryOut(ctx context.Context) error {
	answer := make(chan error, 1)
	select {
	case w.granted <- answer:
	case <-w.base.Done():
		return nil // it has stopped; the next owner does it
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-answer:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// beat keeps the lease while the worker works, and is the checkpoint of a slow handler.
func (w *worker) beat(ctx context.Context, lose context.CancelCauseFunc) {
	for waited(ctx, w.lease.beat()) {
		w.mu.Lock()
		after := w.after
		w.mu.Unlock()
		err := w.lease.save(ctx, after)
		switch {
		case errors.Is(err, errLost):
			lose(errLost)
			return
		case err == nil:
			w.settle(after)
		case ctx.Err() == nil:
			w.trouble(ctx, "a heart-beat failed", err)
		}
	}
}

func (w *worker) trouble(ctx context.Context, message string, err error) {
	w.engine.config.logger.LogAttrs(ctx, slog.LevelWarn, message,
		slog.String("handler", w.sub.name), slog.String("error", err.Error()))
}

// CatchUp handles events until every subscription has passed the end of the log, what handlers append included. It
// tries as often as Run does, but does not wait in between. Its error is what had to be parked, what halted, and
// what could not be read. It is for tests and tools; it goes through the subscriptions in the order in which they were
// registered. It may be called again, and not while Run is at work.
func (e *Engine) CatchUp(ctx context.Context) error {
	workers, err := e.begin(ctx, false)
	if err != nil {
		return err
	}
	defer e.end()
	var errs []error
	led := workers[:0:0]
	beating, rest := context.WithCancel(ctx)
	var beats sync.WaitGroup
	for _, w := range workers {
		if err := w.await(ctx); err != nil {
			errs = append(errs, fmt.Errorf("handler %s: %w", w.sub.name, err))
			continue
		}
		led = append(led, w)
		beats.Go(func() { w.beat(beating, func(error) {}) })
	}
	errs = append(errs, e.rounds(ctx, slices.Clone(led))...)
	rest()
	beats.Wait()
	for _, w := range led {
		if err := w.retire(); err != nil {
			errs = append(errs, fmt.Errorf("handler %s: %w", w.sub.name, err))
		}
		w.stop()
	}
	e.subscriptions.mu.Lock()
	errs = append(errs, e.subscriptions.parked...)
	e.subscriptions.mu.Unlock()
	return errors.Join(errs...)
}

// await takes the lease, however long another process holds it.
func (w *worker) await(ctx context.Context) error {
	for {
		held, err := w.lead(ctx)
		if err != nil || held {
			return err
		}
		if !waited(ctx, w.lease.beat()) {
			return ctx.Err()
		}
	}
}

// rounds goes through the workers until none of them finds anything more. One with an error is left out.
func (e *Engine) rounds(ctx context.Context, workers []*worker) (errs []error) {
	for moved := true; moved; {
		moved = false
		for i, w := range workers {
			if w == nil {
				continue
			}
			n, err := w.toEnd(ctx)
			moved = moved || n > 0
			if err != nil {
				errs, workers[i] = append(errs, ofHandler(w.sub.name, err)), nil
			}
		}
	}
	return errs
}

// ofHandler is an error with the name of the handler, if it does not say it itself.
func ofHandler(name string, err error) error {
	if errors.As(err, &haltedError{}) {
		return err
	}
	return fmt.Errorf("handler %s: %w", name, err)
}

// toEnd works to the end of the log and answers how many events there were.
func (w *worker) toEnd(ctx context.Context) (total int, err error) {
	if err := w.wishes(ctx); err != nil {
		return 0, err
	}
	for {
		if err := ctx.Err(); err != nil {
			return total, err
		}
		n, err := w.step(ctx)
		total += n
		if errors.Is(err, errInterrupted) && ctx.Err() != nil {
			err = ctx.Err()
		}
		if err != nil {
			return total, err
		}
		if err := w.checkpoint(ctx, n == 0); err != nil || n == 0 {
			return total, err
		}
	}
}

// WaitFor returns when these handlers have passed a position in the log, whichever process runs them; none named:
// all handlers of this domain. An event that was parked or skipped is passed too. It is how one reads one's own
// writes from a projection: WaitFor(ctx, result.Position, "profiles").
func (e *Engine) WaitFor(ctx context.Context, position uint64, handlers ...string) error {
	if len(handlers) == 0 {
		e.subscriptions.mu.Lock()
		for _, s := range e.subscriptions.list {
			handlers = append(handlers, s.name)
		}
		e.subscriptions.mu.Unlock()
	}
	for _, name := range handlers {
		s, err := e.subscriptions.named(name)
		if err != nil {
			return err
		}
		if err := e.waitFor(ctx, position, s); err != nil {
			return err
		}
	}
	return nil
}

func (e *Engine) waitFor(ctx context.Context, position uint64, s *subscription) error {
	for look := 10 * time.Millisecond; ; look = min(2*look, time.Second) {
		change := e.subscriptions.change()
		passed, err := e.passed(ctx, s)
		if err != nil || passed >= position {
			return err
		}
		timer := time.NewTimer(look) // another process may run it
		select {
		case <-change:
			look = 10 * time.Millisecond
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		}
		timer.Stop()
	}
}

// passed is how far a subscription is known to be.
func (e *Engine) passed(ctx context.Context, s *subscription) (uint64, error) {
	if w := e.subscriptions.worker(s.name); w != nil {
		w.mu.Lock()
		passed, leading := w.passed, w.lease.leading()
		w.mu.Unlock()
		if leading {
			return passed, nil
		}
	}
	cell, _, err := readLease(ctx, e.store, s.key(e.domain))
	return cell.After, err
}
