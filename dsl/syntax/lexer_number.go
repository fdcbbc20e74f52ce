package syntax

import (
	"strings"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// number takes what begins with a digit, the longest first: a time, a duration, a number.
func (s *scanner) number() {
	if s.dateAt(s.at) {
		s.time(s.at + len("2026-01-02"))
		return
	}
	start := s.at
	i := s.digits(start)
	if i < s.end && s.text[i] == '-' {
		if day, isDate := s.looseDateEnd(start); isDate {
			s.time(day)
			return
		}
	}
	kind := Int
	if i+1 < s.end && s.text[i] == '.' && isDigit(s.text[i+1]) {
		kind = Float
		i = s.digits(i + 1)
	}
	if end, ok := s.durationEnd(start); ok {
		s.add(Duration, start, end)
		return
	}
	if i < s.end && isLetter(s.text[i]) {
		s.badNumber(start, s.wordEnd(i))
		return
	}
	if s.text[start] == '0' && start+1 < i && isDigit(s.text[start+1]) {
		s.leadingZero(start, i)
	}
	s.add(kind, start, i)
}

func (s *scanner) digits(i int) int {
	for i < s.end && isDigit(s.text[i]) {
		i++
	}
	return i
}

// units of a duration; the longer first where one begins another.
var units = []string{"ns", "us", "µs", "μs", "ms", "s", "m", "h", "d"}

// durationEnd is where the duration that starts at i ends, if one does: numbers with units, and no letter
// or digit behind them.
func (s *scanner) durationEnd(i int) (int, bool) {
	for found := false; ; found = true {
		if i >= s.end || !isDigit(s.text[i]) {
			return i, found && (i >= s.end || !isWord(s.text[i]))
		}
		i = s.digits(i)
		if i+1 < s.end && s.text[i] == '.' && isDigit(s.text[i+1]) {
			i = s.digits(i + 1)
		}
		unit := s.unitAt(i)
		if unit == "" {
			return i, false
		}
		i += len(unit)
	}
}

func (s *scanner) unitAt(i int) string {
	for _, unit := range units {
		if strings.HasPrefix(s.text[i:s.end], unit) {
			return unit
		}
	}
	return ""
}

// badNumber takes 10x, 1e5, 0x10 and 1_000.
func (s *scanner) badNumber(start, end int) {
	if s.mistakenDuration(start, end) {
		return
	}
	text := s.text[start:end]
	d := source.New("FLV0007", s.file.Span(start, end), "`%s` is neither a number nor a duration", text)
	d.Mend = "a duration is written `1h30m`, `7d`, `500ms`, with the units d h m s ms us ns"
	plain := strings.ReplaceAll(text, "_", "")
	switch {
	case strings.Trim(plain, "0123456789.") == "":
		d.Mend = "write `" + plain + "`"
		d.Edits = []source.Edit{{Span: d.Span, Text: plain}}
	case strings.Trim(plain, "0123456789.eE") == "":
		d.Mend = "write the number in full, without an exponent"
	case strings.HasPrefix(plain, "0x"), strings.HasPrefix(plain, "0b"), strings.HasPrefix(plain, "0o"):
		d.Mend = "write the number in decimal digits"
	case s.mistakenName(start, end):
		return
	}
	s.report(d)
	s.add(Int, start, end)
}

func (s *scanner) leadingZero(start, end int) {
	plain := strings.TrimLeft(s.text[start:end], "0")
	if plain == "" || plain[0] == '.' {
		plain = "0" + plain
	}
	d := source.New("FLV0007", s.file.Span(start, end), "a number does not begin with a zero")
	d.Mend = "write `" + plain + "`"
	d.Edits = []source.Edit{{Span: d.Span, Text: plain}}
	s.report(d)
}

// dateAt tells whether 2026-01-02 stands at i, which is a time or the start of one, never two subtractions.
func (s *scanner) dateAt(i int) bool {
	const shape = "dddd-dd-dd"
	if i+len(shape) > s.end {
		return false
	}
	for k := range len(shape) {
		c := s.text[i+k]
		if shape[k] == 'd' && !isDigit(c) || shape[k] == '-' && c != '-' {
			return false
		}
	}
	return i+len(shape) == s.end || !isDigit(s.text[i+len(shape)])
}

// time takes a time whose day ends at i; whether there is such a day is found when its value is made.
func (s *scanner) time(i int) {
	if i < s.end && (s.text[i] == 'T' || s.text[i] == 't' || s.timeFollows(i)) {
		i++
		for i < s.end && (isDigit(s.text[i]) || s.text[i] == ':' && i+1 < s.end && isDigit(s.text[i+1]) ||
			s.text[i] == '.' && i+1 < s.end && isDigit(s.text[i+1])) {
			i++
		}
		i = s.zoneEnd(i)
	}
	for i < s.end && isWord(s.text[i]) {
		i++
	}
	s.add(Time, s.at, i)
}

// zoneEnd is behind Z, +02:00 or -02:00, if one of them stands at i.
func (s *scanner) zoneEnd(i int) int {
	rest := s.text[i:s.end]
	switch {
	case strings.HasPrefix(rest, "Z"):
		return i + 1
	case len(rest) >= 6 && (rest[0] == '+' || rest[0] == '-') && rest[3] == ':' &&
		isDigit(rest[1]) && isDigit(rest[2]) && isDigit(rest[4]) && isDigit(rest[5]):
		return i + 6
	}
	return i
}
