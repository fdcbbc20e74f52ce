package editors

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/dsl"
	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// mistaken is a domain with a warning and two errors, the second of which has another place that matters.
const mistaken = `domain bank

aggregate Account {
    state { owner string, balance decimal }
    event account-updated { owner string }
    action Open(owner string) creates account-updated
    invariant ballance >= 0
    error Locked "locked"
    error Locked "locked again: {id}"
}
`

// checked is what fluvgen check prints of it.
func checked(t *testing.T, path string) string {
	t.Helper()
	loader := dsl.NewLoader(func(path string) (dsl.Input, error) {
		return dsl.Input{Key: path, Files: []*source.File{source.NewFile(path, mistaken)}}, nil
	})
	_, err := loader.Load(path)
	require.NoError(t, err)
	var out strings.Builder
	require.NoError(t, source.Render(&out, loader.Diagnostics(), source.RenderOptions{}))
	return out.String()
}

// problem is what an editor knows of one message.
type problem struct{ file, line, column, severity, code string }

func problems() []problem {
	return []problem{
		{"domains/bank.fluv", "5", "11", "warning", "FLV0300"},
		{"domains/bank.fluv", "7", "15", "", "FLV0200"},
		{"domains/bank.fluv", "9", "11", "", "FLV0107"},
	}
}

// extension is what the tests read of package.json.
type extension struct {
	Contributes struct {
		Languages []struct {
			ID, Configuration string
			Extensions        []string
		}
		Grammars        []struct{ Language, ScopeName, Path string }
		ProblemMatchers []struct {
			Name    string
			Pattern struct {
				Regexp                                      string
				File, Line, Column, Severity, Message, Code int
			}
		}
	}
}

func readJSON(t *testing.T, path string, to any) {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, to), path)
}

func TestTheProblemMatcherReadsWhatCheckPrints(t *testing.T) {
	var e extension
	readJSON(t, "../../editors/vscode/package.json", &e)
	require.Len(t, e.Contributes.ProblemMatchers, 1)
	pattern := e.Contributes.ProblemMatchers[0].Pattern
	re := regexp.MustCompile(pattern.Regexp)
	for _, prefix := range []string{"", `C:\work\`} {
		var found []problem
		for line := range strings.Lines(checked(t, prefix+"domains/bank.fluv")) {
			if m := re.FindStringSubmatch(strings.TrimSuffix(line, "\n")); m != nil {
				assert.NotEmpty(t, m[pattern.Message])
				file := strings.TrimPrefix(m[pattern.File], prefix)
				found = append(found, problem{file, m[pattern.Line], m[pattern.Column], m[pattern.Severity], m[pattern.Code]})
			}
		}
		assert.Equal(t, problems(), found)
	}
}

// TestTheExtensionIsWhole holds that a copy of the folder works: it has its own copy of the grammar. FLUV_UPDATE=1
// copies it anew.
func TestTheExtensionIsWhole(t *testing.T) {
	const folder = "../../editors/vscode/"
	var e extension
	readJSON(t, folder+"package.json", &e)
	readJSON(t, folder+e.Contributes.Languages[0].Configuration, new(map[string]any))
	assert.Equal(t, []string{".fluv"}, e.Contributes.Languages[0].Extensions)
	assert.Equal(t, e.Contributes.Languages[0].ID, e.Contributes.Grammars[0].Language)
	assert.Equal(t, readGrammar(t, textMate).ScopeName, e.Contributes.Grammars[0].ScopeName)

	want, err := os.ReadFile(textMate)
	require.NoError(t, err)
	if os.Getenv("FLUV_UPDATE") == "1" {
		require.NoError(t, os.WriteFile(folder+e.Contributes.Grammars[0].Path, want, 0o644))
	}
	copied, err := os.ReadFile(folder + e.Contributes.Grammars[0].Path)
	require.NoError(t, err)
	assert.Equal(t, string(want), string(copied), "the extension's grammar is a copy of editors/textmate")
}
