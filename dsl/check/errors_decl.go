package check

import (
	"slices"
	"strings"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// checkErrors types the texts of an aggregate's errors.
func (c *checker) checkErrors(a *aggregate) {
	for _, e := range a.errors {
		if e.decl.Text == nil {
			continue
		}
		s := newScope(nil)
		for _, name := range []string{"state", "now", "actor", "metadata", "event", "exists"} {
			s.bind(name, &binding{barred: "the text of an error knows the id and the error's parameters", mend: "give the error a parameter for it"})
		}
		s.bind("id", builtin("the id", model.IDValue, a.model.ID))
		for _, param := range e.model.Params {
			v := &model.Var{Kind: model.Param, Name: param.Name, T: param.Type, Field: param, Span: param.Span}
			s.bind(param.Name, readVar(v, "the parameter "+param.Name, nil))
		}
		e.model.Text = c.text(s, e.decl.Text)
	}
}

// errorOf is the error of an aggregate with that name; an unknown one is reported at the name.
func (c *checker) errorOf(a *aggregate, name syntax.Ident) *errorDecl {
	var names []string
	for _, e := range a.errors {
		if e.model.Name == name.Name {
			return e
		}
		names = append(names, e.model.Name)
	}
	if a.declares(isErrorNamed(name.Name)) {
		return nil
	}
	d := source.New(codeUnknownError, name.Span, "%s has no error %s", a.model.Name, written(name))
	if other := c.errorNamed(name.Name); other != nil {
		d.Message += ": it is one of " + other.model.Aggregate.Name
		d.Related = related(other.model.Span, "declared here")
		d.Mend = "declare one here, under another name"
	} else if suggest(&d, name, names); d.Mend == "" {
		d.Mend = "declare it: error " + name.Name + ` "…"`
	}
	c.report(d)
	return nil
}

// errorArgs types the arguments of an error, one for each parameter. Those that are left out at the end take
// their defaults, or none. Where their number is wrong it is not known which belongs to which parameter, and nothing
// is said of their types.
func (c *checker) errorArgs(s *scope, e *errorDecl, stmt *syntax.Require) []model.Expr {
	params := e.model.Params
	var left []model.Expr
	for _, param := range params[min(len(stmt.Args), len(params)):] {
		if init := c.filled(param, stmt.Error.Span); init != nil {
			left = append(left, init.Value)
		}
	}
	if len(e.more) > 0 {
		c.hidden(s, stmt.Args)
		return nil
	}
	if len(stmt.Args)+len(left) != len(params) {
		c.hidden(s, stmt.Args)
		c.wrongArgs(s, e, stmt)
		return nil
	}
	var args []model.Expr
	for i, arg := range stmt.Args {
		args = append(args, c.expr(s, arg, params[i].Type))
	}
	return append(args, left...)
}

func (c *checker) wrongArgs(s *scope, e *errorDecl, stmt *syntax.Require) {
	d := source.New(codeErrorArgs, stmt.Error.Span, "%s takes %s, and gets %s", e.model.Name, parameters(len(e.model.Params)), argumentCount(len(stmt.Args)))
	d.Related = related(e.model.Span, "declared here")
	meant, whole := c.argsMeant(s, e.model, stmt)
	d.Mend = "write " + meant
	if whole {
		d.Edits = []source.Edit{{Span: stmt.Error.Span.To(stmt.Span), Text: meant}}
	}
	c.report(d)
}

// argsMeant is how an error is given here, with what was written where that fits, then what the action or the state
// has under the name of a parameter; and whether that is all that is needed.
func (c *checker) argsMeant(s *scope, e *model.ErrorDecl, stmt *syntax.Require) (text string, whole bool) {
	if len(e.Params) == 0 {
		return e.Name, true
	}
	given, whole := stmt.Args, true
	texts := make([]string, len(e.Params))
	for i, param := range e.Params {
		next := slices.IndexFunc(given, func(arg syntax.Expr) bool { return c.wouldFit(s, arg, param.Type) })
		switch named := c.namedValue(s, param, stmt.Error.Span); {
		case next >= 0 && (next == 0 || len(stmt.Args) > len(e.Params)):
			texts[i], given = shortText(given[next]), given[next+1:]
		case named != "":
			texts[i] = named
		default:
			texts[i] = "…"
		}
		whole = whole && texts[i] != "…"
	}
	return e.Name + "(" + strings.Join(texts, ", ") + ")", whole
}

func (c *checker) wouldFit(s *scope, e syntax.Expr, t model.Type) bool {
	return c.silently(func() { c.expr(s, e, t) })
}

// namedValue is what fits a parameter and has its name: a parameter or let of the action, else a field of the state.
func (c *checker) namedValue(s *scope, param *model.Field, at source.Span) string {
	name := &syntax.Name{Ident: syntax.Ident{Name: param.Name, Span: at}}
	if b := s.lookup(param.Name); b != nil && b.barred == "" && c.wouldFit(s, name, param.Type) {
		return param.Name
	}
	state := &syntax.Name{Ident: syntax.Ident{Name: "state", Span: at}}
	if c.wouldFit(s, &syntax.Select{Span: at, X: state, Name: name.Ident}, param.Type) {
		return "state." + param.Name
	}
	return ""
}

func parameters(n int) string { return count(n, "parameter") }

func argumentCount(n int) string { return count(n, "argument") }
