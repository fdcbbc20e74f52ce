package dsl

import (
	"errors"

	"github.com/fluvius-io/fluvius-go/dsl/eval"
	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// checkDefaults works the defaults of a checked domain out, and warns of those that the `where` of their type does not
// hold for. It is done here because the checker cannot evaluate. It is a warning only: a field that is always given needs
// no default that is fit.
func checkDefaults(d *model.Domain) (list source.List) {
	e := eval.New(d, eval.Limits{})
	for _, f := range defaulted(d) {
		var refused *eval.InvalidError
		if errors.As(e.CheckConstant(f.Default, f.Type), &refused) {
			list.Add(refusedDefault(f, refused))
		}
	}
	return list
}

func refusedDefault(f *model.Field, why *eval.InvalidError) source.Diagnostic {
	is := "is"
	if why.Path != "" {
		is = "has at " + why.Path + " what is"
	}
	w := source.New("FLV0410", f.Default.Where(), "the default of %s %s %s", f.Name, is, why.Reason)
	w.Mend = "write a default that its type allows, or leave the default out"
	return w
}

// defaulted are the fields with a default of which a `where` is checked: not those of states.
func defaulted(d *model.Domain) (found []*model.Field) {
	keep := func(fields []*model.Field) {
		for _, f := range fields {
			if f.Default != nil {
				found = append(found, f)
			}
		}
	}
	for _, s := range d.Structs {
		keep(s.Fields)
	}
	for _, a := range d.Aggregates {
		for _, e := range a.Events {
			for _, v := range e.Versions {
				keep(v.Fields)
			}
		}
		for _, action := range a.Actions {
			keep(action.Params)
		}
	}
	return found
}
