package bank

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTheBaselineIsStrict: a baseline that accepts what the project refuses would be fast for nothing.
func TestTheBaselineIsStrict(t *testing.T) {
	for _, text := range []string{
		``, `null`, `[]`, `{}`, `{"amount":1}`, `{"reference":"r"}`, `{"amount":1,"amount":1,"reference":"r"}`,
		`{"Amount":1,"reference":"r"}`, `{"amount":"1","reference":"r"}`, `{"amount":1.0,"reference":"r"}`,
		`{"amount":1e2,"reference":"r"}`, `{"amount":01,"reference":"r"}`, `{"amount":9223372036854775808,"reference":"r"}`,
		`{"amount":1,"reference":null}`, `{"amount":1,"reference":"r"}x`, `{"amount":1,"reference":"r",}`,
		`{"amount":1,"reference":"r"`, "{\"amount\":1,\"reference\":\"\n\"}", "{\"amount\":1,\"reference\":\"\xff\"}",
		`{"amount":1,"reference":"\ud800"}`, `{"amount":1,"reference":"\x"}`,
	} {
		_, err := ReadDeposited(text)
		require.Error(t, err, text)
	}
}

func TestBothReadersAgree(t *testing.T) {
	long := strings.Repeat("9", 18)
	for text, want := range map[string]Deposited{
		`{"amount":1250,"reference":"r-0042"}`:                    {1250, "r-0042"},
		`{ "reference" : "a\u00e4\n\"" , "amount" : -3 }`:         {-3, "aä\n\""},
		`{"amount":` + long + `,"reference":"ä"}`:                 {999999999999999999, "ä"},
		`{"amount":9223372036854775807,"reference":""}`:           {9223372036854775807, ""},
		`{"amount":0,"new":[1,{"a":null}],"reference":"a rest"}`:  {0, "a rest"},
		`{"amount":0,"reference":"more than eight characters 9"}`: {0, "more than eight characters 9"},
	} {
		e, err := ReadDeposited(text)
		require.NoError(t, err, text)
		require.Equal(t, want, e, text)
	}
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	for _, e := range []Deposited{{1, ""}, {5, "r-0001"}, {7, "quote \" slash \\ line\nbell\a ä 😀"}} {
		text, err := AppendDeposited(nil, &e)
		require.NoError(t, err)
		back, err := ReadDeposited(string(text))
		require.NoError(t, err)
		require.Equal(t, e, back)
	}
	for _, e := range []Deposited{{0, "r"}, {-1, "r"}, {1, "\xff"}} {
		_, err := AppendDeposited(nil, &e)
		require.Error(t, err)
	}
	s := Account{ID: "a", Sequence: 7, Owner: "Ada", Credit: 1, Balance: 2, Moves: 3, Last: "r"}
	text, err := AppendAccount(nil, &s)
	require.NoError(t, err)
	back, err := ReadAccount("a", string(text))
	require.NoError(t, err)
	require.Equal(t, s, back)
}
