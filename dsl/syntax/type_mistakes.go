package syntax

import (
	"slices"
	"strings"
)

// How other languages write lists, maps and optionals.

// genericNames are the names that other languages give to what has a form of its own here.
var genericNames = struct{ lists, optionals, maps []string }{
	lists:     []string{"list", "array", "slice", "vec", "vector", "set", "seq", "sequence", "collection", "iterable"},
	optionals: []string{"optional", "option", "maybe", "nullable"},
	maps:      []string{"map", "dict", "dictionary", "hashmap"},
}

// generic takes List<T>, Optional[T] and Map<K, V>, whose name at start was taken, for what they are here; it fails
// if that is not plain. It is nil if nothing of the kind follows.
func (p *parser) generic(start int) *TypeRef {
	t, open := &p.toks[start], p.peek()
	if open.Kind != Op {
		return nil
	}
	if t.is("map") && (open.is("{") || open.is("(")) {
		p.failf("FLV0030", t.Span.To(open.Span), "write `map[K]T`", "a map is written with brackets")
	}
	if !open.is("<") && !(open.is("[") && isUpper(t.Text) && open.Span.Start == t.Span.End && !p.ahead(1).is("]")) {
		return nil
	}
	at, failure, reported := p.at, p.failure, len(p.list)
	var args []*TypeRef
	understood := p.attempt(func() { args = p.typeArgs() })
	p.list = p.list[:reported]
	if meant := genericMeant(t.Text, args); understood && meant != nil {
		meant.Span = p.span(start)
		p.mended("FLV0030", meant.Span, meant.written(), "types have no `%s…%s` here", open.Text, p.toks[p.at-1].Text)
		return meant
	}
	if understood && t.is("Map") && len(args) == 1 && p.peek().Kind == Word {
		p.mended("FLV0030", t.Span, "map", "a map is written `map[K]T`")
		p.at = start
		return p.mapType(start)
	}
	p.at, p.failure = at, failure
	shown := map[string]string{"<": "<…>", "[": "[…]"}[open.Text]
	p.failf("FLV0030", t.Span.To(open.Span), "a list is written `[]T`, a map `map[K]T`, an optional `T?`", "types have no `%s` here", shown)
	return nil
}

// typeArgs are the types between the brackets at hand.
func (p *parser) typeArgs() (args []*TypeRef) {
	closing := "]"
	if p.next().is("<") {
		closing = ">"
	}
	args = append(args, p.typeRef())
	for p.accept(",") {
		args = append(args, p.typeRef())
	}
	p.expect(closing, "a type")
	return args
}

// genericMeant is what a generic type of that name is here, or nil.
func genericMeant(name string, args []*TypeRef) *TypeRef {
	name = strings.ToLower(name)
	if slices.ContainsFunc(args, func(t *TypeRef) bool { return t.Optional }) {
		return nil
	}
	switch {
	case len(args) == 1 && slices.Contains(genericNames.lists, name):
		return &TypeRef{Elem: args[0]}
	case len(args) == 1 && slices.Contains(genericNames.optionals, name):
		meant := *args[0]
		meant.Optional = true
		return &meant
	case len(args) == 2 && slices.Contains(genericNames.maps, name):
		return &TypeRef{Key: args[0], Value: args[1]}
	}
	return nil
}

// written is how a type is written.
func (t *TypeRef) written() string {
	text := ""
	switch {
	case t.Elem != nil:
		text = "[]" + t.Elem.written()
	case t.Key != nil:
		text = "map[" + t.Key.written() + "]" + t.Value.written()
	case t.Name == nil:
		text = "…"
	case t.Package != nil:
		text = t.Package.Name + "." + t.Name.Name
	default:
		text = t.Name.Name
	}
	if t.Version != nil {
		text += "@" + t.Version.Span.Text()
	}
	if t.Optional {
		text += "?"
	}
	return text
}

// mapOfPair takes map[K, T] and map[K: T]; the comma is next.
func (p *parser) mapOfPair(start int, key *TypeRef) *TypeRef {
	p.at++
	value := p.itemType("the values of a map are")
	p.closeBracket("]", "[", start+1)
	t := &TypeRef{Span: p.span(start), Key: key, Value: value}
	p.mended("FLV0030", t.Span, t.written(), "the type of a map's values stands behind the brackets")
	return t
}

// notList fails behind the `[` of what is no list.
func (p *parser) notList(open *Token) {
	if p.keyword(p.chunk) == "type" && p.at == p.chunk.start+3 && p.peek().Kind == Word {
		p.failf("FLV0030", open.Span, "leave it out, and write a type for each use", "a type has no parameters: there are no generics")
	}
	p.failf("FLV0030", open.Span, "write `[]T`", "a list is written `[]` and the type of its items")
}
