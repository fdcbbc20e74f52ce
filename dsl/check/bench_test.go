package check

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// BenchmarkCheck checks a domain of some 10,000 lines, as the parser is measured with.
func BenchmarkCheck(b *testing.B) {
	text := largeDomain(b, 90)
	file, list := syntax.Parse(source.NewFile("large.fluv", text))
	require.Empty(b, list)
	b.ReportMetric(float64(strings.Count(text, "\n")), "lines")
	for b.Loop() {
		_, list := Check([]*syntax.File{file}, nil)
		require.False(b, list.HasErrors(), "%v", list)
	}
}

// largeDomain is the domain of gift cards many times over, each time under other names.
func largeDomain(b *testing.B, times int) string {
	text, err := os.ReadFile("testdata/right/giftcards.fluv")
	require.NoError(b, err)
	head, body, _ := strings.Cut(string(text), "aggregate GiftCard as \"gift-card\"")
	out := head
	names := []string{
		"card-issued", "card-charged", "card-refunded", "card-blocked", "card-transferred", "error NotEnough", "error Unusable", "error Expired",
		"error NeverUsed", "action IssueOld", "action Issue", "action Charge", "action Refund", "action Block", "action Give", "else NotEnough",
		"else Unusable", "else Expired", "else NeverUsed", "when Charge",
	}
	for i := range times {
		one := "aggregate GiftCard" + fmt.Sprint(i) + body
		for _, name := range names {
			one = strings.ReplaceAll(one, name, fmt.Sprintf("%s%d", name, i))
		}
		out += strings.ReplaceAll(one, fmt.Sprintf("Issue%dOld%d", i, i), fmt.Sprintf("IssueOld%d", i))
	}
	return out
}
