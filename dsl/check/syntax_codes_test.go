package check

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// TestTheRightExamplesOfTheSyntaxAreRight holds that what explains a mistake of the syntax is right in all else: it is
// read as an example of how to write, also by the checker.
func TestTheRightExamplesOfTheSyntaxAreRight(t *testing.T) {
	for _, info := range source.Codes() {
		if info.Code < "FLV0100" && info.Right != "" {
			t.Run(string(info.Code), func(t *testing.T) {
				domain, list := checkText(t, info.Right)
				assert.Empty(t, headlines(list))
				assert.NotNil(t, domain)
			})
		}
	}
}
