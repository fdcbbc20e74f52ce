package check

import (
	"slices"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// scope is what the names in an expression mean at one place, and what is known to hold there. A scope is
// never changed once another was made from it.
type scope struct {
	outer *scope
	names map[string]*binding
	facts facts

	constant bool // only literals can stand here
}

// binding is what one name stands for: a value, or an object whose fields are values (state, event, old).
type binding struct {
	span   source.Span                     // where it was declared; zero for what is built in
	what   string                          // for messages: "the parameter", "the state"
	value  func(at source.Span) model.Expr // nil for an object, and for what cannot be used here
	fields map[string]*binding             // of an object; each has a value
	barred string                          // if not "", why the name cannot be used here: "a fold reads no clock"
	mend   string                          // what to do instead of using what is barred
}

// newScope is an empty scope in outer, which may be nil. What is known in outer is known in it.
func newScope(outer *scope) *scope {
	s := &scope{outer: outer}
	if outer != nil {
		s.facts = outer.facts
	}
	return s
}

// bind gives a name its meaning in s. It does not look whether the name has one; see declare.
func (s *scope) bind(name string, b *binding) {
	if s.names == nil {
		s.names = map[string]*binding{}
	}
	s.names[name] = b
}

// lookup is what the name means, nil if nothing.
func (s *scope) lookup(name string) *binding {
	for ; s != nil; s = s.outer {
		if b, ok := s.names[name]; ok {
			return b
		}
	}
	return nil
}

// visible are all names that mean something, in alphabetical order.
func (s *scope) visible() []string {
	var names []string
	for ; s != nil; s = s.outer {
		for name := range s.names {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// knowing is a scope in s where more is known.
func (s *scope) knowing(more facts) *scope {
	inner := newScope(s)
	inner.facts = s.facts.and(more)
	return inner
}

// exists is whether the aggregate exists, as far as the guards tell.
func (s *scope) exists() (value, known bool) {
	for _, f := range slices.Backward(s.facts) {
		if f.kind == existing {
			return f.n == 1, true
		}
	}
	return false, false
}

// withExists is a scope in s where it is known whether the aggregate exists.
func (s *scope) withExists(value bool) *scope { return s.knowing(facts{existsFact(value)}) }

// declare binds a name that was written, and reports it if the name means something already: a name has one
// meaning in all that one can see. What is only there to be barred is no meaning.
func (c *checker) declare(s *scope, name syntax.Ident, b *binding) (isNew bool) {
	if before := s.lookup(name.Name); before != nil && before.barred == "" {
		d := source.New(codeNameTwice, name.Span, "%s is already the name of %s here", name.Name, before.called(name.Name))
		d.Mend = chooseAnotherName
		if !before.span.IsZero() {
			d.Related = append(d.Related, source.Related{Span: before.span, Message: "declared here"})
		}
		c.report(d)
		s.bind(name.Name, b)
		return false
	}
	s.bind(name.Name, b)
	return true
}

// called is what the binding is in a message.
func (b *binding) called(name string) string {
	if b.what != "" {
		return b.what
	}
	return "the value " + name
}
