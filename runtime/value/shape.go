package value

import (
	"strconv"
	"strings"
)

// Shape is the fields of an object. Generated code has one for each type, as a variable that never changes.
type Shape struct {
	names  []string
	needed []need
}

type need uint8

const (
	always   need = iota
	inStored      // not in a command: it has a default
	never
)

// NewShape makes a Shape of the names in their order. Behind a name "?" says that the field may be missing, "="
// that it may be missing in a command but not in what was stored.
func NewShape(fields ...string) *Shape {
	s := &Shape{names: make([]string, len(fields)), needed: make([]need, len(fields))}
	for i, f := range fields {
		s.names[i] = strings.TrimRight(f, "?=")
		switch f[len(s.names[i]):] {
		case "?":
			s.needed[i] = never
		case "=":
			s.needed[i] = inStored
		}
	}
	return s
}

// index finds a name, first where it stands if the fields come in their order; -1 if there is none.
func (s *Shape) index(name string, expected int) int {
	if expected < len(s.names) && s.names[expected] == name {
		return expected
	}
	for i, n := range s.names {
		if n == name {
			return i
		}
	}
	return -1
}

// Object goes through the fields of an object. It refuses what is there twice, unknown or missing.
type Object struct {
	Name string // of the field whose value is to be read now: one of the Shape

	r        *Reader
	shape    *Shape
	first    bool
	at       int // where the object begins
	expected int
	seen     uint64   // the first 64 fields
	more     []uint64 // the others
}

// Object reads the brace that begins an object.
func (r *Reader) Object(shape *Shape) Object {
	r.begin()
	o := Object{r: r, shape: shape, at: r.i}
	o.first = r.open('{')
	if n := len(shape.names); n > 64 {
		o.more = make([]uint64, (n-1)/64)
	}
	return o
}

// Next goes to the next field that is known. After the last it has read the closing brace, checked that
// none is missing, and answers false.
func (o *Object) Next() bool {
	r := o.r
	for r.next(&o.first, '}') {
		at := r.i
		name := r.name()
		i := o.shape.index(name, o.expected)
		switch {
		case r.err != nil:
			return false
		case i < 0:
			o.unknown(name, at)
		case !o.mark(i):
			r.failField(at, join(pathAt(r.s[:at]), name), "the field is there twice")
			return false
		default:
			o.Name, o.expected = o.shape.names[i], i+1
			return true
		}
	}
	if r.err == nil {
		o.complete()
	}
	return false
}

func (o *Object) mark(i int) bool {
	word, bit := o.word(i), uint64(1)<<(i%64)
	if *word&bit != 0 {
		return false
	}
	*word |= bit
	return true
}

func (o *Object) word(i int) *uint64 {
	if i < 64 {
		return &o.seen
	}
	return &o.more[i/64-1]
}

func (o *Object) unknown(name string, at int) {
	if o.r.stored {
		o.r.skip()
		return
	}
	reason := "unknown field"
	for _, n := range o.shape.names {
		if strings.EqualFold(n, name) {
			reason += "; did you mean " + strconv.Quote(n) + "?"
		}
	}
	o.r.failField(at, join(pathAt(o.r.s[:at]), name), reason)
}

// complete names what is missing: the first field in the path, the others in the reason.
func (o *Object) complete() {
	var missing []string
	for i, n := range o.shape.needed {
		if (n == always || n == inStored && o.r.stored) && *o.word(i)>>(i%64)&1 == 0 {
			missing = append(missing, o.shape.names[i])
		}
	}
	if missing == nil {
		return
	}
	reason := "missing"
	if len(missing) > 1 {
		reason += ", and so is " + strings.Join(missing[1:], ", ")
	}
	o.r.failField(o.at, join(pathAt(o.r.s[:o.at]), missing[0]), reason)
}
