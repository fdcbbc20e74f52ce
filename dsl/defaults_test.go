package dsl_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/dsl"
	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// diagnostics is what is said of a domain.
func diagnostics(t *testing.T, text string) (said []string) {
	t.Helper()
	loader := dsl.NewLoader(func(path string) (dsl.Input, error) {
		return dsl.Input{Key: path, Files: []*source.File{source.NewFile(path, text)}}, nil
	})
	domain, err := loader.Load("market.fluv")
	require.NoError(t, err)
	require.NotNil(t, domain, "a warning is no error")
	for _, d := range loader.Diagnostics() {
		require.NotEmpty(t, d.Mend)
		said = append(said, d.String())
	}
	return said
}

func TestDefaultsThatTheirTypesRefuse(t *testing.T) {
	require.Equal(t, []string{
		`market.fluv:8:30: warning: the default of quantity is not a Quantity: value > 0 [FLV0410]`,
		`market.fluv:9:28: warning: the default of codes has at [1] what is not a Code: value matches ` + "`^[A-Z]{3}$`" + ` [FLV0410]`,
		`market.fluv:16:43: warning: the default of most is not a Quantity: value > 0 [FLV0410]`,
		`market.fluv:18:38: warning: the default of lines has at [0].quantity what is not a Quantity: value > 0 [FLV0410]`,
	}, diagnostics(t, `domain market

type Quantity int where value > 0

type Code string where value matches `+"`^[A-Z]{3}$`"+`

type Line {
    quantity      Quantity = 0
    codes         []Code = ["ABC", "abc"]
    good          Quantity? = 1
    none_at_all   Quantity? = none
}

aggregate Order {
    state { quantity Quantity = 0  most Quantity  lines []Line }
    event order-placed { most Quantity? = -1  quantity Quantity = 2 }
    apply order-placed { quantity = event.quantity  most = event.most ?? 1 }
    action PlaceOrder(lines []Line = [Line { quantity: 0, codes: [] }]) creates order-placed { require len(lines) > 0 else OrderEmpty }
    error OrderEmpty "an order needs a line"
}
`))
}

// TestTheExamplesOfDefaultCodes: the examples of fluvgen explain.
func TestTheExamplesOfDefaultCodes(t *testing.T) {
	info, ok := source.Lookup("FLV0410")
	require.True(t, ok)
	require.Len(t, diagnostics(t, info.Wrong), 1)
	require.Contains(t, diagnostics(t, info.Wrong)[0], "warning: the default of quantity is not a Quantity: value > 0 [FLV0410]")
	require.Empty(t, diagnostics(t, info.Right))
}
