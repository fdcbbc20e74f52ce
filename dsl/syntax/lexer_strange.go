package syntax

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// What is no part of the language gets an error and, where it is plain what was meant, goes on as that: one
// wrong quote from a word processor must not cost the declaration it stands in.

// lookalikes are characters that other programs put in the place of ours.
var lookalikes = map[rune]string{
	'\u00A0': " ", '\u2007': " ", '\u202F': " ", '\u3000': " ",
	'–': "-", '—': "-", '−': "-", '‐': "-", '→': "->", '…': "...", '≤': "<=", '≥': ">=", '≠': "!=",
	'×': "*", '÷': "/", '；': "", '：': ":", '，': ",", '（': "(", '）': ")", '｛': "{", '｝': "}", '？': "?",
}

// twins are letters of other alphabets that look like ours.
var twins = strings.NewReplacer(
	"а", "a", "е", "e", "о", "o", "р", "p", "с", "c", "у", "y", "х", "x", "і", "i", "ј", "j", "ѕ", "s", "ԁ", "d", "һ", "h", "ο", "o", "ν", "v",
	"А", "A", "В", "B", "Е", "E", "К", "K", "М", "M", "Н", "H", "О", "O", "Р", "P", "С", "C", "Т", "T", "Х", "X", "І", "I", "Ѕ", "S",
)

// latin is a word with our letters in the place of their twins, and true; or the word as it is, if it cannot be taken
// for one of ours.
func latin(word string) (string, bool) {
	if plain := twins.Replace(word); isASCII(plain) && strings.ContainsFunc(word, func(r rune) bool { return r < utf8.RuneSelf && unicode.IsLetter(r) }) {
		return plain, true
	}
	return word, false
}

// strange takes what begins no token.
func (s *scanner) strange(rest string) {
	r, size := utf8.DecodeRuneInString(rest)
	switch {
	case strings.HasPrefix(rest, "/*"):
		s.blockComment(rest)
	case r == '#':
		s.hashComment()
	case r == '\'' || r == '‘' || r == '“' || r == '’' || r == '”':
		s.wrongQuotes(r, size)
	case (r == ';' || r == '|') && s.inEnum():
		s.enumComma(string(r))
	case r == '&' && s.isPointer():
		s.swap(size, "", "there are no pointers: a value is written without `&`")
	case r == '&' || r == '|':
		s.half(string(r))
	case r == ';':
		s.swap(size, "", "no `;` is needed: a new line is enough")
	case r == utf8.RuneError && size == 1:
		s.badBytes(rest)
	case unicode.IsLetter(r):
		s.foreignWord(s.at, s.at)
	default:
		s.strangeRune(r, size)
	}
}

func (s *scanner) strangeRune(r rune, size int) {
	if meant, ok := lookalikes[r]; ok {
		s.swap(size, meant, fmt.Sprintf("`%c` (U+%04X) is not `%s`", r, r, meant))
		return
	}
	if !isForbidden(r) { // those are reported by checkText
		s.mended("leave it out", source.New("FLV0002", s.file.Span(s.at, s.at+size), "`%c` is not used in the language", r))
	}
	s.add(Invalid, s.at, s.at+size)
}

// swap reports a character for which something else was meant, and goes on with that.
func (s *scanner) swap(size int, meant, message string) {
	d := source.New("FLV0002", s.file.Span(s.at, s.at+size), "%s", message)
	d.Mend = "write `" + meant + "`"
	switch meant {
	case "":
		d.Mend = "leave it out"
	case " ":
		d.Mend = "write a plain space"
	}
	d.Edits = []source.Edit{{Span: d.Span, Text: meant}}
	s.report(d)
	kind := Op
	if strings.TrimSpace(meant) == "" {
		kind = Invalid
	}
	s.add(kind, s.at, s.at+size)
	s.tokens[len(s.tokens)-1].meant(meant)
}

// meant makes the parser read what was meant; the place stays where it is.
func (t *Token) meant(text string) {
	if t.Kind == Op {
		t.Text = text
	}
}

func (s *scanner) half(c string) {
	s.swap(1, c+c, fmt.Sprintf("`%s` is not used in the language; the operator is `%s`", c, c+c))
}

func (s *scanner) blockComment(rest string) {
	end := len(rest)
	if i := strings.Index(rest, "*/"); i >= 0 {
		end = i + 2
	}
	d := source.New("FLV0002", s.file.Span(s.at, s.at+2), "a comment begins with `//` and ends with its line")
	d.Mend = "begin each line of the comment with `//`"
	s.report(d)
	s.add(Invalid, s.at, s.at+end)
}

func (s *scanner) hashComment() {
	d := source.New("FLV0002", s.file.Span(s.at, s.at+1), "a comment begins with `//`")
	d.Mend = "write `//`"
	d.Edits = []source.Edit{{Span: d.Span, Text: "//"}}
	s.report(d)
	s.add(Invalid, s.at, s.lineEnd())
}

// wrongQuotes takes 'text' and “text” for a text.
func (s *scanner) wrongQuotes(open rune, size int) {
	end := s.lineEnd()
	closing := strings.IndexAny(s.text[s.at+size:end], "'’”“\"")
	d := source.New("FLV0002", s.file.Span(s.at, s.at+size), "a text stands in `\"`, not in `%c`", open)
	d.Mend = "write `\"` on both sides"
	if closing >= 0 {
		at := s.at + size + closing
		_, closeSize := utf8.DecodeRuneInString(s.text[at:])
		end = at + closeSize
		d.Edits = []source.Edit{
			{Span: s.file.Span(s.at, s.at+size), Text: `"`}, {Span: s.file.Span(at, end), Text: `"`},
		}
	}
	s.report(d)
	s.add(String, s.at, end)
}

// badBytes takes bytes that are no UTF-8; checkText has reported them.
func (s *scanner) badBytes(rest string) {
	end := 0
	for end < len(rest) {
		r, size := utf8.DecodeRuneInString(rest[end:])
		if r != utf8.RuneError || size != 1 {
			break
		}
		end++
	}
	s.add(Invalid, s.at, s.at+end)
}

// maxTextErrors is how many places with bad bytes are named: a file that is no text at all has enough with these.
const maxTextErrors = 5

// checkText reports what may stand nowhere, also not in strings and comments: bytes that are no UTF-8, control
// characters, and those that turn the direction of text and so show other code than there is.
func (s *scanner) checkText() {
	if isPlain(s.text) {
		return
	}
	if strings.Contains(s.text, "\r") && !strings.Contains(s.text, "\n") {
		s.carriageReturns()
		return
	}
	reported := 0
	for i := 0; i < len(s.text) && reported < maxTextErrors; {
		r, size := utf8.DecodeRuneInString(s.text[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			for i+size < len(s.text) && !utf8.RuneStart(s.text[i+size]) {
				size++
			}
			s.mended("save the file as UTF-8", source.New("FLV0003", s.file.Span(i, i+size), "the byte 0x%02x is not UTF-8", s.text[i]))
			reported++
		case r == '\r' && i+1 < len(s.text) && s.text[i+1] == '\n':
		case isForbidden(r) && (i > 0 || size < 3 || s.text[:size] != byteOrderMark):
			s.forbidden(r, i, size)
			reported++
		}
		i += size
	}
}

func (s *scanner) forbidden(r rune, at, size int) {
	d := source.New("FLV0002", s.file.Span(at, at+size), "the invisible character U+%04X may not stand in a file", r)
	d.Mend = "delete it; in a text, write `\\u" + fmt.Sprintf("%04x", r) + "`"
	if r == '\r' {
		d.Message = "a carriage return without a line feed may not stand in a file"
		d.Mend = "save the file with line ends of LF or CRLF"
	}
	d.Edits = []source.Edit{{Span: d.Span, Text: ""}}
	s.report(d)
}

// isPlain is the short cut for nearly all files.
func isPlain(text string) bool {
	for i := range len(text) {
		if c := text[i]; c >= utf8.RuneSelf || c < ' ' && c != '\n' && c != '\t' || c == 0x7F {
			return false
		}
	}
	return true
}

// isForbidden tells the characters that nobody sees, except white space.
func isForbidden(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case unicode.IsControl(r), r == '\uFEFF', r >= 0x200B && r <= 0x200F && r != 0x200D && r != 0x200C:
		return true
	}
	return r >= 0x202A && r <= 0x202E || r >= 0x2060 && r <= 0x2069
}
