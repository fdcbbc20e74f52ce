// Package model says what a domain means: its types, aggregates, events, folds and actions, with every
// name resolved and every expression typed. The checker makes it; the generator, the evaluator and the lock
// read it. Everything implicit in the text is explicit here: defaults, what carries over, what an emit takes
// from a parameter, the event that an empty body emits. A model is immutable once checked and safe for
// concurrent use.
package model

import "github.com/fluvius-io/fluvius-go/dsl/source"

// Type is the type of a value. Types are compared with Identical, never with ==.
type Type interface{ typ() }

// Kind is one of the types that are not declared.
type Kind int

// The kinds.
const (
	Invalid Kind = iota // after an error; fits everything
	String
	Bool
	Int
	Float
	Decimal
	Time
	Duration
	Bytes
	JSON
)

// Basic is a type that is not declared.
type Basic struct{ Kind Kind }

// List is []Elem.
type List struct{ Elem Type }

// Map is map[Key]Elem. Key is string, int, an *Enum or an *ID.
type Map struct{ Key, Elem Type }

// Optional is Elem?. Elem is no Optional.
type Optional struct{ Elem Type }

// ID is the id type of an aggregate, a string. GoName is "UserID".
type ID struct {
	GoName string
	Domain *Domain // where it is declared; another domain's if it was imported
	Doc    string
}

// Scalar is one version of `type Email string where …`.
type Scalar struct {
	Name      string // "Email"
	GoName    string // "Email", older versions "EmailV1"
	Version   int
	Newest    bool
	Base      Type        // a Basic
	Where     Expr        // nil if none; reads Builtin{Value}
	WhereText string      // as written, for messages
	Upcast    *TypeUpcast // to the next version; nil for the newest
	Doc       string
	Span      source.Span
}

// Struct is one version of `type Line { … }`.
type Struct struct {
	Name    string
	GoName  string
	Version int
	Newest  bool
	Fields  []*Field
	Upcast  *TypeUpcast
	Doc     string
	Span    source.Span
}

// Enum is `enum E { a, b }`. Its zero is the first value.
type Enum struct {
	Name   string // also the Go name
	Values []*EnumValue
	Doc    string
	Span   source.Span
}

// EnumValue is one value of an Enum.
type EnumValue struct {
	Enum   *Enum
	Name   string   // kebab-case, as in .fluv
	GoName string   // "OrderStatusPlaced"
	Wire   string   // what stands in JSON: Name, or what `as` says
	Was    []string // older wire texts that are read as this value
	Index  int
	Doc    string
	Span   source.Span
}

// GoType is `type Geo go "example.com/geo".Point`. It marshals itself.
type GoType struct {
	Name       string // in .fluv, and the Go name (an alias of the imported type)
	ImportPath string
	GoName     string // "Point"
	Doc        string
	Span       source.Span
}

func (*Basic) typ()    {}
func (*List) typ()     {}
func (*Map) typ()      {}
func (*Optional) typ() {}
func (*ID) typ()       {}
func (*Scalar) typ()   {}
func (*Struct) typ()   {}
func (*Enum) typ()     {}
func (*GoType) typ()   {}

// Field is a field of a state, an event version, a value type; a parameter of an action or error; a derived value.
type Field struct {
	Name    string // snake_case, as on the wire
	GoName  string
	Type    Type
	Default Expr // a constant of Type; nil if none was written
	Doc     string
	Span    source.Span
}

// TypeUpcast makes a value of the next version of a type. For a *Struct, Fields has one entry for each field of
// the target, in its order; for a *Scalar, Value is the new value. A *Struct's read Get{OldField}, a *Scalar's
// Builtin{OldValue}.
type TypeUpcast struct {
	From, To Type // *Struct or *Scalar, two versions of one type
	Fields   []*FieldInit
	Value    Expr
	Span     source.Span
}

// FieldInit gives a field its value. Implicit tells that the value was not written in the text.
type FieldInit struct {
	Field    *Field
	Value    Expr // of Field.Type exactly: conversions are in it
	Implicit bool
}
