package syntax

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// TestFormatOfRandomGaps puts other white space and comments between the tokens of whole domains.
func TestFormatOfRandomGaps(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	gaps := []string{" ", "  ", "\n", "\n\n\n", " // c\n", "\n// c\n", "\n\n// c\n\n\n", " \n  "}
	paths, err := filepath.Glob("../../generator/testdata/domains/*.fluv")
	require.NoError(t, err)
	for _, path := range append(paths, "testdata/shop.fluv", "testdata/everything.fluv") {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		tokens := Tokens(source.NewFile(path, string(text)))
		for _, rarely := range []int{1, 5, 30, 200} {
			for range 2 {
				checkFormat(t, regapped(tokens, func() string {
					if random.IntN(rarely) == 0 {
						return gaps[random.IntN(len(gaps))]
					}
					return " "
				}))
			}
		}
	}
}

// regapped is the tokens with other gaps between them; a comment keeps the end of its line.
func regapped(tokens []Token, gap func() string) string {
	var out strings.Builder
	for _, token := range tokens {
		out.WriteString(token.Text)
		if token.Kind == Comment {
			out.WriteString("\n")
		}
		out.WriteString(gap())
	}
	return out.String()
}
