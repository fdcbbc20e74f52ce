package generator

import (
	"fmt"

	"github.com/dave/jennifer/jen"

	"github.com/fluvius-io/fluvius-go/dsl/model"
)

// reader emits the statements that read JSON in the order in which it is written, through a Cursor called c. All
// calls are static: a function value would move the cursor, and what is read, to the heap.
type reader struct {
	p     *plan
	depth int // of lists and maps in each other
	local bool
	stmts []jen.Code
}

// fields reads the fields of v, and the braces around them.
func (r *reader) fields(fields []*model.Field) []jen.Code {
	sep, sure := "{", true
	if len(fields) == 0 || isOptional(fields[0].Type) {
		r.add(jen.Id("c.Lit").Call(jen.Lit("{")))
		sep, sure = "", len(fields) == 0
	}
	for _, f := range fields {
		r.field(f, sep, sure)
		if !isOptional(f.Type) {
			sure = true
		}
		if sep = ","; !sure {
			sep = ""
		}
	}
	return r.stmts
}

func isOptional(t model.Type) bool { _, ok := t.(*model.Optional); return ok }

func (r *reader) add(s ...jen.Code) { r.stmts = append(r.stmts, s...) }

// field reads one field. Behind optional fields alone it is not known whether a comma must stand before the name.
func (r *reader) field(f *model.Field, sep string, sure bool) {
	name := jen.Id("`" + sep + `"` + f.Name + `":` + "`")
	target := func() *jen.Statement { return jen.Id("v." + f.GoName) }
	if o, ok := f.Type.(*model.Optional); ok {
		try := "Try"
		if !sure {
			try = "TryField"
		}
		r.add(jen.If(jen.Id("c." + try).Call(name)).Block(r.optional(o.Elem, target)...))
		return
	}
	at := "At"
	if !sure {
		at = "AtField"
	}
	r.value(f.Type, target, func() *jen.Statement { return jen.Id("c." + at).Call(name) }, true)
}

func (r *reader) optional(elem model.Type, target func() *jen.Statement) []jen.Code {
	in := r.inner()
	at, placed := in.cursor, readsNull(elem)
	if placed {
		at = func() *jen.Statement { return jen.Id("c.Present").Call() }
	}
	if x := in.simple(elem, at, placed); x != nil {
		return []jen.Code{target().Op("=").Add(r.p.rt("Some").Call(x))}
	}
	item := in.item()
	in.add(jen.Var().Id(item).Add(r.p.goType(elem)))
	in.value(elem, func() *jen.Statement { return jen.Id(item) }, in.cursor, false)
	return append(in.stmts, target().Op("=").Add(r.p.rt("Some").Call(jen.Id(item))))
}

// readsNull tells whether null is a value of a type: behind a `?` it is none.
func readsNull(t model.Type) bool {
	_, foreign := t.(*model.GoType)
	return foreign || kindOf(t) == model.JSON
}

func (r *reader) inner() *reader { return &reader{p: r.p, depth: r.depth + 1, local: r.local} }

// item is a variable of this depth.
func (r *reader) item() string { return r.numbered("item") }

func (r *reader) numbered(name string) string {
	if r.depth < 2 {
		return name
	}
	return fmt.Sprintf("%s%d", name, r.depth)
}

// cursor is the cursor itself, for calls of its methods.
func (r *reader) cursor() *jen.Statement { return jen.Id("c") }

// value reads into target. At is the cursor where the value begins; placed says that it is an expression that moves
// it, and so must be evaluated once.
func (r *reader) value(t model.Type, target, at func() *jen.Statement, placed bool) {
	if x := r.simple(t, at, placed); x != nil {
		r.add(target().Op("=").Add(x))
		return
	}
	in := r.inner()
	switch t := t.(type) {
	case *model.List:
		in.into(t.Elem, func(x jen.Code) jen.Code {
			return target().Op("=").Add(r.p.val("Push").Call(target(), x))
		})
		r.add(jen.For(at().Dot("Open").Call(jen.LitRune('[')), jen.Id("c.More").Call(jen.LitRune(']')), jen.Empty()).Block(in.stmts...))
	case *model.Map:
		k := in.numbered("k")
		in.add(jen.Id(k).Op(":=").Add(r.p.val("FastKey").Call(r.pointer(), r.p.key(t.Key))))
		in.into(t.Elem, func(x jen.Code) jen.Code {
			return r.p.val("Put").Call(r.pointer(), jen.Op("&").Add(target()), jen.Id(k), x)
		})
		r.add(jen.For(at().Dot("Open").Call(jen.LitRune('{')), jen.Id("c.More").Call(jen.LitRune('}')), jen.Empty()).Block(in.stmts...))
	default:
		panic(fmt.Sprintf("no reader for %T", t))
	}
}

// into reads an item and gives it to put.
func (r *reader) into(t model.Type, put func(jen.Code) jen.Code) {
	if x := r.simple(t, r.cursor, false); x != nil {
		r.add(put(x))
		return
	}
	item := r.item()
	r.add(jen.Var().Id(item).Add(r.p.goType(t)))
	r.value(t, func() *jen.Statement { return jen.Id(item) }, r.cursor, false)
	r.add(put(jen.Id(item)))
}

// pointer is the cursor as an argument.
func (r *reader) pointer() *jen.Statement {
	if r.local {
		return text("&c")
	}
	return jen.Id("c")
}

// simple is what is read in one expression; nil for what needs statements.
func (r *reader) simple(t model.Type, at func() *jen.Statement, placed bool) *jen.Statement {
	arg := func() *jen.Statement {
		if placed { // the methods that move a cursor answer a pointer to it
			return at()
		}
		return r.pointer()
	}
	switch t := t.(type) {
	case *model.Basic:
		return r.basic(t.Kind, at, arg)
	case *model.Scalar:
		return jen.Id(t.GoName).Call(r.simple(t.Base, at, placed))
	case *model.ID:
		return r.p.goType(t).Call(at().Dot("Text").Call())
	case *model.Enum:
		return r.p.val("FastEnum").Types(jen.Id(t.Name)).Call(arg(), jen.Id("enum"+t.Name))
	case *model.Struct:
		return jen.Id("fast" + t.GoName).Call(arg())
	case *model.GoType:
		return r.p.val("FastGo").Types(jen.Id(t.Name)).Call(arg())
	}
	return nil
}

func (r *reader) basic(k model.Kind, at, arg func() *jen.Statement) *jen.Statement {
	if k == model.Decimal {
		return r.p.dec("Fast").Call(arg())
	}
	methods := map[model.Kind]string{
		model.String: "Text", model.Bool: "Bool", model.Int: "Int", model.Float: "Float", model.Time: "Time",
		model.Duration: "Duration", model.Bytes: "Bytes", model.JSON: "JSON",
	}
	return at().Dot(methods[k]).Call()
}

// readFunc is readX: it reads a stored event of any version as version v.
func (p *plan) readFunc(v *model.EventVersion) jen.Code {
	r := &reader{p: p, local: true}
	var body []jen.Code
	if older := p.olderVersions(v); older != nil {
		body = append(body, older)
	}
	body = append(body, jen.Id("c").Op(":=").Add(p.val("NewCursor").Call(jen.Id("r.Data"))))
	body = append(body, r.fields(v.Fields)...)
	body = append(body, jen.Return(p.rt("ReadEvent").Call(jen.Id("r"), jen.Lit(v.Version), text("&c"), jen.Id("v"), jen.Id("json"+v.GoName))))
	return jen.Func().Id("read"+v.GoName).Params(p.readParams(v)...).
		Params(jen.Id("v").Id(v.GoName), jen.Id("_").Error()).Block(body...)
}

// readParams are the record, and before it what is by hand where that is needed.
func (p *plan) readParams(v *model.EventVersion) []jen.Code {
	params := []jen.Code{jen.Id("r").Op("*").Add(p.rt("Record"))}
	if upcastByHand(v) {
		params = append([]jen.Code{jen.Id("up").Id("Upcasts")}, params...)
	}
	return params
}

func (p *plan) callRead(v *model.EventVersion) *jen.Statement {
	if upcastByHand(v) {
		return jen.Id("read"+v.GoName).Call(jen.Id("up"), jen.Id("r"))
	}
	return jen.Id("read" + v.GoName).Call(jen.Id("r"))
}

// olderVersions is the branch for what was stored before version v; nil if there is none.
func (p *plan) olderVersions(v *model.EventVersion) jen.Code {
	if v.Version == 1 {
		return nil
	}
	before := v.Event.Versions[v.Version-2]
	older := jen.Id("r.Version").Op("<").Lit(v.Version)
	if before.Version <= v.Event.Dropped {
		return jen.If(older).Block(jen.Return(jen.Id("v"), p.rt("ErrDropped")))
	}
	failed := jen.If(text("err != nil")).Block(jen.Return(jen.Id("v"), jen.Err()))
	upcast := jen.Id("upcast"+before.GoName).Call(jen.Id("r"), text("&old"))
	if before.Upcast != nil && before.Upcast.ByHand {
		failed = jen.If(text("err != nil").Op("||").Id("up").Op("==").Nil()).
			Block(jen.Return(jen.Id("v"), p.rt("UpcastFailed").Call(jen.Id("r"), jen.Err())))
		upcast = jen.Id("up.Upcast"+before.GoName).Call(jen.Id("old"), jen.Id("r.Header"))
	}
	return jen.If(older).Block(
		jen.List(jen.Id("old"), jen.Err()).Op(":=").Add(p.callRead(before)),
		failed,
		jen.Return(upcast),
	)
}

// fastFunc is fastX: it reads a value of a struct in the order in which it is written.
func (p *plan) fastFunc(s *model.Struct) jen.Code {
	r := &reader{p: p}
	body := append(r.fields(s.Fields), jen.Id("c.Lit").Call(jen.Lit("}")), jen.Return(jen.Id("v")))
	return jen.Func().Id("fast" + s.GoName).Params(jen.Id("c").Op("*").Add(p.val("Cursor"))).
		Params(jen.Id("v").Id(s.GoName)).Block(body...)
}
