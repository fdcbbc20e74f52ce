// Command fluvgen is the compiler of .fluv domains: it checks them and writes the Go package of each.
//
// It exits with 0 when all is fine, 1 when it found something (an error in the input, a missing or unreadable
// input, a difference, a failed test) and 2 on wrong usage, unwritable output or a fault of its own.
// Diagnostics go to standard error, results to standard output, success is silent.
package main

import (
	"os"
	"runtime/debug"

	"golang.org/x/term"

	"github.com/fluvius-io/fluvius-go/internal/cli"
)

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(200) // a compiler lives for a moment; still less collecting costs more in fresh pages than it saves
	}
	color := cli.ColorWanted() && term.IsTerminal(int(os.Stderr.Fd()))
	os.Exit(program().Main(os.Args[1:], &terminal{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Color: color}))
}

type (
	terminal = cli.Terminal
	command  = cli.Command
)

// common are the flags of every command that reads domains.
var common = []string{
	"-format F", "how diagnostics are printed: text (for people), json (one object a line) or github",
	"-strict", "let warnings fail",
}

func program() cli.Program {
	return cli.Program{
		Name: "fluvgen", About: "fluvgen turns .fluv domains into typed Go packages.", Usage: "COMMAND [FLAGS] [PATH...]",
		Notes: "A PATH is a .fluv file or a folder of them that say the same domain; without one, this folder.\n" +
			"Flags may stand before or after paths.",
		Commands: commands(),
	}
}

func commands() []command {
	return []command{
		{Name: "generate", Usage: "generate [-o DIR] [-check] [-watch] [-format F] [-strict] [PATH...]", Summary: "write the Go package of each domain", Flags: append([]string{
			"-o DIR", "write each package to DIR/<domain>; without it to gen/<domain> beside the domain",
			"-check", "write nothing; show what would change, and fail if anything would",
			"-watch", "go on as files change, until interrupted",
		}, common...), Run: generate},
		{Name: "check", Usage: "check [-format F] [-strict] [PATH...]", Summary: "say what is wrong in each domain; write nothing", Flags: common, Run: check},
		{Name: "fmt", Usage: "fmt [-l] [-d] [-w] [-format F] [PATH...]", Summary: "lay domains out in the one canonical way; standard input without a path", Flags: []string{
			"-l", "list the files that would change, and fail if there are any",
			"-d", "show what would change, and fail if anything would",
			"-w", "rewrite the files that change",
			common[0], common[1],
		}, Run: format},
		{Name: "test", Usage: "test [-run RE] [-format F] [-strict] [PATH...]", Summary: "run the test blocks of each domain, without Go", Flags: append([]string{
			"-run RE", "only the tests whose Aggregate/name matches this regular expression",
		}, common...), Run: test},
		{Name: "explain", Usage: "explain CODE", Summary: "tell more about a diagnostic, with a wrong and a right example", Run: explain},
		{Name: "init", Usage: "init NAME", Summary: "make a new Go module that runs, in a new folder (or in this one, for .)", Run: initialize},
		cli.Version("fluvgen"),
	}
}
