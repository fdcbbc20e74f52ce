package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/fluvius-io/fluvius-go/examples/gen/shop"
	"github.com/fluvius-io/fluvius-go/runtime"
)

// services is the Go side of the domain: what the .fluv file leaves to Go. The compiler demands every method of
// shop.Implementation.
type services struct {
	mu       sync.Mutex
	lines    []string
	attempts map[string]int
	streamed int
}

// CancelOrder is the decision that the domain leaves to Go: what was shipped is not cancelled.
func (s *services) CancelOrder(_ context.Context, order shop.Order, cmd shop.CancelOrder) (shop.OrderCancelled, error) {
	if order.Status != shop.OrderStatusPlaced {
		return shop.OrderCancelled{}, shop.OrderClosed{ID: order.ID, Status: order.Status}
	}
	return shop.OrderCancelled{Reason: strings.TrimSpace(cmd.Reason)}, nil
}

// SendWelcomeEmail reacts to one kind of event.
func (s *services) SendWelcomeEmail(_ context.Context, e runtime.Event[shop.UserCreated]) error {
	s.note("SendWelcomeEmail  to %s <%s>, event %s", e.Payload.Name, e.Payload.Email, short(e.ID()))
	return nil
}

// ReserveStock fails the first time it sees an event. It is tried again, and the command never noticed.
func (s *services) ReserveStock(_ context.Context, e runtime.Event[shop.OrderPlaced]) error {
	s.mu.Lock()
	if s.attempts == nil {
		s.attempts = map[string]int{}
	}
	s.attempts[e.ID()]++
	attempt := s.attempts[e.ID()]
	s.mu.Unlock()
	if attempt == 1 {
		s.note("ReserveStock      %s, attempt 1: the warehouse does not answer", short(e.AggregateID))
		return errors.New("the warehouse does not answer")
	}
	s.note("ReserveStock      %s, attempt %d: %d lines reserved", short(e.AggregateID), attempt, len(e.Payload.Lines))
	return nil
}

// StreamToKafka sees every event of the domain, in the order of the log.
func (s *services) StreamToKafka(context.Context, runtime.Event[shop.Event]) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.streamed++
	return nil
}

// note keeps a line for the chapter on reacting; handlers run while other chapters print.
func (s *services) note(format string, args ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lines = append(s.lines, fmt.Sprintf(format, args...))
}

// react runs the handlers until they have passed the end of the log.
func (s *story) react(ctx context.Context, m *services) error {
	title("Reacting", "Handlers run beside the commands; each has its own checkpoint in the file.")
	head, err := s.store.Head(ctx)
	if err != nil {
		return err
	}
	running, stop := context.WithCancel(ctx)
	waiting, ended := context.WithCancel(ctx)
	done := make(chan error, 1)
	go func() {
		done <- s.d.Run(running)
		ended() // should Run fail, nobody waits for what it will not do
	}()
	err = s.d.WaitFor(waiting, head)
	stop()
	if err = errors.Join(err, <-done); err != nil {
		return err
	}
	for _, line := range m.lines {
		say("%s", line)
	}
	say("StreamToKafka     %d events", m.streamed)
	return nil
}

func title(name, text string) { fmt.Printf("\n%s\n%s\n", name, text) }

func say(format string, args ...any) { fmt.Printf("  "+format+"\n", args...) }

// short is enough of an id to tell it from the others on a screen.
func short(id string) string {
	if parts := strings.Split(id, "/"); len(parts) == 3 {
		return parts[0] + "/" + short(parts[1]) + "/" + parts[2]
	}
	if len(id) > 8 {
		return id[:8] + "…"
	}
	return id
}
