package syntax

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// TestManyProcessorsReadAsOne parses long files, right and wrong ones, with one goroutine and with several: trees and
// errors must be the same, and in the same order.
func TestManyProcessorsReadAsOne(t *testing.T) {
	unit := "type Code# string where value != \"\"\naggregate Order# {\n    state {\n        code Code#\n    }\n    event made# { code Code# }\n    apply made# { ...event }\n}\n"
	for name, wrong := range map[string]string{
		"right":                     "",
		"a broken declaration":      "type Broken string where\n",
		"an unclosed aggregate":     "aggregate Open {\n    event left {\n",
		"a second domain":           "domain other\n",
		"a domain in an aggregate":  "aggregate Inner {\n    domain other\n}\n",
		"a domain behind a bracket": "type Wrong (\ndomain other\n",
		"an unknown word":           "agregate Misspelt {\n}\n",
		"a letter of no token":      "type At @\n",
	} {
		t.Run(name, func(t *testing.T) {
			var text strings.Builder
			text.WriteString("domain shop\n")
			for i := range 160 {
				text.WriteString(strings.ReplaceAll(unit, "#", fmt.Sprint(i)))
				if i%60 == 50 {
					text.WriteString(wrong)
				}
			}
			tree, list := parsedBy(1, text.String())
			shared, sharedList := parsedBy(4, text.String())
			assert.Equal(t, wrong == "", !list.HasErrors())
			assert.Equal(t, fmt.Sprint(list), fmt.Sprint(sharedList))
			require.Equal(t, len(tree.Decls), len(shared.Decls))
			assert.Equal(t, tree.Broken, shared.Broken)
			assert.Equal(t, tree.Domain, shared.Domain)
			for i := range tree.Decls {
				require.Equal(t, tree.Decls[i], shared.Decls[i])
			}
		})
	}
}

func parsedBy(processors int, text string) (*File, source.List) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
	return Parse(source.NewFile("shop.fluv", text))
}
