package generator

import (
	"fmt"
	"go/token"
	"go/types"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// How names cannot collide. What users name is exported in Go, with one exception, locals. What we name at the level
// of the package is either fixed by the language, and then the checker keeps it free, or a word of lower-case letters
// with an exported name behind it, such as readUserCreated: two such names are equal only if both halves are. Imports
// have names of lower-case letters. So only exported names need a look here, and methods beside fields.

// checkNames refuses a package that Go would refuse. Most of it the checker has refused before, with better words.
func (p *plan) checkNames() error {
	s := &nameSpace{what: map[string]string{}}
	for _, name := range []string{"Domain", "New", "Implementation", "Decisions", "Upcasts", "Handlers", "Event", "Command", "DecodeCommand", "FromContext"} {
		s.add(name, "what every domain has", source.Span{})
	}
	for _, t := range p.domain.Scalars {
		s.add(t.GoName, "type "+t.Name, t.Span)
		s.add("Parse"+t.GoName, "the function that parses "+source.Article(t.GoName), t.Span)
	}
	for _, t := range p.domain.Structs {
		s.add(t.GoName, "type "+t.Name, t.Span)
		s.fields("type "+t.Name, t.Fields, "MarshalJSON", "UnmarshalJSON")
	}
	for _, t := range p.domain.Enums {
		s.add(t.Name, "enum "+t.Name, t.Span)
		for _, v := range t.Values {
			s.add(v.GoName, "a value of enum "+t.Name, t.Span)
		}
	}
	for _, t := range p.domain.GoTypes {
		s.add(t.Name, "type "+t.Name, t.Span)
	}
	for _, a := range p.domain.Aggregates {
		s.aggregate(a)
	}
	s.methods(p.domain)
	return s.err
}

// nameSpace is the exported names of a package. The first clash is kept.
type nameSpace struct {
	what map[string]string
	err  error
}

func (s *nameSpace) add(name, what string, at source.Span) {
	if other, ok := s.what[name]; ok && s.err == nil {
		s.err = fmt.Errorf("%sthe Go name %s would be both %s and %s: rename one of them", where(at), name, other, what)
	}
	s.what[name] = what
}

// where is a place as the beginning of a message; "" for what stands in no file.
func where(at source.Span) string {
	if at.IsZero() {
		return ""
	}
	return at.String() + ": "
}

func (s *nameSpace) aggregate(a *model.Aggregate) {
	s.add(a.Name, "aggregate "+a.Name, a.Span)
	for _, name := range []string{a.ID.GoName, "New" + a.ID.GoName, a.Name + "Event", a.Name + "Handle", "Fold" + a.Name} {
		s.add(name, "what aggregate "+a.Name+" makes", a.Span)
	}
	state := append([]*model.Field{}, a.State...)
	for _, d := range a.Derived {
		state = append(state, d.Field)
	}
	s.fields("the state of "+a.Name, state, "ID", "Sequence", "MarshalJSON", "UnmarshalJSON")
	for _, e := range a.Events {
		s.add(e.GoName+"Key", "the key of event "+e.Key, e.Versions[0].Span)
		for _, v := range e.Versions {
			s.add(v.GoName, "event "+e.Key, v.Span)
			s.fields("event "+e.Key, v.Fields, "MarshalJSON", "UnmarshalJSON")
		}
	}
	for _, e := range a.Errors {
		s.add(e.Name, "error "+e.Name, e.Span)
		s.fields("error "+e.Name, e.Params, "ID", "Error", "Code")
	}
	for _, c := range a.Actions {
		s.add(c.Name, "action "+c.Name, c.Span)
		s.fields("action "+c.Name, c.Params, "MarshalJSON", "UnmarshalJSON")
	}
}

// fields refuses two fields of one Go name, and those that are called as a method.
func (s *nameSpace) fields(what string, fields []*model.Field, taken ...string) {
	inside := &nameSpace{what: map[string]string{}}
	for _, name := range taken {
		inside.what[name] = "what every such type has in Go"
	}
	for _, f := range fields {
		inside.add(f.GoName, f.Name+" of "+what, f.Span)
	}
	if s.err == nil {
		s.err = inside.err
	}
}

// methods refuses what would be a field and a method of Domain, or two methods of Implementation.
func (s *nameSpace) methods(d *model.Domain) {
	domain := &nameSpace{what: map[string]string{"Execute": "a method of Domain", "OnAny": "a method of Domain", "OnRecord": "a method of Domain"}}
	impl := &nameSpace{what: map[string]string{}}
	for _, a := range d.Aggregates {
		domain.add(a.Name, "aggregate "+a.Name, a.Span)
		for _, e := range a.Events {
			domain.add("On"+e.GoName, "the method of Domain for event "+e.Key, e.Versions[0].Span)
			for _, v := range e.Versions {
				if v.Upcast != nil && v.Upcast.ByHand {
					impl.add("Upcast"+v.GoName, "the upcast of "+v.GoName+" by hand", v.Span)
				}
			}
		}
		for _, c := range a.Actions {
			if c.ByHand {
				impl.add(c.Name, "action "+c.Name+" by hand", c.Span)
			}
		}
	}
	for _, h := range d.Handlers {
		impl.add(h.Name, "handler "+h.Name, h.Span)
	}
	for _, err := range []error{domain.err, impl.err} {
		if s.err == nil {
			s.err = err
		}
	}
}

// reserved tells whether generated code has another use for a lower-case name: as a keyword, as what Go predeclares,
// as an import or as a local variable.
func reserved(name string) bool {
	return token.IsKeyword(name) || types.Universe.Lookup(name) != nil || taken[name] || fixedLocals[name]
}

// fixedLocals are the parameters and variables of generated functions.
var fixedLocals = map[string]bool{
	"ctx": true, "d": true, "s": true, "c": true, "e": true, "v": true, "r": true, "id": true, "old": true, "h": true,
	"a": true, "b": true, "err": true, "ok": true, "i": true, "n": true, "k": true, "m": true, "x": true, "cmd": true,
	"own": true, "up": true, "opts": true, "store": true, "impl": true, "state": true, "name": true, "body": true, "key": true,
	"text": true, "handle": true, "events": true, "item": true, "exists": true, "calc": true, "engine": true,
	"t": true, "given": true, "json": true, "regexp": true, "testing": true,
	"trial": true, "p": true,
}

// free is name, or name with the first number behind it that none of the taken names has.
func free(name string, taken func(string) bool) string {
	picked := name
	for i := 2; taken(picked); i++ {
		picked = fmt.Sprintf("%s%d", name, i)
	}
	return picked
}

// decodeMethod is the method of a handle with which other domains read its events. An action may have that name.
func decodeMethod(a *model.Aggregate) string {
	return free("DecodeRecord", func(name string) bool {
		for _, action := range a.Actions {
			if action.Name == name {
				return true
			}
		}
		return false
	})
}
