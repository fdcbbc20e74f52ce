package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"

	"github.com/fluvius-io/fluvius-go/dsl"
	"github.com/fluvius-io/fluvius-go/internal/cli"
)

const (
	// settle is how long a change may take: an editor saves in several steps, git writes many files.
	settle = 50 * time.Millisecond
	// revisit is how often folders are looked for that went, or are not there yet.
	revisit = 300 * time.Millisecond
)

// watch is one run of generate -watch. Folders are watched, not files: editors save by renaming a new file over the
// old one, and what watches the old one hears no more.
type watch struct {
	t       *terminal
	o       options
	out     string
	watcher *fsnotify.Watcher
	folders map[string]bool // that matter; true while they are watched
}

// watchUntilInterrupted ends with nil on SIGINT and SIGTERM, for that is how it is ended.
func watchUntilInterrupted(t *terminal, o options, out string) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("cannot watch files: %w", err)
	}
	defer watcher.Close()
	w := &watch{t: t, o: o, out: out, watcher: watcher, folders: map[string]bool{}}
	return w.run(ctx)
}

func (w *watch) run(ctx context.Context) error {
	for _, path := range w.o.paths {
		w.matters(path)
	}
	w.attach()
	if err := w.generate(); err != nil { // a path that is wrong from the beginning, or an output that cannot be
		return err
	}
	fmt.Fprintln(w.t.Err, "fluvgen: watching; interrupt to end")
	settled := time.NewTimer(0)
	<-settled.C
	again := time.NewTicker(revisit)
	defer again.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case e, open := <-w.watcher.Events:
			if !open {
				return errors.New("the watching of files ended")
			}
			if w.concerns(e) {
				settled.Reset(settle)
			}
		case <-w.watcher.Errors:
			settled.Reset(settle) // events were lost: look at all
		case <-again.C:
			if w.attach() {
				settled.Reset(settle)
			}
		case <-settled.C: // a file may go, and come again: no error ends the watching
			if err := w.generate(); err != nil {
				fmt.Fprintf(w.t.Err, "fluvgen: %v\n", err)
			}
		}
	}
}

// concerns tells whether an event may change what is generated. A folder that goes is watched anew once it is back.
func (w *watch) concerns(e fsnotify.Event) bool {
	name := filepath.Clean(e.Name)
	if _, ours := w.folders[name]; ours && e.Has(fsnotify.Remove|fsnotify.Rename) {
		_ = w.watcher.Remove(name)
		w.folders[name] = false
		return true
	}
	return filepath.Ext(name) == extension && !e.Has(fsnotify.Chmod)
}

// matters notes the folders of a path that was read, and of the place that it links to.
func (w *watch) matters(path string) {
	for _, p := range []string{path, path + extension, keyOf(path)} {
		folder := filepath.Clean(folderOf(p))
		if _, known := w.folders[folder]; !known {
			w.folders[folder] = false
		}
	}
}

// attach watches the folders that are not watched, and tells whether there were any that can be.
func (w *watch) attach() (found bool) {
	for folder, watched := range w.folders {
		if !watched && w.watcher.Add(folder) == nil {
			w.folders[folder] = true
			found = true
		}
	}
	return found
}

// generate makes all packages. What was read while it was not watched yet is read again. Errors in domains have been
// printed when it returns.
func (w *watch) generate() error {
	for {
		n, err := w.once()
		if w.attach() {
			continue
		}
		if err == nil && n > 0 {
			fmt.Fprintf(w.t.Err, "fluvgen: %s written\n", counted(n, "file"))
		}
		if errors.Is(err, cli.ErrFound) {
			return nil
		}
		return err
	}
}

func (w *watch) once() (changed int, err error) {
	domains, err := loadWith(w.t, w.o, func(path string) (dsl.Input, error) {
		w.matters(path)
		return read(path)
	})
	if err != nil {
		return 0, err
	}
	changes, err := plan(domains, w.out)
	if err != nil {
		return 0, err
	}
	return len(changes), apply(changes)
}
