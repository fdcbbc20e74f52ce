// Command fluvius is the operator's tool: it looks at logs and makes backups of them, also while the application runs.
//
// It exits with 0 when all is fine, 1 when it found something (a store that is missing, unreadable, damaged or locked)
// and 2 on wrong usage, unwritable output or a fault of its own.
package main

import (
	"os"
	"strconv"

	"golang.org/x/term"

	"github.com/fluvius-io/fluvius-go/internal/cli"
)

func main() {
	os.Exit(program().Main(os.Args[1:], &cli.Terminal{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Width: width()}))
}

// width is the terminal's, or what COLUMNS says of it, as other tools have it; 0 where the output is no terminal: what
// goes into a file or another program is whole.
func width() int {
	columns, _, err := term.GetSize(int(os.Stdout.Fd()))
	if err != nil {
		return 0
	}
	if n, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && n > 0 {
		return n
	}
	return columns
}

func program() cli.Program {
	return cli.Program{
		Name: "fluvius", About: "fluvius looks at the logs of fluvius applications.", Usage: "COMMAND -store URL [FLAGS] [ARGUMENTS]",
		Notes: "A store's URL is sqlite:FILE. A store that is not there is never made.\n" +
			"Flags may stand before or after arguments.",
		Commands: []cli.Command{
			{Name: "log", Usage: "log -store URL [-after POSITION] [-since TIME] [-domain NAME] [-format F] [-wide] [-follow] [AGGREGATE [ID]]",
				Summary: "print the events of a log, of one kind of aggregate, or of one aggregate", Flags: []string{
					"-store URL", "the store, as sqlite:shop.db",
					"-after N", "only events after this position",
					"-since TIME", "only events of this time or later: 2026-11-25, 2026-11-25T08:30:00Z, or 15m or 7d for that long ago",
					"-domain D", "only events of this domain",
					"-format F", "text (a table, on a terminal shortened to its width) or json (one envelope a line)",
					"-wide", "on a terminal too, shorten nothing",
					"-follow", "go on with new events until interrupted",
				}, Run: showLog},
			{Name: "backup", Usage: "backup -store URL FILE", Summary: "copy a log to a new file, while the application runs", Flags: []string{
				"-store URL", "the store, as sqlite:shop.db",
			}, Run: backup},
			cli.Version("fluvius"),
		},
	}
}
