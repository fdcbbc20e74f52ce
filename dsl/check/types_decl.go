package check

import (
	"go/token"
	"slices"
	"strconv"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

func (c *checker) collectType(decl *syntax.Type) {
	name := decl.Name.Name.Name
	t := c.declared.types[name]
	if t == nil {
		t = &typeDecl{name: name, at: decl.Name.Name.Span}
		c.declared.types[name] = t
		c.declared.typeOrder = append(c.declared.typeOrder, t)
	}
	version := versionNumber(decl.Name)
	if first := t.version(version); first != nil {
		c.typeTwice(decl, first)
		first.more, t.doubles = append(first.more, decl.Fields), t.doubles+1
		t.clash = t.clash || !decl.IsStruct || !first.decl.IsStruct
		return
	}
	v := &typeVersion{of: t, decl: decl, version: version, typ: newType(decl, name, version)}
	t.versions = append(t.versions, v)
	if goType, ok := v.typ.(*model.GoType); ok {
		c.checkGoType(decl, goType)
	}
}

func (c *checker) typeTwice(decl *syntax.Type, first *typeVersion) {
	d := source.New(codeDeclaredTwice, decl.Name.Name.Span, "the type %s is declared twice", writtenName(first.of.name, decl.Name))
	d.Related = firstDeclared(first.decl.Name.Name.Span)
	d.Mend = "remove one of the two, or make it a version of its own: type " + first.of.name + "@" + strconv.Itoa(first.of.newest().version+1)
	c.report(d)
}

// writtenName is a name with the version that was written, if one was.
func writtenName(name string, v syntax.Versioned) string {
	if v.Version == nil {
		return name
	}
	return name + "@" + strconv.Itoa(v.Version.Value)
}

// versionNumber is the version that was written, 1 where none was.
func versionNumber(v syntax.Versioned) int {
	if v.Version == nil {
		return 1
	}
	return v.Version.Value
}

func newType(decl *syntax.Type, name string, version int) model.Type {
	at := decl.Name.Name.Span
	switch {
	case decl.IsStruct:
		return &model.Struct{Name: name, Version: version, Doc: decl.Doc, Span: at}
	case decl.Go != nil:
		return &model.GoType{Name: name, ImportPath: decl.Go.Path.Value, GoName: decl.Go.Name.Name, Doc: decl.Doc, Span: at}
	}
	return &model.Scalar{Name: name, Version: version, Base: invalidType, Doc: decl.Doc, Span: at}
}

func (c *checker) checkGoType(decl *syntax.Type, t *model.GoType) {
	if decl.Name.Version != nil {
		d := source.New(codeNoVersions, decl.Name.Version.Span, "%s is a Go type, which has no versions here: it marshals itself", t.Name)
		d.Mend = "write type " + t.Name + ` go "` + t.ImportPath + `".` + t.GoName
		c.report(d)
	}
	if !isImportPath(t.ImportPath) {
		c.notImportPath(codeGoReference, &decl.Go.Path)
	}
	if !token.IsExported(t.GoName) {
		c.mended("name a type that begins with a capital letter",
			source.New(codeGoReference, decl.Go.Name.Span, "%s is not exported: another Go package cannot name it", t.GoName))
	}
}

func (t *typeDecl) version(n int) *typeVersion {
	for _, v := range t.versions {
		if v.version == n {
			return v
		}
	}
	return nil
}

// forgot tells whether a version is probably one that is declared under another's number.
func (t *typeDecl) forgot(n int) bool {
	highest := t.newest().version
	return n > highest && n <= highest+t.doubles
}

func (t *typeDecl) newest() *typeVersion { return t.versions[len(t.versions)-1] }

// finishTypes puts versions into their order, looks for holes, and names all types in Go.
func (c *checker) finishTypes() {
	for _, t := range c.declared.typeOrder {
		slices.SortFunc(t.versions, func(a, b *typeVersion) int { return a.version - b.version })
		c.checkTypeHoles(t)
		for _, v := range t.versions {
			nameType(v)
		}
	}
	for _, file := range c.files {
		for _, decl := range file.Decls {
			if decl, ok := decl.(*syntax.Type); ok {
				c.publish(decl)
			}
		}
	}
}

// publish adds a type to the domain, in the order of declaration.
func (c *checker) publish(decl *syntax.Type) {
	for _, v := range c.declared.types[decl.Name.Name.Name].versions {
		if v.decl != decl {
			continue
		}
		switch t := v.typ.(type) {
		case *model.Struct:
			c.domain.Structs = append(c.domain.Structs, t)
		case *model.Scalar:
			c.domain.Scalars = append(c.domain.Scalars, t)
		case *model.GoType:
			c.domain.GoTypes = append(c.domain.GoTypes, t)
		}
	}
}

func (c *checker) checkTypeHoles(t *typeDecl) {
	want := 1
	for _, v := range t.versions {
		if v.version != want {
			d := source.New(codeTypeHole, v.decl.Name.Name.Span, "type %s@%d has no version %d before it", t.name, v.version, want)
			d.Mend = "versions are 1, 2, 3 without holes: declare type " + t.name + "@" + strconv.Itoa(want)
			c.report(d)
		}
		want = v.version + 1
	}
	_, isGo := t.newest().typ.(*model.GoType)
	_, wasGo := t.versions[0].typ.(*model.GoType)
	if len(t.versions) > 1 && isGo != wasGo {
		c.errorf(codeNoVersions, t.newest().decl.Name.Name.Span, "a Go type has no versions here: %s is a Go type in one version and none in another", t.name)
	}
}

// nameType gives a type its name in Go: older versions end in their number.
func nameType(v *typeVersion) {
	newest := v == v.of.newest()
	name := v.of.name
	if !newest {
		name += "V" + strconv.Itoa(v.version)
	}
	switch t := v.typ.(type) {
	case *model.Struct:
		t.GoName, t.Newest = name, newest
	case *model.Scalar:
		t.GoName, t.Newest = name, newest
	}
}

// resolveTypes gives scalars their bases and value types their fields. Bases come first: a scalar whose base is wrong
// is of no type, so that nothing else is said of its uses.
func (c *checker) resolveTypes() {
	for _, t := range c.declared.typeOrder {
		for _, v := range t.versions {
			if scalar, ok := v.typ.(*model.Scalar); ok {
				scalar.Base = c.scalarBase(v)
			}
		}
	}
	for _, t := range c.declared.typeOrder {
		for _, v := range t.versions {
			if structure, ok := v.typ.(*model.Struct); ok {
				structure.Fields = c.mergedFields(structFields, v.decl.Fields, v.more...)
			}
		}
	}
	c.linkTypeUpcasts()
	c.checkRecursion()
}

// scalarBase is what a named scalar is made of. Named types of lists or of other named types are rejected: what
// comes out of an operator would then depend on the operator.
func (c *checker) scalarBase(v *typeVersion) model.Type {
	if other := c.otherScalar(v.decl.Base); other != "" {
		d := source.New(codeScalarBase, v.decl.Base.Span, "%s is itself a named type; a named type is made of a basic one", other)
		d.Mend = "write the basic type that " + other + " is made of"
		c.report(d)
		return invalidType
	}
	base := c.typeRef(v.decl.Base)
	if _, ok := base.(*model.Basic); ok {
		return base
	}
	d := source.New(codeScalarBase, v.decl.Base.Span, "a named type is made of a basic type, not of %s", typeName(base))
	d.Mend = "use string, bool, int, float, decimal, time, duration or bytes, or make it a type with fields: type " + v.of.name + " { … }"
	c.report(d)
	return invalidType
}

// otherScalar is the name of the named scalar that a base is, "" if it is none. Its own base may not be known yet.
func (c *checker) otherScalar(t *syntax.TypeRef) string {
	v := c.versionMeant(t)
	if v == nil || v.decl.Base == nil || t.Optional {
		return ""
	}
	return t.Name.Name
}
