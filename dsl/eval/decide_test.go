package eval_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/dsl/eval"
)

const account = `domain bank

type Iban string where value matches ` + "`^[A-Z]{2}[0-9]+$`" + `
type Owner { name string, iban Iban }

aggregate Account {
    state {
        owner Owner
        balance int
        log []string
        marks map[string]int
    }
    derive rich bool = balance > 100
    derive share int = 1000 / (balance + 1)

    event account-opened@1 { name string }
    event account-opened@2 { owner Owner }
    upcast account-opened@1 -> @2 { owner = Owner { name: old.name, iban: "OLD" + (metadata["bank"] ?? "") } }
    event money-moved was money-sent { amount int, what string = "cash" }
    event account-noted { text string }
    event account-audited { at time }

    apply account-opened { ...event }
    apply money-moved {
        balance += event.amount
        log += "{balance}->{event.amount}{rich}"
        marks[event.what] += event.amount
        if event.amount == 13 { remove marks["cash"] }
    }
    apply account-noted { log += event.text }
    apply account-audited {}

    error TooLittle(missing int) "{id} lacks {missing}"
    invariant Bounded balance < 1000

    action Open(owner Owner) creates account-opened
    action Move(amount int, what string = "cash") emits money-moved {
        require state.balance + amount >= 0 else TooLittle(-(state.balance + amount))
        emit money-moved { amount: amount }
        if amount == 7 { emit account-noted { text: "seven by {actor}" } }
    }
    action Note(text string) emits account-noted {
        if text != "" { emit account-noted {} }
    }
    action Audit() emits account-audited { emit account-audited { at: now } }
    action Approve() emits account-noted by hand
}
`

// bank is an account, and what happened to it.
func bank(t *testing.T, moves ...string) (*eval.Aggregate, *eval.State) {
	t.Helper()
	a := eval.New(checked(t, strings.Replace(account, "emits money-moved {", "emits money-moved, account-noted {", 1)), eval.Limits{}).Aggregate("account")
	require.NotNil(t, a)
	at := time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)
	records := []eval.Record{{Key: "account-opened", Version: 2, Data: `{"owner":{"name":"Ada","iban":"GB1"}}`, Timestamp: at}}
	for _, m := range moves {
		records = append(records, eval.Record{Key: "money-sent", Version: 1, Data: `{"amount":` + m + `,"what":"cash"}`, Timestamp: at})
	}
	s, err := a.Fold("a-1", records)
	require.NoError(t, err)
	return a, s
}

func act(a *eval.Aggregate, s *eval.State, action, command string) (eval.Outcome, error) {
	return a.Decide(s, a.Action(action), command, eval.Around{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Actor: "bob"})
}

func TestDecideEmitsFoldsAndAnswersAsStored(t *testing.T) {
	a, s := bank(t, "100")
	out, err := act(a, s, "Move", ` { "amount" : 7 } `)
	require.NoError(t, err)
	require.Len(t, out.Records, 2)
	assert.Equal(t, "money-moved", out.Records[0].Key)
	assert.Equal(t, 1, out.Records[0].Version)
	assert.Equal(t, `{"amount":7,"what":"cash"}`, out.Records[0].Data)
	assert.Equal(t, `{"text":"seven by bob"}`, out.Records[1].Data)
	assert.Equal(t, time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC), out.Records[0].Timestamp, "never before the last event")
	text, err := out.State.JSON()
	require.NoError(t, err)
	assert.Equal(t, `{"id":"a-1","sequence":4,"owner":{"name":"Ada","iban":"GB1"},"balance":107,`+
		`"log":["0->100false","100->7false","seven by bob"],"marks":{"cash":107},"rich":true,"share":9}`, text)
	before, err := s.JSON()
	require.NoError(t, err)
	assert.Contains(t, before, `"balance":100`, "the state that was given is not changed")
	assert.Equal(t, eval.Int(107), out.State.Get("balance"))
	assert.Nil(t, out.State.Get("nothing"))
}

func TestDecideWithoutAnEventIsASuccess(t *testing.T) {
	a, s := bank(t)
	out, err := act(a, s, "Note", `{"text":""}`)
	require.NoError(t, err)
	assert.Empty(t, out.Events)
	assert.Same(t, s, out.State)
}

func TestErrorsAreOfTheSameKinds(t *testing.T) {
	for _, test := range []struct{ name, action, command, code, text string }{
		{"domain", "Move", `{"amount":-50}`, "too-little", "a-1 lacks 40"},
		{"invariant", "Move", `{"amount":990}`, "invariant", `account "a-1": invariant Bounded: balance < 1000 would not hold`},
		{"overflow", "Move", `{"amount":9223372036854775807}`, "overflow", ""},
		{"exists", "Open", `{"owner":{"name":"x","iban":"GB1"}}`, "already-exists", `account "a-1" already exists`},
		{"where", "Open", `{"owner":{"name":"x","iban":"1"}}`, "invalid", "invalid: owner.iban: not an Iban: value matches `^[A-Z]{2}[0-9]+$`"},
		{"missing", "Open", `{"owner":{"name":"x"}}`, "invalid", "invalid: owner.iban: missing"},
		{"unknown", "Move", `{"amount":1,"amuont":2}`, "invalid", "invalid: amuont: unknown field"},
		{"hand", "Approve", `{}`, "unsupported", "Approve is by hand, which only Go can do"},
	} {
		t.Run(test.name, func(t *testing.T) {
			a, s := bank(t, "10")
			_, err := act(a, s, test.action, test.command)
			require.Error(t, err)
			assert.Equal(t, test.code, eval.Code(err))
			if test.text != "" {
				assert.Equal(t, test.text, err.Error())
			}
		})
	}
}

func TestWhatDoesNotExist(t *testing.T) {
	a, _ := bank(t)
	nothing, err := a.Fold("a-2", nil)
	require.NoError(t, err)
	_, err = act(a, nothing, "Move", `{"amount":1}`)
	assert.Equal(t, "not-found", eval.Code(err))
	_, err = a.Fold("", nil)
	assert.Equal(t, "invalid: id: must not be empty", err.Error())
	_, err = a.Fold("a\nb", nil)
	assert.Equal(t, "invalid", eval.Code(err))
}

func TestHistoriesAreReadAsToday(t *testing.T) {
	a, _ := bank(t)
	opened := eval.Record{Key: "account-opened", Version: 1, Data: `{"name":"Ada"}`, Metadata: map[string]string{"bank": "7"}}
	s, err := a.Fold("a-1", []eval.Record{opened, {Key: "money-moved", Version: 1, Data: `{"what":"x","amount":13,"later":[]}`}})
	require.NoError(t, err)
	text, err := s.JSON()
	require.NoError(t, err)
	assert.Contains(t, text, `"owner":{"name":"Ada","iban":"OLD7"}`, "no where is asked of what was stored")
	assert.Contains(t, text, `"marks":{"x":13}`)

	for _, bad := range []struct {
		record eval.Record
		code   string
	}{
		{eval.Record{Key: "account-opened", Version: 3, Data: `{}`}, "unknown-event"},
		{eval.Record{Key: "account-closed", Version: 1, Data: `{}`}, "unknown-event"},
		{eval.Record{Key: "money-moved", Version: 1, Data: `{"amount":9223372036854775807,"what":""}`}, "overflow"},
		{eval.Record{Key: "money-moved", Version: 1, Data: `{"amount":1}`}, ""},
	} {
		_, err := a.Fold("a-1", []eval.Record{opened, {Key: "money-moved", Version: 1, Data: `{"what":"x","amount":13}`}, bad.record})
		require.Error(t, err)
		assert.Equal(t, bad.code, eval.Code(err), "%v", err)
	}
	_, err = a.Fold("a-1", []eval.Record{{Key: "account-noted", Version: 1, Data: `{"text":""}`}})
	assert.Equal(t, "invalid: no account begins with account-noted", err.Error())
}

func TestRunsAreBounded(t *testing.T) {
	text := `domain big
aggregate Big {
    state { text string, list []int }
    event big-made { text string, n int }
    apply big-made { text = event.text }
    action Double(text string) creates big-made {
        let a = text + text
        let b = a + a + a + a
        let c = b + b + b + b
        let d = c + c + c + c
        let e = d + d + d + d
        emit big-made { text: e, n: len(e) }
    }
    action Loop(list []int) creates big-made {
        emit big-made { text: "", n: sum(a in list: sum(b in list: sum(c in list: sum(d in list: a + b + c + d)))) }
    }
    action Deep(n int) creates big-made {
        emit big-made { text: "", n: n + (n + (n + (n + (n + (n + (n + (n + (n + (n + n))))))))) }
    }
}
`
	long := `{"text":"` + strings.Repeat("x", 10_000) + `"}`
	list := `{"list":[` + strings.Repeat("1,", 99) + `1]}`
	for _, test := range []struct {
		action, command, what string
		limits                eval.Limits
	}{
		{"Double", long, "bytes", eval.Limits{Bytes: 1 << 20}},
		{"Loop", list, "steps", eval.Limits{Steps: 100_000}},
		{"Deep", `{"n":1}`, "levels of depth", eval.Limits{Depth: 8}},
	} {
		t.Run(test.action, func(t *testing.T) {
			a := eval.New(checked(t, text), test.limits).Aggregate("Big")
			s, err := a.Fold("b", nil)
			require.NoError(t, err)
			_, err = act(a, s, test.action, test.command)
			limit, ok := errors.AsType[*eval.LimitError](err)
			require.True(t, ok, "%v", err)
			assert.Equal(t, test.what, limit.What)
		})
	}
	a := eval.New(checked(t, text), eval.Limits{}).Aggregate("Big")
	s, err := a.Fold("b", nil)
	require.NoError(t, err)
	_, err = act(a, s, "Double", long)
	assert.Equal(t, "too-large", eval.Code(err), "more than one append takes: %v", err)
}
