package model

import "github.com/fluvius-io/fluvius-go/dsl/source"

// Expr is a typed expression. Every implicit conversion is an explicit node (Convert, Unwrap).
type Expr interface {
	Type() Type
	Where() source.Span
}

// Base is what every expression has.
type Base struct {
	T    Type
	Span source.Span
}

// Type is the type of the value.
func (b *Base) Type() Type { return b.T }

// Where is the place in the text; for what was not written, the place that asked for it.
func (b *Base) Where() source.Span { return b.Span }

// Literal is a constant of a Basic type. Value is a string, bool, int64, float64, time.Time, time.Duration, or
// for a decimal its text (a DecimalText).
type Literal struct {
	Base
	Value any
}

// DecimalText is the value of a decimal Literal: plain notation with the places as written.
type DecimalText string

// None is the empty value of its Optional type.
type None struct{ Base }

// Zero is the zero value of its type: "" 0 false, the first enum value, the empty list, a struct of defaults and zeros.
type Zero struct{ Base }

// EnumLit is a value of an enum.
type EnumLit struct {
	Base
	Value *EnumValue
}

// ListLit is `[a, b]`.
type ListLit struct {
	Base
	Items []Expr
}

// MapLit is `{ "a": 1 }`.
type MapLit struct {
	Base
	Keys, Values []Expr
}

// StructLit is `Line { … }`: one entry for each field in order, defaults and nones spelled out.
type StructLit struct {
	Base
	Struct *Struct
	Fields []*FieldInit
}

// VarKind tells what a Var is.
type VarKind int

// The kinds of variables.
const (
	Param VarKind = iota // a parameter of the action, or of the error whose text it is
	LetVar
	LoopVar // of a comprehension
)

// Var is a name with a value. It is compared by identity.
type Var struct {
	Kind  VarKind
	Name  string
	T     Type
	Field *Field // Param: the parameter. If it has a default, T is its plain type and the default fills in.
	Span  source.Span
}

// Ref reads a Var.
type Ref struct {
	Base
	Var *Var
}

// SourceKind is what a Get reads from.
type SourceKind int

// The sources.
const (
	State SourceKind = iota // a state field or derived value: before the event in a fold; as loaded in an action
	EventField
	OldField // of the older version, in an upcast
)

// Get reads a field of the state, of the event, of the old version.
type Get struct {
	Base
	From    SourceKind
	Field   *Field
	Derived bool // State: a derived value
}

// BuiltinKind is a value that the surroundings give.
type BuiltinKind int

// The builtins. Value is the value that a `where` is about, or the old value in a scalar's upcast is OldValue.
const (
	Now       BuiltinKind = iota // time
	Actor                        // string
	Metadata                     // map[string]string
	IDValue                      // the aggregate's id
	Exists                       // bool
	Timestamp                    // of the stored event, in an upcast
	Value                        // in a `where`
	OldValue                     // in a scalar's upcast
)

// Builtin reads one.
type Builtin struct {
	Base
	Kind BuiltinKind
}

// Select is `x.field` of a struct.
type Select struct {
	Base
	X     Expr
	Field *Field
}

// Index is `x[i]` of a list or map. Its type is Optional, or the plain item where a guard was seen (Guarded).
type Index struct {
	Base
	X, I    Expr
	Guarded bool
}

// With is `x with { … }`: only the fields that change.
type With struct {
	Base
	X      Expr
	Fields []*FieldInit
}

// ConvertKind tells how a Convert works.
type ConvertKind int

// The conversions.
const (
	ToOptional   ConvertKind = iota // T to T?
	IntToDecimal                    // also of a literal that was not folded
	ToNamed                         // base to named scalar (or to an older or newer name of the same base)
	ToBase                          // named scalar to base; an id or Scalar to its base
	InOptional                      // each T in T?, by Item
	InList                          // each item of a list, by Item
	InMap                           // each value of a map, by Item
	UpcastType                      // one step of a value type's upcast, by Upcast
)

// Convert makes a value of X that is of type T. Item is the conversion of one item for InOptional, InList, InMap;
// in it, Elem stands for the item.
type Convert struct {
	Base
	Kind   ConvertKind
	X      Expr
	Item   Expr
	Elem   *Elem
	Upcast *TypeUpcast
}

// Elem is the item that the Item of a Convert converts. It is compared by identity.
type Elem struct{ Base }

// Unwrap is the value of an optional that a guard showed to be there. If it is not, that is ErrOverflow, never a panic.
type Unwrap struct {
	Base
	X Expr
}

// Unary is `!x` or `-x`.
type Unary struct {
	Base
	Op string
	X  Expr
}

// Binary is `x op y`. The operands have been converted to one type where that matters; `==` between T? and T has both
// as T?, and none as None. Op is one of * / % + - == != < <= > >= && ||. For + of lists both are lists. For time and
// duration the types of X and Y tell which operation it is; a duration stands behind a time and before an int, however
// it was written. Operands are of base types, but those of `==` of two values of one named scalar or id. There is no
// decimal / here: it is the Call "div_round".
type Binary struct {
	Base
	Op   string
	X, Y Expr
}

// In is `x in y`: an item of a list, a key of a map.
type In struct {
	Base
	X, Y Expr
}

// Matches is `x matches "re2"`.
type Matches struct {
	Base
	X       Expr
	Pattern string
}

// Coalesce is `x ?? y`. X is Optional; Y is Optional if T is.
type Coalesce struct {
	Base
	X, Y Expr
}

// Cond is `c ? a : b`.
type Cond struct {
	Base
	C, A, B Expr
}

// Call is a function: len lower upper trim contains starts_with ends_with before after split join abs round
// min max first last keys values. min and max have one argument (a list, result optional) or two; first, last and they
// keep the type of a list's items, all others take and give base types. round is of a decimal or a float.
// `round(a / b, n)` of decimals is the function "div_round" with the arguments a, b, n.
type Call struct {
	Base
	Func string
	Args []Expr
}

// Comprehension is sum count all any map filter over a list or map. First is the index or key and nil if not named;
// Second is the item or value (for a map with one name: the key is First and Second is nil). T is that of Over for
// filter, a list of Body's for map, int for count, Body's for the others.
type Comprehension struct {
	Base
	Func   string
	First  *Var
	Second *Var
	Over   Expr
	If     Expr // nil if none
	Body   Expr
}

// Match is `match x { … }`; every value of the enum is in one case, or Else is there.
type Match struct {
	Base
	X     Expr
	Enum  *Enum
	Cases []*MatchCase
	Else  Expr
}

// MatchCase is one case.
type MatchCase struct {
	Values []*EnumValue
	Body   Expr
}

// Interpolation is `"text {expr}"`.
type Interpolation struct {
	Base
	Parts []TextPart
}

// TextPart is a piece of text: Expr (a scalar) if it is not nil, else Text.
type TextPart struct {
	Text string
	Expr Expr
}
