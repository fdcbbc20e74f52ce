package source

import (
	"fmt"
	"strings"
)

var (
	githubMessage  = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// renderGitHub prints a workflow command: ::error file=…,line=…,col=…,endLine=…,endColumn=…,title=…::message.
func renderGitHub(out *strings.Builder, d Diagnostic) {
	fmt.Fprintf(out, "::%s ", d.Severity)
	if !d.Span.IsZero() {
		start, end := d.Span.Position(), d.Span.EndPosition()
		fmt.Fprintf(out, "file=%s,line=%d,col=%d,endLine=%d,endColumn=%d,",
			githubProperty.Replace(d.Span.File.Path), start.Line, start.Column, end.Line, end.Column)
	}
	title := string(d.Code)
	if info, ok := Lookup(d.Code); ok {
		title += " " + info.Title
	}
	if title != "" {
		fmt.Fprintf(out, "title=%s", githubProperty.Replace(title))
	}
	fmt.Fprintf(out, "::%s\n", githubMessage.Replace(githubText(d)))
}

// githubText is the message with all that the one box beside the line has to hold.
func githubText(d Diagnostic) string {
	text := d.Message
	if d.Code != "" {
		text += " [" + string(d.Code) + "]"
	}
	for _, related := range d.Related {
		text += "\n" + related.Span.String() + ": " + related.Message
	}
	if d.Mend != "" {
		text += "\nfix: " + strings.TrimRight(d.Mend, "\n")
	}
	return text
}
