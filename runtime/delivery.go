package runtime

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"sync"
)

// delivery is one event that is given to one handler, once: a second try is another delivery. It travels in
// the handler's context, where commands find what caused them.
type delivery struct {
	engine  *Engine
	handler string
	header  Header // as stored

	mu     sync.Mutex
	counts map[issue]int
}

// issue is what a handler asks for: the same again in one delivery gets the next count.
type issue struct{ action, aggregate, id string }

type deliveryKey struct{}

// newDelivery is for one try of one handler of e with one stored event.
func newDelivery(e *Engine, handler string, h Header) *delivery {
	return &delivery{engine: e, handler: handler, header: h, counts: map[issue]int{}}
}

func (d *delivery) context(ctx context.Context) context.Context {
	return context.WithValue(ctx, deliveryKey{}, d)
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
