package check

import (
	"maps"
	"slices"
	"strconv"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// foreignTypes are what people write who think of another language.
var foreignTypes = map[string]string{
	"int64": "int", "int32": "int", "integer": "int", "long": "int", "number": "decimal", "float64": "float",
	"double": "float", "boolean": "bool", "text": "string", "str": "string", "date": "time", "datetime": "time",
	"timestamp": "time", "money": "decimal", "uuid": "string", "byte": "bytes", "any": "json", "object": "json",
	"String": "string", "Int": "int", "Bool": "bool", "Float": "float", "Decimal": "decimal", "Time": "time",
	"Duration": "duration", "Bytes": "bytes", "JSON": "json", "Json": "json", "Integer": "int", "Boolean": "bool",
}

// keysOf are the names of a map, in alphabetical order.
func keysOf[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }

// typeRef is the type that was written. What is wrong with it is reported, and it is Invalid then.
func (c *checker) typeRef(t *syntax.TypeRef) model.Type {
	if t == nil {
		return invalidType
	}
	plain := c.plainType(t)
	if t.Optional && !isInvalid(plain) {
		return &model.Optional{Elem: plain}
	}
	return plain
}

func (c *checker) plainType(t *syntax.TypeRef) model.Type {
	switch {
	case t.Elem != nil:
		elem := c.typeRef(t.Elem)
		if isInvalid(elem) {
			return invalidType
		}
		return &model.List{Elem: elem}
	case t.Key != nil:
		return c.mapType(t)
	case t.Name == nil:
		return invalidType
	case t.Package != nil:
		return c.importedType(t)
	}
	return c.namedType(t)
}

func (c *checker) mapType(t *syntax.TypeRef) model.Type {
	key := c.typeRef(t.Key)
	elem := c.typeRef(t.Value)
	if isInvalid(key) || isInvalid(elem) {
		return invalidType
	}
	switch k := key.(type) {
	case *model.Enum, *model.ID:
		return &model.Map{Key: key, Elem: elem}
	case *model.Basic:
		if k.Kind == model.String || k.Kind == model.Int {
			return &model.Map{Key: key, Elem: elem}
		}
	}
	d := source.New(codeMapKey, t.Key.Span, "the keys of a map are string, int, an enum or an id, not %s", typeName(key))
	d.Mend = "use one of these, or a list of a type with both values"
	if scalar, ok := key.(*model.Scalar); ok {
		d.Mend = "write map[" + typeName(scalar.Base) + "]: a named type is not a key"
	}
	c.report(d)
	return invalidType
}

// importedType is another domain's id: nothing else of it can be named, its types are its own.
func (c *checker) importedType(t *syntax.TypeRef) model.Type {
	if c.isOwnAggregate(*t.Package, t.Span, t.Name.Name) {
		return invalidType
	}
	imp := c.importNamed(*t.Package)
	if imp == nil || imp.model.Domain == nil {
		return invalidType
	}
	var ids []string
	for _, a := range imp.model.Domain.Aggregates {
		if a.ID.GoName == t.Name.Name {
			return a.ID
		}
		ids = append(ids, a.ID.GoName)
	}
	d := source.New(codeUnknownType, t.Name.Span, "%s has no id type %s; only keys and ids of an imported domain can be named", t.Package.Name, written(*t.Name))
	suggest(&d, *t.Name, ids)
	c.report(d)
	return invalidType
}

func (c *checker) namedType(t *syntax.TypeRef) model.Type {
	name := t.Name.Name
	if decl := c.declared.types[name]; decl != nil {
		return c.typeVersion(decl, t.Version)
	}
	typ := c.unversionedType(name)
	if typ == nil {
		c.unknownType(*t.Name)
		return invalidType
	}
	if t.Version != nil {
		c.noVersions(*t.Name, t.Version)
	}
	return typ
}

// unversionedType is a basic type, an enum or an id.
func (c *checker) unversionedType(name string) model.Type {
	if basic := basicTypes[name]; basic != nil {
		return basic
	}
	if e := c.declared.enums[name]; e != nil {
		e.used = true
		return e.model
	}
	for _, a := range c.declared.aggregates {
		if a.model.ID.GoName == name {
			return a.model.ID
		}
	}
	return nil
}

func (c *checker) noVersions(name syntax.Ident, version *syntax.Number) {
	d := source.New(codeNoVersions, version.Span, "%s has no versions: only value types and events have", name.Name)
	d.Mend = "write " + name.Name
	c.report(d)
}

func (c *checker) typeVersion(decl *typeDecl, version *syntax.Number) model.Type {
	decl.used = true
	if decl.clash {
		return invalidType
	}
	if version == nil {
		return known(decl.newest().typ)
	}
	v := decl.version(version.Value)
	if v == nil {
		c.unknownTypeVersion(decl, version)
		return invalidType
	}
	return known(v.typ)
}

// known is t, or no type where t is a scalar whose base is wrong.
func known(t model.Type) model.Type {
	if scalar, ok := t.(*model.Scalar); ok && isInvalid(scalar.Base) {
		return invalidType
	}
	return t
}

func (c *checker) unknownTypeVersion(decl *typeDecl, version *syntax.Number) {
	c.noTypeVersion(decl, version, "write "+decl.name+" for the newest version, or "+declareTypeVersion(decl, version))
}

// noTypeVersion reports a version that a type has not, unless it is a hole, which was reported.
func (c *checker) noTypeVersion(decl *typeDecl, version *syntax.Number, mend string) {
	newest := decl.newest()
	if version.Value < newest.version || decl.forgot(version.Value) {
		return
	}
	d := source.New(codeUnknownTypeV, version.Span, "there is no %s@%d", decl.name, version.Value)
	d.Mend = mend
	d.Related = related(newest.decl.Name.Name.Span, "the newest version is "+decl.name+"@"+strconv.Itoa(newest.version))
	c.report(d)
}

func declareTypeVersion(decl *typeDecl, version *syntax.Number) string {
	return "declare type " + decl.name + "@" + strconv.Itoa(version.Value)
}

func (c *checker) unknownType(name syntax.Ident) {
	d := source.New(codeUnknownType, name.Span, "there is no type %s", written(name))
	if c.declared.byName[name.Name] != nil {
		d.Message = name.Name + " is an aggregate, not a type: a field can hold its id"
		d.Mend = "write " + name.Name + "ID"
		d.Edits = []source.Edit{{Span: name.Span, Text: name.Name + "ID"}}
	} else if right := foreignTypes[name.Name]; right != "" {
		d.Mend = "write " + right
		d.Edits = []source.Edit{{Span: name.Span, Text: right}}
	} else if suggest(&d, name, c.typeNames()); d.Mend == "" {
		d.Mend = mendNoType(name)
		if kind := c.kindNamed(written(name)); kind != "" {
			d.Message = written(name) + " is " + kind + ", not a type"
			d.Mend = "write the type of what the field holds, as string or int"
		}
	}
	c.report(d)
}

// typeNames are all names that stand for a type.
func (c *checker) typeNames() []string {
	names := append(keysOf(c.declared.types), keysOf(c.declared.enums)...)
	names = append(names, keysOf(basicTypes)...)
	for _, a := range c.declared.aggregates {
		names = append(names, a.model.ID.GoName)
	}
	return names
}

// typeNamed is the value type, enum or scalar of that name, nil if there is none: that was reported then.
func (c *checker) typeNamed(v syntax.Versioned) model.Type {
	ref := &syntax.TypeRef{Span: v.Name.Span, Name: &v.Name, Version: v.Version}
	if typ := c.namedType(ref); !isInvalid(typ) {
		return typ
	}
	return nil
}

// enumNamed is the enum of that name, nil if there is none.
func (c *checker) enumNamed(name string) *model.Enum {
	e := c.declared.enums[name]
	if e == nil {
		return nil
	}
	e.used = true
	return e.model
}
