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

// and is f and what else is known, each thing once.
func (f facts) and(more facts) facts {
	all := slices.Clip(f)
	for _, x := range more {
		if x.kind == existing || !slices.Contains(all, x) { // of exists, what was said last counts
			all = append(all, x)
		}
	}
	return all
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

// shown is what a test shows where it held, and where it did not. Both come from one walk: to ask for one at a time
// takes twice the time on each level of an expression.
func shown(test model.Expr) (yes, no facts) {
	switch x := test.(type) {
	case *model.Unary:
		if x.Op == "!" {
			yes, no = shown(x.X)
			return no, yes
		}
	case *model.Builtin:
		if x.Kind == model.Exists {
			return facts{existsFact(true)}, facts{existsFact(false)}
		}
	case *model.In:
		return shownByIn(x), nil
	case *model.Binary:
		return shownByBinary(x)
	}
	return nil, nil
}

func existsFact(value bool) fact {
	if value {
		return fact{kind: existing, n: 1}
	}
	return fact{kind: existing}
}

func shownByIn(x *model.In) facts {
	if !isMap(x.Y.Type()) {
		return nil
	}
	path, ok := pathOf(x.Y)
	key, stable := valueOf(x.X)
	if !ok || !stable {
		return nil
	}
	return facts{{kind: hasKey, path: path, arg: key}}
}

func shownByBinary(x *model.Binary) (yes, no facts) {
	switch x.Op {
	case "&&":
		return shownByBoth(x)
	case "||":
		return shownByEither(x)
	case "==":
		return shownByEquality(x)
	case "!=":
		yes, no = shownByEquality(x)
		return no, yes
	}
	return shownByLength(x, x.Op), shownByLength(x, negated[x.Op])
}

// shownByBoth is for &&. Where it did not hold, either the left side did not, or the right side did not after the
// left one did.
func shownByBoth(x *model.Binary) (yes, no facts) {
	yes, no = shown(x.X)
	yesY, noY := shown(x.Y)
	return yes.and(yesY), no.or(yes.and(noY))
}

// shownByEither is for ||.
func shownByEither(x *model.Binary) (yes, no facts) {
	yes, no = shown(x.X)
	yesY, noY := shown(x.Y)
	return yes.or(no.and(yesY)), no.and(noY)
}

// shownByEquality is for a comparison that came out equal, or not.
func shownByEquality(x *model.Binary) (equal, different facts) {
	left, right := x.X, x.Y
	if isNone(left) || isBoolLiteral(left) {
		left, right = right, left
	}
	switch {
	case isNone(right):
		path, ok := pathOf(left)
		if !ok {
			return nil, nil
		}
		return nil, facts{{kind: isSome, path: path}}
	case isBoolLiteral(right):
		yes, no := shown(left)
		if right.(*model.Literal).Value == false {
			return no, yes
		}
		return yes, no
	}
	return shownByLength(x, "=="), shownByLength(x, "!=")
}

func isBoolLiteral(x model.Expr) bool {
	lit, ok := x.(*model.Literal)
	return ok && kindOf(lit.T) == model.Bool
}

// mirrored is the operator with its operands changed about; negated the one that holds where it does not.
var (
	mirrored = map[string]string{"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
	negated  = map[string]string{"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
)

// shownByLength is for len(list) > n in all its forms: mirrored, negated, with >= and !=. The op is the one that
// holds between the operands.
func shownByLength(x *model.Binary, op string) facts {
	bound := x.Y
	path, ok := lengthOf(x.X)
	if !ok {
		op, bound = mirrored[op], x.X
		if path, ok = lengthOf(x.Y); !ok {
			return nil
		}
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
