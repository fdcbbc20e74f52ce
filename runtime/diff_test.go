package runtime_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/runtime"
)

func TestDiffStates(t *testing.T) {
	type line struct {
		Product string         `json:"product"`
		Prices  map[string]int `json:"prices,omitempty"`
	}
	type state struct {
		Lines []line  `json:"lines"`
		Note  *string `json:"note"`
	}
	note := "a"
	tests := []struct {
		name          string
		before, after any
		want          []string
	}{
		{"equal", state{Note: &note}, state{Note: &note}, nil},
		{"from null", state{}, state{Note: &note}, []string{`note: null -> "a"`}},
		{"an entry", state{Lines: []line{{Product: "x"}, {Product: "y"}}}, state{Lines: []line{{Product: "x"}, {Product: "z"}}}, []string{`lines[1].product: "y" -> "z"`}},
		{"more entries", state{Lines: []line{{Product: "x"}}}, state{Lines: []line{{Product: "x"}, {Product: "z"}}}, []string{`lines[1]: - -> {"product":"z"}`}},
		{"fewer entries", state{Lines: []line{{Product: "x"}}}, state{Lines: []line{}}, []string{`lines[0]: {"product":"x"} -> -`}},
		{"a list from null", state{}, state{Lines: []line{}}, []string{`lines: null -> []`}},
		{"map keys", map[string]int{"": 1, "EUR 1": 1, "b": 1}, map[string]int{"": 2, "EUR 1": 2, "c": 1}, []string{`[""]: 1 -> 2`, `["EUR 1"]: 1 -> 2`, `b: 1 -> -`, `c: - -> 1`}},
		{"a map below", line{Prices: map[string]int{"a b": 1}}, line{Prices: map[string]int{"a b": 2}}, []string{`prices["a b"]: 1 -> 2`}},
		{"an object that was a list", []any{1}, map[string]any{"a": 1}, []string{`: [1] -> {"a":1}`}},
		{"large numbers", map[string]uint64{"n": 1<<63 + 1}, map[string]uint64{"n": 1<<63 + 2}, []string{`n: 9223372036854775809 -> 9223372036854775810`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			changes, err := runtime.DiffStates(test.before, test.after)
			require.NoError(t, err)
			var got []string
			for _, c := range changes {
				got = append(got, c.String())
			}
			require.Equal(t, test.want, got)
		})
	}
	_, err := runtime.DiffStates(any(func() {}), any(1))
	require.Error(t, err)
}
