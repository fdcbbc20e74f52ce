package check

import (
	"slices"
	"strconv"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// event is an event under its key.
type event struct {
	agg      *aggregate
	key      string
	at       source.Span // its key where it was first declared
	model    *model.Event
	versions []*eventVersion // ascending
	was      []syntax.Ident
	doubles  int // declarations of a version that is there already

	// back is where its fold makes the state's field of a name out of the event's field of that name.
	back map[string]source.Span
}

// eventVersion is one version of an event, and the upcast to the next one that was written, if one was.
type eventVersion struct {
	of     *event
	decl   *syntax.Event
	more   [][]*syntax.Field // of other declarations of it
	model  *model.EventVersion
	upcast *syntax.Upcast
	misled bool // the upcast that was meant for it is a wrong one, which was reported
}

func (c *checker) collectEvent(a *aggregate, decl *syntax.Event) {
	key := decl.Key.Name.Name
	e := c.declared.events[key]
	if e == nil {
		e = &event{agg: a, key: key, at: decl.Key.Name.Span, model: &model.Event{Aggregate: a.model, Key: key, GoName: goName(key)}, back: map[string]source.Span{}}
		c.declared.events[key] = e
		a.events = append(a.events, e)
		a.model.Events = append(a.model.Events, e.model)
	}
	if e.agg != a {
		a.misplaced = append(a.misplaced, key)
		if a.repeats(e.agg.model) {
			return
		}
		d := source.New(codeEventElsewhere, decl.Key.Name.Span, "the event %s belongs to %s: a key belongs to one aggregate", key, e.agg.model.Name)
		d.Related = firstDeclared(e.at)
		d.Mend = "give it another key, as " + a.model.Wire + "-" + key
		c.report(d)
		return
	}
	c.collectVersion(e, decl)
}

func (c *checker) collectVersion(e *event, decl *syntax.Event) {
	version := versionNumber(decl.Key)
	if first := e.version(version); first != nil {
		d := source.New(codeEventTwice, decl.Key.Name.Span, "the event %s is declared twice", e.key+"@"+strconv.Itoa(version))
		d.Related = firstDeclared(first.model.Span)
		d.Mend = "make it a version of its own: event " + e.key + "@" + strconv.Itoa(e.highest()+1)
		c.report(d)
		first.more, e.doubles = append(first.more, decl.Fields), e.doubles+1
		return
	}
	m := &model.EventVersion{Event: e.model, Version: version, Doc: decl.Doc, Span: decl.Key.Name.Span}
	e.versions = append(e.versions, &eventVersion{of: e, decl: decl, model: m})
	e.was = append(e.was, c.wasOnce(e, decl.Was)...)
}

// wasOnce are the keys behind one `was`, each once. That several versions say the same is fine: any one counts for all.
func (c *checker) wasOnce(e *event, keys []syntax.Ident) []syntax.Ident {
	if len(keys) < 2 {
		return keys
	}
	first := map[string]source.Span{}
	return slices.DeleteFunc(slices.Clone(keys), func(was syntax.Ident) bool {
		at, twice := first[was.Name]
		if !twice {
			first[was.Name] = was.Span
			return false
		}
		d := source.New(codeWas, was.Span, "%s says twice that it was %s", e.key, was.Name)
		d.Mend = removeOne
		d.Related = related(at, "said here")
		c.report(d)
		return true
	})
}

func (e *event) version(n int) *eventVersion {
	for _, v := range e.versions {
		if v.model.Version == n {
			return v
		}
	}
	return nil
}

func (e *event) highest() int {
	highest := 0
	for _, v := range e.versions {
		highest = max(highest, v.model.Version)
	}
	return highest
}

// forgot tells whether a version is probably one that is declared under another's number.
func (e *event) forgot(n int) bool { return n > e.highest() && n <= e.highest()+e.doubles }

func (e *event) newest() *eventVersion { return e.versions[len(e.versions)-1] }

// dropped tells whether today's version of the event is dropped when it is read, so that nothing can emit it.
func (e *event) dropped() bool { return e.model.Dropped == e.newest().model.Version }

// finishEvents puts versions into their order, looks for holes and names all versions in Go.
func (c *checker) finishEvents(a *aggregate) {
	for _, e := range a.events {
		slices.SortFunc(e.versions, func(x, y *eventVersion) int { return x.model.Version - y.model.Version })
		want := 1
		for _, v := range e.versions {
			if v.model.Version != want {
				d := source.New(codeEventHole, v.model.Span, "event %s@%d has no version %d before it", e.key, v.model.Version, want)
				d.Mend = "versions are 1, 2, 3 without holes: declare event " + e.key + "@" + strconv.Itoa(want)
				c.report(d)
			}
			want = v.model.Version + 1
			v.model.Newest = v == e.newest()
			v.model.GoName = e.model.GoName
			if !v.model.Newest {
				v.model.GoName += "V" + strconv.Itoa(v.model.Version)
			}
			e.model.Versions = append(e.model.Versions, v.model)
		}
		e.model.Doc = e.newest().decl.Doc
	}
}

// checkWas checks the keys that events had before: each is one event's, and no event's of today.
func (c *checker) checkWas() {
	seen := map[string]syntax.Ident{}
	owner := map[string]*event{}
	for _, a := range c.declared.aggregates {
		for _, e := range a.events {
			for _, was := range e.was {
				c.checkWasKey(e, was, seen, owner)
			}
		}
	}
}

func (c *checker) checkWasKey(e *event, was syntax.Ident, seen map[string]syntax.Ident, owner map[string]*event) {
	key := was.Name
	now, first := c.declared.events[key], seen[key]
	switch {
	case now != nil:
		d := source.New(codeWas, was.Span, "%s is an event of today: %s cannot have had that key", key, e.key)
		d.Related = related(now.at, "declared here")
		d.Mend = "leave was " + key + " out, or remove the event " + key
		c.report(d)
		return
	case owner[key] == e: // said on two versions: any one of them counts for all
		return
	case owner[key] != nil:
		d := source.New(codeWas, was.Span, "%s already says that it was %s", owner[key].key, key)
		d.Mend = "leave it out on one of the two"
		d.Related = related(first.Span, "said here")
		c.report(d)
		return
	}
	seen[key], owner[key] = was, e
	e.model.Was = append(e.model.Was, key)
}

// eventNamed is the event of an aggregate with that key; an unknown one is reported at the key.
func (c *checker) eventNamed(a *aggregate, key syntax.Ident) *event {
	e := c.declared.events[key.Name]
	switch {
	case e != nil && e.agg == a:
		return e
	case slices.Contains(a.misplaced, key.Name): // reported where it was declared
		return nil
	}
	c.report(c.unknownEvent(a, key))
	return nil
}

// unknownEvent says that an aggregate has no event of that key.
func (c *checker) unknownEvent(a *aggregate, key syntax.Ident) source.Diagnostic {
	d := source.New(codeUnknownEvent, key.Span, "%s has no event %s", a.model.Name, written(key))
	if e := c.declared.events[key.Name]; e != nil {
		d.Message += ": it is one of " + e.agg.model.Name
		d.Related = related(e.at, "declared here")
		return d
	}
	if now := c.renamed(key.Name); now != nil {
		d.Mend = "it is named " + now.key + " now"
		d.Edits = []source.Edit{{Span: key.Span, Text: now.key}}
		return d
	}
	c.notAnEvent(&d, key, a.keys())
	return d
}

// notAnEvent says what else a key is the name of, and which event was meant.
func (c *checker) notAnEvent(d *source.Diagnostic, key syntax.Ident, keys []string) {
	if action := c.anyActionNamed(written(key)); action != nil {
		suggestOf(d, key, "an action", c.eventsOf(action))
	} else {
		suggestOf(d, key, c.kindNamed(written(key)), nil)
	}
	if d.Mend == "" {
		suggest(d, key, keys)
	}
	if d.Mend == "" {
		d.Mend = itHas(keys)
	}
}

// renamed is the event that had a key before.
func (c *checker) renamed(key string) *event {
	for _, e := range c.declared.events {
		if slices.Contains(e.model.Was, key) {
			return e
		}
	}
	return nil
}

// keys are the keys of the aggregate's events.
func (a *aggregate) keys() []string {
	keys := make([]string, 0, len(a.events))
	for _, e := range a.events {
		keys = append(keys, e.key)
	}
	return keys
}

// versionNamed is the version of an event that was written, and without one the newest or version 1 (where an
// older version is meant); an unknown one is reported at its number.
func (c *checker) versionNamed(e *event, number *syntax.Number, without *eventVersion) *eventVersion {
	if number == nil {
		return without
	}
	if v := e.version(number.Value); v != nil {
		return v
	}
	if e.forgot(number.Value) {
		return e.newest() // probably the one that is declared twice
	}
	c.noVersion(e, number, "name a version that is declared, or "+declareVersion(e, number))
	return nil
}

// noVersion reports a version that an event has not, unless it is a hole, which was reported.
func (c *checker) noVersion(e *event, number *syntax.Number, mend string) {
	if number.Value < e.newest().model.Version || e.forgot(number.Value) {
		return
	}
	d := source.New(codeUnknownEventV, number.Span, "there is no version %d of %s", number.Value, e.key)
	d.Related = related(e.newest().model.Span, "the newest version is "+e.key+"@"+strconv.Itoa(e.newest().model.Version))
	d.Mend = mend
	c.report(d)
}

func declareVersion(e *event, number *syntax.Number) string {
	return "declare event " + e.key + "@" + strconv.Itoa(number.Value)
}
