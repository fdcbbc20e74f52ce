//go:build unix

package guide

import (
	"bufio"
	"fmt"
	"io"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"time"
)

// shell is one session of a reader: a sh that is given a line at a time, so that the folder, variables and background
// jobs last.
type shell struct {
	in    io.WriteCloser
	lines chan string // of its output and its errors together, as a terminal shows them; closed at its end
	end   func()
}

// done begins the line that the shell prints behind each command, with the command's status.
const done = "\x1eended "

// patience is how long a line of output may take before the page's test fails. Nothing waits for it when all is well.
const patience = 5 * time.Minute

// newShell starts a session in a folder.
func newShell(dir string, env []string) (*shell, error) {
	sh := exec.Command("sh")
	sh.Dir, sh.Env = dir, env
	sh.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	in, err := sh.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := sh.StdoutPipe()
	if err != nil {
		return nil, err
	}
	sh.Stderr = sh.Stdout
	if err := sh.Start(); err != nil {
		return nil, err
	}
	s := &shell{in: in, lines: make(chan string, 1024)}
	go func() {
		defer close(s.lines)
		for scanner := bufio.NewScanner(out); scanner.Scan(); {
			s.lines <- scanner.Text()
		}
	}()
	s.end = func() {
		in.Close()
		_ = syscall.Kill(-sh.Process.Pid, syscall.SIGKILL) // a server that a failed page left behind, too
		_ = sh.Wait()
	}
	return s, nil
}

// run types a command and checks what it prints and how it ends. One in the background is waited for until it has
// printed what the page shows.
func (s *shell) run(c command) error {
	if strings.HasSuffix(c.text, "&") {
		if _, err := fmt.Fprintln(s.in, c.text); err != nil {
			return err
		}
		for i := range c.shown {
			line, err := s.next()
			if err != nil {
				return err
			}
			if err := differs(c.shown[i:i+1], []string{line}); err != nil {
				return err
			}
		}
		return nil
	}
	// A newline of its own before the mark, as in printf's format: what was printed need not end with one.
	if _, err := fmt.Fprintf(s.in, "%s\nprintf '\\n\\036ended %%s\\n' $?\n", c.text); err != nil {
		return err
	}
	printed, status, err := s.until()
	if err != nil {
		return err
	}
	if status != c.status {
		return fmt.Errorf("it ended with status %s, want %s:\n%s", status, c.status, strings.Join(printed, "\n"))
	}
	if c.silent {
		return nil
	}
	return differs(c.shown, printed)
}

// until reads up to the mark behind a command.
func (s *shell) until() (printed []string, status string, err error) {
	for {
		line, err := s.next()
		if err != nil {
			return printed, "", fmt.Errorf("%w after:\n%s", err, strings.Join(printed, "\n"))
		}
		if status, ok := strings.CutPrefix(line, done); ok {
			if n := len(printed); n > 0 && printed[n-1] == "" {
				printed = printed[:n-1]
			}
			return printed, status, nil
		}
		printed = append(printed, line)
	}
}

func (s *shell) next() (string, error) {
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case line, ok := <-s.lines:
		if !ok {
			return "", io.ErrUnexpectedEOF
		}
		return line, nil
	case <-timer.C:
		return "", fmt.Errorf("nothing was printed for %v", patience)
	}
}

// differing is what is not the same each time: moments, days, durations, random ids, and how wide that makes a column.
var differing = []struct {
	is  *regexp.Regexp
	all string
}{
	{regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z`), "MOMENT"},
	{regexp.MustCompile(`\b20\d\d-\d\d-\d\d\b`), "DAY"},
	{regexp.MustCompile(`\b[0-9.]+(µs|ms|s)\b`), "DURATION"},
	{regexp.MustCompile(`\(cached\)`), "DURATION"},
	{regexp.MustCompile(`\b[a-z2-7]{26}\b`), "ID"},
	{regexp.MustCompile(`\s+`), " "},
}

func differs(shown, printed []string) error {
	if slices.Equal(same(shown), same(printed)) {
		return nil
	}
	return fmt.Errorf("the page shows\n%s\nand this was printed:\n%s", strings.Join(shown, "\n"), strings.Join(printed, "\n"))
}

func same(lines []string) (all []string) {
	for _, line := range lines {
		for _, d := range differing {
			line = d.is.ReplaceAllString(line, d.all)
		}
		all = append(all, strings.TrimSpace(line))
	}
	return all
}
