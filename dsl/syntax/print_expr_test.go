package syntax

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

func TestOneLine(t *testing.T) {
	for written, want := range map[string]string{
		"value>0":                                "value > 0",
		"len( value )<=34 // one\n && a":         "len(value) <= 34 && a",
		"a\n    // the shortest\n    || - 1 < b": "a || -1 < b",
		"value matches `^a // b$`":               "value matches `^a // b$`",
		"(a+b)*- c==\"x // {y}\"":                "(a + b) * -c == \"x // {y}\"",
		"x?a:b":                                  "x ? a : b",
		"all( i,x in list if x>0:x< i )":         "all(i, x in list if x > 0: x < i)",
		"match s {\n a,b: true\n c: !d // no\n}": "match s { a, b: true c: !d }",
		"m[ \"a\" ]in[1,2 , 3]":                  "m[\"a\"] in [1, 2, 3]",
		"l with{ a:1 }==l.b . c":                 "l with { a: 1 } == l.b.c",
	} {
		file, list := Parse(source.NewFile("a.fluv", "domain a\n\n// before\ntype T bool where "+written+"\ntype U int\n"))
		require.Empty(t, list, written)
		assert.Equal(t, want, OneLine(file.Decls[0].(*Type).Check), written)
	}
}
