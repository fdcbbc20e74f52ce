package check

import (
	"maps"
	"slices"
	"strings"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// What follows says what to do about a mistake, where that depends on what was written.

// chain tells of a circle: "a reads b, b reads a".
func chain(names []string, verb string) string {
	var links []string
	for i := range len(names) - 1 {
		links = append(links, names[i]+" "+verb+" "+names[i+1])
	}
	return strings.Join(links, ", ")
}

// mendText is how a value that no text takes could stand in one.
func mendText(e syntax.Expr, t model.Type) string {
	switch t := plain(t).(type) {
	case *model.List:
		if kindOf(t.Elem) == model.String {
			return "join it first, with a let or derive: join(" + shortText(e) + `, ", ")`
		}
		return "write how many there are: {len(" + shortText(e) + ")}"
	case *model.Map:
		return "write how many there are: {len(" + shortText(e) + ")}"
	case *model.Struct:
		if len(t.Fields) > 0 {
			return "write one of its fields: {" + shortText(e) + "." + t.Fields[0].Name + "}"
		}
	}
	return "leave it out of the text"
}

// mendNoFields is what is there instead of a dot.
func mendNoFields(e *syntax.Select, t model.Type) string {
	switch t := plain(t).(type) {
	case *model.List, *model.Map:
		return "an item is read as " + shortText(e.X) + "[…], their number as len(" + shortText(e.X) + ")"
	case *model.Basic, *model.Scalar:
		if kindOf(t) == model.String {
			return "a string has functions, as in len(" + shortText(e.X) + ")"
		}
	}
	return "leave ." + e.Name.Name + " out"
}

// mendCompare adds how to compare values of two types, where there is a way. Texts of two values are only equal or not:
// their order is not that of the values.
func mendCompare(d *source.Diagnostic, s *scope, e *syntax.Binary, x, y model.Type) {
	a, b := kindOf(plain(x)), kindOf(plain(y))
	isEquality := e.Op == "==" || e.Op == "!="
	switch {
	case mendQuoted(d, s, e.Y, x), mendQuoted(d, s, e.X, y):
	case a == model.String && isLiteral(e.Y):
		d.Mend = `write "` + shortText(e.Y) + `"`
	case b == model.String && isLiteral(e.X):
		d.Mend = `write "` + shortText(e.X) + `"`
	case isNumber(a) && isNumber(b):
		d.Mend = "a float does not mix with other numbers: make both float, or both decimal"
	case isEquality && isText(plain(x)) && b == model.String && !isOptional(x):
		d.Mend = `make a text of the left side: "{` + shortText(e.X) + `}"`
	case isEquality && a == model.String && isText(plain(y)) && !isOptional(y):
		d.Mend = `make a text of the right side: "{` + shortText(e.Y) + `}"`
	default:
		d.Mend = "compare two values of one type"
	}
}

// canBeRead lists the names of a place, unless they are too many to read.
func canBeRead(readable map[string]string) string {
	names := slices.Sorted(maps.Values(readable))
	if len(names) == 0 || len(names) > 12 {
		return ""
	}
	return "what can be read here: " + strings.Join(slices.Compact(names), ", ")
}

func mendNoType(name syntax.Ident) string {
	if isPascal(name.Name) {
		return "declare it: type " + name.Name + " { … }"
	}
	return "the basic types are string, bool, int, float, decimal, time, duration, bytes and json"
}
