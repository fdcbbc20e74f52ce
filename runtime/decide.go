package runtime

import (
	"context"
	"reflect"
)

// Decide is the decision alone, on a state that is given, without a store: what the action would store, or
// its error. Whether the aggregate exists is told by the state's sequence; where it is 0 the rest of the state
// is that of nothing, with the defaults.
func Decide[ID ~string, S, E, C any](ctx context.Context, h *Handle[ID, S, E], a *Action[S, E, C], s S, cmd C, opts []Option) (events []E, err error) {
	defer catch(&err)
	c := &command[S, E, C]{history: h.log, action: a, input: &cmd, id: idOf(s), settings: settingsOf(ctx, opts)}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := c.checkInput(); err != nil {
		return nil, err
	}
	l, err := c.given(s)
	if err != nil {
		return nil, err
	}
	if _, events, err = c.propose(ctx, l); err != nil {
		return nil, err
	}
	return events, nil
}

// given is a state of the caller's, who may not have computed what derives from it.
func (c *command[S, E, C]) given(s S) (*loaded[S], error) {
	sequence := *c.about.Sequence(&s)
	if sequence == 0 {
		l, err := c.fresh(c.id)
		return &l, err
	}
	l := &loaded[S]{state: s, mark: Mark{Sequence: sequence}}
	if c.about.Derive == nil {
		return l, nil
	}
	return l, c.about.Derive(&l.state)
}

// idOf is the id in a state: the field ID, which every generated state has. A table function for this one
// use, where no time counts, would be a line in every generated aggregate.
func idOf(state any) string {
	v := reflect.ValueOf(state)
	if v.Kind() != reflect.Struct {
		return ""
	}
	if id := v.FieldByName("ID"); id.IsValid() && id.Kind() == reflect.String {
		return id.String()
	}
	return ""
}
