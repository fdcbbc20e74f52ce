package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/fluvius-io/fluvius-go/bench/work"
	"github.com/fluvius-io/fluvius-go/runtime"
)

// cost is what one operation takes: of the time, and of the processors' time.
type cost struct{ wall, cpu float64 }

// costOf does n operations, and says what one takes.
func costOf(n int, do func() error) (cost, error) {
	var clock work.Clock
	clock.Start()
	err := do()
	clock.Stop()
	return cost{float64(clock.Elapsed) / float64(n), float64(clock.Processor) / float64(n)}, err
}

// appendTime is what one of n appends takes, of one event each, to aggregates chosen anywhere in the file.
func (l *log) appendTime(ctx context.Context, writers, n int) (cost, error) {
	chosen := l.choose(n)
	return costOf(len(chosen), func() error {
		return inParallel(writers, len(chosen), func(i int) error { return l.add(ctx, chosen[i], 1) })
	})
}

// readTime is what it takes to read one aggregate, chosen anywhere in the file.
func (l *log) readTime(ctx context.Context, n int) (cost, error) {
	chosen := l.choose(n)
	return costOf(len(chosen), func() error {
		return inParallel(1, len(chosen), func(i int) error { return l.readOne(ctx, chosen[i]) })
	})
}

func (l *log) readOne(ctx context.Context, aggregate int) error {
	var last uint64
	for r, err := range l.Read(ctx, stream(aggregate), runtime.Mark{}) {
		if err != nil {
			return err
		}
		last = r.Sequence
	}
	if last != l.lengths[aggregate] {
		return fmt.Errorf("aggregate %d has %d events, not %d", aggregate, last, l.lengths[aggregate])
	}
	return nil
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
func printRatio(out io.Writer, title string, rounds int, small, large *log, each func(*log) (cost, error)) error {
	var smalls, larges []cost
	for range rounds + 1 {
		a, err := each(small)
		if err != nil {
			return err
		}
		b, err := each(large)
		if err != nil {
			return err
		}
		smalls, larges = append(smalls, a), append(larges, b)
	}
	printOne(out, title+", time", smalls[1:], larges[1:], func(c cost) float64 { return c.wall })
	printOne(out, title+", processor time", smalls[1:], larges[1:], func(c cost) float64 { return c.cpu })
	return nil
}

func printOne(out io.Writer, title string, smalls, larges []cost, of func(cost) float64) {
	var few, many, ratios []float64
	for i := range smalls {
		few, many, ratios = append(few, of(smalls[i])), append(many, of(larges[i])), append(ratios, of(larges[i])/of(smalls[i]))
	}
	fmt.Fprintf(out, "%s: %v small, %v large, ratio %.2f (%.2f to %.2f)\n", title, micro(median(few)), micro(median(many)),
		median(ratios), slices.Min(ratios), slices.Max(ratios))
}

func micro(nanoseconds float64) time.Duration {
	return time.Duration(nanoseconds).Round(100 * time.Nanosecond)
}

func median(of []float64) float64 {
	sorted := slices.Sorted(slices.Values(of))
	return sorted[len(sorted)/2]
}
