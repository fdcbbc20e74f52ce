package difffuzz

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/format"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/fluvius-io/fluvius-go/dsl"
	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/generator"
	"github.com/fluvius-io/fluvius-go/internal/difffuzz/compiled"
)

// base is the import path of what is compiled. The packages are there for one build only: the files stand in a
// temporary folder, and an overlay shows them to the go command where they would be. So they are part of this module,
// its go.mod and internal packages, and nothing is ever written into it.
const base = "github.com/fluvius-io/fluvius-go/internal/difffuzz/batch"

// Batch is domains compiled into one program.
type Batch struct {
	program string
}

// Build compiles domains; dir is an empty folder for it, root the repository.
func Build(root, dir string, domains []*Domain) (*Batch, error) {
	o := &overlay{root: filepath.Join(root, "internal", "difffuzz", "batch"), dir: dir, Replace: map[string]string{}}
	for _, d := range domains {
		files, err := generator.Generate(d.Model, generator.Options{ImportBase: base})
		if err != nil {
			return nil, fmt.Errorf("%s, seed %d: %w", d.Name, d.Seed, err)
		}
		if err := layoutCounts(d, files); err != nil {
			return nil, fmt.Errorf("%s, seed %d: %w", d.Name, d.Seed, err)
		}
		for _, f := range files {
			if laid, err := format.Source(f.Content); err != nil || !bytes.Equal(laid, f.Content) {
				return nil, fmt.Errorf("%s, seed %d: %s is not as gofmt lays it out (its error: %v)", d.Name, d.Seed, f.Name, err)
			}
			// The generated tests are part of the program, too: one build does for the tests of all.
			if err := o.write(d.Name+"/"+strings.Replace(f.Name, "_test.go", "_tests.go", 1), f.Content); err != nil {
				return nil, err
			}
		}
		if err := o.write(d.Name+"/drive.go", []byte(driver(d.Model))); err != nil {
			return nil, err
		}
	}
	if err := o.write("main.go", []byte(program(domains))); err != nil {
		return nil, err
	}
	return o.build(root)
}

// layoutCounts is an error if something else is made of a domain once fluvgen fmt has laid it out.
func layoutCounts(d *Domain, files []generator.File) error {
	text, list := dsl.Format(source.NewFile(d.Name+".fluv", d.Text))
	if list.HasErrors() {
		return list.Err()
	}
	laid, list := Check(string(text))
	if laid == nil {
		return fmt.Errorf("laid out it is wrong: %w", list.Err())
	}
	again, err := generator.Generate(laid, generator.Options{ImportBase: base})
	if err != nil {
		return err
	}
	for i, f := range files {
		if i >= len(again) || !bytes.Equal(again[i].Content, f.Content) {
			return fmt.Errorf("laid out by fluvgen fmt, it makes another %s", f.Name)
		}
	}
	return nil
}

type overlay struct {
	root, dir string
	Replace   map[string]string
}

func (o *overlay) write(name string, content []byte) error {
	path := filepath.Join(o.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return err
	}
	o.Replace[filepath.Join(o.root, name)] = path
	return os.WriteFile(path, content, 0o600)
}

func (o *overlay) build(root string) (*Batch, error) {
	text, err := json.Marshal(o)
	if err != nil {
		return nil, err
	}
	list := filepath.Join(o.dir, "overlay.json")
	if err := os.WriteFile(list, text, 0o600); err != nil {
		return nil, err
	}
	b := &Batch{program: filepath.Join(o.dir, "batch.exe")}
	// What is compiled runs for a moment only: to optimize it takes longer than it saves.
	cmd := exec.Command("go", "build", "-overlay", list, "-gcflags", base+"/...=-N -l", "-ldflags", "-s -w", "-o", b.program, base)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "GOWORK=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("go build: %w\n%s", err, out)
	}
	return b, nil
}

// driver is the file of a package that finds what a case asks for.
func driver(d *model.Domain) string {
	var b strings.Builder
	fmt.Fprintf(&b, "package %s\n\nimport %q\n\n", d.Name, "github.com/fluvius-io/fluvius-go/internal/difffuzz/compiled")
	b.WriteString("// Drive answers a case.\nfunc Drive(c *compiled.Case) compiled.Answer {\n\tswitch c.Aggregate + \" \" + c.Action {\n")
	for _, a := range d.Aggregates {
		fmt.Fprintf(&b, "\tcase %q:\n\t\treturn compiled.Fold(aggregate%s, json%s, c)\n", a.Name+" ", a.Name, a.Name)
		for _, action := range a.Actions {
			fmt.Fprintf(&b, "\tcase %q:\n\t\treturn compiled.Act(aggregate%s, json%s, do%s, json%s, c)\n",
				a.Name+" "+action.Name, a.Name, a.Name, action.Name, action.Name)
		}
	}
	b.WriteString("\t}\n\tpanic(\"no such case\")\n}\n")
	return b.String()
}

// program is the main package of a batch.
func program(domains []*Domain) string {
	var imports, entries, tests strings.Builder
	for _, d := range domains {
		fmt.Fprintf(&imports, "\t%q\n", base+"/"+d.Name)
		fmt.Fprintf(&entries, "\t\t%q: %s.Drive,\n", d.Name, d.Name)
		for _, a := range d.Model.Aggregates {
			fmt.Fprintf(&tests, "\t\t\t{Name: %q, F: %s.Test_%s_Properties},\n", d.Name+" "+a.Name, d.Name, a.Name)
		}
	}
	return fmt.Sprintf(`package main

import (
	"fmt"
	"os"
	"testing"

	"github.com/fluvius-io/fluvius-go/internal/difffuzz/compiled"
%s)

func main() {
	if os.Getenv("FLUV_SEED") != "" {
		all := func(string, string) (bool, error) { return true, nil }
		testing.Main(all, []testing.InternalTest{
%s		}, nil, nil)
	}
	err := compiled.Serve(os.Stdin, os.Stdout, map[string]func(*compiled.Case) compiled.Answer{
%s	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
`, imports.String(), tests.String(), entries.String())
}

// Properties runs the generated property tests of all domains of the batch. The error has what they said.
func (b *Batch) Properties(seed uint64) error {
	cmd := exec.Command(b.program)
	cmd.Env = append(os.Environ(), "FLUV_SEED="+strconv.FormatUint(seed, 10))
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("the generated tests: %w\n%s", err, out)
	}
	return nil
}

// Answers are what the compiled code says to cases.
func (b *Batch) Answers(cases []compiled.Case) ([]compiled.Answer, error) {
	var in bytes.Buffer
	encoder := json.NewEncoder(&in)
	for _, c := range cases {
		if err := encoder.Encode(c); err != nil {
			return nil, err
		}
	}
	cmd := exec.Command(b.program)
	var out, errs bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = &in, &out, &errs
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("the compiled program: %w\n%s", err, errs.String())
	}
	answers := make([]compiled.Answer, 0, len(cases))
	for decoder := json.NewDecoder(&out); decoder.More(); {
		var a compiled.Answer
		if err := decoder.Decode(&a); err != nil {
			return nil, err
		}
		answers = append(answers, a)
	}
	if len(answers) != len(cases) {
		return nil, fmt.Errorf("the compiled program answered %d of %d cases", len(answers), len(cases))
	}
	return answers, nil
}
