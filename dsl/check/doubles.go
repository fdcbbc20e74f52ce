package check

import (
	"slices"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// What is declared twice is reported at the second. Which of the two its uses mean is not known: most often a version
// was forgotten, or a name after copying. So it has the fields of both, and nothing is said that holds for one of them
// only.

// mergedFields are the fields of all declarations of one name. One that is not in all of them need not be given, and
// one of two types is of none.
func (c *checker) mergedFields(owner fieldOwner, first []*syntax.Field, more ...[]*syntax.Field) []*model.Field {
	merged := c.fields(first, owner)
	for _, written := range more {
		merged = mergeFields(merged, c.fields(written, owner))
	}
	return merged
}

func mergeFields(a, b []*model.Field) []*model.Field {
	for _, field := range a {
		if fieldNamed(b, field.Name) == nil {
			makeOptional(field)
		}
	}
	merged := slices.Clone(a)
	for _, field := range b {
		switch first := fieldNamed(a, field.Name); {
		case first == nil:
			makeOptional(field)
			merged = append(merged, field)
		case !model.Identical(first.Type, field.Type):
			first.Type = invalidType
		}
	}
	return merged
}

// makeOptional lets a field be left out, whatever its type is.
func makeOptional(field *model.Field) {
	if field.Default == nil {
		field.Default = invalid(field.Span)
	}
}

// declares tells whether one of the members of an aggregate, as written, is of a name that is declared twice: then it
// belongs to another aggregate, which was reported.
func (a *aggregate) declares(is func(member syntax.Member) bool) bool {
	return slices.ContainsFunc(a.decl.Members, is)
}

func isActionNamed(name string) func(syntax.Member) bool {
	return func(member syntax.Member) bool {
		action, ok := member.(*syntax.Action)
		return ok && action.Name.Name == name
	}
}

func isErrorNamed(name string) func(syntax.Member) bool {
	return func(member syntax.Member) bool {
		e, ok := member.(*syntax.ErrorDecl)
		return ok && e.Name.Name == name
	}
}

// dropOtherDomains takes back what comes of two domains in one folder: that a file of one does not go with a file of
// the other is said once, at the name of the domain.
func (c *checker) dropOtherDomains() {
	domains := map[*source.File]string{}
	for _, file := range c.files {
		if file.Domain != nil {
			domains[file.Source] = file.Domain.Name
		}
	}
	c.list = slices.DeleteFunc(c.list, func(d source.Diagnostic) bool {
		if d.Code == codeDomainsDiffer || len(d.Related) == 0 {
			return false
		}
		one, other := domains[d.Span.File], domains[d.Related[0].Span.File]
		return one != "" && other != "" && one != other
	})
}
