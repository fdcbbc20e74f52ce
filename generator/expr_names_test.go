package generator

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestLocalNames(t *testing.T) {
	for snake, want := range map[string]string{
		"total": "total", "customer_id": "customerID", "line_total": "lineTotal", "url": "url", "api_url_x": "apiURLX",
	} {
		require.Equal(t, want, camel(snake))
	}
	require.Equal(t, "customerIDs", localName("customer_ids", "CustomerIDs"))
	require.Equal(t, "ids", localName("ids", "IDs"))
	require.Equal(t, "apiKey", localName("api_key", "APIKey"))
}

func TestNamesNeverShadow(t *testing.T) {
	outer := &names{used: map[string]bool{"s": true}}
	require.Equal(t, "total", outer.pick("total"))
	require.Equal(t, "total2", outer.pick("total"), "two in one scope")
	inner := outer.inner()
	require.Equal(t, "total3", inner.pick("total"), "one inside another")
	require.Equal(t, "line", inner.pick("line"))
	require.Equal(t, "line", outer.inner().pick("line"), "scopes side by side")
	for _, taken := range []string{"s", "type", "range", "len", "string", "time", "value", "calc", "nil"} {
		require.Equal(t, taken+"2", outer.inner().pick(taken))
	}
}

// TestLetNamesDoNotHideFunctions: names of the package that stand in bodies are never names of locals.
func TestLetNamesDoNotHideFunctions(t *testing.T) {
	d := checked(t, "x.fluv", `domain x
type Line { name string, tags []string }
enum Mode { on, off }
aggregate Thing {
    state { lines []Line, price decimal, modes map[Mode]int }
    event thing-made { lines []Line, ok bool, keys []Mode }
    apply thing-made { lines = event.lines }
    error Bad "bad"
    action MakeThing(lines []Line, equal_line Line, number5 decimal, enum_mode Mode) creates thing-made {
        let pattern0 = lines[0]
        let number_line = "a" matches `+"`^a$`"+`
        require number5 > 5 && number_line else Bad
        let equal_line_2 = equal_line == (pattern0 ?? equal_line)
        emit thing-made { ok: any(equal_line3 in lines: equal_line3 == equal_line) && equal_line_2, keys: keys({ enum_mode: 1 }) }
    }
}
`)
	p, err := newPlan(d, Options{})
	require.NoError(t, err)
	body := goOf(t, p.decideBody(d.Aggregates[0].Actions[0]))
	require.Contains(t, body, "pattern02 := value.At(c.Lines, 0)")
	require.Contains(t, body, "pattern0.MatchString")
	require.NotContains(t, body, "equalLine :=")
}
