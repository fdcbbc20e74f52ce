package syntax

import (
	"strconv"
	"strings"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// Words, durations and texts that are plainly meant as such, though they are written otherwise.

// isUTF16 tells the text of a file that was saved as UTF-16, with its mark or without: every second byte of what one
// types is zero.
func isUTF16(text string) bool {
	if strings.HasPrefix(text, "\xff\xfe") || strings.HasPrefix(text, "\xfe\xff") {
		return true
	}
	return len(text) > 3 && (text[0] != 0 && text[1] == 0 && text[2] != 0 && text[3] == 0 || text[0] == 0 && text[1] != 0 && text[2] == 0 && text[3] != 0)
}

// carriageReturns takes a file whose lines end with CR alone: to us it is one line.
func (s *scanner) carriageReturns() {
	first := strings.IndexByte(s.text, '\r')
	d := source.New("FLV0002", s.file.Span(first, first+1), "the lines of this file end with a carriage return alone")
	d.Mend = "save the file with line ends of LF or CRLF"
	for i := first; i < len(s.text); i++ {
		if s.text[i] == '\r' {
			d.Edits = append(d.Edits, source.Edit{Span: s.file.Span(i, i+1), Text: "\n"})
		}
	}
	s.report(d)
	s.add(Invalid, 0, s.end)
}

// unitNames are the units of durations as other languages and people call them; what has no exact length is in days.
var unitNames = map[string]struct {
	unit  string
	times int
}{
	"w": {"d", 7}, "week": {"d", 7}, "weeks": {"d", 7}, "day": {"d", 1}, "days": {"d", 1},
	"hr": {"h", 1}, "hrs": {"h", 1}, "hour": {"h", 1}, "hours": {"h", 1}, "min": {"m", 1}, "mins": {"m", 1}, "minute": {"m", 1}, "minutes": {"m", 1},
	"sec": {"s", 1}, "secs": {"s", 1}, "second": {"s", 1}, "seconds": {"s", 1}, "d": {"d", 1}, "h": {"h", 1}, "m": {"m", 1}, "s": {"s", 1},
	"y": {"d", 365}, "yr": {"d", 365}, "year": {"d", 365}, "years": {"d", 365}, "mo": {"d", 30}, "month": {"d", 30}, "months": {"d", 30},
	"ms": {"ms", 1}, "us": {"us", 1}, "ns": {"ns", 1},
}

// durationMeant is the duration that is meant by 1w, 1h30 or 2hours, and whether it is exactly that.
func durationMeant(text string) (meant string, exact bool) {
	exact = true
	last := ""
	for text != "" {
		digits := len(text) - len(strings.TrimLeft(text, "0123456789"))
		letters := strings.IndexAny(text[digits:], "0123456789")
		if letters < 0 {
			letters = len(text) - digits
		}
		number, err := strconv.Atoi(text[:digits])
		name := strings.ToLower(text[digits : digits+letters])
		if name == "" { // 1h30
			name = map[string]string{"d": "h", "h": "m", "m": "s"}[last]
		}
		unit, known := unitNames[name]
		if err != nil || !known || number > maxCount {
			return "", false
		}
		exact = exact && unit.times < 30
		meant += strconv.Itoa(number*unit.times) + unit.unit
		last, text = unit.unit, text[digits+letters:]
	}
	return meant, exact
}

// mistakenDuration takes 1w, 1h30 and 2hours.
func (s *scanner) mistakenDuration(start, end int) bool {
	meant, exact := durationMeant(s.text[start:end])
	if meant == "" {
		return false
	}
	d := source.New("FLV0007", s.file.Span(start, end), "`%s` is no duration: the units are d h m s ms us ns", s.text[start:end])
	d.Mend = "write `" + meant + "`"
	if exact {
		d.Edits = []source.Edit{{Span: d.Span, Text: meant}}
	} else {
		d.Mend += ", or as many days as are meant"
	}
	s.report(d)
	s.add(Duration, start, end)
	s.tokens[len(s.tokens)-1].Text = meant
	return true
}

// mistakenName takes 2nd-guest, which is read as n2nd-guest, so that nothing else is said of it.
func (s *scanner) mistakenName(start, end int) bool {
	text := s.text[start:end]
	rest := strings.TrimLeft(text, "0123456789")
	if len(strings.Trim(rest, "0123456789_-")) < 2 {
		return false
	}
	d := source.New("FLV0001", s.file.Span(start, end), "a name begins with a letter, and `%s` with a digit", text)
	d.Mend = "begin it with a letter"
	s.report(d)
	s.add(Word, start, end)
	first := "n"
	if isUpper(rest) {
		first = "N"
	}
	s.tokens[len(s.tokens)-1].Text = first + text
	return true
}

// looseDateEnd is where a day such as 2026-1-1 ends, if one stands at i that is no subtraction: a time of the day
// follows, or one of its numbers begins with a zero.
func (s *scanner) looseDateEnd(i int) (int, bool) {
	year := s.digits(i)
	month := s.digits(min(year+1, s.end))
	day := s.digits(min(month+1, s.end))
	if year != i+4 || day > s.end || !s.dash(year) || !s.dash(month) || month-year < 2 || month-year > 3 || day-month < 2 || day-month > 3 {
		return i, false
	}
	if s.text[year+1] == '0' || s.text[month+1] == '0' {
		return day, true
	}
	return day, s.timeFollows(day)
}

func (s *scanner) dash(i int) bool { return i < s.end && s.text[i] == '-' }

// timeFollows tells whether T and a digit stand at i, or a space and an hour with its colon.
func (s *scanner) timeFollows(i int) bool {
	rest := s.text[i:s.end]
	if len(rest) > 1 && (rest[0] == 'T' || rest[0] == 't') {
		return isDigit(rest[1])
	}
	return len(rest) > 3 && rest[0] == ' ' && isDigit(rest[1]) && isDigit(rest[2]) && rest[3] == ':'
}

// inEnum tells whether the place at hand is between the braces of an enum.
func (s *scanner) inEnum() bool {
	for i := len(s.tokens) - 1; i > 1 && !s.tokens[i].is("}"); i-- {
		if s.tokens[i].is("{") {
			return s.tokens[i-2].is("enum")
		}
	}
	return false
}

// enumComma takes what other languages write between the values of an enum.
func (s *scanner) enumComma(c string) {
	s.swap(1, ",", "the values of an enum are separated by `,`, not by `"+c+"`")
}

// isPointer tells the `&` of &Line { … } from half an operator.
func (s *scanner) isPointer() bool {
	if len(s.tokens) == 0 || s.at+1 >= s.end || !isUpper(s.text[s.at+1:]) {
		return false
	}
	last := &s.tokens[len(s.tokens)-1]
	return last.Kind == Op && nesting(last) >= 0
}

// unopened takes the text before the quote at hand, if that closes one whose first quote was forgotten: nothing but
// brackets stands behind it on its line.
func (s *scanner) unopened(end int) bool {
	if strings.Trim(s.text[s.at+1:end], " \t,)]}") != "" {
		return false
	}
	first := s.textStart()
	if first < 0 || first >= len(s.tokens) || s.tokens[first].Kind != Word {
		return false
	}
	begins := s.tokens[first]
	at := s.file.Span(begins.Span.Start, s.at+1)
	d := source.New("FLV0004", at, "this text has no `\"` before it")
	d.Mend = "write `\"` where it begins"
	d.Edits = []source.Edit{*insert(at, "\"")}
	s.report(d)
	s.tokens = s.tokens[:first]
	s.add(String, at.Start, at.End)
	last := &s.tokens[len(s.tokens)-1]
	last.First, last.open = begins.First, true
	return true
}

// textStart is the first token of what is written on the line at hand as a text: behind the head of an error or a test,
// else behind the last sign that a value follows; -1 if there is none.
func (s *scanner) textStart() int {
	first := len(s.tokens)
	for first > 0 && s.tokens[first-1].Line == s.line {
		first--
	}
	if first == len(s.tokens) {
		return -1
	}
	switch line := s.tokens[first:]; {
	case line[0].is("test"):
		return first + 1
	case line[0].is("error"):
		return first + headEnd(line)
	}
	for i := len(s.tokens) - 1; i >= first; i-- {
		if t := &s.tokens[i]; t.Kind == Op && strings.Contains(" : = == != + ?? ( [ , ", " "+t.Text+" ") {
			return i + 1
		}
	}
	return -1
}

// headEnd is how many tokens the word, the name and the parameters of an error have.
func headEnd(line []Token) int {
	end := 2
	if len(line) < 3 || !line[2].is("(") {
		return end
	}
	for depth := 0; end < len(line); {
		depth += nesting(&line[end])
		end++
		if depth == 0 {
			break
		}
	}
	return end
}
