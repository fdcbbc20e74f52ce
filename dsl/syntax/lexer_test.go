package syntax

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/alecthomas/participle/v2/lexer"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

var kindNames = map[Kind]string{
	Word: "word", Int: "int", Float: "float", Duration: "duration", Time: "time", String: "string", RawString: "raw",
	Op: "op", Comment: "comment", Invalid: "invalid",
}

func TestTokensAreTheLongest(t *testing.T) {
	for text, want := range map[string]string{
		"a-b a - b a -b a- b":    "word(a-b) word(a) op(-) word(b) word(a) op(-) word(b) word(a) op(-) word(b)",
		"a--b a->b a-=b":         "word(a) op(-) op(-) word(b) word(a) op(->) word(b) word(a) op(-=) word(b)",
		"user-created@2->@3":     "word(user-created) op(@) int(2) op(->) op(@) int(3)",
		"1 1.5 1.x 1..2":         "int(1) float(1.5) int(1) op(.) word(x) int(1) op(.) op(.) int(2)",
		"1h30m 7d 500ms 1m 1ms":  "duration(1h30m) duration(7d) duration(500ms) duration(1m) duration(1ms)",
		"5-3 5-x":                "int(5) op(-) int(3) int(5) op(-) word(x)",
		"2026-01-02T03:04:05Z":   "time(2026-01-02T03:04:05Z)",
		"2026-01-02T03:04:05Z-d": "time(2026-01-02T03:04:05Z) op(-) word(d)",
		"2026-01":                "int(2026) op(-) int(01)",
		"...event T?? a??b a?b":  "op(...) word(event) word(T) op(??) word(a) op(??) word(b) word(a) op(?) word(b)",
		"a<=b!=c==d&&e||!f":      "word(a) op(<=) word(b) op(!=) word(c) op(==) word(d) op(&&) word(e) op(||) op(!) word(f)",
		"\"a \\\" {b}\" `c\nd`":  "string(\"a \\\" {b}\") raw(`c\nd`)",
		"a // b \r\nc //":        "word(a) comment(// b ) word(c) comment(//)",
		"\uFEFFdomain a":         "word(domain) word(a)",
		"a\tb\r\n c":             "word(a) word(b) word(c)",
	} {
		var got []string
		for _, token := range Tokens(source.NewFile("t.fluv", text)) {
			got = append(got, fmt.Sprintf("%s(%s)", kindNames[token.Kind], token.Text))
			assert.Equal(t, token.Text, token.Span.Text())
		}
		assert.Equal(t, want, strings.Join(got, " "), "%q", text)
	}
}

func TestTokensKnowTheirLines(t *testing.T) {
	f := source.NewFile("t.fluv", "domain a // x\n\n// y\n  `b\nc` d\r\ne")
	var got []string
	for _, token := range Tokens(f) {
		assert.Equal(t, f.Position(token.Span.Start).Line, token.Line)
		got = append(got, fmt.Sprint(token.Line, token.First))
	}
	assert.Equal(t, []string{"1 true", "1 false", "1 false", "3 true", "4 true", "5 false", "6 true"}, got)
}

// TestWhatIsNoTextIsSaidOnce has files that an error in the lexer must not drown in errors that follow from it.
func TestWhatIsNoTextIsSaidOnce(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string // code and text of the place
	}{
		"UTF-16":             {"\xff\xfed\x00o\x00", []string{"FLV0003 \xff\xfe"}},
		"Latin-1":            {"domain a\n// Gr\xf6\xdfe\ntype T { a int }\n", []string{"FLV0003 \xf6", "FLV0003 \xdf"}},
		"Latin-1 in a name":  {"domain a\ntype T { gr\xf6sse int }\n", []string{"FLV0003 \xf6"}},
		"control character":  {"domain a\n// \x00\ntype T { a\x07 int }\n", []string{"FLV0002 \x00", "FLV0002 \x07"}},
		"direction of text":  {"domain a\n// \u202E\n", []string{"FLV0002 \u202E"}},
		"mark in the middle": {"domain a\n\uFEFFtype T { a int }\n", []string{"FLV0002 \uFEFF"}},
		"old line ends":      {"domain a\rtype T { a int }", []string{"FLV0002 \r"}},
		"letters":            {"domain a\ntype Größe { länge int }\n", []string{"FLV0006 Größe", "FLV0006 länge"}},
		"another alphabet":   {"domain a\ntype T { имя string }\n", []string{"FLV0006 имя"}},
		"a twin of a letter": {"domain a\ntype T { itеms int = items }\n", []string{"FLV0006 itеms"}},
		"mark inside a name": {"domain a\ntype T { it\u200bems int }\n", []string{"FLV0002 \u200b"}},
		"no-break space":     {"domain a\ntype T {\u00A0a int }\n", []string{"FLV0002 \u00A0"}},
		"open text":          {"domain a\ntype T { a string = \"x }\n b int }\n", []string{"FLV0004 \"x }"}},
		"open raw text":      {"domain a\ntype T string where value matches `x\n\ntype U int\n", []string{"FLV0004 `"}},
		"escape at the end":  {"domain a\ntype T { a string = \"x\\\n}\n", []string{"FLV0004 \"x\\"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, list := Parse(source.NewFile("t.fluv", c.text))
			var got []string
			for _, d := range list {
				got = append(got, string(d.Code)+" "+d.Span.Text())
			}
			assert.Equal(t, c.want, got, "%v", list)
		})
	}
}

func TestBinaryFilesGiveFewErrors(t *testing.T) {
	_, list := Parse(source.NewFile("t.fluv", strings.Repeat("\xff\x00\x01", 1000)))
	assert.NotEmpty(t, list)
	assert.LessOrEqual(t, len(list), maxTextErrors+1)
}

func TestParticipleSeesOurTokens(t *testing.T) {
	lex, err := definition{}.Lex("t.fluv", strings.NewReader("domain a // b\n1h"))
	require.NoError(t, err)
	tokens, err := lexer.ConsumeAll(lex)
	require.NoError(t, err)
	require.Len(t, tokens, 4)
	assert.Equal(t, definition{}.Symbols()["Duration"], tokens[2].Type)
	assert.True(t, tokens[3].EOF())

	_, err = definition{}.Lex("t.fluv", strings.NewReader("\"a"))
	assert.ErrorContains(t, err, "no closing")
	_, err = definition{}.Lex("t.fluv", brokenReader{})
	assert.ErrorIs(t, err, io.ErrUnexpectedEOF)
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
