package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"regexp"
	"time"

	"github.com/fluvius-io/fluvius-go/dsl/eval"
	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/internal/cli"
)

// test runs the test blocks of each domain with the evaluator.
func test(t *terminal, c command, args []string) error {
	var only string
	o, err := parse(c, args, func(f *flag.FlagSet) {
		f.StringVar(&only, "run", "", "run only the tests whose Aggregate/name matches")
	})
	if err != nil {
		return err
	}
	pattern, err := regexp.Compile(only)
	if err != nil {
		return cli.UsageError{Message: fmt.Sprintf("-run: %v", err), Usage: c.Usage}
	}
	domains, err := load(t, o)
	if err != nil {
		return err
	}
	r := &testRun{out: t.Out, format: o.format, only: pattern}
	start := time.Now()
	for _, d := range domains {
		if err := r.domain(d.domain); err != nil {
			return err
		}
	}
	if only != "" && r.passed+r.failed+r.blocked == 0 {
		fmt.Fprintf(t.Err, "fluvgen: no test matches -run %q; it is held against Aggregate/name\n", only)
	}
	return r.summary(time.Since(start))
}

// testRun is the tests of one command line.
type testRun struct {
	out                     io.Writer
	format                  source.Format
	only                    *regexp.Regexp
	passed, failed, blocked int
}

func (r *testRun) domain(d *model.Domain) error {
	e := eval.New(d, eval.Limits{})
	for _, a := range d.Aggregates {
		for _, t := range a.Tests {
			if !r.only.MatchString(a.Name + "/" + t.Name) {
				continue
			}
			result := e.RunTest(t)
			if err := r.show(d, &result); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *testRun) show(d *model.Domain, result *eval.Result) error {
	switch {
	case result.Passed():
		r.passed++
	case result.Blocked != "":
		r.blocked++
	default:
		r.failed++
	}
	switch r.format {
	case source.FormatJSON:
		return printTestJSON(r.out, d, result)
	case source.FormatGitHub:
		return r.github(result)
	}
	return printTestText(r.out, result)
}

// printTestText shows what was not as expected; a test that passed is silent.
func printTestText(out io.Writer, result *eval.Result) error {
	if result.Passed() {
		return nil
	}
	place := result.Test.Span.String()
	if result.Blocked != "" {
		_, err := fmt.Fprintf(out, "%s: test %q cannot run here: %s\n", place, result.Test.Name, result.Blocked)
		return err
	}
	if _, err := fmt.Fprintf(out, "%s: test %q failed\n", place, result.Test.Name); err != nil {
		return err
	}
	for _, d := range result.Differences {
		if _, err := fmt.Fprintf(out, "    %s: %s\n        expected %s\n        got      %s\n", d.Span, d.What, d.Want, d.Got); err != nil {
			return err
		}
	}
	return nil
}

// github shows each difference beside the line that it is about.
func (r *testRun) github(result *eval.Result) error {
	var list source.List
	for _, d := range result.Differences {
		list.Add(source.Diagnostic{Span: d.Span, Message: fmt.Sprintf("test %q: %s: expected %s, got %s", result.Test.Name, d.What, d.Want, d.Got)})
	}
	return source.Render(r.out, list, source.RenderOptions{Format: r.format})
}

// jsonTest is a test as one line of JSON.
type jsonTest struct {
	Domain      string           `json:"domain"`
	Aggregate   string           `json:"aggregate"`
	Test        string           `json:"test"`
	Result      string           `json:"result"` // passed, failed, blocked
	Reason      string           `json:"reason,omitempty"`
	File        string           `json:"file"`
	At          source.Position  `json:"at"`
	Differences []jsonDifference `json:"differences,omitempty"`
}

type jsonDifference struct {
	What     string          `json:"what"`
	Expected string          `json:"expected"`
	Got      string          `json:"got"`
	File     string          `json:"file"`
	At       source.Position `json:"at"`
}

func printTestJSON(out io.Writer, d *model.Domain, result *eval.Result) error {
	t := result.Test
	line := jsonTest{
		Domain: d.Name, Aggregate: t.Aggregate.Name, Test: t.Name, Result: "passed", Reason: result.Blocked,
		File: t.Span.File.Path, At: t.Span.Position(),
	}
	switch {
	case result.Blocked != "":
		line.Result = "blocked"
	case len(result.Differences) > 0:
		line.Result = "failed"
	}
	for _, d := range result.Differences {
		line.Differences = append(line.Differences, jsonDifference{
			What: d.What, Expected: d.Want, Got: d.Got, File: d.Span.File.Path, At: d.Span.Position(),
		})
	}
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(line)
}

// summary says how many there were, and fails if one did.
func (r *testRun) summary(took time.Duration) error {
	if r.format == source.FormatText {
		text := fmt.Sprintf("%s passed", counted(r.passed, "test"))
		if r.failed > 0 {
			text += fmt.Sprintf(", %d failed", r.failed)
		}
		if r.blocked > 0 {
			text += fmt.Sprintf(", %d cannot run without Go", r.blocked)
		}
		if _, err := fmt.Fprintf(r.out, "%s (%.1fms)\n", text, float64(took.Microseconds())/1000); err != nil {
			return err
		}
	}
	if r.failed > 0 {
		return cli.ErrFound
	}
	return nil
}

func counted(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}
