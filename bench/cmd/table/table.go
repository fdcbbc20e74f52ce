package main

import (
	"fmt"
	"strings"

	"github.com/fluvius-io/fluvius-go/bench/work"
)

// table is what was measured.
type table struct {
	about []string
	rows  []row
}

type row struct {
	work    work.Workload
	results []work.Result
}

const legend = "The ratio is the time divided by that of the line's baseline in the same round: 1.00 is as fast, 2.00 takes\n" +
	"twice as long. In brackets stand the least and the most of the rounds. Shared machines are noisy: read the\n" +
	"ratios, and take what is under 1.5 for equal where the brackets overlap 1.\n"

func (t *table) text() string {
	var b strings.Builder
	for _, line := range t.about {
		fmt.Fprintf(&b, "# %s\n", line)
	}
	for line := range strings.Lines(legend) {
		b.WriteString("# " + line)
	}
	for _, r := range t.rows {
		fmt.Fprintf(&b, "\n%s (%s), %s for each %s\n", r.work.Title, r.work.ID, r.what(), r.work.Unit)
		for i := range r.results {
			c := r.cells(&r.results[i])
			fmt.Fprintf(&b, "  %-34s %12s %14s %12s %12s  %-8s %s\n", c.rival, c.time, c.rate, c.allocs, c.bytes, c.ratio, c.spread)
		}
	}
	return b.String()
}

func (t *table) markdown() string {
	var b strings.Builder
	for _, line := range t.about {
		fmt.Fprintf(&b, "- %s\n", line)
	}
	b.WriteString("\n" + legend + "\n")
	b.WriteString("| workload | who | time | a second | allocations | bytes | ratio | least–most |\n|---|---|--:|--:|--:|--:|--:|--:|\n")
	for _, r := range t.rows {
		for i := range r.results {
			c, title := r.cells(&r.results[i]), ""
			if i == 0 {
				title = fmt.Sprintf("%s, %s for each %s", r.work.Title, r.what(), r.work.Unit)
			}
			fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s | %s | %s |\n", title, c.rival, c.time, c.rate, c.allocs, c.bytes, c.ratio, c.spread)
		}
	}
	return b.String()
}

// what tells which time was taken.
func (r *row) what() string {
	if r.work.Alone {
		return "processor time"
	}
	return "time"
}

// cells is one line of the table, as text.
type cells struct{ rival, time, rate, allocs, bytes, ratio, spread string }

func (r *row) cells(s *work.Result) cells {
	c := cells{
		rival: s.Rival, time: duration(s.PerUnit()), rate: rate(1e9 / s.PerUnit()),
		allocs: count(s.Allocs), bytes: count(s.Bytes), ratio: fmt.Sprintf("%.2f", s.Ratio),
	}
	switch {
	case s.Rival == r.work.Baseline:
		c.ratio = "baseline"
	case s.Ratio == 0:
		c.ratio = "-"
	default:
		c.spread = fmt.Sprintf("%.2f–%.2f", s.Least, s.Most)
	}
	return c
}

func duration(ns float64) string {
	switch {
	case ns < 1e3:
		return fmt.Sprintf("%.1f ns", ns)
	case ns < 1e6:
		return fmt.Sprintf("%.2f µs", ns/1e3)
	}
	return fmt.Sprintf("%.2f ms", ns/1e6)
}

func rate(n float64) string {
	switch {
	case n >= 1e6:
		return fmt.Sprintf("%.1f M/s", n/1e6)
	case n >= 1e4:
		return fmt.Sprintf("%.0f k/s", n/1e3)
	}
	return fmt.Sprintf("%.0f /s", n)
}

// count drops what is noise: a thousandth of an allocation is another goroutine's.
func count(n float64) string {
	if n >= 100 {
		return fmt.Sprintf("%.0f", n)
	}
	return strings.TrimSuffix(fmt.Sprintf("%.1f", n), ".0")
}
