package check

import (
	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// scope is what the names in an expression mean at one place, and what is known to hold there. A scope is
// never changed once another was made from it.
type scope struct {
	outer *scope
	names map[string]*binding
	facts facts
}

// binding is what one name stands for: a value, or an object whose fields are values (state, event, old).
type binding struct {
	span   source.Span                     // where it was declared; zero for what is built in
	what   string                          // for messages: "the parameter", "the state"
	value  func(at source.Span) model.Expr // nil for an object, and for what cannot be used here
	fields map[string]*binding             // of an object; each has a value
	barred string                          // if not "", why the name cannot be used here: "a fold reads no clock; …"
}
