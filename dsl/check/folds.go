package check

import (
	"strings"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// fold is one `apply` being checked.
type fold struct {
	c     *checker
	agg   *aggregate
	event *event
	reads []string // the fields of the event that were read since it was last emptied
}

// checkFolds gives every event of an aggregate its fold.
func (c *checker) checkFolds(a *aggregate) {
	applies := map[*event]*syntax.Apply{}
	meant := map[string]bool{} // events that an apply of an unknown key may have meant
	for _, member := range a.decl.Members {
		if apply, ok := member.(*syntax.Apply); ok && a.applies[apply.Key.Name] == apply {
			if e := c.eventNamed(a, apply.Key); e != nil {
				applies[e] = apply
			} else if near, ok := source.Nearest(apply.Key.Name, a.keys()); ok {
				meant[near] = true
			}
		}
	}
	for _, e := range a.events {
		f := &fold{c: c, agg: a, event: e}
		switch apply := applies[e]; {
		case apply != nil:
			e.model.Apply = f.body(apply)
		case !e.dropped() && !meant[e.key] && e.doubles == 0:
			e.model.Apply = f.implied()
		}
	}
}

// body is the fold that was written.
func (f *fold) body(apply *syntax.Apply) []model.FoldStmt {
	s := f.scope()
	stmts := f.stmts(s, apply.Body, true)
	f.checkTwice(apply.Body, map[string]source.Span{})
	if len(apply.Body) == 0 {
		return nil
	}
	spread, ok := apply.Body[0].(*syntax.Spread)
	if !ok {
		return stmts
	}
	return append(f.spread(spread, assigned(apply.Body), overruled(apply.Body)), stmts...)
}

// scope is what a fold sees: the state before the event by bare names, and the event.
func (f *fold) scope() *scope {
	inner := newScope(f.agg.foldScope(f.agg.state == nil && f.c.broken()))
	event := object("the event", f.event.newest().model.Fields, model.EventField, "the event's field")
	for name, b := range event.fields {
		get := b.value
		b.value = func(at source.Span) model.Expr {
			f.reads = append(f.reads, name)
			return get(at)
		}
	}
	if field := inner.lookup("event"); field != nil && field.barred == "" {
		event.value = field.value // a state field may be named event: then the bare word is that field
	}
	inner.bind("event", event)
	return inner
}

// foldScope is what all folds of an aggregate see. A parameter of an action that emits the event is barred: what a fold
// needs must be in the fact. Where the state could not be read the name may be one of its fields.
func (a *aggregate) foldScope(stateLost bool) *scope {
	if a.folding != nil {
		return a.folding
	}
	outer := newScope(nil)
	a.folding = a.stateScope(nil)
	a.folding.outer = outer
	if stateLost {
		return a.folding
	}
	for _, action := range a.actions {
		for _, param := range action.decl.Params {
			outer.bind(param.Name.Name, &binding{
				what:   "the parameter " + param.Name.Name,
				barred: "it is a parameter of " + action.model.Name + ", and a fold sees only the state and the event",
				mend:   "give the event a field of that name, and read event." + param.Name.Name,
			})
		}
	}
	return a.folding
}

func (f *fold) stmts(s *scope, body []syntax.FoldStmt, top bool) []model.FoldStmt {
	var stmts []model.FoldStmt
	for i, stmt := range body {
		switch stmt := stmt.(type) {
		case *syntax.Spread:
			if !top || i > 0 {
				f.lateSpread(stmt, top)
			}
		case *syntax.Set:
			if set := f.set(s, stmt); set != nil {
				stmts = append(stmts, set)
			}
		case *syntax.Remove:
			if remove := f.remove(s, stmt); remove != nil {
				stmts = append(stmts, remove)
			}
		case *syntax.FoldIf:
			cond, yes, no := f.c.cond(s, stmt.Cond)
			then := f.stmts(yes, stmt.Then, false)
			stmts = append(stmts, &model.FoldIf{Cond: cond, Then: then, Else: f.stmts(no, stmt.Else, false), Span: stmt.Span})
		}
	}
	return stmts
}

func (f *fold) lateSpread(stmt *syntax.Spread, top bool) {
	d := source.New(codeSpreadPlace, stmt.Span, "...event stands first in an apply, and once: what follows overrules it")
	d.Mend = "move it to the top of the apply"
	if !top {
		d.Message = "...event stands first in an apply, not inside an if"
	}
	f.c.report(d)
}

// checkTwice reports two `=` to one field on one path, of which the first would count for nothing. It adds what
// the statements assign to seen. `=` to entries count by the text of their index.
func (f *fold) checkTwice(body []syntax.FoldStmt, seen map[string]source.Span) {
	for _, stmt := range body {
		switch stmt := stmt.(type) {
		case *syntax.Set:
			f.checkSetTwice(stmt, seen)
		case *syntax.FoldIf:
			then, other := copyPlaces(seen), copyPlaces(seen)
			f.checkTwice(stmt.Then, then)
			f.checkTwice(stmt.Else, other)
			for _, branch := range []map[string]source.Span{then, other} {
				for name, at := range branch {
					if _, known := seen[name]; !known {
						seen[name] = at
					}
				}
			}
		}
	}
}

func (f *fold) checkSetTwice(set *syntax.Set, seen map[string]source.Span) {
	if set.Op != "=" {
		return
	}
	name := set.Name.Name
	if set.Index != nil {
		name += "[" + strings.Join(strings.Fields(set.Index.Where().Text()), " ") + "]"
	}
	if first, twice := seen[name]; twice {
		d := source.New(codeFoldTwice, set.Name.Span, "%s is assigned twice on one path: the first would count for nothing", name)
		d.Related = related(first, "first assigned here")
		d.Mend = "remove one of the two; or let both count, with += or -="
		f.c.report(d)
		return
	}
	seen[name] = set.Name.Span
}

func copyPlaces(places map[string]source.Span) map[string]source.Span {
	inner := make(map[string]source.Span, len(places))
	for name, at := range places {
		inner[name] = at
	}
	return inner
}
