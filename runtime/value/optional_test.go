package value_test

import (
	"encoding/json"
	"testing"

	"github.com/fluvius-io/fluvius-go/runtime/value"
	"github.com/stretchr/testify/require"
)

// node can hold itself: an Optional in between is enough.
type node struct {
	Name string
	Next value.Optional[node]
}

func TestOptionalIsAValue(t *testing.T) {
	some, none := value.Some("a"), value.None[string]()
	require.True(t, some == value.Some("a"))
	require.False(t, some == value.Some("b"))
	require.False(t, none == value.Some(""), "none is not the empty one")
	require.True(t, none == value.Optional[string]{})
	v, ok := some.Get()
	require.Equal(t, "a", v)
	require.True(t, ok)
	v, ok = none.Get()
	require.Empty(t, v)
	require.False(t, ok)
	require.Equal(t, []string{"a", "b", "a", ""}, []string{some.OrElse("b"), none.OrElse("b"), some.OrZero(), none.OrZero()})
	require.Equal(t, []bool{true, false, false, true}, []bool{some.IsSome(), none.IsSome(), some.IsZero(), none.IsZero()})
	require.Equal(t, []string{"a", "none", "3"}, []string{some.String(), none.String(), value.Some(3).String()})
	list := node{"a", value.Some(node{Name: "b"})}
	require.Equal(t, "b", list.Next.OrZero().Name)
	var err error
	require.True(t, value.Some(err).IsSome(), "a nil interface is a value")
}

func TestPointersOfOptionalsAreCopies(t *testing.T) {
	require.Nil(t, value.None[int]().Ptr())
	require.Equal(t, value.None[int](), value.FromPtr[int](nil))
	n := 1
	o := value.FromPtr(&n)
	n = 2
	*o.Ptr() = 3
	require.Equal(t, value.Some(1), o)
}

func TestOptionalMarshalsItself(t *testing.T) {
	type user struct {
		Phone value.Optional[string] `json:"phone,omitzero"`
		Age   value.Optional[int]    `json:"age"`
	}
	for text, u := range map[string]user{
		`{"age":null}`:           {},
		`{"phone":"1","age":30}`: {value.Some("1"), value.Some(30)},
		`{"phone":"","age":0}`:   {value.Some(""), value.Some(0)},
	} {
		got, err := json.Marshal(u)
		require.NoError(t, err)
		require.Equal(t, text, string(got))
		var back user
		require.NoError(t, json.Unmarshal([]byte(text), &back))
		require.Equal(t, u, back)
	}
	require.Error(t, json.Unmarshal([]byte(`{"age":"x"}`), &user{}))
}

func TestLazyAlternativesRunOnlyWhereNeeded(t *testing.T) {
	never := func() int { t.Fatal("ran"); return 0 }
	two := func() int { return 2 }
	some, none := value.Some(1), value.None[int]()
	require.Equal(t, []int{1, 2, 2, 2}, []int{value.Coalesce(some, never), value.Coalesce(none, two),
		value.Cond(true, two, never), value.Cond(false, never, two)})
	require.Equal(t, some, value.CoalesceOptional(some, func() value.Optional[int] { return value.Some(never()) }))
	require.Equal(t, some, value.CoalesceOptional(none, func() value.Optional[int] { return some }))
	require.Equal(t, []value.Optional[int]{some, some, none}, []value.Optional[int]{value.Or(some, none),
		value.Or(none, some), value.Or(none, none)})
	require.Equal(t, []int{1, 2}, []int{value.Pick(true, 1, 2), value.Pick(false, 1, 2)})
}
