package generator

import "github.com/fluvius-io/fluvius-go/dsl/model"

// usage is what has to be known of types before one is emitted.
type usage struct {
	read      map[*model.Struct]bool // what an event holds, at any depth
	recursive map[*model.Struct]bool // what holds itself, at any depth
}

func findUsage(d *model.Domain) usage {
	u := usage{read: map[*model.Struct]bool{}, recursive: map[*model.Struct]bool{}}
	for _, a := range d.Aggregates {
		for _, e := range a.Events {
			for _, v := range e.Versions[e.Dropped:] {
				u.reach(v.Fields)
			}
		}
	}
	for _, s := range d.Structs {
		u.recursive[s] = holds(s.Fields, func(t model.Type) bool { return t == model.Type(s) })
	}
	return u
}

func (u usage) reach(fields []*model.Field) {
	holds(fields, func(t model.Type) bool {
		if s, ok := t.(*model.Struct); ok {
			u.read[s] = true
		}
		return false
	})
}

// holds tells whether a type that is found below the fields, at any depth, is of a kind.
func holds(fields []*model.Field, is func(model.Type) bool) bool {
	w := &typeWalk{is: is, seen: map[*model.Struct]bool{}}
	return w.fields(fields)
}

type typeWalk struct {
	is   func(model.Type) bool
	seen map[*model.Struct]bool
}

func (w *typeWalk) fields(fields []*model.Field) bool {
	for _, f := range fields {
		if w.typ(f.Type) {
			return true
		}
	}
	return false
}

func (w *typeWalk) typ(t model.Type) bool {
	if w.is(t) {
		return true
	}
	switch t := t.(type) {
	case *model.List:
		return w.typ(t.Elem)
	case *model.Map:
		return w.typ(t.Key) || w.typ(t.Elem)
	case *model.Optional:
		return w.typ(t.Elem)
	case *model.Scalar:
		return w.typ(t.Base)
	case *model.Struct:
		if !w.seen[t] {
			w.seen[t] = true
			return w.fields(t.Fields)
		}
	}
	return false
}

// stateFields are the fields of the state, derived ones last.
func stateFields(a *model.Aggregate) []*model.Field {
	fields := append([]*model.Field{}, a.State...)
	for _, d := range a.Derived {
		fields = append(fields, d.Field)
	}
	return fields
}

// shared tells whether a plain copy of a state shares something with it that can change.
func shared(a *model.Aggregate) bool {
	return holds(stateFields(a), func(t model.Type) bool {
		switch t := t.(type) {
		case *model.List, *model.Map:
			return true
		case *model.Basic:
			return t.Kind == model.Bytes || t.Kind == model.JSON
		}
		return false
	})
}

// opaque tells whether a state holds a Go type of the user, which nobody can copy.
func opaque(a *model.Aggregate) bool {
	return holds(stateFields(a), func(t model.Type) bool { _, ok := t.(*model.GoType); return ok })
}

// upcastByHand tells whether version v of an event is read with code by hand: it, or one before it, came that way.
func upcastByHand(v *model.EventVersion) bool {
	for _, older := range v.Event.Versions[v.Event.Dropped:] {
		if older.Version < v.Version && older.Upcast != nil && older.Upcast.ByHand {
			return true
		}
	}
	return false
}

func newest(e *model.Event) *model.EventVersion { return e.Versions[len(e.Versions)-1] }

// anyUpcastByHand is upcastByHand for any event of an aggregate.
func anyUpcastByHand(a *model.Aggregate) bool {
	for _, e := range a.Events {
		if upcastByHand(newest(e)) {
			return true
		}
	}
	return false
}

// anyActionByHand tells whether an aggregate leaves decisions to Go.
func anyActionByHand(a *model.Aggregate) bool {
	for _, c := range a.Actions {
		if c.ByHand {
			return true
		}
	}
	return false
}
