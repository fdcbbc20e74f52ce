package check

import (
	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// run is filled in by the passes.
func (c *checker) run() {}

// typeNamed is the value type, enum or scalar of that name.
func (c *checker) typeNamed(v syntax.Versioned) model.Type { return nil }

// typeRef is the type that was written.
func (c *checker) typeRef(t *syntax.TypeRef) model.Type { return invalidType }

// enumNamed is the enum of that name, nil if there is none.
func (c *checker) enumNamed(name string) *model.Enum { return nil }
