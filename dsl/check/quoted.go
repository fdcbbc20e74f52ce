package check

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// Numbers, times and values of enums stand in quotes in JSON and in SQL. What stands in quotes where one of them is
// expected is most likely that value.

var (
	wholeText    = regexp.MustCompile(`^-?(0|[1-9][0-9]*)$`)
	numberText   = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?$`)
	durationText = regexp.MustCompile(`^([0-9]+(\.[0-9]+)?(ns|us|ms|s|m|h|d))+$`)
	timeText     = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2}))?$`)
)

// textOf is a text without values in it, and where it stands.
func textOf(e syntax.Expr) (text string, at source.Span, ok bool) {
	lit, ok := unparen(e).(*syntax.StringLit)
	if !ok || len(lit.Parts) > 1 || len(lit.Parts) == 1 && lit.Parts[0].Expr != nil {
		return "", at, false
	}
	if len(lit.Parts) == 1 {
		text = lit.Parts[0].Text
	}
	return text, lit.Span, true
}

// unquoted is what to write for a text where a value of t is expected; "" if it is no such value.
func unquoted(s *scope, text string, t model.Type) string {
	if enum, ok := plain(t).(*model.Enum); ok {
		return unquotedValue(s, text, enum)
	}
	switch kind := kindOf(plain(t)); {
	case kind == model.Int && wholeText.MatchString(text):
		if _, err := strconv.ParseInt(text, 10, 64); err == nil {
			return text
		}
	case (kind == model.Decimal || kind == model.Float) && numberText.MatchString(text),
		kind == model.Duration && durationText.MatchString(text),
		kind == model.Bool && (text == "true" || text == "false"):
		return text
	case kind == model.Time && timeText.MatchString(text):
		return unquotedTime(text)
	}
	return ""
}

// unquotedTime is a time as it is written, of one that may be a day only; "" if there is no such time.
func unquotedTime(text string) string {
	if len(text) == len(time.DateOnly) {
		text += "T00:00:00Z"
	}
	if _, err := time.Parse(time.RFC3339, text); err != nil {
		return ""
	}
	return text
}

// unquotedValue is a value of an enum by its name, or by what it is in JSON. Where a name in scope would win it is
// said with its type.
func unquotedValue(s *scope, text string, enum *model.Enum) string {
	for _, v := range enum.Values {
		if v.Name != text && v.Wire != text {
			continue
		}
		if b := s.lookup(v.Name); b != nil && b.barred == "" {
			return enum.Name + "." + v.Name
		}
		return v.Name
	}
	return ""
}

// shapes are how literals look, where a text is none of them.
var shapes = map[model.Kind]string{
	model.Int: "a whole number, as in 12", model.Decimal: "a number, as in 2.50", model.Float: "a number, as in 2.5", model.Bool: "true or false",
	model.Time: "a time, as in 2026-01-02T03:04:05Z", model.Duration: "a duration, as in 1h30m",
}

// mendQuoted adds what to write for a text where a value of t is expected, and tells whether e is a text that it knows
// something to say of.
func mendQuoted(d *source.Diagnostic, s *scope, e syntax.Expr, t model.Type) bool {
	text, at, ok := textOf(e)
	if !ok {
		return false
	}
	if right := unquoted(s, text, t); right != "" {
		d.Mend = "write " + right + ", without quotes"
		d.Edits = []source.Edit{{Span: at, Text: right}}
		return true
	}
	if enum, ok := plain(t).(*model.Enum); ok {
		if near, ok := source.Nearest(text, valueNames(enum)); ok {
			d.Mend = "did you mean " + near + ", without quotes?"
			d.Edits = []source.Edit{{Span: at, Text: near}}
		} else {
			d.Mend = oneOf(enum)
		}
		return true
	}
	if shape := shapes[kindOf(plain(t))]; shape != "" {
		d.Mend = "write " + shape
		return true
	}
	return false
}

// oneOf says which values an enum has.
func oneOf(enum *model.Enum) string {
	if len(enum.Values) > 12 {
		return "write one of the values of " + enum.Name
	}
	return "write " + joinOr(valueNames(enum))
}

// truth is the test that was meant by a value where a bool is expected, "" if none is plain.
func truth(e syntax.Expr, t model.Type) string {
	text := shortText(e)
	if text == "…" {
		return ""
	}
	test := ""
	switch kind := kindOf(t); {
	case isOptional(t):
		test = text + " != none"
	case isNumber(kind):
		test = text + " != 0"
	case kind == model.String:
		test = text + ` != ""`
	case hasItems(t):
		test = "len(" + text + ") > 0"
	}
	return negatable(e, test)
}

// negatable is a test in the place of e, in brackets where a ! stands before it.
func negatable(e syntax.Expr, test string) string {
	at := e.Where()
	if test != "" && at.File != nil && strings.HasSuffix(at.File.Text[:at.Start], "!") {
		return "(" + test + ")"
	}
	return test
}
