package cli

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// Parse reads flags that may stand before, between and after arguments; `--` ends them. define adds the command's
// flags; nil if it has none. An error is flag.ErrHelp or a UsageError.
func Parse(c Command, args []string, define func(f *flag.FlagSet)) (rest []string, err error) {
	f := flag.NewFlagSet(c.Name, flag.ContinueOnError)
	f.SetOutput(io.Discard)
	if define != nil {
		define(f)
	}
	rest, err = permute(f, args)
	if err != nil {
		return nil, flagError(c, f, err)
	}
	return rest, nil
}

// permute lets flags stand after arguments, which package flag alone does not.
func permute(f *flag.FlagSet, args []string) (found []string, err error) {
	for len(args) > 0 {
		if err := f.Parse(args); err != nil {
			return nil, err
		}
		rest := f.Args()
		if ended := len(args) > len(rest) && args[len(args)-len(rest)-1] == "--"; ended {
			return append(found, rest...), nil
		}
		if len(rest) == 0 {
			break
		}
		found, args = append(found, rest[0]), rest[1:]
	}
	return found, nil
}

func flagError(c Command, f *flag.FlagSet, err error) error {
	if errors.Is(err, flag.ErrHelp) {
		return err
	}
	message := err.Error()
	if name, ok := strings.CutPrefix(message, "flag provided but not defined: -"); ok {
		message = fmt.Sprintf("%s has no flag -%s", c.Name, name)
		if near, ok := source.Nearest(name, flagNames(f)); ok {
			message += fmt.Sprintf("; did you mean -%s?", near)
		}
	}
	if start, ok := strings.CutSuffix(message, ": parse error"); ok {
		message = start + ": a whole number is wanted, from 0"
	}
	return UsageError{Message: message, Usage: c.Usage}
}

// One is the only argument of a command. What is missing is asked for with question; several are too many.
func One(c Command, args []string, question string) (string, error) {
	switch len(args) {
	case 0:
		return "", UsageError{Message: question, Usage: c.Usage}
	case 1:
		return args[0], nil
	}
	return "", UsageError{Message: fmt.Sprintf("%s takes one argument, not %d: %q is too many", c.Name, len(args), args[1]), Usage: c.Usage}
}

func flagNames(f *flag.FlagSet) (names []string) {
	f.VisitAll(func(one *flag.Flag) { names = append(names, one.Name) })
	return names
}
