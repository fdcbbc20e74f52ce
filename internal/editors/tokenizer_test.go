package editors

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// What follows reads a text with a TextMate grammar, as editors do: match, begin and end, captures, includes of the
// repository. Editors have Oniguruma, this has RE2; the grammar's patterns mean the same to both.

// rule is one rule of a grammar. What is nil or empty was not said.
type rule struct {
	Name          string           `json:"name"`
	Match         string           `json:"match"`
	Begin         string           `json:"begin"`
	End           string           `json:"end"`
	Include       string           `json:"include"`
	Captures      map[string]*rule `json:"captures"`
	BeginCaptures map[string]*rule `json:"beginCaptures"`
	EndCaptures   map[string]*rule `json:"endCaptures"`
	Patterns      []*rule          `json:"patterns"`
}

type grammar struct {
	ScopeName  string           `json:"scopeName"`
	Patterns   []*rule          `json:"patterns"`
	Repository map[string]*rule `json:"repository"`

	compiled map[string]*regexp.Regexp // by pattern and where it starts
}

func readGrammar(t testing.TB, path string) *grammar {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	g := &grammar{compiled: map[string]*regexp.Regexp{}}
	require.NoError(t, json.Unmarshal(text, g))
	return g
}

// frame is a begin whose end has not come yet.
type frame struct {
	rule   *rule
	scopes []string
}

// highlight is the scopes of each byte of a text, the outermost first.
func (g *grammar) highlight(text string) [][]string {
	out := make([][]string, 0, len(text))
	top := &rule{Patterns: g.Patterns}
	stack := []frame{{top, []string{g.ScopeName}}}
	for line := range strings.Lines(text) {
		body := strings.TrimSuffix(line, "\n")
		l := &lineReader{g: g, text: body, out: make([][]string, len(line)), found: map[string][]int{}}
		stack = l.read(0, stack)
		out = append(out, l.out...)
	}
	return out
}

// lineReader reads one line, or, for a capture that has patterns, the part of a line that it captured.
type lineReader struct {
	g     *grammar
	text  string
	out   [][]string       // scopes of each byte
	found map[string][]int // the last match of each pattern; the next search need not go before it
}

func (l *lineReader) read(at int, stack []frame) []frame {
	for at <= len(l.text) {
		top := stack[len(stack)-1]
		best, m := l.first(at, top.rule)
		if m == nil {
			break
		}
		l.paint(at, m[0], top.scopes)
		switch {
		case best == nil:
			l.capture(m, top.scopes, top.rule.EndCaptures)
			stack = stack[:len(stack)-1]
		case best.Begin != "":
			scopes := with(top.scopes, best.Name)
			l.capture(m, scopes, best.BeginCaptures)
			stack = append(stack, frame{best, scopes})
		default:
			l.capture(m, with(top.scopes, best.Name), best.Captures)
		}
		if at = m[1]; m[0] == m[1] && best != nil {
			at++ // an empty match must not be found again
		}
	}
	if at < len(l.text) {
		l.paint(at, len(l.text), stack[len(stack)-1].scopes)
	}
	return stack
}

// first is the rule that matches first at or behind a place; of several the one that stands first. It is nil for the end
// of what is open, which comes before all.
func (l *lineReader) first(at int, in *rule) (best *rule, match []int) {
	try := func(r *rule, pattern string) {
		if m := l.search(pattern, at); m != nil && (match == nil || m[0] < match[0]) {
			best, match = r, m
		}
	}
	if in.End != "" {
		try(nil, in.End)
	}
	l.g.each(in.Patterns, func(r *rule) {
		try(r, r.Match+r.Begin)
	})
	return best, match
}

// each goes through the rules of a list and of what it includes, down to those that match something.
func (g *grammar) each(list []*rule, visit func(*rule)) {
	for _, r := range list {
		if name, ok := strings.CutPrefix(r.Include, "#"); ok {
			included, known := g.Repository[name]
			if !known {
				panic(fmt.Sprintf("the repository has no %q", name))
			}
			r = included
		}
		if r.Match == "" && r.Begin == "" {
			g.each(r.Patterns, visit)
			continue
		}
		visit(r)
	}
}

// search is the first match at or behind a place. The pattern sees what stands before it, as \b must.
func (l *lineReader) search(pattern string, at int) []int {
	if m, ok := l.found[pattern]; ok && (m == nil || m[0] >= at) {
		return m
	}
	runes := utf8.RuneCountInString(l.text[:at])
	key := fmt.Sprintf("%d %s", runes, pattern)
	re := l.g.compiled[key]
	if re == nil {
		re = regexp.MustCompile(fmt.Sprintf(`\A(?s:.{%d}.*?)(%s)`, runes, pattern))
		l.g.compiled[key] = re
	}
	m := re.FindStringSubmatchIndex(l.text)
	if m != nil {
		m = m[2:]
	}
	l.found[pattern] = m
	return m
}

func (l *lineReader) paint(from, to int, scopes []string) {
	for i := from; i < to; i++ {
		l.out[i] = scopes
	}
}

// capture gives the match its scopes, and each group its own besides.
func (l *lineReader) capture(m []int, scopes []string, groups map[string]*rule) {
	if whole := groups["0"]; whole != nil {
		scopes = with(scopes, whole.Name)
	}
	l.paint(m[0], m[1], scopes)
	for i := 1; i < len(m)/2; i++ {
		group, from, to := groups[fmt.Sprint(i)], m[2*i], m[2*i+1]
		if group == nil || from < 0 {
			continue
		}
		inner := with(scopes, group.Name)
		l.paint(from, to, inner)
		if group.Patterns != nil {
			part := &lineReader{g: l.g, text: l.text[:to], out: l.out, found: map[string][]int{}}
			part.read(from, []frame{{group, inner}})
		}
	}
}

// with is scopes and one more; a rule may give several in one name.
func with(scopes []string, name string) []string {
	return append(scopes[:len(scopes):len(scopes)], strings.Fields(name)...)
}
