package generator

import (
	"github.com/fluvius-io/fluvius-go/dsl/model"
)

// walk visits an expression and all that is in it, outside in.
func walk(x model.Expr, visit func(model.Expr)) {
	if x == nil {
		return
	}
	visit(x)
	for _, part := range parts(x) {
		walk(part, visit)
	}
}

// parts are the expressions directly in x, in the order in which they are evaluated.
func parts(x model.Expr) []model.Expr {
	switch x := x.(type) {
	case *listChange:
		return []model.Expr{x.item}
	case *model.ListLit:
		return x.Items
	case *model.MapLit:
		return append(append([]model.Expr{}, x.Keys...), x.Values...)
	case *model.StructLit:
		return inits(x.Fields)
	case *model.Select:
		return []model.Expr{x.X}
	case *model.Index:
		return []model.Expr{x.X, x.I}
	case *model.With:
		return append([]model.Expr{x.X}, inits(x.Fields)...)
	case *model.Convert:
		return some(x.X, x.Item)
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
		return some(x.Over, x.If, x.Body)
	case *model.Match:
		return matchParts(x)
	case *model.Interpolation:
		return textParts(x.Parts)
	}
	return nil
}

func matchParts(x *model.Match) []model.Expr {
	all := []model.Expr{x.X}
	for _, c := range x.Cases {
		all = append(all, c.Body)
	}
	return append(all, some(x.Else)...)
}

func textParts(parts []model.TextPart) (all []model.Expr) {
	for _, p := range parts {
		all = append(all, some(p.Expr)...)
	}
	return all
}

func inits(fields []*model.FieldInit) (all []model.Expr) {
	for _, f := range fields {
		all = append(all, some(f.Value)...)
	}
	return all
}

func some(xs ...model.Expr) (all []model.Expr) {
	for _, x := range xs {
		if x != nil {
			all = append(all, x)
		}
	}
	return all
}

// anyPart tells whether test holds for x or something in it.
func anyPart(x model.Expr, test func(model.Expr) bool) bool {
	found := false
	walk(x, func(x model.Expr) { found = found || test(x) })
	return found
}

// uses tells whether x reads v.
func uses(v *model.Var, xs ...model.Expr) bool {
	for _, x := range xs {
		if anyPart(x, func(x model.Expr) bool { r, ok := x.(*model.Ref); return ok && r.Var == v }) {
			return true
		}
	}
	return false
}

// canFail tells whether computing x may be ErrOverflow, what it calls included.
func canFail(x model.Expr) bool { return canFailSeen(x, map[*model.TypeUpcast]bool{}) }

func canFailSeen(x model.Expr, seen map[*model.TypeUpcast]bool) bool {
	return anyPart(x, func(x model.Expr) bool {
		switch x := x.(type) {
		case *model.Unary:
			return x.Op == "-" && kindOf(x.X.Type()) != model.Decimal && kindOf(x.X.Type()) != model.Float
		case *model.Binary:
			return arithmetic(x)
		case *model.Index:
			return x.Guarded && !plainIndex(x)
		case *model.Call:
			return callCanFail(x)
		case *model.Comprehension:
			return x.Func == "sum"
		case *model.Convert:
			return x.Upcast != nil && upcastCanFail(x.Upcast, seen)
		}
		return false
	})
}

func upcastCanFail(u *model.TypeUpcast, seen map[*model.TypeUpcast]bool) bool {
	if seen[u] {
		return false
	}
	seen[u] = true
	for _, x := range append(inits(u.Fields), some(u.Value)...) {
		if canFailSeen(x, seen) {
			return true
		}
	}
	return false
}

func arithmetic(x *model.Binary) bool {
	switch x.Op {
	case "+", "-", "*", "/", "%":
		return kindOf(x.T) != model.String && kindOf(x.T) != model.Invalid
	}
	return false
}

func callCanFail(x *model.Call) bool {
	switch x.Func {
	case "div_round", "round":
		return true
	case "abs":
		k := kindOf(x.Type())
		return k == model.Int || k == model.Duration
	}
	return false
}
