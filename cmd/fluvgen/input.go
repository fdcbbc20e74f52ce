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
	if err := tell(t, o.format, found, unread); err != nil {
		return nil, err
	}
	if found.HasErrors() || o.strict && len(found) > 0 {
		return nil, cli.ErrFound
	}
	return domains, nil
}

// tell prints what was found. An error is that there was something that could not be read, or that printing failed.
func tell(t *terminal, format source.Format, found source.List, unread []error) error {
	if format != source.FormatText { // programs read it: all of it has one form
		for _, err := range unread {
			found.Add(ofFile(err))
		}
	}
	if err := source.Render(t.Err, found, source.RenderOptions{Format: format, Color: t.Color}); err != nil {
		return fmt.Errorf("cannot print the diagnostics: %w", err)
	}
	switch {
	case len(unread) == 0:
		return nil
	case format != source.FormatText:
		return cli.ErrFound
	}
	return cli.InputError{Err: errors.Join(unread...)}
}

// fileError is why one file or folder cannot be read.
type fileError struct {
	path string
	err  error
}

func (e *fileError) Error() string { return slash(e.path) + ": " + e.err.Error() }
func (e *fileError) Unwrap() error { return e.err }

// ofFile is an error as a diagnostic, at the beginning of the file that it is of.
func ofFile(err error) source.Diagnostic {
	var of *fileError
	if errors.As(err, &of) {
		return source.Diagnostic{Span: source.NewFile(of.path, "").Span(0, 0), Message: of.err.Error()}
	}
	return source.Diagnostic{Message: err.Error()}
}

// read is the dsl.Reader of the disk.
func read(path string) (dsl.Input, error) {
	if path == "" {
		return dsl.Input{}, errors.New("the path is empty; is a variable not set?")
	}
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
		return nil, &fileError{folder, fmt.Errorf("there is no %s file in this folder", extension)}
	}
	return names, nil
}

func readFile(name string) (*source.File, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, plain(name, err)
	}
	if info.Size() > maxFile {
		return nil, &fileError{name, fmt.Errorf("this file is larger than %d MB; is it a domain?", maxFile>>20)}
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, plain(name, err)
	}
	if !utf8.Valid(text) && slices.Contains(text, 0) {
		return nil, &fileError{name, errors.New("this is no text file (it must be UTF-8)")}
	}
	return source.NewFile(name, string(text)), nil
}

// plain says a file error without the name of the system call: "shop.fluv: no such file or directory".
func plain(name string, err error) error {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		err = pathError.Err
	}
	return &fileError{name, err}
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
