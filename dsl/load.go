// Package dsl is the front door of the language: it loads the domain at a path, and those it imports, from
// text to checked model. It opens no file by itself: whoever calls says how a path is read.
package dsl

import (
	"fmt"
	"path"

	"github.com/fluvius-io/fluvius-go/dsl/check"
	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// Input is the text of one domain: a file, or all files of a folder.
type Input struct {
	Key   string // names the domain's place: two paths to one place have one key
	Files []*source.File
}

// Reader reads the domain at a path: a file, or a folder of files. Its error is told to the user as it is.
type Reader func(path string) (Input, error)

// Loader loads domains, each place once, so that a domain that two others import is one model. It is for one
// goroutine at a time.
type Loader struct {
	read Reader
	done map[string]*model.Domain // by key; nil where there were errors
	open []opened                 // what is being loaded, outermost first
	list source.List
}

// opened is a domain that is being loaded, and the import through which it was come to; nil for the outermost.
type opened struct {
	key string
	by  *syntax.Import
}

// NewLoader is a loader that reads with read.
func NewLoader(read Reader) *Loader {
	return &Loader{read: read, done: map[string]*model.Domain{}}
}

// Diagnostics are all that was found so far, in order, in each domain once.
func (l *Loader) Diagnostics() source.List {
	list := append(source.List(nil), l.list...)
	list.Sort()
	return list.Dedup()
}

// Load is the domain at a path. It is nil where there are errors in it or in what it imports, which
// Diagnostics tells; the error is that of reading the path.
func (l *Loader) Load(path string) (*model.Domain, error) {
	input, err := l.read(path)
	if err != nil {
		return nil, err
	}
	return l.load(input, nil), nil
}

func (l *Loader) load(input Input, by *syntax.Import) *model.Domain {
	if domain, ok := l.done[input.Key]; ok {
		return domain
	}
	l.open = append(l.open, opened{input.Key, by})
	defer func() { l.open = l.open[:len(l.open)-1] }()

	var parsed source.List
	files := make([]*syntax.File, len(input.Files))
	for i, f := range input.Files {
		tree, list := syntax.Parse(f)
		files[i] = tree
		parsed = append(parsed, list...)
	}
	before := len(l.list)
	domain, checked := check.Check(files, l.resolve)
	l.list.Add(check.Join(parsed, checked)...)
	if l.list[before:].HasErrors() {
		domain = nil
	} else {
		l.list.Add(checkDefaults(domain)...)
	}
	l.done[input.Key] = domain
	return domain
}

// resolve loads what an import names. The path is relative to the folder of the file that imports.
func (l *Loader) resolve(imp *syntax.Import, from *source.File) *model.Domain {
	target := imp.Path.Value
	if !path.IsAbs(target) {
		target = path.Join(path.Dir(from.Path), target)
	}
	input, err := l.read(target)
	if err != nil {
		d := source.New("FLV0400", imp.Path.Span, "the domain %s cannot be imported: %v", imp.Name.Name, err)
		d.Mend = "name the other domain's file or folder, relative to the folder of this file"
		l.list.Add(d)
		return nil
	}
	for i, domain := range l.open {
		if domain.key == input.Key {
			l.list.Add(circle(imp, l.open[i+1:]))
			return nil
		}
	}
	return l.load(input, imp)
}

// circle reports an import that leads back to a domain, over those that were opened on the way.
func circle(imp *syntax.Import, way []opened) source.Diagnostic {
	message := "this domain imports itself"
	if len(way) > 0 {
		message = fmt.Sprintf("the import of %s closes a circle: it imports this domain, directly or through others", imp.Name.Name)
	}
	d := source.New("FLV0401", imp.Path.Span, "%s", message)
	d.Mend = "let only one of them listen to the other, or move what both need into a third domain"
	for _, step := range way {
		d.Related = append(d.Related, source.Related{Span: step.by.Path.Span, Message: step.by.Name.Name + " is imported here"})
	}
	return d
}
