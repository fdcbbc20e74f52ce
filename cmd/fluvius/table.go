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
//
// On a terminal that is too narrow it is compact: the time without year and milliseconds, one space between columns, what
// the command line has said already left out, and long names cut in the middle, so that a quarter of each line is left
// for the payload.
type table struct {
	width  int           // of the terminal; 0: lines are not shortened
	known  [columns]bool // what has the same value in each line, as the command line has it
	widths [columns]int

	compact, begun bool
}

// The columns, besides the payload, which takes what is left.
const (
	position = iota
	moment
	aggregate
	id
	sequence
	event
	columns
)

type row struct {
	cells   [columns]string
	payload string
}

var (
	heads      = row{[columns]string{"POSITION", "TIME", "AGGREGATE", "ID", "SEQ", "EVENT"}, "PAYLOAD"}
	shortHeads = row{[columns]string{"POS", "TIME", "AGGR", "ID", "SEQ", "EVENT"}, "PAYLOAD"}
)

// page prints a page; of an empty one nothing, the heads included.
func (t *table) page(out io.Writer, page []runtime.Record) error {
	if len(page) == 0 {
		return nil
	}
	rows := t.rows(page)
	if t.narrow(rows) {
		t.compact, t.begun, t.widths = true, false, [columns]int{}
		rows = t.rows(page)
	}
	t.begun = true
	for i := range rows {
		if _, err := fmt.Fprintln(out, t.line(&rows[i])); err != nil {
			return err
		}
	}
	return nil
}

// rows are the lines of a page, with the heads on the first; the columns widen to fit them.
func (t *table) rows(page []runtime.Record) (rows []row) {
	if !t.begun {
		rows = append(rows, heads)
		if t.compact {
			rows[0] = shortHeads
		}
	}
	for i := range page {
		rows = append(rows, t.rowOf(&page[i]))
	}
	for i := range rows {
		for c, cell := range rows[i].cells {
			t.widths[c] = max(t.widths[c], utf8.RuneCountInString(cell))
		}
	}
	return rows
}

// narrow says that the table must become compact: the payload does not fit, and has not even a third of the line.
func (t *table) narrow(rows []row) bool {
	if t.compact || t.width <= 0 {
		return false
	}
	longest := 0
	for i := range rows {
		longest = max(longest, utf8.RuneCountInString(rows[i].payload))
	}
	return t.used(t.widths)+min(longest, t.width/3) > t.width
}

func (t *table) rowOf(r *runtime.Record) row {
	payload, layout := r.Data, "2006-01-02T15:04:05.000Z"
	if one, err := oneLine([]byte(payload)); err == nil {
		payload = string(one) // what is no JSON is shown as it is: this is the tool to find it with
	}
	if t.compact {
		layout = "01-02 15:04:05"
	}
	return row{[columns]string{
		strconv.FormatUint(r.Position, 10),
		r.Timestamp.UTC().Format(layout),
		printable(r.Aggregate),
		printable(r.AggregateID),
		strconv.FormatUint(r.Sequence, 10),
		printable(r.Key) + "@" + strconv.Itoa(r.Version),
	}, printable(payload)}
}

func (t *table) line(r *row) string {
	var b strings.Builder
	widths := t.shown()
	for c, cell := range r.cells {
		if t.omits(c) {
			continue
		}
		cell = cutMiddle(cell, widths[c])
		space := strings.Repeat(" ", widths[c]-utf8.RuneCountInString(cell))
		if c == position || c == sequence { // numbers stand to the right
			b.WriteString(space + cell + t.gap())
		} else {
			b.WriteString(cell + space + t.gap())
		}
	}
	b.WriteString(r.payload)
	return shortened(b.String(), t.width)
}

func (t *table) gap() string {
	if t.compact {
		return " "
	}
	return "  "
}

func (t *table) omits(column int) bool { return t.compact && t.known[column] }

// used is what all columns and the gaps behind them take of a line.
func (t *table) used(widths [columns]int) (sum int) {
	for c, w := range widths {
		if !t.omits(c) {
			sum += w + len(t.gap())
		}
	}
	return sum
}

// shown is how wide the columns are printed. Where the payload would be left less than a quarter of the line, the ids
// give way first, down to nine characters, by which they can still be told apart.
func (t *table) shown() [columns]int {
	widths := t.widths
	if !t.compact {
		return widths
	}
	for _, c := range []struct{ column, least int }{{id, 9}, {event, 16}, {aggregate, 6}} {
		if over := t.used(widths) - (t.width - t.width/4); over > 0 && !t.omits(c.column) {
			widths[c.column] = max(widths[c.column]-over, min(widths[c.column], c.least))
		}
	}
	return widths
}

// cutMiddle leaves both ends of a text that is too wide: what tells keys and ids apart is often the end.
func cutMiddle(text string, width int) string {
	all := []rune(text)
	if len(all) <= width {
		return text
	}
	end := (width - 1) / 2
	return string(all[:width-1-end]) + "…" + string(all[len(all)-end:])
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
