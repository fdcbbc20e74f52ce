package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	"github.com/fluvius-io/fluvius-go/generator"
	"github.com/fluvius-io/fluvius-go/internal/cli"
)

// check says what is wrong in each domain.
func check(t *terminal, c command, args []string) error {
	o, err := parse(c, args, nil)
	if err != nil {
		return err
	}
	_, err = load(t, o)
	return err
}

// generate writes the package of each domain: all of them, or none where anything is wrong.
func generate(t *terminal, c command, args []string) error {
	var out string
	var only, watching bool
	o, err := parse(c, args, func(f *flag.FlagSet) {
		f.StringVar(&out, "o", "", "the folder of the packages")
		f.BoolVar(&only, "check", false, "write nothing; fail with the difference if anything would change")
		f.BoolVar(&watching, "watch", false, "go on as files change, until interrupted")
	})
	if err != nil {
		return err
	}
	if watching && only {
		return cli.UsageError{Message: "-check looks once, and -watch goes on: only one of them", Usage: c.Usage}
	}
	if watching {
		return watchUntilInterrupted(t, o, out)
	}
	domains, err := load(t, o)
	if err != nil {
		return err
	}
	changes, err := plan(domains, out)
	if err != nil {
		return err
	}
	if !only {
		return apply(changes)
	}
	if len(changes) == 0 {
		return nil
	}
	if _, err := fmt.Fprint(t.Out, diff(changes)); err != nil {
		return err
	}
	fmt.Fprintln(t.Err, "fluvgen: what is generated is not up to date; run fluvgen generate")
	return cli.ErrFound
}

// plan makes the files of every domain and compares them with what stands on the disk.
func plan(domains []loaded, out string) ([]change, error) {
	var changes []change
	from := map[string]loaded{} // by target
	for _, d := range domains {
		base := out
		if base == "" {
			base = filepath.Join(d.folder, "gen")
		}
		target := filepath.Join(base, d.domain.Name)
		if first, ok := from[keyOf(target)]; ok {
			if first.domain == d.domain {
				continue // one domain, named twice
			}
			return nil, cli.InputError{Err: fmt.Errorf("%s and %s are both the domain %s and would be written to %s",
				slash(first.path), slash(d.path), d.domain.Name, slash(target))}
		}
		from[keyOf(target)] = d
		files, err := generator.Generate(d.domain, generator.Options{ImportBase: importPath(base)})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", slash(d.path), err)
		}
		more, err := planOutput(target, files)
		if err != nil {
			return nil, err
		}
		changes = append(changes, more...)
	}
	return changes, nil
}

var moduleLine = regexp.MustCompile(`(?m)^module[ \t]+"?([^\s"]+)"?`)

// importPath is the Go import path of a folder, by the go.mod above it; "" where there is none.
func importPath(folder string) string {
	absolute, err := filepath.Abs(folder)
	if err != nil {
		return ""
	}
	for dir := absolute; ; dir = filepath.Dir(dir) {
		text, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		if err == nil {
			m := moduleLine.FindSubmatch(text)
			below, relErr := filepath.Rel(dir, absolute)
			if m == nil || relErr != nil {
				return ""
			}
			return filepath.ToSlash(filepath.Join(string(m[1]), below))
		}
		if dir == filepath.Dir(dir) {
			return ""
		}
	}
}
