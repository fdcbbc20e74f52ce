// Package cli is what the two command lines share: a table of commands, flags that may stand before or after the
// arguments, wrong usage with the mend, and the exit statuses.
package cli

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// The exit statuses.
const (
	Fine  = 0
	Found = 1 // something in what was given: an error, a difference, a missing or unreadable input
	Wrong = 2 // wrong usage, unwritable output or a fault of the program's own
)

// Terminal is where a command reads and writes.
type Terminal struct {
	In       io.Reader
	Out, Err io.Writer
	Color    bool // whether Err shows colours
	Width    int  // of Out in columns; 0 where Out is no terminal
}

// Command is one word after the program's name.
type Command struct {
	Name, Usage, Summary string
	Flags                []string // "-o DIR", "what it does", ...
	Run                  func(t *Terminal, c Command, args []string) error
}

// Program is a whole command line.
type Program struct {
	Name     string
	About    string // one sentence
	Usage    string // what follows the name: "COMMAND [FLAGS] [PATH...]"
	Notes    string // printed below the commands
	Commands []Command
}

// ErrFound says that what was found has been printed already.
var ErrFound = errors.New("found something")

// InputError is a missing or unreadable input: something that was found, not a fault of the program.
type InputError struct{ Err error }

func (e InputError) Error() string { return e.Err.Error() }

// Unwrap is the cause.
func (e InputError) Unwrap() error { return e.Err }

// UsageError is a command line that cannot be carried out. Usage is the command's, if it is known which is meant.
type UsageError struct{ Message, Usage string }

func (e UsageError) Error() string { return e.Message }

// Main carries out one command line and answers the exit status.
func (p Program) Main(args []string, t *Terminal) (status int) {
	defer func() {
		if fault := recover(); fault != nil {
			fmt.Fprintf(t.Err, "%s: a fault of %s itself, please report it with the input that caused it: %v\n%s",
				p.Name, p.Name, fault, debug.Stack())
			status = Wrong
		}
	}()
	err := p.dispatch(args, t)
	var usage UsageError
	var input InputError
	switch {
	case err == nil:
		return Fine
	case errors.As(err, &usage):
		p.misused(t.Err, usage)
		return Wrong
	case errors.Is(err, ErrFound):
		return Found
	}
	for _, one := range parts(err) {
		fmt.Fprintf(t.Err, "%s: %v\n", p.Name, one)
	}
	if errors.As(err, &input) {
		return Found
	}
	return Wrong
}

// parts are the errors that were joined to one.
func parts(err error) []error {
	var input InputError
	if errors.As(err, &input) {
		err = input.Err
	}
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok || errors.Join(joined.Unwrap()...).Error() != err.Error() { // it says more than its parts
		return []error{err}
	}
	return joined.Unwrap()
}

func (p Program) misused(out io.Writer, e UsageError) {
	fmt.Fprintf(out, "%s: %s\n", p.Name, e.Message)
	if e.Usage != "" {
		fmt.Fprintf(out, "usage: %s %s\n", p.Name, e.Usage)
	}
	fmt.Fprintf(out, "Run `%s help` for all commands.\n", p.Name)
}

func (p Program) dispatch(args []string, t *Terminal) error {
	if len(args) == 0 {
		return UsageError{Message: "which command?"}
	}
	name := args[0]
	switch name {
	case "help", "-h", "-help", "--help":
		return p.help(t, args[1:])
	case "-version", "--version", "-v", "-V":
		name = "version"
	}
	c, ok := p.command(name)
	if !ok {
		return p.unknown(name)
	}
	err := c.Run(t, c, args[1:])
	if errors.Is(err, flag.ErrHelp) {
		return p.help(t, []string{c.Name})
	}
	return err
}

func (p Program) command(name string) (Command, bool) {
	for _, c := range p.Commands {
		if c.Name == name {
			return c, true
		}
	}
	return Command{}, false
}

func (p Program) unknown(name string) error {
	names := []string{"help"}
	for _, c := range p.Commands {
		names = append(names, c.Name)
	}
	return UsageError{Message: fmt.Sprintf("there is no command %q%s", name, Meant(name, names))}
}

// Meant is `; did you mean "x"?` where one of the names is near enough to what was written, else "".
func Meant(written string, names []string) string {
	if near, ok := source.Nearest(written, names); ok {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	return ""
}

func (p Program) help(t *Terminal, args []string) error {
	if len(args) > 0 {
		c, ok := p.command(args[0])
		if !ok {
			return p.unknown(args[0])
		}
		return p.helpOn(t.Out, c)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\nusage: %s %s\n\n", p.About, p.Name, p.Usage)
	for _, c := range p.Commands {
		fmt.Fprintf(&b, "  %-10s %s\n", c.Name, c.Summary)
	}
	fmt.Fprintf(&b, "\n%s `%s help COMMAND` tells its flags.\n", p.Notes, p.Name)
	_, err := io.WriteString(t.Out, b.String())
	return err
}

func (p Program) helpOn(out io.Writer, c Command) error {
	var b strings.Builder
	fmt.Fprintf(&b, "usage: %s %s\n\n%s%s.\n", p.Name, c.Usage, strings.ToUpper(c.Summary[:1]), c.Summary[1:])
	if len(c.Flags) > 0 {
		fmt.Fprintln(&b)
	}
	for i := 0; i+1 < len(c.Flags); i += 2 {
		fmt.Fprintf(&b, "  %-10s %s\n", c.Flags[i], c.Flags[i+1])
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// Version is the command that prints the version of the module that a program was built from.
func Version(program string) Command {
	run := func(t *Terminal, c Command, args []string) error {
		if len(args) > 0 {
			return UsageError{Message: "version takes no arguments", Usage: c.Usage}
		}
		_, err := fmt.Fprintf(t.Out, "%s %s\n", program, moduleVersion())
		return err
	}
	return Command{Name: "version", Usage: "version", Summary: "say which " + program + " this is", Run: run}
}

const modulePath = "github.com/fluvius-io/fluvius-go"

func moduleVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "(devel)"
	}
	if info.Main.Path == modulePath && info.Main.Version != "" {
		return info.Main.Version
	}
	for _, d := range info.Deps {
		if d.Path == modulePath {
			return d.Version
		}
	}
	return "(devel)"
}

// ColorWanted says whether colours are wanted on a terminal: NO_COLOR and a dumb terminal say no.
func ColorWanted() bool { return os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" }
