package storetest

import (
	"slices"
	"strings"

	"github.com/fluvius-io/fluvius-go/runtime"
)

// model is the contract for one caller, as plainly as it can be written.
type model struct {
	log      []runtime.Record
	streams  map[runtime.Stream][]runtime.Record
	commands map[command]runtime.Appended
	cells    map[string]runtime.Entry
	highest  map[string]uint64 // the last revision of a key, also of one that was deleted
}

type command struct {
	stream runtime.Stream
	id     string
}

func newModel() *model {
	return &model{
		streams: map[runtime.Stream][]runtime.Record{}, commands: map[command]runtime.Appended{},
		cells: map[string]runtime.Entry{}, highest: map[string]uint64{},
	}
}

func (m *model) append(a runtime.Append) (runtime.Appended, *runtime.ConflictError) {
	if done, ok := m.commands[command{a.Stream, a.CommandID}]; ok {
		done.Duplicate = true
		return done, nil
	}
	actual := uint64(len(m.streams[a.Stream]))
	if actual != a.After.Sequence {
		return runtime.Appended{}, &runtime.ConflictError{Stream: a.Stream, Expected: a.After.Sequence, Actual: actual}
	}
	done := runtime.Appended{First: actual + 1, Last: runtime.Mark{Sequence: actual + uint64(len(a.Records))}}
	m.log = append(m.log, a.Records...)
	m.streams[a.Stream] = append(m.streams[a.Stream], a.Records...)
	if a.CommandID != "" && len(a.Records) > 0 {
		m.commands[command{a.Stream, a.CommandID}] = done
	}
	return done, nil
}

func (m *model) list() []runtime.Entry {
	var all []runtime.Entry
	for _, e := range m.cells {
		all = append(all, e)
	}
	slices.SortFunc(all, func(a, b runtime.Entry) int { return strings.Compare(a.Key, b.Key) })
	return all
}
