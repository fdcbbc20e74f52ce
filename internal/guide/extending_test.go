//go:build unix

package guide

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestExtending makes the changes of docs/extending.md in a copy of the checkout, so that whoever follows it meets
// nothing that its author did not. Its commands, which build and test half of the repository anew, are run by make
// extending.
func TestExtending(t *testing.T) {
	root, page := readPage(t, "extending.md")
	dir := t.TempDir()
	at := filepath.Join(dir, "checkout")
	require.NoError(t, os.Mkdir(at, 0o755))
	checkout(t, root, at)
	run := func(command) error { return nil }
	if os.Getenv("FLUV_EXTENDING") != "" {
		sh, err := newShell(at, environment(t, root, dir))
		require.NoError(t, err)
		defer sh.end()
		run = sh.run
	}
	take(t, "extending.md", page, at, run)
	requireLayout(t, filepath.Join(at, "dsl", "check"))
	requireLayout(t, filepath.Join(at, "runtime", "plain"))
}

// checkout copies the files that git keeps, as they are now; where there is no git, all of them.
func checkout(t *testing.T, from, to string) {
	t.Helper()
	list := exec.Command("git", "ls-files", "-z")
	list.Dir = from
	names, err := list.Output()
	if err != nil {
		require.NoError(t, os.CopyFS(to, os.DirFS(from)))
		return
	}
	for name := range strings.SplitSeq(strings.Trim(string(names), "\x00"), "\x00") {
		text, err := os.ReadFile(filepath.Join(from, name))
		if os.IsNotExist(err) {
			continue // it is being removed
		}
		require.NoError(t, err)
		path := filepath.Join(to, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, text, 0o644))
	}
}
