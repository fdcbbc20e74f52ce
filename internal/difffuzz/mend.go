package difffuzz

import (
	"fmt"
	"strings"

	"github.com/fluvius-io/fluvius-go/dsl"
	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// Domain is a domain that the checker lets through.
type Domain struct {
	Name  string
	Seed  uint64
	Text  string
	Model *model.Domain
	Lost  int // lines that the checker refused
}

// Make writes a domain and drops the lines that the checker refuses. The error is that what is left is none.
func Make(name string, seed uint64) (*Domain, error) {
	text := Write(name, seed)
	d := &Domain{Name: name, Seed: seed}
	for range 40 {
		checked, list := Check(text)
		if checked != nil {
			d.Text, d.Model = text, checked
			return d, nil
		}
		shorter, dropped := without(text, list)
		if dropped == 0 {
			return nil, fmt.Errorf("seed %d: %w", seed, list.Err())
		}
		text, d.Lost = shorter, d.Lost+dropped
	}
	return nil, fmt.Errorf("seed %d: too much of the domain is refused", seed)
}

// Check is the domain of a text; nil where it has errors.
func Check(text string) (*model.Domain, source.List) {
	loader := dsl.NewLoader(func(path string) (dsl.Input, error) {
		return dsl.Input{Key: path, Files: []*source.File{source.NewFile(path, text)}}, nil
	})
	d, err := loader.Load("random.fluv")
	if err != nil {
		return nil, source.List{{Message: err.Error()}}
	}
	return d, loader.Diagnostics()
}

// optionalLines begin what a domain can do without.
var optionalLines = []string{"require ", "let ", "if ", "emit ", "derive ", "invariant ", "remove ", "...event"}

// without drops the lines with errors that stand alone.
func without(text string, list source.List) (shorter string, dropped int) {
	lines := strings.Split(text, "\n")
	for _, d := range list {
		at := d.Span.Position().Line - 1
		if d.Severity != source.Error || at < 0 || at >= len(lines) || !droppable(lines[at]) {
			continue
		}
		lines[at], dropped = "", dropped+1
	}
	return strings.Join(lines, "\n"), dropped
}

func droppable(line string) bool {
	trimmed := strings.TrimSpace(line)
	for _, prefix := range optionalLines {
		if strings.HasPrefix(trimmed, prefix) {
			return true
		}
	}
	name, rest, _ := strings.Cut(trimmed, " ") // an assignment of a fold
	return strings.HasPrefix(line, "        s") && name != "state" && rest != ""
}
