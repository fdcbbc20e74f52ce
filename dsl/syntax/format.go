package syntax

import (
	"slices"
	"strings"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// Format prints a file in the one canonical layout, and gives what Parse says of it. It prints the tokens that
// were written, not the tree, so that no comment moves or goes and nothing is lost where the tree is silent. A
// declaration or member with an error is kept byte for byte; where even the cut into those fails, the whole file is.
func Format(f *source.File) ([]byte, source.List) {
	file, list := Parse(f)
	tokens := Tokens(f)
	if !list.HasErrors() {
		out := print(f, file, tokens, nil)
		if !sameTokens(tokens, Tokens(source.NewFile(f.Path, string(out)))) {
			return []byte(f.Text), list
		}
		return out, list
	}
	out, ok := formatBroken(f, file, tokens, list)
	if !ok {
		return []byte(f.Text), list
	}
	again := source.NewFile(f.Path, string(out))
	file, errors := Parse(again)
	second, ok := formatBroken(again, file, Tokens(again), errors)
	if !ok || string(second) != string(out) || len(errors) != len(list) || !sameTokens(tokens, Tokens(again)) {
		return []byte(f.Text), list // how broken text is cut depends on its layout
	}
	return out, list
}

// sameTokens tells whether two texts say the same, comments included.
func sameTokens(a, b []Token) bool {
	return slices.EqualFunc(a, b, func(a, b Token) bool {
		return a.Kind == b.Kind && (a.Text == b.Text ||
			a.Kind == Comment && strings.TrimRight(a.Text, " \t\r") == strings.TrimRight(b.Text, " \t\r"))
	})
}

func formatBroken(f *source.File, file *File, tokens []Token, list source.List) ([]byte, bool) {
	depth := 0
	for i := range tokens {
		t := &tokens[i]
		if depth += nesting(t); depth < 0 || t.Kind == Invalid || t.open {
			return nil, false
		}
	}
	if depth != 0 || file.Domain == nil {
		return nil, false
	}
	merged, ok := verbatim(f, tokens, soundParts(file, tokens, list))
	if !ok {
		return nil, false
	}
	return print(f, file, merged, list), true
}

// hasError tells whether an error lies in a span.
func hasError(list source.List, s source.Span) bool {
	for _, d := range list {
		if d.Severity == source.Error && d.Span.Start >= s.Start && d.Span.Start <= s.End {
			return true
		}
	}
	return false
}

// soundParts are the spans that may be laid out, in order.
func soundParts(file *File, tokens []Token, list source.List) (parts []source.Span) {
	for i := range tokens {
		if tokens[i].is("domain") && i+1 < len(tokens) && tokens[i+1].Span == file.Domain.Span {
			parts = append(parts, tokens[i].Span.To(tokens[i+1].Span))
			break
		}
	}
	for _, d := range file.Decls {
		a, isAggregate := d.(*Aggregate)
		if !isAggregate {
			if !hasError(list, d.Where()) {
				parts = append(parts, d.Where())
			}
			continue
		}
		head, closing, ok := aggregateEnds(a, tokens)
		if !ok || hasError(list, head) {
			continue
		}
		parts = append(parts, head)
		for _, m := range a.Members {
			if !hasError(list, m.Where()) {
				parts = append(parts, m.Where())
			}
		}
		parts = append(parts, closing)
	}
	slices.SortFunc(parts, func(a, b source.Span) int { return a.Start - b.Start })
	return parts
}

// aggregateEnds are the head of an aggregate with its bracket, and the bracket that closes it.
func aggregateEnds(a *Aggregate, tokens []Token) (head, closing source.Span, ok bool) {
	i, _ := slices.BinarySearchFunc(tokens, a.Span.Start, func(t Token, at int) int { return t.Span.Start - at })
	for i < len(tokens) && !tokens[i].is("{") {
		i++
	}
	if i == len(tokens) {
		return head, closing, false
	}
	head = a.Span.File.Span(a.Span.Start, tokens[i].Span.End)
	depth := 0
	for ; i < len(tokens); i++ {
		if depth += nesting(&tokens[i]); depth == 0 {
			return head, tokens[i].Span, tokens[i].Span.End == a.Span.End
		}
	}
	return head, closing, false
}

// verbatim makes one token of all that stands between two parts, but for comments at its end. It fails where its
// brackets do not match.
func verbatim(f *source.File, tokens []Token, parts []source.Span) ([]Token, bool) {
	merged := make([]Token, 0, len(tokens))
	raw, depth := -1, 0 // the place in merged of the open verbatim token
	for _, t := range tokens {
		for len(parts) > 0 && parts[0].End <= t.Span.Start {
			parts = parts[1:]
		}
		sound := len(parts) > 0 && parts[0].Start <= t.Span.Start
		switch {
		case sound && depth != 0:
			return nil, false
		case sound:
			raw = -1
			merged = append(merged, t)
		case t.Kind == Comment:
			merged = append(merged, t) // for now: it is taken back if more follows
		case raw < 0:
			raw, depth = len(merged), nesting(&t)
			t.Kind = Invalid
			merged = append(merged, t)
		default:
			depth += nesting(&t)
			merged = merged[:raw+1]
			merged[raw].Span = merged[raw].Span.To(t.Span)
			merged[raw].Text = f.Text[merged[raw].Span.Start:t.Span.End]
		}
	}
	return merged, depth == 0
}
