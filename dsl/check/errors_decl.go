package check

import (
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
// their defaults, or none.
func (c *checker) errorArgs(s *scope, e *errorDecl, stmt *syntax.Require) []model.Expr {
	var args []model.Expr
	for i, arg := range stmt.Args {
		if i >= len(e.model.Params) {
			c.expr(s, arg, invalidType)
			continue
		}
		args = append(args, c.expr(s, arg, e.model.Params[i].Type))
	}
	for _, param := range e.model.Params[len(args):] {
		if init := c.filled(param, stmt.Error.Span); init != nil {
			args = append(args, init.Value)
		}
	}
	if len(args) < len(e.model.Params) || len(stmt.Args) > len(e.model.Params) {
		d := source.New(codeErrorArgs, stmt.Error.Span, "%s takes %s, and gets %s", e.model.Name, parameters(len(e.model.Params)), argumentCount(len(stmt.Args)))
		d.Related = related(e.model.Span, "declared here")
		d.Mend = "write " + errorSignature(e.model)
		c.report(d)
	}
	return args
}

func parameters(n int) string { return count(n, "parameter") }

func argumentCount(n int) string { return count(n, "argument") }

// errorSignature is how an error is named with its arguments.
func errorSignature(e *model.ErrorDecl) string {
	if len(e.Params) == 0 {
		return e.Name
	}
	text := e.Name + "("
	for i, param := range e.Params {
		if i > 0 {
			text += ", "
		}
		text += param.Name
	}
	return text + ")"
}
