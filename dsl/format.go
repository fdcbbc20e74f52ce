package dsl

import (
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// Format prints a file in the one canonical layout; twice is once. Comments stay where they belong, and nothing but
// white space changes. The list is what the parser found: a declaration or member with an error is kept byte for
// byte, and so is the whole file where it is too broken to tell them apart. It may be called from several goroutines.
func Format(f *source.File) ([]byte, source.List) { return syntax.Format(f) }
