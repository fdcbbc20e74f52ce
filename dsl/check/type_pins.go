package check

import (
	"slices"
	"strings"

	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// checkTypePins holds event versions to the value types that they were published with. What was published is in
// the lock; two cases are certain without it. Where no event version names an older version of a type at all
// (Line@1), what else would it be for: those that say Line were published with it. And where two versions of an event
// say the very same, the older one must have been published with an older type. More would be a guess: an event that
// says Line may be younger than Line@2.
func (c *checker) checkTypePins() {
	for _, t := range c.declared.typeOrder {
		if len(t.versions) < 2 {
			continue
		}
		p := &pinning{c: c, target: t, before: t.versions[len(t.versions)-2]}
		p.find()
		if len(p.loose) > 0 && !p.pinned {
			p.reportAll()
		} else {
			p.reportOlder()
		}
	}
}

// pinning looks for the event versions that reach one value type.
type pinning struct {
	c      *checker
	target *typeDecl
	before *typeVersion // the version before the newest
	loose  []*eventVersion
	pinned bool // some event version reaches an older version of the type
}

func (p *pinning) find() {
	for _, a := range p.c.declared.aggregates {
		for _, e := range a.events {
			for _, v := range e.versions {
				if v.upcast != nil && v.upcast.Nothing {
					continue // what is dropped has no shape to keep
				}
				r := p.reach(v.decl.Fields, map[*typeVersion]bool{})
				p.pinned = p.pinned || r.pinned
				if r.loose {
					p.loose = append(p.loose, v)
				}
			}
		}
	}
}

// reached tells how fields reach a type, at any depth: by its bare name, or in an older version.
type reached struct{ loose, pinned bool }

func (r reached) or(other reached) reached {
	return reached{r.loose || other.loose, r.pinned || other.pinned}
}

func (p *pinning) reach(fields []*syntax.Field, seen map[*typeVersion]bool) reached {
	var r reached
	for _, field := range fields {
		r = r.or(p.reachType(field.Type, seen))
	}
	return r
}

func (p *pinning) reachType(t *syntax.TypeRef, seen map[*typeVersion]bool) reached {
	if t == nil {
		return reached{}
	}
	if t.Elem != nil || t.Key != nil {
		return p.reachType(t.Elem, seen).or(p.reachType(t.Key, seen)).or(p.reachType(t.Value, seen))
	}
	v := p.c.versionMeant(t)
	if v == nil {
		return reached{}
	}
	r := reached{loose: v.of == p.target && t.Version == nil, pinned: v.of == p.target && v != p.target.newest()}
	if seen[v] {
		return r
	}
	seen[v] = true
	return r.or(p.reach(v.decl.Fields, seen))
}

// versionMeant is the version of a value type that a written type names, nil if it names none.
func (c *checker) versionMeant(t *syntax.TypeRef) *typeVersion {
	if t.Name == nil || t.Package != nil {
		return nil
	}
	decl := c.declared.types[t.Name.Name]
	switch {
	case decl == nil:
		return nil
	case t.Version == nil:
		return decl.newest()
	}
	return decl.version(t.Version.Value)
}

// reportAll reports, at the newest version of the type, all event versions that have changed with it.
func (p *pinning) reportAll() {
	newest := p.target.newest()
	d := source.New(codeTypePin, newest.decl.Name.Name.Span, "%s would change the shape of %s: published events keep the shape they have, with %s",
		versioned(p.target.name, newest.version), p.names(p.loose), p.pin())
	p.explain(&d, p.loose)
	p.c.report(d)
}

// reportOlder reports versions of events that the next version repeats word for word.
func (p *pinning) reportOlder() {
	var older []*eventVersion
	for _, v := range p.loose {
		if v.repeated() && v.model.Version > v.of.model.Dropped {
			older = append(older, v)
		}
	}
	if len(older) == 0 {
		return
	}
	d := source.New(codeTypePin, older[0].model.Span, "%s says the same as its next version: an older version says which version of %s it was published with, as %s",
		p.names(older), p.target.name, p.pin())
	p.explain(&d, older)
	p.c.report(d)
}

// repeated tells whether the next version has the same fields, as written.
func (v *eventVersion) repeated() bool {
	next := v.of.version(v.model.Version + 1)
	if next == nil || len(next.decl.Fields) != len(v.decl.Fields) {
		return false
	}
	for i, field := range v.decl.Fields {
		other := next.decl.Fields[i]
		if field.Name.Name != other.Name.Name || field.Type == nil || other.Type == nil || typeText(field.Type, nil) != typeText(other.Type, nil) {
			return false
		}
	}
	return true
}

func (p *pinning) pin() string { return versioned(p.target.name, p.before.version) }

func (p *pinning) names(versions []*eventVersion) string {
	var names []string
	for _, v := range versions {
		names = append(names, versioned(v.of.key, v.model.Version))
	}
	return strings.Join(names, ", ")
}

// explain adds the places of the event versions, and the lines to paste.
func (p *pinning) explain(d *source.Diagnostic, versions []*eventVersion) {
	for _, v := range versions {
		if v.model.Span != d.Span {
			d.Related = append(d.Related, source.Related{Span: v.model.Span, Message: versioned(v.of.key, v.model.Version) + " is declared here"})
		}
	}
	paste := &pinPaste{pinning: p, pins: map[string]int{p.target.name: p.before.version}}
	d.Mend = paste.lines(versions)
}

// pinPaste writes the declarations as they must be.
type pinPaste struct {
	*pinning
	pins  map[string]int // by type, which version a bare name must become
	types []*typeVersion // those in between, which need a version of their own
	out   []string
}

func (p *pinPaste) lines(versions []*eventVersion) string {
	for _, v := range versions {
		p.between(v.decl.Fields, map[*typeVersion]bool{})
	}
	for _, t := range p.types {
		p.declare("type "+versioned(t.of.name, t.version), t.decl.Fields, p.pins)
		if t == t.of.newest() {
			p.declare("type "+versioned(t.of.name, t.version+1), t.decl.Fields, nil)
		}
	}
	for _, v := range versions {
		p.declare("event "+versioned(v.of.key, v.model.Version), v.decl.Fields, p.pins)
		if v.model.Newest {
			p.declare("event "+versioned(v.of.key, v.model.Version+1), v.decl.Fields, nil)
		}
	}
	return "write in their place:\n" + strings.Join(p.out, "\n")
}

// between finds the types on the way to the target. The newest version of one is pinned too, since it gets a
// newer one.
func (p *pinPaste) between(fields []*syntax.Field, seen map[*typeVersion]bool) {
	for _, field := range fields {
		for _, ref := range namesIn(field.Type) {
			v := p.c.versionMeant(ref)
			if v == nil || v.of == p.target || seen[v] {
				continue
			}
			seen[v] = true
			if !p.reach(v.decl.Fields, map[*typeVersion]bool{}).loose {
				continue
			}
			p.between(v.decl.Fields, seen)
			if !slices.Contains(p.types, v) {
				p.types = append(p.types, v)
			}
			if v == v.of.newest() {
				p.pins[v.of.name] = v.version
			}
		}
	}
}

// namesIn are the names in a written type.
func namesIn(t *syntax.TypeRef) []*syntax.TypeRef {
	switch {
	case t == nil:
		return nil
	case t.Elem != nil:
		return namesIn(t.Elem)
	case t.Key != nil:
		return append(namesIn(t.Key), namesIn(t.Value)...)
	}
	return []*syntax.TypeRef{t}
}

func (p *pinPaste) declare(head string, fields []*syntax.Field, pins map[string]int) {
	p.out = append(p.out, head+" {")
	for _, field := range fields {
		line := "    " + field.Name.Name + " " + typeText(field.Type, pins)
		if field.Default != nil {
			line += " = " + field.Default.Where().Text()
		}
		p.out = append(p.out, line)
	}
	p.out = append(p.out, "}")
}

// typeText is a type as written, with versions for the bare names of those that are pinned.
func typeText(t *syntax.TypeRef, pins map[string]int) string {
	text := ""
	switch {
	case t.Elem != nil:
		text = "[]" + typeText(t.Elem, pins)
	case t.Key != nil:
		text = "map[" + typeText(t.Key, pins) + "]" + typeText(t.Value, pins)
	case t.Name == nil:
		return t.Span.Text()
	default:
		text = nameText(t, pins)
	}
	if t.Optional {
		text += "?"
	}
	return text
}

func nameText(t *syntax.TypeRef, pins map[string]int) string {
	switch pin, pinned := pins[t.Name.Name]; {
	case t.Package != nil:
		return t.Package.Name + "." + t.Name.Name
	case t.Version != nil:
		return versioned(t.Name.Name, t.Version.Value)
	case pinned:
		return versioned(t.Name.Name, pin)
	}
	return t.Name.Name
}
