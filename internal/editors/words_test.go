package editors

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// words are all words of the language: those that stand in quotes in the grammar, and those that its comment names.
func words(t *testing.T) (all []string) {
	t.Helper()
	text, err := os.ReadFile("../../docs/fluv.ebnf")
	require.NoError(t, err)
	comment, rules, ok := strings.Cut(string(text), "*)")
	require.True(t, ok)
	for _, m := range regexp.MustCompile(`'([a-z-]+)'`).FindAllStringSubmatch(rules, -1) {
		all = append(all, m[1])
	}
	failures := regexp.MustCompile(`KEBABW: ([a-z -]+)\.`).FindStringSubmatch(comment)
	require.NotNil(t, failures)
	all = append(all, strings.Fields(failures[1])...)
	slices.Sort(all)
	all = slices.Compact(all)
	require.Greater(t, len(all), 60)
	return all
}

// TestEveryWordIsKnownToTheEditors is red where the language gets a word that no pattern of an editor has.
func TestEveryWordIsKnownToTheEditors(t *testing.T) {
	vim, err := os.ReadFile(vimSyntax)
	require.NoError(t, err)
	patterns := map[string]string{
		textMate:  strings.Join(patternsOf(readGrammar(t, textMate)), "\n"),
		vimSyntax: regexp.MustCompile(`(?m)^(".*|hi def .*)$`).ReplaceAllString(string(vim), ""),
	}
	escapes := regexp.MustCompile(`\\+[a-z]?`) // so that \bgiven is the word given
	for path, text := range patterns {
		text = escapes.ReplaceAllString(text, " ")
		for _, word := range words(t) {
			if !regexp.MustCompile(`(^|[^a-z-])` + word + `($|[^a-z-])`).MatchString(text) {
				assert.Fail(t, "an unknown word", "%s has no pattern for `%s`", path, word)
			}
		}
	}
}

// patternsOf are all regular expressions of a grammar.
func patternsOf(g *grammar) (all []string) {
	var collect func(r *rule)
	collect = func(r *rule) {
		all = append(all, r.Match, r.Begin, r.End)
		for _, inner := range r.Patterns {
			collect(inner)
		}
	}
	for _, r := range g.Repository {
		collect(r)
	}
	return all
}
