package eval

import (
	"maps"
	"time"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/runtime/value"
)

// Around is what surrounds a decision.
type Around struct {
	Now      time.Time
	Actor    string
	Metadata map[string]string
}

// Outcome is what came of a decision: the events, in the versions in which they are stored, as values and as records,
// and the state after them. Without events it is a success that stores nothing.
type Outcome struct {
	Events  []Payload
	Records []Record
	State   *State
}

// Decide has an action decide on a state, folds what it emits from the bytes that would be stored, and checks the
// invariants. The input is the command's JSON. The error is a DomainError, an InvalidError, a NotFoundError, an
// AlreadyExistsError, an InvariantError, ErrOverflow, a LimitError or an UnsupportedError.
func (a *Aggregate) Decide(s *State, action *model.Action, input string, around Around) (out Outcome, err error) {
	defer catch(&err)
	h := &history{run: a.domain.start(), aggregate: a, id: s.ID}
	if err := checkID(s.ID); err != nil {
		return out, err
	}
	command, err := h.command(action.Params, input)
	if err != nil {
		return out, err
	}
	return h.decide(s, action, command, around)
}

// decide is the whole of a decision, in the order that is promised: input, existence, requires, events, invariants.
func (h *history) decide(s *State, action *model.Action, command []Value, around Around) (out Outcome, err error) {
	if _, err := h.encode(commandFields(action.Params), command); err != nil {
		return out, err
	}
	if err := h.mayRun(s, action); err != nil {
		return out, err
	}
	if action.ByHand {
		return out, &UnsupportedError{What: action.Name + " is by hand, which only Go can do"}
	}
	if around.Now = around.Now.UTC(); around.Now.Before(s.last) {
		around.Now = s.last
	}
	if out.Events, err = h.events(s, action, command, around); err != nil {
		return out, err
	}
	if len(out.Events) == 0 {
		out.State = s
		return out, nil
	}
	if out.Records, err = h.records(out.Events, around); err != nil {
		return out, err
	}
	if out.State, err = h.fold(s, out.Records); err != nil {
		return out, err
	}
	return out, h.invariants(out.State)
}

func (h *history) mayRun(s *State, action *model.Action) error {
	switch {
	case s.Sequence > 0 && len(action.Emits) == 0:
		return &AlreadyExistsError{Aggregate: h.aggregate.model.Wire, ID: s.ID}
	case s.Sequence == 0 && len(action.Creates) == 0:
		return &NotFoundError{Aggregate: h.aggregate.model.Wire, ID: s.ID}
	}
	return nil
}

// body is an action's body on its way.
type body struct {
	*frame
	id     string
	events []Payload
}

func (h *history) events(s *State, action *model.Action, command []Value, around Around) ([]Payload, error) {
	f := h.stateFrame(s.Fields, s.Derived)
	metadata := Map{}
	for k, v := range around.Metadata {
		metadata[Text(k)] = Text(v)
	}
	maps.Copy(f.builtins, map[model.BuiltinKind]Value{
		model.Now: Time{around.Now}, model.Actor: Text(around.Actor), model.Metadata: metadata,
		model.Exists: Bool(s.Sequence > 0),
	})
	f.params = map[*model.Field]Value{}
	for i, p := range action.Params {
		f.params[p] = command[i]
		if _, none := command[i].(None); none && p.Default != nil {
			f.params[p] = h.constant(p.Default)
		}
	}
	b := &body{frame: f, id: s.ID}
	err := b.stmts(action.Body)
	return b.events, err
}

func (b *body) stmts(stmts []model.Stmt) error {
	for _, s := range stmts {
		b.step(1)
		if err := b.stmt(s); err != nil {
			return err
		}
	}
	return nil
}

func (b *body) stmt(s model.Stmt) error {
	switch s := s.(type) {
	case *model.Require:
		if !b.holds(s.Cond) {
			return b.refusal(s)
		}
	case *model.Let:
		b.bind(s.Var, b.eval(s.Value))
	case *model.Emit:
		b.events = append(b.events, Payload{Version: s.Version, Fields: b.fields(s.Version.Fields, s.Fields)})
	case *model.If:
		if b.holds(s.Cond) {
			return b.stmts(s.Then)
		}
		return b.stmts(s.Else)
	}
	return nil
}

// refusal is the domain error of a require that does not hold.
func (b *body) refusal(s *model.Require) error {
	e := &DomainError{Decl: s.Error, ID: b.id}
	f := &frame{run: b.run, params: map[*model.Field]Value{}, builtins: map[model.BuiltinKind]Value{model.IDValue: Text(b.id)}}
	for i, p := range s.Error.Params {
		v := b.eval(s.Args[i])
		e.Params = append(e.Params, v)
		f.params[p] = v
	}
	e.Text = f.text(s.Error.Text)
	return e
}

// records are events as they would be stored. Every `where` in them must hold.
func (h *history) records(events []Payload, around Around) ([]Record, error) {
	size := 0
	records := make([]Record, len(events))
	for i, e := range events {
		data, err := h.encode(e.Version.Fields, e.Fields)
		if err != nil {
			return nil, err
		}
		size += len(data)
		records[i] = Record{
			Key: e.Version.Event.Key, Version: e.Version.Version, Data: data,
			Timestamp: around.Now, Metadata: around.Metadata,
		}
	}
	if size > maxBytes || len(events) > maxRecords {
		return nil, &TooLargeError{Aggregate: h.aggregate.model.Wire, ID: h.id, Records: len(events), Bytes: size}
	}
	return records, nil
}

// invariants says which invariant does not hold: the first.
func (h *history) invariants(s *State) error {
	f := h.stateFrame(s.Fields, s.Derived)
	for _, i := range h.aggregate.model.Invariants {
		if !f.holds(i.Cond) {
			return &InvariantError{Aggregate: h.aggregate.model.Wire, ID: h.id, Invariant: i}
		}
	}
	return nil
}

func faultOf(text []byte) error { return invalid(value.Fault(text)) }
