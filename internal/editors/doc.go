// Package editors holds the files of the folder editors to the language: what they highlight is what the lexer and the
// tree say, and each word of the grammar is known to them. It has tests only.
package editors
