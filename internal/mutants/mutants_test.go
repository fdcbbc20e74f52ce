package mutants

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestEveryMutantIsNoticed tries all of them if FLUV_MUTANTS is set, else the sample.
func TestEveryMutantIsNoticed(t *testing.T) {
	all := os.Getenv("FLUV_MUTANTS") != ""
	if testing.Short() && !all {
		t.Skip("each mutant is compiled")
	}
	root, tried := root(t), 0
	for _, m := range table {
		if !all && !slices.Contains(sample, m.old) {
			continue
		}
		tried++
		t.Run(m.name(), func(t *testing.T) {
			survives, err := m.survives(t.Context(), root, t.TempDir())
			require.NoError(t, err)
			require.False(t, survives, "%s stays green with %s", m.test, m.new)
		})
	}
	require.GreaterOrEqual(t, tried, len(sample))
}

// TestEveryPatchFitsTheCode notices at once when code moved away from under a patch.
func TestEveryPatchFitsTheCode(t *testing.T) {
	require.GreaterOrEqual(t, len(table), 40)
	for _, m := range table {
		_, err := m.patched(root(t))
		assert.NoError(t, err)
	}
}

// TestASurvivorAndABadPatchAreTold tests the runner itself: a patch that changes nothing, one that does not compile, and
// one without a test.
func TestASurvivorAndABadPatchAreTold(t *testing.T) {
	if testing.Short() {
		t.Skip("each mutant is compiled")
	}
	harmless := mutant{calc, `sum := a + b`, `sum := b + a`, "TestIntegersAreExactOrFail"}
	survives, err := harmless.survives(t.Context(), root(t), t.TempDir())
	require.NoError(t, err)
	require.True(t, survives)

	broken := mutant{calc, `sum := a + b`, `sum := a +`, "TestIntegersAreExactOrFail"}
	_, err = broken.survives(t.Context(), root(t), t.TempDir())
	require.ErrorContains(t, err, "does not compile")

	untested := mutant{calc, `sum := a + b`, `sum := b + a`, "TestThatIsNotThere"}
	_, err = untested.survives(t.Context(), root(t), t.TempDir())
	require.ErrorContains(t, err, "there is no test")

	gone := mutant{calc, `what is not there`, ``, ""}
	_, err = gone.survives(t.Context(), root(t), t.TempDir())
	require.ErrorContains(t, err, "0 times")
}

func root(t *testing.T) string {
	dir, err := filepath.Abs("../..")
	require.NoError(t, err)
	return dir
}
