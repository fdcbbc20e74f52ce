package syntax

import (
	"errors"
	"io"
	"strings"
	"sync"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// machine is participle's parser of the grammar, and the run it works for. Productions that code parses
// (ParseTypeWith, participle's Parseable for interfaces) have to know the file and the diagnostics of the run,
// which participle has no way to hand them: so each run has a machine for itself, out of a pool, since building
// one takes a millisecond.
type machine struct {
	parser *parser
	rules  map[string]func(*lexer.PeekingLexer) (rule, error)
}

var machines = sync.Pool{New: func() any { return newMachine() }}

// rule is a parsed rule of the grammar, which knows how to become a node.
type rule any

// Interfaces by which participle finds the code for a production.
type (
	typeNode   interface{ typeRef() *TypeRef }
	recordNode interface{ fields() []*FieldExpr }
	assigned   interface{ value() Expr }
	stmtsNode  interface{ list() []Stmt }
	foldsNode  interface{ list() []FoldStmt }
)

type (
	record     []*FieldExpr
	assignment struct{ Expr }
	stmts      []Stmt
	folds      []FoldStmt
)

func (t *TypeRef) typeRef() *TypeRef  { return t }
func (r record) fields() []*FieldExpr { return r }
func (s stmts) list() []Stmt          { return s }
func (f folds) list() []FoldStmt      { return f }
func (a assignment) value() Expr      { return a.Expr }

func newMachine() *machine {
	m := &machine{}
	root := participle.MustBuild[grammar](
		participle.Lexer(definition{}),
		production(m, always, (*parser).grammarExpr),
		production(m, always, func(p *parser) typeNode { return p.typeRef() }),
		production(m, atBrace, func(p *parser) stmtsNode { return stmts(block(p, "an action", p.stmt, stmtWords)) }),
		production(m, atBrace, func(p *parser) foldsNode { return folds(block(p, "an apply", p.foldStmt, foldWords)) }),
		production(m, atBrace, func(p *parser) recordNode { return record(p.record("the record")) }),
		production(m, always, func(p *parser) assigned { return p.assigned() }),
	)
	m.rules = map[string]func(*lexer.PeekingLexer) (rule, error){
		"domain": ruleOf[domainRule](root), "import": ruleOf[importRule](root), "type": ruleOf[typeRule](root),
		"enum": ruleOf[enumRule](root), "aggregate": ruleOf[aggregateRule](root), "handler": ruleOf[handlerRule](root),
		"type upcast": ruleOf[typeUpcastRule](root), "state": ruleOf[stateRule](root), "event": ruleOf[eventRule](root),
		"upcast": ruleOf[upcastRule](root), "apply": ruleOf[applyRule](root), "error": ruleOf[errorRule](root),
		"action": ruleOf[actionRule](root), "derive": ruleOf[deriveRule](root), "invariant": ruleOf[invariantRule](root),
		"snapshot": ruleOf[snapshotRule](root), "test": ruleOf[testRule](root),
	}
	return m
}

// ruleOf is the parser of one rule. It is found by the keyword, not by trying all of them: participle would do
// so too, but slower, and blame the wrong token.
func ruleOf[R any](root *participle.Parser[grammar]) func(*lexer.PeekingLexer) (rule, error) {
	parser, err := participle.ParserForProduction[R](root)
	if err != nil {
		panic(err)
	}
	return func(lex *lexer.PeekingLexer) (rule, error) { return parser.ParseFromLexer(lex) }
}

// errFailed tells participle to give up; parser.failure says why.
var errFailed = errors.New("failed")

// production puts code behind a production of the grammar. The code reads the run's own tokens; participle's
// cursor follows, also on failure: a branch that has come far is then not given up for another.
func production[T any](m *machine, starts func(*Token) bool, parse func(*parser) T) participle.Option {
	return participle.ParseTypeWith(func(lex *lexer.PeekingLexer) (T, error) {
		var node T
		p := m.parser
		start := lex.Peek().Pos.Line
		p.at = start
		if !starts(p.peek()) {
			return node, participle.NextMatch
		}
		ok := p.attempt(func() { node = parse(p) })
		lex.FastForward(lexer.RawCursor(p.at - p.chunk.start - 1))
		if !ok {
			return node, errFailed
		}
		return node, nil
	})
}

func always(*Token) bool    { return true }
func atBrace(t *Token) bool { return t.is("{") }

// parse parses the chunk at hand by a rule. If that fails it reports why, and gives nil.
func (m *machine) parse(p *parser, name string) rule {
	reported := len(p.list)
	p.doubtful = false
	node, err := m.run(p, name)
	if err == nil && !p.chunk.broken && !p.doubtful {
		return node
	}
	if err != nil {
		p.chunk.broken = true
		p.report(p.explain(name, err))
		node = nil
	}
	if again, found := m.parseByLines(p, name, reported); found {
		return again
	}
	return node
}

// run parses the chunk at hand from its start.
func (m *machine) run(p *parser, name string) (rule, error) {
	p.failure, p.depth, p.condition, p.requiring, p.at = nil, 0, 0, false, p.chunk.start
	m.parser = p
	defer func() { m.parser = nil }()
	lex, err := lexer.Upgrade(&chunkLexer{p: p, at: p.chunk.start})
	if err != nil {
		return nil, err // chunkLexer gives no errors
	}
	return m.rules[name](lex)
}

// chunkLexer gives participle the tokens of a chunk. The position holds the token's index (Line) and its end
// (Column), which is all that the rules need.
type chunkLexer struct {
	p  *parser
	at int
}

func (l *chunkLexer) Next() (lexer.Token, error) {
	if l.at >= l.p.chunk.end {
		end := l.p.endOfChunk()
		return lexer.EOFToken(lexer.Position{Offset: end.Start, Line: l.at, Column: end.End}), nil
	}
	t := &l.p.toks[l.at]
	l.at++
	return tokenFor(t, l.at-1), nil
}

func tokenFor(t *Token, index int) lexer.Token {
	return lexer.Token{
		Type: lexer.TokenType(t.Kind), Value: t.Text,
		Pos: lexer.Position{Offset: t.Span.Start, Line: index, Column: t.Span.End},
	}
}

// definition is our lexer as participle sees it.
type definition struct{}

// Symbols are the kinds of tokens.
func (definition) Symbols() map[string]lexer.TokenType {
	return map[string]lexer.TokenType{
		"EOF": lexer.EOF, "Word": lexer.TokenType(Word), "Int": lexer.TokenType(Int), "Float": lexer.TokenType(Float),
		"Duration": lexer.TokenType(Duration), "Time": lexer.TokenType(Time), "String": lexer.TokenType(String),
		"RawString": lexer.TokenType(RawString), "Op": lexer.TokenType(Op), "Invalid": lexer.TokenType(Invalid),
	}
}

// Lex cuts what r holds into tokens.
func (d definition) Lex(filename string, r io.Reader) (lexer.Lexer, error) {
	var text strings.Builder
	if _, err := io.Copy(&text, r); err != nil {
		return nil, err
	}
	return d.LexString(filename, text.String())
}

// LexString cuts a text into tokens.
func (definition) LexString(filename, text string) (lexer.Lexer, error) {
	s := lex(source.NewFile(filename, text))
	toks := significant(s.tokens)
	p := &parser{file: s.file, toks: toks, chunk: chunk{end: len(toks)}}
	return &chunkLexer{p: p}, s.list.Err()
}

// grammarExpr is an expression that the grammar names: a field's default, or a condition.
func (p *parser) grammarExpr() Expr {
	if p.keyword(p.chunk) == "invariant" && p.at == p.chunk.start+2 && p.peek().is(":") {
		p.mended("FLV0024", p.peek().Span, "", "the condition of an invariant follows its name without `:`")
		p.at++
	}
	p.inDefault = p.toks[max(p.chunk.start, p.at-1)].is("=")
	defer func() { p.inDefault = false }()
	return p.valueOnLine()
}

// assigned is `= expr` behind a name that gets a value.
func (p *parser) assigned() assigned {
	what := "`" + p.toks[p.at-1].Text + "`"
	if p.keyword(p.chunk) == "derive" {
		what = "a derived value"
	}
	p.assignSign(what)
	return assignment{p.valueOnLine()}
}
