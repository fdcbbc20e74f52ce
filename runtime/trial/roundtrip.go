package trial

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/fluvius-io/fluvius-go/runtime"
)

// How often each property is tried. All of it is a fraction of a second for a domain of usual size.
const (
	valuesOfEach    = 40 // of each version of an event
	histories       = 20
	historiesOfEach = 8 // that are mostly of one kind of event
	eventsOfHistory = 10
	upcastsOfEach   = 30 // of each older version
	sequences       = 30
	commandsOfEach  = 12       // in a sequence
	decisionsOfEach = 60       // of each action
	picks           = 20       // how often an event is looked for that may come next
	favourites      = 3        // how many kinds of events most of a history is made of
	largestState    = 32 << 10 // bytes of JSON: one that is larger is folded no further
)

// roundTrips writes and reads values of every version of every event.
func (p *Properties) roundTrips(r *Random) (got report) {
	got.why = "the aggregate has no events"
	r.edges = frequent
	for _, k := range p.events {
		tried, err := p.roundTripsOf(r, k)
		got.tried += tried
		if err != nil {
			got.err = err
			return got
		}
		if tried == 0 {
			got.why = "no value was found that every `where` lets through"
			got.notes = append(got.notes, k.name+": "+got.why)
		}
	}
	return got
}

func (p *Properties) roundTripsOf(r *Random, k *Kind) (tried int, err error) {
	defer func() { r.extent = mixed }()
	for i := range valuesOfEach {
		r.extent = extentOf(i)
		h, ok, err := p.happens(r, k)
		if err != nil {
			return tried, err
		}
		if !ok {
			continue
		}
		tried++
		if err := p.roundTrip(r, &h); err != nil {
			return tried, fmt.Errorf("%s: %w\nwritten: %s", k.name, err, clip(h.record.Data))
		}
	}
	return tried, nil
}

func extentOf(i int) extent {
	switch i { // the largest ones last: a message about a small one is easier to read
	case 0:
		return least
	case valuesOfEach - 1:
		return most
	}
	return mixed
}

func (p *Properties) roundTrip(r *Random, h *happened) error {
	v, again, err := h.kind.read(h.record.Data)
	if err != nil {
		return fmt.Errorf("what was written is not read: %w", err)
	}
	if err := same(h, v, again, "written and read"); err != nil {
		return err
	}
	e, _, ok, err := p.about.decode(&h.record)
	if err != nil || !ok {
		return h.refusal(err)
	}
	if again, own, err := h.kind.write(e); own {
		if err != nil {
			return fmt.Errorf("what was read is not written: %w", err)
		}
		if err := same(h, e, again, "stored and read"); err != nil {
			return err
		}
	}
	return p.anyOrder(r, h, e)
}

func same(h *happened, v any, again, how string) error {
	if d := difference("", h.value, v); d != "" {
		return fmt.Errorf("after it was %s, %s", how, d)
	}
	if again != h.record.Data {
		return fmt.Errorf("after it was %s, it is written as %s", how, clip(again))
	}
	return nil
}

// refusal is nil if a stored event may be refused with that error: an upcast could not be computed, or is by hand.
func (h *happened) refusal(err error) error {
	if err == nil || h.kind.byHand || runtime.Code(err) == runtime.Code(runtime.ErrOverflow) {
		return nil
	}
	return fmt.Errorf("a stored %s@%d is not read: %w", h.record.Key, h.record.Version, err)
}

// anyOrder reads the event as others may write it: its fields in another order, and one more.
func (p *Properties) anyOrder(r *Random, h *happened, e any) error {
	shuffled := h.record
	var err error
	if shuffled.Data, err = shuffle(r, h.record.Data); err != nil {
		return err
	}
	other, _, ok, err := p.about.decode(&shuffled)
	if err != nil || !ok {
		return fmt.Errorf("it is not read from %s: %v", clip(shuffled.Data), err)
	}
	if d := difference("", e, other); d != "" {
		return fmt.Errorf("read from %s, %s", clip(shuffled.Data), d)
	}
	return nil
}

func shuffle(r *Random, text string) (string, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal([]byte(text), &fields); err != nil {
		return "", fmt.Errorf("it is not valid JSON: %w", err)
	}
	names := make([]string, 0, len(fields)+1)
	for name := range fields {
		names = append(names, name)
	}
	const unknown = "One_More"
	fields[unknown] = json.RawMessage(`{"a":[1,null]}`)
	names = append(names, unknown)
	slices.Sort(names)
	r.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	out := []byte("{")
	for i, name := range names {
		if i > 0 {
			out = append(out, ", "...)
		}
		out = append(append(strconv.AppendQuote(out, name), ": "...), fields[name]...)
	}
	return string(append(out, '}')), nil
}

// moment is a time of a stored event.
func (r *Random) moment() time.Time {
	return firstMoment.Add(time.Duration(r.IntN(1000)) * time.Minute)
}
