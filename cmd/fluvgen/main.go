// Command fluvgen is the compiler of .fluv domains: it checks them and writes the Go package of each.
//
// It exits with 0 when all is fine, 1 when it found something (an error in the input, a missing or unreadable
// input, a difference, a failed test) and 2 on wrong usage, unwritable output or a fault of its own.
// Diagnostics go to standard error, results to standard output, success is silent.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"

	"golang.org/x/term"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// The exit statuses.
const (
	exitFine  = 0
	exitFound = 1
	exitUsage = 2
)

func main() {
	color := os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && term.IsTerminal(int(os.Stderr.Fd()))
	os.Exit(run(os.Args[1:], &terminal{in: os.Stdin, out: os.Stdout, err: os.Stderr, color: color}))
}

// terminal is where a command reads and writes.
type terminal struct {
	in       io.Reader
	out, err io.Writer
	color    bool // whether err shows colours
}

// command is one word after fluvgen.
type command struct {
	name, usage, summary string
	flags                []string // "-o DIR", "what it does", ...
	run                  func(t *terminal, c command, args []string) error
}

// common are the flags of every command that reads domains.
var common = []string{
	"-format F", "how diagnostics are printed: text (for people), json (one object a line) or github",
	"-strict", "let warnings fail",
}

func commands() []command {
	return []command{
		{"generate", "generate [-o DIR] [-check] [-format F] [-strict] [PATH...]", "write the Go package of each domain", append([]string{
			"-o DIR", "write each package to DIR/<domain>; without it to gen/<domain> beside the domain",
			"-check", "write nothing; show what would change, and fail if anything would",
		}, common...), generate},
		{"check", "check [-format F] [-strict] [PATH...]", "say what is wrong in each domain; write nothing", common, check},
		{"test", "test [-run RE] [-format F] [-strict] [PATH...]", "run the test blocks of each domain, without Go", append([]string{
			"-run RE", "only the tests whose Aggregate/name matches this regular expression",
		}, common...), test},
		{"explain", "explain CODE", "tell more about a diagnostic, with a wrong and a right example", nil, explain},
		{"version", "version", "say which fluvgen this is", nil, version},
	}
}

// run carries out one command line and answers the exit status.
func run(args []string, t *terminal) (status int) {
	defer func() {
		if p := recover(); p != nil {
			fmt.Fprintf(t.err, "fluvgen: a fault of fluvgen itself, please report it with the domain that caused it: %v\n%s", p, debug.Stack())
			status = exitUsage
		}
	}()
	err := dispatch(args, t)
	if err == nil {
		return exitFine
	}
	var usage usageError
	if errors.As(err, &usage) {
		fmt.Fprintf(t.err, "fluvgen: %s\n", usage.message)
		if usage.usage != "" {
			fmt.Fprintf(t.err, "usage: fluvgen %s\n", usage.usage)
		}
		fmt.Fprintln(t.err, "Run `fluvgen help` for all commands.")
		return exitUsage
	}
	if errors.Is(err, errFound) {
		return exitFound
	}
	fmt.Fprintf(t.err, "fluvgen: %v\n", err)
	var input inputError
	if errors.As(err, &input) {
		return exitFound
	}
	return exitUsage
}

func dispatch(args []string, t *terminal) error {
	if len(args) == 0 {
		return usageError{message: "which command?"}
	}
	switch args[0] {
	case "help", "-h", "-help", "--help":
		return help(t, args[1:])
	case "-version", "--version":
		return version(t, command{}, nil)
	}
	for _, c := range commands() {
		if c.name == args[0] {
			err := c.run(t, c, args[1:])
			if errors.Is(err, flag.ErrHelp) {
				return help(t, []string{c.name})
			}
			return err
		}
	}
	return usageError{message: unknownCommand(args[0])}
}

// errFound says that what was found has been printed already.
var errFound = errors.New("found something")

// inputError is a missing or unreadable input.
type inputError struct{ error }

func (e inputError) Unwrap() error { return e.error }

// usageError is a command line that cannot be carried out.
type usageError struct{ message, usage string }

func (e usageError) Error() string { return e.message }

func help(t *terminal, args []string) error {
	if len(args) > 0 {
		for _, c := range commands() {
			if c.name == args[0] {
				helpOn(t.out, c)
				return nil
			}
		}
		return usageError{message: unknownCommand(args[0])}
	}
	fmt.Fprint(t.out, "fluvgen turns .fluv domains into typed Go packages.\n\nusage: fluvgen COMMAND [FLAGS] [PATH...]\n\n")
	for _, c := range commands() {
		fmt.Fprintf(t.out, "  %-10s %s\n", c.name, c.summary)
	}
	fmt.Fprint(t.out, "\nA PATH is a .fluv file or a folder of them that say the same domain; without one, this folder.\n"+
		"Flags may stand before or after paths. `fluvgen help COMMAND` tells its flags.\n")
	return nil
}

func helpOn(out io.Writer, c command) {
	fmt.Fprintf(out, "usage: fluvgen %s\n\n%s%s.\n", c.usage, strings.ToUpper(c.summary[:1]), c.summary[1:])
	if len(c.flags) > 0 {
		fmt.Fprintln(out)
	}
	for i := 0; i+1 < len(c.flags); i += 2 {
		fmt.Fprintf(out, "  %-10s %s\n", c.flags[i], c.flags[i+1])
	}
}

func unknownCommand(name string) string {
	names := []string{"help"}
	for _, c := range commands() {
		names = append(names, c.name)
	}
	message := fmt.Sprintf("there is no command %q", name)
	if near, ok := source.Nearest(name, names); ok {
		message += fmt.Sprintf("; did you mean %q?", near)
	}
	return message
}

// version prints the version of the module that this command was built from.
func version(t *terminal, _ command, args []string) error {
	if len(args) > 0 {
		return usageError{message: "version takes no arguments", usage: "version"}
	}
	v := "(devel)"
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Path == modulePath && info.Main.Version != "" {
		v = info.Main.Version
	} else if ok {
		for _, d := range info.Deps {
			if d.Path == modulePath {
				v = d.Version
			}
		}
	}
	fmt.Fprintf(t.out, "fluvgen %s\n", v)
	return nil
}

const modulePath = "github.com/fluvius-io/fluvius-go"
