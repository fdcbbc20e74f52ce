package value_test

import (
	"strings"
	"testing"

	"github.com/fluvius-io/fluvius-go/runtime/value"
	"github.com/stretchr/testify/require"
)

// refused is the table of wrong inputs: each is the sample with one place changed. The first 18 are those that
// the known codecs were measured with; none accepts all of them as wrong.
var refused = []struct {
	name, old, new string
	path, reason   string
}{
	{"unknown field", `"paid":`, `"extra_field":1,"paid":`, "extra_field", "unknown field"},
	{"unknown field, nested", `"quantity":3`, `"quantity":3,"color":"red"`, "lines[0].color", "unknown field"},
	{"duplicate", `"paid":true`, `"paid":true,"paid":false`, "paid", "the field is there twice"},
	{"bad UTF-8", `pencil`, "pen\xffcil", "lines[0].product", "not UTF-8"},
	{"lone surrogate", `pencil`, `\ud800`, "lines[0].product", "half of a surrogate pair"},
	{"control character", `pencil`, "pen\ncil", "lines[0].product", "a control character in a string"},
	{"int64 overflow", `"quantity":3`, `"quantity":9223372036854775808`, "lines[0].quantity", "does not fit 64 bits: 9223372036854775808"},
	{"fraction", `"quantity":3`, `"quantity":3.0`, "lines[0].quantity", "not a whole number: 3.0"},
	{"exponent", `"quantity":3`, `"quantity":3e0`, "lines[0].quantity", "not a whole number: 3e0"},
	{"string for int", `"quantity":3`, `"quantity":"3"`, "lines[0].quantity", "expected a whole number, found a string"},
	{"leading zero", `"quantity":3`, `"quantity":03`, "lines[0].quantity", "a number with a leading zero"},
	{"wrong case of a name", `"quantity":3`, `"Quantity":3`, "lines[0].Quantity", `unknown field; did you mean "quantity"?`},
	{"missing field", `,"quantity":3`, ``, "lines[0].quantity", "missing"},
	{"null for a string", `"pencil"`, `null`, "lines[0].product", "expected a string, found null"},
	{"trailing data", `]}}`, `]}} x`, "", "something follows the end: 'x'"},
	{"trailing comma", `]}}`, `]},}`, "", "nothing follows the last comma"},
	{"truncated", `,"open":[1,2]}}`, ``, "lots.SHUT", `expected "," or "}", found the end`},
	{"bad time", `2026-01-02T`, `2026-02-30T`, "at", `not a time of RFC 3339: "2026-02-30T03:04:05.06Z"`},

	{"many missing", `"took":"1h30m0s","seal":"AAH+",`, ``, "took", "missing, and so is seal"},
	{"duplicate by an escape", `"paid":true`, `"paid":true,"p\u0061id":false`, "paid", "the field is there twice"},
	{"duplicate, nested", `"quantity":3`, `"quantity":3,"quantity":3`, "lines[0].quantity", "the field is there twice"},
	{"duplicate key", `"a":-1`, `"a":-1,"a":-1`, "stock.a", "the key is there twice"},
	{"duplicate key by an escape", `"a":-1`, `"a":-1,"\u0061":-1`, "stock.a", "the key is there twice"},
	{"duplicate key by an older text", `"SHUT":[],`, `"SHUT":[],"closed":[],`, "lots.closed", "the key is there twice"},
	{"key is no int", `"10":`, `"ten":`, "by_number.ten", "not a number"},
	{"key with a leading zero", `"10":`, `"010":`, "by_number.010", "a number with a leading zero"},
	{"key with a plus", `"10":`, `"+10":`, `by_number["+10"]`, "not a number"},
	{"key with more", `"10":`, `"10 ":`, `by_number["10 "]`, "not a whole number"},
	{"key is minus zero", `"10":`, `"-0":`, `by_number.-0`, "not a whole number"},
	{"key too large", `"10":`, `"9223372036854775808":`, "by_number.9223372036854775808", "does not fit 64 bits"},
	{"key is empty", `"10":`, `"":`, `by_number[""]`, "not a number"},
	{"key is no value", `"open":[1,2]`, `"ajar":[1,2]`, "lots.ajar", `no value of Phase: "ajar"`},
	{"no value of an enum", `"phase":"SHUT"`, `"phase":"shut"`, "phase", `no value of Phase: "shut"`},
	{"a number for an enum", `"phase":"SHUT"`, `"phase":1`, "phase", "expected a string, found a number"},
	{"the lowest int and one", `"quantity":3`, `"quantity":-9223372036854775809`, "lines[0].quantity", "does not fit 64 bits"},
	{"a very long int", `"quantity":3`, `"quantity":` + strings.Repeat("9", 50), "lines[0].quantity",
		"does not fit 64 bits: " + strings.Repeat("9", 40) + "…"},
	{"only a minus", `"quantity":3`, `"quantity":-`, "lines[0].quantity", "not a number"},
	{"plus", `"quantity":3`, `"quantity":+3`, "lines[0].quantity", "expected a whole number, found '+'"},
	{"int in a list", `[1,2]`, `[1,2.5]`, "lots.open[1]", "not a whole number: 2.5"},
	{"null in a list", `["x",""]`, `["x",null]`, "tags[1]", "expected a string, found null"},
	{"null for a list", `"tags":["x",""]`, `"tags":null`, "tags", "expected a list, found null"},
	{"null for a map", `"stock":{"a":-1,"b":2,"ä b":4611686018427387904}`, `"stock":null`, "stock", "expected an object, found null"},
	{"a list for an object", `{"product":"pencil","quantity":3,"weight":0.5}`, `[]`, "lines[0]", "expected an object, found a list"},
	{"an object for a list", `"tags":["x",""]`, `"tags":{}`, "tags", "expected a list, found an object"},
	{"trailing comma in a list", `[1,2]`, `[1,2,]`, "lots.open[2]", "nothing follows the last comma"},
	{"two commas", `[1,2]`, `[1,,2]`, "lots.open[1]", "expected a whole number, found ','"},
	{"leading comma", `[1,2]`, `[,1]`, "lots.open[0]", "expected a whole number, found ','"},
	{"no comma", `[1,2]`, `[1 2]`, "lots.open[0]", `expected "," or "]", found a number`},
	{"wrong bracket", `[1,2]`, `[1,2}`, "lots.open[1]", `expected "," or "]", found '}'`},
	{"no colon", `"paid":true`, `"paid" true`, "paid", `expected ":", found true or false`},
	{"name without quotes", `"paid":true`, `paid:true`, "", "expected a name in quotes, found 'p'"},
	{"single quotes", `"pencil"`, `'pencil'`, "lines[0].product", `expected a string, found '\''`},
	{"bad escape", `pencil`, `\x41`, "lines[0].product", "no such escape"},
	{"bad unicode escape", `pencil`, `\u00g0`, "lines[0].product", "no such escape"},
	{"short unicode escape", `"pencil"`, `"\u00`, "lines[0].product", "no such escape"},
	{"the low half alone", `pencil`, `\udc00x`, "lines[0].product", "half of a surrogate pair"},
	{"two high halves", `pencil`, `\ud800\ud800`, "lines[0].product", "half of a surrogate pair"},
	{"a surrogate in UTF-8", `pencil`, "\xed\xa0\x80", "lines[0].product", "not UTF-8"},
	{"overlong UTF-8", `pencil`, "\xc0\xaf", "lines[0].product", "not UTF-8"},
	{"cut UTF-8", `pencil`, "\xc3", "lines[0].product", "not UTF-8"},
	{"bad UTF-8 in a name", `"paid":true`, "\"pa\xffd\":true", "", "not UTF-8"},
	{"bad UTF-8 in a key", `"a":-1`, "\"\xff\":-1", "stock", "not UTF-8"},
	{"control character in a name", `"paid":true`, "\"pa\x00id\":true", "", "a control character in a string"},
	{"bool in capitals", `"paid":true`, `"paid":True`, "paid", "expected true or false, found 'T'"},
	{"half a bool", `"paid":true`, `"paid":tru`, "paid", "expected true, found 't'"},
	{"a longer bool", `"paid":true`, `"paid":truer`, "paid", `expected "," or "}", found 'r'`},
	{"a number for a bool", `"paid":true`, `"paid":1`, "paid", "expected true or false, found a number"},
	{"half a null", `"note":"line\nbreak & <b>"`, `"note":nul`, "note", "expected null, found 'n'"},
	{"float too large", `4.75`, `1e999`, "lines[1].weight", "larger than any float"},
	{"float NaN", `4.75`, `NaN`, "lines[1].weight", "expected a number, found 'N'"},
	{"float without digits", `4.75`, `4.`, "lines[1].weight", "not a number"},
	{"float without an exponent", `4.75`, `4e`, "lines[1].weight", "not a number"},
	{"hexadecimal", `4.75`, `0x10`, "lines[1].weight", `expected "," or "}", found 'x'`},
	{"time with a comma", `05.06Z`, `05,06Z`, "at", "not a time"},
	{"time in lower case", `05.06Z`, `05.06z`, "at", "not a time"},
	{"time without a zone", `05.06Z`, `05.06`, "at", "not a time"},
	{"time of ten places", `05.06Z`, `05.0000000001Z`, "at", "not a time"},
	{"time without places", `05.06Z`, `05.Z`, "at", "not a time"},
	{"leap second", `03:04:05.06Z`, `23:59:60Z`, "at", "not a time"},
	{"hour 24", `03:04:05.06Z`, `24:00:00Z`, "at", "not a time"},
	{"time with a space", `2026-01-02T03`, `2026-01-02 03`, "at", "not a time"},
	{"offset of a day", `05.06Z`, `05.06+24:00`, "at", "not a time"},
	{"offset of 60 minutes", `05.06Z`, `05.06+01:60`, "at", "not a time"},
	{"before the year 0", `2026-01-02T03:04:05.06Z`, `0000-01-01T00:00:00+00:01`, "at", "not a time"},
	{"after the year 9999", `2026-01-02T03:04:05.06Z`, `9999-12-31T23:59:59-00:01`, "at", "not a time"},
	{"29 February of 2025", `2026-01-02T`, `2025-02-29T`, "at", "not a time"},
	{"a number for a time", `"2026-01-02T03:04:05.06Z"`, `1767323045`, "at", "expected a string, found a number"},
	{"bad duration", `1h30m0s`, `90`, "took", `not a duration as in "1h30m0s": "90"`},
	{"days", `1h30m0s`, `7d`, "took", "not a duration"},
	{"a number for a duration", `"1h30m0s"`, `90`, "took", "expected a string, found a number"},
	{"duration too long", `1h30m0s`, `9999999h`, "took", "not a duration"},
	{"base64 without padding", `AAH+`, `AAE`, "seal", "not padded base64"},
	{"base64 for URLs", `AAH+`, `AAH-`, "seal", "not padded base64"},
	{"base64 with a line break", `AAH+`, `AA\nH+`, "seal", "not padded base64"},
	{"base64 with stray bits", `AAH+`, `AB==`, "seal", "not padded base64"},
	{"raw JSON, nested error", `2.50`, `2.`, "extra.a[1]", "not a number"},
	{"raw JSON, missing value", `{"a": [1, 2.50, null]}`, ``, "extra", "expected a value, found ','"},
	{"too deep", `2.50`, strings.Repeat("[", 600) + strings.Repeat("]", 600),
		"extra.a[1]" + strings.Repeat("[0]", 17) + "…", "nested too deep"},
	{"byte order mark", `{"customer"`, "\ufeff{\"customer\"", "", "expected an object, found the byte 0xef"},
	{"comment", `"paid":`, `/* */"paid":`, "", "expected a name in quotes, found '/'"},
	{"form feed as a space", `"paid":`, "\f\"paid\":", "", "expected a name in quotes, found the byte 0x0c"},
	{"two values", `]}}`, `]}}{}`, "", "something follows the end: an object"},
}

func TestWrongInputsAreRefused(t *testing.T) {
	for _, c := range refused {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, 1, strings.Count(sampleText, c.old), "the place must be clear")
			text := strings.Replace(sampleText, c.old, c.new, 1)
			r := value.NewReader(text)
			readOrder(r)
			requireError(t, r.End(), c.path, c.reason)
			fast := value.NewCursor(text)
			fastOrder(&fast)
			require.False(t, fast.End(), "the fast reader accepts what the strict one refuses")
			if !strings.Contains(c.reason, "unknown field") {
				_, err := decode(text)
				requireError(t, err, c.path, c.reason)
			}
		})
	}
}

func TestStoredTextOfWrongCaseMissesTheField(t *testing.T) {
	_, err := decode(strings.Replace(sampleText, `"quantity":3`, `"Quantity":3`, 1))
	requireError(t, err, "lines[0].quantity", "missing")
}

func TestSkippedFieldsAreCheckedToo(t *testing.T) {
	for bad, path := range map[string]string{
		`[1,]`:           "new[1]",
		`{"a":1,}`:       "new",
		`{"a" 1}`:        "new.a",
		`01`:             "new",
		`"\ud800"`:       "new",
		"\"\xff\"":       "new",
		`tru`:            "new",
		`nul`:            "new",
		`-`:              "new",
		``:               "new",
		`[1e]`:           "new[0]",
		`{1:2}`:          "new",
		`{"x":{"y":[}}}`: "new.x.y[0]",
		strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000): "new" + strings.Repeat("[0]", 19) + "…",
	} {
		_, err := decode(strings.Replace(sampleText, `"paid":`, `"new":`+bad+`,"paid":`, 1))
		requireError(t, err, path, "")
	}
}

func TestEveryPrefixIsRefused(t *testing.T) {
	for i := range len(sampleText) {
		_, err := decode(sampleText[:i])
		require.Error(t, err, sampleText[:i])
	}
}

func TestErrorsTellTheirPlace(t *testing.T) {
	err := func() error {
		r := value.NewReader(`{"product": "p", "quantity": "x"}`)
		readLine(r)
		return r.End()
	}()
	require.Equal(t, &value.Error{Path: "quantity", Reason: "expected a whole number, found a string", Offset: 29}, err)
	require.EqualError(t, err, "quantity: expected a whole number, found a string")

	r := value.NewReader(`{"a": ["b", "c"]}`)
	for o := r.Object(value.NewShape("a")); o.Next(); {
		value.ReadList(r, func(r *value.Reader) string {
			s := r.Text()
			if s == "c" {
				r.Fail("not that one")
			}
			return s
		})
	}
	require.Equal(t, &value.Error{Path: "a[1]", Reason: "not that one", Offset: 12}, r.Err())
}
