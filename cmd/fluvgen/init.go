package main

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"text/template"

	"github.com/fluvius-io/fluvius-go/dsl"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/generator"
	"github.com/fluvius-io/fluvius-go/internal/cli"
)

//go:embed scaffold/*.tmpl
var scaffolds embed.FS

// scaffold is the files of a new module, by the name of their template.
var scaffold = map[string]string{
	"go.mod": "go.mod", "domain.fluv": "domain.fluv", "generate.go": "generate.go", "main.go": "main.go",
	"main_test.go": "main_test.go", "gitignore": ".gitignore",
}

const modulePath = "github.com/fluvius-io/fluvius-go"

// newModule is what the templates are filled with.
type newModule struct {
	Folder, Module, Domain string
	Go, Version, Checkout  string
	Requires               []string // of the checkout, so that all works before anything is downloaded
	sums                   []byte   // its go.sum
	published              bool
}

// initialize makes a new module: in a new folder, or in this one for the name `.`.
func initialize(t *terminal, c command, args []string) error {
	names, err := cli.Parse(c, args, nil)
	if err != nil {
		return err
	}
	name, err := cli.One(c, names, "what is the new module called?")
	if err != nil {
		return err
	}
	dir, m, err := moduleOf(name)
	if err != nil {
		return cli.UsageError{Message: err.Error(), Usage: c.Usage}
	}
	if err := requireEmpty(dir); err != nil {
		return err
	}
	m.origin()
	changes, err := m.files(dir)
	if err != nil {
		return err
	}
	if err := apply(changes); err != nil {
		return err
	}
	return m.next(t, dir)
}

var moduleName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._~-]*(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*$`)

// standard are the folders of Go's own library: imports of a module called so would be looked for there.
var standard = strings.Fields("archive bufio builtin bytes cmd cmp compress container context crypto database debug embed " +
	"encoding errors expvar flag fmt go hash html image index internal io iter log maps math mime net os path plugin reflect " +
	"regexp runtime slices sort strconv strings structs sync syscall testing text time unicode unique unsafe vendor weak")

// moduleOf is the module of a name, and the folder that it goes to: example.com/acme/todo goes to todo.
func moduleOf(name string) (dir string, m newModule, err error) {
	dir, module := "", strings.TrimSuffix(filepath.ToSlash(name), "/")
	if module == "." {
		here, err := filepath.Abs(".")
		if err != nil {
			return "", m, err
		}
		dir, module = ".", filepath.Base(here)
	}
	if !moduleName.MatchString(module) {
		return "", m, fmt.Errorf("%q is no name for a Go module; one is todo, or example.com/acme/todo", module)
	}
	if first, _, _ := strings.Cut(module, "/"); slices.Contains(standard, first) {
		return "", m, fmt.Errorf("%q is a package of Go's own library, and no module may be called so; choose another name", first)
	}
	m = newModule{Module: module, Folder: module[strings.LastIndexByte(module, '/')+1:]}
	if dir == "" {
		dir = m.Folder
	}
	m.Domain, err = domainName(m.Folder)
	return dir, m, err
}

// domainName is a folder's name as the name of a domain: To-Do becomes todo.
func domainName(folder string) (string, error) {
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(folder))
	if name = strings.TrimLeft(name, "0123456789"); name == "" {
		return "", fmt.Errorf("%q has no letters to name a domain with", folder)
	}
	if !soundDomain(name) {
		return "", fmt.Errorf("%q cannot be the name of a domain, since its Go package cannot be called that; choose another", name)
	}
	return name, nil
}

// soundDomain asks the compiler, which knows all names that Go does not allow. What main.go has names for is
// refused too.
func soundDomain(name string) bool {
	switch name {
	case "sqlite", "memory", "context", "flag", "fmt", "os", "signal", "errors", "filepath", "testing", "run", "reactions",
		"ctx", "db", "d", "e", "t", "id", "err", "store", "path", "task", "stop", "string", "error", "nil", "runtime":
		return false
	}
	loader := dsl.NewLoader(func(string) (dsl.Input, error) {
		return dsl.Input{Key: "x", Files: []*source.File{source.NewFile("domain.fluv", "domain "+name+"\n")}}, nil
	})
	domain, err := loader.Load("domain.fluv")
	return err == nil && domain != nil
}

func requireEmpty(dir string) error {
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("cannot make the module: %w", plain(dir, err))
	}
	for _, e := range entries {
		if e.Name() != ".git" {
			return fmt.Errorf("%s: this folder is not empty (it has %s); fluvgen init overwrites nothing", slash(dir), e.Name())
		}
	}
	return nil
}

// origin finds what the new module has to require: the published version that this program is, or the checkout
// that it was built from.
func (m *newModule) origin() {
	m.Go, m.Version = "1.26.0", "v0.0.0"
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Path == modulePath && info.Main.Sum != "" {
		m.Version, m.published = info.Main.Version, true
		return
	}
	if m.Checkout = checkout(); m.Checkout != "" {
		m.fromCheckout()
	}
}

var requireLine = regexp.MustCompile(`(?m)^(?:require)?[ \t]+([^\s()]+ v[^\s]+)`)

// fromCheckout takes over what the checkout requires; go mod tidy keeps what is needed.
func (m *newModule) fromCheckout() {
	dir := filepath.FromSlash(m.Checkout)
	text, _ := os.ReadFile(filepath.Join(dir, "go.mod"))
	for _, found := range requireLine.FindAllSubmatch(text, -1) {
		m.Requires = append(m.Requires, string(found[1]))
	}
	m.sums, _ = os.ReadFile(filepath.Join(dir, "go.sum"))
	if strings.ContainsAny(m.Checkout, " \t\"'`") {
		m.Checkout = strconv.Quote(m.Checkout)
	}
}

// checkout is the folder with the source of this program; "" if that is not there, or it was built with -trimpath.
func checkout() string {
	_, file, _, ok := runtime.Caller(0)
	if !ok || !filepath.IsAbs(file) {
		return ""
	}
	dir := filepath.Join(filepath.Dir(file), "..", "..")
	text, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	if err != nil {
		return ""
	}
	if found := moduleLine.FindSubmatch(text); found == nil || string(found[1]) != modulePath {
		return ""
	}
	return slash(dir)
}

// files are those of the module, with the package that is generated from its domain.
func (m *newModule) files(dir string) ([]change, error) {
	var changes []change
	all, err := template.ParseFS(scaffolds, "scaffold/*.tmpl")
	if err != nil {
		return nil, err
	}
	var domain string
	for name, target := range scaffold {
		var text bytes.Buffer
		if err := all.ExecuteTemplate(&text, name+".tmpl", m); err != nil {
			return nil, err
		}
		if target == "domain.fluv" {
			domain = text.String()
		}
		changes = append(changes, change{path: filepath.Join(dir, target), new: text.Bytes()})
	}
	if m.sums != nil {
		changes = append(changes, change{path: filepath.Join(dir, "go.sum"), new: m.sums})
	}
	generated, err := m.generated(domain)
	for _, f := range generated {
		changes = append(changes, change{path: filepath.Join(dir, "gen", m.Domain, f.Name), new: f.Content})
	}
	return changes, err
}

func (m *newModule) generated(text string) ([]generator.File, error) {
	loader := dsl.NewLoader(func(string) (dsl.Input, error) {
		return dsl.Input{Key: "domain.fluv", Files: []*source.File{source.NewFile("domain.fluv", text)}}, nil
	})
	domain, err := loader.Load("domain.fluv")
	if err != nil || domain == nil {
		return nil, errors.Join(err, loader.Diagnostics().Err())
	}
	return generator.Generate(domain, generator.Options{ImportBase: m.Module + "/gen"})
}

// next prints the commands that follow. What init takes over from a checkout is enough to build with; a published
// version's own dependencies are found out by go mod tidy.
func (m *newModule) next(t *terminal, dir string) error {
	if !m.published && m.Checkout == "" {
		fmt.Fprintf(t.Err, "fluvgen: this fluvgen is no published version, and its source is not found. Tell %s where that is, first:\n"+
			"    go mod edit -replace %s=FOLDER\n", slash(filepath.Join(dir, "go.mod")), modulePath)
	}
	var first []string
	if dir != "." {
		first = append(first, "cd "+slash(dir))
	}
	if m.Checkout == "" {
		first = append(first, "go mod tidy")
	}
	commands := "go test ./... && go run .\n"
	if len(first) > 0 {
		commands = strings.Join(first, " && ") + "\n" + commands
	}
	_, err := fmt.Fprint(t.Out, commands)
	return err
}
