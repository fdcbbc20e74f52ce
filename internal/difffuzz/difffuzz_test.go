package difffuzz

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/dsl/eval"
	"github.com/fluvius-io/fluvius-go/internal/difffuzz/compiled"
)

const (
	domainsInBatch = 8
	casesOfDomain  = 400
)

// TestCompiledAndEvaluatedAgree has random domains compiled and evaluated, and compares what both answer to random
// commands and histories. It does one small batch; FLUV_FUZZ_DIFF=1h goes on for an hour, FLUV_FUZZ_SEED=7 begins
// with a seed that an earlier run printed.
func TestCompiledAndEvaluatedAgree(t *testing.T) {
	if testing.Short() {
		t.Skip("it runs the go command")
	}
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	var duration time.Duration
	if text := os.Getenv("FLUV_FUZZ_DIFF"); text != "" {
		duration, err = time.ParseDuration(text)
		require.NoError(t, err)
	}
	seed := rand.Uint64() % 1_000_000_000
	if text := os.Getenv("FLUV_FUZZ_SEED"); text != "" {
		seed, err = strconv.ParseUint(text, 10, 64)
		require.NoError(t, err)
	}
	domains := found(t)
	for begin := time.Now(); ; seed += 1000 {
		batch(t, root, seed, domains)
		domains = nil
		if t.Failed() || time.Since(begin) >= duration {
			return
		}
	}
}

// found are the domains in which earlier runs found something, cut down to it.
func found(t *testing.T) (domains []*Domain) {
	paths, err := filepath.Glob("testdata/found/*.fluv")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		d, list := Check(string(text))
		require.NotNil(t, d, "%s: %v", path, list)
		domains = append(domains, &Domain{Name: d.Name, Text: string(text), Model: d})
	}
	return domains
}

func batch(t *testing.T, root string, seed uint64, domains []*Domain) {
	for next, made := seed, 0; made < domainsInBatch; next++ {
		require.Less(t, next, seed+1000, "the checker refuses all that is written")
		if d, err := Make("p"+strconv.Itoa(made), next); err == nil {
			domains = append(domains, d)
			made++
		}
	}
	b, err := Build(root, t.TempDir(), domains)
	if err != nil {
		logTexts(t, domains)
	}
	require.NoError(t, err, "FLUV_FUZZ_SEED=%d", seed)
	var cases []compiled.Case
	for _, d := range domains {
		cases = append(cases, Cases(d, casesOfDomain, d.Seed)...)
	}
	answers, err := b.Answers(cases)
	require.NoError(t, err, "FLUV_FUZZ_SEED=%d", seed)
	counts := map[string]int{}
	for i, d := range domains {
		e := eval.New(d.Model, eval.Limits{})
		for j := range casesOfDomain {
			at := i*casesOfDomain + j
			counts[answers[at].Code]++
			if got := Evaluated(e, &cases[at]); !Same(got, answers[at]) {
				t.Errorf("seed %d (FLUV_FUZZ_SEED=%d), domain:\n%s\ncase %s\nevaluated %s\ncompiled %s",
					d.Seed, d.Seed, d.Text, show(cases[at]), show(got), show(answers[at]))
				break
			}
		}
	}
	if err := b.Properties(seed); err != nil {
		logTexts(t, domains)
		t.Errorf("FLUV_FUZZ_SEED=%d: %v", seed, err)
	}
	t.Logf("FLUV_FUZZ_SEED=%d: %d cases, by the codes of their errors: %v", seed, len(cases), counts)
}

func logTexts(t *testing.T, domains []*Domain) {
	t.Helper()
	for _, d := range domains {
		t.Logf("%s, seed %d:\n%s", d.Name, d.Seed, d.Text)
	}
}
