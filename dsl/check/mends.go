package check

import (
	"maps"
	"slices"
	"strings"

	"github.com/fluvius-io/fluvius-go/dsl/model"
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

// mendCompare is how to compare values of two types, where there is a way.
func mendCompare(e *syntax.Binary, x, y model.Type) string {
	a, b := kindOf(plain(x)), kindOf(plain(y))
	switch {
	case isNumber(a) && isNumber(b):
		return "a float does not mix with other numbers: make both float, or both decimal"
	case isText(plain(x)) && b == model.String && !isOptional(x):
		return `make a text of the left side: "{` + shortText(e.X) + `}"`
	case a == model.String && isText(plain(y)) && !isOptional(y):
		return `make a text of the right side: "{` + shortText(e.Y) + `}"`
	}
	return "compare two values of one type"
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

// foreignFunctions are what people write who think of another language, in lower letters without joints, and what
// there is here.
var foreignFunctions = map[string]string{
	"length": "write len", "size": "write len", "tolower": "write lower", "lowercase": "write lower",
	"toupper": "write upper", "uppercase": "write upper", "strip": "write trim", "trimspace": "write trim",
	"hasprefix": "write starts_with", "hassuffix": "write ends_with", "concat": "join texts and lists with +",
	"append": "add to a list with +", "substring": "write before or after", "substr": "write before or after",
	"avg": "write round(sum(…) / len(list), places)", "exists": "write any", "some": "write any", "every": "write all",
	"tostring": `write a text with the value in it: "{…}"`, "string": `write a text with the value in it: "{…}"`,
	"floor": "numbers are rounded with round(x, places)", "ceil": "numbers are rounded with round(x, places)", "has": "write x in list, or key in map",
	"includes": "write x in list, or contains(text, part)", "now": "write now, without brackets",
}
