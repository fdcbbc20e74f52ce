package trial

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/fluvius-io/fluvius-go/runtime/value"
)

// counter is an aggregate by hand: that generated ones are found broken is tested where they are made.
type counter struct {
	ID       string
	Sequence uint64
	N        int64
	Text     string
}

type counted struct{ By int64 }

type count struct{ By int64 }

var (
	jsonCounter = value.Struct(
		value.Of("sequence", func(v *counter) *uint64 { return &v.Sequence }, value.Uints()),
		value.Of("n", func(v *counter) *int64 { return &v.N }, value.Ints[int64]()),
		value.Of("text", func(v *counter) *string { return &v.Text }, value.Strings[string]()),
	)
	jsonCounted = value.Struct(value.Of("by", func(v *counted) *int64 { return &v.By }, value.Ints[int64]()))
	jsonCount   = value.Command(value.Of("by", func(v *count) *int64 { return &v.By }, value.Ints[int64]()))
)

func counters() *runtime.Aggregate[counter, any] {
	read := func(r *runtime.Record) (counted, error) {
		if r.Version != 1 {
			return counted{}, runtime.UnknownEvent(r)
		}
		return jsonCounted.Decode(r.Data)
	}
	kinds := runtime.NewKinds("test", "counter", runtime.NewKind[any]("counted", 1, jsonCounted, read))
	return &runtime.Aggregate[counter, any]{
		Name:     "counter",
		Start:    func(id string) counter { return counter{ID: id} },
		Sequence: func(s *counter) *uint64 { return &s.Sequence },
		Opens:    func(string) bool { return true },
		Encode:   kinds.Encode,
		Decode:   kinds.Decode,
		Fold: func(s *counter, r *runtime.Record) error {
			e, err := read(r)
			if err != nil {
				return err
			}
			var calc value.Calc
			s.N = calc.Add(s.N, e.By)
			return calc.Err()
		},
	}
}

func anyCounted(r *Random) counted { return counted{Int[int64](r)} }

func anyCount(r *Random) count { return count{Int[int64](r)} }

func doCount(decide func(*runtime.Decision, *counter, *count) ([]any, error)) *runtime.Action[counter, any, count] {
	a := runtime.NewAction("Count", runtime.Creates|runtime.Emits, jsonCount, decide)
	return &a
}

func emits(_ *runtime.Decision, _ *counter, c *count) ([]any, error) {
	return []any{counted{c.By}}, nil
}

// tried is what a property says, by the beginning of its name.
func tried(t *testing.T, p *Properties, i int) report {
	t.Helper()
	seed, err := seedOf("")
	require.NoError(t, err)
	t.Logf("seed %d", seed)
	return p.properties()[i].try(newRandom(seed, 1))
}

const (
	roundTrip = iota
	split
	upcast
	decision
	commands
)

func TestASoundAggregatePasses(t *testing.T) {
	p := Of(t, "test", counters(), jsonCounter)
	Event(p, "counted", 1, jsonCounted, anyCounted)
	Action(p, doCount(emits), jsonCount, anyCount)
	p.Run()
	for _, i := range []int{roundTrip, split, decision, commands} {
		got := tried(t, p, i)
		require.NoError(t, got.err)
		assert.NotZero(t, got.tried)
		assert.Empty(t, got.notes)
	}
}

// TestNothingIsTriedInSilence: where there is nothing to try that is said, and never looks like a success.
func TestNothingIsTriedInSilence(t *testing.T) {
	never := where(value.Ints[int64](), func(int64) bool { return false })
	fitless := func(r *Random) int64 { return Fit(r, never, Int[int64]) }
	empty := Of(t, "test", counters(), jsonCounter)
	unfit := Of(t, "test", counters(), jsonCounter)
	Event(unfit, "counted", 1, jsonCounted, func(r *Random) counted { return counted{fitless(r)} })
	Action(unfit, doCount(emits), jsonCount, func(r *Random) count { return count{fitless(r)} })
	for i := range empty.properties() {
		for name, p := range map[string]*Properties{"nothing is there": empty, "nothing fits": unfit} {
			got := tried(t, p, i)
			require.NoError(t, got.err, name)
			assert.Zero(t, got.tried, "%s: %s", name, p.properties()[i].name)
			assert.NotEmpty(t, got.why, name)
		}
	}
	assert.Equal(t, []string{"counted: no value was found that every `where` lets through"}, tried(t, unfit, roundTrip).notes)
}

func TestAnActionThatIsAlwaysRefusedIsTold(t *testing.T) {
	p := Of(t, "test", counters(), jsonCounter)
	Event(p, "counted", 1, jsonCounted, anyCounted)
	Action(p, doCount(func(*runtime.Decision, *counter, *count) ([]any, error) { return nil, runtime.ErrInvalid }), jsonCount, anyCount)
	got := tried(t, p, decision)
	require.NoError(t, got.err)
	assert.Equal(t, []string{"Count was refused each of 60 times"}, got.notes)
}

// TestWhatMayNotComeOfADecisionIsFound: generated code does none of it, but code by hand may.
func TestWhatMayNotComeOfADecisionIsFound(t *testing.T) {
	asked := 0
	tests := map[string]struct {
		decide func(*runtime.Decision, *counter, *count) ([]any, error)
		want   string
	}{
		"it panics": {func(*runtime.Decision, *counter, *count) ([]any, error) { panic("oh") }, "it panics: oh"},
		"an error without a code": {func(*runtime.Decision, *counter, *count) ([]any, error) { return nil, assert.AnError },
			"it is refused with an error that has no code"},
		"two answers": {func(*runtime.Decision, *counter, *count) ([]any, error) {
			asked++
			return []any{counted{int64(asked % 2)}}, nil
		}, "deciding twice gives two answers\nfirst: counted@1 {\"by\":1}\nthen:  counted@1 {\"by\":0}"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := Of(t, "test", counters(), jsonCounter)
			Event(p, "counted", 1, jsonCounted, anyCounted)
			Action(p, doCount(test.decide), jsonCount, anyCount)
			require.ErrorContains(t, tried(t, p, decision).err, test.want)
			require.ErrorContains(t, tried(t, p, commands).err, test.want)
		})
	}
}

// TestCodeByHandMayRefuseAsItLikes: an error of its own is an answer.
func TestCodeByHandMayRefuseAsItLikes(t *testing.T) {
	p := Of(t, "test", counters(), jsonCounter)
	Event(p, "counted", 1, jsonCounted, anyCounted)
	Action(p, doCount(func(*runtime.Decision, *counter, *count) ([]any, error) { return nil, assert.AnError }), jsonCount, anyCount).ByHand()
	require.NoError(t, tried(t, p, decision).err)
	require.NoError(t, tried(t, p, commands).err)
}

// TestAnInvariantThatIsOnlyBrokenInTheStoreIsFound: what the aggregate's own table says is not taken for granted.
func TestAnInvariantThatIsOnlyBrokenInTheStoreIsFound(t *testing.T) {
	p := Of(t, "test", counters(), jsonCounter)
	Event(p, "counted", 1, jsonCounted, anyCounted)
	Action(p, doCount(emits), jsonCount, anyCount)
	Invariants(p, func(s *counter) error {
		if s.N > 5 {
			return runtime.InvariantError{Aggregate: "counter", ID: s.ID, Text: "n <= 5"}
		}
		return nil
	})
	require.ErrorContains(t, tried(t, p, commands).err, "it was stored, although: counter \"trial-1\": invariant n <= 5 would not hold")
}

// TestAStateThatDoublesIsFoldedNoFurther: a few dozen events would make more of it than a machine holds.
func TestAStateThatDoublesIsFoldedNoFurther(t *testing.T) {
	about, largest := counters(), 0
	count := about.Fold
	about.Fold = func(s *counter, r *runtime.Record) error {
		s.Text += s.Text + strings.Repeat("a", 1000)
		largest = max(largest, len(s.Text))
		return count(s, r)
	}
	p := Of(t, "test", about, jsonCounter)
	Event(p, "counted", 1, jsonCounted, anyCounted)
	Action(p, doCount(emits), jsonCount, anyCount)
	for _, i := range []int{split, decision, commands} {
		got := tried(t, p, i)
		require.NoError(t, got.err)
		assert.NotZero(t, got.tried)
		assert.Greater(t, largest, largestState, p.properties()[i].name)
		assert.LessOrEqual(t, largest, 5*largestState, p.properties()[i].name)
		largest = 0
	}
}

func TestTheSeedIsPinned(t *testing.T) {
	seed, err := seedOf("42")
	require.NoError(t, err)
	assert.Equal(t, uint64(42), seed)
	for _, bad := range []string{"x", "-1", "1.5"} {
		_, err := seedOf(bad)
		require.ErrorContains(t, err, "FLUV_SEED is no whole number")
	}
	a, b := newRandom(42, streamOf("a")), newRandom(42, streamOf("a"))
	for range 100 {
		assert.Equal(t, Text[string](a), Text[string](b))
	}
	assert.NotEqual(t, streamOf("a"), streamOf("b"))
}
