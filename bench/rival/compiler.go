package rival

import (
	"errors"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"go/types"
	"path"
	"runtime/debug"

	"github.com/fluvius-io/fluvius-go/bench/synthetic"
	"github.com/fluvius-io/fluvius-go/bench/work"
	"github.com/fluvius-io/fluvius-go/dsl"
	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
	"github.com/fluvius-io/fluvius-go/generator"
)

// GoParser is go/parser on a Go file of as many lines.
func GoParser() work.Rival {
	return table{work.GoParser, map[string]starter{"parse": goParse, "check": goParse, "generate": goParse}}
}

// GoTypes is go/parser and go/types on a Go file of as many lines, which imports nothing.
func GoTypes() work.Rival {
	return table{"go/parser and go/types", map[string]starter{"check": goCheck}}
}

// GoFormat is gofmt's library on a Go file of as many lines.
func GoFormat() work.Rival { return table{work.GoFormat, map[string]starter{"generate": goFormat}} }

// FluviusGenerate is the generator alone, on a domain that is checked already.
func FluviusGenerate() work.Rival {
	return table{"fluvius, the generator alone", map[string]starter{"generate": generate}}
}

// GoFormatOutput is gofmt's library on what the generator has made.
func GoFormatOutput() work.Rival {
	return table{"go/format on what is generated", map[string]starter{"generate": formatOutput}}
}

// checked is a job whose steps each say whether all is well, and which counts the steps.
//
// All of the compiler's rows run with the collector as lazy as in cmd/fluvgen, the baselines too: a compiler lives
// for a moment, and what it allocates lives as long.
func checked(step func() error) work.Job {
	once := repeat(func(int) (int64, error) {
		if err := step(); err != nil {
			return 0, err
		}
		return 1, nil
	}).(job)
	return job{run: func(c *work.Clock, n int) (int64, error) {
		defer debug.SetGCPercent(debug.SetGCPercent(200))
		return once.run(c, n)
	}}
}

func goParse(w *work.Workload, _ string) (work.Job, error) {
	text, units := synthetic.Go(w.Size)
	return checked(func() error {
		file, err := parser.ParseFile(token.NewFileSet(), "warehouse.go", text, parser.ParseComments|parser.SkipObjectResolution)
		if err == nil && len(file.Decls) < 10*units {
			err = errWrong
		}
		return err
	}), nil
}

func goCheck(w *work.Workload, _ string) (work.Job, error) {
	text, units := synthetic.Go(w.Size)
	return checked(func() error {
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, "warehouse.go", text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		pkg, err := new(types.Config).Check("warehouse", set, []*ast.File{file}, nil)
		if err == nil && len(pkg.Scope().Names()) < 9*units {
			err = errWrong
		}
		return err
	}), nil
}

func goFormat(w *work.Workload, _ string) (work.Job, error) {
	text, _ := synthetic.Go(w.Size)
	return formatting([]byte(text)), nil
}

func formatting(texts ...[]byte) work.Job {
	return checked(func() error {
		for _, text := range texts {
			out, err := format.Source(text)
			if err != nil {
				return err
			}
			if len(out) != len(text) {
				return errors.New("the text was not formatted")
			}
		}
		return nil
	})
}

func parse(w *work.Workload, _ string) (work.Job, error) {
	text, units := synthetic.Domain(w.Size)
	file := source.NewFile("warehouse.fluv", text)
	return checked(func() error {
		tree, list := syntax.Parse(file)
		if list.HasErrors() {
			return errors.New(list[0].Message)
		}
		if len(tree.Decls) < 6*units {
			return errWrong
		}
		return nil
	}), nil
}

// load parses and checks.
func load(text string) (*model.Domain, error) {
	loader := dsl.NewLoader(func(at string) (dsl.Input, error) {
		return dsl.Input{Key: at, Files: []*source.File{source.NewFile(path.Base(at), text)}}, nil
	})
	d, err := loader.Load("warehouse.fluv")
	if err != nil {
		return nil, err
	}
	if d == nil {
		return nil, errors.New(loader.Diagnostics()[0].Message)
	}
	return d, nil
}

func check(w *work.Workload, _ string) (work.Job, error) {
	text, units := synthetic.Domain(w.Size)
	return checked(func() error {
		d, err := load(text)
		if err == nil && len(d.Aggregates) != units {
			err = errWrong
		}
		return err
	}), nil
}

func generated(d *model.Domain) ([]generator.File, error) {
	return generator.Generate(d, generator.Options{ImportBase: "example.com/gen"})
}

// steady says whether what was made is as much as the first time.
func steady(size *int, files []generator.File) error {
	sum := 0
	for _, f := range files {
		sum += len(f.Content)
	}
	if *size == 0 {
		*size = sum
	}
	if sum != *size || sum == 0 {
		return errWrong
	}
	return nil
}

func compile(w *work.Workload, _ string) (work.Job, error) {
	text, _ := synthetic.Domain(w.Size)
	size := 0
	return checked(func() error {
		d, err := load(text)
		if err != nil {
			return err
		}
		files, err := generated(d)
		if err != nil {
			return err
		}
		return steady(&size, files)
	}), nil
}

func generate(w *work.Workload, _ string) (work.Job, error) {
	text, _ := synthetic.Domain(w.Size)
	d, err := load(text)
	if err != nil {
		return nil, err
	}
	size := 0
	return checked(func() error {
		files, err := generated(d)
		if err != nil {
			return err
		}
		return steady(&size, files)
	}), nil
}

func formatOutput(w *work.Workload, _ string) (work.Job, error) {
	text, _ := synthetic.Domain(w.Size)
	d, err := load(text)
	if err != nil {
		return nil, err
	}
	files, err := generated(d)
	if err != nil {
		return nil, err
	}
	var texts [][]byte
	for _, f := range files {
		texts = append(texts, f.Content)
	}
	return formatting(texts...), nil
}
