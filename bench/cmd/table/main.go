// Command table measures all workloads and prints the table of ratios.
//
//	table [-quick] [-only REGEXP] [-rival REGEXP] [-slice DURATION] [-markdown] [-o FILE]
//		[-dir FOLDER] [-cpuprofile FILE] [-memprofile FILE]
//
// The text goes to the standard output, and Markdown to the file of -o, or to the standard output with -markdown.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
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
	only, rival     *regexp.Regexp
	out, dir        string
	slice           time.Duration
	cpu, memory     string // where profiles go
}

func parse(args []string, errors io.Writer) (o options, err error) {
	flags := flag.NewFlagSet("table", flag.ContinueOnError)
	flags.SetOutput(errors)
	flags.BoolVar(&o.quick, "quick", false, "measure for a minute instead of ten")
	flags.BoolVar(&o.markdown, "markdown", false, "print Markdown instead of text")
	flags.StringVar(&o.out, "o", "", "write Markdown to this file as well")
	flags.StringVar(&o.dir, "dir", os.TempDir(), "where databases are made; it should be on a disk")
	flags.DurationVar(&o.slice, "slice", 0, "how long one run should take, instead of what is usual")
	flags.StringVar(&o.cpu, "cpuprofile", "", "write a profile of the processor to this file")
	flags.StringVar(&o.memory, "memprofile", "", "write a profile of all allocations to this file")
	only := flags.String("only", "", "measure only workloads whose id matches")
	who := flags.String("rival", "", "measure only rivals whose name matches; without the baseline there are no ratios")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if o.only, err = regexp.Compile(*only); err != nil {
		return o, err
	}
	o.rival, err = regexp.Compile(*who)
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
	if o.slice > 0 {
		set.Slice, set.Budget = o.slice, time.Hour
	}
	if set.Dir, err = os.MkdirTemp(o.dir, "bench-"); err != nil {
		return err
	}
	defer os.RemoveAll(set.Dir)
	stop, err := o.profiling()
	if err != nil {
		return err
	}
	t, err := measure(o, set, progress)
	if stopping := stop(); err == nil {
		err = stopping
	}
	if err != nil {
		return err
	}
	return t.print(o, out)
}

func measure(o options, set work.Settings, progress io.Writer) (*table, error) {
	rivals := slices.DeleteFunc(rival.All(), func(r work.Rival) bool { return !o.rival.MatchString(r.Name()) })
	t := &table{about: about(set)}
	for _, w := range work.List() {
		if !o.only.MatchString(w.ID) {
			continue
		}
		fmt.Fprintf(progress, "%-60s\r", w.Title)
		results, err := work.Measure(&w, rivals, set)
		if err != nil {
			return nil, err
		}
		t.rows = append(t.rows, row{w, results})
	}
	fmt.Fprintf(progress, "%-60s\r", "")
	return t, nil
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
