package syntax

import (
	"strings"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// The case of a word says what it names, so a wrong one is an error; but which word was meant is plain, and the
// tree holds that one. Nothing else is then said of it.

// nameOf is a snake_case name: a field, a parameter, a `let`.
func (p *parser) nameOf(t *Token, what string) Ident {
	return p.ident(t, what, isSnake, toSnake, "snake_case")
}

// keyOf is a name or a key, as an expression may have it.
func (p *parser) keyOf(t *Token, what string) Ident {
	return p.ident(t, what, func(w string) bool { return isSnake(w) || isLoose(w) }, toSnake, "lower case")
}

// pascalOf is the name of a type, enum, aggregate, action, error or handler.
func (p *parser) pascalOf(t *Token, what string) Ident {
	return p.ident(t, what, isPascal, toPascal, "PascalCase")
}

// kebabOf is an event key or an enum value.
func (p *parser) kebabOf(t *Token, what string) Ident {
	return p.ident(t, what, isKebab, toKebab, "kebab-case")
}

// domainOf is a domain's name.
func (p *parser) domainOf(t *Token) Ident {
	plain := func(w string) bool { return isKebab(w) && !strings.Contains(w, "-") }
	join := func(w string) string { return strings.ReplaceAll(toKebab(w), "-", "") }
	return p.ident(t, "a domain", plain, join, "lower-case letters and digits")
}

func (p *parser) ident(t *Token, what string, right func(string) bool, mend func(string) string, style string) Ident {
	id := Ident{Name: t.Text, Span: t.Span}
	if right(t.Text) || !isASCII(t.Text) {
		return id
	}
	meant := mend(t.Text)
	if !right(meant) || reserved[meant] {
		p.report(source.New("FLV0010", t.Span, "`%s` cannot name %s: names of that kind are written in %s", t.Text, what, style))
		return id
	}
	d := source.New("FLV0010", t.Span, "%s is written in %s: `%s`, not `%s`", what, style, meant, t.Text)
	d.Mend = "write `" + meant + "`"
	d.Edits = []source.Edit{{Span: t.Span, Text: meant}}
	p.report(d)
	id.Name = meant
	return id
}

// unkeyed are the words that `given` and `then` read in another way, and so are no event keys.
var unkeyed = map[string]bool{"now": true, "state": true, "error": true, "nothing": true, "actor": true, "id": true}

// eventKey is a kebab-case key of an event.
func (p *parser) eventKey(t *Token) Ident {
	id := p.kebabOf(t, "an event key")
	if unkeyed[t.Text] {
		d := source.New("FLV0009", t.Span, "an event cannot have the key `%s`, which means something else in a test", id.Name)
		d.Mend = "say what happened, as in `order-placed`"
		p.report(d)
	}
	return id
}

func isASCII(word string) bool {
	for i := range len(word) {
		if word[i] >= 0x80 {
			return false
		}
	}
	return true
}

func isSnake(word string) bool { return isJoined(word, '_') }
func isKebab(word string) bool { return isJoined(word, '-') }

// isLoose tells a lower-case word with any joints: order_total-discount is a subtraction without spaces, which
// the checker, who knows both names, explains best.
func isLoose(word string) bool { return isJoined(strings.ReplaceAll(word, "-", "_"), '_') }

// isJoined tells whether word is lower-case parts with that joint between them; the first begins with a letter.
func isJoined(word string, joint byte) bool {
	before := joint
	for i := range len(word) {
		c := word[i]
		switch {
		case c >= 'a' && c <= 'z', i > 0 && isDigit(c):
		case c == joint && before != joint:
		default:
			return false
		}
		before = c
	}
	return before != joint
}

func isPascal(word string) bool {
	return isUpper(word) && !strings.ContainsAny(word, "_-")
}

func toSnake(word string) string { return strings.ToLower(strings.Join(parts(word), "_")) }
func toKebab(word string) string { return strings.ToLower(strings.Join(parts(word), "-")) }

// initialisms that a type's name most often has; the full list is the checker's, here it only makes the hint
// better.
var initialisms = map[string]string{"id": "ID", "ids": "IDs", "url": "URL", "api": "API", "http": "HTTP", "json": "JSON"}

func toPascal(word string) string {
	var out strings.Builder
	for _, part := range parts(word) {
		if whole, ok := initialisms[strings.ToLower(part)]; ok {
			out.WriteString(whole)
			continue
		}
		if strings.ToUpper(part) == part && len(part) > 1 && strings.ContainsAny(word, "_-") {
			part = strings.ToLower(part)
		}
		out.WriteString(strings.ToUpper(part[:1]) + part[1:])
	}
	return out.String()
}

// parts cuts at _ and -, before an upper letter behind a lower one or a digit, and before the last of a run of
// upper letters that a lower one follows.
func parts(word string) []string {
	var found []string
	start := 0
	cut := func(i, next int) {
		if i > start {
			found = append(found, word[start:i])
		}
		start = next
	}
	for i := range len(word) {
		switch {
		case word[i] == '_' || word[i] == '-':
			cut(i, i+1)
		case i > start && isUpper(word[i:]) && (!isUpper(word[i-1:]) || i+1 < len(word) && word[i+1] >= 'a' && word[i+1] <= 'z'):
			cut(i, i)
		}
	}
	cut(len(word), len(word))
	return found
}
