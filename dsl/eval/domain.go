package eval

import (
	"regexp"
	"sync"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/runtime/value"
)

// Domain evaluates a checked domain. It is safe for concurrent use.
type Domain struct {
	model  *model.Domain
	limits Limits

	mu       sync.Mutex
	patterns map[string]*regexp.Regexp
	enums    map[*model.Enum]*value.Enum
	shapes   map[*model.Struct]*value.Shape
}

// New is the evaluator of a domain that was checked without errors.
func New(d *model.Domain, limits Limits) *Domain {
	return &Domain{
		model: d, limits: limits.filled(),
		patterns: map[string]*regexp.Regexp{}, enums: map[*model.Enum]*value.Enum{}, shapes: map[*model.Struct]*value.Shape{},
	}
}

// Model is the domain that is evaluated.
func (d *Domain) Model() *model.Domain { return d.model }

// Aggregate finds an aggregate by its name in .fluv or on the wire; nil if there is none.
func (d *Domain) Aggregate(name string) *Aggregate {
	for _, a := range d.model.Aggregates {
		if a.Name == name || a.Wire == name {
			return d.aggregate(a)
		}
	}
	return nil
}

func (d *Domain) aggregate(a *model.Aggregate) *Aggregate { return &Aggregate{domain: d, model: a} }

func (d *Domain) start() *run { return &run{Domain: d, limits: d.limits} }

// Aggregate evaluates one kind of aggregate.
type Aggregate struct {
	domain *Domain
	model  *model.Aggregate
}

// Model is the aggregate that is evaluated.
func (a *Aggregate) Model() *model.Aggregate { return a.model }

// Action finds an action by its name; nil if there is none.
func (a *Aggregate) Action(name string) *model.Action {
	for _, action := range a.model.Actions {
		if action.Name == name {
			return action
		}
	}
	return nil
}
