package generator_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/generator"
)

// trialledByHand is what the tests of the domain trialled are given for what it leaves to Go, and what its broken
// places look at.
const trialledByHand = `package trialled

import (
	"context"
	"os"
	"strings"
)

type hands struct{}

func (hands) DropLine(_ context.Context, _ Basket, cmd DropLine) (LineDropped, error) {
	if broken("by hand by chance") {
		return LineDropped{Product: strings.Repeat("x", int(count()))}, nil
	}
	return LineDropped{Product: cmd.Product}, nil
}

func broken(what string) bool { return os.Getenv("BROKEN") == what }

var counted int64

func count() int64 { counted++; return counted }
`

// broken are places of the generated package that can be broken, each so that one property does not hold.
var broken = []struct {
	name     string
	old, new string
	property string // the test that must fail
	message  string // what it must say
}{
	{
		"a reader loses a field", "\tv.Note = c.At(`,\"note\":`).Text()",
		"\tif note := c.At(`,\"note\":`).Text(); !broken(`a reader loses a field`) {\n\t\tv.Note = note\n\t}",
		"decode_after_encode", "LineAdded: after it was stored and read, Note is ",
	},
	{
		"a codec loses a field", "func(v *LineAdded) *string { return &v.Note }",
		"func(v *LineAdded) *string { if broken(`a codec loses a field`) { return new(string) }; return &v.Note }",
		"decode_after_encode", "LineAdded: after it was written and read, Note is ",
	},
	{
		"a list is shared", "\ts.Lines = value.AddItem(own, 0, s.Lines, e.Line)",
		"\tif broken(`a list is shared`) {\n\t\ts.Lines = append(s.Lines, e.Line)\n\t} else {\n\t\ts.Lines = value.AddItem(own, 0, s.Lines, e.Line)\n\t}",
		"fold(a_++_b)", "on from one state changed another, which was made from it before",
	},
	{
		"a map is shared", "\ts.Notes = value.SetKey(",
		"\tif broken(`a map is shared`) && s.Notes != nil {\n\t\ts.Notes[e.Note]++\n\t\treturn nil\n\t}\n\ts.Notes = value.SetKey(",
		"fold(a_++_b)", "folding on from a state changed it",
	},
	{
		"a fold remembers", "\ts.Total = calc.Add(s.Total, e.Line.Quantity)",
		"\ts.Total = calc.Add(s.Total, e.Line.Quantity)\n\tif broken(`a fold remembers`) {\n\t\ts.Total = count()\n\t}",
		"fold(a_++_b)", "the states differ\n",
	},
	{
		"an old version folds otherwise", "\t\treturn applyBasketOpened(s, &e, own)",
		"\t\tif broken(`an old version folds otherwise`) && r.Version == 1 {\n\t\t\ts.Total = 100\n\t\t}\n\t\treturn applyBasketOpened(s, &e, own)",
		"an_older_version", "basket-opened@1 {\"email\":",
	},
	{
		"a decision by chance", "\treturn []BasketEvent{LineAdded{",
		"\tif broken(`a decision by chance`) {\n\t\treturn []BasketEvent{LineAdded{Line: Line{Quantity: count()}}}, nil\n\t}\n\treturn []BasketEvent{LineAdded{",
		"deciding_is_deterministic", "deciding twice gives two answers\n",
	},
	{
		"by hand by chance", "", "",
		"deciding_is_deterministic", "DropLine {",
	},
	{
		"a decision writes", "\tif len(s.Lines) >= 5 {",
		"\tif broken(`a decision writes`) && len(s.Lines) > 0 {\n\t\ts.Lines[0].Quantity++\n\t}\n\tif len(s.Lines) >= 5 {",
		"deciding_is_deterministic", "deciding changes the state to ",
	},
	{
		"a command changes", "\treturn []BasketEvent{BasketOpened{",
		"\tif broken(`a command changes`) {\n\t\tc.Email = `gone`\n\t}\n\treturn []BasketEvent{BasketOpened{",
		"deciding_is_deterministic", "deciding changes the command to {\"email\":\"gone\"}",
	},
	{
		"what is emitted is unknown", "BasketOpenedKey, 2, jsonBasketOpened, readBasketOpened",
		"BasketOpenedKey, map[bool]int{false: 2, true: 3}[broken(`what is emitted is unknown`)], jsonBasketOpened, readBasketOpened",
		"deciding_is_deterministic", "what it emits does not fold: unknown event basket-opened@3",
	},
	{
		"nobody looks at the invariants", "holdBasket,\n",
		"map[bool]func(*Basket) error{false: holdBasket}[broken(`nobody looks at the invariants`)],\n",
		"invariants_hold", "it was stored, although: basket \"trial-1\": invariant InStock",
	},
}

// TestGeneratedTestsFindWhatIsBroken breaks a generated package in one place after the other: its own tests must go
// red, each time at the property that says so. Unbroken they pass, with what is by hand.
func TestGeneratedTestsFindWhatIsBroken(t *testing.T) {
	if testing.Short() {
		t.Skip("it runs the go command")
	}
	binary := trialledBinary(t)
	t.Run("nothing is broken", func(t *testing.T) {
		out, ok := runTrialled(t, binary, "-test.v")
		require.True(t, ok, out)
		require.Contains(t, out, "FLUV_SEED=")
		require.NotContains(t, out, "left out")
		require.NotContains(t, out, "SKIP", "there is something to try for each property")
	})
	for _, b := range broken {
		t.Run(b.name, func(t *testing.T) {
			t.Setenv("BROKEN", b.name)
			out, ok := runTrialled(t, binary)
			require.False(t, ok)
			require.Contains(t, out, "--- FAIL: Test_Basket_Properties/"+b.property)
			require.Contains(t, out, b.message)
			t.Log(out)
		})
	}
	t.Run("the seed repeats a run", func(t *testing.T) {
		t.Setenv("BROKEN", "a map is shared")
		t.Setenv("FLUV_SEED", "7")
		first, _ := runTrialled(t, binary)
		require.Contains(t, first, "FLUV_SEED=7 go test -run 'Test_Basket_Properties' repeats this")
		again, _ := runTrialled(t, binary)
		require.Equal(t, withoutTimes(first), withoutTimes(again))
	})
	t.Run("a seed that is none", func(t *testing.T) {
		t.Setenv("FLUV_SEED", "seven")
		out, ok := runTrialled(t, binary)
		require.False(t, ok)
		require.Contains(t, out, `FLUV_SEED is no whole number: "seven"`)
	})
}

// trialledBinary compiles the tests of the domain trialled, with its broken places.
func trialledBinary(t *testing.T) string {
	t.Helper()
	dir := newModule(t)
	files, err := generator.Generate(loadDomain(t, "testdata/domains/trialled.fluv"), generator.Options{})
	require.NoError(t, err)
	edited := 0
	for _, f := range files {
		text := string(f.Content)
		for _, b := range broken {
			if b.old != "" && f.Name == "basket.go" {
				require.Contains(t, text, b.old, "what is broken here is generated otherwise now")
				text = strings.Replace(text, b.old, b.new, 1)
				edited++
			}
		}
		require.NoError(t, os.WriteFile(filepath.Join(dir, f.Name), []byte(text), 0o600))
	}
	require.NotZero(t, edited)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "hands.go"), []byte(trialledByHand), 0o600))
	set := "package trialled\n\nfunc init() { byHand = hands{} }\n"
	require.NoError(t, os.WriteFile(filepath.Join(dir, "hands_test.go"), []byte(set), 0o600))
	runGo(t, dir, "test", "-c", "-o", "trialled.test", ".")
	return filepath.Join(dir, "trialled.test")
}

// runTrialled runs the property tests.
func runTrialled(t *testing.T, binary string, args ...string) (out string, ok bool) {
	t.Helper()
	text, err := exec.Command(binary, append([]string{"-test.run", "Properties"}, args...)...).CombinedOutput()
	return string(text), err == nil
}

// withoutTimes is what a run said without how long it took.
func withoutTimes(out string) string {
	var lines []string
	for line := range strings.Lines(out) {
		if before, _, found := strings.Cut(line, " ("); found && strings.Contains(line, "---") {
			line = before
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}
