// Command large measures what an append to SQLite costs in a file of many events, beside one in a file of few.
//
//	large [-events N] [-baseline N] [-rounds N] [-dir FOLDER] [-keep]
//
// Both files are filled alike, in appends that share transactions; then each round appends to both, by turns, with one
// writer and with many. The ratio is the large file's time divided by the small one's in the same round, once by the
// clock on the wall, and once by the processor's. Ten million events need about 5 GB in the folder, which are removed at
// the end, and some minutes. With -keep files that are in the folder are used, and stay there.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// settings say how much is measured.
type settings struct {
	events, baseline int // in the two files, before the first round
	rounds           int
	appends          map[int]int // in a round, for so many writers
	dir              string
	keep             bool
}

func main() {
	if err := run(os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "large:", err)
		os.Exit(1)
	}
}

func run(args []string, out, progress io.Writer) error {
	set := settings{appends: map[int]int{1: 100, 64: 1_600}}
	flags := flag.NewFlagSet("large", flag.ContinueOnError)
	flags.SetOutput(progress)
	flags.IntVar(&set.events, "events", 10_000_000, "how many events the large file has")
	flags.IntVar(&set.baseline, "baseline", 100_000, "how many events the small file has")
	flags.IntVar(&set.rounds, "rounds", 25, "how often both are measured, by turns")
	flags.StringVar(&set.dir, "dir", os.TempDir(), "where the files are made; it should be on a disk")
	flags.BoolVar(&set.keep, "keep", false, "keep the files in the folder, and use those that are there")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if !set.keep {
		dir, err := os.MkdirTemp(set.dir, "large-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		set.dir = dir
	}
	return compare(context.Background(), set, out, progress)
}

// compare fills both files and prints the table.
func compare(ctx context.Context, set settings, out, progress io.Writer) error {
	small, err := made(ctx, filepath.Join(set.dir, "small.db"), set.baseline, progress)
	if err != nil {
		return err
	}
	defer small.Close()
	large, err := made(ctx, filepath.Join(set.dir, "large.db"), set.events, progress)
	if err != nil {
		return err
	}
	defer large.Close()
	for _, l := range []*log{small, large} {
		if err := l.describe(out); err != nil {
			return err
		}
	}
	// Reading comes first, while all aggregates are equally long and lie together.
	if err := compareLoads(ctx, set, small, large, out); err != nil {
		return err
	}
	for _, writers := range []int{1, 64} {
		if err := compareWith(ctx, set, writers, small, large, out); err != nil {
			return err
		}
	}
	return nil
}

func compareWith(ctx context.Context, set settings, writers int, small, large *log, out io.Writer) error {
	each := func(l *log) (cost, error) { return l.appendTime(ctx, writers, set.appends[writers]) }
	return printRatio(out, fmt.Sprintf("append, FULL, writers: %d", writers), set.rounds, small, large, each)
}

func compareLoads(ctx context.Context, set settings, small, large *log, out io.Writer) error {
	each := func(l *log) (cost, error) { return l.readTime(ctx, set.appends[1]) }
	return printRatio(out, "read one aggregate", set.rounds, small, large, each)
}
