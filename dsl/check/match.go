package check

import (
	"slices"
	"strings"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// match types `match x { a, b: expr  else: expr }`. Without a type wanted it is the one common to the cases.
func (c *checker) match(s *scope, e *syntax.Match, want, hint model.Type) model.Expr {
	x := c.infer(s, e.X, nil)
	m := &model.Match{Base: model.Base{T: want, Span: e.Span}, X: x}
	enum, ok := x.Type().(*model.Enum)
	if ok && c.caseSwallowed(enum, e) {
		return invalid(e.Span)
	}
	if ok {
		m.Enum = enum
		c.matchCases(m, e)
	} else {
		c.needs(x, e.X, isEnum, "match", "an enum")
	}
	bodies, t := c.matchResults(s, e, want, hint)
	if !ok || isInvalid(t) {
		return invalid(e.Span)
	}
	for i, body := range bodies[:len(m.Cases)] {
		m.Cases[i].Body = body
	}
	if e.Else != nil {
		m.Else = bodies[len(m.Cases)]
	}
	m.T = t
	return m
}

func isEnum(t model.Type) bool {
	_, ok := t.(*model.Enum)
	return ok
}

func matchBodies(e *syntax.Match) []syntax.Expr {
	bodies := make([]syntax.Expr, 0, len(e.Cases)+1)
	for _, one := range e.Cases {
		bodies = append(bodies, one.Body)
	}
	if e.Else != nil {
		bodies = append(bodies, e.Else)
	}
	return bodies
}

// matchResults types what the cases give, the else last.
func (c *checker) matchResults(s *scope, e *syntax.Match, want, hint model.Type) ([]model.Expr, model.Type) {
	bodies := matchBodies(e)
	if want == nil {
		typed, t := c.alternatives(inScope(s, bodies), hint)
		return typed, t
	}
	typed := make([]model.Expr, len(bodies))
	for i, body := range bodies {
		typed[i] = c.expr(s, body, want)
	}
	return typed, want
}

// matchCases resolves the values: each once, none forgotten.
func (c *checker) matchCases(m *model.Match, e *syntax.Match) {
	first := map[*model.EnumValue]source.Span{}
	for _, one := range e.Cases {
		resolved := &model.MatchCase{}
		for _, name := range one.Values {
			if v := c.matchValue(m.Enum, name, first); v != nil {
				resolved.Values = append(resolved.Values, v)
			}
		}
		m.Cases = append(m.Cases, resolved)
	}
	if e.Else == nil {
		c.forgotten(m.Enum, e, first)
	}
}

// otherwises are what other languages call the case for all that is left.
var otherwises = []string{"default", "_", "otherwise", "others"}

func (c *checker) matchValue(enum *model.Enum, name syntax.Ident, first map[*model.EnumValue]source.Span) *model.EnumValue {
	v := valueNamed(enum, name.Name)
	if v == nil && slices.Contains(otherwises, name.Name) {
		d := source.New(codeUnknownValue, name.Span, "%s has no value %s", enum.Name, name.Name)
		d.Mend = "write else, as the last case"
		c.report(d)
		return nil
	}
	if v == nil {
		c.unknownValue(enum, name, nil)
		return nil
	}
	if at, twice := first[v]; twice {
		d := source.New(codeMatchTwice, name.Span, "%s stands twice in this match", name.Name)
		d.Mend = removeOne
		d.Related = []source.Related{{Span: at, Message: "first here"}}
		c.report(d)
		return nil
	}
	first[v] = name.Span
	return v
}

// caseSwallowed reports the case whose value is missing, so that the first name of the case below, in the same column, was
// read as its value: no case is of that name then.
func (c *checker) caseSwallowed(enum *model.Enum, e *syntax.Match) bool {
	if e.Else != nil {
		return false
	}
	named := map[string]bool{}
	for _, one := range e.Cases {
		for _, name := range one.Values {
			named[name.Name] = true
		}
	}
	for _, one := range e.Cases {
		body, isName := one.Body.(*syntax.Name)
		if !isName || named[body.Name] || valueNamed(enum, body.Name) == nil || !isBelow(body.Span, one.Values[0].Span) {
			continue
		}
		last := one.Values[len(one.Values)-1]
		at := last.Span.File.Span(last.Span.End, last.Span.End)
		d := source.New("FLV0020", at, "the case %s has no value", last.Name)
		d.Mend = "write its value behind the :"
		c.report(d)
		return true
	}
	return false
}

// isBelow tells whether a place is in the column of another, on a line below it.
func isBelow(at, other source.Span) bool {
	below, above := at.Position(), other.Position()
	return below.Column == above.Column && below.Line > above.Line
}

// forgotten reports the values that stand in no case. After an unknown value it stays silent, since that one was
// likely meant to be one of them.
func (c *checker) forgotten(enum *model.Enum, e *syntax.Match, first map[*model.EnumValue]source.Span) {
	var missing []string
	for _, v := range enum.Values {
		if _, ok := first[v]; !ok {
			missing = append(missing, v.Name)
		}
	}
	for _, one := range e.Cases {
		for _, name := range one.Values {
			if valueNamed(enum, name.Name) == nil {
				return
			}
		}
	}
	if e := c.declared.enums[enum.Name]; len(missing) == 0 || e != nil && e.doubled {
		return
	}
	d := source.New(codeMatchMissing, e.Span, "this match says nothing of %s", strings.Join(missing, ", "))
	d.Mend = "add " + strings.Join(missing, ", ") + ": …, or else: …"
	d.Related = []source.Related{{Span: enum.Span, Message: "declared here"}}
	c.report(d)
}
