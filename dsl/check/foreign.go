package check

import (
	"maps"
	"slices"
	"strings"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// foreignFunctions are what people write who think of another language, in lower letters without joints, and what
// there is here. The $ is their argument.
var foreignFunctions = map[string]string{
	"length": "write len", "size": "write len", "tolower": "write lower", "lowercase": "write lower",
	"toupper": "write upper", "uppercase": "write upper", "strip": "write trim", "trimspace": "write trim",
	"hasprefix": "write starts_with", "hassuffix": "write ends_with", "concat": "join texts and lists with +",
	"append": "add to a list with +", "substring": "write before or after", "substr": "write before or after",
	"avg":    "write round(sum(…) / len(list), places)",
	"exists": "write any(x in list: …)", "some": "write any(x in list: …)", "every": "write all(x in list: …)",
	"tostring": `write a text with the value in it: "{$}"`, "floor": "numbers are rounded with round(x, places)",
	"ceil": "numbers are rounded with round(x, places)", "has": "write x in list, or key in map",
	"includes": "write x in list, or contains(text, part)",
}

// foreignTests are functions of other languages that tell something of their one argument, which an operator does here.
var foreignTests = map[string]string{
	"isempty": "len($) == 0", "empty": "len($) == 0", "notempty": "len($) > 0", "isnotempty": "len($) > 0",
	"isnone": "$ == none", "isnull": "$ == none", "isnil": "$ == none", "isset": "$ != none", "issome": "$ != none", "notnull": "$ != none",
	"not": "!$",
}

// unknownFunction reports a function that there is not: what is no function here, what has another name, what is done
// in another way.
func (c *checker) unknownFunction(s *scope, e *syntax.Call) {
	if b := s.lookup(e.Func.Name); b != nil && len(e.Args) == 0 {
		c.calledValue(s, e, b)
		return
	}
	d := source.New(codeUnknownFunction, e.Func.Span, "there is no function %s", written(e.Func))
	if t := basicTypes[e.Func.Name]; t != nil && len(e.Args) == 1 {
		c.mendConversion(&d, s, e, t)
		c.report(d)
		return
	}
	mendFunction(&d, e)
	c.report(d)
	c.hidden(s, e.Args)
}

// calledValue reports brackets behind what is no function but a value, as in now().
func (c *checker) calledValue(s *scope, e *syntax.Call, b *binding) {
	if b.barred != "" {
		c.read(s, e.Func, b)
		return
	}
	d := source.New(codeUnknownFunction, e.Func.Span, "%s is no function", e.Func.Name)
	d.Mend = "write " + e.Func.Name + ", without brackets"
	d.Edits = []source.Edit{{Span: e.Span, Text: e.Func.Name}}
	c.report(d)
}

func mendFunction(d *source.Diagnostic, e *syntax.Call) {
	name := strings.ToLower(lettersOf(e.Func.Name))
	arg := "…"
	if len(e.Args) == 1 {
		arg = shortText(e.Args[0])
	}
	switch test, meant := foreignTests[name], foreignFunctions[name]; {
	case slices.Contains(comprehensions, e.Func.Name):
		d.Mend = "write " + e.Func.Name + "(x in list: …)"
	case test != "":
		d.Mend = "write " + negatable(e, strings.ReplaceAll(test, "$", arg))
	case meant != "":
		d.Mend = strings.ReplaceAll(meant, "$", arg)
	default:
		names := slices.Concat(slices.Collect(maps.Keys(funcTypes)), slices.Collect(maps.Keys(arguments)), comprehensions)
		suggest(d, e.Func, names)
	}
}

// mendConversion is for decimal(x) and its like: what fits needs no function, and for the rest there is none.
func (c *checker) mendConversion(d *source.Diagnostic, s *scope, e *syntax.Call, want model.Type) {
	arg := e.Args[0]
	from := c.infer(s, arg, want).Type()
	text := shortText(arg)
	switch {
	case isInvalid(from):
	case isLiteral(arg) && kindOf(want) == model.String:
		d.Mend = `write "` + text + `"`
	case isLiteral(arg) && fits(from, want):
		d.Mend = "write " + text
	case fits(from, want):
		d.Mend = "write " + text + ": " + article(from) + " is one already"
		if !model.Identical(from, want) {
			d.Mend = "write " + text + ": " + article(from) + " fits " + article(want)
		}
	case mendQuoted(d, s, arg, want):
	case kindOf(want) == model.String && isText(from) && !strings.ContainsAny(text, "\"`{}…"):
		d.Mend = `write "{` + text + `}"`
	default:
		d.Mend = "nothing makes " + article(want) + " of " + article(from) + ": give both one type where they are declared"
	}
}
