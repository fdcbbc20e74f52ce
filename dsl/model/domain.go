package model

import (
	"time"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// Domain is a checked domain.
type Domain struct {
	Name       string
	Doc        string // the comment above `domain`
	Files      []*source.File
	Imports    []*Import
	Structs    []*Struct // every version, in the order of declaration
	Scalars    []*Scalar // every version
	Enums      []*Enum
	GoTypes    []*GoType
	Aggregates []*Aggregate
	Handlers   []*Handler
}

// Import is another domain whose keys and ids this one names.
type Import struct {
	Name   string // as used here: shop in shop.user-created
	Path   string // as written
	GoPath string // what `go "…"` says; "" for the sibling in the same output
	Domain *Domain
	Span   source.Span
}

// Aggregate is `aggregate User { … }`.
type Aggregate struct {
	Domain     *Domain
	Name       string // "User", also the Go name of the state
	Wire       string // "user"
	ID         *ID
	State      []*Field
	Derived    []*Derived // in an order in which each needs only those before it
	Events     []*Event
	Errors     []*ErrorDecl
	Actions    []*Action
	Invariants []*Invariant
	Snapshot   int // every so many events; 0 for none
	Tests      []*Test
	Doc        string
	Span       source.Span
	StateDoc   string
}

// Derived is `derive name Type = expr`.
type Derived struct {
	Field *Field
	Value Expr
	Span  source.Span
}

// Event is a fact under its key, with all its versions.
type Event struct {
	Aggregate *Aggregate
	Key       string
	GoName    string          // of the newest version: "UserCreated"
	Was       []string        // older keys, read as Key
	Versions  []*EventVersion // 1, 2, 3, …: Versions[v-1]
	Apply     []FoldStmt      // on the newest version; `...event` and a missing apply are spelled out
	Dropped   int             // versions up to this one are dropped: the Upcast of each is Nothing; 0 if none
	Doc       string
}

// EventVersion is one version of an event.
type EventVersion struct {
	Event   *Event
	Version int
	GoName  string // "UserCreated", older ones "UserCreatedV1"
	Newest  bool
	Pinned  bool // some action emits this older version (emits key@N)
	Fields  []*Field
	Upcast  *Upcast // to the next version, or to nothing; nil for a newest one that is kept
	Doc     string
	Span    source.Span // the key in its declaration
}

// Upcast makes the next version of an event out of an older one. Exactly one of ByHand, Nothing and Fields
// counts. Fields has one entry for each field of the target, in its order, reading Old, Timestamp, Metadata.
type Upcast struct {
	From, To *EventVersion // To is nil for nothing
	ByHand   bool
	Nothing  bool
	Fields   []*FieldInit
	Span     source.Span
}

// FoldStmt is a statement of a fold: *Assign, *Remove, *FoldIf.
type FoldStmt interface{ foldStmt() }

// AssignOp is what an Assign does.
type AssignOp int

// The assignments. Set replaces. Add and Sub are + and - of numbers, strings, times and durations; of a map
// entry that is not there they begin at zero. Append adds an item to a list, Concat a list to a list; Without
// drops all items that are equal.
const (
	Set AssignOp = iota
	Add
	Sub
	Append
	Concat
	Without
)

// Assign writes to a state field, or to an entry of it where Index is not nil. All expressions read the state
// before the event.
type Assign struct {
	Field *Field
	Index Expr // of the map's key type; nil if none
	Op    AssignOp
	Value Expr // Set: of the field's (or entry's) type; Append, Without: of the item's type
	Span  source.Span
}

// Remove is `remove map[key]`.
type Remove struct {
	Field *Field
	Index Expr
	Span  source.Span
}

// FoldIf runs Then or Else.
type FoldIf struct {
	Cond Expr
	Then []FoldStmt
	Else []FoldStmt
	Span source.Span
}

func (*Assign) foldStmt() {}
func (*Remove) foldStmt() {}
func (*FoldIf) foldStmt() {}

// ErrorDecl is an error of the domain. Parameters do not include the id, which every error has.
type ErrorDecl struct {
	Aggregate *Aggregate
	Name      string // also the Go name
	Code      string // kebab-case
	Params    []*Field
	Text      []TextPart // reads Ref{Param} of Params and ID
	Doc       string
	Span      source.Span
}

// Action is what may be asked of an aggregate.
type Action struct {
	Aggregate *Aggregate
	Name      string // also the Go name
	Params    []*Field
	Creates   []*EventVersion // what it may emit where nothing exists
	Emits     []*EventVersion // what it may emit where the aggregate exists
	ByHand    bool
	Body      []Stmt // without `emit` in the text: with the one event spelled out at the end
	Doc       string
	Span      source.Span
}

// Stmt is a statement of an action: *Require, *Let, *Emit, *If.
type Stmt interface{ stmt() }

// Require fails the action unless Cond holds.
type Require struct {
	Cond  Expr
	Error *ErrorDecl
	Args  []Expr // one for each parameter of Error
	Span  source.Span
}

// Let names a value.
type Let struct {
	Var   *Var
	Value Expr
	Span  source.Span
}

// Emit makes an event: one entry for each field of Version, in its order.
type Emit struct {
	Version *EventVersion
	Fields  []*FieldInit
	Span    source.Span
}

// If runs Then or Else.
type If struct {
	Cond Expr
	Then []Stmt
	Else []Stmt
	Span source.Span
}

func (*Require) stmt() {}
func (*Let) stmt()     {}
func (*Emit) stmt()    {}
func (*If) stmt()      {}

// Invariant must hold after every action.
type Invariant struct {
	Name string // "" if it has none
	Cond Expr
	Text string // as written
	Doc  string
	Span source.Span
}

// Handler is `handler Name on …`.
type Handler struct {
	Name        string
	Was         string
	All         bool          // every event of this domain
	Events      []*HandlerKey // else these
	Retry       int           // tries after the first; 5
	Timeout     time.Duration // 30s
	FromNow     bool
	Concurrency int    // 1
	OnFailure   string // "park", "skip" or "halt"
	Doc         string
	Span        source.Span
}

// HandlerKey is one key that a handler listens to. Import is nil for this domain's own.
type HandlerKey struct {
	Import *Import
	Event  *Event
}

// Test is a `test` block.
type Test struct {
	Aggregate *Aggregate
	Name      string
	ID        string // "test-1" unless given
	Now       time.Time
	Actor     string
	Givens    []*GivenEvent
	When      *When // nil if none
	Then      *Then
	Span      source.Span
}

// GivenEvent is an event of the history.
type GivenEvent struct {
	Version *EventVersion
	Fields  []*FieldInit // one for each field of Version, in its order
	Span    source.Span
}

// When is the action asked. Fields has one entry for each parameter; Value is nil for one that has a default and
// was not given.
type When struct {
	Action *Action
	Fields []*FieldInit
	Span   source.Span
}

// Then is what must come of it. Fields that were not named are not there, and not compared.
type Then struct {
	Events  []*ThenEvent // in order; all events of the action; nil and !Nothing: not compared
	Nothing bool
	State   []*FieldInit // state and derived fields to compare; nil: not compared
	Error   *ErrorDecl   // the domain error expected
	Kind    string       // else the built-in one: invalid, invariant, overflow, not-found, already-exists; "" for none
	Params  []*FieldInit // parameters of Error to compare
	Span    source.Span
}

// ThenEvent is one event that must have been emitted.
type ThenEvent struct {
	Version *EventVersion
	Fields  []*FieldInit
	Span    source.Span
}
