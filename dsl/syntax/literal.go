package syntax

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// maxVersion is far more than an event will ever have, and little enough to count to.
const maxVersion = 10000

// versionNumber is the N of @N.
func (p *parser) versionNumber(t *Token, of string) Number {
	return p.number(t, 1, maxVersion, of+" has no version `"+t.Text+"`: versions count from 1")
}

// plainDigits is a number that the checker can read, of one that the lexer may have complained about.
func plainDigits(text string) string {
	plain := strings.ReplaceAll(text, "_", "")
	if strings.Trim(plain, "0123456789.") != "" {
		return "0"
	}
	for len(plain) > 1 && plain[0] == '0' && isDigit(plain[1]) {
		plain = plain[1:]
	}
	return plain
}

// number is an integer between two bounds; outside of them the message is reported.
func (p *parser) number(t *Token, least, most int, message string) Number {
	n, err := strconv.Atoi(t.Text)
	if err == nil && n >= least && n <= most {
		return Number{Value: n, Span: t.Span}
	}
	if strings.Trim(t.Text, "0123456789") == "" { // else the lexer has said what is wrong
		d := source.New("FLV0011", t.Span, "%s", message)
		d.Mend = "write a number from " + strconv.Itoa(least) + " to " + strconv.Itoa(most)
		p.report(d)
	}
	return Number{Value: least, Span: t.Span}
}

// durationLit is the value of 1h30m; a day has 24 hours.
func (p *parser) durationLit(t *Token) *DurationLit {
	d, err := parseDuration(t.Text)
	if err != nil {
		diagnostic := source.New("FLV0012", t.Span, "the duration `%s` is too long", t.Text)
		diagnostic.Mend = "the longest duration is about 292 years, `106751d`"
		p.report(diagnostic)
	}
	return &DurationLit{Span: t.Span, Value: d}
}

// parseDuration reads what time.ParseDuration reads, and days.
func parseDuration(text string) (time.Duration, error) {
	days, rest, ok := strings.Cut(text, "d")
	if !ok {
		return time.ParseDuration(text)
	}
	hours, err := time.ParseDuration(days + "h")
	if err != nil {
		return 0, err
	}
	if hours > math.MaxInt64/24 {
		return 0, strconv.ErrRange
	}
	total := hours * 24
	if rest == "" {
		return total, nil
	}
	more, err := parseDuration(rest)
	if err != nil {
		return 0, err
	}
	if more > math.MaxInt64-total {
		return 0, strconv.ErrRange
	}
	return total + more, nil
}

// mendDay says which days there are, for a day that there is not.
func mendDay(day string) string {
	month, err := time.Parse("2006-01", day[:len("2006-01")])
	if err != nil {
		return "months have numbers from 01 to 12"
	}
	return fmt.Sprintf("%s has the days 01 to %d", month.Format("2006-01"), month.AddDate(0, 1, -1).Day())
}

// timeLit is the value of 2026-01-02T03:04:05Z, in UTC.
func (p *parser) timeLit(t *Token) *TimeLit {
	lit := &TimeLit{Span: t.Span}
	at, err := time.Parse(time.RFC3339, t.Text)
	_, fraction, _ := strings.Cut(t.Text, ".")
	if err == nil && len(strings.TrimRight(fraction, "Z")) <= len("123456789") || err == nil && strings.ContainsAny(fraction, "+-") {
		lit.Value = at.UTC()
		return lit
	}
	d := source.New("FLV0013", t.Span, "`%s` is not a time", t.Text)
	d.Mend = "write a time as `2026-01-02T03:04:05Z`, in UTC"
	meant := timeMeant(t.Text)
	day, _, _ := strings.Cut(meant, "T")
	_, badDay := time.Parse(time.DateOnly, day)
	switch at, badTime := time.Parse(time.RFC3339, meant); {
	case badDay != nil:
		d.Message = "there is no day `" + day + "`"
		d.Mend = mendDay(day)
	case err == nil:
		d.Mend = "a second has at most nine places, which are nanoseconds"
	case badTime == nil:
		lit.Value = at.UTC()
		d.Mend = "write `" + meant + "`"
		d.Edits = []source.Edit{{Span: t.Span, Text: meant}}
	}
	p.report(d)
	return lit
}

// timeMeant is a time with all its parts in full, of one that the lexer took for a time: 2026-1-1 10:00 is
// 2026-01-01T10:00:00Z.
func timeMeant(text string) string {
	text = strings.Replace(strings.ToUpper(text), " ", "T", 1)
	day, clock, _ := strings.Cut(text, "T")
	parts := strings.Split(day, "-")
	for i, part := range parts {
		if len(part) == 1 {
			parts[i] = "0" + part
		}
	}
	zone := ""
	if i := strings.IndexAny(clock, "Z+-"); i >= 0 {
		clock, zone = clock[:i], clock[i:]
	}
	switch strings.Count(clock, ":") {
	case 0:
		clock = "00:00:00"
	case 1:
		clock += ":00"
	}
	if zone == "" {
		zone = "Z"
	}
	return strings.Join(parts, "-") + "T" + clock + zone
}

// text is a string that holds no expressions: {{ and }} still are braces, others stay as they are.
func (p *parser) text(t *Token) Text {
	if t.Kind == RawString {
		return Text{Value: rawText(t.Text), Span: t.Span}
	}
	if t.open {
		return Text{Span: t.Span}
	}
	value := p.unescape(inner(t.Text), t.Span.Start+quoteSize(t.Text))
	value = strings.NewReplacer("{{", "{", "}}", "}").Replace(value)
	return Text{Value: value, Span: t.Span}
}

// rawText is what stands between backquotes. As in Go, carriage returns are no part of it, so that a file means
// the same with all line ends.
func rawText(text string) string {
	return strings.ReplaceAll(strings.TrimSuffix(text[1:], "`"), "\r", "")
}

// quoteSize is the size of the opening quote, which may be a wrong one that was reported.
func quoteSize(text string) int {
	_, size := utf8.DecodeRuneInString(text)
	return size
}

// inner is what stands between the quotes. The closing one is missing where that was reported.
func inner(text string) string {
	text = text[quoteSize(text):]
	r, size := utf8.DecodeLastRuneInString(text)
	if strings.ContainsRune("\"'‘’“”", r) && size > 0 {
		text = text[:len(text)-size]
	}
	return text
}

// stringLit = STRING, whose text may hold {expr}.
func (p *parser) stringLit(t *Token) *StringLit {
	lit := &StringLit{Span: t.Span}
	if t.Kind == RawString {
		lit.Raw = true
		if text := rawText(t.Text); text != "" {
			lit.Parts = []TextPart{{Text: text, Span: t.Span}}
		}
		return lit
	}
	if t.open {
		return lit
	}
	body, offset := inner(t.Text), t.Span.Start+quoteSize(t.Text)
	if !strings.ContainsAny(body, "{}\\") {
		if body != "" {
			lit.Parts = []TextPart{{Text: body, Span: p.file.Span(offset, offset+len(body))}}
		}
		return lit
	}
	lit.Parts = p.textParts(body, offset, t)
	return lit
}

// textParts cuts a text at its {expr}.
func (p *parser) textParts(body string, offset int, t *Token) []TextPart {
	var found []TextPart
	var text strings.Builder
	from := 0
	flush := func(to int) {
		if text.Len() > 0 {
			found = append(found, TextPart{Text: text.String(), Span: p.file.Span(offset+from, offset+to)})
			text.Reset()
		}
	}
	for i := 0; i < len(body); {
		switch c := body[i]; {
		case c == '\\':
			size := escapeSize(body[i:])
			text.WriteString(p.unescape(body[i:i+size], offset+i))
			i += size
		case (c == '{' || c == '}') && i+1 < len(body) && body[i+1] == c:
			text.WriteByte(c)
			i += 2
		case c == '{':
			flush(i)
			part, size := p.textExpr(body[i:], offset+i, t)
			found = append(found, part)
			i += size
			from = i
		case c == '}':
			p.mended("FLV0014", p.file.Span(offset+i, offset+i+1), "}}", "a `}` without its `{` stands in a text; a brace is written twice")
			text.WriteByte(c)
			i++
		default:
			text.WriteByte(c)
			i++
		}
	}
	flush(len(body))
	return found
}

// textExpr parses the {expr} at the start of body.
func (p *parser) textExpr(body string, offset int, t *Token) (TextPart, int) {
	end := strings.IndexByte(body, '}')
	if end < 0 {
		p.quoteInside(body, offset, t)
		p.mended("FLV0014", p.file.Span(offset, offset+1), "{{", "a `{` in a text is not closed; a brace is written twice")
		return TextPart{Text: body, Span: p.file.Span(offset, offset+len(body))}, len(body)
	}
	span := p.file.Span(offset, offset+end+1)
	part := TextPart{Span: span, Expr: &NoneLit{Span: span}}
	if strings.ContainsAny(body[1:end], "{`\\") {
		d := source.New("FLV0014", span, "an expression in a text has no quotes, braces or backslashes")
		d.Mend = "give the value a name with `let` or `derive`, and write that"
		p.report(d)
		return part, end + 1
	}
	if x := p.subExpr(offset+1, offset+end, t); x != nil {
		part.Expr = x
	}
	return part, end + 1
}

// quoteInside fails where a quote of "{join(list, ", ")}" has ended the text: in the middle of a call, or right before
// something else.
func (p *parser) quoteInside(body string, offset int, t *Token) {
	if p.at == 0 || &p.toks[p.at-1] != t {
		return
	}
	next := p.peek()
	inCall := strings.Count(body, "(") > strings.Count(body, ")")
	if !inCall && (next.Kind == EOF || next.Span.Start != t.Span.End || next.Kind == Op) {
		return
	}
	p.failf("FLV0014", p.file.Span(offset, t.Span.End), "give the value a name with `let` or `derive`, and write that",
		"an expression in a text has no quotes: this one ends the text")
}

// subExpr parses an expression that stands between two offsets of a string; nil if it is none, which is reported.
func (p *parser) subExpr(start, end int, t *Token) Expr {
	s := lexPart(p.file, start, end, t.Line)
	p.list.Add(s.list...)
	s.tokens = significant(s.tokens)
	if len(s.tokens) == 0 {
		if len(s.list) == 0 {
			d := source.New("FLV0014", p.file.Span(start-1, end+1), "a value is missing between the braces")
			d.Mend = "braces of the text itself are written twice: `{{` and `}}`"
			p.report(d)
		}
		return nil
	}
	sub := &parser{file: p.file, toks: s.tokens, chunk: chunk{end: len(s.tokens)}, depth: p.depth}
	var x Expr
	ok := sub.attempt(func() {
		x = sub.expr()
		if rest := sub.peek(); rest.Kind != EOF {
			sub.failf("FLV0014", rest.Span, "write a pair of braces for each value", "one expression stands between the braces; %s is too much", describe(rest))
		}
	})
	p.list.Add(sub.list...)
	if ok {
		return x
	}
	if len(s.list) == 0 {
		p.report(sub.failure.diagnostic)
	}
	return nil
}

// escapeSize is how many bytes the escape at the start of text has.
func escapeSize(text string) int {
	if len(text) < 2 {
		return len(text)
	}
	switch text[1] {
	case 'u':
		return min(len(text), 6)
	case 'U':
		return min(len(text), 10)
	}
	_, size := utf8.DecodeRuneInString(text[1:])
	return 1 + size
}

// unescape reads Go's escapes, save those by which a text could become something else than UTF-8.
func (p *parser) unescape(text string, offset int) string {
	if !strings.Contains(text, "\\") {
		return text
	}
	var out strings.Builder
	for i := 0; i < len(text); {
		if text[i] != '\\' {
			out.WriteByte(text[i])
			i++
			continue
		}
		size := escapeSize(text[i:])
		r, ok := escaped(text[i : i+size])
		if !ok {
			d := source.New("FLV0015", p.file.Span(offset+i, offset+i+size), "`%s` is not an escape", text[i:i+size])
			d.Mend = "the escapes are \\n \\t \\r \\\" \\\\ \\u1234; a text in backquotes has none"
			p.report(d)
		}
		out.WriteRune(r)
		i += size
	}
	return out.String()
}

func escaped(text string) (rune, bool) {
	if len(text) < 2 || text[1] == 'x' || isDigit(text[1]) || text[1] == '\'' {
		return utf8.RuneError, false
	}
	r, _, rest, err := strconv.UnquoteChar(text, '"')
	return r, err == nil && rest == ""
}
