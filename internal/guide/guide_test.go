//go:build unix

package guide

import (
	"go/format"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestGuide(t *testing.T) { follow(t, "guide.md") }

func TestRecipes(t *testing.T) { follow(t, "recipes.md") }

// follow does all that a page says, in an empty folder. Three things differ from a reader's machine: git does not clone
// but links to this checkout, nothing is downloaded, and port 8080 is another where it is taken.
func follow(t *testing.T, name string) {
	if testing.Short() {
		t.Skip("builds programs; make unit runs it")
	}
	root, page := readPage(t, name)
	dir := t.TempDir()
	at := filepath.Join(dir, "empty") // where the reader is; files of the page are relative to it
	require.NoError(t, os.Mkdir(at, 0o755))
	sh, err := newShell(at, environment(t, root, dir))
	require.NoError(t, err)
	defer sh.end()
	requireLayout(t, take(t, name, strings.ReplaceAll(page, "8080", freePort(t)), at, sh.run))
}

// readPage gives the folder of the checkout, and a page of its docs.
func readPage(t *testing.T, name string) (root, page string) {
	t.Helper()
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	text, err := os.ReadFile(filepath.Join(root, "docs", name))
	require.NoError(t, err)
	return root, string(text)
}

// take does the steps of a page, beginning in a folder, and gives the one in which its reader ends.
func take(t *testing.T, name, page, at string, run func(command) error) string {
	t.Helper()
	all, err := steps(page)
	require.NoError(t, err, name)
	for _, s := range all {
		if s.path != "" {
			require.NoError(t, s.write(at), name)
			continue
		}
		for _, c := range s.commands() {
			require.NoError(t, run(c), "docs/%s:%d: %s", name, c.line, c.text)
			if folder, ok := strings.CutPrefix(c.text, "cd "); ok {
				at = filepath.Join(at, folder)
			}
		}
	}
	return at
}

// environment is that of a machine with Go, git and curl on which nothing of Fluvius is installed. Programs are linked
// without what a debugger needs, which takes a quarter of the time.
func environment(t *testing.T, root, dir string) []string {
	tools, home := filepath.Join(dir, "tools"), filepath.Join(dir, "home")
	require.NoError(t, os.Mkdir(tools, 0o755))
	require.NoError(t, os.Mkdir(home, 0o755))
	clone := "#!/bin/sh\n[ \"$1\" = clone ] && ln -s '" + root + "' \"${2##*/}\"\n"
	require.NoError(t, os.WriteFile(filepath.Join(tools, "git"), []byte(clone), 0o755))
	for _, tool := range []string{"curl", "go"} {
		_, err := exec.LookPath(tool)
		require.NoError(t, err, "a reader of the page needs %s", tool)
	}
	caches, err := exec.Command("go", "env", "GOCACHE", "GOMODCACHE").Output()
	require.NoError(t, err)
	lines := strings.Split(string(caches), "\n")
	return append(os.Environ(), "GOCACHE="+lines[0], "GOMODCACHE="+lines[1], "GOPATH="+home, "GOBIN=", "GOPROXY=off", "GOFLAGS=-buildvcs=false -ldflags=-w",
		"GOWORK=off", "HOME="+home, "NO_COLOR=1", "COLUMNS=", "PATH="+tools+string(os.PathListSeparator)+os.Getenv("PATH"))
}

// freePort is 8080, as on the page, where nobody uses it.
func freePort(t *testing.T) string {
	for _, address := range []string{"localhost:8080", "localhost:0"} {
		l, err := net.Listen("tcp", address)
		if err != nil {
			continue
		}
		defer l.Close()
		_, port, err := net.SplitHostPort(l.Addr().String())
		require.NoError(t, err)
		return port
	}
	t.Fatal("there is no free port")
	return ""
}

// requireLayout checks that the Go code of a page, all changes made, is laid out as gofmt does.
func requireLayout(t *testing.T, dir string) {
	checked := 0
	require.NoError(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" {
			return err
		}
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		formatted, err := format.Source(text)
		require.NoError(t, err, path)
		assert.Equal(t, string(formatted), string(text), "%s is not as gofmt lays it out", path)
		checked++
		return nil
	}))
	require.Positive(t, checked, "a page has Go code")
}
