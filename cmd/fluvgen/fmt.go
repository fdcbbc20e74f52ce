package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"github.com/fluvius-io/fluvius-go/dsl"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/internal/cli"
)

// formatting is one command line of fluvgen fmt.
type formatting struct {
	t                 *terminal
	list, diff, write bool
	changes           []change
	found             source.List
	differs           bool
}

// format prints domains in the canonical layout. What has mistakes is laid out as far as it can be.
func format(t *terminal, c command, args []string) error {
	f := &formatting{t: t}
	var format string
	paths, err := cli.Parse(c, args, func(flags *flag.FlagSet) {
		flags.BoolVar(&f.list, "l", false, "list the files that would change")
		flags.BoolVar(&f.diff, "d", false, "show what would change")
		flags.BoolVar(&f.write, "w", false, "rewrite the files")
		flags.StringVar(&format, "format", "text", "how diagnostics are printed")
	})
	if err != nil {
		return err
	}
	kind, err := source.ParseFormat(format)
	if err != nil {
		return cli.UsageError{Message: err.Error(), Usage: c.Usage}
	}
	if f.write && (len(paths) == 0 || slices.Contains(paths, "-")) {
		return cli.UsageError{Message: "-w needs the paths to rewrite; without one, and for -, standard input is read", Usage: c.Usage}
	}
	unread, err := f.all(paths)
	if err != nil {
		return err
	}
	if err := apply(f.changes); err != nil {
		return err
	}
	return f.outcome(kind, unread)
}

// all formats each file. Unread are those that could not be read; err is a fault.
func (f *formatting) all(paths []string) (unread []error, err error) {
	if len(paths) == 0 {
		return f.standardInput()
	}
	seen := map[string]bool{}
	for _, path := range paths {
		if path == "-" {
			more, err := f.standardInput()
			if err != nil {
				return nil, err
			}
			unread = append(unread, more...)
			continue
		}
		input, err := read(path)
		if err != nil {
			unread = append(unread, err)
			continue
		}
		for _, file := range input.Files {
			if key := keyOf(file.Path); !seen[key] {
				seen[key] = true
				if err := f.one(file); err != nil {
					return nil, err
				}
			}
		}
	}
	return unread, nil
}

func (f *formatting) standardInput() (unread []error, err error) {
	text, err := io.ReadAll(io.LimitReader(f.t.In, maxFile+1))
	if err == nil && len(text) > maxFile {
		err = fmt.Errorf("this is larger than %d MB; is it a domain?", maxFile>>20)
	}
	if err != nil {
		return []error{&fileError{"standard input", err}}, nil
	}
	return nil, f.one(source.NewFile("standard input", string(text)))
}

func (f *formatting) one(file *source.File) error {
	out, list := dsl.Format(file)
	for _, d := range list {
		if d.Severity == source.Error {
			f.found.Add(d) // warnings are for check
		}
	}
	differs := string(out) != file.Text
	f.differs = f.differs || differs
	var err error
	if f.list && differs {
		_, err = fmt.Fprintln(f.t.Out, slash(file.Path))
	}
	if f.diff && differs && err == nil {
		name := strings.TrimPrefix(slash(file.Path), "/")
		_, err = io.WriteString(f.t.Out, udiff.Unified("a/"+name, "b/"+name, file.Text, string(out)))
	}
	if !f.list && !f.diff && !f.write && err == nil {
		_, err = f.t.Out.Write(out)
	}
	if f.write && differs {
		return errors.Join(err, f.rewrite(file, out))
	}
	return err
}

// rewrite notes a change of the file itself where its path is a link, with the permissions it has.
func (f *formatting) rewrite(file *source.File, out []byte) error {
	path := keyOf(file.Path)
	info, err := os.Stat(path)
	if err != nil {
		return unwritable(err)
	}
	f.changes = append(f.changes, change{path: path, old: []byte(file.Text), new: out, mode: info.Mode().Perm()})
	return nil
}

// outcome prints what was found, and fails if there was anything.
func (f *formatting) outcome(kind source.Format, unread []error) error {
	f.found.Sort()
	if err := tell(f.t, kind, f.found, unread); err != nil {
		return err
	}
	if f.found.HasErrors() || (f.list || f.diff) && f.differs {
		return cli.ErrFound
	}
	return nil
}
