// Package generator makes a Go package of a checked domain. It decides all names first, in a plan that nobody
// changes afterwards, and then emits the files side by side. It never touches the disk, and its bytes depend on the
// model alone.
package generator

import (
	"bytes"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/dave/jennifer/jen"

	"github.com/fluvius-io/fluvius-go/dsl/model"
)

// Options say what the model does not.
type Options struct {
	// ImportBase is the Go import path of the output folder. A domain that another one imports without `go "…"` is
	// found at ImportBase + "/" + its name.
	ImportBase string
}

// File is one file of the package: its name without a folder, and what is in it.
type File struct {
	Name    string
	Content []byte
}

// Generate makes the package of d, its files in order of their names. An error is a name that Go cannot have twice,
// or a fault of the generator's own.
func Generate(d *model.Domain, o Options) ([]File, error) {
	if d == nil {
		return nil, errors.New("generate: there is no domain")
	}
	p, err := planned(d, o)
	if err != nil {
		return nil, err
	}
	jobs := p.jobs()
	files := make([]File, len(jobs))
	errs := make([]error, len(jobs))
	eachOf(len(jobs), func(i int) { files[i], errs[i] = jobs[i].run() })
	made := files[:0]
	for i := range files {
		if errs[i] != nil {
			return nil, errs[i]
		}
		if files[i].Content != nil {
			made = append(made, files[i])
		}
	}
	return made, nil
}

// eachOf calls do with 0 to n-1 in turn, as many at a time as there are processors: more would only hold more memory.
func eachOf(n int, do func(int)) {
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	workers.Wait()
}

// planned is newPlan; what it meets and does not know is an error, as in job.run.
func planned(d *model.Domain, o Options) (p *plan, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("generate %s: %v", d.Name, r)
		}
	}()
	return newPlan(d, o)
}

// job emits one file; emit answers nil for one that would be empty.
type job struct {
	name string
	emit func() *jen.File
}

// run turns a panic into an error: a construct that an emitter does not know must not end the command.
func (j job) run() (f File, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("generate %s: %v", j.name, r)
		}
	}()
	file := j.emit()
	if file == nil {
		return File{}, nil
	}
	content, err := render(file)
	if err != nil {
		return File{}, fmt.Errorf("generate %s: %w", j.name, err)
	}
	return File{Name: j.name, Content: content}, nil
}

// render formats once, at the end.
func render(file *jen.File) ([]byte, error) {
	file.NoFormat = true
	var raw bytes.Buffer
	if err := file.Render(&raw); err != nil {
		return nil, err
	}
	return laidOut(stdFirst(raw.Bytes()))
}

// stdFirst puts the imports of the standard library before the others, with an empty line between.
func stdFirst(text []byte) []byte {
	begin := bytes.Index(text, []byte("\nimport ("))
	if begin < 0 {
		return text
	}
	begin += len("\nimport (\n")
	end := begin + bytes.Index(text[begin:], []byte("\n)"))
	var std, others []string
	for line := range strings.SplitSeq(string(text[begin:end]), "\n") {
		if first, _, _ := strings.Cut(line, "/"); strings.Contains(first, ".") {
			others = append(others, line)
		} else {
			std = append(std, line)
		}
	}
	if std == nil || others == nil {
		return text
	}
	imports := strings.Join(std, "\n") + "\n\n" + strings.Join(others, "\n")
	return slices.Concat(text[:begin], []byte(imports), text[end:])
}
