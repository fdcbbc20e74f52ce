package syntax

import (
	"strings"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

func (p *parser) member(r rule) Member {
	switch r := r.(type) {
	case *stateRule:
		return &State{Span: p.where(), Fields: p.fields(r.Body.Fields)}
	case *eventRule:
		return p.event(r)
	case *upcastRule:
		return p.upcast(r)
	case *applyRule:
		return &Apply{Span: p.where(), Key: p.eventKey(p.token(r.Key.index)), Body: r.Body.list()}
	case *errorRule:
		return p.errorDecl(r)
	case *actionRule:
		return p.action(r)
	case *deriveRule:
		name := p.nameOf(p.token(r.Name.index), "a derived value")
		return &Derive{Span: p.where(), Name: name, Type: r.Type.typeRef(), Value: r.Value.value()}
	case *invariantRule:
		return p.invariant(r)
	case *snapshotRule:
		return &Snapshot{Span: p.where(), Every: *p.count(&r.Every, 1, "a snapshot is taken every 1, 100 or so events, not every `"+p.token(r.Every.index).Text+"`")}
	case *testRule:
		return p.test(r)
	}
	return nil
}

func (p *parser) event(r *eventRule) Member {
	e := &Event{Span: p.where(), Key: p.eventName(&r.Key), Fields: p.fields(r.Body.Fields)}
	for _, was := range r.Was {
		e.Was = append(e.Was, p.kebabOf(p.token(was.index), "an event key"))
	}
	return e
}

// eventName is the key that an event is declared with.
func (p *parser) eventName(r *eventName) Versioned {
	if r.Name.last == r.Name.index {
		return p.versionedKey(&versionedRule{Name: word{r.Name.index}, Version: r.Version})
	}
	at := p.token(r.Name.index).Span.To(p.token(r.Name.last).Span)
	key := Ident{Name: toKebab(strings.Join(strings.Fields(at.Text()), "-")), Span: at}
	p.mended("FLV0001", at, key.Name, "the key of an event is one word")
	return Versioned{Name: key, Version: p.versionOrNil(r.Version, "the event `"+key.Name+"`")}
}

func (p *parser) upcast(r *upcastRule) Member {
	u := &Upcast{Span: p.where(), Key: p.versionedKey(&r.Key), Nothing: r.Nothing, ByHand: r.ByHand}
	u.To = p.versionOrNil(r.To, "the event `"+u.Key.Name.Name+"`")
	u.Fields = p.assigns(r.Fields)
	return u
}

func (p *parser) errorDecl(r *errorRule) Member {
	return &ErrorDecl{
		Span: p.where(), Name: p.pascalOf(p.token(r.Name.index), "an error"), Params: p.params(r.Params),
		Text: p.stringLit(p.token(r.Text.index)),
	}
}

func (p *parser) action(r *actionRule) Member {
	a := &Action{
		Span: p.where(), Name: p.pascalOf(p.token(r.Name.index), "an action"), Params: p.params(r.Params),
		Creates: p.versionedKeys(r.Creates), Emits: p.versionedKeys(r.Emits), ByHand: r.ByHand, HasBody: r.Body != nil,
	}
	if r.Body != nil {
		a.Body = r.Body.list()
	}
	return a
}

func (p *parser) invariant(r *invariantRule) Member {
	i := &Invariant{Span: p.where(), Cond: r.Cond}
	if r.Name != nil {
		name := p.pascalOf(p.token(r.Name.index), "an invariant")
		i.Name = &name
	}
	return i
}

func (p *parser) test(r *testRule) Member {
	t := &Test{Span: p.where(), Name: p.text(p.token(r.Name.index))}
	for _, g := range r.Givens {
		t.Givens = append(t.Givens, p.given(g))
	}
	if r.When != nil {
		t.When = &When{
			Span: p.spanOf(r.When.Tokens), Action: p.pascalOf(p.token(r.When.Action.index), "an action"),
			Fields: fieldsOf(r.When.Fields),
		}
	}
	for _, then := range r.Thens {
		t.Thens = append(t.Thens, p.then(then))
	}
	return t
}

func fieldsOf(r recordNode) []*FieldExpr {
	if r == nil {
		return nil
	}
	return r.fields()
}

func (p *parser) given(r *givenRule) *Given {
	g := &Given{Span: p.spanOf(r.Tokens), Fields: fieldsOf(r.Fields), Actor: p.textOrNil(r.Actor), ID: p.textOrNil(r.ID)}
	if r.Now != nil {
		g.Now = p.timeLit(p.token(r.Now.index))
	}
	if r.Key != nil {
		key := p.versionedKey(&versionedRule{Name: r.Key.Name.word, Version: r.Key.Version})
		g.Key = &key
	}
	return g
}

// failures are the errors that a test can await besides those of the aggregate.
var failures = []string{"invalid", "invariant", "overflow", "not-found", "already-exists"}

func (p *parser) then(r *thenRule) *Then {
	t := &Then{Span: p.spanOf(r.Tokens), Nothing: r.Nothing, State: r.State != nil, Fields: fieldsOf(r.Fields)}
	switch {
	case r.State != nil:
		t.Fields = r.State.fields()
	case r.Error != nil:
		id := p.awaited(r.Error)
		t.Error = &id
	case r.Event != nil:
		p.thenEvent(t, r.Event)
	}
	return t
}

// thenEvent is `then key { … }`, and `then State { … }`, which can only be the state.
func (p *parser) thenEvent(t *Then, r *emitted) {
	word := p.token(r.Key.index)
	t.Fields = fieldsOf(r.Fields)
	switch word.Text {
	case "State":
		t.State = true
		p.mended("FLV0010", word.Span, "state", "`state` is written in lower case, not `State`")
	case "Nothing":
		t.Nothing = true
		p.mended("FLV0010", word.Span, "nothing", "`nothing` is written in lower case, not `Nothing`")
	default:
		key := p.eventKey(word)
		t.Key = &key
	}
}

func (p *parser) awaited(w *word) Ident {
	t := p.token(w.index)
	if isUpper(t.Text) {
		return p.pascalOf(t, "an error")
	}
	for _, failure := range failures {
		if t.Text == failure || strings.ReplaceAll(t.Text, "_", "-") == failure {
			if t.Text != failure {
				p.mended("FLV0010", t.Span, failure, "this failure is called `%s`", failure)
			}
			return Ident{Name: failure, Span: t.Span}
		}
	}
	_, near := source.Nearest(t.Text, failures)
	if !near && (!isKebab(t.Text) || !strings.Contains(t.Text, "-")) {
		if meant := toPascal(t.Text); isPascal(meant) {
			return p.pascalOf(t, "an error")
		}
	}
	p.oneOf(w, failures...)
	return Ident{Name: t.Text, Span: t.Span}
}
