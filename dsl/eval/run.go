package eval

import (
	"errors"
	"regexp"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/runtime/value"
)

// Limits bound one run: a decision with its folds, a fold of a history, a test block. What needs more ends in a
// LimitError. A zero is the default.
type Limits struct {
	Steps int // expressions, items and statements that are evaluated; 10 million
	Depth int // of expressions in each other; 10,000
	Bytes int // of the texts, lists and maps that are made; 256 MiB
}

func (l Limits) filled() Limits {
	if l.Steps == 0 {
		l.Steps = 10_000_000
	}
	if l.Depth == 0 {
		l.Depth = 10_000
	}
	if l.Bytes == 0 {
		l.Bytes = 256 << 20
	}
	return l
}

// run is one run, and what it has used.
type run struct {
	*Domain
	limits Limits
	steps  int
	depth  int
	bytes  int
	calc   value.Calc
}

// stop carries an error out of an evaluation. Most expressions cannot fail, and an error as a second result of each
// would be half of the code here; catch, at every way into this package, makes an ordinary error of it.
type stop struct{ err error }

func (*run) fail(err error) { panic(stop{err}) }

func catch(err *error) {
	if p := recover(); p != nil {
		s, ok := p.(stop)
		if !ok {
			panic(p) // a fault of this package, not of the domain
		}
		*err = s.err
	}
}

// enter counts one step, deeper than the one around it.
func (r *run) enter() {
	r.step(1)
	if r.depth++; r.depth > r.limits.Depth {
		r.fail(&LimitError{What: "levels of depth", Most: r.limits.Depth})
	}
}

func (r *run) leave() { r.depth-- }

func (r *run) step(n int) {
	if r.steps += n; r.steps > r.limits.Steps {
		r.fail(&LimitError{What: "steps", Most: r.limits.Steps})
	}
}

// room counts memory before it is taken.
func (r *run) room(bytes int) {
	if r.bytes += bytes; r.bytes > r.limits.Bytes {
		r.fail(&LimitError{What: "bytes", Most: r.limits.Bytes})
	}
}

// slot is what an item of a list or an entry of a map is counted as.
const slot = 32

// checked ends the evaluation if something could not be computed.
func (r *run) checked() {
	if r.calc.Err() != nil {
		r.fail(ErrOverflow)
	}
}

// computed is v, unless it could not be computed.
func computed[T Value](r *run, v T) Value {
	r.checked()
	return v
}

// overflows runs f and tells whether it could not be computed; all other errors go on.
func (r *run) overflows(f func()) (overflow bool) {
	depth := r.depth
	defer func() {
		if p := recover(); p != nil {
			s, ok := p.(stop)
			if !ok || !errors.Is(s.err, ErrOverflow) {
				panic(p)
			}
			r.calc, r.depth, overflow = value.Calc{}, depth, true
		}
	}()
	f()
	return false
}

// pattern is a compiled pattern. The checker has compiled it before, so that it is right.
func (r *run) pattern(text string) *regexp.Regexp {
	r.Domain.mu.Lock()
	defer r.Domain.mu.Unlock()
	re, ok := r.patterns[text]
	if !ok {
		re = regexp.MustCompile(text)
		r.patterns[text] = re
	}
	return re
}

// codecEnum is what runtime/value knows of an enum.
func (r *run) codecEnum(e *model.Enum) *value.Enum {
	r.Domain.mu.Lock()
	defer r.Domain.mu.Unlock()
	if known, ok := r.enums[e]; ok {
		return known
	}
	made := &value.Enum{Name: e.Name, Was: map[string]int{}}
	for i, v := range e.Values {
		made.Texts = append(made.Texts, v.Wire)
		for _, old := range v.Was {
			made.Was[old] = i
		}
	}
	r.enums[e] = made
	return made
}
