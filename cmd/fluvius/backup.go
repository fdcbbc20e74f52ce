package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"

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
	file, err := cli.One(c, files, "to which file?")
	if err != nil {
		return err
	}
	if path, isURL := strings.CutPrefix(file, "sqlite:"); isURL {
		return cli.UsageError{Message: fmt.Sprintf("the copy is named by its path: did you mean %s?", path), Usage: c.Usage}
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	store, err := open(ctx, c, *url)
	if err != nil {
		return err
	}
	defer store.Close()
	return blame(store.Backup(ctx, file))
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
