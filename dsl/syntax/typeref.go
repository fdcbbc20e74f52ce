package syntax

import (
	"slices"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// typeRef = plain [ '?' ] ;
func (p *parser) typeRef() *TypeRef {
	start := p.at
	p.colonBeforeType()
	marked := p.peek().is("?") || p.peek().is("*")
	if marked {
		p.markBeforeType(p.peek())
	}
	t := p.plainType()
	for p.peek().is("[") && p.ahead(1).is("]") {
		p.listBehind(start, t)
		t = &TypeRef{Span: p.span(start), Elem: t}
	}
	t.Optional = p.optional(t) || t.Optional || marked
	t.Span = p.span(start)
	p.attributes()
	return t
}

// plain = '[' ']' plain | 'map' '[' plain ']' plain | NAME '.' PASCAL | PASCAL [ '@' INT ] | NAME ;
func (p *parser) plainType() *TypeRef {
	p.enter()
	defer p.leave()
	start := p.at
	t := p.peek()
	if p.byLines && p.endsEarly() {
		if _, inside := p.innermost(p.at); !inside && p.keyword(p.chunk) == "type" {
			p.noType(t) // participle panics where a branch of a choice takes nothing
		}
		p.holes++
		p.report(p.typeMissing(t))
		return &TypeRef{Span: t.Span}
	}
	switch {
	case p.accept("["):
		if !p.accept("]") {
			p.notList(t)
		}
		elem := p.itemType("the items of a list are")
		return &TypeRef{Span: p.span(start), Elem: elem}
	case t.is("map") && p.ahead(1).is("["):
		return p.mapType(start)
	case t.Kind == Word && !reserved[t.Text]:
		return p.namedType(start)
	case t.Kind == Word && reserved[t.Text]:
		p.failf("FLV0009", t.Span, "write a type, as `string`", "`%s` is a reserved word, not a type", t.Text)
	}
	p.noType(t)
	return nil
}

// noType fails where a type should stand.
func (p *parser) noType(t *Token) { p.fail(p.typeMissing(t)) }

// typeMissing says whose type is missing.
func (p *parser) typeMissing(t *Token) source.Diagnostic {
	owner := &p.toks[max(p.chunk.start, p.at-1)]
	at, found := p.gap()
	malformed := func(at source.Span, mend, format string, args ...any) source.Diagnostic {
		d := source.New("FLV0030", at, format, args...)
		d.Mend = mend
		return d
	}
	surplus, isSurplus := p.surplus()
	switch {
	case owner.Kind != Word || owner.is("map"):
		return malformed(at, "write a type, as `string`", "a type was expected here, not %s", found)
	case t.is("@") && isUpper(owner.Text):
		return malformed(t.Span.To(p.ahead(1).Span), "write it like `"+owner.Text+"@2`", "a version is a number behind `@`")
	case p.keyword(p.chunk) == "type" && p.at <= p.chunk.start+2 && t.is("<"):
		return malformed(t.Span, "leave it out, and write a type for each use", "a type has no parameters: there are no generics")
	case p.keyword(p.chunk) == "type" && p.at <= p.chunk.start+2:
		return malformed(at, "write `type "+owner.Text+" { field type }` or `type "+owner.Text+" string`",
			"`%s` needs its fields or the type it is made of here, not %s", owner.Text, found)
	case isUpper(owner.Text):
		return malformed(at, "write `name "+owner.Text+"`", "a name is missing: `%s` is a type", owner.Text)
	case isSurplus:
		return p.tooMuch(surplus)
	}
	return malformed(at, "write its type behind it, as in `"+owner.Text+" string`", "`%s` needs a type here, not %s",
		owner.Text, found)
}

// tooMuch is the message about a modifier beside the type of a field.
func (p *parser) tooMuch(at int) source.Diagnostic {
	t := &p.toks[at]
	d := source.New("FLV0030", t.Span, "a field is a name and a type; `%s` is too much", t.Text)
	d.Mend = "leave it out"
	d.Edits = []source.Edit{{Span: p.file.Span(t.Span.Start, p.toks[at+1].Span.Start), Text: ""}}
	if at == p.at-1 {
		d.Edits[0].Span = p.file.Span(p.toks[at-1].Span.End, t.Span.End)
	}
	if isOptional := slices.Contains([]string{"optional", "nullable"}, t.Text); isOptional {
		d.Mend = "write `?` behind the type instead"
		d.Edits = nil
	}
	return d
}

// itemType is a type inside of another, which cannot be optional. At the end of the whole type a `?` belongs to
// the whole; inside of brackets it is wrong.
func (p *parser) itemType(what string) *TypeRef {
	t := p.plainType()
	if next := p.peek(); next.is("?") && p.ahead(1).is("]") {
		p.mended("FLV0031", next.Span, "", "%s never optional", what)
		p.at++
	}
	return t
}

func (p *parser) mapType(start int) *TypeRef {
	p.at += 2
	key := p.itemType("the keys of a map are")
	if t := p.peek(); t.is(",") || t.is(":") {
		return p.mapOfPair(start, key)
	}
	p.closeBracket("]", "[", start+1)
	value := p.itemType("the values of a map are")
	return &TypeRef{Span: p.span(start), Key: key, Value: value}
}

func (p *parser) namedType(start int) *TypeRef {
	t := p.next()
	ref := &TypeRef{}
	if p.peek().is(".") {
		p.at++
		pkg := p.nameOf(t, "an imported domain")
		ref.Package = &pkg
		if t = p.peek(); t.Kind != Word || reserved[t.Text] {
			p.failf("FLV0030", t.Span, "write the id of an aggregate of that domain, as `"+pkg.Name+".OrderID`", "the name of a type belongs behind `%s.`, not %s", pkg.Name, describe(t))
		}
		p.at++
	}
	if ref.Package == nil {
		if meant := p.generic(start); meant != nil {
			return meant
		}
	}
	name := p.typeName(t, ref.Package != nil)
	ref.Name = &name
	if p.peek().is("@") && p.ahead(1).Kind == Int {
		ref.Version = p.version("the type `" + name.Name + "`")
		if !isUpper(name.Name) {
			p.mended("FLV0030", p.span(start+1), "", "the built-in type `%s` has no versions", name.Name)
			ref.Version = nil
		}
	}
	ref.Span = p.span(start)
	return ref
}

// typeName is PascalCase, or the lower-case name of a built-in type.
func (p *parser) typeName(t *Token, imported bool) Ident {
	if isSnake(t.Text) && !imported {
		p.doubtful = p.doubtful || t.First && !slices.Contains(BasicTypes, t.Text)
		return Ident{Name: t.Text, Span: t.Span}
	}
	return p.pascalOf(t, "a type")
}

// optional takes the `?` of a type, and says that a second one means nothing.
func (p *parser) optional(t *TypeRef) bool {
	found := false
	for {
		next := p.peek()
		switch {
		case next.is("?") && !found:
			found = true
		case next.is("?"), next.is("??"):
			d := source.New("FLV0031", next.Span, "a type is optional or not; a second `?` means nothing")
			d.Mend = "write a single `?`"
			first := ""
			if !found {
				first = "?"
			}
			d.Edits = []source.Edit{{Span: next.Span, Text: first}}
			p.report(d)
			found = true
		default:
			return found
		}
		p.at++
	}
}

// attributes are kept for later.
func (p *parser) attributes() {
	for p.peek().is("@") && p.ahead(1).Kind == Word {
		at := p.peek().Span.To(p.ahead(1).Span)
		d := source.New("FLV0032", at, "no attribute `%s` is known; `@` behind a type is kept for attributes to come", at.Text())
		d.Mend = "leave it out"
		d.Edits = []source.Edit{{Span: at, Text: ""}}
		p.report(d)
		p.at += 2
	}
}

// colonBeforeType takes the colon of other languages.
func (p *parser) colonBeforeType() {
	if t := p.peek(); t.is("=") && p.keyword(p.chunk) == "type" && p.at <= p.chunk.start+2 {
		if p.at++; p.peek().is("{") {
			d := source.New("FLV0024", t.Span, "the fields of a type follow its name without `=`")
			d.Mend = "leave it out"
			d.Edits = []source.Edit{{Span: t.Span, Text: ""}}
			p.fail(d)
		}
		p.mended("FLV0024", t.Span, "", "what a type is made of follows its name without `=`")
	} else if t.is(":") {
		p.mended("FLV0024", t.Span, "", "a type follows its name without `:`")
		p.at++
	}
}

// markBeforeType takes ?T and *T.
func (p *parser) markBeforeType(t *Token) {
	p.doubtful = true
	d := source.New("FLV0031", t.Span, "an optional type is written `T?`, with the `?` behind it")
	d.Mend = "write `?` behind the type"
	p.report(d)
	p.at++
}

// listBehind takes T[].
func (p *parser) listBehind(start int, t *TypeRef) {
	p.at += 2
	p.doubtful = true
	d := source.New("FLV0030", p.span(start), "a list is written with `[]` before the type of its items")
	d.Mend = "write `[]" + t.Span.Text() + "`"
	d.Edits = []source.Edit{{Span: d.Span, Text: "[]" + t.Span.Text()}}
	p.report(d)
}
