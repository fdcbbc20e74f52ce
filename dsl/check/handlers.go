package check

import (
	"slices"
	"strconv"
	"time"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// What a handler does that says nothing else.
const (
	defaultRetry       = 5
	defaultTimeout     = 30 * time.Second
	defaultConcurrency = 1
	defaultOnFailure   = "park"
)

// checkHandlers checks who reacts.
func (c *checker) checkHandlers() {
	named := map[string]*syntax.Handler{}
	for _, decl := range c.declared.handlers {
		name := decl.Name.Name
		if first := named[name]; first != nil {
			c.declaredTwice("handler", decl.Name, first.Name.Span)
			continue
		}
		named[name] = decl
		c.checkMethodName("handler", decl.Name, true)
		h := &model.Handler{
			Name: name, All: decl.All, Retry: defaultRetry, Timeout: defaultTimeout,
			Concurrency: defaultConcurrency, OnFailure: defaultOnFailure, Doc: decl.Doc, Span: decl.Name.Span,
		}
		c.handlerKeys(h, decl)
		c.handlerOptions(h, decl)
		c.domain.Handlers = append(c.domain.Handlers, h)
	}
	c.checkHandlerWas(named)
}

// checkMethodName keeps the methods of Implementation apart, which has decisions, upcasts and handlers in one.
func (c *checker) checkMethodName(what string, at syntax.Ident, amongActions bool) {
	for _, a := range c.declared.aggregates {
		if action := a.actionNamed(at.Name); amongActions && action != nil && action.decl.ByHand {
			c.methodClash(what, at, "the action "+at.Name+", which is by hand,", action.decl.Name.Span)
		}
		for _, decl := range a.upcasts {
			if e := c.declared.events[decl.Key.Name.Name]; decl.ByHand && e != nil && upcastMethod(e, decl) == at.Name {
				c.methodClash(what, at, "the upcast of "+e.key+", which is by hand,", decl.Key.Name.Span)
			}
		}
	}
}

// upcastMethod is the Go name of an upcast by hand.
func upcastMethod(e *event, decl *syntax.Upcast) string {
	from := 1
	if decl.Key.Version != nil {
		from = decl.Key.Version.Value
	}
	return "Upcast" + e.model.GoName + "V" + strconv.Itoa(from)
}

func (c *checker) methodClash(what string, at syntax.Ident, other string, first source.Span) {
	d := source.New(codeGoNameClash, at.Span, "%s and the %s %s are both the method %s of Implementation in Go", other, what, at.Name, at.Name)
	d.Related = firstDeclared(first)
	d.Mend = renameOne
	c.report(d)
}

// checkHandlerWas checks the names that handlers had before: a checkpoint belongs to one handler.
func (c *checker) checkHandlerWas(named map[string]*syntax.Handler) {
	before := map[string]source.Span{}
	for i, decl := range c.declared.handlers {
		if decl.Was == nil || named[decl.Name.Name] != decl {
			continue
		}
		was := decl.Was.Name
		if now := named[was]; now != nil {
			d := source.New(codeHandlerWas, decl.Was.Span, "%s is a handler of today: %s cannot take over its checkpoint", was, decl.Name.Name)
			d.Mend = "leave was " + was + " out, or remove the handler " + was
			d.Related = related(now.Name.Span, "declared here")
			c.report(d)
			continue
		}
		if first, twice := before[was]; twice {
			d := source.New(codeHandlerWas, decl.Was.Span, "two handlers were %s: only one of them can take over its checkpoint", was)
			d.Mend = "leave it out on one of the two"
			d.Related = related(first, "said here already")
			c.report(d)
			continue
		}
		before[was] = decl.Was.Span
		for _, h := range c.domain.Handlers {
			if h.Span == c.declared.handlers[i].Name.Span {
				h.Was = was
			}
		}
	}
}

// handlerKeys finds the events that a handler listens to.
func (c *checker) handlerKeys(h *model.Handler, decl *syntax.Handler) {
	seen := map[*model.Event]source.Span{}
	for _, key := range decl.Keys {
		found := c.handlerKey(key)
		if found == nil {
			continue
		}
		if first, twice := seen[found.Event]; twice {
			d := source.New(codeHandlerKey, key.Span, "%s listens to %s twice", h.Name, key.Key.Name)
			d.Mend = removeOne
			d.Related = related(first, "first here")
			c.report(d)
			continue
		}
		seen[found.Event] = key.Span
		h.Events = append(h.Events, found)
	}
}

func (c *checker) handlerKey(key *syntax.HandlerKey) *model.HandlerKey {
	if key.Domain == nil {
		if e := c.declared.events[key.Key.Name]; e != nil {
			return &model.HandlerKey{Event: e.model}
		}
		c.unknownHandlerKey(key.Key, "this domain", c.domain)
		return nil
	}
	if c.isOwnAggregate(*key.Domain, key.Span, key.Key.Name) {
		return nil
	}
	imp := c.importNamed(*key.Domain)
	if imp == nil || imp.model.Domain == nil {
		return nil
	}
	for _, a := range imp.model.Domain.Aggregates {
		for _, e := range a.Events {
			if e.Key == key.Key.Name {
				c.checkReadableOutside(key, e)
				return &model.HandlerKey{Import: imp.model, Event: e}
			}
		}
	}
	c.unknownHandlerKey(key.Key, key.Domain.Name, imp.model.Domain)
	return nil
}

// checkReadableOutside: an upcast by hand is a method of its own domain's Implementation, which this domain does not have.
func (c *checker) checkReadableOutside(key *syntax.HandlerKey, e *model.Event) {
	for _, v := range e.Versions {
		if v.Upcast == nil || !v.Upcast.ByHand {
			continue
		}
		d := source.New(codeHandlerByHand, key.Span, "%s@%d is read through an upcast by hand, which only its own domain can do", e.Key, v.Version)
		d.Related = related(v.Upcast.Span, "the upcast")
		d.Mend = "listen in Go, on the other domain: d.On" + e.GoName + "(\"…\", handle)"
		c.report(d)
		return
	}
}

func (c *checker) unknownHandlerKey(key syntax.Ident, where string, domain *model.Domain) {
	d := source.New(codeUnknownEvent, key.Span, "%s has no event %s", where, written(key))
	var keys []string
	for _, a := range domain.Aggregates {
		for _, e := range a.Events {
			keys = append(keys, e.Key)
			if slices.Contains(e.Was, key.Name) {
				d.Mend = "it is named " + e.Key + " now"
				d.Edits = []source.Edit{{Span: key.Span, Text: e.Key}}
			}
		}
	}
	if d.Mend == "" && domain == c.domain {
		c.notAnEvent(&d, key, keys)
	} else if d.Mend == "" {
		suggest(&d, key, keys)
	}
	c.report(d)
}

// handlerOptions reads the block of a handler, each option at most once and within its bounds.
func (c *checker) handlerOptions(h *model.Handler, decl *syntax.Handler) {
	seen := map[string]source.Span{}
	for _, option := range decl.Options {
		at := keyword(option.Span, option.Name)
		if first, twice := seen[option.Name]; twice {
			d := source.New(codeHandlerOption, at, "%s says %s twice", h.Name, option.Name)
			d.Mend = removeOne
			d.Related = related(first, "first here")
			c.report(d)
			continue
		}
		seen[option.Name] = at
		c.handlerOption(h, option)
	}
}

func (c *checker) handlerOption(h *model.Handler, option *syntax.HandlerOption) {
	switch {
	case option.Name == "retry" && option.Number != nil:
		h.Retry = option.Number.Value
	case option.Name == "concurrency" && option.Number != nil:
		h.Concurrency = option.Number.Value
	case option.Name == "timeout" && option.Duration != nil:
		h.Timeout = option.Duration.Value
		if h.Timeout <= 0 {
			c.mended("write how long one try may take, as in timeout 30s",
				source.New(codeHandlerBounds, option.Duration.Span, "a handler with a timeout of 0s would always fail"))
		}
	case option.Name == "from" && option.Word != nil:
		h.FromNow = option.Word.Name == "now"
	case option.Name == "on failure" && option.Word != nil:
		h.OnFailure = option.Word.Name
	}
}
