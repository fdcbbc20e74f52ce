package eval_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/dsl/eval"
)

const shop = `domain shop
enum Phase { open, closed as "CLOSED" }
type Line { product string, price decimal, wait duration?, note string = "n" }
aggregate Order {
    state { lines []Line, phase Phase, by map[string]Line, at time?, closed bool }
    event order-placed { lines []Line, by map[string]Line, at time? }
    event order-closed { phase Phase }
    apply order-placed { ...event }
    apply order-closed { phase = event.phase closed = true }
    error Shut(phase Phase, why string) "shut: {why}"
    action Place(lines []Line, by map[string]Line) creates order-placed { emit order-placed { at: now } }
    action Close(twice bool = false) emits order-closed {
        require state.phase == open else Shut(state.phase, "a {state.phase} {{one}}")
        emit order-closed { phase: closed }
        if twice { emit order-closed { phase: closed } }
    }
    test "t" { %s }
}
`

func TestDifferencesAreToldFieldByField(t *testing.T) {
	placed := `when Place { lines: [Line { product: "a", price: 1.50, wait: 90m }], by: { "k": Line { product: "b", price: 2 } } } `
	given := `given order-placed { lines: [], by: {} } `
	for _, test := range []struct{ name, block, want string }{
		{"equal by value", placed + `then order-placed { lines: [Line { product: "a", price: 1.5, wait: 1h30m }] }`, ""},
		{"a field of an item", placed + `then order-placed { lines: [Line { product: "a", price: 2, wait: 2h }] }`,
			"order-placed.lines[0].price: 2 / 1.50; order-placed.lines[0].wait: 2h / 1h30m"},
		{"what a default gives", placed + `then order-placed { by: { "k": Line { product: "b", price: 2, note: "m" } } }`,
			`order-placed.by["k"].note: "m" / "n"`},
		{"entries", placed + `then order-placed { by: { "j": Line { product: "b", price: 2 } } }`,
			`order-placed.by["j"]: Line { product: "b", price: 2, wait: none, note: "n" } / no entry; ` +
				`order-placed.by["k"]: no entry / Line { product: "b", price: 2, wait: none, note: "n" }`},
		{"a list's length", placed + `then state { lines: [] }`, `state.lines: [] / [Line { product: "a", price: 1.50, wait: 1h30m, note: "n" }]`},
		{"none and a time", placed + `then state { at: none, by: {} }`,
			`state.by["k"]: no entry / Line { product: "b", price: 2, wait: none, note: "n" }; state.at: none / 2026-01-01T00:00:00Z`,
		},
		{"an enum, a bool", given + `when Close {} then state { phase: open, closed: false }`, "state.phase: open / closed; state.closed: false / true"},
		{"too many events", given + `when Close { twice: true } then order-closed {}`, "event 2: no event / order-closed { phase: closed }"},
		{"too few events", given + `when Close {} then order-closed {} then order-closed {}`, "event 2: order-closed / no event"},
		{"no event at all", given + `when Close {} then nothing`, "event 1: no event / order-closed { phase: closed }"},
		{"an error's parameters", given + `given order-closed { phase: closed } when Close {} then error Shut { why: "x", phase: open }`,
			`Shut.phase: open / closed; Shut.why: "x" / "a CLOSED {{one}}"`},
		{"an error that does not come", given + `when Close {} then error Shut`, "the error: Shut / none"},
		{"another error", `when Close {} then error overflow`, `the error: overflow / not-found: order "test-1" does not exist`},
		{"an error that is not expected", `when Close {} then nothing`, `the error: none / not-found: order "test-1" does not exist`},
		{"the error expected", `when Close {} then error not-found`, ""},
		{"a history alone", given + `then state { lines: [], closed: true }`, "state.closed: true / false"},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := checked(t, fmt.Sprintf(shop, test.block))
			r := eval.New(d, eval.Limits{}).RunTest(d.Aggregates[0].Tests[0])
			var got []string
			for _, diff := range r.Differences {
				assert.False(t, diff.Span.IsZero(), "%s has a place", diff.What)
				got = append(got, fmt.Sprintf("%s: %s / %s", diff.What, diff.Want, diff.Got))
			}
			assert.Equal(t, test.want, strings.Join(got, "; "))
			assert.Equal(t, test.want == "", r.Passed())
		})
	}
}

func TestAGoTypeThatIsNeededBlocksATest(t *testing.T) {
	d := checked(t, `domain places
type Geo go "example.com/geo".Point
aggregate Place {
    state { at Geo, name string, seen bool }
    event place-found { name string }
    event place-seen { at Geo }
    apply place-found { ...event }
    apply place-seen { ...event seen = true }
    action Find(name string) creates place-found
    action See() emits place-seen { emit place-seen { at: state.at } }
    test "needs it" { given place-found { name: "x" } when See {} then place-seen {} }
    test "does not" { when Find { name: "x" } then state { name: "x", seen: false } }
}
`)
	e := eval.New(d, eval.Limits{})
	tests := d.Aggregates[0].Tests
	blocked := e.RunTest(tests[0])
	assert.Equal(t, "only Go knows the zero of Geo", blocked.Blocked)
	assert.False(t, blocked.Passed())
	passed := e.RunTest(tests[1])
	require.True(t, passed.Passed(), "%+v", passed)
}

func TestTestBlocksTakeMilliseconds(t *testing.T) {
	d := load(t, "../../examples/domain.fluv")
	e := eval.New(d, eval.Limits{Steps: 10_000}) // steps, not time: a machine may be busy
	for _, a := range d.Aggregates {
		for _, block := range a.Tests {
			r := e.RunTest(block)
			require.True(t, r.Passed(), "%s: %+v", block.Name, r)
		}
	}
}
