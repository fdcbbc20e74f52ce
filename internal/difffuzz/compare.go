package difffuzz

import (
	"encoding/json"
	"reflect"
	"strings"

	"github.com/fluvius-io/fluvius-go/dsl/eval"
	"github.com/fluvius-io/fluvius-go/internal/difffuzz/compiled"
)

// Evaluated is what the evaluator says to a case.
func Evaluated(e *eval.Domain, c *compiled.Case) compiled.Answer {
	a := e.Aggregate(c.Aggregate)
	records := make([]eval.Record, len(c.Records))
	for i, r := range c.Records {
		records[i] = eval.Record{Key: r.Key, Version: r.Version, Data: r.Data, Timestamp: r.Timestamp, Metadata: r.Metadata}
		if c.Action != "" { // the compiled side gives a command events without these
			records[i].Timestamp, records[i].Metadata = c.Now, nil
		}
	}
	s, err := a.Fold(c.ID, records)
	if err != nil {
		return refused(err)
	}
	if c.Action == "" {
		return withState(compiled.Answer{}, s)
	}
	out, err := a.Decide(s, a.Action(c.Action), c.Command, eval.Around{Now: c.Now, Actor: c.Actor})
	if err != nil {
		return refused(err)
	}
	var answer compiled.Answer
	for _, r := range out.Records {
		answer.Events = append(answer.Events, compiled.Event{Key: r.Key, Version: r.Version, Data: r.Data})
	}
	return withState(answer, out.State)
}

func refused(err error) compiled.Answer {
	return compiled.Answer{Failed: true, Code: eval.Code(err), Text: err.Error()}
}

func withState(answer compiled.Answer, s *eval.State) compiled.Answer {
	text, err := s.JSON()
	if err != nil {
		return refused(err)
	}
	answer.State = text
	return answer
}

// Same tells whether both say the same, byte by byte.
func Same(a, b compiled.Answer) bool { return reflect.DeepEqual(normal(a), normal(b)) }

// normal is an answer without what only the runtime knows: the position in the log.
func normal(a compiled.Answer) compiled.Answer {
	if a.Code == "unknown-event" {
		a.Text, _, _ = strings.Cut(a.Text, ", position")
	}
	return a
}

func show(v any) string {
	text, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err.Error()
	}
	return string(text)
}
