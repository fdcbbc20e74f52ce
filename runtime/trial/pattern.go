package trial

import (
	"regexp/syntax"
	"strings"
	"unicode"
)

// Pattern is a regular expression of RE2 that a text has to match, as a hint for [Fit].
type Pattern string

// text is one that matches, but for what a pattern asks of its surroundings (`\b`), which is left to chance.
func (p Pattern) text(r *Random) string {
	re, err := syntax.Parse(string(p), syntax.Perl)
	if err != nil {
		return ""
	}
	var b strings.Builder
	r.match(&b, re.Simplify())
	return b.String()
}

func (r *Random) match(b *strings.Builder, re *syntax.Regexp) {
	switch re.Op {
	case syntax.OpLiteral:
		b.WriteString(string(re.Rune))
	case syntax.OpCharClass:
		b.WriteRune(r.runeOf(re.Rune))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		b.WriteRune(oneOf(r, []rune(plain)...))
	case syntax.OpStar:
		r.repeat(b, re.Sub[0], 0)
	case syntax.OpPlus:
		r.repeat(b, re.Sub[0], 1)
	case syntax.OpQuest:
		r.times(b, re.Sub[0], r.IntN(2))
	case syntax.OpAlternate:
		r.match(b, oneOf(r, re.Sub...))
	case syntax.OpConcat, syntax.OpCapture:
		for _, sub := range re.Sub {
			r.match(b, sub)
		}
	}
}

func (r *Random) repeat(b *strings.Builder, re *syntax.Regexp, least int) {
	r.times(b, re, least+r.IntN(4))
}

func (r *Random) times(b *strings.Builder, re *syntax.Regexp, n int) {
	for range n {
		r.match(b, re)
	}
}

// runeOf is one of a class, which is pairs of first and last: mostly a plain one.
func (r *Random) runeOf(class []rune) rune {
	if len(class) == 0 {
		return 'a'
	}
	in := func(c rune) bool {
		for i := 0; i+1 < len(class); i += 2 {
			if class[i] <= c && c <= class[i+1] {
				return true
			}
		}
		return false
	}
	for range 20 {
		if c := oneOf(r, []rune(plain)...); in(c) {
			return c
		}
	}
	i := 2 * r.IntN(len(class)/2)
	c := class[i] + r.Int32N(min(class[i+1]-class[i], 1000)+1)
	if !unicode.IsPrint(c) { // a surrogate would be one that no string has
		return class[i]
	}
	return c
}
