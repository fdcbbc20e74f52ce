package value

import "fmt"

// Enum is what the codecs know of an enum. Generated code has one for each, as a variable that never changes.
type Enum struct {
	Name  string         // as in Go, for messages
	Texts []string       // what stands in JSON, by the number of the value
	Was   map[string]int // texts of before, read as the value they became
}

// EnumValue is what an enum is in Go. Its zero is the first value.
type EnumValue interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64
}

// Text is what stands in JSON for value number i; false if there is no such value.
func (e *Enum) Text(i int) (string, bool) {
	if i < 0 || i >= len(e.Texts) {
		return "", false
	}
	return e.Texts[i], true
}

// Index is the number of the value with that text, or with that text before; false if there is none. Enums are
// short: a loop is faster than a map.
func (e *Enum) Index(text string) (int, bool) {
	for i, t := range e.Texts {
		if t == text {
			return i, true
		}
	}
	i, ok := e.Was[text]
	return i, ok
}

func (e *Enum) unknownText(text string) string {
	return fmt.Sprintf("no value of %s: %s", e.Name, quoted(text))
}

func (e *Enum) unknownIndex(i int) string { return fmt.Sprintf("no value of %s: %d", e.Name, i) }
