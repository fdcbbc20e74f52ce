package generator

import (
	"github.com/dave/jennifer/jen"

	"github.com/fluvius-io/fluvius-go/dsl/model"
)

// interpolation is "text {expr}": a sum of strings.
func (b *block) interpolation(parts []model.TextPart) code {
	var all code
	for _, p := range parts {
		c := cheap(jen.Lit(p.Text))
		if p.Expr != nil {
			c = b.textOf(p.Expr)
		}
		switch {
		case p.Expr == nil && p.Text == "":
		case all.jen == nil:
			all = c
		default:
			all = infix(all, "+", c)
		}
	}
	if all.jen == nil {
		return cheap(jen.Lit(""))
	}
	return all
}

// textOf is a scalar as text, as it would stand in JSON without its quotes.
func (b *block) textOf(x model.Expr) code {
	return b.p.textOfCode(x.Type(), b.expr(x))
}

var textOfKinds = map[model.Kind]string{
	model.Int: "FormatInt", model.Float: "FormatFloat", model.Bool: "FormatBool", model.Time: "FormatTime",
	model.Duration: "FormatDuration", model.Bytes: "FormatBytes",
}

func (p *plan) textOfCode(t model.Type, c code) code {
	switch t := t.(type) {
	case *model.Enum:
		return c.method("String")
	case *model.ID:
		return primary(jen.String().Call(c.arg()))
	case *model.Optional:
		return c.method("String")
	case *model.Scalar:
		if isText(t) {
			return primary(jen.String().Call(c.arg()))
		}
		return p.textOfCode(t.Base, primary(p.goType(t.Base).Call(c.arg())))
	}
	switch k := kindOf(t); k {
	case model.String:
		return c
	case model.Decimal:
		return call(decimalsPath, "String", c.arg())
	default:
		if fn, ok := textOfKinds[k]; ok {
			return val(fn, c.arg())
		}
	}
	return call("fmt", "Sprint", c.arg())
}
