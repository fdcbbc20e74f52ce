package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/fluvius-io/fluvius-go/runtime"
)

// appendTime is what one of n appends takes, of one event each, to aggregates chosen anywhere in the file.
func (l *log) appendTime(ctx context.Context, writers, n int) (time.Duration, error) {
	chosen := l.choose(n)
	start := time.Now()
	err := inParallel(writers, len(chosen), func(i int) error { return l.add(ctx, chosen[i], 1) })
	return time.Since(start) / time.Duration(len(chosen)), err
}

// readTime is what it takes to read one aggregate, chosen anywhere in the file.
func (l *log) readTime(ctx context.Context, n int) (time.Duration, error) {
	chosen := l.choose(n)
	start := time.Now()
	for _, aggregate := range chosen {
		var last uint64
		for r, err := range l.Read(ctx, stream(aggregate), runtime.Mark{}) {
			if err != nil {
				return 0, err
			}
			last = r.Sequence
		}
		if last != l.lengths[aggregate] {
			return 0, fmt.Errorf("aggregate %d has %d events, not %d", aggregate, last, l.lengths[aggregate])
		}
	}
	return time.Since(start) / time.Duration(len(chosen)), nil
}

// choose is n different aggregates, or all where there are not so many.
func (l *log) choose(n int) []int {
	chosen := make(map[int]bool, n)
	var order []int
	for len(order) < min(n, len(l.lengths)) {
		if i := l.pick.IntN(len(l.lengths)); !chosen[i] {
			chosen[i] = true
			order = append(order, i)
		}
	}
	return order
}

// printRatio measures both files by turns. The first round only warms up what a running program has warm.
func printRatio(out io.Writer, title string, rounds int, small, large *log, each func(*log) (time.Duration, error)) error {
	var ratios, smalls, larges []float64
	for round := range rounds + 1 {
		a, err := each(small)
		if err != nil {
			return err
		}
		b, err := each(large)
		if err != nil {
			return err
		}
		if round > 0 {
			smalls, larges, ratios = append(smalls, float64(a)), append(larges, float64(b)), append(ratios, float64(b)/float64(a))
		}
	}
	_, err := fmt.Fprintf(out, "%s: %v small, %v large, ratio %.2f (%.2f to %.2f)\n", title,
		time.Duration(median(smalls)).Round(100*time.Nanosecond), time.Duration(median(larges)).Round(100*time.Nanosecond),
		median(ratios), slices.Min(ratios), slices.Max(ratios))
	return err
}

func median(of []float64) float64 {
	sorted := slices.Sorted(slices.Values(of))
	return sorted[len(sorted)/2]
}
