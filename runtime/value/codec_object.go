package value

// Field is one field of an object: T is the object's type.
type Field[T any] struct {
	shape  string // for NewShape
	append func(dst []byte, v *T) []byte
	read   func(r *Reader, v *T)
	start  func(v *T) // fills in the default; nil if there is none
	check  func(v *T) error
	detach func(v *T)
}

// Of is the field of that name, which at points at. An optional one is left out when it is none.
func Of[T, F any](name string, at func(v *T) *F, c *Codec[F]) Field[T] {
	first, next := `"`+name+`":`, `,"`+name+`":`
	f := Field[T]{
		shape: name,
		append: func(dst []byte, v *T) []byte {
			field := at(v)
			if c.absent != nil && c.absent(field) {
				return dst
			}
			if dst[len(dst)-1] == '{' {
				return c.append(append(dst, first...), field)
			}
			return c.append(append(dst, next...), field)
		},
		read:   func(r *Reader, v *T) { *at(v) = c.read(r) },
		check:  func(v *T) error { return under(name, c.fit(at(v))) },
		detach: func(v *T) { detach(c, at(v)) },
	}
	if c.absent != nil {
		f.shape += "?"
	}
	return f
}

// OfDefault is Of with a default, which stands for a field that is missing in a command; in what was stored it may
// not be missing.
func OfDefault[T, F any](name string, at func(v *T) *F, c *Codec[F], fill func() F) Field[T] {
	f := Of(name, at, c)
	f.start = func(v *T) { *at(v) = fill() }
	if c.absent == nil {
		f.shape += "="
	}
	return f
}

func detach[T any](c *Codec[T], v *T) {
	if c.detach != nil {
		c.detach(v)
	}
}

// Struct is the Codec of a struct: its fields, in the order in which they are written.
func Struct[T any](fields ...Field[T]) *Codec[T] {
	_, c := newObject(fields)
	return c
}

func newObject[T any](fields []Field[T]) (*object[T], *Codec[T]) {
	o := &object[T]{fields: fields}
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.shape
	}
	o.shape = NewShape(names...)
	return o, &Codec[T]{append: o.append, read: o.read, check: o.check, detach: o.detach}
}

// Command is [Struct] for a command, whose JSON has no other fields than these.
func Command[T any](fields ...Field[T]) *Codec[T] {
	c := Struct(fields...)
	c.strict = true
	return c
}

// Recursive fills in the Codec of a struct that holds itself, at any depth: its fields refer to c.
func Recursive[T any](c *Codec[T], fields ...Field[T]) {
	o, filled := newObject(fields)
	o.recursive = true
	*c = *filled
}

// maxRecursive is how long JSON may be before another struct that holds itself is begun in it. Go code can build a
// value that goes on for ever out of slices and maps; it must end as an error before the stack does, which takes
// some 640 bytes for each level and at least six bytes of JSON.
const maxRecursive = 4 << 20

type object[T any] struct {
	shape  *Shape
	fields []Field[T]

	recursive bool
}

func (o *object[T]) append(dst []byte, v *T) []byte {
	if o.recursive && len(dst) > maxRecursive {
		return appendFault(dst, tooLong)
	}
	dst = append(dst, '{')
	for i := range o.fields {
		dst = o.fields[i].append(dst, v)
	}
	return append(dst, '}')
}

func (o *object[T]) read(r *Reader) T {
	var v T
	if !r.stored {
		o.start(&v)
	}
	for next := r.Object(o.shape); next.Next(); {
		o.fields[next.expected-1].read(r, &v) // the field after this one is expected next
	}
	return v
}

func (o *object[T]) start(v *T) {
	for i := range o.fields {
		if start := o.fields[i].start; start != nil {
			start(v)
		}
	}
}

func (o *object[T]) check(v *T) error {
	for i := range o.fields {
		if err := o.fields[i].check(v); err != nil {
			return err
		}
	}
	return nil
}

func (o *object[T]) detach(v *T) {
	for i := range o.fields {
		o.fields[i].detach(v)
	}
}

// under puts what an error of a check is about below a field or an item.
func under(place string, err error) error {
	if err == nil {
		return nil
	}
	e, ok := err.(*Error)
	if !ok {
		return &Error{Path: place, Reason: err.Error()}
	}
	switch {
	case e.Path == "" || e.Path[0] == '[':
		place += e.Path
	default:
		place += "." + e.Path
	}
	return &Error{Path: place, Reason: e.Reason, Offset: e.Offset}
}
