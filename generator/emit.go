package generator

import (
	"fmt"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/fluvius-io/fluvius-go/dsl/model"
)

// docs are comment lines, one a line: jennifer makes /* */ of several.
func docs(lines ...string) *jen.Statement {
	s := jen.Null()
	for _, text := range lines {
		for _, line := range strings.Split(text, "\n") {
			s.Comment(strings.TrimRight("// "+line, " ")).Line()
		}
	}
	return s
}

// documented is the comment of something in the .fluv. What does not begin with the Go name, as Go's comments do,
// gets a sentence before it that does.
func documented(goName, doc, sentence string) *jen.Statement {
	switch {
	case doc == "":
		return docs(sentence)
	case strings.HasPrefix(doc, goName+" "):
		return docs(doc)
	}
	return docs(sentence, "", doc)
}

// inline is a block on one line.
func inline(body ...jen.Code) *jen.Statement {
	if len(body) == 0 {
		return jen.Values()
	}
	return jen.Custom(jen.Options{Open: "{", Close: "}", Separator: ";"}, body...)
}

// lines are arguments, or what stands in braces, one a line.
func lines(open, closing string, items ...jen.Code) *jen.Statement {
	return jen.Custom(jen.Options{Open: open, Close: closing, Separator: ",", Multi: true}, items...)
}

// decls are declarations with an empty line between each two.
func decls(items ...jen.Code) *jen.Statement {
	s := jen.Null()
	for _, item := range items {
		if item != nil {
			s.Line().Line().Add(item)
		}
	}
	return s
}

// group are declarations that belong together: no empty line between.
func group(items ...jen.Code) *jen.Statement {
	s := jen.Null()
	for i, item := range items {
		if i > 0 {
			s.Line()
		}
		s.Add(item)
	}
	return s
}

// structType is `type Name struct { … }`, on one line if it has one field without a comment.
func (p *plan) structType(name string, fields []*model.Field, typeOf func(*model.Field) model.Type, before ...jen.Code) *jen.Statement {
	items := before
	for _, f := range fields {
		items = append(items, p.structField(f, typeOf))
	}
	if len(items) == 0 {
		return jen.Type().Id(name).Struct()
	}
	if len(items) == 1 && (len(fields) == 0 || fields[0].Doc == "") {
		return jen.Type().Id(name).Add(jen.Id("struct"), inline(items...))
	}
	return jen.Type().Id(name).Struct(items...)
}

func (p *plan) structField(f *model.Field, typeOf func(*model.Field) model.Type) jen.Code {
	field := jen.Null()
	if f.Doc != "" {
		field = docs(f.Doc)
	}
	return field.Id(f.GoName).Add(p.goType(typeOf(f)))
}

func plainType(f *model.Field) model.Type { return f.Type }

// text is Go as it stands, of strings and of jennifer's code, without the spaces that jennifer puts between its pieces.
// What every type has is written so: as few pieces, where a piece for each word took a tenth of all the time there is.
func text(parts ...any) *jen.Statement {
	codes := make([]jen.Code, 0, len(parts))
	var b strings.Builder
	flush := func() {
		if b.Len() > 0 {
			codes = append(codes, jen.Id(b.String()))
			b.Reset()
		}
	}
	for _, part := range parts {
		switch part := part.(type) {
		case string:
			b.WriteString(part)
		case jen.Code:
			flush()
			codes = append(codes, part)
		default:
			panic(fmt.Sprintf("no code of a %T", part))
		}
	}
	flush()
	return jen.Custom(jen.Options{}, codes...)
}

// jsonMethods are MarshalJSON and UnmarshalJSON of a type with a codec.
func jsonMethods(goName string) [][2]string {
	return [][2]string{
		{"func (v " + goName + ") MarshalJSON() ([]byte, error)", "{ return json" + goName + ".Marshal(&v) }"},
		{"func (v *" + goName + ") UnmarshalJSON(b []byte) error", "{ return json" + goName + ".Unmarshal(b, v) }"},
	}
}

// marker is the method without a body that seals an interface.
func marker(goName, method string) [2]string {
	return [2]string{"func (" + goName + ") " + method + "()", "{}"}
}

// table is the variable with the codec of a Struct or Command: a line for each field.
func (p *plan) table(kind, variable, goName string, rows []*jen.Statement) *jen.Statement {
	parts := []any{"var ", variable, " = ", p.val(kind)}
	switch len(rows) {
	case 0:
		parts = append(parts, "[", goName, "]()")
	case 1:
		parts = append(parts, "(", rows[0], ")")
	default:
		parts = append(parts, "(\n")
		for _, row := range rows {
			parts = append(parts, "\t", row, ",\n")
		}
		parts = append(parts, ")")
	}
	return text(parts...)
}

func (p *plan) tableLine(goName string, f *model.Field, t model.Type) *jen.Statement {
	return text(p.val("Of"), `("`, f.Name, `", `, p.pointer(goName, f.GoName, p.goType(t)), ", ", p.codecOf(t), ")")
}

// tableLines are those of fields without defaults.
func (p *plan) tableLines(goName string, fields []*model.Field, typeOf func(*model.Field) model.Type) (rows []*jen.Statement) {
	for _, f := range fields {
		rows = append(rows, p.tableLine(goName, f, typeOf(f)))
	}
	return rows
}

// defaultLine is tableLine for a field of a value type that has a default.
func (p *plan) defaultLine(goName string, f *model.Field) *jen.Statement {
	fill := jen.Func().Params().Add(p.goType(f.Type)).Add(inline(jen.Return(p.constant(f.Default))))
	return text(p.val("OfDefault"), `("`, f.Name, `", `, p.pointer(goName, f.GoName, p.goType(f.Type)), ", ", p.codecOf(f.Type), ", ", fill, ")")
}

// pointer is the function that points at a field.
func (p *plan) pointer(goName, field string, t *jen.Statement) *jen.Statement {
	return text("func(v *", goName, ") *", t, " { return &v.", field, " }")
}
