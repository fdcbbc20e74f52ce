package data

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPayloadsAreOfTheSizeThatIsSaid(t *testing.T) {
	for i, e := range Bank(2000) {
		require.True(t, json.Valid([]byte(e.Data)), e.Data)
		require.Len(t, e.Data, 36, "event %d: %s", i, e.Data)
	}
	for i := 1; i < 2000; i++ {
		require.True(t, json.Valid([]byte(Handled(i))), Handled(i))
		require.InDelta(t, 320, len(Handled(i)), 2, Handled(i))
	}
}

func TestAnAccountNeverGoesBelowItsCredit(t *testing.T) {
	for n := 1; n < 2000; n++ {
		require.GreaterOrEqual(t, Balance(n)+Credit, int64(0))
	}
}
