package syntax

import (
	"fmt"
	"strings"
	"time"
)

// lisp prints an expression as short as it can be read.
func lisp(x Expr) string {
	switch x := x.(type) {
	case *IntLit:
		return x.Digits
	case *FloatLit:
		return x.Digits
	case *DurationLit:
		return x.Value.String()
	case *TimeLit:
		return x.Value.Format(time.RFC3339Nano)
	case *StringLit:
		return lispText(x)
	case *BoolLit:
		return fmt.Sprint(x.Value)
	case *NoneLit:
		return "none"
	case *Name:
		return x.Name
	case *Qualified:
		return x.Type.Name + "." + x.Name.Name
	case *Paren:
		return "(paren " + lisp(x.X) + ")"
	case *Unary:
		return "(" + x.Op + " " + lisp(x.X) + ")"
	case *Binary:
		return "(" + x.Op + " " + lisp(x.X) + " " + lisp(x.Y) + ")"
	case *Cond:
		return "(? " + lisp(x.C) + " " + lisp(x.A) + " " + lisp(x.B) + ")"
	case *Select:
		return "(. " + lisp(x.X) + " " + x.Name.Name + ")"
	case *Index:
		return "([] " + lisp(x.X) + " " + lisp(x.I) + ")"
	}
	return lispComposite(x)
}

func lispComposite(x Expr) string {
	switch x := x.(type) {
	case *With:
		return "(with " + lisp(x.X) + lispFields(x.Fields) + ")"
	case *StructLit:
		name := x.Type.Name.Name
		if x.Type.Version != nil {
			name += fmt.Sprint("@", x.Type.Version.Value)
		}
		return "(" + name + lispFields(x.Fields) + ")"
	case *ListLit:
		return "(list" + lispAll(x.Items) + ")"
	case *MapLit:
		text := "(map"
		for _, e := range x.Entries {
			text += " " + lisp(e.Key) + ":" + lisp(e.Value)
		}
		return text + ")"
	case *Call:
		return "(" + x.Func.Name + lispAll(x.Args) + ")"
	case *Comprehension:
		return lispComprehension(x)
	case *Match:
		return lispMatch(x)
	}
	return fmt.Sprintf("%T", x)
}

func lispText(x *StringLit) string {
	quote, text := `"`, ""
	if x.Raw {
		quote = "`"
	}
	for _, part := range x.Parts {
		if part.Expr != nil {
			text += "{" + lisp(part.Expr) + "}"
		} else {
			text += part.Text
		}
	}
	return quote + text + quote
}

func lispAll(list []Expr) string {
	text := ""
	for _, x := range list {
		text += " " + lisp(x)
	}
	return text
}

func lispFields(fields []*FieldExpr) string {
	text := ""
	for _, f := range fields {
		text += " " + f.Name.Name + ":" + lisp(f.Value)
	}
	return text
}

func lispComprehension(x *Comprehension) string {
	names, filter := x.First.Name, ""
	if x.Second != nil {
		names += "," + x.Second.Name
	}
	if x.If != nil {
		filter = " if " + lisp(x.If)
	}
	return "(" + x.Func.Name + " " + names + " in " + lisp(x.Over) + filter + ": " + lisp(x.Body) + ")"
}

func lispMatch(x *Match) string {
	text := "(match " + lisp(x.X)
	for _, c := range x.Cases {
		var values []string
		for _, v := range c.Values {
			values = append(values, v.Name)
		}
		text += " " + strings.Join(values, ",") + ":" + lisp(c.Body)
	}
	if x.Else != nil {
		text += " else:" + lisp(x.Else)
	}
	return text + ")"
}
