package syntax

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// scanner cuts a text into tokens. It is written by hand and counts bytes: participle's stateful lexer takes
// 30 times as long, and counts columns in runes.
type scanner struct {
	file   *source.File
	text   string
	end    int // where to stop; less than len(text) for what stands in a string
	at     int
	line   int
	first  bool
	tokens []Token
	list   source.List
}

const byteOrderMark = "\uFEFF"

func lex(f *source.File) *scanner {
	s := &scanner{file: f, text: f.Text, end: len(f.Text), line: 1, first: true}
	s.tokens = make([]Token, 0, len(f.Text)/5+8)
	if isUTF16(f.Text) {
		s.mended("save it as UTF-8", source.New("FLV0003", s.file.Span(0, 2), "this file is UTF-16"))
		s.add(Invalid, 0, s.end)
		return s
	}
	s.checkText()
	if s.at == 0 && strings.HasPrefix(f.Text, byteOrderMark) {
		s.at = len(byteOrderMark)
	}
	s.run()
	return s
}

// lexPart cuts what stands between two offsets, as the expression in a string.
func lexPart(f *source.File, start, end, line int) *scanner {
	s := &scanner{file: f, text: f.Text, end: end, at: start, line: line}
	s.run()
	return s
}

func (s *scanner) run() {
	for s.skipSpace(); s.at < s.end; s.skipSpace() {
		s.next()
		s.first = false
	}
}

func (s *scanner) skipSpace() {
	for ; s.at < s.end; s.at++ {
		switch s.text[s.at] {
		case ' ', '\t':
		case '\n':
			s.line++
			s.first = true
		case '\r':
			if s.at+1 >= len(s.text) || s.text[s.at+1] != '\n' {
				return
			}
		default:
			return
		}
	}
}

// add ends a token that began at start. A raw string may hold line ends.
func (s *scanner) add(kind Kind, start, end int) {
	s.tokens = append(s.tokens, Token{
		Kind: kind, First: s.first, Line: s.line, Text: s.text[start:end], Span: s.file.Span(start, end),
	})
	if kind == RawString || kind == Invalid {
		s.line += strings.Count(s.text[start:end], "\n")
	}
	s.at = end
}

func (s *scanner) report(d source.Diagnostic) { s.list.Add(d) }

func (s *scanner) mended(mend string, d source.Diagnostic) {
	d.Mend = mend
	s.report(d)
}

func (s *scanner) peek(offset int) byte {
	if s.at+offset < s.end {
		return s.text[s.at+offset]
	}
	return 0
}

func (s *scanner) next() {
	c := s.text[s.at]
	switch {
	case isLetter(c):
		s.word()
	case isDigit(c):
		s.number()
	case c == '"':
		s.str()
	case c == '`':
		s.raw()
	case c == '/' && s.peek(1) == '/':
		s.comment()
	default:
		s.operator()
	}
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' }
func isDigit(c byte) bool  { return c >= '0' && c <= '9' }
func isWord(c byte) bool   { return isLetter(c) || isDigit(c) }

// word takes a name, a key or a type: the longest run of letters, digits and _, and of - with one of them
// behind it. Whether its case is right depends on where it stands; that is the parser's to say.
func (s *scanner) word() {
	start, i := s.at, s.wordEnd(s.at)
	if i < s.end && s.text[i] >= utf8.RuneSelf && (s.seamlessWord(start, i) || s.foreignWord(start, i)) {
		return
	}
	s.add(Word, start, i)
}

// seamlessWord takes a word that goes on behind characters which nobody sees. They were reported by checkText, and the
// word is what one sees.
func (s *scanner) seamlessWord(start, i int) bool {
	from := i
	for i < s.end {
		r, size := utf8.DecodeRuneInString(s.text[i:s.end])
		if !isForbidden(r) || i+size >= s.end || !isWord(s.text[i+size]) {
			break
		}
		i = s.wordEnd(i + size)
	}
	if i == from {
		return false
	}
	s.add(Word, start, i)
	s.tokens[len(s.tokens)-1].Text = strings.Map(func(r rune) rune {
		if isForbidden(r) {
			return -1
		}
		return r
	}, s.text[start:i])
	return true
}

func (s *scanner) wordEnd(i int) int {
	for i < s.end && (isWord(s.text[i]) || s.text[i] == '-' && i+1 < s.end && isWord(s.text[i+1])) {
		i++
	}
	return i
}

// foreignWord takes a word that has letters beyond ASCII, and says so. The token is a Word, so that nothing
// else has to be said of it.
func (s *scanner) foreignWord(start, i int) bool {
	from := i
	for i < s.end {
		r, size := utf8.DecodeRuneInString(s.text[i:s.end])
		if !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && r != '_' {
			break
		}
		i += size
	}
	if i == from {
		return false
	}
	_, size := utf8.DecodeRuneInString(s.text[from:])
	d := source.New("FLV0006", s.file.Span(start, i),
		"names are written with the letters a to z; `%s` has `%s` in it", s.text[start:i], s.text[from:from+size])
	d.Mend = "spell it without accents and other alphabets"
	plain, looksPlain := latin(s.text[start:i])
	if looksPlain {
		d.Mend = "write `" + plain + "`, with the letters of the keyboard"
		d.Edits = []source.Edit{{Span: d.Span, Text: plain}}
	}
	s.report(d)
	s.add(Word, start, i)
	s.tokens[len(s.tokens)-1].Text = plain
	return true
}

func (s *scanner) comment() {
	end := strings.IndexByte(s.text[s.at:s.end], '\n')
	if end < 0 {
		end = s.end - s.at
	}
	end += s.at
	if end > s.at && s.text[end-1] == '\r' {
		end--
	}
	s.add(Comment, s.at, end)
}

// str takes a string. It ends on its line, and at the next quote: there are no quotes in {…}.
func (s *scanner) str() {
	for i := s.at + 1; i < s.end && s.text[i] != '\n'; i++ {
		switch s.text[i] {
		case '\\':
			if i+1 < s.end && s.text[i+1] != '\n' && s.text[i+1] != '\r' {
				i++
			}
		case '"':
			s.add(String, s.at, i+1)
			return
		}
	}
	s.unterminated()
}

// unterminated takes the rest of the line for a string that was never closed.
func (s *scanner) unterminated() {
	end := s.lineEnd()
	if closes := s.closesEarlier(end); !closes && s.unopened(end) {
		return
	} else if !closes {
		d := source.New("FLV0004", s.file.Span(s.at, end), "this text has no closing `\"` on its line")
		d.Mend = "close it with `\"`; a text of several lines stands in backquotes"
		s.report(d)
	}
	s.add(String, s.at, end)
	s.tokens[len(s.tokens)-1].open = true
}

// closesEarlier tells whether the quote is the other end of a text of several lines, whose first one was reported: only
// brackets and commas are behind it.
func (s *scanner) closesEarlier(end int) bool {
	if len(s.list) == 0 || s.list[len(s.list)-1].Code != "FLV0004" {
		return false
	}
	return strings.Trim(s.text[s.at+1:end], " \t,)]}") == ""
}

// lineEnd is where the line of s.at ends, without white space at its end.
func (s *scanner) lineEnd() int {
	end := s.end
	if i := strings.IndexByte(s.text[s.at:s.end], '\n'); i >= 0 {
		end = s.at + i
	}
	for end > s.at+1 && (s.text[end-1] == '\r' || s.text[end-1] == ' ' || s.text[end-1] == '\t') {
		end--
	}
	return end
}

func (s *scanner) raw() {
	end := strings.IndexByte(s.text[s.at+1:s.end], '`')
	if end >= 0 {
		s.add(RawString, s.at, s.at+1+end+1)
		return
	}
	d := source.New("FLV0004", s.file.Span(s.at, s.at+1), "this text has no closing backquote")
	d.Mend = "close it with a backquote"
	s.report(d)
	s.add(RawString, s.at, s.lineEnd())
}

// operators are those of more than one byte, longest first.
var operators = []string{"...", "->", "==", "!=", "<=", ">=", "&&", "||", "??", "+=", "-="}

func (s *scanner) operator() {
	rest := s.text[s.at:s.end]
	for _, op := range operators {
		if strings.HasPrefix(rest, op) {
			s.add(Op, s.at, s.at+len(op))
			return
		}
	}
	if strings.IndexByte("=<>!+-*/%?:,.@()[]{}", rest[0]) >= 0 && !strings.HasPrefix(rest, "/*") {
		s.add(Op, s.at, s.at+1)
		return
	}
	s.strange(rest)
}
