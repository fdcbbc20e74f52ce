package syntax

import (
	"fmt"
	goparser "go/parser"
	"go/token"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// manyLines is the shop's declarations over and over, 10,000 lines of them.
func manyLines(tb testing.TB) *source.File {
	text, err := os.ReadFile("testdata/shop.fluv")
	require.NoError(tb, err)
	_, rest, _ := strings.Cut(string(text), "domain shop\n")
	var out strings.Builder
	out.WriteString("domain shop\n")
	for strings.Count(out.String(), "\n") < 10_000 {
		out.WriteString(rest)
	}
	return source.NewFile("many.fluv", out.String())
}

func BenchmarkParse10000Lines(b *testing.B) {
	f := manyLines(b)
	b.ReportAllocs()
	for b.Loop() {
		_, list := Parse(f)
		if len(list) > 0 {
			b.Fatal(list)
		}
	}
}

func BenchmarkTokens10000Lines(b *testing.B) {
	f := manyLines(b)
	b.ReportAllocs()
	for b.Loop() {
		Tokens(f)
	}
}

func BenchmarkNewMachine(b *testing.B) {
	for b.Loop() {
		newMachine()
	}
}

// BenchmarkGoParser10000Lines is the yardstick: as many lines of Go, of about what the shop would become.
func BenchmarkGoParser10000Lines(b *testing.B) {
	var out strings.Builder
	out.WriteString("package shop\n")
	for i := 0; strings.Count(out.String(), "\n") < 10_000; i++ {
		fmt.Fprintf(&out, `
// Line%[1]d is one row of an order.
type Line%[1]d struct {
	Product  string
	Quantity int
	Price    float64
}

// Total sums up.
func (l *Line%[1]d) Total(factor float64) (float64, error) {
	if l.Quantity <= 0 {
		return 0, fmt.Errorf("quantity %%d", l.Quantity)
	}
	total := float64(l.Quantity) * l.Price
	return total * factor, nil
}
`, i)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := goparser.ParseFile(token.NewFileSet(), "many.go", out.String(), goparser.ParseComments); err != nil {
			b.Fatal(err)
		}
	}
}
