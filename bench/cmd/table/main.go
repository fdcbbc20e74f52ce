// Command table measures all workloads and prints the table of ratios.
//
//	table [-quick] [-only REGEXP] [-markdown] [-o FILE] [-dir FOLDER] [-cpuprofile FILE]
//
// The text goes to the standard output, and Markdown to the file of -o, or to the standard output with -markdown.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"regexp"
	"runtime/pprof"
	"time"

	"github.com/fluvius-io/fluvius-go/bench/rival"
	"github.com/fluvius-io/fluvius-go/bench/work"
)

// full and quick are how long is measured.
var (
	full  = work.Settings{Rounds: 25, Slice: 20 * time.Millisecond, Budget: 12 * time.Second}
	quick = work.Settings{Rounds: 5, Slice: 4 * time.Millisecond, Budget: 500 * time.Millisecond}
)

func main() {
	if err := run(os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "table:", err)
		os.Exit(1)
	}
}

type options struct {
	quick, markdown bool
	only            *regexp.Regexp
	out, dir        string
	profile         string
}

func parse(args []string, errors io.Writer) (o options, err error) {
	flags := flag.NewFlagSet("table", flag.ContinueOnError)
	flags.SetOutput(errors)
	flags.BoolVar(&o.quick, "quick", false, "measure for a minute instead of ten")
	flags.BoolVar(&o.markdown, "markdown", false, "print Markdown instead of text")
	flags.StringVar(&o.out, "o", "", "write Markdown to this file as well")
	flags.StringVar(&o.dir, "dir", os.TempDir(), "where databases are made; it should be on a disk")
	flags.StringVar(&o.profile, "cpuprofile", "", "write a profile of the processor to this file")
	only := flags.String("only", "", "measure only workloads whose id matches")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	o.only, err = regexp.Compile(*only)
	return o, err
}

func run(args []string, out, progress io.Writer) error {
	o, err := parse(args, progress)
	if err != nil {
		return err
	}
	set := full
	if o.quick {
		set = quick
	}
	if set.Dir, err = os.MkdirTemp(o.dir, "bench-"); err != nil {
		return err
	}
	defer os.RemoveAll(set.Dir)
	if o.profile != "" {
		stop, err := profiling(o.profile)
		if err != nil {
			return err
		}
		defer stop()
	}
	t := &table{about: about(set)}
	for _, w := range work.List() {
		if !o.only.MatchString(w.ID) {
			continue
		}
		fmt.Fprintf(progress, "%-60s\r", w.Title)
		results, err := work.Measure(&w, rival.All(), set)
		if err != nil {
			return err
		}
		t.rows = append(t.rows, row{w, results})
	}
	fmt.Fprintf(progress, "%-60s\r", "")
	return t.print(o, out)
}

func (t *table) print(o options, out io.Writer) error {
	if o.out != "" {
		if err := os.WriteFile(o.out, []byte(t.markdown()), 0o644); err != nil {
			return err
		}
	}
	text := t.text()
	if o.markdown {
		text = t.markdown()
	}
	_, err := io.WriteString(out, text)
	return err
}

func profiling(path string) (stop func(), err error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return nil, err
	}
	return func() {
		pprof.StopCPUProfile()
		f.Close()
	}, nil
}
