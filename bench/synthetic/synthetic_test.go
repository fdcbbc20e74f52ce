package synthetic

import (
	"go/format"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/dsl/check"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

func TestTextsHaveTheLinesThatAreAskedFor(t *testing.T) {
	for _, n := range []int{100, 1_000} {
		domain, aggregates := Domain(n)
		require.Equal(t, n, strings.Count(domain, "\n"))
		require.Positive(t, aggregates)
		text, units := Go(n)
		require.Equal(t, n, strings.Count(text, "\n"))
		require.Positive(t, units)
		formatted, err := format.Source([]byte(text))
		require.NoError(t, err)
		require.Equal(t, text, string(formatted))
	}
}

func TestDomainsAreValid(t *testing.T) {
	text, aggregates := Domain(1_000)
	tree, list := syntax.Parse(source.NewFile("warehouse.fluv", text))
	require.Empty(t, list)
	d, list := check.Check([]*syntax.File{tree}, nil)
	require.Empty(t, list)
	require.Len(t, d.Aggregates, aggregates)
}
