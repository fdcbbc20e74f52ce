package check

import (
	"slices"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// aboutLetters are the parser's codes of a word whose letters tell that it cannot name what it stands for. It knows
// no names, and so it cannot tell whether what it takes the word for is there.
var aboutLetters = []source.Code{"FLV0010", "FLV0025"}

// Join is what the parser and the checker found in one domain, each mistake once. At the place of what could not be
// read the checker's errors only follow; but a word in the wrong case that names nothing in the right one either is
// an unknown name and no more. Nor is it certain that a thing is not used if something could not be read, so that
// warnings are left out then. Neither list may be used any more.
func Join(parsed, checked source.List) source.List {
	if !parsed.HasErrors() {
		return append(parsed, checked...)
	}
	parsed = slices.DeleteFunc(parsed, func(d source.Diagnostic) bool {
		return slices.Contains(aboutLetters, d.Code) && slices.ContainsFunc(checked, func(other source.Diagnostic) bool {
			return samePlace(d, other) && (other.Code == codeUnknownFunction || slices.Contains(aboutNames, other.Code))
		})
	})
	kept := slices.DeleteFunc(checked, func(d source.Diagnostic) bool {
		return d.Severity == source.Warning ||
			slices.ContainsFunc(parsed, func(first source.Diagnostic) bool { return samePlace(first, d) })
	})
	return append(parsed, kept...)
}

func samePlace(a, b source.Diagnostic) bool {
	return a.Span.File == b.Span.File && a.Span.Start == b.Span.Start
}
