package source

import (
	"bytes"
	"encoding/json"
	"strings"
)

// The JSON form of a diagnostic. It is one object a line, so that a reader can act on the first before the
// last is there, and grep finds one: {"code":"FLV0101","severity":"error","file":"shop.fluv","range":{"start":
// {"line":3,"column":5},"end":{"line":3,"column":9},"startOffset":40,"endOffset":44},"message":"…"}. Lines and
// columns count from 1, columns in bytes; offsets count bytes from 0; ends are exclusive. "mend", "related"
// and "edits" are left out where there are none, "file" and "range" where a message is about no place.

type jsonRange struct {
	Start       Position `json:"start"`
	End         Position `json:"end"`
	StartOffset int      `json:"startOffset"`
	EndOffset   int      `json:"endOffset"`
}

type jsonPlace struct {
	File  string     `json:"file,omitempty"`
	Range *jsonRange `json:"range,omitempty"`
}

type jsonRelated struct {
	jsonPlace
	Message string `json:"message"`
}

type jsonEdit struct {
	jsonPlace
	Text string `json:"text"`
}

type jsonDiagnostic struct {
	Code     Code   `json:"code"`
	Severity string `json:"severity"`
	jsonPlace
	Message string        `json:"message"`
	Mend    string        `json:"mend,omitempty"`
	Related []jsonRelated `json:"related,omitempty"`
	Edits   []jsonEdit    `json:"edits,omitempty"`
}

func renderJSON(out *strings.Builder, d Diagnostic) error {
	object := jsonDiagnostic{
		Code: d.Code, Severity: d.Severity.String(), jsonPlace: placeOf(d.Span), Message: d.Message, Mend: d.Mend,
	}
	for _, related := range d.Related {
		object.Related = append(object.Related, jsonRelated{placeOf(related.Span), related.Message})
	}
	for _, edit := range d.Edits {
		object.Edits = append(object.Edits, jsonEdit{placeOf(edit.Span), edit.Text})
	}
	var line bytes.Buffer
	encoder := json.NewEncoder(&line)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(object); err != nil {
		return err
	}
	out.Write(line.Bytes())
	return nil
}

func placeOf(span Span) jsonPlace {
	if span.IsZero() {
		return jsonPlace{}
	}
	return jsonPlace{File: span.File.Path, Range: &jsonRange{
		Start: span.Position(), End: span.EndPosition(), StartOffset: span.Start, EndOffset: max(span.Start, span.End),
	}}
}
