package syntax

import (
	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// The grammar of declarations and members, a rule a struct. What a rule captures is either the index of a token
// (word, text, number, …) or a node of the tree that code has built (Expr, TypeRef, a block of statements, …). See machine.go.

// grammar is everything that a chunk can be.
type grammar struct {
	Domain     *domainRule     `parser:"  @@"`
	Import     *importRule     `parser:"| @@"`
	Type       *typeRule       `parser:"| @@"`
	TypeUpcast *typeUpcastRule `parser:"| @@"`
	Enum       *enumRule       `parser:"| @@"`
	Aggregate  *aggregateRule  `parser:"| @@"`
	Handler    *handlerRule    `parser:"| @@"`
	State      *stateRule      `parser:"| @@"`
	Event      *eventRule      `parser:"| @@"`
	Upcast     *upcastRule     `parser:"| @@"`
	Apply      *applyRule      `parser:"| @@"`
	Error      *errorRule      `parser:"| @@"`
	Action     *actionRule     `parser:"| @@"`
	Derive     *deriveRule     `parser:"| @@"`
	Invariant  *invariantRule  `parser:"| @@"`
	Snapshot   *snapshotRule   `parser:"| @@"`
	Test       *testRule       `parser:"| @@"`
}

type domainRule struct {
	Name word `parser:"'domain' @@"`
}

type importRule struct {
	Name word  `parser:"'import' @@"`
	Path text  `parser:"@@"`
	Go   *text `parser:"( 'go' @@ )?"`
}

type typeRule struct {
	Name  versionedRule `parser:"'type' @@"`
	Body  *bodyRule     `parser:"( @@"`
	Go    *goRule       `parser:"| @@"`
	Base  typeNode      `parser:"| @@"`
	Check Expr          `parser:"  ( 'where' @@ )? )"`
}

type bodyRule struct {
	Fields []*fieldRule `parser:"'{' ( @@ ','? )* '}'"`
}

type fieldRule struct {
	Name    word     `parser:"@@"`
	Type    typeNode `parser:"@@"`
	Default Expr     `parser:"( '=' @@ )?"`
}

type goRule struct {
	Tokens []lexer.Token
	Path   text `parser:"'go' @@"`
	Name   word `parser:"'.' @@"`
}

type typeUpcastRule struct {
	Name   word          `parser:"'upcast' @@"`
	From   number        `parser:"'@' @@"`
	To     number        `parser:"'->' '@' @@"`
	Fields []*assignRule `parser:"'{' ( @@ ','? )* '}'"`
}

type assignRule struct {
	Name  word     `parser:"@@"`
	Value assigned `parser:"@@"`
}

type enumRule struct {
	Name   word         `parser:"'enum' @@"`
	Values []*valueRule `parser:"'{' @@ ( ',' @@ )* ','? '}'"`
}

type valueRule struct {
	Name word  `parser:"@@"`
	As   *text `parser:"( 'as' @@ )?"`
	Was  *word `parser:"( 'was' @@ )?"`
}

// aggregateRule is the head alone: the members are chunks of their own.
type aggregateRule struct {
	Name word  `parser:"'aggregate' @@"`
	As   *text `parser:"( 'as' @@ )? '{'"`
}

type stateRule struct {
	Body bodyRule `parser:"'state' @@"`
}

type versionedRule struct {
	Name    word    `parser:"@@"`
	Version *number `parser:"( '@' @@ )?"`
}

type eventRule struct {
	Key  eventName `parser:"'event' @@"`
	Was  []*word   `parser:"( 'was' @@ ( ',' @@ )* )?"`
	Body bodyRule  `parser:"@@"`
}

type eventName struct {
	Name    keyWords `parser:"@@"`
	Version *number  `parser:"( '@' @@ )?"`
}

type upcastRule struct {
	Key     versionedRule `parser:"'upcast' @@"`
	To      *number       `parser:"'->' ( '@' @@"`
	Fields  []*assignRule `parser:"( '{' ( @@ ','? )* '}'"`
	ByHand  bool          `parser:"| 'by' @'hand' )"`
	Nothing bool          `parser:"| @'nothing' )"`
}

type applyRule struct {
	Key  word      `parser:"'apply' @@"`
	Body foldsNode `parser:"@@"`
}

type errorRule struct {
	Name   word         `parser:"'error' @@"`
	Params []*fieldRule `parser:"( '(' ( @@ ','? )* ')' )?"`
	Text   text         `parser:"@@"`
}

type actionRule struct {
	Name    word             `parser:"'action' @@"`
	Params  []*fieldRule     `parser:"'(' ( @@ ','? )* ')'"`
	Creates []*versionedRule `parser:"( 'creates' @@ ( ',' @@ )*"`
	Emits   []*versionedRule `parser:"( 'emits' @@ ( ',' @@ )* )? | 'emits' @@ ( ',' @@ )* )"`
	ByHand  bool             `parser:"( 'by' @'hand'"`
	Body    stmtsNode        `parser:"| @@ )?"`
}

type deriveRule struct {
	Name  word     `parser:"'derive' @@"`
	Type  typeNode `parser:"@@"`
	Value assigned `parser:"@@"`
}

type invariantRule struct {
	Name *conditionName `parser:"'invariant' @@?"`
	Cond Expr           `parser:"@@"`
}

type snapshotRule struct {
	Every number `parser:"'snapshot' 'every' @@"`
}

type testRule struct {
	Name   text         `parser:"'test' @@ '{'"`
	Givens []*givenRule `parser:"@@*"`
	When   *whenRule    `parser:"@@?"`
	Thens  []*thenRule  `parser:"@@* '}'"`
}

type givenRule struct {
	Tokens []lexer.Token
	Now    *instant   `parser:"'given' ( 'now' @@"`
	Actor  *text      `parser:"| 'actor' @@"`
	ID     *text      `parser:"| 'id' @@"`
	Key    *givenKey  `parser:"| @@"`
	Fields recordNode `parser:"  @@? )"`
}

type givenKey struct {
	Name    happened `parser:"@@"`
	Version *number  `parser:"( '@' @@ )?"`
}

type whenRule struct {
	Tokens []lexer.Token
	Action word       `parser:"'when' @@"`
	Fields recordNode `parser:"@@?"`
}

type thenRule struct {
	Tokens  []lexer.Token
	Error   *word      `parser:"'then' ( 'error' @@"`
	Fields  recordNode `parser:"  @@?"`
	State   recordNode `parser:"| 'state' @@"`
	Nothing bool       `parser:"| @'nothing'"`
	Event   *emitted   `parser:"| @@ )"`
}

type emitted struct {
	Key    happened   `parser:"@@"`
	Fields recordNode `parser:"@@?"`
}

type handlerRule struct {
	Name    word          `parser:"'handler' @@"`
	Was     *word         `parser:"( 'was' @@ )?"`
	All     bool          `parser:"'on' ( @'*'"`
	Keys    []*keyRule    `parser:"| @@ ( ',' @@ )* )"`
	Options []*optionRule `parser:"( '{' @@* '}' )?"`
}

type keyRule struct {
	Tokens []lexer.Token
	First  word  `parser:"@@"`
	Second *word `parser:"( '.' @@ )?"`
}

type optionRule struct {
	Tokens      []lexer.Token
	Retry       *number `parser:"  'retry' @@"`
	Timeout     *length `parser:"| 'timeout' @@"`
	From        *word   `parser:"| 'from' @@"`
	Concurrency *number `parser:"| 'concurrency' @@"`
	OnFailure   *word   `parser:"| 'on' 'failure' @@"`
}

// The leaves: each is the index of its token in parser.toks.

type word struct{ index int }

func (w *word) Parse(lex *lexer.PeekingLexer) error {
	if t := lex.Peek(); t.Type != lexer.TokenType(Word) || reserved[t.Value] {
		return participle.NextMatch
	}
	w.index = lex.Next().Pos.Line
	return nil
}

// keyWords is the key of an event. Several words before its braces are no key, but plainly meant as one: what names the
// event finds it then.
type keyWords struct{ index, last int }

func (w *keyWords) Parse(lex *lexer.PeekingLexer) error {
	var first word
	if err := first.Parse(lex); err != nil {
		return err
	}
	w.index, w.last = first.index, first.index
	if next := lex.Peek(); next.Type != lexer.TokenType(Word) || next.Value == "was" {
		return nil
	}
	before := lex.MakeCheckpoint()
	for {
		next := lex.Peek()
		if next.Value == "{" || next.Value == "@" {
			return nil
		}
		if _, isWas := source.Nearest(next.Value, []string{"was"}); isWas || next.Type != lexer.TokenType(Word) || reserved[next.Value] {
			break
		}
		w.last = lex.Next().Pos.Line
	}
	lex.LoadCheckpoint(before)
	w.last = w.index
	return nil
}

// happened is the key of an event in a test, where some words mean something else.
type happened struct{ word }

func (h *happened) Parse(lex *lexer.PeekingLexer) error {
	if unkeyed[lex.Peek().Value] {
		return participle.NextMatch
	}
	return h.word.Parse(lex)
}

// conditionName is the name of an invariant: a type's name that is not the start of an expression.
type conditionName struct{ index int }

func (c *conditionName) Parse(lex *lexer.PeekingLexer) error {
	before := lex.MakeCheckpoint()
	t, next := lex.Next(), lex.Peek()
	if t.Type != lexer.TokenType(Word) || !isUpper(t.Value) || next.Value == "." || next.Value == "{" || next.Value == "@" {
		lex.LoadCheckpoint(before)
		return participle.NextMatch
	}
	c.index = t.Pos.Line
	return nil
}

type text struct{ index int }

func (l *text) Parse(lex *lexer.PeekingLexer) error { return leaf(lex, &l.index, String, RawString) }

type number struct{ index int }

func (n *number) Parse(lex *lexer.PeekingLexer) error { return leaf(lex, &n.index, Int) }

type length struct{ index int }

func (l *length) Parse(lex *lexer.PeekingLexer) error { return leaf(lex, &l.index, Duration) }

type instant struct{ index int }

func (i *instant) Parse(lex *lexer.PeekingLexer) error { return leaf(lex, &i.index, Time) }

func leaf(lex *lexer.PeekingLexer, index *int, kinds ...Kind) error {
	for _, kind := range kinds {
		if lex.Peek().Type == lexer.TokenType(kind) {
			*index = lex.Next().Pos.Line
			return nil
		}
	}
	return participle.NextMatch
}
