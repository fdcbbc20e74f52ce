package check

import (
	"fmt"
	"slices"

	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// An upcast that names a wrong event, type or version was meant for a step from one version to the next that is left
// without. Which step that is makes the mend, and of that step nothing else is said.

// ladder is the versions of an event or value type as upcasts climb them.
type ladder struct {
	name   string
	lasts  int               // the newest version
	rung   func(n int) bool  // there is a version n
	misled func(n int) *bool // whether the upcast meant for the step from version n is a wrong one
	served func(n int) bool  // an upcast from version n to the next is written
}

func eventLadder(e *event) ladder {
	return ladder{
		name: e.key, lasts: e.newest().model.Version, rung: func(n int) bool { return e.version(n) != nil },
		misled: func(n int) *bool { return &e.version(n).misled }, served: func(n int) bool { return e.version(n).upcast != nil },
	}
}

func typeLadder(t *typeDecl) ladder {
	return ladder{
		name: t.name, lasts: t.newest().version, rung: func(n int) bool { return t.version(n) != nil },
		misled: func(n int) *bool { return &t.version(n).misled }, served: func(n int) bool { return t.version(n).upcast != nil },
	}
}

// claim is the step that an upcast from one version to another was meant for, 0 if that cannot be told: the one that
// begins as it does, else the one that ends so, else the only one left. No other upcast can be meant for it then.
func (l ladder) claim(from, to int) int {
	var left []int
	for n := 1; n < l.lasts; n++ {
		if l.rung(n) && l.rung(n+1) && !l.served(n) && !*l.misled(n) {
			left = append(left, n)
		}
	}
	for _, n := range []int{from, to - 1} {
		if slices.Contains(left, n) {
			*l.misled(n) = true
			return n
		}
	}
	if len(left) != 1 {
		return 0
	}
	*l.misled(left[0]) = true
	return left[0]
}

// step is how the upcast of a step begins.
func (l ladder) step(n int) string { return fmt.Sprintf("upcast %s@%d -> @%d", l.name, n, n+1) }

// otherStep is what to do about an upcast that cannot be as it is: to write the step that was meant, or what else there
// is to do.
func (l ladder) otherStep(meant int, or string) string {
	if meant == 0 {
		return or
	}
	return "write " + l.step(meant) + ", or " + or
}

// wrongStep reports an upcast that does not lead to the very next version.
func (c *checker) wrongStep(l ladder, from int, to *syntax.Number) {
	d := source.New(codeUpcastStep, to.Span, "an upcast goes one version further: from %s@%d to @%d", l.name, from, from+1)
	switch meant := l.claim(from, to.Value); meant {
	case 0:
		d.Mend = "remove it: each version has its upcast"
	case from:
		d.Mend = "write " + l.step(from)
		d.Edits = []source.Edit{{Span: to.Span, Text: fmt.Sprint(from + 1)}}
	default:
		d.Mend = "write " + l.step(meant)
	}
	c.report(d)
}

// upcastTwice reports a second upcast of one step.
func (c *checker) upcastTwice(l ladder, name syntax.Ident, from int, first source.Span) {
	d := source.New(codeUpcastTwice, name.Span, "%s@%d already has an upcast", l.name, from)
	d.Mend = l.otherStep(l.claim(from, from+1), removeOne)
	d.Related = firstDeclared(first)
	c.report(d)
}
