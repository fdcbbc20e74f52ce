package dsl_test

import (
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
