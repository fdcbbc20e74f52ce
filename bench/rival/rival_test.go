package rival

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/bench/work"
)

// TestEachRivalComputesWhatIsWanted runs each workload once, a small number of times, with each rival that has
// a part in it.
func TestEachRivalComputesWhatIsWanted(t *testing.T) {
	for _, w := range work.Small() {
		t.Run(w.ID, func(t *testing.T) {
			baseline := false
			for _, r := range All() {
				job, err := r.Start(&w, t.TempDir())
				require.NoError(t, err, r.Name())
				if job == nil {
					continue
				}
				baseline = baseline || r.Name() == w.Baseline
				tryOut(t, &w, r, job)
				require.NoError(t, job.Close(), r.Name())
			}
			require.True(t, baseline, "no rival is the baseline %q", w.Baseline)
		})
	}
}

func tryOut(t *testing.T, w *work.Workload, r work.Rival, job work.Job) {
	for _, n := range []int{1, 3} {
		c := &work.Clock{}
		got, err := job.Run(c, n)
		require.NoError(t, err, r.Name())
		require.Equal(t, w.Want(n), got, "%s, %d operations", r.Name(), n)
		require.Positive(t, c.Elapsed, "%s has not started the clock", r.Name())
	}
}

func TestNamesOfRivalsAreDistinct(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range All() {
		require.False(t, seen[r.Name()], r.Name())
		seen[r.Name()] = true
	}
}
