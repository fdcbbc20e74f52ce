package check

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// sections cuts a text at lines `-- name --`. What stands before the first is in a section named main.fluv.
func sections(text string) (names, texts []string) {
	names, texts = []string{"main.fluv"}, []string{""}
	for line := range strings.Lines(text) {
		name, ok := strings.CutPrefix(strings.TrimSpace(line), "-- ")
		if name, closed := strings.CutSuffix(name, " --"); ok && closed {
			names, texts = append(names, name), append(texts, "")
			continue
		}
		texts[len(texts)-1] += line
	}
	if !strings.Contains(texts[0], "domain ") && len(texts) > 1 {
		return names[1:], texts[1:]
	}
	return names, texts
}

// checkText checks the domain that the sections of a text without a folder in their names declare; a section
// shop/any.fluv is a domain that can be imported as "../shop".
func checkText(t *testing.T, text string) (*model.Domain, source.List) {
	t.Helper()
	folders := map[string][]*syntax.File{}
	lists := map[string]source.List{}
	names, texts := sections(text)
	for i, name := range names {
		folder := ""
		if cut := strings.LastIndex(name, "/"); cut >= 0 {
			folder = name[:cut]
		}
		file, list := syntax.Parse(source.NewFile(name, texts[i]))
		folders[folder] = append(folders[folder], file)
		lists[folder] = append(lists[folder], list...)
	}
	resolve := func(imp *syntax.Import, _ *source.File) *model.Domain {
		files := folders[strings.TrimPrefix(imp.Path.Value, "../")]
		if files == nil || imp.Path.Value == "" {
			return nil
		}
		domain, list := Check(files, nil)
		require.Empty(t, list, "the imported domain")
		return domain
	}
	domain, list := Check(folders[""], resolve)
	list = Join(lists[""], list)
	list.Sort()
	if list.HasErrors() {
		domain = nil
	}
	return domain, list
}

// ownCodes are the codes that the checker gives.
func ownCodes() []source.CodeInfo {
	var infos []source.CodeInfo
	for _, info := range source.Codes() {
		if info.Code >= "FLV0100" && info.Code < "FLV0400" {
			infos = append(infos, info)
		}
	}
	return infos
}

func TestEveryCodeIsExplainedByExamples(t *testing.T) {
	for _, info := range ownCodes() {
		t.Run(string(info.Code), func(t *testing.T) {
			assert.NotEmpty(t, info.Title)
			assert.False(t, strings.HasSuffix(info.Title, "."))
			require.NotEmpty(t, info.Explanation)
			require.NotEmpty(t, info.Wrong)
			require.NotEmpty(t, info.Right)

			_, wrong := checkText(t, info.Wrong)
			require.NotEmpty(t, wrong, "the wrong example gives nothing")
			for _, d := range wrong {
				assert.Equal(t, info.Code, d.Code, "the wrong example also gives %s", d)
				assert.Equal(t, info.Severity, d.Severity)
			}
			domain, right := checkText(t, info.Right)
			assert.Empty(t, right, "the right example")
			assert.NotNil(t, domain)
		})
	}
}

func TestCodesAreGivenOnce(t *testing.T) {
	seen := map[source.Code]bool{}
	for _, info := range source.Codes() {
		assert.False(t, seen[info.Code], "%s stands twice in the registry", info.Code)
		seen[info.Code] = true
	}
}

// mendless are codes whose message is all there is to say: what to do depends on what was meant.
var mendless = map[source.Code]bool{
	"FLV0230": true, // len takes a string, a list or a map, and this is an int
}

func TestEveryMessageSaysWhatToDo(t *testing.T) {
	for _, info := range source.Codes() {
		if info.Wrong == "" {
			continue // those of loading: dsl has their tests
		}
		t.Run(string(info.Code), func(t *testing.T) {
			_, wrong := checkText(t, info.Wrong)
			for _, d := range wrong {
				assert.Equal(t, mendless[info.Code], d.Mend == "", "%s\nfix: %s", d, d.Mend)
				assert.NotRegexp(t, `\.$|:.*: .*:|\b[aA] [aeioAEIO]\w|\b[aA]n [bcdfgjkpqtvwzBCDGJKPQTVWZ]\w`, d.Message)
			}
		})
	}
}
