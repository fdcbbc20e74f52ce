// Package syntax says what was written: the lexer, the grammar and the tree of a .fluv file.
package syntax

import (
	"time"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// File is what was written in one file. A declaration that could not be parsed is missing from Decls (its
// errors were reported); all others are there.
type File struct {
	Source *source.File
	Doc    string // the comment right above `domain`
	Domain *Ident // nil if the line is missing or broken
	Decls  []Decl
	Broken bool // something is missing from the tree, so that names which are used may seem to be undeclared
	Lacks  bool // it is more than statements of actions
}

// Ident is one word as it was written: a name, a key, a type, a wire word.
type Ident struct {
	Name string
	Span source.Span
}

// Text is a string literal, unquoted.
type Text struct {
	Value string
	Span  source.Span
}

// Number is an integer as part of a declaration: a version, a count.
type Number struct {
	Value int
	Span  source.Span
}

// Versioned is a key or type with an optional version: user-created@2. Version is nil when none was written.
type Versioned struct {
	Name    Ident
	Version *Number
}

// Decl is a declaration at the top of a file: *Import, *Type, *TypeUpcast, *Enum, *Aggregate, *Handler.
type Decl interface {
	decl()
	Where() source.Span
}

// Member is a declaration in an aggregate: *State, *Event, *Upcast, *Apply, *ErrorDecl, *Action, *Derive,
// *Invariant, *Snapshot, *Test.
type Member interface {
	member()
	Where() source.Span
}

// Import is `import NAME "path" [go "path"]`.
type Import struct {
	Span source.Span
	Doc  string
	Name Ident
	Path Text
	Go   *Text
}

// Type is a value type, a Go type or a named scalar; exactly one of IsStruct, Go and Base is set.
type Type struct {
	Span     source.Span
	Doc      string
	Name     Versioned
	IsStruct bool
	Fields   []*Field
	Go       *GoRef
	Base     *TypeRef
	Check    Expr // after `where`; nil if none
}

// GoRef is `go "example.com/geo".Point`.
type GoRef struct {
	Span source.Span
	Path Text
	Name Ident
}

// TypeUpcast is `upcast Line@1 -> @2 { … }`.
type TypeUpcast struct {
	Span   source.Span
	Doc    string
	Name   Ident
	From   Number
	To     Number
	Fields []*Assign
}

// Assign is `field = expr` in an upcast.
type Assign struct {
	Name  Ident
	Value Expr
}

// Enum is `enum E { a, b as "B" was c }`.
type Enum struct {
	Span   source.Span
	Doc    string
	Name   Ident
	Values []*EnumValue
}

// EnumValue is one value of an Enum.
type EnumValue struct {
	Doc  string
	Name Ident
	As   *Text
	Was  *Ident
}

// Field is a field of a state, event or type, and a parameter.
type Field struct {
	Doc     string
	Name    Ident
	Type    *TypeRef
	Default Expr // nil if none
}

// TypeRef is a type as written: exactly one of Elem (a list), Key and Value (a map) and Name is set.
type TypeRef struct {
	Span     source.Span
	Elem     *TypeRef // []Elem
	Key      *TypeRef // map[Key]Value
	Value    *TypeRef
	Package  *Ident // shop in shop.UserID
	Name     *Ident // string, Line, UserID
	Version  *Number
	Optional bool // `?` after it; a second `?` is reported by the parser
}

// Aggregate is `aggregate User { … }`.
type Aggregate struct {
	Span    source.Span
	Doc     string
	Name    Ident
	As      *Text
	Members []Member
}

// State is `state { … }`.
type State struct {
	Span   source.Span
	Doc    string
	Fields []*Field
}

// Event is `event key@N was old { … }`.
type Event struct {
	Span   source.Span
	Doc    string
	Key    Versioned
	Was    []Ident
	Fields []*Field
}

// Upcast is `upcast key@N -> @M { … } | by hand | nothing`.
type Upcast struct {
	Span    source.Span
	Doc     string
	Key     Versioned
	To      *Number // nil for `-> nothing`
	Nothing bool
	ByHand  bool
	Fields  []*Assign
}

// Apply is `apply key { … }`.
type Apply struct {
	Span source.Span
	Doc  string
	Key  Ident
	Body []FoldStmt
}

// FoldStmt is a statement of an apply: *Spread, *Set, *Remove, *FoldIf.
type FoldStmt interface {
	foldStmt()
	Where() source.Span
}

// Spread is `...event`.
type Spread struct{ Span source.Span }

// Set is `name = expr`, `name[index] += expr` and so on. Op is "=", "+=" or "-=".
type Set struct {
	Span  source.Span
	Name  Ident
	Index Expr // nil if none
	Op    string
	Value Expr
}

// Remove is `remove name[index]`.
type Remove struct {
	Span  source.Span
	Name  Ident
	Index Expr
}

// FoldIf is `if cond { … } else …`. An `else if` is an Else of one *FoldIf.
type FoldIf struct {
	Span source.Span
	Cond Expr
	Then []FoldStmt
	Else []FoldStmt
}

// ErrorDecl is `error Name(params) "text with {param}"`.
type ErrorDecl struct {
	Span   source.Span
	Doc    string
	Name   Ident
	Params []*Field
	Text   *StringLit
}

// Action is `action Name(params) creates … emits … { … }`.
type Action struct {
	Span    source.Span
	Doc     string
	Name    Ident
	Params  []*Field
	Creates []Versioned
	Emits   []Versioned
	ByHand  bool
	HasBody bool
	Body    []Stmt
	Broken  bool // a statement of it could not be read, and is missing
}

// Stmt is a statement of an action: *Require, *Let, *Emit, *If.
type Stmt interface {
	stmt()
	Where() source.Span
}

// Require is `require cond else Error(args)`.
type Require struct {
	Span  source.Span
	Cond  Expr
	Error Ident
	Args  []Expr
}

// Let is `let name = expr`.
type Let struct {
	Span  source.Span
	Name  Ident
	Value Expr
}

// Emit is `emit key { field: expr }`. Fields is nil without a record.
type Emit struct {
	Span   source.Span
	Key    Ident
	Fields []*FieldExpr
}

// If is `if cond { … } else …`. An `else if` is an Else of one *If.
type If struct {
	Span source.Span
	Cond Expr
	Then []Stmt
	Else []Stmt
}

// Derive is `derive name Type = expr`.
type Derive struct {
	Span  source.Span
	Doc   string
	Name  Ident
	Type  *TypeRef
	Value Expr
}

// Invariant is `invariant [Name] expr`.
type Invariant struct {
	Span source.Span
	Doc  string
	Name *Ident
	Cond Expr
}

// Snapshot is `snapshot every N`.
type Snapshot struct {
	Span  source.Span
	Doc   string
	Every Number
}

// Test is `test "…" { given … when … then … }`.
type Test struct {
	Span   source.Span
	Doc    string
	Name   Text
	Givens []*Given
	When   *When
	Thens  []*Then
}

// Given is one `given` line; exactly one of Key, Now, Actor and ID is set.
type Given struct {
	Span   source.Span
	Key    *Versioned
	Fields []*FieldExpr
	Now    *TimeLit
	Actor  *Text
	ID     *Text
}

// When is `when Action { … }`.
type When struct {
	Span   source.Span
	Action Ident
	Fields []*FieldExpr
}

// Then is one `then` line; exactly one of Key, Error, State and Nothing is set.
type Then struct {
	Span    source.Span
	Key     *Ident
	Error   *Ident // PascalCase, or one of invalid invariant overflow not-found already-exists
	State   bool
	Nothing bool
	Fields  []*FieldExpr
}

// Handler is `handler Name was Old on keys { options }`.
type Handler struct {
	Span    source.Span
	Doc     string
	Name    Ident
	Was     *Ident
	All     bool // `on *`
	Keys    []*HandlerKey
	Options []*HandlerOption
}

// HandlerKey is `key` or `other.key`.
type HandlerKey struct {
	Span   source.Span
	Domain *Ident
	Key    Ident
}

// HandlerOption is one line of a handler's block. Name is "retry", "timeout", "from", "concurrency" or
// "on failure"; Number, Duration or Word is its value.
type HandlerOption struct {
	Span     source.Span
	Name     string
	Number   *Number
	Duration *DurationLit
	Word     *Ident
}

// Expr is an expression as written.
type Expr interface {
	expr()
	Where() source.Span
}

// FieldExpr is `name: expr` in a record.
type FieldExpr struct {
	Name  Ident
	Value Expr
}

// IntLit is `12`. Digits are as written; whether they fit is the checker's to say.
type IntLit struct {
	Span   source.Span
	Digits string
}

// FloatLit is `1.50`.
type FloatLit struct {
	Span   source.Span
	Digits string
}

// DurationLit is `1h30m`, `7d`.
type DurationLit struct {
	Span  source.Span
	Value time.Duration
}

// TimeLit is `2026-01-02T03:04:05Z`.
type TimeLit struct {
	Span  source.Span
	Value time.Time
}

// StringLit is `"text {expr}"` or a raw string. A plain text has at most one part.
type StringLit struct {
	Span  source.Span
	Raw   bool
	Parts []TextPart
}

// TextPart is a piece of a StringLit: Expr if it is not nil, else Text.
type TextPart struct {
	Text string
	Expr Expr
	Span source.Span
}

// BoolLit is `true` or `false`.
type BoolLit struct {
	Span  source.Span
	Value bool
}

// NoneLit is `none`.
type NoneLit struct{ Span source.Span }

// ListLit is `[a, b]`.
type ListLit struct {
	Span  source.Span
	Items []Expr
}

// MapLit is `{ "a": 1 }`.
type MapLit struct {
	Span    source.Span
	Entries []MapEntry
}

// MapEntry is `key: value` of a MapLit.
type MapEntry struct{ Key, Value Expr }

// StructLit is `Line { … }` or `Line@1 { … }`.
type StructLit struct {
	Span   source.Span
	Type   Versioned
	Fields []*FieldExpr
}

// Name is a word that stands for a value: a variable, a field, a bare enum value (which may be kebab-case).
type Name struct{ Ident }

// Qualified is `Phase.opened`: an enum's value by its type.
type Qualified struct {
	Span source.Span
	Type Ident
	Name Ident
}

// Select is `x.name`.
type Select struct {
	Span source.Span
	X    Expr
	Name Ident
}

// Index is `x[i]`.
type Index struct {
	Span source.Span
	X    Expr
	I    Expr
}

// With is `x with { … }`.
type With struct {
	Span   source.Span
	X      Expr
	Fields []*FieldExpr
}

// Unary is `!x` or `-x`.
type Unary struct {
	Span source.Span
	Op   string
	X    Expr
}

// Binary is `x op y`; Op is one of ?? * / % + - == != < <= > >= in matches && ||.
type Binary struct {
	Span   source.Span
	Op     string
	OpSpan source.Span
	X, Y   Expr
}

// Cond is `c ? a : b`.
type Cond struct {
	Span    source.Span
	C, A, B Expr
}

// Call is `len(x)`.
type Call struct {
	Span source.Span
	Func Ident
	Args []Expr
}

// Comprehension is `sum(line in lines if cond: body)`, with Second for `i, x in …`: First is then the index or key.
type Comprehension struct {
	Span   source.Span
	Func   Ident
	First  Ident
	Second *Ident
	Over   Expr
	If     Expr // nil if none
	Body   Expr
}

// Match is `match x { a, b: expr  else: expr }`.
type Match struct {
	Span  source.Span
	X     Expr
	Cases []*MatchCase
	Else  Expr // nil if none
}

// MatchCase is `a, b: expr`.
type MatchCase struct {
	Values []Ident
	Body   Expr
}

// Paren is `(x)`.
type Paren struct {
	Span source.Span
	X    Expr
}

func (*Import) decl()     {}
func (*Type) decl()       {}
func (*TypeUpcast) decl() {}
func (*Enum) decl()       {}
func (*Aggregate) decl()  {}
func (*Handler) decl()    {}

func (*State) member()     {}
func (*Event) member()     {}
func (*Upcast) member()    {}
func (*Apply) member()     {}
func (*ErrorDecl) member() {}
func (*Action) member()    {}
func (*Derive) member()    {}
func (*Invariant) member() {}
func (*Snapshot) member()  {}
func (*Test) member()      {}

func (*Spread) foldStmt() {}
func (*Set) foldStmt()    {}
func (*Remove) foldStmt() {}
func (*FoldIf) foldStmt() {}

func (*Require) stmt() {}
func (*Let) stmt()     {}
func (*Emit) stmt()    {}
func (*If) stmt()      {}

func (*IntLit) expr()        {}
func (*FloatLit) expr()      {}
func (*DurationLit) expr()   {}
func (*TimeLit) expr()       {}
func (*StringLit) expr()     {}
func (*BoolLit) expr()       {}
func (*NoneLit) expr()       {}
func (*ListLit) expr()       {}
func (*MapLit) expr()        {}
func (*StructLit) expr()     {}
func (*Name) expr()          {}
func (*Qualified) expr()     {}
func (*Select) expr()        {}
func (*Index) expr()         {}
func (*With) expr()          {}
func (*Unary) expr()         {}
func (*Binary) expr()        {}
func (*Cond) expr()          {}
func (*Call) expr()          {}
func (*Comprehension) expr() {}
func (*Match) expr()         {}
func (*Paren) expr()         {}

// Where is the whole of it.
func (n *Import) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *Type) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *TypeUpcast) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *Enum) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *Aggregate) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *Handler) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *State) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *Event) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *Upcast) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *Apply) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *ErrorDecl) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *Action) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *Derive) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *Invariant) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *Snapshot) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *Test) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *Spread) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *Set) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *Remove) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *FoldIf) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *Require) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *Let) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *Emit) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *If) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *IntLit) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *FloatLit) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *DurationLit) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *TimeLit) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *StringLit) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *BoolLit) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *NoneLit) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *ListLit) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *MapLit) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *StructLit) Where() source.Span { return n.Span }

// Where is the place of the word.
func (n *Name) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *Qualified) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *Select) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *Index) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *With) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *Unary) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *Binary) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *Cond) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *Call) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *Comprehension) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *Match) Where() source.Span { return n.Span }

// Where is the whole of it.
func (n *Paren) Where() source.Span { return n.Span }
