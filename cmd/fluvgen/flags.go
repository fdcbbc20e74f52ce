package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// options are the flags that commands share, and what is left of the command line.
type options struct {
	format source.Format
	strict bool
	paths  []string
}

// parse reads flags that may stand before, between and after paths; `--` ends them. Without a path it is this
// folder. define adds the flags of one command.
func parse(c command, args []string, define func(f *flag.FlagSet)) (options, error) {
	var o options
	f := flag.NewFlagSet(c.name, flag.ContinueOnError)
	f.SetOutput(io.Discard)
	format := f.String("format", "text", "how diagnostics are printed: text, json or github")
	f.BoolVar(&o.strict, "strict", false, "let warnings fail")
	if define != nil {
		define(f)
	}
	paths, err := permute(f, args)
	if err != nil {
		return o, flagError(c, f, err)
	}
	if o.format, err = source.ParseFormat(*format); err != nil {
		return o, usageError{message: err.Error(), usage: c.usage}
	}
	o.paths = paths
	if len(o.paths) == 0 {
		o.paths = []string{"."}
	}
	return o, nil
}

// permute lets flags stand after paths, which package flag alone does not.
func permute(f *flag.FlagSet, args []string) (paths []string, err error) {
	for len(args) > 0 {
		if err := f.Parse(args); err != nil {
			return nil, err
		}
		rest := f.Args()
		if ended := len(args) > len(rest) && args[len(args)-len(rest)-1] == "--"; ended {
			return append(paths, rest...), nil
		}
		if len(rest) == 0 {
			break
		}
		paths, args = append(paths, rest[0]), rest[1:]
	}
	return paths, nil
}

func flagError(c command, f *flag.FlagSet, err error) error {
	if errors.Is(err, flag.ErrHelp) {
		return err
	}
	message := err.Error()
	if name, ok := strings.CutPrefix(message, "flag provided but not defined: -"); ok {
		message = fmt.Sprintf("%s has no flag -%s", c.name, name)
		if near, ok := source.Nearest(name, flagNames(f)); ok {
			message += fmt.Sprintf("; did you mean -%s?", near)
		}
	}
	return usageError{message: message, usage: c.usage}
}

func flagNames(f *flag.FlagSet) (names []string) {
	f.VisitAll(func(one *flag.Flag) { names = append(names, one.Name) })
	return names
}
