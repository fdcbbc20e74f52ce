package archtest

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var promiseNumber = regexp.MustCompile(`\d+`)

// TestEveryPromiseHasItsTest: each of the promises has a row with a link to a test, or is named below the table as one that
// is not held yet. That the test is there is what TestLinksInTheDocsResolve holds.
func TestEveryPromiseHasItsTest(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root(t), "docs", "promises.md"))
	require.NoError(t, err)
	table, open, found := strings.Cut(string(text), "\nNot held yet")
	if !found {
		table, open = string(text), ""
	}
	held := map[int]bool{}
	for line := range strings.Lines(table) {
		if cells := strings.Split(line, "|"); len(cells) > 3 && link.MatchString(cells[3]) {
			for _, n := range promiseNumber.FindAllString(cells[1], -1) {
				number, err := strconv.Atoi(n)
				require.NoError(t, err)
				require.False(t, held[number], "promise %d has two rows", number)
				held[number] = true
			}
		}
	}
	for number := 1; number <= 47; number++ {
		missing := regexp.MustCompile(`\b` + strconv.Itoa(number) + `\b`).MatchString(open)
		require.NotEqual(t, held[number], missing, "promise %d", number)
	}
}
