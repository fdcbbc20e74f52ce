package syntax

import (
	"slices"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// What the rules of the grammar captured becomes nodes of the tree. The rules are no tree themselves: they hold
// what participle needs, the tree what its readers need.

// where is the whole of the chunk at hand.
func (p *parser) where() source.Span {
	return p.toks[p.chunk.start].Span.To(p.toks[p.chunk.end-1].Span)
}

// spanOf is the stretch of the tokens that participle noted for a rule.
func (p *parser) spanOf(tokens []lexer.Token) source.Span {
	first, last := tokens[0], tokens[len(tokens)-1]
	return p.file.Span(first.Pos.Offset, last.Pos.Column)
}

func (p *parser) token(index int) *Token { return &p.toks[index] }

func (p *parser) textOrNil(t *text) *Text {
	if t == nil {
		return nil
	}
	text := p.text(p.token(t.index))
	return &text
}

func (p *parser) decl(r rule) Decl {
	switch r := r.(type) {
	case *importRule:
		return p.importDecl(r)
	case *typeRule:
		return p.typeDecl(r)
	case *typeUpcastRule:
		return p.typeUpcast(r)
	case *enumRule:
		return p.enum(r)
	case *handlerRule:
		return p.handler(r)
	}
	return nil
}

func (p *parser) importDecl(r *importRule) Decl {
	return &Import{
		Span: p.where(), Name: p.nameOf(p.token(r.Name.index), "an import"),
		Path: p.text(p.token(r.Path.index)), Go: p.textOrNil(r.Go),
	}
}

func (p *parser) typeDecl(r *typeRule) Decl {
	t := &Type{Span: p.where(), Name: p.versionedType(&r.Name), Check: r.Check}
	switch {
	case r.Body != nil:
		t.IsStruct, t.Fields = true, p.fields(r.Body.Fields)
	case r.Go != nil:
		t.Go = &GoRef{
			Span: p.spanOf(r.Go.Tokens), Path: p.text(p.token(r.Go.Path.index)),
			Name: p.pascalOf(p.token(r.Go.Name.index), "a Go type"),
		}
	default:
		t.Base = r.Base.typeRef()
	}
	return t
}

func (p *parser) versionedType(r *versionedRule) Versioned {
	v := Versioned{Name: p.pascalOf(p.token(r.Name.index), "a type")}
	v.Version = p.versionOrNil(r.Version, "the type `"+v.Name.Name+"`")
	return v
}

func (p *parser) versionedKey(r *versionedRule) Versioned {
	v := Versioned{Name: p.eventKey(p.token(r.Name.index))}
	v.Version = p.versionOrNil(r.Version, "the event `"+v.Name.Name+"`")
	return v
}

func (p *parser) versionedKeys(rules []*versionedRule) []Versioned {
	var keys []Versioned
	for _, r := range rules {
		keys = append(keys, p.versionedKey(r))
	}
	return keys
}

func (p *parser) versionOrNil(n *number, of string) *Number {
	if n == nil {
		return nil
	}
	version := p.versionNumber(p.token(n.index), of)
	return &version
}

func (p *parser) fields(rules []*fieldRule) []*Field { return p.named(rules, "a field") }

func (p *parser) params(rules []*fieldRule) []*Field { return p.named(rules, "a parameter") }

func (p *parser) named(rules []*fieldRule, what string) []*Field {
	list := make([]*Field, 0, len(rules))
	for _, r := range rules {
		field := &Field{Type: r.Type.typeRef(), Default: r.Default}
		if name := p.token(r.Name.index); !p.typeFirst(field, name, what) {
			field.Name = p.nameOf(name, what)
		}
		list = append(list, field)
	}
	return list
}

// BasicTypes are the types that are not declared. Nobody changes it.
var BasicTypes = []string{"string", "bool", "int", "float", "decimal", "time", "duration", "bytes", "json"}

// typeFirst takes `string name` for what is written `name string`, and tells whether that is so.
func (p *parser) typeFirst(f *Field, first *Token, what string) bool {
	name := f.Type.Name
	if name == nil || f.Type.Package != nil || !isUpper(first.Text) && !slices.Contains(BasicTypes, first.Text) {
		return false
	}
	if !isSnake(name.Name) || slices.Contains(BasicTypes, name.Name) {
		return false
	}
	f.Name = *name
	f.Type.Name = &Ident{Name: first.Text, Span: first.Span}
	p.mended("FLV0030", first.Span.To(name.Span), name.Name+" "+first.Text, "the name of %s stands before its type", what)
	return true
}

func (p *parser) typeUpcast(r *typeUpcastRule) Decl {
	name := p.pascalOf(p.token(r.Name.index), "a type")
	of := "the type `" + name.Name + "`"
	return &TypeUpcast{
		Span: p.where(), Name: name, From: p.versionNumber(p.token(r.From.index), of),
		To: p.versionNumber(p.token(r.To.index), of), Fields: p.assigns(r.Fields),
	}
}

func (p *parser) assigns(rules []*assignRule) []*Assign {
	list := make([]*Assign, 0, len(rules))
	for _, r := range rules {
		list = append(list, &Assign{Name: p.nameOf(p.token(r.Name.index), "a field"), Value: r.Value.value()})
	}
	return list
}

func (p *parser) enum(r *enumRule) Decl {
	e := &Enum{Span: p.where(), Name: p.pascalOf(p.token(r.Name.index), "an enum")}
	for _, value := range r.Values {
		v := &EnumValue{Name: p.kebabOf(p.token(value.Name.index), "an enum value"), As: p.textOrNil(value.As)}
		if value.Was != nil {
			was := p.kebabOf(p.token(value.Was.index), "an enum value")
			v.Was = &was
		}
		e.Values = append(e.Values, v)
	}
	return e
}

func (p *parser) handler(r *handlerRule) Decl {
	h := &Handler{Span: p.where(), Name: p.pascalOf(p.token(r.Name.index), "a handler"), All: r.All}
	if r.Was != nil {
		was := p.pascalOf(p.token(r.Was.index), "a handler")
		h.Was = &was
	}
	for _, k := range r.Keys {
		key := &HandlerKey{Span: p.spanOf(k.Tokens)}
		if k.Second == nil {
			key.Key = p.eventKey(p.token(k.First.index))
		} else {
			domain := p.nameOf(p.token(k.First.index), "an imported domain")
			key.Domain, key.Key = &domain, p.eventKey(p.token(k.Second.index))
		}
		h.Keys = append(h.Keys, key)
	}
	for _, o := range r.Options {
		h.Options = append(h.Options, p.option(o))
	}
	return h
}

// maxCount is a bound for what nobody wants more of.
const maxCount = 1_000_000_000

func (p *parser) option(r *optionRule) *HandlerOption {
	o := &HandlerOption{Span: p.spanOf(r.Tokens)}
	switch {
	case r.Retry != nil:
		o.Name, o.Number = "retry", p.count(r.Retry, 0, "a handler cannot retry that often")
	case r.Concurrency != nil:
		o.Name, o.Number = "concurrency", p.count(r.Concurrency, 1, "a handler cannot run that many at once")
	case r.Timeout != nil:
		o.Name, o.Duration = "timeout", p.durationLit(p.token(r.Timeout.index))
	case r.From != nil:
		o.Name, o.Word = "from", p.oneOf(r.From, "start", "now")
	case r.OnFailure != nil:
		o.Name, o.Word = "on failure", p.oneOf(r.OnFailure, "park", "skip", "halt")
	}
	return o
}

func (p *parser) count(n *number, least int, message string) *Number {
	count := p.number(p.token(n.index), least, maxCount, message)
	return &count
}

// oneOf is a word of a few.
func (p *parser) oneOf(w *word, words ...string) *Ident {
	t := p.token(w.index)
	for _, allowed := range words {
		if t.Text == allowed {
			return &Ident{Name: t.Text, Span: t.Span}
		}
	}
	d := source.New("FLV0043", t.Span, "`%s` is not known here", t.Text)
	d.Mend = "write " + either(words)
	if near, ok := source.Nearest(t.Text, words); ok {
		d.Mend = "write `" + near + "`"
		d.Edits = []source.Edit{{Span: t.Span, Text: near}}
	}
	p.report(d)
	return &Ident{Name: words[0], Span: t.Span}
}
