package syntax

import "github.com/fluvius-io/fluvius-go/dsl/source"

// Kind tells tokens apart.
type Kind uint8

// The kinds of tokens.
const (
	// EOF ends the stream that the parser reads; Tokens never gives it.
	EOF Kind = iota
	// Word is a name, a key, a type or a reserved word: user-created, first_name, Line, if.
	Word
	// Int is 12.
	Int
	// Float is 1.50.
	Float
	// Duration is 1h30m.
	Duration
	// Time is 2026-01-02T03:04:05Z.
	Time
	// String is "text {expr}", with its quotes.
	String
	// RawString is `text`, with its backquotes.
	RawString
	// Op is an operator or a bracket.
	Op
	// Comment is // to the end of the line, without the line's end.
	Comment
	// Invalid is what can be no part of the language; an error was reported for it.
	Invalid
)

// Token is one piece of a file. What stands between two tokens is white space, and at most a byte order mark
// before the first.
type Token struct {
	Kind  Kind
	First bool // it is the first on its line
	Line  int  // where it starts, from 1
	Text  string
	Span  source.Span

	open bool // a string that is not closed, which was reported
}

// is tells whether t is that operator or that word. No operator is spelt like a word, and a string has quotes.
func (t *Token) is(text string) bool {
	return t.Text == text && (t.Kind == Op || t.Kind == Word)
}

// Tokens are all tokens of f in order, comments and invalid ones too.
func Tokens(f *source.File) []Token {
	return lex(f).tokens
}

// reserved are the words that are no names anywhere.
var reserved = map[string]bool{
	"if": true, "else": true, "in": true, "matches": true, "with": true,
	"true": true, "false": true, "none": true, "match": true,
}
