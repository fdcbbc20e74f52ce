package check

import (
	"slices"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// fieldOwner is what a list of fields or parameters belongs to, and which names it cannot give them.
type fieldOwner struct {
	what     string // "a field", "a parameter"
	of       string // "a state", "an action"
	reserved []string
	goNames  []string // of what is there in Go, besides generatedMethods
}

// The owners. Reserved are names that every one of them has already.
var (
	structFields  = fieldOwner{what: "a field", of: "a type"}
	eventFields   = fieldOwner{what: "a field", of: "an event"}
	stateFields   = fieldOwner{what: "a field", of: "a state", reserved: stateNames, goNames: stateGoNames}
	derivedValues = fieldOwner{what: "a state field", of: "a state", reserved: stateNames, goNames: stateGoNames}
	errorParams   = fieldOwner{what: "a parameter", of: "an error", reserved: []string{"id", "code", "error"}, goNames: []string{"ID", "Code", "Error"}}
	actionParams  = fieldOwner{what: "a parameter", of: "an action", reserved: []string{"id", "now", "actor", "metadata", "state", "exists"}}
)

var (
	stateNames   = []string{"id", "sequence"}
	stateGoNames = []string{"ID", "Sequence"}
)

// generatedMethods are methods of every generated struct, so no field can have their Go names.
var generatedMethods = []string{"MarshalJSON", "UnmarshalJSON"}

// fields are the fields that were written, each once, without their defaults, which need all types first.
func (c *checker) fields(written []*syntax.Field, owner fieldOwner) []*model.Field {
	names := newFieldSet(owner)
	var fields []*model.Field
	for _, w := range written {
		field := &model.Field{Type: c.typeRef(w.Type), Doc: w.Doc, Span: w.Name.Span}
		field.Name = w.Name.Name
		field.GoName = goName(field.Name)
		if !names.add(c, field) {
			continue
		}
		fields = append(fields, field)
		if w.Default != nil {
			c.defaults = append(c.defaults, pendingDefault{field, w.Default})
		}
	}
	return fields
}

// pendingDefault is a default that was not looked at yet.
type pendingDefault struct {
	field *model.Field
	value syntax.Expr
}

// fieldSet keeps the names of one list of fields apart, in .fluv and in Go.
type fieldSet struct {
	owner  fieldOwner
	byName map[string]*model.Field
	byGo   map[string]*model.Field
}

func newFieldSet(owner fieldOwner) *fieldSet {
	return &fieldSet{owner: owner, byName: map[string]*model.Field{}, byGo: map[string]*model.Field{}}
}

// add takes one more field, and reports why it cannot be one.
func (n *fieldSet) add(c *checker, field *model.Field) bool {
	if first := n.byName[field.Name]; first != nil {
		d := source.New(codeDeclaredField, field.Span, "the %s %s is declared twice", n.owner.what[2:], field.Name)
		d.Related = firstDeclared(first.Span)
		d.Mend = removeOrRename
		c.report(d)
		return false
	}
	n.byName[field.Name] = field
	if slices.Contains(n.owner.reserved, field.Name) {
		d := source.New(codeFieldReserved, field.Span, "%s has no %s named %s: every one has that already", n.owner.of, n.owner.what[2:], field.Name)
		d.Mend = chooseAnotherName
		c.report(d)
		return true
	}
	n.checkGo(c, field)
	return true
}

func (n *fieldSet) checkGo(c *checker, field *model.Field) {
	if slices.Contains(generatedMethods, field.GoName) || slices.Contains(n.owner.goNames, field.GoName) {
		d := source.New(codeFieldGoName, field.Span, "%s is %s in Go, which the generated type has already", field.Name, field.GoName)
		d.Mend = chooseAnotherName
		c.report(d)
		return
	}
	if first := n.byGo[field.GoName]; first != nil {
		d := source.New(codeFieldGoName, field.Span, "%s and %s are both %s in Go", first.Name, field.Name, field.GoName)
		d.Related = firstDeclared(first.Span)
		d.Mend = renameOne
		c.report(d)
		return
	}
	n.byGo[field.GoName] = field
}
