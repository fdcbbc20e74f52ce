package syntax

// mark is what the printer has to know of a token that the token alone does not tell.
type mark uint16

const (
	markItem    mark = 1 << iota // a declaration, member, field, statement or entry begins here
	markGroup                    // a bracket that is not tied to what stands before it
	markTight                    // no space before it
	markBinary                   // an operator between two operands
	markSpaced                   // the colon of a choice
	markType                     // the type of a field
	markValue                    // the value of an entry
	markForced                   // an aggregate, whose members never stand on its line
	markElement                  // of a list
)

// marker notes the marks of a tree, by the offsets of its tokens.
type marker struct {
	at   []mark
	base int // the offset of the first
}

func (m *marker) set(offset int, k mark) { m.at[offset-m.base] |= k }

func (m *marker) decl(d Decl) {
	m.set(d.Where().Start, markItem)
	switch d := d.(type) {
	case *Type:
		m.fields(d.Fields)
		if d.Base != nil {
			m.typeRef(d.Base)
		}
		m.expr(d.Check)
	case *TypeUpcast:
		m.assigns(d.Fields)
	case *Enum:
		for _, v := range d.Values {
			m.set(v.Name.Span.Start, markItem)
		}
	case *Handler:
		for _, o := range d.Options {
			m.set(o.Span.Start, markItem)
		}
	case *Aggregate:
		m.set(d.Span.Start, markForced)
	}
}

func (m *marker) member(member Member) {
	m.set(member.Where().Start, markItem)
	switch d := member.(type) {
	case *State:
		m.fields(d.Fields)
	case *Event:
		m.fields(d.Fields)
	case *Upcast:
		m.assigns(d.Fields)
	case *Apply:
		m.folds(d.Body)
	case *ErrorDecl:
		m.fields(d.Params)
	case *Action:
		m.fields(d.Params)
		m.stmts(d.Body)
	case *Derive:
		m.typeRef(d.Type)
		m.expr(d.Value)
	case *Invariant:
		m.expr(d.Cond)
	case *Test:
		m.test(d)
	}
}

func (m *marker) test(d *Test) {
	for _, g := range d.Givens {
		m.set(g.Span.Start, markItem)
		m.entries(g.Fields)
	}
	if d.When != nil {
		m.set(d.When.Span.Start, markItem)
		m.entries(d.When.Fields)
	}
	for _, t := range d.Thens {
		m.set(t.Span.Start, markItem)
		m.entries(t.Fields)
	}
}

func (m *marker) fields(fields []*Field) {
	for _, f := range fields {
		m.set(f.Name.Span.Start, markItem)
		m.set(f.Type.Span.Start, markType)
		m.typeRef(f.Type)
		m.expr(f.Default)
	}
}

func (m *marker) assigns(fields []*Assign) {
	for _, f := range fields {
		m.set(f.Name.Span.Start, markItem)
		m.expr(f.Value)
	}
}

func (m *marker) entries(fields []*FieldExpr) {
	for _, f := range fields {
		m.set(f.Name.Span.Start, markItem)
		m.set(f.Value.Where().Start, markValue)
		m.expr(f.Value)
	}
}

func (m *marker) typeRef(t *TypeRef) {
	if t.Optional {
		m.set(t.Span.End-1, markTight)
	}
	switch {
	case t.Elem != nil:
		m.set(t.Span.Start, markGroup)
		m.set(t.Elem.Span.Start, markTight)
		m.typeRef(t.Elem)
	case t.Key != nil:
		m.typeRef(t.Key)
		m.set(t.Value.Span.Start, markTight)
		m.typeRef(t.Value)
	}
}

func (m *marker) folds(body []FoldStmt) {
	for _, s := range body {
		m.set(s.Where().Start, markItem)
		switch s := s.(type) {
		case *Set:
			m.expr(s.Index)
			m.expr(s.Value)
		case *Remove:
			m.expr(s.Index)
		case *FoldIf:
			m.expr(s.Cond)
			m.folds(s.Then)
			m.folds(s.Else)
		}
	}
}

func (m *marker) stmts(body []Stmt) {
	for _, s := range body {
		m.set(s.Where().Start, markItem)
		switch s := s.(type) {
		case *Require:
			m.expr(s.Cond)
			m.exprs(s.Args)
		case *Let:
			m.expr(s.Value)
		case *Emit:
			m.entries(s.Fields)
		case *If:
			m.expr(s.Cond)
			m.stmts(s.Then)
			m.stmts(s.Else)
		}
	}
}

func (m *marker) exprs(list []Expr) {
	for _, e := range list {
		m.expr(e)
	}
}

func (m *marker) expr(e Expr) {
	switch e := e.(type) {
	case *ListLit:
		m.set(e.Span.Start, markGroup)
		for _, item := range e.Items {
			m.set(item.Where().Start, markElement)
		}
		m.exprs(e.Items)
	case *MapLit:
		m.mapLit(e)
	case *StructLit:
		m.entries(e.Fields)
	case *Select:
		m.expr(e.X)
	case *Index:
		m.expr(e.X)
		m.expr(e.I)
	case *With:
		m.expr(e.X)
		m.entries(e.Fields)
	case *Unary:
		m.expr(e.X)
	case *Binary:
		m.set(e.OpSpan.Start, markBinary)
		m.expr(e.X)
		m.expr(e.Y)
	case *Cond:
		m.exprs([]Expr{e.C, e.A, e.B})
	case *Call:
		m.exprs(e.Args)
	case *Comprehension:
		m.exprs([]Expr{e.Over, e.If, e.Body})
	case *Match:
		m.match(e)
	case *Paren:
		m.set(e.Span.Start, markGroup)
		m.expr(e.X)
	}
}

func (m *marker) mapLit(e *MapLit) {
	m.set(e.Span.Start, markGroup)
	for _, entry := range e.Entries {
		m.set(entry.Key.Where().Start, markItem)
		m.set(entry.Value.Where().Start, markValue)
		m.expr(entry.Key)
		m.expr(entry.Value)
	}
}

func (m *marker) match(e *Match) {
	m.expr(e.X)
	for _, c := range e.Cases {
		if len(c.Values) > 0 {
			m.set(c.Values[0].Span.Start, markItem)
		}
		m.expr(c.Body)
	}
	m.expr(e.Else)
}
