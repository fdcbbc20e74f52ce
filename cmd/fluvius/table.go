package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/fluvius-io/fluvius-go/runtime"
)

// table prints events in columns. Pages come one after another, so a column is as wide as the widest cell so far.
type table struct {
	width  int // of the terminal; 0: lines are not shortened
	widths [columns]int
	begun  bool
}

const columns = 6 // besides the payload, which takes what is left

type row struct {
	cells   [columns]string
	payload string
}

var heads = row{[columns]string{"POSITION", "TIME", "AGGREGATE", "ID", "SEQ", "EVENT"}, "PAYLOAD"}

// page prints a page; of an empty one nothing, the heads included.
func (t *table) page(out io.Writer, page []runtime.Record) error {
	var rows []row
	if !t.begun && len(page) > 0 {
		rows, t.begun = append(rows, heads), true
	}
	for i := range page {
		rows = append(rows, rowOf(&page[i]))
	}
	for i := range rows {
		for c, cell := range rows[i].cells {
			t.widths[c] = max(t.widths[c], utf8.RuneCountInString(cell))
		}
	}
	for i := range rows {
		if _, err := fmt.Fprintln(out, t.line(&rows[i])); err != nil {
			return err
		}
	}
	return nil
}

func rowOf(r *runtime.Record) row {
	payload := r.Data
	if one, err := oneLine([]byte(payload)); err == nil {
		payload = string(one) // what is no JSON is shown as it is: this is the tool to find it with
	}
	return row{[columns]string{
		strconv.FormatUint(r.Position, 10),
		r.Timestamp.UTC().Format("2006-01-02T15:04:05.000Z"),
		printable(r.Aggregate),
		printable(r.AggregateID),
		strconv.FormatUint(r.Sequence, 10),
		printable(r.Key) + "@" + strconv.Itoa(r.Version),
	}, printable(payload)}
}

func (t *table) line(r *row) string {
	var b strings.Builder
	for c, cell := range r.cells {
		space := strings.Repeat(" ", t.widths[c]-utf8.RuneCountInString(cell))
		if c == 0 || c == 4 { // numbers stand to the right
			b.WriteString(space + cell + "  ")
		} else {
			b.WriteString(cell + space + "  ")
		}
	}
	b.WriteString(r.payload)
	return shortened(b.String(), t.width)
}

// shortened cuts a line to a width, 0 being any. A character counts as one column.
func shortened(line string, width int) string {
	if width <= 0 || utf8.RuneCountInString(line) <= width {
		return line
	}
	return string([]rune(line)[:width-1]) + "…"
}

// printable keeps what is in a log from moving the cursor or changing the colours of the terminal.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return unicode.ReplacementChar
		}
		return r
	}, text)
}

// oneLine is JSON without line breaks between its tokens.
func oneLine(text []byte) ([]byte, error) {
	if !bytes.ContainsAny(text, "\n\r") {
		return text, nil
	}
	var b bytes.Buffer
	err := json.Compact(&b, text)
	return b.Bytes(), err
}
