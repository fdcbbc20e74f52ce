// Package compiled is the compiled half of the differential fuzzer: what the generated packages of a batch answer
// with. It is linked into the program that difffuzz builds, and into nothing else.
package compiled

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/fluvius-io/fluvius-go/runtime/value"
)

// Record is an event of a history, as it is stored.
type Record struct {
	Key       string
	Version   int
	Data      string
	Timestamp time.Time
	Metadata  map[string]string
}

// Case is one thing to compare: a history, and an action on it unless Action is "".
type Case struct {
	Package, Aggregate, ID string
	Records                []Record
	Action, Command        string
	Now                    time.Time
	Actor                  string
}

// Event is one that was emitted.
type Event struct {
	Key     string
	Version int
	Data    string
}

// Answer is what came of a case.
type Answer struct {
	Events []Event `json:",omitempty"`
	State  string  `json:",omitempty"`
	Code   string  `json:",omitempty"` // of the error
	Text   string  `json:",omitempty"`
	Failed bool    `json:",omitempty"` // there was an error
}

// Fold answers with the state of a history.
func Fold[S, E any](a *runtime.Aggregate[S, E], state *value.Codec[S], c *Case) Answer {
	records := make([]runtime.Record, len(c.Records))
	for i, r := range c.Records {
		records[i] = runtime.Record{Data: r.Data, Header: runtime.Header{
			Key: r.Key, Version: r.Version, Timestamp: r.Timestamp, Metadata: runtime.NewMeta(r.Metadata),
		}}
	}
	s, err := runtime.FoldRecords(a, c.ID, records)
	if err != nil {
		return failed(err)
	}
	return withState(Answer{}, state, &s)
}

// Act answers with what an action makes of a history.
func Act[S, E, C any](a *runtime.Aggregate[S, E], state *value.Codec[S], action runtime.Action[S, E, C], command *value.Codec[C], c *Case) Answer {
	given := runtime.Given{ID: c.ID, Now: c.Now, Actor: c.Actor}
	for _, r := range c.Records {
		runtime.Happened(&given, r.Key, r.Version, value.Raws[json.RawMessage](), json.RawMessage(r.Data))
	}
	if _, err := runtime.StateOf(given, a); err != nil {
		return failed(err)
	}
	cmd, err := command.Strict(c.Command)
	if err != nil {
		return failed(runtime.Invalid(err))
	}
	s, events, err := runtime.Try(given, a, action, cmd)
	if err != nil {
		return failed(err)
	}
	var answer Answer
	for _, e := range events {
		encoded, err := a.Encode(nil, e)
		if err != nil {
			return failed(err)
		}
		answer.Events = append(answer.Events, Event{encoded.Key, encoded.Version, string(encoded.Data)})
	}
	return withState(answer, state, &s)
}

func failed(err error) Answer {
	text := err.Error()
	if p, ok := errors.AsType[*runtime.PanicError](err); ok {
		text += "\n" + p.Stack
	}
	return Answer{Failed: true, Code: runtime.Code(err), Text: text}
}

func withState[S any](answer Answer, state *value.Codec[S], s *S) Answer {
	text, err := state.Marshal(s)
	if err != nil {
		return failed(err)
	}
	answer.State = string(text)
	return answer
}

// Serve answers cases, one a line, in their order.
func Serve(in io.Reader, out io.Writer, drive map[string]func(*Case) Answer) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 64<<20)
	buffered := bufio.NewWriter(out)
	encoder := json.NewEncoder(buffered)
	for lines.Scan() {
		var c Case
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			return err
		}
		f, ok := drive[c.Package]
		if !ok {
			return fmt.Errorf("there is no package %s", c.Package)
		}
		if err := encoder.Encode(f(&c)); err != nil {
			return err
		}
	}
	return errors.Join(lines.Err(), buffered.Flush())
}
