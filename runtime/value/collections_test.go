package value_test

import (
	"cmp"
	"strings"
	"testing"
	"time"

	"github.com/fluvius-io/fluvius-go/runtime/value"
	"github.com/stretchr/testify/require"
)

func TestTextFunctions(t *testing.T) {
	require.Equal(t, []int64{0, 3, 2, 1}, []int64{value.Len(""), value.Len("aäz"), value.Len("😀!"), value.Len("ß")})
	for got, want := range map[string]string{
		value.Lower("ÄB"): "äb", value.Upper("äb"): "ÄB", value.Trim(" \t a b\n\u00a0"): "a b",
		value.Before("k=v=w", "="): "k", value.After("k=v=w", "="): "v=w",
		value.Before("kv", "="): "kv", "after " + value.After("kv", "="): "after ",
		value.Join(value.Split("a,b,,c", ","), "-"): "a-b--c",
		value.Join(value.Split("äß", ""), "|"):      "ä|ß",
		value.Join(nil, ","):                        "",
	} {
		require.Equal(t, want, got)
	}
	require.True(t, value.Contains("abc", "b") && value.StartsWith("abc", "ab") && value.EndsWith("abc", "bc"))
	require.False(t, value.Contains("abc", "x") || value.StartsWith("abc", "b") || value.EndsWith("abc", "b"))
}

func TestScalarsInAText(t *testing.T) {
	at := time.Date(2026, 1, 2, 3, 4, 5, 600, time.FixedZone("", 3600))
	require.Equal(t, []string{"-3", "0.1", "1e+21", "true", "2026-01-02T02:04:05.0000006Z", "1h30m0s", "AQI="}, []string{
		value.FormatInt(-3), value.FormatFloat(0.1), value.FormatFloat(1e21), value.FormatBool(true), value.FormatTime(at),
		value.FormatDuration(90 * time.Minute), value.FormatBytes([]byte{1, 2})})
	require.Equal(t, "10000-01-01T00:00:00Z", value.FormatTime(time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)))
}

func TestItemsAndEntriesAreOptional(t *testing.T) {
	list, none := []int64{3, 1, 2, 1}, value.None[int64]()
	require.Equal(t, value.Some[int64](1), value.At(list, 1))
	for _, i := range []int64{-1, 4, 1 << 62} {
		require.Equal(t, none, value.At(list, i))
	}
	compare := cmp.Compare[int64]
	require.Equal(t, []value.Optional[int64]{value.Some[int64](3), value.Some[int64](1), value.Some[int64](1), value.Some[int64](3)},
		[]value.Optional[int64]{value.First(list), value.Last(list), value.Least(list, compare), value.Greatest(list, compare)})
	require.Equal(t, []value.Optional[int64]{none, none, none, none}, []value.Optional[int64]{value.First[int64](nil),
		value.Last[int64](nil), value.Least(nil, compare), value.Greatest(nil, compare)})
	m := map[string]int64{"a": 1}
	require.Equal(t, value.Some[int64](1), value.Lookup(m, "a"))
	require.Equal(t, none, value.Lookup(m, "b"))
	require.True(t, value.HasKey(m, "a"))
	require.False(t, value.HasKey(map[string]int64(nil), "a"))
	require.Equal(t, []int64{1, 2}, []int64{value.Min(2, 1, compare), value.Max(2, 1, compare)})
}

func TestMinAndMaxKeepTheFirstOfEquals(t *testing.T) {
	lower := func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) }
	require.Equal(t, []string{"a", "a"}, []string{value.Min("a", "A", lower), value.Max("a", "A", lower)})
	require.Equal(t, value.Some("a"), value.Least([]string{"b", "a", "A"}, lower))
	require.Equal(t, value.Some("B"), value.Greatest([]string{"a", "B", "b"}, lower))
}

func TestListsAndMapsAreNotShared(t *testing.T) {
	room := append(make([]int, 0, 10), 1, 2, 1)
	one, two := value.Append(room, 3), value.Append(room, 4)
	require.Equal(t, [][]int{{1, 2, 1, 3}, {1, 2, 1, 4}, {1, 2, 1}}, [][]int{one, two, room})
	for _, made := range [][]int{one, value.Append(room), value.Concat(room, nil), value.Concat(nil, room), value.Without(room, 9, value.Same)} {
		made[0] = 99
	}
	require.Equal(t, []int{1, 2, 1}, room)
	require.Equal(t, []int{2}, value.Without(room, 1, value.Same))
	require.Nil(t, value.Without(room[:1], 1, value.Same))
	require.Nil(t, value.Concat[int](nil, []int{}))
	require.True(t, value.Has(room, 2, value.Same))
	require.False(t, value.Has(room, 3, value.Same))

	m := map[string]int{"b": 2, "a": 1}
	more, less := value.WithKey(m, "c", 3), value.WithoutKey(m, "a")
	require.Equal(t, []map[string]int{{"a": 1, "b": 2, "c": 3}, {"b": 2}, {"a": 1, "b": 2}}, []map[string]int{more, less, m})
	require.Equal(t, map[string]int{"a": 1}, value.WithKey(nil, "a", 1))
	require.Nil(t, value.WithoutKey(map[string]int{"a": 1}, "a"))
	same := value.WithoutKey(m, "x")
	same["a"] = 9
	require.Equal(t, 1, m["a"])
}

func TestEntriesComeInTheOrderOfKeys(t *testing.T) {
	var got []string
	for k, v := range value.Entries(map[string]string{"b": "2", "a": "1", "c": "3"}, value.TextKey[string]{}) {
		if got = append(got, k+v); k == "b" {
			break
		}
	}
	require.Equal(t, []string{"a1", "b2"}, got)
	require.Nil(t, value.Keys(map[string]int{}, value.TextKey[string]{}))
	require.Nil(t, value.Values(map[string]int{}, value.TextKey[string]{}))
}

func TestEqualityIsByValue(t *testing.T) {
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	berlin := at.In(time.FixedZone("", 3600))
	require.True(t, value.EqualTime(at, berlin))
	require.True(t, value.EqualList([]time.Time{at}, []time.Time{berlin}, value.EqualTime))
	require.False(t, value.EqualList([]time.Time{at}, []time.Time{at.Add(1)}, value.EqualTime))
	require.True(t, value.EqualList(nil, []int{}, value.Same))
	require.False(t, value.EqualList([]int{1}, []int{1, 2}, value.Same))
	require.True(t, value.EqualBytes(nil, []byte{}))
	require.True(t, value.EqualMap(nil, map[string]int{}, value.Same))
	require.True(t, value.EqualMap(map[string]time.Time{"a": at}, map[string]time.Time{"a": berlin}, value.EqualTime))
	require.False(t, value.EqualMap(map[string]int{"a": 0}, map[string]int{"b": 0}, value.Same))
	require.True(t, value.EqualOptional(value.Some(at), value.Some(berlin), value.EqualTime))
	require.False(t, value.EqualOptional(value.Some(at), value.None[time.Time](), value.EqualTime))
	require.True(t, value.EqualOptional(value.None[int](), value.None[int](), value.Same))
	require.False(t, value.EqualOptional(value.None[int](), value.Some(0), value.Same))
}

func TestTimesAreReadAsTheLibraryReadsThem(t *testing.T) {
	for day := time.Date(0, 1, 1, 23, 59, 58, 1, time.UTC); day.Year() < 10000; day = day.AddDate(0, 0, 13) {
		text := string(value.AppendTime(nil, day))
		require.Equal(t, `"`+day.Format(time.RFC3339Nano)+`"`, text)
		c := value.NewCursor(text)
		require.Equal(t, day, c.Time())
	}
	for _, text := range []string{"2026-01-02T03:04:05+01:00", "2026-01-02T00:04:05.123456789-05:30", "0000-01-01T12:00:00+12:00"} {
		want, err := time.Parse(time.RFC3339Nano, text)
		require.NoError(t, err)
		got, ok := value.ParseTime(text)
		require.True(t, ok, text)
		require.Equal(t, want.UTC(), got)
	}
}
