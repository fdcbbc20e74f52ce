package trial

import (
	"errors"
	"fmt"

	"github.com/fluvius-io/fluvius-go/runtime"
)

// history makes a random history, mostly of a few kinds of events: of many it would have each once, and no list would
// ever have several items. It gives the state after it, too. What cannot be computed is left out; any other event that
// does not fold is an error.
func (p *Properties) history(r *Random, length int, often ...*Kind) (all []happened, s state, err error) {
	if s, err = p.about.start(); err != nil {
		return nil, s, fmt.Errorf("there is no state where nothing exists: %w", err)
	}
	if often == nil && len(p.events) > 0 {
		for range 1 + r.IntN(favourites) {
			often = append(often, oneOf(r, p.events...))
		}
	}
	for range length {
		h, ok, err := p.next(r, often, len(all) == 0)
		if err != nil {
			return all, s, err
		}
		if !ok {
			return all, s, nil
		}
		after, err := p.about.refold(s, []runtime.Record{h.record})
		if err == nil {
			if s, all = after, append(all, h); p.grown(s) {
				return all, s, nil
			}
			continue
		}
		if err := p.mayFail(&h, err); err != nil {
			return all, s, err
		}
	}
	return all, s, nil
}

// grown tells whether a state has become so large that nothing more is done with it: a fold may double it each time, or
// make a text of n parts with n characters between them.
func (p *Properties) grown(s state) bool { return len(p.about.text(s)) > largestState }

// mayFail is nil if a fold may fail so: what is computed in a fold or an upcast may overflow, and an upcast by hand
// may refuse.
func (p *Properties) mayFail(h *happened, err error) error {
	if errors.Is(err, runtime.ErrOverflow) {
		return nil
	}
	if _, _, _, refused := p.about.decode(&h.record); refused != nil && h.kind.byHand {
		return nil
	}
	return fmt.Errorf("a stored %s@%d does not fold: %w\nit is %s", h.record.Key, h.record.Version, err, clip(h.record.Data))
}

// next is an event that may come next; ok is false where none was found.
func (p *Properties) next(r *Random, often []*Kind, first bool) (h happened, ok bool, err error) {
	for range picks {
		if len(p.events) == 0 {
			break
		}
		k := oneOf(r, often...)
		if first || r.chance(0.1) {
			k = oneOf(r, p.events...)
		}
		if first && !p.about.opens(k.key) {
			continue
		}
		if h, ok, err = p.happens(r, k); ok || err != nil {
			return h, ok, err
		}
	}
	return h, false, nil
}

func recordsOf(all []happened) []runtime.Record {
	records := make([]runtime.Record, len(all))
	for i, h := range all {
		records[i] = h.record
	}
	return records
}

// splits folds histories in one run, and cut in two at every place. No run may change what another has made: so a
// state is folded on twice, with different events, and looked at again.
func (p *Properties) splits(r *Random) (got report) {
	got.why = "no event was found with which such an aggregate may begin"
	try := func(length int, often ...*Kind) {
		if got.err != nil {
			return
		}
		all, _, err := p.history(r, length, often...)
		if err == nil && len(all) > 0 {
			got.tried++
			err = p.split(r, all)
		}
		got.err = err
	}
	for i := range histories {
		try(1 + i%eventsOfHistory)
	}
	for _, k := range p.events {
		for i := range historiesOfEach {
			try(3+i, k)
		}
	}
	return got
}

func (p *Properties) split(r *Random, all []happened) error {
	records := recordsOf(all)
	whole, err := p.about.fold(records)
	if err != nil {
		return fmt.Errorf("events that fold one by one do not fold in one run: %w\n%s", err, listed(all))
	}
	want := p.about.text(whole)
	for at := range all {
		if err := p.splitAt(r, all, records, at, want); err != nil {
			return fmt.Errorf("cut after %d of %d events: %w\n%s", at, len(all), err, listed(all))
		}
	}
	if now := p.about.text(whole); now != want {
		return fmt.Errorf("folding changed a state that another run had made\nfrom %s\nto   %s\n%s", clip(want), clip(now), listed(all))
	}
	return nil
}

func (p *Properties) splitAt(r *Random, all []happened, records []runtime.Record, at int, want string) error {
	begin, err := p.about.start()
	if at > 0 && err == nil {
		begin, err = p.about.fold(records[:at])
	}
	if err != nil { // only a derived value, which is computed at the end of a run, may not be computable here
		return p.derivedOnly(err)
	}
	before := p.about.text(begin)
	after, err := p.about.refold(begin, records[at:])
	if err != nil {
		return fmt.Errorf("the second part does not fold: %w", err)
	}
	if now := p.about.text(after); now != want {
		return fmt.Errorf("the states differ\nin one run:  %s\nin two runs: %s", clip(want), clip(now))
	}
	other, ok, err := p.happens(r, all[at].kind)
	if err != nil {
		return err
	}
	if ok {
		if _, err := p.about.refold(begin, []runtime.Record{other.record}); err != nil && p.mayFail(&other, err) != nil {
			return p.mayFail(&other, err)
		}
	}
	if now := p.about.text(begin); now != before {
		return fmt.Errorf("folding on from a state changed it\nfrom %s\nto   %s", clip(before), clip(now))
	}
	if now := p.about.text(after); now != want {
		return fmt.Errorf("folding %s on from one state changed another, which was made from it before\nfrom %s\nto   %s",
			clip(other.record.Data), clip(want), clip(now))
	}
	return nil
}

func (p *Properties) derivedOnly(err error) error {
	if p.about.derives && errors.Is(err, runtime.ErrOverflow) {
		return nil
	}
	return fmt.Errorf("the first part does not fold: %w", err)
}

// listed is a history for a message.
func listed(all []happened) (text string) {
	for i, h := range all {
		text += fmt.Sprintf("%3d  %s@%d %s\n", i+1, h.record.Key, h.record.Version, clip(h.record.Data))
	}
	return text
}

// upcasts folds random events of older versions, beside what they are read as.
func (p *Properties) upcasts(r *Random) (got report) {
	got.why = "no event has an older version or an older key"
	for _, k := range p.events {
		if p.newest(k) == k && len(k.was) == 0 {
			continue
		}
		for range upcastsOfEach {
			tried, err := p.upcast(r, k)
			if err != nil {
				got.err = err
				return got
			}
			if tried {
				got.tried++
			}
		}
		if got.tried == 0 {
			got.why = "no value was found that could be read as the newest version"
		}
	}
	return got
}

// newest is the kind of the newest version of an event.
func (p *Properties) newest(k *Kind) *Kind {
	for _, other := range p.events {
		if other.key == k.key && other.version > k.version {
			k = other
		}
	}
	return k
}

func (p *Properties) upcast(r *Random, k *Kind) (tried bool, err error) {
	all, s, err := p.history(r, r.IntN(4))
	if err != nil || len(all) == 0 && !p.about.opens(k.key) {
		return false, err
	}
	h, ok, err := p.happens(r, k)
	if err != nil || !ok {
		return false, err
	}
	got, gotErr := p.about.refold(s, []runtime.Record{h.record})
	e, head, ok, err := p.about.decode(&h.record)
	what := fmt.Sprintf("%s@%d %s", h.record.Key, h.record.Version, clip(h.record.Data))
	switch {
	case err != nil:
		if gotErr == nil {
			return true, fmt.Errorf("%s is not read, but folds: %w", what, err)
		}
		return false, h.refusal(err)
	case !ok && p.about.derives && errors.Is(gotErr, runtime.ErrOverflow):
		return false, nil
	case !ok:
		return true, p.sameFold(what+", which an upcast drops,", got, gotErr, p.about.passed(s), nil)
	}
	newest := h.record
	newest.Key, newest.Version = head.Key, head.Version
	if newest.Data, ok, err = p.newest(k).write(e); err != nil || !ok {
		return false, err // what an upcast makes may be more than can be written
	}
	want, wantErr := p.about.refold(s, []runtime.Record{newest})
	return true, p.sameFold(fmt.Sprintf("%s, read as %s@%d %s,", what, head.Key, head.Version, clip(newest.Data)), got, gotErr, want, wantErr)
}

func (p *Properties) sameFold(what string, got state, gotErr error, want state, wantErr error) error {
	if runtime.Code(gotErr) != runtime.Code(wantErr) || (gotErr == nil) != (wantErr == nil) {
		return fmt.Errorf("%s folds with the error %v, want %v", what, gotErr, wantErr)
	}
	if gotErr != nil {
		return nil
	}
	if a, b := p.about.text(got), p.about.text(want); a != b {
		return fmt.Errorf("%s folds to\n%s\nwant\n%s", what, clip(a), clip(b))
	}
	return nil
}
