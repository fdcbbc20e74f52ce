package check

import (
	"fmt"

	"github.com/fluvius-io/fluvius-go/dsl/model"
)

// illFormed says what is wrong with a typed expression, "" if nothing is: those who run and emit expressions rely
// on each node having operands of exactly the types that its operation takes.
func illFormed(x model.Expr) string {
	if x == nil {
		return "an expression is missing"
	}
	if x.Type() == nil || isInvalid(x.Type()) {
		return fmt.Sprintf("%T has no type", x)
	}
	if part, ok := illFormedNode(x); !ok {
		return part + " in " + sexpr(x)
	}
	for _, part := range partsOfModel(x) {
		if wrong := illFormed(part); wrong != "" {
			return wrong
		}
	}
	return ""
}

func partsOfModel(x model.Expr) []model.Expr {
	switch x := x.(type) {
	case *model.ListLit:
		return x.Items
	case *model.MapLit:
		return append(append([]model.Expr{}, x.Keys...), x.Values...)
	case *model.StructLit:
		return inits(x.Fields)
	case *model.With:
		return append(inits(x.Fields), x.X)
	case *model.Select:
		return []model.Expr{x.X}
	case *model.Index:
		return []model.Expr{x.X, x.I}
	case *model.Convert:
		if x.Item != nil {
			return []model.Expr{x.X, x.Item}
		}
		return []model.Expr{x.X}
	case *model.Unwrap:
		return []model.Expr{x.X}
	case *model.Unary:
		return []model.Expr{x.X}
	case *model.Binary:
		return []model.Expr{x.X, x.Y}
	case *model.In:
		return []model.Expr{x.X, x.Y}
	case *model.Matches:
		return []model.Expr{x.X}
	case *model.Coalesce:
		return []model.Expr{x.X, x.Y}
	case *model.Cond:
		return []model.Expr{x.C, x.A, x.B}
	case *model.Call:
		return x.Args
	case *model.Comprehension:
		if x.If != nil {
			return []model.Expr{x.Over, x.If, x.Body}
		}
		return []model.Expr{x.Over, x.Body}
	case *model.Match:
		return matchParts(x)
	case *model.Interpolation:
		return textExprs(x)
	}
	return nil
}

func inits(fields []*model.FieldInit) []model.Expr {
	var out []model.Expr
	for _, f := range fields {
		out = append(out, f.Value)
	}
	return out
}

func matchParts(x *model.Match) []model.Expr {
	out := []model.Expr{x.X}
	for _, one := range x.Cases {
		out = append(out, one.Body)
	}
	if x.Else != nil {
		out = append(out, x.Else)
	}
	return out
}

func textExprs(x *model.Interpolation) []model.Expr {
	var out []model.Expr
	for _, part := range x.Parts {
		if part.Expr != nil {
			out = append(out, part.Expr)
		}
	}
	return out
}

func same(types ...model.Type) bool {
	for _, t := range types[1:] {
		if !model.Identical(types[0], t) {
			return false
		}
	}
	return true
}

// illFormedNode looks at one node and the types of its operands.
func illFormedNode(x model.Expr) (string, bool) {
	switch x := x.(type) {
	case *model.Literal:
		_, ok := x.T.(*model.Basic)
		return "a literal is of a basic type", ok
	case *model.None:
		return "none is optional", isOptional(x.T)
	case *model.ListLit:
		for _, item := range x.Items {
			if !same(item.Type(), x.T.(*model.List).Elem) {
				return "an item of another type", false
			}
		}
	case *model.MapLit:
		for i, key := range x.Keys {
			if t := x.T.(*model.Map); !same(key.Type(), t.Key) || !same(x.Values[i].Type(), t.Elem) {
				return "an entry of another type", false
			}
		}
	case *model.StructLit:
		return "all fields, each of its type", len(x.Fields) == len(x.Struct.Fields) && initsFit(x.Fields)
	case *model.With:
		return "fields of their type", initsFit(x.Fields) && same(x.X.Type(), x.T)
	case *model.Index:
		return "an index of its type", indexFits(x)
	case *model.Convert:
		return "a conversion", convertFits(x)
	case *model.Unwrap:
		return "an optional", same(x.X.Type(), &model.Optional{Elem: x.T})
	}
	return illFormedOperation(x)
}

func illFormedOperation(x model.Expr) (string, bool) {
	switch x := x.(type) {
	case *model.Binary:
		return "operands of " + x.Op, binaryFits(x)
	case *model.In:
		switch t := x.Y.Type().(type) {
		case *model.List:
			return "an item", same(x.X.Type(), t.Elem)
		case *model.Map:
			return "a key", same(x.X.Type(), t.Key)
		}
		return "a list or map", false
	case *model.Matches:
		return "a string", same(x.X.Type(), stringType)
	case *model.Coalesce:
		return "sides of ??", isOptional(x.X.Type()) && same(x.Y.Type(), x.T) && same(plain(x.X.Type()), plain(x.T))
	case *model.Cond:
		return "branches", same(x.C.Type(), boolType) && same(x.T, x.A.Type(), x.B.Type())
	case *model.Comprehension:
		return "a body", comprehensionFits(x)
	case *model.Match:
		for _, part := range matchParts(x)[1:] {
			if !same(part.Type(), x.T) {
				return "a case of another type", false
			}
		}
	case *model.Interpolation:
		for _, part := range textExprs(x) {
			if !isText(part.Type()) {
				return "no scalar", false
			}
		}
	}
	return "", true
}

func initsFit(fields []*model.FieldInit) bool {
	for _, f := range fields {
		if !same(f.Value.Type(), f.Field.Type) {
			return false
		}
	}
	return true
}

func indexFits(x *model.Index) bool {
	index, item := intType, model.Type(nil)
	switch t := x.X.Type().(type) {
	case *model.List:
		item = t.Elem
	case *model.Map:
		index, item = t.Key, t.Elem
	}
	if !x.Guarded {
		item = optional(item)
	}
	return same(x.I.Type(), index) && same(x.T, item)
}

func convertFits(x *model.Convert) bool {
	from := x.X.Type()
	switch x.Kind {
	case model.ToOptional:
		return same(x.T, &model.Optional{Elem: from})
	case model.IntToDecimal:
		return same(from, intType) && same(x.T, decimalType)
	case model.ToNamed:
		return isNamed(x.T) && same(base(x.T), from)
	case model.ToBase:
		return isNamed(from) && same(base(from), x.T)
	case model.InOptional:
		return same(x.Elem.T, plain(from)) && same(x.Item.Type(), plain(x.T)) && isOptional(from) && isOptional(x.T)
	case model.InList:
		return same(x.Elem.T, from.(*model.List).Elem) && same(x.Item.Type(), x.T.(*model.List).Elem)
	case model.InMap:
		return same(x.Elem.T, from.(*model.Map).Elem) && same(x.Item.Type(), x.T.(*model.Map).Elem)
	}
	return x.Kind == model.UpcastType && same(x.Upcast.From, from) && same(x.Upcast.To, x.T)
}

func binaryFits(x *model.Binary) bool {
	a, b := x.X.Type(), x.Y.Type()
	switch x.Op {
	case "&&", "||":
		return same(boolType, a, b, x.T)
	case "==", "!=":
		return same(a, b) && same(x.T, boolType)
	case "<", "<=", ">", ">=":
		return same(a, b) && !isNamed(a) && same(x.T, boolType)
	}
	switch kindOf(a) {
	case model.Time:
		return same(x.T, timeType) && same(b, durationType) || same(x.T, durationType) && same(b, timeType)
	case model.Duration:
		return same(x.T, durationType) && (same(b, durationType) || x.Op == "*" && same(b, intType))
	}
	return same(a, b, x.T) && !isNamed(a)
}

func comprehensionFits(x *model.Comprehension) bool {
	if x.If != nil && !same(x.If.Type(), boolType) {
		return false
	}
	switch x.Func {
	case "sum":
		return same(x.Body.Type(), x.T) && !isNamed(x.T)
	case "map":
		return same(&model.List{Elem: x.Body.Type()}, x.T)
	case "filter":
		return same(x.T, x.Over.Type()) && same(x.Body.Type(), boolType)
	case "count":
		return same(x.T, intType) && same(x.Body.Type(), boolType)
	}
	return same(x.T, x.Body.Type(), boolType)
}
