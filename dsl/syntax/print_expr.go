package syntax

import (
	"strings"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// OneLine is an expression as Format writes it where it has room on its line, without the comments in it. So what is made
// of it does not change with the layout of the file.
func OneLine(e Expr) string {
	span := e.Where()
	text := span.Text()
	m := &marker{at: make([]mark, len(text)+1), base: span.Start}
	m.expr(e)
	p, depth := &printer{}, 0
	for _, t := range Tokens(source.NewFile(span.File.Path, text)) {
		if t.Kind != Comment {
			p.tokens = append(p.tokens, t)
		}
		if depth += nesting(&t); depth < 0 {
			return text // it could not be read whole, and nothing is made of it
		}
	}
	n := len(p.tokens)
	p.marks, p.gaps, p.broken, p.width = make([]mark, n), make([]int, n), make([]bool, n), make([]int, n)
	p.measure(m.at)
	var b strings.Builder
	for i := range p.tokens {
		if i > 0 && p.spaced(i) {
			b.WriteByte(' ')
		}
		b.WriteString(p.tokens[i].Text)
	}
	return b.String()
}
