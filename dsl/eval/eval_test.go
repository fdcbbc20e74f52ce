package eval_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/dsl"
	"github.com/fluvius-io/fluvius-go/dsl/eval"
	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
)

// checked is a domain's text as a model.
func checked(t *testing.T, text string) *model.Domain {
	t.Helper()
	return loaded(t, "test.fluv", func(path string) (dsl.Input, error) {
		return dsl.Input{Key: path, Files: []*source.File{source.NewFile(path, text)}}, nil
	})
}

// load is the domain at a path of the disk.
func load(t *testing.T, path string) *model.Domain {
	t.Helper()
	return loaded(t, path, func(path string) (dsl.Input, error) {
		names := []string{path}
		if filepath.Ext(path) != ".fluv" {
			var err error
			if names, err = filepath.Glob(filepath.Join(path, "*.fluv")); err != nil {
				return dsl.Input{}, err
			}
		}
		input := dsl.Input{Key: path}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				return dsl.Input{}, err
			}
			input.Files = append(input.Files, source.NewFile(name, string(text)))
		}
		return input, nil
	})
}

func loaded(t *testing.T, path string, read dsl.Reader) *model.Domain {
	t.Helper()
	loader := dsl.NewLoader(read)
	d, err := loader.Load(path)
	require.NoError(t, err)
	require.NotNil(t, d, "%v", loader.Diagnostics())
	return d
}

// domains are the paths of the domains of this repository that have test blocks.
func domains(t *testing.T) []string {
	t.Helper()
	var paths []string
	for _, pattern := range []string{"../../generator/testdata/domains/*.fluv", "../check/testdata/right/*.fluv", "../../examples/*.fluv"} {
		found, err := filepath.Glob(pattern)
		require.NoError(t, err)
		paths = append(paths, found...)
	}
	return paths
}

func TestTestBlocksOfTheRepositoryPass(t *testing.T) {
	ran := 0
	for _, path := range domains(t) {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		if strings.Contains(string(text), "\nimport ") {
			continue
		}
		d := load(t, path)
		e := eval.New(d, eval.Limits{})
		for _, a := range d.Aggregates {
			for _, block := range a.Tests {
				ran++
				t.Run(d.Name+"/"+block.Name, func(t *testing.T) {
					r := e.RunTest(block)
					require.Empty(t, r.Blocked)
					require.Empty(t, r.Differences)
				})
			}
		}
	}
	require.Greater(t, ran, 40, "the domains have test blocks")
}
