package eval

import "github.com/fluvius-io/fluvius-go/dsl/model"

// walk visits an expression and all that is in it.
func walk(x model.Expr, visit func(model.Expr)) {
	if x == nil {
		return
	}
	visit(x)
	for _, part := range parts(x) {
		walk(part, visit)
	}
}

// parts are the expressions directly in x; some may be nil.
func parts(x model.Expr) []model.Expr {
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
		return []model.Expr{x.X, x.Item}
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
		return []model.Expr{x.Over, x.If, x.Body}
	case *model.Match:
		all := []model.Expr{x.X, x.Else}
		for _, c := range x.Cases {
			all = append(all, c.Body)
		}
		return all
	case *model.Interpolation:
		var all []model.Expr
		for _, p := range x.Parts {
			all = append(all, p.Expr)
		}
		return all
	}
	return nil
}

func inits(fields []*model.FieldInit) []model.Expr {
	all := make([]model.Expr, len(fields))
	for i, f := range fields {
		all[i] = f.Value
	}
	return all
}
