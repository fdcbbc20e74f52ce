package check

import (
	"slices"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// lintUses looks for what is allowed and probably not meant, in what uses what. It runs only where there are no
// errors: what is broken looks unused.
func (c *checker) lintUses() {
	c.lintTypes()
	c.lintImports()
	for _, a := range c.declared.aggregates {
		c.lintEvents(a)
		c.lintErrors(a)
		c.lintTests(a)
	}
	c.lintVariables()
	c.lintHandlers()
}

// warn adds one warning with what to do about it.
func (c *checker) warn(code source.Code, at source.Span, mend, format string, args ...any) {
	c.mended(mend, source.New(code, at, format, args...))
}

func (c *checker) lintTypes() {
	for _, t := range c.declared.typeOrder {
		if !t.used {
			c.warn(lintUnusedType, t.at, "use it or remove it", "nothing is of the type %s", t.name)
		}
	}
	for _, e := range c.declared.enumOrder {
		if !e.used {
			c.warn(lintUnusedType, e.model.Span, "use it or remove it", "nothing is of the enum %s", e.model.Name)
		}
	}
}

func (c *checker) lintImports() {
	for _, name := range keysOf(c.declared.imports) {
		if imp := c.declared.imports[name]; !imp.used {
			c.warn(lintUnusedImport, imp.decl.Name.Span, "use one of its keys or ids, or remove it", "the import %s is not used", name)
		}
	}
}

// lintEvents looks for events that no action emits. One that is dropped has nothing to do any more.
func (c *checker) lintEvents(a *aggregate) {
	for _, e := range a.events {
		if e.dropped() || slices.ContainsFunc(e.model.Versions, c.isEmitted) {
			continue
		}
		c.warn(lintNeverEmitted, e.newest().model.Span,
			"let an action emit it; or, if it is only in old logs and no longer counts, drop it: upcast "+versioned(e.key, e.newest().model.Version)+" -> nothing",
			"no action emits %s", e.key)
	}
	for _, cl := range c.clauses[a] {
		if !cl.found {
			c.warn(lintNotInBody, cl.key.Span, "emit it, or do not declare it", "%s is declared here, and nothing in the body emits it", cl.version.of.key)
		}
	}
}

// isEmitted tells whether an action declares a version of an event.
func (c *checker) isEmitted(v *model.EventVersion) bool {
	return slices.ContainsFunc(v.Event.Aggregate.Actions, func(a *model.Action) bool {
		return slices.Contains(a.Creates, v) || slices.Contains(a.Emits, v)
	})
}

// lintErrors looks for errors that no action gives. A decision by hand may give any of its aggregate.
func (c *checker) lintErrors(a *aggregate) {
	if slices.ContainsFunc(a.actions, func(x *action) bool { return x.decl.ByHand }) {
		return
	}
	for _, e := range a.errors {
		if !e.used {
			c.warn(lintUnusedError, e.model.Span, "require something with it, or remove it", "no action gives the error %s", e.model.Name)
		}
	}
}

func (c *checker) lintTests(a *aggregate) {
	for _, t := range a.tests {
		if len(t.Thens) == 0 {
			c.warn(lintEmptyTest, t.Name.Span, "say what must come of it: then …", "this test compares nothing")
		}
	}
}

func (c *checker) lintVariables() {
	for _, v := range c.lets {
		if !v.used {
			c.warn(lintUnusedLet, v.v.Span, "use it or remove it", "the let %s is not used", v.v.Name)
		}
	}
	for _, v := range c.params {
		if !v.used {
			c.warn(lintUnusedParam, v.v.Span, "give the event a field of that name, or remove the parameter",
				"the parameter %s is not used: what a command says and no event holds is lost", v.v.Name)
		}
	}
}

// lintHandlers looks for handlers to which nothing will ever be delivered.
func (c *checker) lintHandlers() {
	for _, h := range c.domain.Handlers {
		if h.All && len(c.declared.events) == 0 {
			c.warn(lintIdleHandler, h.Span, "declare an event first", "%s listens to every event of a domain that has none", h.Name)
		}
		idle := func(key *model.HandlerKey) bool {
			return key.Event.Dropped == key.Event.Versions[len(key.Event.Versions)-1].Version
		}
		if len(h.Events) > 0 && !slices.ContainsFunc(h.Events, func(key *model.HandlerKey) bool { return !idle(key) }) {
			c.warn(lintIdleHandler, h.Span, "remove it", "%s listens to nothing that is still read: what it listens to is dropped", h.Name)
		}
	}
}
