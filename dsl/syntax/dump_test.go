package syntax

import (
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// dump prints a tree as s-expressions: (Type field=value …), one declaration, member, field or statement a line.
// Spans are left out; spans_test.go holds them.
func dump(file *File) string {
	var out strings.Builder
	if file.Doc != "" {
		fmt.Fprintf(&out, "doc %q\n", file.Doc)
	}
	if file.Domain != nil {
		fmt.Fprintf(&out, "domain %s\n", file.Domain.Name)
	}
	for _, d := range file.Decls {
		dumpValue(&out, reflect.ValueOf(d), 0)
		out.WriteString("\n")
	}
	return out.String()
}

var lines = map[string]bool{
	"Member": true, "Stmt": true, "FoldStmt": true, "*Field": true, "*Given": true, "*Then": true, "*When": true,
	"*EnumValue": true, "*HandlerOption": true,
}

func dumpValue(out *strings.Builder, v reflect.Value, depth int) {
	switch x := v.Interface().(type) {
	case Ident:
		out.WriteString(x.Name)
		return
	case Text:
		fmt.Fprintf(out, "%q", x.Value)
		return
	case Number:
		fmt.Fprint(out, x.Value)
		return
	case time.Time:
		out.WriteString(x.Format(time.RFC3339Nano))
		return
	case time.Duration:
		out.WriteString(x.String())
		return
	case *Name:
		out.WriteString(x.Name)
		return
	case *TypeRef:
		if x != nil {
			out.WriteString(typeText(x))
		}
		return
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		dumpValue(out, v.Elem(), depth)
	case reflect.Struct:
		dumpStruct(out, v, depth)
	case reflect.Slice:
		dumpSlice(out, v, depth)
	case reflect.String:
		fmt.Fprintf(out, "%q", v.String())
	default:
		fmt.Fprint(out, v.Interface())
	}
}

func dumpStruct(out *strings.Builder, v reflect.Value, depth int) {
	out.WriteString("(" + v.Type().Name())
	for i := range v.NumField() {
		f := v.Field(i)
		if f.Type() == reflect.TypeFor[source.Span]() || f.IsZero() {
			continue
		}
		out.WriteString(" " + v.Type().Field(i).Name + "=")
		dumpValue(out, f, depth+1)
	}
	out.WriteString(")")
}

func dumpSlice(out *strings.Builder, v reflect.Value, depth int) {
	name := strings.ReplaceAll(v.Type().Elem().String(), "syntax.", "")
	out.WriteString("[")
	for i := range v.Len() {
		switch {
		case lines[name]:
			out.WriteString("\n" + strings.Repeat("  ", depth))
		case i > 0:
			out.WriteString(" ")
		}
		dumpValue(out, v.Index(i), depth)
	}
	out.WriteString("]")
}

func typeText(t *TypeRef) string {
	text := ""
	switch {
	case t.Elem != nil:
		text = "[]" + typeText(t.Elem)
	case t.Key != nil:
		text = "map[" + typeText(t.Key) + "]" + typeText(t.Value)
	case t.Package != nil:
		text = t.Package.Name + "." + t.Name.Name
	default:
		text = t.Name.Name
	}
	if t.Version != nil {
		text += fmt.Sprint("@", t.Version.Value)
	}
	if t.Optional {
		text += "?"
	}
	return text
}
