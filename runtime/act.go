package runtime

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"
)

// Act has one aggregate carry out one command: load, decide, fold, append. It returns the new state, or an
// error and nothing was stored (but see [ErrOutcomeUnknown]). Generated methods are made of it.
func Act[ID ~string, S, E, C any](ctx context.Context, h *Handle[ID, S, E], a *Action[S, E, C], id ID, cmd C, opts []Option) (S, error) {
	done, err := carryOut(ctx, h.log, a, string(id), &cmd, opts)
	return done.state, err
}

// Execute is [Act] with the Result in place of the state alone.
func Execute[ID ~string, S, E, C any](ctx context.Context, h *Handle[ID, S, E], a *Action[S, E, C], id ID, cmd C, opts []Option) (Result, error) {
	done, err := carryOut(ctx, h.log, a, string(id), &cmd, opts)
	if err != nil {
		return Result{}, err
	}
	return done.result(h.log.stream(string(id))), nil
}

// command is one command on its way. S is the aggregate's state, E its events, C the command's type.
type command[S, E, C any] struct {
	history[S, E]
	action *Action[S, E, C]
	input  *C
	id     string
	settings
}

// outcome is what was stored, and the state after it; the state is the caller's.
type outcome[S any] struct {
	state     S
	first     uint64 // 0 where nothing was stored
	last      Mark
	duplicate bool
}

func (o *outcome[S]) result(s Stream) Result {
	return Result{
		Aggregate: s.Aggregate, AggregateID: s.ID, First: o.first, Last: o.last.Sequence, Position: o.last.Position,
		Duplicate: o.duplicate, State: o.state,
	}
}

func carryOut[S, E, C any](ctx context.Context, h history[S, E], a *Action[S, E, C], id string, cmd *C, opts []Option) (done outcome[S], err error) {
	defer catch(&err)
	hook := h.engine.config.commandHook
	if hook == nil {
		return runCommand(ctx, h, a, id, cmd, opts)
	}
	answer := errNextNotCalled
	err = hook(ctx, CommandCall{h.engine.domain, h.about.Name, id, a.Name}, func(ctx context.Context) (Result, error) {
		done, answer = runCommand(ctx, h, a, id, cmd, opts)
		if answer != nil {
			return Result{}, answer
		}
		return done.result(h.stream(id)), nil
	})
	if err != nil {
		answer = err
	}
	if answer != nil {
		return outcome[S]{}, answer
	}
	return done, nil
}

func runCommand[S, E, C any](ctx context.Context, h history[S, E], a *Action[S, E, C], id string, cmd *C, opts []Option) (done outcome[S], err error) {
	c := &command[S, E, C]{history: h, action: a, input: cmd, id: id, settings: settingsOf(ctx, opts)}
	if d := deliveryFrom(ctx); d != nil {
		defer c.causedBy(d)(&err)
	}
	if err := c.check(ctx); err != nil {
		return done, err
	}
	if done, err = c.inTurn(ctx); err != nil {
		return outcome[S]{}, err
	}
	if c.settings.result != nil {
		*c.settings.result = done.result(h.stream(id))
	}
	return done, nil
}

// causedBy makes c a command of a handler. What it returns is to be called with the command's error.
func (c *command[S, E, C]) causedBy(d *delivery) func(*error) {
	d.causeIn(&c.settings)
	if c.named {
		return func(*error) {}
	}
	i := issue{action: c.action.Name, aggregate: c.about.Name, id: c.id}
	n := d.count(i)
	c.named, c.commandID = true, d.commandID(i, n)
	return func(err *error) {
		if errors.Is(*err, ErrOutcomeUnknown) {
			d.unknown(i, n)
		}
	}
}

// check is what can be said before the aggregate is looked at, in the order that is promised: context, id
// and command, command id.
func (c *command[S, E, C]) check(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := insideDecision(ctx); err != nil {
		return err
	}
	if err := checkID("id", c.id); err != nil {
		return err
	}
	return c.checkInput()
}

func (c *command[S, E, C]) checkInput() error {
	if c.action.Check != nil {
		if err := c.action.Check(c.input); err != nil {
			return Invalid(err)
		}
	}
	if err := c.settings.check(); err != nil {
		return err
	}
	if c.named {
		return checkID(metaCommand, c.commandID)
	}
	return nil
}

// inTurn carries the command out when it is its turn among the commands on the aggregate in this process.
func (c *command[S, E, C]) inTurn(ctx context.Context) (outcome[S], error) {
	if err := c.engine.seats.take(ctx, c.seat(c.id)); err != nil {
		return outcome[S]{}, err
	}
	defer c.engine.seats.release(c.seat(c.id))
	if c.named {
		if done, ok, err := c.doneBefore(ctx); ok || err != nil {
			return done, err
		}
	}
	return c.settle(ctx)
}

// settle decides until what was decided is stored, or an answer stands.
//
// A decision on a state that is only known from before may be on an old one. If it is stored that shows: the
// append is after its mark. If it is not, because the answer is an error or no event, the tail is read, and
// if there is one it is decided again. So to keep states can cost a second decision, never a wrong answer.
func (c *command[S, E, C]) settle(ctx context.Context) (outcome[S], error) {
	l, sure := c.known(c.id), false
	if l == nil {
		var err error
		if l, err = c.load(ctx, c.id); err != nil {
			return outcome[S]{}, err
		}
		sure = true
	}
	for conflicts := 0; ; {
		p, _, err := c.propose(ctx, l)
		if err == nil && len(p.records) > 0 {
			done, final, err := c.store(ctx, l, &p)
			if final || c.pinned || sure && conflicts >= c.engine.config.retries {
				return done, err
			}
			if sure {
				backOff(ctx, conflicts)
				conflicts++
			}
		} else if sure {
			return c.nothingStored(ctx, l, err)
		}
		now, loadErr := c.refresh(ctx, c.id, l)
		switch {
		case loadErr != nil:
			return outcome[S]{}, loadErr
		case now == l && (err != nil || len(p.records) == 0):
			return c.nothingStored(ctx, l, err)
		}
		l, sure = now, true
	}
}

// nothingStored is the answer where the decision was an error or no event: unless the very command was done
// by another process after the first look.
func (c *command[S, E, C]) nothingStored(ctx context.Context, l *loaded[S], err error) (outcome[S], error) {
	if c.named && l.mark.Sequence > 0 && ctx.Err() == nil {
		if done, ok, lookErr := c.doneBefore(ctx); ok || lookErr != nil {
			return done, lookErr
		}
	}
	if err != nil {
		return outcome[S]{}, err
	}
	return outcome[S]{state: c.clone(l)}, nil
}

// store appends what was decided on l. Only a conflict is not final: it may be decided again.
func (c *command[S, E, C]) store(ctx context.Context, l *loaded[S], p *proposal[S]) (done outcome[S], final bool, err error) {
	if err := ctx.Err(); err != nil {
		return done, true, err
	}
	a := Append{Stream: c.stream(c.id), After: l.mark, Records: p.records}
	if c.named {
		a.CommandID = c.commandID
	}
	at, err := c.engine.store.Append(ctx, a)
	if errors.Is(err, ErrOutcomeUnknown) {
		at, err = c.engine.resolve(ctx, a, p.appendID, err)
	}
	switch {
	case errors.Is(err, ErrConflict) && !errors.Is(err, ErrOutcomeUnknown):
		return c.conflict(ctx, err)
	case err != nil:
		return done, true, appendError(a.Stream, err)
	case at.Duplicate:
		done, err = c.repeated(ctx, at)
		return done, true, err
	}
	return c.stored(ctx, &p.next, at), true, nil
}

// conflict is final if it is one with the command itself: with a first try of unknown outcome, which has
// arrived late. Where that had an id of the caller's the store finds it; a made one has no index.
func (c *command[S, E, C]) conflict(ctx context.Context, err error) (outcome[S], bool, error) {
	if _, made := madeAfter(c.commandID); !made {
		return outcome[S]{}, false, err
	}
	done, ok, lookErr := c.doneBefore(ctx)
	if ok || lookErr != nil {
		return done, true, lookErr
	}
	return outcome[S]{}, false, err
}

// appendError names the aggregate, in errors that do not by themselves.
func appendError(s Stream, err error) error {
	if Code(err) != "" {
		return err
	}
	return fmt.Errorf("append to %s %q: %w", s.Aggregate, s.ID, err)
}

// stored is the outcome of an append: what was folded from the bytes that are now in the log.
func (c *command[S, E, C]) stored(ctx context.Context, next *loaded[S], done Appended) outcome[S] {
	next.mark = done.Last
	c.snapshot(ctx, c.id, next)
	c.know(c.id, next)
	return outcome[S]{state: c.clone(next), first: done.First, last: done.Last}
}

// backOff waits before a conflict is decided again: longer each time, and never as long as the other process.
// That ctx ends is found out by what follows.
func backOff(ctx context.Context, conflicts int) {
	longest := time.Millisecond << min(conflicts, 7)
	timer := time.NewTimer(rand.N(longest))
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
