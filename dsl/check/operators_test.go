package check

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// operandFields are the operands of the table below, by the word for their type.
var operandFields = map[string]string{
	"string": "s", "bool": "b", "int": "i", "float": "f", "decimal": "d", "time": "t", "duration": "u", "bytes": "by", "json": "js",
	"Email": "email", "Phone": "phone", "Quantity": "qty", "Price": "price", "Flag": "flag", "ThingID": "thing_id", "Geo": "geo",
	"Line": "line", "Blob": "blob", "Phase": "phase", "Color": "color", "[]string": "ss", "[]int": "is", "[]decimal": "ds",
	"[]Email": "emails", "[]Phase": "phases", "[]json": "jsons", "map[string]int": "m", "map[Phase]int": "mp", "map[int]string": "mi",
	"string?": "os", "int?": "oi", "decimal?": "od", "Email?": "oemail", "Phone?": "ophone", "Phase?": "ophase", "time?": "ot",
}

// bases are the bases of the named scalars.
var bases = map[string]string{"Email": "string", "Phone": "string", "Quantity": "int", "Price": "decimal", "Flag": "bool", "ThingID": "string"}

func baseWord(t string) string {
	if b, ok := bases[t]; ok {
		return b
	}
	return t
}

// arithmeticOracle is the language reference, word for word: every operation there is of two bases, and what comes out.
var arithmeticOracle = map[string]string{
	"int + int": "int", "int - int": "int", "int * int": "int", "int / int": "int", "int % int": "int",
	"float + float": "float", "float - float": "float", "float * float": "float", "float / float": "float",
	"decimal + decimal": "decimal", "decimal - decimal": "decimal", "decimal * decimal": "decimal",
	"int + decimal": "decimal", "int - decimal": "decimal", "int * decimal": "decimal",
	"decimal + int": "decimal", "decimal - int": "decimal", "decimal * int": "decimal",
	"string + string": "string", "[]string + []string": "[]string", "[]int + []int": "[]int", "[]decimal + []decimal": "[]decimal",
	"[]Email + []Email": "[]Email", "[]Phase + []Phase": "[]Phase", "[]json + []json": "[]json",
	"time + duration": "time", "duration + time": "time", "time - duration": "time", "time - time": "duration",
	"duration + duration": "duration", "duration - duration": "duration", "duration * int": "duration", "int * duration": "duration",
}

// ordered are the bases that < is for, and which of them meet.
func ordersOracle(x, y string) bool {
	if bases[x] != "" && bases[y] != "" && x != y {
		return false
	}
	x, y = baseWord(x), baseWord(y)
	number := x == "int" && y == "decimal" || x == "decimal" && y == "int"
	return number || x == y && slices.Contains([]string{"int", "float", "decimal", "string", "time", "duration"}, x)
}

func equalsOracle(x, y string) bool {
	x, y = plainWord(x), plainWord(y)
	if bases[x] != "" && bases[y] != "" && x != y {
		return false
	}
	x, y = baseWord(x), baseWord(y)
	if x == "json" || x == "Geo" || x == "Blob" || x == "[]json" {
		return false
	}
	return x == y || x == "int" && y == "decimal" || x == "decimal" && y == "int"
}

func plainWord(t string) string {
	if t[len(t)-1] == '?' {
		return t[:len(t)-1]
	}
	return t
}

// fitsOracle is the rule of what fits, for plain types.
func fitsOracle(x, to string) bool {
	if bases[x] != "" && bases[to] != "" {
		return x == to
	}
	x, to = baseWord(x), baseWord(to)
	return x == to || x == "int" && to == "decimal"
}

func insOracle(x, y string) bool {
	switch y {
	case "[]string", "[]int", "[]decimal", "[]Email", "[]Phase":
		return fitsOracle(x, y[2:])
	case "map[string]int":
		return fitsOracle(x, "string")
	case "map[Phase]int":
		return x == "Phase"
	case "map[int]string":
		return fitsOracle(x, "int")
	}
	return false
}

// operatorOracle is the type of x op y; "" if there is no such operation.
func operatorOracle(x, op, y string) string {
	ok := false
	switch op {
	case "+", "-", "*", "/", "%":
		return arithmeticOracle[baseWord(x)+" "+op+" "+baseWord(y)]
	case "==", "!=":
		ok = equalsOracle(x, y)
	case "<", "<=", ">", ">=":
		ok = ordersOracle(x, y)
	case "in":
		ok = insOracle(x, y)
	case "&&", "||":
		ok = baseWord(x) == "bool" && baseWord(y) == "bool"
	case "??":
		return coalesceOracle(x, y)
	}
	if ok {
		return "bool"
	}
	return ""
}

func coalesceOracle(x, y string) string {
	if plainWord(x) == x {
		return ""
	}
	item, other, mark := plainWord(x), plainWord(y), y[len(plainWord(y)):]
	switch {
	case item == other:
		return item + mark
	case bases[item] != "" && bases[other] != "":
		return ""
	case baseWord(item) == baseWord(other):
		return baseWord(item) + mark
	case fitsOracle(item, other) || fitsOracle(other, item):
		return "decimal" + mark
	}
	return ""
}

func TestEveryOperatorOnEveryPairOfTypes(t *testing.T) {
	b := newBench(t)
	for x, left := range operandFields {
		for y, right := range operandFields {
			if testing.Short() && x != y && x != "int" && y != "int" {
				continue // make unit has all pairs
			}
			for _, op := range []string{"+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "in", "&&", "||", "??"} {
				text := fmt.Sprintf("%s %s %s", left, op, right)
				typ, list := b.typed(t, text, nil)
				want := operatorOracle(x, op, y)
				if want == "" {
					assert.Len(t, list, mistakes(x, op, y), "%s of %s and %s", text, x, y)
					continue
				}
				if assert.Empty(t, list, "%s of %s and %s", text, x, y) {
					assert.Equal(t, want, typeName(typ.Type()), "%s of %s and %s", text, x, y)
				}
			}
		}
	}
}

// mistakes is how many mistakes an operation that there is not has: && and || say of each side what is wrong, and so
// does what needs two values of two that may be none.
func mistakes(x, op, y string) int {
	if (op == "&&" || op == "||") && baseWord(x) != "bool" && baseWord(y) != "bool" {
		return 2
	}
	if isUnguarded(x, op) && isUnguarded(y, op) {
		return 2
	}
	return 1
}

// isUnguarded tells whether an operand would be one if it could not be none.
func isUnguarded(x, op string) bool {
	item := plainWord(x)
	ordered := slices.Contains([]string{"string", "int", "float", "decimal", "time", "duration"}, baseWord(item))
	switch op {
	case "+", "-", "*", "/", "%":
		return item != x && (ordered || strings.HasPrefix(item, "[]"))
	case "<", "<=", ">", ">=":
		return item != x && ordered
	}
	return false
}

// Every type where every other is expected, with and without `?`.
func TestEveryTypeWhereEveryOtherIsExpected(t *testing.T) {
	b := newBench(t)
	for x, field := range operandFields {
		for to := range operandFields {
			want := fitsOracle(plainWord(x), plainWord(to)) && (plainWord(x) == x || plainWord(to) != to)
			from, wanted := b.types[field], b.types[operandFields[to]]
			assert.Equal(t, want, fits(from, wanted), "%s for %s", x, to)
			value, list := b.typed(t, field, wanted)
			if !want {
				assert.Len(t, list, 1, "%s for %s", x, to)
				continue
			}
			assert.Empty(t, list, "%s for %s", x, to)
			assert.Equal(t, to, typeName(value.Type()), "%s for %s", x, to)
		}
	}
}

func TestEveryUnaryOperator(t *testing.T) {
	b := newBench(t)
	for x, field := range operandFields {
		base := baseWord(x)
		negated := slices.Contains([]string{"int", "float", "decimal", "duration"}, base)
		for op, ok := range map[string]bool{"!": base == "bool", "-": negated} {
			value, list := b.typed(t, op+field, nil)
			if !ok {
				assert.Len(t, list, 1, op+x)
				continue
			}
			assert.Empty(t, list, op+x)
			assert.Equal(t, base, typeName(value.Type()), op+x)
		}
	}
}

// A literal takes the type of what stands beside it, on either side.
func TestNumbersBesideEveryType(t *testing.T) {
	b := newBench(t)
	for x, field := range operandFields {
		for _, literal := range []string{"2", "2.5"} {
			want := literalOracle(baseWord(x), literal)
			for _, text := range []string{field + " + " + literal, literal + " + " + field} {
				value, list := b.typed(t, text, nil)
				if want == "" {
					assert.NotEmpty(t, list, text)
					continue
				}
				assert.Empty(t, list, text)
				assert.Equal(t, want, typeName(value.Type()), text)
			}
		}
	}
}

func literalOracle(base, literal string) string {
	switch {
	case base == "int" && literal == "2.5":
		return "decimal"
	case base == "int" || base == "float" || base == "decimal":
		return base
	}
	return ""
}
