package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// output is what a command writes while a test reads it.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// eventually waits until something is so. The deadline is far: a slow machine is no mistake.
func eventually(t *testing.T, what string, so func() bool) {
	t.Helper()
	require.Eventually(t, so, 30*time.Second, 10*time.Millisecond, what)
}

const watchedDomain = "domain door\n\naggregate Door {\n    event NAME {}\n    action Open() creates NAME\n}\n"

func TestWatch(t *testing.T) {
	dir := t.TempDir()
	folder := filepath.Join(dir, "doors")
	path := filepath.Join(folder, "door.fluv")
	require.NoError(t, os.Mkdir(folder, 0o777))
	write := func(path, event string) {
		require.NoError(t, os.WriteFile(path, []byte(strings.ReplaceAll(watchedDomain, "NAME", event)), 0o666))
	}
	out := filepath.Join(dir, "gen")
	generated := func(name string) func() bool {
		return func() bool { return strings.Contains(allOf(out), name) }
	}
	write(path, "door-opened")
	var errs output
	status := make(chan int, 1)
	go func() {
		status <- program().Main([]string{"generate", "-watch", "-o", out, path}, &terminal{Out: &errs, Err: &errs})
	}()
	eventually(t, "it begins with all there is", generated("DoorOpened"))

	write(path, "door-unlocked")
	eventually(t, "a save", generated("DoorUnlocked"))

	require.NoError(t, os.WriteFile(path, []byte("domain door\n\naggregate Door {\n    evnt\n}\n"), 0o666))
	eventually(t, "a mistake is told", func() bool { return strings.Contains(errs.String(), "door.fluv:4:5: ") })

	write(path+"~", "door-widened")
	require.NoError(t, os.Rename(path+"~", path))
	eventually(t, "a save by renaming", generated("DoorWidened"))

	require.NoError(t, os.Remove(path))
	eventually(t, "the file is gone", func() bool { return strings.Contains(errs.String(), "no such file") })
	write(path, "door-returned")
	eventually(t, "the file is back", generated("DoorReturned"))

	require.NoError(t, os.Rename(folder, folder+"-away"))
	require.NoError(t, os.Mkdir(folder, 0o777))
	write(path, "door-moved")
	eventually(t, "another folder in its place", generated("DoorMoved"))

	self, err := os.FindProcess(os.Getpid())
	require.NoError(t, err)
	require.NoError(t, self.Signal(os.Interrupt))
	select {
	case got := <-status:
		require.Equal(t, 0, got, errs.String())
	case <-time.After(30 * time.Second):
		t.Fatal("an interrupt does not end it")
	}
}

// allOf is the text of all files below a folder.
func allOf(folder string) string {
	var all strings.Builder
	paths, _ := filepath.Glob(filepath.Join(folder, "*", "*.go"))
	for _, path := range paths {
		text, _ := os.ReadFile(path)
		all.Write(text)
	}
	return all.String()
}
