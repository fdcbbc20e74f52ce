package bench

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/dsl"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/generator"
)

// TestGeneratedCodeIsWhatWouldBeGeneratedNow fails when the generator has changed: run go generate here.
func TestGeneratedCodeIsWhatWouldBeGeneratedNow(t *testing.T) {
	for _, name := range []string{"bank", "cargo"} {
		path := filepath.Join("domains", name+".fluv")
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		loader := dsl.NewLoader(func(string) (dsl.Input, error) {
			return dsl.Input{Key: path, Files: []*source.File{source.NewFile(path, string(text))}}, nil
		})
		d, err := loader.Load(path)
		require.NoError(t, err)
		require.Empty(t, loader.Diagnostics())
		files, err := generator.Generate(d, generator.Options{ImportBase: "github.com/fluvius-io/fluvius-go/bench/gen"})
		require.NoError(t, err)
		require.NotEmpty(t, files)
		for _, f := range files {
			have, err := os.ReadFile(filepath.Join("gen", name, f.Name))
			require.NoError(t, err)
			require.True(t, string(f.Content) == string(have), "%s/%s: run go generate in bench", name, f.Name)
		}
	}
}
