package check

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/fluvius-io/fluvius-go/dsl/model"
)

// factKind is what a fact says.
type factKind int

const (
	isSome        factKind = iota // what stands at path is not none
	hasKey                        // the map at path has the key arg
	longerThan                    // the list at path has more than n items
	longerThanArg                 // the list at path has more items than the int at arg says
	existing                      // the aggregate exists (n is 1) or does not (n is 0)
)

// fact is one thing that a guard showed. Paths are those of pathOf, so a fact is about a value, not about a
// word in the text.
type fact struct {
	kind factKind
	path string
	arg  string
	n    int64
}

// facts is what is known at a place. A slice is never appended to in place once it is in a scope. Values never
// change while an expression, a fold or an action runs, so that a fact holds in all that follows its guard.
type facts []fact

// and is f and what else is known.
func (f facts) and(more facts) facts {
	if len(more) == 0 {
		return f
	}
	return append(slices.Clip(slices.Clone(f)), more...)
}

// or is what is known where either f or g is.
func (f facts) or(g facts) facts {
	var both facts
	for _, x := range f {
		for _, y := range g {
			if m, ok := weaker(x, y); ok && !slices.Contains(both, m) {
				both = append(both, m)
			}
		}
	}
	return both
}

// weaker is the fact that follows from x as well as from y.
func weaker(x, y fact) (fact, bool) {
	if x.kind == longerThan && y.kind == longerThan && x.path == y.path {
		x.n = min(x.n, y.n)
		return x, true
	}
	return x, x == y
}

// has tells whether a fact with that path and arg is known.
func (f facts) has(kind factKind, path, arg string) bool {
	return slices.ContainsFunc(f, func(x fact) bool { return x.kind == kind && x.path == path && x.arg == arg })
}

// longer tells whether the list at path is known to have an item at index n.
func (f facts) longer(path string, n int64) bool {
	return n >= 0 && slices.ContainsFunc(f, func(x fact) bool { return x.kind == longerThan && x.path == path && x.n >= n })
}

// shown is what the outcome of a test shows.
func shown(test model.Expr, outcome bool) facts {
	switch x := test.(type) {
	case *model.Unary:
		if x.Op == "!" {
			return shown(x.X, !outcome)
		}
	case *model.Builtin:
		if x.Kind == model.Exists {
			return facts{existsFact(outcome)}
		}
	case *model.In:
		return shownByIn(x, outcome)
	case *model.Binary:
		return shownByBinary(x, outcome)
	}
	return nil
}

func existsFact(value bool) fact {
	if value {
		return fact{kind: existing, n: 1}
	}
	return fact{kind: existing}
}

func shownByIn(x *model.In, outcome bool) facts {
	if _, isMap := x.Y.Type().(*model.Map); !isMap || !outcome {
		return nil
	}
	path, ok := pathOf(x.Y)
	key, stable := valueOf(x.X)
	if !ok || !stable {
		return nil
	}
	return facts{{kind: hasKey, path: path, arg: key}}
}

func shownByBinary(x *model.Binary, outcome bool) facts {
	switch {
	case x.Op == "&&":
		return shownByBoth(x, outcome, true)
	case x.Op == "||":
		return shownByBoth(x, outcome, false)
	case x.Op == "==" || x.Op == "!=":
		if f, ok := shownByNone(x, (x.Op == "==") == outcome); ok {
			return f
		}
		if f, ok := shownByTruth(x, (x.Op == "==") == outcome); ok {
			return f
		}
	}
	return shownByLength(x, outcome)
}

// shownByTruth is for a comparison with true or false that came out equal or not.
func shownByTruth(x *model.Binary, equal bool) (facts, bool) {
	test, literal := x.X, x.Y
	if _, ok := test.(*model.Literal); ok {
		test, literal = literal, test
	}
	lit, _ := literal.(*model.Literal)
	if lit == nil {
		return nil, false
	}
	value, ok := lit.Value.(bool)
	return shown(test, value == equal), ok
}

// shownByBoth is for && (strict is true) and ||: one outcome shows what both sides show, the other what
// is common to "the first side decided" and "the second did, after the first did not".
func shownByBoth(x *model.Binary, outcome, strict bool) facts {
	if outcome == strict {
		return shown(x.X, outcome).and(shown(x.Y, outcome))
	}
	return shown(x.X, outcome).or(shown(x.X, !outcome).and(shown(x.Y, outcome)))
}

// shownByNone is for a comparison with none that came out equal or not.
func shownByNone(x *model.Binary, equal bool) (facts, bool) {
	value := x.X
	if _, ok := x.X.(*model.None); ok {
		value = x.Y
	} else if _, ok := x.Y.(*model.None); !ok {
		return nil, false
	}
	path, ok := pathOf(value)
	if !ok || equal {
		return nil, true
	}
	return facts{{kind: isSome, path: path}}, true
}

// mirrored is the operator with its operands changed about; negated the one that holds where it does not.
var (
	mirrored = map[string]string{"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
	negated  = map[string]string{"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
)

// shownByLength is for len(list) > n in all its forms: mirrored, negated, with >= and !=.
func shownByLength(x *model.Binary, outcome bool) facts {
	op, length, bound := x.Op, x.X, x.Y
	path, ok := lengthOf(length)
	if !ok {
		op, bound = mirrored[op], length
		if path, ok = lengthOf(x.Y); !ok {
			return nil
		}
	}
	if !outcome {
		op = negated[op]
	}
	return longerThanBound(path, op, bound)
}

func longerThanBound(path, op string, bound model.Expr) facts {
	n, isConst := intValue(bound)
	switch {
	case op == ">" && isConst:
		return facts{{kind: longerThan, path: path, n: n}}
	case (op == ">=" || op == "==") && isConst && n > 0:
		return facts{{kind: longerThan, path: path, n: n - 1}}
	case op == "!=" && isConst && n == 0:
		return facts{{kind: longerThan, path: path, n: 0}}
	case op == ">":
		if arg, ok := pathOf(bound); ok {
			return facts{{kind: longerThanArg, path: path, arg: arg}}
		}
	}
	return nil
}

// lengthOf is the path of the list whose length x is.
func lengthOf(x model.Expr) (string, bool) {
	call, ok := x.(*model.Call)
	if !ok || call.Func != "len" {
		return "", false
	}
	if _, ok := call.Args[0].Type().(*model.List); !ok {
		return "", false
	}
	return pathOf(call.Args[0])
}

func intValue(x model.Expr) (int64, bool) {
	lit, ok := x.(*model.Literal)
	if !ok {
		return 0, false
	}
	n, ok := lit.Value.(int64)
	return n, ok
}

// pathOf names the value of a name or of a field of one: what a guard can be about. Two expressions with one
// path have one value.
func pathOf(x model.Expr) (string, bool) {
	switch x := x.(type) {
	case *model.Ref:
		return fmt.Sprintf("var %p", x.Var), true
	case *model.Get:
		return fmt.Sprintf("get %d %p", x.From, x.Field), true
	case *model.Builtin:
		return "builtin " + strconv.Itoa(int(x.Kind)), true
	case *model.Unwrap:
		return pathOf(x.X)
	case *model.Select:
		path, ok := pathOf(x.X)
		return path + "." + x.Field.Name, ok
	case *model.Convert:
		if x.Kind == model.ToNamed || x.Kind == model.ToBase {
			return pathOf(x.X)
		}
	}
	return "", false
}

// valueOf names the value of a map's key: a path or a literal.
func valueOf(x model.Expr) (string, bool) {
	switch x := x.(type) {
	case *model.Literal:
		return fmt.Sprintf("literal %T %v", x.Value, x.Value), true
	case *model.EnumLit:
		return "enum " + x.Value.Name, true
	case *model.Convert:
		if x.Kind == model.ToNamed || x.Kind == model.ToBase {
			return valueOf(x.X)
		}
	}
	return pathOf(x)
}
