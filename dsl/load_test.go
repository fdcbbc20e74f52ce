package dsl_test

import (
	"errors"
	"path"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/dsl"
	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// What could not be read is said once: no type error at the same place, and no warning that something is not used.
func TestWhatOnlyFollowsFromAnUnreadableWordIsNotSaid(t *testing.T) {
	const text = `domain shop

type Unused string

aggregate User {
    state { wait duration = 5x  name string }
    event user-named { name string }
    action Name(name string) creates user-named
    action Rename(title string) emits user-named {
        emit user-named { name: "{}" }
    }
}
handler Tell on User.user-named
`
	loader := dsl.NewLoader(func(path string) (dsl.Input, error) {
		return dsl.Input{Key: path, Files: []*source.File{source.NewFile(path, text)}}, nil
	})
	domain, err := loader.Load("shop.fluv")
	require.NoError(t, err)
	require.Nil(t, domain)
	var said []string
	for _, d := range loader.Diagnostics() {
		said = append(said, d.String())
	}
	require.Equal(t, []string{
		"shop.fluv:6:29: `5x` is neither a number nor a duration [FLV0007]",
		"shop.fluv:10:34: a value is missing between the braces [FLV0014]",
		"shop.fluv:13:17: there is no import User: it is an aggregate of this domain [FLV0103]",
	}, said)
}

// loaded are the headlines of what is said of the first of some files, each of which is a domain, with the places that
// matter besides.
func loaded(t *testing.T, files map[string]string, first string) (said []string) {
	t.Helper()
	loader := dsl.NewLoader(func(name string) (dsl.Input, error) {
		text, ok := files[path.Base(name)]
		if !ok {
			return dsl.Input{}, errors.New("there is no such file")
		}
		return dsl.Input{Key: path.Base(name), Files: []*source.File{source.NewFile(path.Base(name), text)}}, nil
	})
	_, err := loader.Load(first)
	require.NoError(t, err)
	for _, d := range loader.Diagnostics() {
		said = append(said, d.String())
		for _, other := range d.Related {
			said = append(said, "    "+other.Span.String()+": "+other.Message)
		}
	}
	return said
}

// A circle is told at the import that closes it, with the imports that lead there: one of them is in the file that was
// checked.
func TestACircleOfImportsNamesEachImport(t *testing.T) {
	files := map[string]string{
		"shop.fluv": "domain shop\nimport bill \"bill.fluv\"\nhandler H on bill.billed\n",
		"bill.fluv": "domain bill\nimport post \"post.fluv\"\nhandler H on post.posted\n",
		"post.fluv": "domain post\nimport shop \"shop.fluv\"\nhandler H on shop.sold\n",
	}
	require.Equal(t, []string{
		"post.fluv:2:13: the import of shop closes a circle: it imports this domain, directly or through others [FLV0401]",
		"    shop.fluv:2:13: bill is imported here",
		"    bill.fluv:2:13: post is imported here",
	}, loaded(t, files, "shop.fluv"))
}

// An import without a path names no domain, and so none is looked for.
func TestAnEmptyImportIsSaidOnce(t *testing.T) {
	files := map[string]string{"shop.fluv": "domain shop\nimport bill \"\"\nhandler H on bill.billed\n", ".": "domain other\n"}
	require.Equal(t, []string{
		"shop.fluv:2:13: an import names the file or folder of the other domain, and this path is empty [FLV0104]",
	}, loaded(t, files, "shop.fluv"))
}

// The example that explains a circle is one, and what is right is free of warnings.
func TestTheExampleOfACircle(t *testing.T) {
	info, ok := source.Lookup("FLV0401")
	require.True(t, ok)
	folders := func(text string) map[string]string {
		parts := strings.Split(text, "-- bill/bill.fluv --\n")
		return map[string]string{"shop": strings.TrimPrefix(parts[0], "-- shop/shop.fluv --\n"), "bill": parts[1]}
	}
	require.Equal(t, []string{
		"bill:3:13: the import of shop closes a circle: it imports this domain, directly or through others [FLV0401]",
		"    shop:3:13: bill is imported here",
	}, loaded(t, folders(info.Wrong), "shop"))
	require.Empty(t, loaded(t, folders(info.Right), "shop"))
}
