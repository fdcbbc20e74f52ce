package runtime

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync/atomic"
)

// idSource makes ids for appends that were given none. A made id tells after which sequence it was meant
// to stand, so that it needs no index: who repeats a command with it is answered by one look at that place.
type idSource struct {
	prefix string
	count  atomic.Uint64
}

// madePrefix begins a made id. A caller's own id may begin so too: then there is one look more.
const madePrefix = "~"

// begin makes the ids of this source differ from those of all others.
func (s *idSource) begin() { s.prefix = madePrefix + strings.ToLower(rand.Text()[:16]) + "." }

func (s *idSource) next(after uint64) string {
	var room [48]byte
	buf := append(room[:0], s.prefix...)
	buf = strconv.AppendUint(buf, s.count.Add(1), 36)
	buf = append(buf, '@')
	return string(strconv.AppendUint(buf, after, 10))
}

// madeAfter is the place in a made id; false for another id.
func madeAfter(id string) (uint64, bool) {
	at := strings.LastIndexByte(id, '@')
	if at < 0 || !strings.HasPrefix(id, madePrefix) {
		return 0, false
	}
	n, err := strconv.ParseUint(id[at+1:], 10, 64)
	return n, err == nil
}

// doneBefore looks the command's id up, and answers with what was done then.
func (c *command[S, E, C]) doneBefore(ctx context.Context) (outcome[S], bool, error) {
	done, ok, err := c.engine.store.Lookup(ctx, c.stream(c.id), c.commandID)
	if err != nil {
		return outcome[S]{}, false, fmt.Errorf("look up command %q: %w", c.commandID, err)
	}
	if after, made := madeAfter(c.commandID); !ok && made {
		done, ok, err = c.engine.lookAt(ctx, c.stream(c.id), after, c.commandID)
	}
	if err != nil || !ok {
		return outcome[S]{}, false, err
	}
	answer, err := c.repeated(ctx, done)
	return answer, err == nil, err
}

// repeated is the answer to a command that was done before: the state right after its events.
func (c *command[S, E, C]) repeated(ctx context.Context, done Appended) (outcome[S], error) {
	if err := c.sameAction(ctx, done.First); err != nil {
		return outcome[S]{}, err
	}
	l, err := c.upTo(ctx, c.id, readRange{bounded: true, upTo: done.Last.Sequence})
	if err != nil {
		return outcome[S]{}, err
	}
	if l.mark.Sequence != done.Last.Sequence {
		return outcome[S]{}, fmt.Errorf("command %q ends with sequence %d of %s %q, which is not there",
			c.commandID, done.Last.Sequence, c.about.Name, c.id)
	}
	return outcome[S]{state: c.clone(l), first: done.First, last: l.mark, duplicate: true}, nil
}

// sameAction refuses an id that was used for another action.
func (c *command[S, E, C]) sameAction(ctx context.Context, first uint64) error {
	for r, err := range c.engine.store.Read(ctx, c.stream(c.id), Mark{Sequence: first - 1}) {
		if err != nil {
			return fmt.Errorf("read %s %q: %w", c.about.Name, c.id, err)
		}
		if before, ok := r.Metadata.Get(metaAction); ok && before != c.action.Name {
			return InvalidError{Path: metaCommand, Reason: fmt.Sprintf("%q was used for action %s", c.commandID, before)}
		}
		return nil
	}
	return nil
}

// lookAt finds the append of a made id right after a sequence.
func (e *Engine) lookAt(ctx context.Context, s Stream, after uint64, id string) (done Appended, ok bool, err error) {
	for r, err := range e.store.Read(ctx, s, Mark{Sequence: after}) {
		if err != nil {
			return Appended{}, false, fmt.Errorf("look up command %q: %w", id, err)
		}
		if found, _ := r.Metadata.Get(metaCommand); found != id {
			break
		}
		if !ok {
			done.First, ok = r.Sequence, true
		}
		done.Last = Mark{Sequence: r.Sequence, Position: r.Position}
	}
	return done, ok, nil
}

// unknownTries is how often an append of unknown outcome is looked for, and repeated if it is not there.
const unknownTries = 6

// resolve finds out what became of an append whose outcome is unknown. To repeat it is safe where nothing
// stands after its mark, for it can be stored only there; a first try that arrives late makes the second a
// conflict, which then is one with itself. So nothing but a look at the log decides.
func (e *Engine) resolve(ctx context.Context, a Append, id string, cause error) (Appended, error) {
	for try := range unknownTries {
		backOff(ctx, try+2)
		if ctx.Err() != nil {
			break
		}
		done, found, err := e.lookFor(ctx, a, id)
		if err != nil {
			cause = err
			continue
		}
		if found != nothing {
			return e.verdict(ctx, a, done, found)
		}
		done, err = e.store.Append(ctx, a)
		if err == nil {
			return done, nil
		}
		if !errors.Is(err, ErrConflict) {
			cause = err // also where it says that nothing was written: that is about this try only
		}
	}
	return Appended{}, OutcomeUnknownError{Stream: a.Stream, ID: id, Err: cause}
}

// finding is whose events stand where an append was to be stored.
type finding int

const (
	nothing finding = iota
	mine
	twins // the same command's, stored by another process
	anothers
)

// lookFor reads what stands after the append's mark.
func (e *Engine) lookFor(ctx context.Context, a Append, id string) (Appended, finding, error) {
	done, found, n := Appended{First: a.After.Sequence + 1}, nothing, 0
	for r, err := range e.store.Read(ctx, a.Stream, a.After) {
		if err != nil {
			return Appended{}, nothing, err
		}
		if n < len(a.Records) {
			found = max(found, whose(&r, &a.Records[n], id))
		}
		if n++; n <= len(a.Records) || found == anothers {
			done.Last = Mark{Sequence: r.Sequence, Position: r.Position}
		}
		if n >= len(a.Records) && found != anothers {
			break
		}
	}
	return done, found, nil
}

func whose(stored, meant *Record, id string) finding {
	if found, _ := stored.Metadata.Get(metaCommand); found != id {
		return anothers
	}
	if stored.Key != meant.Key || stored.Data != meant.Data || !stored.Timestamp.Equal(meant.Timestamp) {
		return twins
	}
	return mine
}

func (e *Engine) verdict(ctx context.Context, a Append, done Appended, found finding) (Appended, error) {
	switch found {
	case anothers:
		return Appended{}, ConflictError{Stream: a.Stream, Expected: a.After.Sequence, Actual: done.Last.Sequence}
	case twins:
		twin, ok, err := e.store.Lookup(ctx, a.Stream, a.CommandID)
		if err != nil || !ok {
			return Appended{}, OutcomeUnknownError{Stream: a.Stream, ID: a.CommandID, Err: err}
		}
		twin.Duplicate = true
		return twin, nil
	}
	return done, nil
}
