// Package mutants holds patches that break the product in one place each, and the test that must notice. A test that
// stays green under its patch tests nothing: make mutants.
package mutants

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// mutant is one patch.
type mutant struct {
	file     string // from the root of the module
	old, new string // old stands in the file exactly once
	test     string // for go test -run, in the folder of the file
}

func (m mutant) name() string { return m.file + ": " + strings.TrimSpace(m.old) }

// patched is the file's text with the patch in it. That old is not there any more is an error: whoever changed the code
// changes the patch with it.
func (m mutant) patched(root string) (string, error) {
	text, err := os.ReadFile(filepath.Join(root, m.file))
	if err != nil {
		return "", err
	}
	if n := strings.Count(string(text), m.old); n != 1 {
		return "", fmt.Errorf("%s has the old text of this patch %d times, not once: %s", m.file, n, m.old)
	}
	return strings.Replace(string(text), m.old, m.new, 1), nil
}

// survives runs the test on the patched code, and says whether it stayed green. The tree is left alone: the patch is an
// overlay. A patch that does not compile, or a test that is not there, is an error.
func (m mutant) survives(ctx context.Context, root, scratch string) (bool, error) {
	text, err := m.patched(root)
	if err != nil {
		return false, err
	}
	overlay, err := overlaid(scratch, filepath.Join(root, m.file), text)
	if err != nil {
		return false, err
	}
	// A mutant may wait for ever, which is red too.
	test := exec.CommandContext(ctx, "go", "test", "-count=1", "-short", "-timeout=60s", "-vet=off", "-failfast",
		"-overlay="+overlay, "-run="+m.test, ".")
	test.Dir = filepath.Join(root, filepath.Dir(m.file))
	out, err := test.CombinedOutput()
	switch said := string(out); {
	case ctx.Err() != nil:
		return false, ctx.Err()
	case strings.Contains(said, "[build failed]"), strings.Contains(said, "[setup failed]"):
		return false, fmt.Errorf("the patch does not compile:\n%s", said)
	case strings.Contains(said, "no tests to run"):
		return false, fmt.Errorf("there is no test %s beside %s", m.test, m.file)
	case strings.Contains(said, "FAIL"):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("go test: %w\n%s", err, said)
	}
	return true, nil
}

// overlaid writes what go test -overlay wants: the patched text, and the file that it stands for.
func overlaid(scratch, file, text string) (string, error) {
	patched := filepath.Join(scratch, filepath.Base(file))
	if err := os.WriteFile(patched, []byte(text), 0o600); err != nil {
		return "", err
	}
	table, err := json.Marshal(map[string]map[string]string{"Replace": {file: patched}})
	if err != nil {
		return "", err
	}
	overlay := filepath.Join(scratch, "overlay.json")
	return overlay, os.WriteFile(overlay, table, 0o600)
}
