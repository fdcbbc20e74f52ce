// Package trial is for the tests that fluvgen makes beside a domain's code: it tries on random values what must hold
// of every domain. Only generated tests import it.
//
// Each run takes another seed and prints it where a test fails, or with -v; FLUV_SEED=… repeats a run.
package trial

import (
	"errors"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/fluvius-io/fluvius-go/runtime/memory"
	"github.com/fluvius-io/fluvius-go/runtime/value"
)

// Properties is one aggregate, and what is known of it.
type Properties struct {
	t       *testing.T
	domain  string
	about   *subject
	events  []*Kind
	actions []*Command
	left    []string
}

// Of begins with no events and no actions.
func Of[S, E any](t *testing.T, domain string, about *runtime.Aggregate[S, E], state *value.Codec[S]) *Properties {
	return &Properties{t: t, domain: domain, about: subjectOf(about, state)}
}

// Invariants tells what says whether those of the aggregate hold. It is told apart from the aggregate's own table, so
// that one that is not looked at there is noticed.
func Invariants[S any](p *Properties, hold func(*S) error) {
	p.about.holds = func(s state) error { return hold(s.of.(*S)) }
}

// Kind is one version of an event.
type Kind struct {
	name    string
	key     string
	version int
	was     []string
	byHand  bool
	make    func(r *Random) (v any, text string, err error)
	read    func(text string) (v any, again string, err error)
	write   func(v any) (text string, ok bool, err error)
}

// Event adds a version of an event: its codec, and what makes random values of it.
func Event[P any](p *Properties, key string, version int, c *value.Codec[P], make func(*Random) P) *Kind {
	write := func(v P) (string, error) { text, err := c.Marshal(&v); return string(text), err }
	k := &Kind{name: reflect.TypeFor[P]().Name(), key: key, version: version}
	k.make = func(r *Random) (any, string, error) {
		v := make(r)
		text, err := write(v)
		return v, text, err
	}
	k.read = func(text string) (any, string, error) {
		v, err := c.Decode(text)
		if err != nil {
			return nil, "", err
		}
		again, err := write(v)
		return v, again, err
	}
	k.write = func(v any) (string, bool, error) {
		own, ok := v.(P)
		if !ok {
			return "", false, nil
		}
		text, err := write(own)
		return text, true, err
	}
	p.events = append(p.events, k)
	return k
}

// Was are the keys that the event had before.
func (k *Kind) Was(keys ...string) *Kind { k.was = keys; return k }

// ByHand says that Go code reads this version as a newer one: it may answer any error.
func (k *Kind) ByHand() *Kind { k.byHand = true; return k }

// LeaveOut notes what is not tried, because Go code decides it or reads it and the test was not given that.
func (p *Properties) LeaveOut(names ...string) { p.left = append(p.left, names...) }

// Engine is one without anything in it, for handles whose actions are tried.
func (p *Properties) Engine() *runtime.Engine {
	p.t.Helper()
	e, err := runtime.NewEngine(memory.New(), p.domain)
	if err != nil {
		p.t.Fatal(err)
	}
	return e
}

// property is something that must hold. Try answers what it tried and did not find, and an error where it does not
// hold.
type property struct {
	name string
	try  func(r *Random) report
}

// report is what came of trying.
type report struct {
	tried int      // 0: nothing was there to try
	why   string   // why not
	notes []string // what was left out
	err   error
}

// Run tries all properties, each in a test of its own.
func (p *Properties) Run() {
	p.t.Helper()
	seed, err := seedOf(os.Getenv("FLUV_SEED"))
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Logf("FLUV_SEED=%d", seed)
	if p.left != nil {
		p.t.Logf("left out, as it is by hand and byHand is nil: %s", strings.Join(p.left, ", "))
	}
	for _, property := range p.properties() {
		p.t.Run(property.name, func(t *testing.T) {
			t.Helper()
			p.judge(t, seed, property.try(newRandom(seed, streamOf(t.Name()))))
		})
	}
}

func (p *Properties) properties() []property {
	return []property{
		{"decode after encode is the identity", p.roundTrips},
		{"fold(a ++ b) is fold(fold(a), b)", p.splits},
		{"an older version folds as the newest that it is read as", p.upcasts},
		{"deciding is deterministic and what it emits folds", p.decisions},
		{"invariants hold after every command", p.commands},
	}
}

func (p *Properties) judge(t *testing.T, seed uint64, got report) {
	t.Helper()
	for _, note := range got.notes {
		t.Log(note)
	}
	switch {
	case got.err != nil:
		t.Fatalf("%v\nFLUV_SEED=%d go test -run '%s' repeats this", got.err, seed, p.t.Name())
	case got.tried == 0:
		t.Skip("nothing was tried: " + got.why)
	}
}

// seedOf is the seed that the environment pins, or a new one.
func seedOf(pinned string) (uint64, error) {
	if pinned == "" {
		return rand.Uint64N(1e9), nil
	}
	seed, err := strconv.ParseUint(pinned, 10, 64)
	if err != nil {
		return 0, errors.New("FLUV_SEED is no whole number: " + strconv.Quote(pinned))
	}
	return seed, nil
}

// streamOf gives each test numbers of its own, so that one repeats alone as it ran among others.
func streamOf(name string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(name))
	return h.Sum64()
}

// happened is an event of that kind.
type happened struct {
	kind   *Kind
	value  any
	record runtime.Record
}

// happens makes one; ok is false where no value was found that every `where` lets through.
func (p *Properties) happens(r *Random, k *Kind) (h happened, ok bool, err error) {
	type made3 struct {
		v    any
		text string
		err  error
	}
	r.huge = 2
	m, ok := made(r, func(r *Random) made3 { v, text, err := k.make(r); return made3{v, text, err} })
	if !ok {
		return h, false, nil
	}
	if m.err != nil {
		return h, false, fmt.Errorf("%s cannot be written: %w", k.name, m.err)
	}
	head := runtime.Header{Domain: p.domain, Aggregate: p.about.name, AggregateID: aggregateID, Key: k.key, Version: k.version, Timestamp: r.moment()}
	if len(k.was) > 0 && r.chance(0.3) {
		head.Key = oneOf(r, k.was...)
	}
	if r.chance(0.3) {
		head.Metadata = runtime.NewMeta(map[string]string{"actor": Text[string](r), "tenant": "t"})
	}
	return happened{k, m.v, runtime.Record{Header: head, Data: m.text}}, true, nil
}
