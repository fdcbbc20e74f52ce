package check

import (
	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// declared is all that the files declare, under its names. What is declared twice is there once, as it was
// declared first; a name in the wrong case is there under both its spellings, so that no second error follows.
type declared struct {
	imports    map[string]*importDecl
	types      map[string]*typeDecl
	typeOrder  []*typeDecl
	enums      map[string]*enumDecl
	enumOrder  []*enumDecl
	aggregates []*aggregate // in order, second ones of a name included
	byName     map[string]*aggregate
	events     map[string]*event // of all aggregates
	handlers   []*syntax.Handler
	upcasts    []*syntax.TypeUpcast
}

func newDeclared() *declared {
	return &declared{
		imports: map[string]*importDecl{}, types: map[string]*typeDecl{}, enums: map[string]*enumDecl{},
		byName: map[string]*aggregate{}, events: map[string]*event{},
	}
}

// importDecl is a domain that was imported. Its model has no Domain if it could not be had.
type importDecl struct {
	decl  *syntax.Import
	model *model.Import
	used  bool
}

// typeDecl is a value type under its name.
type typeDecl struct {
	name     string
	at       source.Span    // its name where it was first declared
	versions []*typeVersion // ascending
	doubles  int            // declarations of a version that is there already
	clash    bool           // and not both times with fields
	used     bool
}

// typeVersion is one version of a value type. Its type is a *model.Struct, *model.Scalar or *model.GoType.
type typeVersion struct {
	of      *typeDecl
	decl    *syntax.Type
	more    [][]*syntax.Field // of other declarations of it
	version int
	typ     model.Type
	upcast  *syntax.TypeUpcast
	misled  bool // the upcast that was meant for it is a wrong one, which was reported
}

// enumDecl is an enum under its name.
type enumDecl struct {
	decl  *syntax.Enum
	model *model.Enum
	used  bool

	doubled bool // declared twice: it has the values of both
}

// collect finds what is declared, before any of it is looked into.
func (c *checker) collect() {
	for _, file := range c.files {
		for _, decl := range file.Decls {
			c.collectDecl(decl)
		}
	}
	c.finishTypes()
	for _, a := range c.declared.aggregates {
		c.collectMembers(a)
	}
	c.checkWas()
}

func (c *checker) collectDecl(decl syntax.Decl) {
	switch decl := decl.(type) {
	case *syntax.Import:
		c.collectImport(decl)
	case *syntax.Type:
		c.collectType(decl)
	case *syntax.TypeUpcast:
		c.declared.upcasts = append(c.declared.upcasts, decl)
	case *syntax.Enum:
		c.collectEnum(decl)
	case *syntax.Aggregate:
		c.collectAggregate(decl)
	case *syntax.Handler:
		c.declared.handlers = append(c.declared.handlers, decl)
	}
}

// declaredTwice reports a second declaration, at its name.
func (c *checker) declaredTwice(what string, name syntax.Ident, first source.Span) {
	d := source.New(codeDeclaredTwice, name.Span, "the %s %s is declared twice", what, name.Name)
	d.Related = firstDeclared(first)
	d.Mend = removeOrRename
	c.report(d)
}
