package cargo

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/bench/data"
)

func TestWhatIsReadIsWrittenAlike(t *testing.T) {
	for i := 1; i < 500; i++ {
		var fast, strict Handled
		text := data.Handled(i)
		require.True(t, fastHandled(text, &fast), "the fast reader knows what is written: %s", text)
		require.NoError(t, readHandled(text, &strict))
		require.Equal(t, strict, fast)
		again, err := AppendHandled(nil, &fast)
		require.NoError(t, err)
		require.Equal(t, text, string(again))
	}
}

func TestTheBaselineIsStrict(t *testing.T) {
	right := data.Handled(1)
	for _, wrong := range [][2]string{
		{`"step":"loaded"`, `"step":"lost"`}, {`"quantity":11`, `"quantity":1.5`}, {`"price":"19.99"`, `"price":19.99`},
		{`"price":"19.99"`, `"price":"1e2"`}, {`"labels":[]`, `"labels":null`}, {`"at":"2026-01-01`, `"at":"2026-02-30`},
		{`"handling":`, `"storage":`}, {`"quay":"D 3"`, `"quay":3`}, {`"name":"Singapore",`, ``}, {`"items":[`, `"items":[,`},
	} {
		require.Contains(t, right, wrong[0])
		var e Handled
		require.Error(t, ReadHandled(strings.Replace(right, wrong[0], wrong[1], 1), &e), wrong[1])
	}
}
