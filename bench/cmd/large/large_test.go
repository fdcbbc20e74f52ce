package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestBothFilesAreMeasured(t *testing.T) {
	var out, progress strings.Builder
	require.NoError(t, run([]string{"-events", "2000", "-baseline", "400", "-rounds", "2", "-dir", t.TempDir()}, &out, &progress), progress.String())
	for _, want := range []string{
		"400 events, 20 aggregates: ", "2000 events, 100 aggregates: ",
		"append, FULL, writers: 1: ", "append, FULL, writers: 64: ", "read one aggregate: ", "ratio ",
	} {
		require.Contains(t, out.String(), want)
	}
}
