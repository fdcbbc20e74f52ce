package runtime

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Change is one place at which two states differ.
type Change struct {
	// Path is where, as in an InvalidError: "lines[2].price", `prices["EUR 1"]`; empty for the whole.
	Path string
	// Before and After are the values as JSON; nil where there is none.
	Before, After json.RawMessage
}

// String is the change for people: `status: "placed" -> "shipped"`, with - where there is no value.
func (c Change) String() string {
	return c.Path + ": " + orDash(c.Before) + " -> " + orDash(c.After)
}

func orDash(value json.RawMessage) string {
	if value == nil {
		return "-"
	}
	return string(value)
}

// PastStates is what [Diff] and [DiffTimes] need of a domain's handle.
type PastStates[ID ~string, S any] interface {
	AtSequence(ctx context.Context, id ID, n uint64) (S, error)
	At(ctx context.Context, id ID, t time.Time) (S, error)
}

// Diff is what the events after sequence from, up to and with sequence to, have changed of an aggregate, field by
// field: runtime.Diff(ctx, d.Order, id, 2, 5). Sequence 0 is before the first event, where no field has a value; another
// one that there is no event of is ErrNotFound. The state's own sequence is among what has changed. The two may stand the other way round. It is a function and no method of
// the handle because an action may be called Diff.
func Diff[ID ~string, S any](ctx context.Context, h PastStates[ID, S], id ID, from, to uint64) ([]Change, error) {
	at := func(n uint64) (json.RawMessage, error) {
		if n == 0 {
			return noFields, nil
		}
		state, err := h.AtSequence(ctx, id, n)
		if err != nil {
			return nil, err
		}
		return stateJSON(state)
	}
	before, errBefore := at(from)
	after, errAfter := at(to)
	if err := errors.Join(errBefore, errAfter); err != nil {
		return nil, err
	}
	return diffJSON(before, after)
}

// DiffTimes is [Diff] between two moments. Before the first event no field has a value; if that is so at both moments it
// is ErrNotFound.
func DiffTimes[ID ~string, S any](ctx context.Context, h PastStates[ID, S], id ID, from, to time.Time) ([]Change, error) {
	missing := 0
	at := func(t time.Time) (json.RawMessage, error) {
		state, err := h.At(ctx, id, t)
		if errors.Is(err, ErrNotFound) {
			if missing++; missing < 2 {
				return noFields, nil
			}
		}
		if err != nil {
			return nil, err
		}
		return stateJSON(state)
	}
	before, errBefore := at(from)
	after, errAfter := at(to)
	if err := errors.Join(errBefore, errAfter); err != nil {
		return nil, err
	}
	return diffJSON(before, after)
}

// DiffStates is where two states differ as JSON, in the order of their fields. Entries of lists are compared by index:
// one that was put in front changes all behind it.
func DiffStates[S any](before, after S) ([]Change, error) {
	a, errBefore := stateJSON(before)
	b, errAfter := stateJSON(after)
	if err := errors.Join(errBefore, errAfter); err != nil {
		return nil, err
	}
	return diffJSON(a, b)
}

// noFields is the JSON of a state without fields.
var noFields = json.RawMessage(`{}`)

func stateJSON(state any) (json.RawMessage, error) {
	text, err := json.Marshal(state)
	if err != nil {
		return nil, fmt.Errorf("the JSON of a state: %w", err)
	}
	return json.RawMessage(unescapeHTML(string(text))), nil
}

func diffJSON(before, after json.RawMessage) ([]Change, error) {
	var d differ
	if err := d.compare("", before, after); err != nil {
		return nil, err
	}
	return d.changes, nil
}

type differ struct{ changes []Change }

// compare goes down into what is an object on both sides, or a list; all else is compared as a whole.
func (d *differ) compare(path string, before, after json.RawMessage) error {
	if bytes.Equal(before, after) {
		return nil
	}
	if !sameKind(before, after, '{') && !sameKind(before, after, '[') {
		d.changes = append(d.changes, Change{Path: path, Before: before, After: after})
		return nil
	}
	was, err := membersOf(before)
	if err != nil {
		return err
	}
	is, err := membersOf(after)
	if err != nil {
		return err
	}
	return d.members(path, was, is)
}

// members compares what stands at the same place; what is only on one side is new or gone.
func (d *differ) members(path string, was, is members) error {
	for _, step := range was.steps {
		now, ok := is.values[step]
		if !ok {
			d.changes = append(d.changes, Change{Path: under(path, step), Before: was.values[step]})
			continue
		}
		if err := d.compare(under(path, step), was.values[step], now); err != nil {
			return err
		}
	}
	for _, step := range is.steps {
		if _, ok := was.values[step]; !ok {
			d.changes = append(d.changes, Change{Path: under(path, step), After: is.values[step]})
		}
	}
	return nil
}

func sameKind(a, b json.RawMessage, first byte) bool {
	return len(a) > 0 && len(b) > 0 && a[0] == first && b[0] == first
}

// members are the entries of an object or list, by their step of a path, in order.
type members struct {
	steps  []string
	values map[string]json.RawMessage
}

func membersOf(text json.RawMessage) (members, error) {
	m := members{values: map[string]json.RawMessage{}}
	read := json.NewDecoder(bytes.NewReader(text))
	open, err := read.Token()
	for i := 0; err == nil && read.More(); i++ {
		step := "[" + strconv.Itoa(i) + "]"
		if open == json.Delim('{') {
			var name json.Token
			if name, err = read.Token(); err != nil {
				break
			}
			step = stepTo(name.(string))
		}
		var value json.RawMessage
		if err = read.Decode(&value); err == nil {
			m.steps, m.values[step] = append(m.steps, step), value
		}
	}
	return m, err
}

// under is the path of what is one step below path.
func under(path, step string) string {
	if path == "" {
		return strings.TrimPrefix(step, ".")
	}
	return path + step
}

// stepTo is one name of a path, as the codecs write it: ".name", or ["any text"] for a map key that is no name.
func stepTo(name string) string {
	for _, c := range name {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '_' && c != '-' {
			return "[" + strconv.Quote(name) + "]"
		}
	}
	if name == "" {
		return `[""]`
	}
	return "." + name
}
