//go:build unix

package guide

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestWhatAPageSaysIsFound(t *testing.T) {
	all, err := steps("text\n\n`a/b.txt`\n\n```text\none\n```\n\n`a/b.txt`\n\n```diff\n one\n+two\n```\n\n" +
		"```console exit=3\n$ echo a\na\n$ exit 3\n```\n\n```sh\necho b\n```\n")
	require.NoError(t, err)
	require.Len(t, all, 4)
	assert.Equal(t, step{line: 6, lang: "text", path: "a/b.txt", status: "0", text: "one\n"}, all[0])
	assert.Equal(t, []command{
		{line: 17, text: "echo a", shown: []string{"a"}, status: "0"},
		{line: 19, text: "exit 3", status: "3"},
	}, all[2].commands())
	assert.Equal(t, []command{{line: 23, text: "echo b", silent: true, status: "0"}}, all[3].commands())

	dir := t.TempDir()
	require.NoError(t, all[0].write(dir))
	require.NoError(t, all[1].write(dir))
	text, err := os.ReadFile(filepath.Join(dir, "a", "b.txt"))
	require.NoError(t, err)
	assert.Equal(t, "one\ntwo\n", string(text))
}

func TestNothingOnAPageIsLeftOut(t *testing.T) {
	for _, page := range []string{
		"```go\npackage x\n```\n",             // which file?
		"`x.go`\n\nwords\n\n```go\nx\n```\n",  // the name has to be right above
		"`x`\n\n```console\n$ true\n```\n",    // a command is no file
		"```\nwhat is this?\n```\n",           // neither
		"```console soon\n$ true\n```\n",      // an unknown mark
		"```sh\necho this block has no end\n", //
	} {
		_, err := steps(page)
		assert.Error(t, err, page)
	}
}

func TestAHunkMustFitOnce(t *testing.T) {
	text, err := patched("a\nb\na\n", "-b\n+c\n@@\n+first\n a\n c\n")
	require.NoError(t, err)
	assert.Equal(t, "first\na\nc\na\n", text)
	for _, diff := range []string{"-a\n+b\n", "-x\n", " b\n+c\n@@\n-x\n"} {
		_, err := patched("a\nb\na\n", diff)
		assert.Error(t, err, diff)
	}
}

// TestAPageThatLiesFails: what is printed, how a command ends, and what a program in the background says are all compared.
func TestAPageThatLiesFails(t *testing.T) {
	sh, err := newShell(t.TempDir(), os.Environ())
	require.NoError(t, err)
	defer sh.end()
	run := func(text, status string, shown ...string) error {
		return sh.run(command{text: text, status: status, shown: shown})
	}
	require.NoError(t, run("x=1; echo $x; echo 2 >&2", "0", "1", "2"), "both outputs are one, as on a terminal")
	require.NoError(t, run("printf $x", "0", "1"), "the session goes on, and a line need not end")
	require.NoError(t, run("echo 2026-11-25T01:02:03.4Z $((20 + 1)).5ms", "0", "2020-01-01T00:00:00Z   3ms"))
	require.NoError(t, run("false", "1"))
	require.NoError(t, run("echo began &", "0", "began"))

	assert.Error(t, run("echo a", "0", "b"))
	assert.Error(t, run("echo a", "0"))
	assert.Error(t, run("true", "0", "a"))
	assert.Error(t, run("false", "0"))
	assert.Error(t, run("true", "1"))
	assert.Error(t, run("echo other &", "0", "began"))
	assert.Error(t, run("exit 0", "0"), "the session is over")
}
