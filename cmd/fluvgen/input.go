package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/fluvius-io/fluvius-go/dsl"
	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/internal/cli"
)

// extension is how the name of a domain's file ends.
const extension = ".fluv"

// maxFile bounds one file, so that a wrong path (a disk image, a log) is a message and not a machine without memory.
const maxFile = 16 << 20

// loaded is one domain of the command line. Domain is nil where it has errors.
type loaded struct {
	path   string // as given
	folder string // where its files are: the default output goes beside them
	domain *model.Domain
}

// load reads and checks every domain of the command line, prints what was found, and answers whether all is well.
// What cannot be read is a cli.InputError; the other domains are checked all the same.
func load(t *terminal, o options) ([]loaded, error) { return loadWith(t, o, read) }

// loadWith is load with another reader than the disk's.
func loadWith(t *terminal, o options, read dsl.Reader) ([]loaded, error) {
	loader := dsl.NewLoader(read)
	var domains []loaded
	var unread []error
	for _, path := range o.paths {
		domain, err := loader.Load(path)
		if err != nil {
			unread = append(unread, err)
			continue
		}
		domains = append(domains, loaded{path: path, folder: folderOf(path), domain: domain})
	}
	found := loader.Diagnostics()
	err := source.Render(t.Err, found, source.RenderOptions{Format: o.format, Color: t.Color})
	switch {
	case err != nil:
		return nil, fmt.Errorf("cannot print the diagnostics: %w", err)
	case len(unread) > 0:
		return nil, cli.InputError{Err: errors.Join(unread...)}
	case found.HasErrors() || o.strict && len(found) > 0:
		return nil, cli.ErrFound
	}
	return domains, nil
}

// read is the dsl.Reader of the disk.
func read(path string) (dsl.Input, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) && filepath.Ext(path) != extension {
		if _, err := os.Stat(path + extension); err == nil {
			return read(path + extension)
		}
	}
	if err != nil {
		return dsl.Input{}, plain(path, err)
	}
	names := []string{path}
	if info.IsDir() {
		if names, err = filesIn(path); err != nil {
			return dsl.Input{}, err
		}
	}
	input := dsl.Input{Key: keyOf(path)}
	for _, name := range names {
		file, err := readFile(name)
		if err != nil {
			return dsl.Input{}, err
		}
		input.Files = append(input.Files, file)
	}
	return input, nil
}

// filesIn lists the domain's files of a folder, by name. Folders below it are other domains'.
func filesIn(folder string) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, plain(folder, err)
	}
	var names []string
	for _, e := range entries {
		if filepath.Ext(e.Name()) == extension && !e.IsDir() && !strings.HasPrefix(e.Name(), ".") {
			names = append(names, filepath.Join(folder, e.Name()))
		}
	}
	slices.Sort(names)
	if len(names) == 0 {
		return nil, fmt.Errorf("%s: there is no %s file in this folder", slash(folder), extension)
	}
	return names, nil
}

func readFile(name string) (*source.File, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, plain(name, err)
	}
	if info.Size() > maxFile {
		return nil, fmt.Errorf("%s: this file is larger than %d MB; is it a domain?", slash(name), maxFile>>20)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, plain(name, err)
	}
	if !utf8.Valid(text) && slices.Contains(text, 0) {
		return nil, fmt.Errorf("%s: this is no text file (it must be UTF-8)", slash(name))
	}
	return source.NewFile(name, string(text)), nil
}

// plain says a file error without the name of the system call: "shop.fluv: no such file or directory".
func plain(name string, err error) error {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		err = pathError.Err
	}
	return fmt.Errorf("%s: %w", slash(name), err)
}

// keyOf names a place the same whatever path leads to it.
func keyOf(path string) string {
	if absolute, err := filepath.Abs(path); err == nil {
		path = absolute
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	return path
}

// folderOf is the folder that the files of a path are in.
func folderOf(path string) string {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return path
	}
	return filepath.Dir(path)
}
