// Package dispatch gives one event to ten handlers by hand: over a channel each, and by calls.
package dispatch

import (
	"sync"

	"github.com/fluvius-io/fluvius-go/bench/byhand"
	"github.com/fluvius-io/fluvius-go/bench/byhand/bank"
)

// Handler is told of a deposit.
type Handler func(e bank.Deposited)

// Channels gives each event to goroutines, one a handler.
type Channels struct {
	to      []chan bank.Deposited
	pending sync.WaitGroup // events times handlers
	running sync.WaitGroup
}

// NewChannels starts one goroutine for each handler.
func NewChannels(handlers []Handler) *Channels {
	c := &Channels{}
	for _, handle := range handlers {
		events := make(chan bank.Deposited, 256)
		c.to = append(c.to, events)
		c.running.Go(func() {
			for e := range events {
				handle(e)
				c.pending.Done()
			}
		})
	}
	return c
}

// Send decodes an event once and gives it to all handlers.
func (c *Channels) Send(r *byhand.Record) error {
	e, err := bank.ReadDeposited(r.Data)
	if err != nil {
		return err
	}
	c.pending.Add(len(c.to))
	for _, events := range c.to {
		events <- e
	}
	return nil
}

// Wait returns when all handlers have had all that was sent.
func (c *Channels) Wait() { c.pending.Wait() }

// Close ends the goroutines.
func (c *Channels) Close() {
	for _, events := range c.to {
		close(events)
	}
	c.running.Wait()
}

// Call decodes an event once and calls all handlers.
func Call(handlers []Handler, r *byhand.Record) error {
	e, err := bank.ReadDeposited(r.Data)
	if err != nil {
		return err
	}
	for _, handle := range handlers {
		handle(e)
	}
	return nil
}
