package main

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestBothFilesAreMeasured(t *testing.T) {
	dir := t.TempDir()
	for _, keep := range []string{"-keep", "-keep", "-keep=false"} {
		measureAndCheck(t, dir, keep)
	}
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, left, 2, "only what was to be kept is there")
}

func measureAndCheck(t *testing.T, dir, keep string) {
	var out, progress strings.Builder
	require.NoError(t, run([]string{"-events", "2000", "-baseline", "400", "-rounds", "2", "-dir", dir, keep}, &out, &progress), progress.String())
	for _, want := range []string{
		"events, 20 aggregates: ", "events, 100 aggregates: ",
		"append, FULL, writers: 1, time: ", "append, FULL, writers: 64, processor time: ", "read one aggregate, time: ", "ratio ",
	} {
		require.Contains(t, out.String(), want)
	}
}
