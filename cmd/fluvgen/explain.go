package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/internal/cli"
)

// explain prints the long form of a diagnostic.
func explain(t *terminal, c command, args []string) error {
	codes, err := cli.Parse(c, args, nil)
	if err != nil {
		return err
	}
	name, err := cli.One(c, codes, "which code? It stands at the end of a message: [FLV0101]")
	if err != nil {
		return err
	}
	code := source.Code(strings.ToUpper(strings.Trim(name, "[]")))
	if n, err := strconv.Atoi(string(code)); err == nil {
		code = source.Code(fmt.Sprintf("FLV%04d", n))
	}
	info, ok := source.Lookup(code)
	if !ok {
		return unknownCode(code, c.Usage)
	}
	return explained(t.Out, info)
}

func unknownCode(code source.Code, usage string) error {
	message := fmt.Sprintf("there is no diagnostic %s", code)
	var codes []string
	for _, info := range source.Codes() {
		codes = append(codes, string(info.Code))
	}
	if near, ok := source.Nearest(string(code), codes); ok {
		message += fmt.Sprintf("; did you mean %s?", near)
	}
	return cli.UsageError{Message: message, Usage: usage}
}

func explained(out io.Writer, info source.CodeInfo) error {
	kind := ""
	if info.Severity == source.Warning {
		kind = " (a warning)"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s%s\n", info.Code, info.Title, kind)
	if info.Explanation != "" {
		b.WriteString("\n" + wrapped(info.Explanation, 80) + "\n")
	}
	example(&b, "Wrong:", info.Wrong)
	example(&b, "Right:", info.Right)
	_, err := io.WriteString(out, b.String())
	return err
}

// example prints a domain, indented.
func example(b *strings.Builder, title, text string) {
	if text == "" {
		return
	}
	b.WriteString("\n" + title + "\n\n")
	for line := range strings.Lines(strings.Trim(text, "\n") + "\n") {
		if line != "\n" {
			line = "    " + line
		}
		b.WriteString(line)
	}
}

// wrapped breaks a text into lines of at most width bytes; its own line breaks stay.
func wrapped(text string, width int) string {
	var b strings.Builder
	for i, paragraph := range strings.Split(strings.TrimSpace(text), "\n") {
		if i > 0 {
			b.WriteByte('\n')
		}
		used := 0
		for _, word := range strings.Fields(paragraph) {
			switch {
			case used > 0 && used+1+len(word) > width:
				b.WriteByte('\n')
				used = 0
			case used > 0:
				b.WriteByte(' ')
				used++
			}
			b.WriteString(word)
			used += len(word)
		}
	}
	return b.String()
}
