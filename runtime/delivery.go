package runtime

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"sync"
	"time"
)

// delivery is one event that is given to one handler, once: a second try is another delivery. It is the handler's
// context, where commands find what caused them. Its end, which costs more than all else of a delivery, is made when
// somebody asks for it: most handlers never do.
type delivery struct {
	base     context.Context // of all deliveries of a worker
	deadline time.Time
	engine   *Engine
	handler  string
	header   *Header // as stored

	mu     sync.Mutex
	timed  context.Context // base with the deadline; nil while nobody has asked
	stop   context.CancelFunc
	counts map[issue]int
}

// issue is what a handler asks for: the same again in one delivery gets the next count.
type issue struct{ action, aggregate, id string }

type deliveryKey struct{}

// over is the end of a delivery that nobody has asked about before it was over.
var over = func() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}()

// finish ends the context, as the handler has returned.
func (d *delivery) finish() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.timed == nil {
		d.timed, d.stop = over, func() {}
	}
	d.stop()
}

func (d *delivery) end() context.Context {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.timed == nil {
		d.timed, d.stop = context.WithDeadline(d.base, d.deadline)
	}
	return d.timed
}

// Deadline, Done, Err and Value make a delivery a context.Context.
func (d *delivery) Deadline() (time.Time, bool) {
	if base, ok := d.base.Deadline(); ok && base.Before(d.deadline) {
		return base, true
	}
	return d.deadline, true
}

func (d *delivery) Done() <-chan struct{} { return d.end().Done() }
func (d *delivery) Err() error            { return d.end().Err() }

// Value asks the context with the end, where there is one: package context finds its own in this way, and then needs
// no goroutine for a context that is made of this one.
func (d *delivery) Value(key any) any {
	if key == (deliveryKey{}) {
		return d
	}
	d.mu.Lock()
	from := d.timed
	d.mu.Unlock()
	if from == nil || from == over {
		from = d.base
	}
	return from.Value(key)
}

// deliveryFrom is nil outside of a handler.
func deliveryFrom(ctx context.Context) *delivery {
	d, _ := ctx.Value(deliveryKey{}).(*delivery)
	return d
}

// FromContext is the owner of the engine whose handler runs under this context; nil outside of a handler.
func FromContext(ctx context.Context) any {
	if d := deliveryFrom(ctx); d != nil {
		return d.engine.owner
	}
	return nil
}

// count numbers a command: a redelivery numbers the same commands alike. The count is an action's on an
// aggregate, not the delivery's, so that commands issued side by side do not trade their ids.
func (d *delivery) count(i issue) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.counts == nil {
		d.counts = map[issue]int{}
	}
	d.counts[i]++
	return d.counts[i]
}

// unknown takes back the number of a command of unknown outcome, so that the handler's next try of it, in
// this very delivery, has the same id and cannot be done twice. After any other error the number is used up:
// else what a redelivery decides anew would be taken for what came after it.
func (d *delivery) unknown(i issue, n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.counts[i] == n {
		d.counts[i]--
	}
}

// commandID is made of the handler, the event, the action, the aggregate and the count. It is hashed because
// their text may be longer than an id.
func (d *delivery) commandID(i issue, n int) string {
	var text []byte
	for _, part := range [...]string{
		d.engine.domain, d.handler, d.header.Domain, d.header.ID(), i.action, i.aggregate, i.id, strconv.Itoa(n),
	} {
		text = strconv.AppendQuote(text, part)
	}
	sum := sha256.Sum256(text)
	return "h-" + hex.EncodeToString(sum[:16])
}

// causeIn gives a command of a handler its cause, and the conversation of its cause.
func (d *delivery) causeIn(s *settings) {
	s.causation = d.header.ID()
	if s.correlation != "" {
		return
	}
	for _, name := range [...]string{metaCorrelation, metaCommand} {
		if text, ok := d.header.Metadata.Get(name); ok {
			s.correlation = text
			return
		}
	}
	s.correlation = s.causation
}
