package runtime_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/runtime"
)

func sampleRecord() runtime.Record {
	return runtime.Record{
		Header: runtime.Header{
			Domain: "bank", Aggregate: "account", AggregateID: "ä/1", Key: "account-opened", Version: 2,
			Sequence: 3, Position: 1<<53 - 1, Timestamp: epoch, Metadata: runtime.NewMeta(map[string]string{"tenant": "a<b", "actor": `"x"`}),
		},
		Data: `{"owner":"Ada <&> Co","notes":["\\u003c","` + "\u2028" + `"]}`,
	}
}

const sampleEnvelope = `{"key":"account-opened","payload":{"owner":"Ada <&> Co","notes":["\\u003c","` + "\u2028" + `"]},` +
	`"aggregate_id":"ä/1","timestamp":"2026-01-02T03:04:05.123456789Z","version":2,"metadata":{"actor":"\"x\"","tenant":"a<b"},` +
	`"domain":"bank","aggregate":"account","sequence":3,"position":9007199254740991}`

func TestPromise35TheEnvelopeOfARecord(t *testing.T) {
	r := sampleRecord()
	text, err := r.MarshalJSON()
	require.NoError(t, err)
	require.Equal(t, sampleEnvelope, string(text))

	escaped, err := json.Marshal(r) // writes < > & as escapes
	require.NoError(t, err)
	require.NotEqual(t, sampleEnvelope, string(escaped))
	later := strings.Replace(sampleEnvelope, `{"key"`, `{"later":[1,{"x":null}],"key"`, 1)
	for _, text := range []string{sampleEnvelope, string(escaped), later, " " + strings.ReplaceAll(sampleEnvelope, `,"`, ` , "`)} {
		var back runtime.Record
		require.NoError(t, json.Unmarshal([]byte(text), &back))
		if text[0] != ' ' {
			require.Equal(t, r, back)
		}
		require.Equal(t, r.Header, back.Header)
	}
}

// opened is Opened with the JSON that a generated event has.
type opened Opened

func (e opened) MarshalJSON() ([]byte, error) { return openedCodec.Marshal((*Opened)(&e)) }
func (e *opened) UnmarshalJSON(text []byte) error {
	return openedCodec.Unmarshal(text, (*Opened)(e))
}

func TestPromise35TheEnvelopeOfAnEvent(t *testing.T) {
	e := runtime.Event[opened]{Header: sampleRecord().Header, Payload: opened{Owner: "Ada <&> Co", Notes: []string{`\u003c`, "\u2028"}}}
	text, err := e.MarshalJSON()
	require.NoError(t, err)
	want := strings.ReplaceAll(sampleEnvelope, `"\u2028"`, "\"\u2028\"")
	require.JSONEq(t, want, string(text))
	require.Equal(t, strings.Index(want, `"aggregate_id"`) > 0, strings.HasPrefix(string(text), `{"key":"account-opened","payload":{"owner"`))
	escaped, err := json.Marshal(e)
	require.NoError(t, err)
	for _, text := range []string{string(text), string(escaped), strings.Replace(string(text), "{", `{"later":1,`, 1)} {
		var back runtime.Event[opened]
		require.NoError(t, json.Unmarshal([]byte(text), &back))
		require.Equal(t, e, back)
	}
	var any runtime.Event[AccountEvent]
	require.Error(t, json.Unmarshal(text, &any), "which event it is only the domain's package can tell")
}

func TestEnvelopesThatAreRefused(t *testing.T) {
	for _, text := range []string{
		`{}`, `null`, `[]`, `{"key":"","payload":{}}`, `{"payload":{}}`, `{"key":"k"}`, `{"key":1,"payload":{}}`,
		`{"key":"k","payload":{},"timestamp":"yesterday"}`, `{"key":"k","payload":{},"sequence":-1}`, `{"key":"k","payload":{},"metadata":{"a":1}}`,
	} {
		var r runtime.Record
		require.Error(t, json.Unmarshal([]byte(text), &r), text)
		require.Zero(t, r)
	}
	for _, data := range []string{"", "{", `1},"x":{"y":1`} {
		r := sampleRecord()
		r.Data = data
		_, err := r.MarshalJSON()
		require.Error(t, err, data)
	}
}

func TestTheLeastOfAnEnvelope(t *testing.T) {
	var r runtime.Record
	require.NoError(t, json.Unmarshal([]byte(`{"key":"k","payload":null}`), &r))
	require.Equal(t, runtime.Record{Header: runtime.Header{Key: "k"}, Data: "null"}, r)
}

func TestHeaderID(t *testing.T) {
	h := runtime.Header{Aggregate: "account", AggregateID: "a", Sequence: 12}
	require.Equal(t, "account/a/12", h.ID())
	h.AggregateID = "ä/1 %?#"
	require.Equal(t, "account/%C3%A4%2F1%20%25%3F%23/12", h.ID())
}

func TestMeta(t *testing.T) {
	for _, m := range []runtime.Meta{
		runtime.NewMeta(map[string]string{"b": "2", "a": `"\` + "\n", "": "empty"}),
		runtime.MetaFromText(`{"":"empty","a":"\"\\\n","b":"2"}`),
		runtime.MetaFromText(" {\"b\" : \"2\", \"a\":\"\\u0022\\\\\\n\",\"\":\"empty\"}"),
	} {
		want := map[string]string{"": "empty", "a": `"\` + "\n", "b": "2"}
		require.Equal(t, want, m.Map())
		for name, text := range want {
			got, ok := m.Get(name)
			require.True(t, ok)
			require.Equal(t, text, got)
		}
		_, ok := m.Get("c")
		require.False(t, ok)
		var names []string
		for name := range m.All() {
			names = append(names, name)
		}
		require.Equal(t, []string{"", "a", "b"}, names)
		text, err := json.Marshal(m)
		require.NoError(t, err)
		var back runtime.Meta
		require.NoError(t, json.Unmarshal(text, &back))
		require.Equal(t, `{"":"empty","a":"\"\\\n","b":"2"}`, back.Text())
		m.Map()["b"] = "changed"
		require.Equal(t, want, m.Map())
	}
	simple := runtime.NewMeta(map[string]string{"b": "2", "a": "1", "c": ""})
	for name, want := range map[string]string{"a": "1", "b": "2", "c": ""} {
		got, ok := simple.Get(name)
		require.True(t, ok)
		require.Equal(t, want, got)
	}
	_, ok := simple.Get("1")
	require.False(t, ok, "a value is no name")
	require.Zero(t, testing.AllocsPerRun(10, func() { simple.Get("c") }))
	for _, empty := range []runtime.Meta{{}, runtime.NewMeta(nil), runtime.MetaFromText("{}"), runtime.MetaFromText("null"), runtime.MetaFromText("{"), runtime.MetaFromText(`{"a":1}`)} {
		require.NotNil(t, empty.Map())
		require.Empty(t, empty.Map())
		_, ok := empty.Get("a")
		require.False(t, ok)
	}
	require.Equal(t, "{}", runtime.Meta{}.Text())
	var none runtime.Meta
	require.NoError(t, json.Unmarshal([]byte(`{}`), &none))
	require.Equal(t, runtime.Meta{}, none)
}
