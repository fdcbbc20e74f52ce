package check

import (
	"fmt"
	"strings"
	"time"

	"github.com/fluvius-io/fluvius-go/dsl/model"
)

// dump is a model as text, with all that was made explicit: what was not written stands in «».
type dump struct{ out strings.Builder }

func dumpDomain(m *model.Domain) string {
	d := &dump{}
	d.line(0, "domain %s %q", m.Name, m.Doc)
	for _, imp := range m.Imports {
		d.line(0, "import %s %q go %q", imp.Name, imp.Path, imp.GoPath)
	}
	for _, s := range m.Scalars {
		d.line(0, "scalar %s@%d go %s = %s where %s", s.Name, s.Version, s.GoName, typeName(s.Base), exprText(s.Where))
		d.typeUpcast(s.Upcast)
	}
	for _, s := range m.Structs {
		d.line(0, "struct %s@%d go %s newest %v", s.Name, s.Version, s.GoName, s.Newest)
		d.fields(1, s.Fields)
		d.typeUpcast(s.Upcast)
	}
	for _, e := range m.Enums {
		d.line(0, "enum %s", e.Name)
		for _, v := range e.Values {
			d.line(1, "%d %s go %s wire %q was %v", v.Index, v.Name, v.GoName, v.Wire, v.Was)
		}
	}
	for _, g := range m.GoTypes {
		d.line(0, "go type %s %q.%s", g.Name, g.ImportPath, g.GoName)
	}
	for _, a := range m.Aggregates {
		d.aggregate(a)
	}
	for _, h := range m.Handlers {
		d.handler(h)
	}
	return d.out.String()
}

func (d *dump) line(depth int, format string, args ...any) {
	d.out.WriteString(strings.Repeat("  ", depth) + fmt.Sprintf(format, args...) + "\n")
}

func (d *dump) fields(depth int, fields []*model.Field) {
	for _, f := range fields {
		text := fmt.Sprintf("%s %s go %s", f.Name, typeName(f.Type), f.GoName)
		if f.Default != nil {
			text += " = " + exprText(f.Default)
		}
		d.line(depth, "%s", text)
	}
}

func (d *dump) inits(depth int, inits []*model.FieldInit) {
	for _, init := range inits {
		d.line(depth, "%s", initText(init))
	}
}

func initText(init *model.FieldInit) string {
	text := init.Field.Name + ": " + exprText(init.Value)
	if init.Implicit {
		return "«" + text + "»"
	}
	return text
}

func (d *dump) typeUpcast(u *model.TypeUpcast) {
	if u == nil {
		return
	}
	d.line(1, "upcast to %s", typeName(u.To))
	d.inits(2, u.Fields)
	if u.Value != nil {
		d.line(2, "value %s", exprText(u.Value))
	}
}

func (d *dump) aggregate(a *model.Aggregate) {
	d.line(0, "aggregate %s wire %s id %s snapshot %d", a.Name, a.Wire, a.ID.GoName, a.Snapshot)
	d.line(1, "state %q", a.StateDoc)
	d.fields(2, a.State)
	for _, v := range a.Derived {
		d.line(1, "derive %s %s = %s", v.Field.Name, typeName(v.Field.Type), exprText(v.Value))
	}
	for _, e := range a.Events {
		d.event(e)
	}
	for _, e := range a.Errors {
		d.line(1, "error %s code %s %s", e.Name, e.Code, partsText(e.Text))
		d.fields(2, e.Params)
	}
	for _, action := range a.Actions {
		d.action(action)
	}
	for _, inv := range a.Invariants {
		d.line(1, "invariant %q %s text %q", inv.Name, exprText(inv.Cond), inv.Text)
	}
	for _, t := range a.Tests {
		d.test(t)
	}
}

func (d *dump) event(e *model.Event) {
	d.line(1, "event %s go %s was %v dropped %d", e.Key, e.GoName, e.Was, e.Dropped)
	for _, v := range e.Versions {
		d.line(2, "version %d go %s newest %v pinned %v", v.Version, v.GoName, v.Newest, v.Pinned)
		d.fields(3, v.Fields)
		if u := v.Upcast; u != nil {
			d.line(3, "upcast by hand %v nothing %v", u.ByHand, u.Nothing)
			d.inits(4, u.Fields)
		}
	}
	d.folds(2, e.Apply)
}

var opText = map[model.AssignOp]string{
	model.Set: "=", model.Add: "+=", model.Sub: "-=", model.Append: "append", model.Concat: "concat", model.Without: "without",
}

func (d *dump) folds(depth int, body []model.FoldStmt) {
	for _, stmt := range body {
		switch s := stmt.(type) {
		case *model.Assign:
			name := s.Field.Name
			if s.Index != nil {
				name += "[" + exprText(s.Index) + "]"
			}
			d.line(depth, "%s %s %s", name, opText[s.Op], exprText(s.Value))
		case *model.Remove:
			d.line(depth, "remove %s[%s]", s.Field.Name, exprText(s.Index))
		case *model.FoldIf:
			d.line(depth, "if %s", exprText(s.Cond))
			d.folds(depth+1, s.Then)
			d.line(depth, "else")
			d.folds(depth+1, s.Else)
		}
	}
}

func (d *dump) action(a *model.Action) {
	d.line(1, "action %s creates %s emits %s by hand %v", a.Name, versionsText(a.Creates), versionsText(a.Emits), a.ByHand)
	d.fields(2, a.Params)
	d.stmts(2, a.Body)
}

func versionsText(versions []*model.EventVersion) string {
	var names []string
	for _, v := range versions {
		names = append(names, versioned(v.Event.Key, v.Version))
	}
	return "[" + strings.Join(names, " ") + "]"
}

func (d *dump) stmts(depth int, body []model.Stmt) {
	for _, stmt := range body {
		switch s := stmt.(type) {
		case *model.Require:
			d.line(depth, "require %s else %s(%s)", exprText(s.Cond), s.Error.Name, exprsText(s.Args))
		case *model.Let:
			d.line(depth, "let %s %s = %s", s.Var.Name, typeName(s.Var.T), exprText(s.Value))
		case *model.Emit:
			d.line(depth, "emit %s", versioned(s.Version.Event.Key, s.Version.Version))
			d.inits(depth+1, s.Fields)
		case *model.If:
			d.line(depth, "if %s", exprText(s.Cond))
			d.stmts(depth+1, s.Then)
			d.line(depth, "else")
			d.stmts(depth+1, s.Else)
		}
	}
}

func (d *dump) handler(h *model.Handler) {
	keys := "*"
	if !h.All {
		keys = ""
		for _, k := range h.Events {
			if k.Import != nil {
				keys += k.Import.Name + "."
			}
			keys += k.Event.Key + " "
		}
	}
	d.line(0, "handler %s was %q on %s retry %d timeout %s from now %v concurrency %d on failure %s",
		h.Name, h.Was, strings.TrimSpace(keys), h.Retry, h.Timeout, h.FromNow, h.Concurrency, h.OnFailure)
}

func (d *dump) test(t *model.Test) {
	d.line(1, "test %q id %s now %s actor %q", t.Name, t.ID, t.Now.Format(time.RFC3339Nano), t.Actor)
	for _, g := range t.Givens {
		d.line(2, "given %s", versioned(g.Version.Event.Key, g.Version.Version))
		d.inits(3, g.Fields)
	}
	if t.When != nil {
		d.line(2, "when %s", t.When.Action.Name)
		d.inits(3, t.When.Fields)
	}
	d.then(t.Then)
}

func (d *dump) then(t *model.Then) {
	for _, e := range t.Events {
		d.line(2, "then %s", versioned(e.Version.Event.Key, e.Version.Version))
		d.inits(3, e.Fields)
	}
	if t.Nothing {
		d.line(2, "then nothing")
	}
	if t.State != nil {
		d.line(2, "then state")
		d.inits(3, t.State)
	}
	if t.Error != nil {
		d.line(2, "then error %s", t.Error.Name)
		d.inits(3, t.Params)
	}
	if t.Kind != "" {
		d.line(2, "then error %s", t.Kind)
	}
}

func exprsText(list []model.Expr) string {
	var parts []string
	for _, e := range list {
		parts = append(parts, exprText(e))
	}
	return strings.Join(parts, ", ")
}

func partsText(parts []model.TextPart) string {
	text := ""
	for _, p := range parts {
		if p.Expr != nil {
			text += "{" + exprText(p.Expr) + "}"
			continue
		}
		text += p.Text
	}
	return fmt.Sprintf("%q", text)
}

var (
	builtinText = map[model.BuiltinKind]string{
		model.Now: "now", model.Actor: "actor", model.Metadata: "metadata", model.IDValue: "id", model.Exists: "exists",
		model.Timestamp: "timestamp", model.Value: "value", model.OldValue: "old",
	}
	sourceText  = map[model.SourceKind]string{model.State: "state", model.EventField: "event", model.OldField: "old"}
	convertText = map[model.ConvertKind]string{
		model.ToOptional: "some", model.IntToDecimal: "decimal", model.ToNamed: "named", model.ToBase: "base",
		model.InOptional: "in-optional", model.InList: "in-list", model.InMap: "in-map", model.UpcastType: "upcast",
	}
)

// exprText is an expression with its conversions, each with the type it makes.
func exprText(e model.Expr) string {
	switch x := e.(type) {
	case nil:
		return "-"
	case *model.Literal:
		return fmt.Sprintf("%#v", x.Value)
	case *model.None:
		return "none"
	case *model.Zero:
		return "zero(" + typeName(x.T) + ")"
	case *model.EnumLit:
		return x.Value.Enum.Name + "." + x.Value.Name
	case *model.ListLit:
		return "[" + exprsText(x.Items) + "]"
	case *model.MapLit:
		return "{" + exprsText(x.Keys) + " -> " + exprsText(x.Values) + "}"
	case *model.StructLit:
		return typeName(x.Struct) + initsText(x.Fields)
	case *model.Ref:
		return x.Var.Name
	case *model.Get:
		return sourceText[x.From] + "." + x.Field.Name
	case *model.Builtin:
		return builtinText[x.Kind]
	case *model.Select:
		return exprText(x.X) + "." + x.Field.Name
	case *model.Index:
		return fmt.Sprintf("%s[%s]%s", exprText(x.X), exprText(x.I), map[bool]string{true: "!"}[x.Guarded])
	case *model.With:
		return exprText(x.X) + " with " + initsText(x.Fields)
	case *model.Convert:
		return convertText[x.Kind] + ":" + typeName(x.T) + "(" + exprText(x.X) + ")" + itemText(x)
	case *model.Elem:
		return "elem"
	case *model.Unwrap:
		return exprText(x.X) + "!"
	}
	return operationText(e)
}

func itemText(x *model.Convert) string {
	if x.Item == nil {
		return ""
	}
	return " each " + exprText(x.Item)
}

func initsText(inits []*model.FieldInit) string {
	var parts []string
	for _, init := range inits {
		parts = append(parts, initText(init))
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func operationText(e model.Expr) string {
	switch x := e.(type) {
	case *model.Unary:
		return x.Op + exprText(x.X)
	case *model.Binary:
		return "(" + exprText(x.X) + " " + x.Op + " " + exprText(x.Y) + ")"
	case *model.In:
		return "(" + exprText(x.X) + " in " + exprText(x.Y) + ")"
	case *model.Matches:
		return "(" + exprText(x.X) + " matches `" + x.Pattern + "`)"
	case *model.Coalesce:
		return "(" + exprText(x.X) + " ?? " + exprText(x.Y) + ")"
	case *model.Cond:
		return "(" + exprText(x.C) + " ? " + exprText(x.A) + " : " + exprText(x.B) + ")"
	case *model.Call:
		return x.Func + "(" + exprsText(x.Args) + ")"
	case *model.Comprehension:
		return comprehensionText(x)
	case *model.Match:
		text := "match " + exprText(x.X) + " {"
		for _, c := range x.Cases {
			for _, v := range c.Values {
				text += " " + v.Name
			}
			text += ": " + exprText(c.Body)
		}
		return text + " else: " + exprText(x.Else) + "}"
	case *model.Interpolation:
		return partsText(x.Parts)
	}
	return fmt.Sprintf("%T", e)
}

func comprehensionText(x *model.Comprehension) string {
	var names []string
	for _, v := range []*model.Var{x.First, x.Second} {
		if v != nil {
			names = append(names, v.Name+" "+typeName(v.T))
		}
	}
	return fmt.Sprintf("%s(%s in %s if %s: %s)", x.Func, strings.Join(names, ", "), exprText(x.Over), exprText(x.If), exprText(x.Body))
}
