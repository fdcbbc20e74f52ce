package check

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

var words = regexp.MustCompile(`[\w-]+|[^\w\s]|\s+`)

// TestDamagedDomains checks domains in which words were removed, repeated, exchanged or taken from elsewhere: there is
// no panic, every message has its place and a code of the registry, and there is a model if and only if there is no
// error.
func TestDamagedDomains(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join(rightFolder, "*.fluv"))
	require.NoError(t, err)
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 1))
	rounds := 25
	if testing.Short() {
		rounds = 5
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		tokens := words.FindAllString(string(text), -1)
		for range rounds {
			checkDamaged(t, damage(random, tokens))
		}
	}
}

// TestNothingFollowsFromAWrongBracket takes brackets of right domains away, and doubles others: each time that is all
// there is to be said.
func TestNothingFollowsFromAWrongBracket(t *testing.T) {
	step := 5
	if testing.Short() {
		step = 67
	}
	n := 0
	for _, name := range []string{"basket", "cargo", "giftcards"} {
		text, err := os.ReadFile(filepath.Join(rightFolder, name+".fluv"))
		require.NoError(t, err)
		before := len(foundIn(string(text)))
		for _, token := range syntax.Tokens(source.NewFile(name, string(text))) {
			if !strings.Contains("{}()[]", token.Text) {
				continue
			}
			if n++; n%step > 0 {
				continue
			}
			from, to := string(text[:token.Span.Start]), string(text[token.Span.End:])
			for _, written := range []string{" ", token.Text + token.Text} {
				list := foundIn(from + written + to)
				assert.LessOrEqual(t, len(list), before+1, "%s: %q for %s\n%v", token.Span, written, token.Text, list)
			}
		}
	}
	assert.Greater(t, n, 300)
}

// foundIn is all that is said of a text.
func foundIn(text string) source.List {
	file, list := syntax.Parse(source.NewFile("wrong.fluv", text))
	_, found := Check([]*syntax.File{file}, nil)
	return append(list, found...)
}

func damage(random *rand.Rand, tokens []string) string {
	damaged := append([]string(nil), tokens...)
	for range 1 + random.IntN(4) {
		at, from := random.IntN(len(damaged)), random.IntN(len(damaged))
		switch random.IntN(4) {
		case 0:
			damaged[at] = ""
		case 1:
			damaged[at] += " " + damaged[at]
		case 2:
			damaged[at], damaged[from] = damaged[from], damaged[at]
		default:
			damaged[at] = damaged[from]
		}
	}
	return strings.Join(damaged, "")
}

func checkDamaged(t *testing.T, text string) {
	t.Helper()
	defer func() {
		if r := recover(); r != nil {
			t.Fatalf("panic: %v\n%s", r, text)
		}
	}()
	file, list := syntax.Parse(source.NewFile("damaged.fluv", text))
	domain, found := Check([]*syntax.File{file}, nil)
	assert.Equal(t, found.HasErrors(), domain == nil)
	for _, d := range append(list, found...) {
		_, known := source.Lookup(d.Code)
		assert.True(t, known, "no code %s: %s", d.Code, d)
		assert.False(t, d.Span.IsZero(), "nowhere: %s", d)
	}
	if domain != nil {
		dumpDomain(domain)
	}
}
