package source

import (
	"cmp"
	"fmt"
	"slices"
)

// Severity tells an error from a warning.
type Severity int

// The severities.
const (
	Error Severity = iota
	Warning
)

// String is "error" or "warning".
func (s Severity) String() string {
	if s == Warning {
		return "warning"
	}
	return "error"
}

// Diagnostic is one message about a place, with the mend where there is one.
type Diagnostic struct {
	Code     Code
	Severity Severity
	Span     Span
	Message  string    // what is wrong, in the user's words
	Mend     string    // what to do; may have several lines (lines to paste); "" if there is none
	Related  []Related // other places that matter
	Edits    []Edit    // the mend as text edits, where that is certain
}

// Related is another place that a diagnostic speaks of ("first declared here").
type Related struct {
	Span    Span
	Message string
}

// Edit replaces what stands at Span by Text.
type Edit struct {
	Span Span
	Text string
}

// New is a diagnostic of that code at a place, with the severity that the registry gives the code.
func New(code Code, at Span, format string, args ...any) Diagnostic {
	d := Diagnostic{Code: code, Span: at, Message: format}
	if len(args) > 0 {
		d.Message = fmt.Sprintf(format, args...)
	}
	if info, ok := Lookup(code); ok {
		d.Severity = info.Severity
	}
	return d
}

// String is the headline of d: "file:line:col: message [FLV0101]".
func (d Diagnostic) String() string {
	word := ""
	if d.Severity == Warning {
		word = "warning: "
	}
	where := ""
	if !d.Span.IsZero() {
		where = d.Span.String() + ": "
	}
	return where + word + d.Message + " [" + string(d.Code) + "]"
}

// List is the diagnostics of a run. It is an error, see Err.
type List []Diagnostic

// Add puts diagnostics at the end.
func (l *List) Add(diagnostics ...Diagnostic) { *l = append(*l, diagnostics...) }

// Sort brings the list into the order in which people read: by path, then by place. Diagnostics of one
// place stay in the order in which they were found.
func (l List) Sort() {
	slices.SortStableFunc(l, func(a, b Diagnostic) int {
		return cmp.Or(cmp.Compare(pathOf(a), pathOf(b)), cmp.Compare(a.Span.Start, b.Span.Start))
	})
}

func pathOf(d Diagnostic) string {
	if d.Span.File == nil {
		return ""
	}
	return d.Span.File.Path
}

// Dedup is the list without those that say the same of the same place as an earlier one.
func (l List) Dedup() List {
	type key struct {
		code    Code
		span    Span
		message string
	}
	seen := make(map[key]bool, len(l))
	var kept List
	for _, d := range l {
		k := key{d.Code, d.Span, d.Message}
		if !seen[k] {
			seen[k] = true
			kept = append(kept, d)
		}
	}
	return kept
}

// HasErrors tells whether one of them is more than a warning.
func (l List) HasErrors() bool {
	return slices.ContainsFunc(l, func(d Diagnostic) bool { return d.Severity == Error })
}

// Err is the list as an error if it has errors, else nil. errors.As finds the List in it.
func (l List) Err() error {
	if !l.HasErrors() {
		return nil
	}
	return l
}

// Error is the headline of the first error, and how many more there are.
func (l List) Error() string {
	count, first := 0, ""
	for _, d := range l {
		if d.Severity != Error {
			continue
		}
		if count == 0 {
			first = d.String()
		}
		count++
	}
	switch count {
	case 0:
		return "no errors"
	case 1:
		return first
	}
	return fmt.Sprintf("%s (and %d more)", first, count-1)
}
