package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/fluvius-io/fluvius-go/internal/cli"
	"github.com/fluvius-io/fluvius-go/runtime"
)

// wanted says which events are printed, and how. The zero value of a part wants all.
type wanted struct {
	store                 string
	domain, aggregate, id string
	after                 uint64
	since                 time.Time
	json, follow, wide    bool

	met  bool            // an event was printed
	seen map[string]bool // the names of aggregates and domains of the others
}

func (w *wanted) has(h *runtime.Header) bool {
	return (w.domain == "" || h.Domain == w.domain) &&
		(w.aggregate == "" || h.Aggregate == w.aggregate) &&
		(w.id == "" || h.AggregateID == w.id) &&
		!h.Timestamp.Before(w.since)
}

// unknown says of a name that no event of the whole log has what may have been meant; "" where there is nothing to say.
func (w *wanted) unknown() string {
	if w.met || w.after > 0 || len(w.seen) == 0 {
		return ""
	}
	for _, name := range []string{w.domain, w.aggregate} {
		if name == "" || w.seen[name] {
			continue
		}
		return fmt.Sprintf("no event is of %q%s", name, cli.Meant(name, slices.Sorted(maps.Keys(w.seen))))
	}
	if w.id != "" && w.since.IsZero() {
		return fmt.Sprintf("there is no %s %q", w.aggregate, w.id)
	}
	return ""
}

func showLog(t *cli.Terminal, c cli.Command, args []string) error {
	w, err := parseLog(c, args)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	store, err := open(ctx, c, w.store)
	if err != nil {
		return err
	}
	defer store.Close()
	err = printLog(ctx, store, w, t)
	if about := w.unknown(); err == nil && about != "" {
		fmt.Fprintf(t.Err, "fluvius: %s\n", about)
	}
	if w.follow && ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return nil // an interrupt is how following ends
	}
	return err
}

func parseLog(c cli.Command, args []string) (*wanted, error) {
	w, format, since := &wanted{seen: map[string]bool{}}, "", ""
	names, err := cli.Parse(c, args, func(f *flag.FlagSet) {
		f.StringVar(&w.store, "store", "", "")
		f.Uint64Var(&w.after, "after", 0, "")
		f.StringVar(&since, "since", "", "")
		f.StringVar(&w.domain, "domain", "", "")
		f.StringVar(&format, "format", "text", "")
		f.BoolVar(&w.follow, "follow", false, "")
		f.BoolVar(&w.wide, "wide", false, "")
	})
	if err != nil {
		return nil, err
	}
	if w.since, err = parseSince(since, time.Now()); err != nil {
		return nil, cli.UsageError{Message: err.Error(), Usage: c.Usage}
	}
	if format != "text" && format != "json" {
		return nil, cli.UsageError{Message: fmt.Sprintf("unknown format %q: want text or json", format), Usage: c.Usage}
	}
	if len(names) > 2 {
		return nil, cli.UsageError{Message: "at most an aggregate and an id", Usage: c.Usage}
	}
	if slices.Contains(names, "") {
		return nil, cli.UsageError{Message: "an aggregate or an id is empty; is a variable not set?", Usage: c.Usage}
	}
	w.json = format == "json"
	names = append(names, "", "")
	w.aggregate, w.id = names[0], names[1]
	return w, nil
}

// parseSince reads a moment. Where no zone is said it is UTC, as in the table.
func parseSince(text string, now time.Time) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02"} {
		if at, err := time.Parse(layout, text); err == nil {
			return at, nil
		}
	}
	if n, err := strconv.ParseUint(strings.TrimSuffix(text, "d"), 10, 16); err == nil && strings.HasSuffix(text, "d") {
		return now.Add(-24 * time.Hour * time.Duration(n)), nil
	}
	if ago, err := time.ParseDuration(text); err == nil && ago >= 0 {
		return now.Add(-ago), nil
	}
	return time.Time{}, fmt.Errorf("-since %q is no time: want 2026-11-25, 2026-11-25T08:30:00Z, or 15m or 7d for that long ago", text)
}

// pageSize is how many events are read before they are printed: a table's columns fit what is in one page.
const pageSize = 500

// printLog prints what is there, and, following, what comes.
func printLog(ctx context.Context, store runtime.Log, w *wanted, t *cli.Terminal) error {
	out := bufio.NewWriter(t.Out)
	defer out.Flush()
	show := w.table(t.Width).page
	if w.json {
		show = jsonPage
	}
	for after := w.after; ; {
		page, last, n, err := readPage(ctx, store, w, after)
		if err := errors.Join(show(out, page), out.Flush()); err != nil {
			return err
		}
		if err != nil {
			return err
		}
		after = max(after, last)
		if n == pageSize {
			continue
		}
		if !w.follow {
			return nil
		}
		if err := store.Wait(ctx, after); err != nil {
			return stored(ctx, err)
		}
	}
}

func (w *wanted) table(width int) *table {
	if w.wide {
		width = 0
	}
	return &table{width: width, known: [columns]bool{aggregate: w.aggregate != "", id: w.id != ""}}
}

// readPage reads n events, of which those that are wanted are in the page. What was read before an error is in it too.
func readPage(ctx context.Context, log runtime.Log, w *wanted, after uint64) (page []runtime.Record, last uint64, n int, err error) {
	for r, err := range log.ReadAll(ctx, after, pageSize) {
		if err != nil {
			return page, last, n, stored(ctx, err)
		}
		if last, n = r.Position, n+1; w.has(&r.Header) {
			page, w.met = append(page, r), true
		} else {
			w.seen[r.Aggregate], w.seen[r.Domain] = true, true
		}
	}
	return page, last, n, nil
}

// stored makes an error of the store one of the input, unless it is only that the user has had enough.
func stored(ctx context.Context, err error) error {
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return err
	}
	return cli.InputError{Err: err}
}

// jsonPage prints one envelope a line. It is the record's own MarshalJSON: json.Marshal would escape < and > in the
// payload, which is to be printed as it is stored.
func jsonPage(out io.Writer, page []runtime.Record) error {
	for _, r := range page {
		line, err := r.MarshalJSON()
		if err != nil {
			return cli.InputError{Err: err}
		}
		if line, err = oneLine(line); err != nil {
			return cli.InputError{Err: err}
		}
		if _, err := out.Write(append(line, '\n')); err != nil {
			return err
		}
	}
	return nil
}
