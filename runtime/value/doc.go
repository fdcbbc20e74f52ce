// Package value is what generated code, the runtime and the evaluator of the language must agree on to the
// byte: strict JSON, checked arithmetic, optionals, and the language's functions on strings, lists and maps.
//
// JSON is written by functions that append, and read in two tiers. The Cursor knows only what our own encoder
// writes and fails at all else; the Reader takes any order and spacing, refuses everything that is not exactly
// right, and says what and where. Both share the scanners of single tokens.
//
// Empty has one form: an empty list, map or run of bytes, and the JSON null, are read as nil.
package value
