package guide

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// step is one block of a page, as something that a reader does.
//
//	a line that is only `path`, then a block    the whole file
//	the same, and the block is marked diff      changes to the file, a hunk each, apart from each other by a line @@
//	a block marked sh                           commands, each on a line
//	a block marked console                      commands behind "$ ", each followed by what it prints
//
// Any other block is a fault of the page: nothing may stand there that is not done. "console exit=1" says that its
// last command fails; it does not show on the rendered page.
type step struct {
	line   int // of the block's first line, from 1
	lang   string
	path   string // of a file
	status string // that the last command ends with
	text   string
}

var (
	fence    = regexp.MustCompile("^```(.*)$")
	fileLine = regexp.MustCompile("^`([^`]+)`$")
)

// steps are the blocks of a page in their order.
func steps(page string) ([]step, error) {
	var found []step
	var file string
	var open *step
	for i, line := range strings.Split(page, "\n") {
		switch mark := fence.FindStringSubmatch(line); {
		case open != nil && mark != nil:
			found, open = append(found, *open), nil
		case open != nil:
			open.text += line + "\n"
		case mark != nil:
			s, err := begin(i+2, mark[1], file)
			if err != nil {
				return nil, err
			}
			open, file = &s, ""
		case fileLine.MatchString(line):
			file = fileLine.FindStringSubmatch(line)[1]
		case line != "":
			file = ""
		}
	}
	if open != nil {
		return nil, fmt.Errorf("line %d: the block has no end", open.line)
	}
	return found, nil
}

func begin(line int, info, file string) (step, error) {
	lang, rest, _ := strings.Cut(info, " ")
	s := step{line: line, lang: lang, path: file, status: "0"}
	if status, ok := strings.CutPrefix(rest, "exit="); ok {
		s.status, rest = status, ""
	}
	isCommand := lang == "sh" || lang == "console"
	if rest != "" || isCommand == (file != "") {
		return s, fmt.Errorf("line %d: a block %q with the file %q is nothing that a reader can do", line, info, file)
	}
	return s, nil
}

// command is one line to type and what it prints; a command marked sh may print anything.
type command struct {
	line   int
	text   string
	shown  []string
	silent bool // what it prints is not on the page
	status string
}

// commands are those of a block.
func (s step) commands() (found []command) {
	for i, line := range strings.Split(strings.TrimSuffix(s.text, "\n"), "\n") {
		text, typed := strings.CutPrefix(line, "$ ")
		if s.lang == "sh" {
			text, typed = line, true
		}
		if typed {
			found = append(found, command{line: s.line + i, text: text, silent: s.lang == "sh", status: "0"})
		} else if len(found) > 0 {
			last := &found[len(found)-1]
			last.shown = append(last.shown, line)
		}
	}
	if len(found) > 0 {
		found[len(found)-1].status = s.status
	}
	return found
}

// write makes or changes the file of a block.
func (s step) write(dir string) error {
	path := filepath.Join(dir, filepath.FromSlash(s.path))
	if s.lang != "diff" {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		return os.WriteFile(path, []byte(s.text), 0o644)
	}
	old, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	text, err := patched(string(old), s.text)
	if err != nil {
		return fmt.Errorf("line %d: %s: %w", s.line, s.path, err)
	}
	return os.WriteFile(path, []byte(text), 0o644)
}

// patched applies hunks, which stand in any order; the lines that one replaces must be found exactly once.
func patched(text, diff string) (string, error) {
	lines := strings.Split(text, "\n")
	for hunk := range strings.SplitSeq(strings.TrimSuffix(diff, "\n"), "\n@@\n") {
		var before, after []string
		for line := range strings.SplitSeq(hunk, "\n") {
			switch rest := strings.TrimPrefix(line, line[:min(1, len(line))]); {
			case strings.HasPrefix(line, "+"):
				after = append(after, rest)
			case strings.HasPrefix(line, "-"):
				before = append(before, rest)
			default:
				before, after = append(before, rest), append(after, rest)
			}
		}
		at, count := find(lines, before)
		if count != 1 {
			return "", fmt.Errorf("these lines are there %d times, want once:\n%s", count, strings.Join(before, "\n"))
		}
		lines = slices.Concat(lines[:at], after, lines[at+len(before):])
	}
	return strings.Join(lines, "\n"), nil
}

func find(lines, part []string) (at, count int) {
	for i := 0; i+len(part) <= len(lines); i++ {
		if slices.Equal(lines[i:i+len(part)], part) {
			at, count = i, count+1
		}
	}
	return at, count
}
