package check

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/fluvius-io/fluvius-go/dsl/model"
)

// sexpr writes a typed expression as one line in which each node and each conversion is seen.
func sexpr(x model.Expr) string {
	switch x := x.(type) {
	case nil:
		return "-"
	case *model.Literal:
		return sexprLiteral(x)
	case *model.None:
		return "none:" + typeName(x.T)
	case *model.Zero:
		return "zero:" + typeName(x.T)
	case *model.EnumLit:
		return x.Value.Enum.Name + "." + x.Value.Name
	case *model.Ref:
		return x.Var.Name
	case *model.Get:
		return x.Field.Name
	case *model.Builtin:
		return "$" + strconv.Itoa(int(x.Kind))
	case *model.Elem:
		return "_"
	case *model.Convert:
		return sexprConvert(x)
	case *model.Interpolation:
		return "(text" + sexprParts(x.Parts) + ")"
	case *model.ListLit:
		return "[" + sexprAll(x.Items) + "]:" + typeName(x.T)
	case *model.MapLit:
		return "{" + sexprAll(x.Keys) + " -> " + sexprAll(x.Values) + "}:" + typeName(x.T)
	case *model.StructLit:
		return "(" + typeName(x.T) + sexprFields(x.Fields) + ")"
	case *model.With:
		return "(with " + sexpr(x.X) + sexprFields(x.Fields) + ")"
	}
	return sexprOperation(x)
}

func sexprOperation(x model.Expr) string {
	switch x := x.(type) {
	case *model.Select:
		return "(." + x.Field.Name + " " + sexpr(x.X) + ")"
	case *model.Index:
		if x.Guarded {
			return "(at! " + sexpr(x.X) + " " + sexpr(x.I) + ")"
		}
		return "(at " + sexpr(x.X) + " " + sexpr(x.I) + ")"
	case *model.Unwrap:
		return "(! " + sexpr(x.X) + ")"
	case *model.Unary:
		return "(" + x.Op + " " + sexpr(x.X) + ")"
	case *model.Binary:
		return "(" + x.Op + " " + sexpr(x.X) + " " + sexpr(x.Y) + ")"
	case *model.In:
		return "(in " + sexpr(x.X) + " " + sexpr(x.Y) + ")"
	case *model.Matches:
		return "(matches " + sexpr(x.X) + " " + strconv.Quote(x.Pattern) + ")"
	case *model.Coalesce:
		return "(?? " + sexpr(x.X) + " " + sexpr(x.Y) + ")"
	case *model.Cond:
		return "(? " + sexpr(x.C) + " " + sexpr(x.A) + " " + sexpr(x.B) + ")"
	case *model.Call:
		return "(" + x.Func + " " + sexprAll(x.Args) + ")"
	case *model.Comprehension:
		return sexprComprehension(x)
	case *model.Match:
		return sexprMatch(x)
	}
	return fmt.Sprintf("?%T", x)
}

func sexprLiteral(x *model.Literal) string {
	switch v := x.Value.(type) {
	case string:
		return strconv.Quote(v)
	case model.DecimalText:
		return string(v) + "d"
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64) + "f"
	}
	return fmt.Sprint(x.Value)
}

func sexprConvert(x *model.Convert) string {
	kind := map[model.ConvertKind]string{
		model.ToOptional: "some", model.IntToDecimal: "decimal", model.ToNamed: "named", model.ToBase: "base",
		model.InOptional: "in?", model.InList: "in[]", model.InMap: "inmap", model.UpcastType: "up",
	}[x.Kind]
	if x.Item != nil {
		return "(" + kind + " " + sexpr(x.Item) + " " + sexpr(x.X) + ")"
	}
	return "(" + kind + ":" + typeName(x.T) + " " + sexpr(x.X) + ")"
}

func sexprAll(list []model.Expr) string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = sexpr(x)
	}
	return strings.Join(out, " ")
}

func sexprParts(parts []model.TextPart) string {
	out := ""
	for _, part := range parts {
		if part.Expr == nil {
			out += " " + strconv.Quote(part.Text)
			continue
		}
		out += " " + sexpr(part.Expr)
	}
	return out
}

func sexprFields(fields []*model.FieldInit) string {
	out := ""
	for _, f := range fields {
		out += " " + f.Field.Name + "=" + sexpr(f.Value)
		if f.Implicit {
			out += "*"
		}
	}
	return out
}

func sexprComprehension(x *model.Comprehension) string {
	names := ""
	if x.First != nil {
		names += " " + x.First.Name + ":" + typeName(x.First.T)
	}
	if x.Second != nil {
		names += " | " + x.Second.Name + ":" + typeName(x.Second.T)
	}
	condition := ""
	if x.If != nil {
		condition = " if " + sexpr(x.If)
	}
	return "(" + x.Func + names + " in " + sexpr(x.Over) + condition + ": " + sexpr(x.Body) + ")"
}

func sexprMatch(x *model.Match) string {
	out := "(match " + sexpr(x.X)
	for _, one := range x.Cases {
		names := make([]string, len(one.Values))
		for i, v := range one.Values {
			names[i] = v.Name
		}
		out += " " + strings.Join(names, ",") + ": " + sexpr(one.Body)
	}
	if x.Else != nil {
		out += " else: " + sexpr(x.Else)
	}
	return out + ")"
}
