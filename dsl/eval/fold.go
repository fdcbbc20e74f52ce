package eval

import (
	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/runtime/value"
)

// fold is one event changing a state: all that is read is of the state before, all that is written goes to after.
type fold struct {
	*frame
	fields []*model.Field
	after  []Value
}

// apply is the fields of the state after an event. What the fold reads of derived values is computed at its begin,
// of the state before it.
func (h *history) apply(e *model.Event, p *Payload, before []Value) []Value {
	frame := h.stateFrame(before, h.derive(before, h.derivedIn(e.Apply)))
	frame.event = p
	f := &fold{frame: frame, fields: h.aggregate.model.State, after: append([]Value(nil), before...)}
	f.stmts(e.Apply)
	return f.after
}

func (f *fold) stmts(stmts []model.FoldStmt) {
	for _, s := range stmts {
		f.step(1)
		switch s := s.(type) {
		case *model.Assign:
			f.assign(s)
		case *model.Remove:
			i := indexOf(f.fields, s.Field.Name)
			f.after[i] = Map(value.WithoutKey(f.after[i].(Map), f.eval(s.Index)))
		case *model.FoldIf:
			if f.holds(s.Cond) {
				f.stmts(s.Then)
			} else {
				f.stmts(s.Else)
			}
		}
	}
}

func (f *fold) assign(s *model.Assign) {
	i := indexOf(f.fields, s.Field.Name)
	if s.Index == nil {
		f.after[i] = f.changed(s, f.after[i])
		return
	}
	m, key := f.after[i].(Map), f.eval(s.Index)
	now, ok := m[key]
	if !ok {
		now = f.zero(s.Field.Type.(*model.Map).Elem)
	}
	v := f.changed(s, now)
	f.room(slot * (len(m) + 1))
	f.after[i] = Map(value.WithKey(m, key, v))
}

// changed is what an assignment makes of what stands there now.
func (f *fold) changed(s *model.Assign, now Value) Value {
	v := f.eval(s.Value)
	switch s.Op {
	case model.Add, model.Sub:
		return f.arithmetic(map[model.AssignOp]string{model.Add: "+", model.Sub: "-"}[s.Op], now, likewise(now, v))
	case model.Append:
		return f.arithmetic("+", now, List{v})
	case model.Concat:
		return f.arithmetic("+", now, v)
	case model.Without:
		list := now.(List)
		f.room(slot * len(list))
		return List(value.Without(list, v, f.equal))
	}
	return v
}

// derivedIn are the derived values that a fold reads, and those that they need.
func (h *history) derivedIn(stmts []model.FoldStmt) map[string]bool {
	found := map[string]bool{}
	look := func(x model.Expr) { walk(x, func(x model.Expr) { noteDerived(x, found) }) }
	var all func(stmts []model.FoldStmt)
	all = func(stmts []model.FoldStmt) {
		for _, s := range stmts {
			switch s := s.(type) {
			case *model.Assign:
				look(s.Index)
				look(s.Value)
			case *model.Remove:
				look(s.Index)
			case *model.FoldIf:
				look(s.Cond)
				all(s.Then)
				all(s.Else)
			}
		}
	}
	all(stmts)
	derived := h.aggregate.model.Derived
	for i := len(derived) - 1; i >= 0; i-- { // backwards: each needs only those before it
		if found[derived[i].Field.Name] {
			look(derived[i].Value)
		}
	}
	return found
}

func noteDerived(x model.Expr, found map[string]bool) {
	if g, ok := x.(*model.Get); ok && g.From == model.State && g.Derived {
		found[g.Field.Name] = true
	}
}
