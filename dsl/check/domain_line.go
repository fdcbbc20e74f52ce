package check

import (
	"go/token"
	"slices"

	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// barredPackages are names that the go command treats in its own way (it reads no file of a package documentation,
// and init can only be a function), and the runtime's, which generated code imports.
var barredPackages = []string{"main", "internal", "vendor", "runtime", "init", "documentation"}

// checkDomainLines checks what the files say after `domain`: a Go package name, the same in all of them.
func (c *checker) checkDomainLines() {
	var first *syntax.Ident
	for _, file := range c.files {
		c.domain.Files = append(c.domain.Files, file.Source)
		switch {
		case file.Domain == nil: // reported by the parser
		case first == nil:
			first = file.Domain
			c.domain.Name = first.Name
			c.checkDomainName(*first)
		case file.Domain.Name != first.Name:
			d := source.New(codeDomainsDiffer, file.Domain.Span, "this file says domain %s, another file beside it says domain %s",
				file.Domain.Name, first.Name)
			d.Related = related(first.Span, "domain "+first.Name+" is said here")
			d.Mend = "let all files of a folder say the same domain, or move this one to a folder of its own"
			c.report(d)
			c.domainsDiffer = true
		}
		if c.domain.Doc == "" {
			c.domain.Doc = file.Doc
		}
	}
}

// checkDomainName checks what the parser, which holds it to lower-case letters and digits, does not know.
func (c *checker) checkDomainName(name syntax.Ident) {
	switch {
	case token.IsKeyword(name.Name):
		c.mended(chooseAnotherName, source.New(codeDomainName, name.Span, "%s is a word of Go: no Go package can have that name", name.Name))
	case slices.Contains(barredPackages, name.Name):
		c.mended(chooseAnotherName, source.New(codeDomainName, name.Span, "a domain cannot be named %s: the name means something else in Go", name.Name))
	}
}
