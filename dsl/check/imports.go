package check

import (
	"strings"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// collectImport resolves one import. Files of one domain may each import the same domain under the same
// name: it is one import then.
func (c *checker) collectImport(decl *syntax.Import) {
	name := decl.Name.Name
	if first := c.declared.imports[name]; first != nil {
		if sameImport(first.decl, decl) && first.decl.Span.File != decl.Span.File {
			return
		}
		c.declaredTwiceAs(codeImportTwice, "the import", decl.Name, first.decl.Name.Span)
		return
	}
	c.checkImportPaths(decl)
	imp := &importDecl{decl: decl, model: &model.Import{Name: name, Path: decl.Path.Value, Span: decl.Span}}
	if decl.Go != nil {
		imp.model.GoPath = decl.Go.Value
	}
	if c.resolve != nil && decl.Path.Value != "" {
		imp.model.Domain = c.resolve(decl, decl.Span.File)
	}
	c.checkImportedName(imp)
	c.declared.imports[name] = imp
	c.domain.Imports = append(c.domain.Imports, imp.model)
}

// checkImportedName keeps domains apart in the log, where a stream is a domain, an aggregate and an id.
func (c *checker) checkImportedName(imp *importDecl) {
	if imp.model.Domain == nil {
		return
	}
	name := imp.model.Domain.Name
	if name == c.domain.Name {
		d := source.New(codeImportName, imp.decl.Name.Span, "the imported domain is named %s, as this one is: in one log their events could not be told apart", name)
		d.Mend = renameOne
		c.report(d)
		return
	}
	for _, other := range c.domain.Imports {
		if other.Domain != nil && other.Domain != imp.model.Domain && other.Domain.Name == name {
			d := source.New(codeImportName, imp.decl.Name.Span, "two imported domains are named %s: in one log their events could not be told apart", name)
			d.Related = related(other.Span, "the other one")
			d.Mend = renameOne
			c.report(d)
			return
		}
	}
}

func sameImport(a, b *syntax.Import) bool {
	if (a.Go == nil) != (b.Go == nil) {
		return false
	}
	return a.Path.Value == b.Path.Value && (a.Go == nil || a.Go.Value == b.Go.Value)
}

func (c *checker) checkImportPaths(decl *syntax.Import) {
	if decl.Path.Value == "" {
		c.mended(`write it as seen from this file: import `+decl.Name.Name+` "../`+decl.Name.Name+`"`,
			source.New(codeImportPath, decl.Path.Span, "an import names the file or folder of the other domain, and this path is empty"))
	}
	if decl.Go != nil && !isImportPath(decl.Go.Value) {
		c.notImportPath(codeImportPath, decl.Go)
	}
}

// notImportPath reports what Go could not import.
func (c *checker) notImportPath(code source.Code, path *syntax.Text) {
	c.mended(`write it as an import of Go does, as in "example.com/shop"`,
		source.New(code, path.Span, "%q is not the import path of a Go package", path.Value))
}

// isImportPath tells whether Go could import that path; the go command is stricter about modules.
func isImportPath(path string) bool {
	if path == "" || strings.HasPrefix(path, "/") || strings.HasSuffix(path, "/") || strings.Contains(path, "//") {
		return false
	}
	return !strings.ContainsFunc(path, func(r rune) bool {
		return r <= ' ' || r == 0x7F || strings.ContainsRune("!\"#$%&'()*,:;<=>?[\\]^`{|}", r) || r == '\uFFFD'
	})
}

// isOwnAggregate reports an aggregate of this domain where an import is meant: what this domain has goes by its name
// alone.
func (c *checker) isOwnAggregate(name syntax.Ident, whole source.Span, alone string) bool {
	word := written(name)
	for _, a := range c.declared.aggregates {
		if c.declared.imports[word] != nil || a.model.Name != word && a.model.Wire != word {
			continue
		}
		d := source.New(codeUnknownImport, name.Span, "there is no import %s: it is an aggregate of this domain", word)
		d.Mend = "write " + alone
		d.Edits = []source.Edit{{Span: whole, Text: alone}}
		c.report(d)
		return true
	}
	return false
}

// importNamed is the import of that name; an unknown one is reported at the name.
func (c *checker) importNamed(name syntax.Ident) *importDecl {
	if imp := c.declared.imports[name.Name]; imp != nil {
		imp.used = true
		return imp
	}
	d := source.New(codeUnknownImport, name.Span, "there is no import %s", written(name))
	if suggest(&d, name, keysOf(c.declared.imports)); d.Mend == "" {
		d.Mend = "import the domain first: import " + name.Name + ` "../` + name.Name + `"`
	}
	c.report(d)
	return nil
}

// declaredTwiceAs reports a second declaration under a code of its own.
func (c *checker) declaredTwiceAs(code source.Code, what string, name syntax.Ident, first source.Span) {
	d := source.New(code, name.Span, "%s %s is declared twice", what, name.Name)
	d.Related = firstDeclared(first)
	d.Mend = removeOrRename
	c.report(d)
}
