package runtime

import (
	"encoding/json"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/fluvius-io/fluvius-go/runtime/value"
)

// Meta is an immutable string map, kept as JSON text and parsed only when it is read. The zero Meta is
// empty. It is safe for concurrent use.
type Meta struct{ text string }

// NewMeta is a Meta of these names and values. Two of equal maps have the same text: the names are sorted.
func NewMeta(m map[string]string) Meta {
	if len(m) == 0 {
		return Meta{}
	}
	buf := make([]byte, 0, 64*len(m))
	for _, name := range slices.Sorted(maps.Keys(m)) {
		buf = appendMetaEntry(buf, name, m[name])
	}
	return Meta{text: string(append(buf, '}'))}
}

// appendMetaEntry appends one name and value, and what stands before them. The caller sorts, and closes.
func appendMetaEntry(buf []byte, name, text string) []byte {
	if len(buf) == 0 {
		buf = append(buf, '{')
	} else {
		buf = append(buf, ',')
	}
	buf = value.AppendString(buf, name)
	buf = append(buf, ':')
	return value.AppendString(buf, text)
}

// MetaFromText is the Meta whose JSON text a store kept. The text is not looked at: a store gives back
// the bytes it was given. The text of an empty Meta gives the zero one, so that a record is equal to the one
// that was appended.
func MetaFromText(text string) Meta {
	if text == "{}" {
		return Meta{}
	}
	return Meta{text: text}
}

// Text is the JSON object, "{}" when empty.
func (m Meta) Text() string {
	if m.text == "" {
		return "{}"
	}
	return m.text
}

// String is Text.
func (m Meta) String() string { return m.Text() }

// Get is the value of a name; false if it has none.
func (m Meta) Get(name string) (string, bool) {
	if m.text == "" || m.text == "{}" {
		return "", false
	}
	if found, ok, plain := m.scan(name); plain {
		return found, ok
	}
	found, ok := m.Map()[name]
	return found, ok
}

// scan finds a name in a text as NewMeta writes it, without copying. plain is false where the text has an
// escape or white space: then it must be parsed.
func (m Meta) scan(name string) (found string, ok, plain bool) {
	rest, isObject := strings.CutPrefix(m.text, "{")
	if !isObject || strings.Contains(rest, `\`) {
		return "", false, false
	}
	for {
		key, after, isKey := cutQuoted(rest)
		text, after, isText := cutQuoted(strings.TrimPrefix(after, ":"))
		switch {
		case !isKey || !isText:
			return "", false, false
		case key == name:
			return text, true, true
		case after == "}":
			return "", false, true
		}
		rest = strings.TrimPrefix(after, ",")
	}
}

func cutQuoted(text string) (inside, after string, ok bool) {
	if text == "" || text[0] != '"' {
		return "", "", false
	}
	end := strings.IndexByte(text[1:], '"')
	if end < 0 {
		return "", "", false
	}
	return text[1 : 1+end], text[2+end:], true
}

// Map is a copy, the caller's to change; never nil.
func (m Meta) Map() map[string]string {
	all := map[string]string{}
	if m.text != "" && json.Unmarshal([]byte(m.text), &all) != nil {
		return map[string]string{} // no store of ours keeps such a text, and a reader can do nothing about it
	}
	if all == nil {
		return map[string]string{} // the text was null
	}
	return all
}

// All yields the names and values, sorted by name.
func (m Meta) All() iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		all := m.Map()
		for _, name := range slices.Sorted(maps.Keys(all)) {
			if !yield(name, all[name]) {
				return
			}
		}
	}
}

// MarshalJSON is the object.
func (m Meta) MarshalJSON() ([]byte, error) { return []byte(m.Text()), nil }

// UnmarshalJSON reads an object of strings; null is empty.
func (m *Meta) UnmarshalJSON(text []byte) error {
	var all map[string]string
	if err := json.Unmarshal(text, &all); err != nil {
		return err
	}
	*m = NewMeta(all)
	return nil
}
