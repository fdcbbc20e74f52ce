package check

import (
	"os"
	"strings"
	"testing"

	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

func TestZZ(t *testing.T) {
	path := os.Getenv("ZZ")
	if path == "" {
		t.Skip()
	}
	text, _ := os.ReadFile(path)
	f, l := syntax.Parse(source.NewFile(path, string(text)))
	var sb strings.Builder
	source.Render(&sb, l, source.RenderOptions{})
	m, l2 := Check([]*syntax.File{f}, nil)
	source.Render(&sb, l2, source.RenderOptions{})
	t.Log("\n"+sb.String(), m != nil)
	if m != nil && os.Getenv("DUMP") != "" {
		t.Log(dumpDomain(m))
	}
}
