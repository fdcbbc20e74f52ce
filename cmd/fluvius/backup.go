package main

import (
	"context"
	"errors"
	"flag"
	"os"
	"os/signal"

	"github.com/fluvius-io/fluvius-go/internal/cli"
	"github.com/fluvius-io/fluvius-go/runtime/sqlite"
)

// backup copies a log to a new file. An interrupt leaves none behind.
func backup(_ *cli.Terminal, c cli.Command, args []string) error {
	var url *string
	files, err := cli.Parse(c, args, func(f *flag.FlagSet) { url = f.String("store", "", "") })
	if err != nil {
		return err
	}
	if len(files) != 1 {
		return cli.UsageError{Message: "to which file? Say one", Usage: c.Usage}
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	store, err := open(ctx, c, *url)
	if err != nil {
		return err
	}
	defer store.Close()
	return blame(store.Backup(ctx, files[0]))
}

// blame tells what is wrong with the log from what is wrong with the place for the copy.
func blame(err error) error {
	for _, ofTheLog := range []error{sqlite.ErrCorrupt, sqlite.ErrLocked, sqlite.ErrNotLog} {
		if errors.Is(err, ofTheLog) {
			return cli.InputError{Err: err}
		}
	}
	return err
}
