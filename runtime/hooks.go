package runtime

import (
	"context"
	"errors"
)

// CommandCall tells a hook which command runs.
type CommandCall struct {
	Domain, Aggregate, AggregateID string
	Action                         string
}

// CommandHook is wrapped around each command: it calls next once, with ctx or one made of it (ContextWith
// and Traceparent may add to it). An error it returns is the command's answer in place of next's; if it
// returns nil, next's own error still is. A hook that returns an error without calling next refuses the
// command. It may be called from many goroutines.
type CommandHook func(ctx context.Context, c CommandCall, next func(context.Context) (Result, error)) error

// DeliveryCall tells a hook which handler is given which event, as stored.
type DeliveryCall struct {
	Domain, Handler string
	Header          Header
	Attempt         int // 1 for the first try
}

// DeliveryHook is wrapped around each try of a handler, as CommandHook is around a command.
type DeliveryHook func(ctx context.Context, d DeliveryCall, next func(context.Context) error) error

var errNextNotCalled = errors.New("the hook has not called next")

// deliver runs one try of a handler inside the hook.
func (c *config) deliver(ctx context.Context, d DeliveryCall, handle func(context.Context) error) error {
	answer := errNextNotCalled
	err := c.deliveryHook(ctx, d, func(ctx context.Context) error {
		answer = handle(ctx)
		return answer
	})
	if err != nil {
		return err
	}
	return answer
}
