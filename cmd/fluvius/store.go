package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/fluvius-io/fluvius-go/internal/cli"
	"github.com/fluvius-io/fluvius-go/runtime/sqlite"
)

// open opens the store of a URL. One that is not there, or cannot be used, is a cli.InputError.
func open(ctx context.Context, c cli.Command, url string) (*sqlite.Store, error) {
	path, err := sqlitePath(url)
	if err != nil {
		return nil, cli.UsageError{Message: err.Error(), Usage: c.Usage}
	}
	store, err := sqlite.Open(ctx, path, sqlite.MustExist())
	if err != nil {
		return nil, cli.InputError{Err: plainly(err, path)}
	}
	return store, nil
}

// plainly says of a file that is not there no more than that.
func plainly(err error, path string) error {
	if errors.Is(err, fs.ErrNotExist) && !errors.Is(err, sqlite.ErrNoFolder) {
		return fmt.Errorf("there is no log at %s", path)
	}
	return err
}

// sqlitePath is the file that a URL names. Slashes after the colon, as in sqlite:///var/shop.db, are passed over: whoever
// knows other URLs writes them.
func sqlitePath(url string) (string, error) {
	if url == "" {
		return "", errors.New("which store? Say -store sqlite:FILE")
	}
	scheme, rest, ok := strings.Cut(url, ":")
	switch {
	case !ok:
		return "", fmt.Errorf("%q is no store's URL; did you mean sqlite:%s?", url, url)
	case scheme == "postgres", scheme == "postgresql", scheme == "nats":
		return "", fmt.Errorf("stores of the kind %s are not supported yet; sqlite:FILE is", scheme)
	case scheme == "memory":
		return "", errors.New("a memory store ends with its process; sqlite:FILE is one to look at")
	case strings.HasPrefix(strings.ToLower(scheme), "sqlite") && scheme != "sqlite":
		return "", fmt.Errorf("there is no kind of store %q; did you mean sqlite:%s?", scheme, rest)
	case scheme != "sqlite":
		return "", fmt.Errorf("there is no kind of store %q; sqlite:FILE is one", scheme)
	}
	path := strings.TrimPrefix(rest, "//")
	if path == "" {
		return "", errors.New("the store's URL names no file; say sqlite:FILE")
	}
	return path, nil
}
