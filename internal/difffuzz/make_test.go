package difffuzz

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestMostOfWhatIsWrittenIsRight holds the writer to its use: a domain that the checker refuses tests nothing.
func TestMostOfWhatIsWrittenIsRight(t *testing.T) {
	made, lost := 0, 0
	const seeds = 60
	for seed := range uint64(seeds) {
		d, err := Make("p", seed)
		if err != nil {
			t.Log(err)
			continue
		}
		made++
		lost += d.Lost
	}
	t.Logf("%d of %d domains, %d lines lost", made, seeds, lost)
	assert.Greater(t, made, seeds/3)
	assert.Equal(t, Write("p", 7), Write("p", 7), "a seed says all")
}
