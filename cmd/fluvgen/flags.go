package main

import (
	"flag"

	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/internal/cli"
)

// options are the flags that commands share, and what is left of the command line.
type options struct {
	format source.Format
	strict bool
	paths  []string
}

// parse reads the common flags, and those of one command, which define adds. Without a path it is this folder.
func parse(c command, args []string, define func(f *flag.FlagSet)) (o options, err error) {
	var format *string
	o.paths, err = cli.Parse(c, args, func(f *flag.FlagSet) {
		format = f.String("format", "text", "how diagnostics are printed: text, json or github")
		f.BoolVar(&o.strict, "strict", false, "let warnings fail")
		if define != nil {
			define(f)
		}
	})
	if err != nil {
		return o, err
	}
	if o.format, err = source.ParseFormat(*format); err != nil {
		return o, cli.UsageError{Message: err.Error(), Usage: c.Usage}
	}
	if len(o.paths) == 0 {
		o.paths = []string{"."}
	}
	return o, nil
}
