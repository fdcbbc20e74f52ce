package runtime

import (
	"context"
	"errors"
	"iter"
	"log/slog"
	"reflect"
	"sync"
	"time"
)

// Engine is what a generated Domain is made of. Its methods are the domain's, so it has no others. It is
// safe for concurrent use. It starts no goroutine before Run or CatchUp.
type Engine struct {
	store    Store
	domain   string
	config   config
	owner    any // the generated Domain
	ids      idSource
	seats    seats
	buffers  sync.Pool    // of *buffer
	commands []anyCommand // of all aggregates

	subscriptions subscriptions
}

// config is what DomainOptions come to.
type config struct {
	retries      int
	clock        func() time.Time
	logger       *slog.Logger
	commandHook  CommandHook
	deliveryHook DeliveryHook
	handlers     []string // nil: all
	drainTimeout time.Duration
	leaseTime    time.Duration
	cache        int
}

// DomainOption is given to New.
type DomainOption func(*config)

// WithRetries sets how often a command is decided again after a conflict with another process: 10, if not
// set. 0 is never.
func WithRetries(n int) DomainOption { return func(c *config) { c.retries = max(n, 0) } }

// WithClock sets where Timestamps come from; else it is time.Now. It may be called from many goroutines.
func WithClock(now func() time.Time) DomainOption {
	return func(c *config) {
		if now != nil {
			c.clock = now
		}
	}
}

// WithLogger sets where failures of handlers and of what is kept beside the log are told; else it is
// slog.Default().
func WithLogger(l *slog.Logger) DomainOption {
	return func(c *config) {
		if l != nil {
			c.logger = l
		}
	}
}

// WithHooks puts a function around each of the two flows: a command, and the delivery of an event to a
// handler. Either may be nil.
func WithHooks(command CommandHook, delivery DeliveryHook) DomainOption {
	return func(c *config) { c.commandHook, c.deliveryHook = command, delivery }
}

// WithHandlers names the handlers that this process runs; without it, it runs all.
func WithHandlers(names ...string) DomainOption {
	return func(c *config) { c.handlers = append([]string{}, names...) }
}

// WithDrainTimeout sets how long Run waits for what is in flight after its context has ended: 10 seconds, if
// not set.
func WithDrainTimeout(d time.Duration) DomainOption { return func(c *config) { c.drainTimeout = d } }

// WithLeaseTime sets how long this process may be silent before another takes its handlers over: 6 seconds, if not set, and
// never less than half a second. It is what stands still after a process was killed; one that ends by itself gives its
// handlers back at once. Each handler is a small write for each third of that time. A process that is slower than its lease
// (suspended, starved) loses its handlers, which costs repetition, never order or events.
func WithLeaseTime(d time.Duration) DomainOption {
	return func(c *config) { c.leaseTime = max(d, leastLease) }
}

// WithCache sets how many aggregates are kept in memory between commands: 1,024, if not set; 0 keeps none.
// Nothing depends on it but time: whether another process has written is always found out.
func WithCache(aggregates int) DomainOption { return func(c *config) { c.cache = max(aggregates, 0) } }

// NewEngine makes the engine of one domain over a store. It starts nothing, and never closes the store.
func NewEngine(store Store, domain string, opts ...DomainOption) (*Engine, error) {
	if v := reflect.ValueOf(store); !v.IsValid() || v.Kind() == reflect.Pointer && v.IsNil() {
		return nil, errors.New("domain " + domain + ": the store is nil")
	}
	c := config{retries: 10, clock: time.Now, logger: slog.Default(), drainTimeout: 10 * time.Second, leaseTime: leaseTime, cache: 1024}
	for _, o := range opts {
		if o != nil {
			o(&c)
		}
	}
	e := &Engine{store: store, domain: domain, config: c}
	e.ids.begin()
	e.seats.limit = c.cache
	return e, nil
}

// Bind tells the engine what it is part of, for FromContext. Only the generated New calls it.
func (e *Engine) Bind(owner any) { e.owner = owner }

// now is the clock's time as it will be stored and read again.
func (e *Engine) now() time.Time { return e.config.clock().UTC().Round(0) }

// pageSize is how many events are asked for at once.
const pageSize = 256

// Records yields the events of this domain with Position > after, in the order of the log and as stored, up
// to the end that the log has when the loop begins; the body may append. An error is the last pair.
func (e *Engine) Records(ctx context.Context, after uint64) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		head, err := e.store.Head(ctx)
		if err != nil {
			yield(Record{}, err)
			return
		}
		for at, more := after, true; more && at < head; {
			at, more = e.yieldPage(ctx, at, head, yield)
		}
	}
}

// yieldPage gives on one page, and says where it ended and whether there may be another.
func (e *Engine) yieldPage(ctx context.Context, after, head uint64, yield func(Record, error) bool) (uint64, bool) {
	at := after
	for r, err := range e.store.ReadAll(ctx, after, pageSize) {
		if err != nil {
			yield(Record{}, err)
			return at, false
		}
		if r.Position > head {
			return at, false
		}
		at = r.Position
		if r.Domain == e.domain && !yield(r, nil) {
			return at, false
		}
	}
	return at, at > after
}
