package work

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"
)

// Settings say how long is measured.
type Settings struct {
	Rounds int           // each rival runs once in each
	Slice  time.Duration // how long a run should take: short ones are less likely to be interrupted
	// Budget is how long the rounds of one workload may take together; there is at least one.
	Budget time.Duration
	Dir    string // where files go; they are removed
}

// slow are the settings for work that waits for a disk.
func (s Settings) slow() Settings {
	s.Rounds, s.Slice = max(s.Rounds/3, 2), 5*s.Slice
	return s
}

// Result is what one rival needed for one unit of a workload: medians over the rounds.
type Result struct {
	Rival  string
	Time   float64 // of an operation, in nanoseconds
	Units  int     // in an operation
	Allocs float64 // for a unit
	Bytes  float64 // for a unit
	// Ratio is its time divided by the baseline's of the same round: the median, and the extremes. All are 0 where
	// the baseline has not run.
	Ratio, Least, Most float64
}

// PerUnit is the time for one unit, in nanoseconds.
func (r *Result) PerUnit() float64 { return r.Time / float64(r.Units) }

// runner is one rival on its way.
type runner struct {
	name  string
	job   Job
	n     int
	times []float64 // nanoseconds of an operation, by round
	alloc []float64
	bytes []float64
}

// Measure runs all rivals that have a part in w, in turns, so that what else the machine does meets all of them.
func Measure(w *Workload, rivals []Rival, set Settings) (results []Result, err error) {
	if w.Slow {
		set = set.slow()
	}
	runners, err := start(w, rivals, set)
	defer func() {
		for _, r := range runners {
			if closing := r.job.Close(); err == nil {
				err = closing
			}
		}
	}()
	if err != nil {
		return nil, err
	}
	for _, r := range runners {
		if err := r.warm(w, set.Slice); err != nil {
			return nil, err
		}
	}
	begin := time.Now()
	for round := range set.Rounds {
		for i := range runners {
			if err := runners[(round+i)%len(runners)].round(w); err != nil {
				return nil, err
			}
		}
		if time.Since(begin) > set.Budget {
			break
		}
	}
	return compare(w, runners), nil
}

func start(w *Workload, rivals []Rival, set Settings) (runners []*runner, err error) {
	for i, rival := range rivals {
		dir := filepath.Join(set.Dir, fmt.Sprintf("%s-%d", w.ID, i))
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return runners, err
		}
		job, err := rival.Start(w, dir)
		if err != nil {
			return runners, fmt.Errorf("%s, %s: %w", w.ID, rival.Name(), err)
		}
		if job != nil {
			runners = append(runners, &runner{name: rival.Name(), job: job})
		}
	}
	return runners, nil
}

// warm runs a rival until it is clear how often it does the work in one slice.
func (r *runner) warm(w *Workload, slice time.Duration) error {
	for r.n = max(w.AtLeast, 1); ; {
		c, err := r.run(w)
		if err != nil {
			return err
		}
		if c.time(w) >= slice/2 || r.n >= 50_000_000 {
			return nil
		}
		each := max(int(c.time(w))/r.n, 1)
		r.n = min(max(int(slice)/each, r.n+1), 20*r.n+10)
	}
}

func (r *runner) run(w *Workload) (*Clock, error) {
	runtime.GC()
	c := &Clock{}
	got, err := r.job.Run(c, r.n)
	if err != nil {
		return c, fmt.Errorf("%s, %s: %w", w.ID, r.name, err)
	}
	if want := w.Want(r.n); got != want {
		return c, fmt.Errorf("%s, %s: %d operations computed %d, not %d", w.ID, r.name, r.n, got, want)
	}
	return c, nil
}

func (r *runner) round(w *Workload) error {
	c, err := r.run(w)
	if err != nil {
		return err
	}
	operations := float64(r.n)
	r.times = append(r.times, float64(c.time(w).Nanoseconds())/operations)
	r.alloc = append(r.alloc, float64(c.Allocs)/operations)
	r.bytes = append(r.bytes, float64(c.Bytes)/operations)
	return nil
}

func compare(w *Workload, runners []*runner) (results []Result) {
	var base *runner
	if at := slices.IndexFunc(runners, func(r *runner) bool { return r.name == w.Baseline }); at >= 0 {
		base = runners[at]
	}
	for _, r := range runners {
		result := Result{
			Rival: r.name, Time: median(r.times), Units: w.Per,
			Allocs: median(r.alloc) / float64(w.Per), Bytes: median(r.bytes) / float64(w.Per),
		}
		if base != nil {
			result.over(r.times, base.times)
		}
		results = append(results, result)
	}
	slices.SortStableFunc(results, func(a, b Result) int { return rank(a.Rival, w) - rank(b.Rival, w) })
	return results
}

func (r *Result) over(times, base []float64) {
	ratios := make([]float64, len(times))
	for i := range ratios {
		ratios[i] = times[i] / base[i]
	}
	r.Ratio, r.Least, r.Most = median(ratios), slices.Min(ratios), slices.Max(ratios)
}

// rank puts the baseline first.
func rank(rival string, w *Workload) int {
	if rival == w.Baseline {
		return 0
	}
	return 1
}

func median(all []float64) float64 {
	sorted := slices.Sorted(slices.Values(all))
	if n := len(sorted); n%2 == 0 {
		return (sorted[n/2-1] + sorted[n/2]) / 2
	}
	return sorted[len(sorted)/2]
}
