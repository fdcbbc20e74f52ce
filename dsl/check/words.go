package check

import (
	"slices"
	"strings"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// The parser puts a word in the wrong case into the right one, and the tree has that. Where it names nothing even
// so, what was written counts: it may be the right name of something else.

// written is a name as it stands in the file. A name that the checker made up has another place, and is as it is.
func written(name syntax.Ident) string {
	if text := name.Span.Text(); text != name.Name && strings.EqualFold(lettersOf(text), lettersOf(name.Name)) {
		return text
	}
	return name.Name
}

// lettersOf is a name without its joints.
func lettersOf(name string) string { return strings.NewReplacer("-", "", "_", "").Replace(name) }

// kindNamed is what a word is the name of, with its article; "" if of nothing.
func (c *checker) kindNamed(word string) string {
	d := c.declared
	switch {
	case d.events[word] != nil:
		return "an event"
	case d.types[word] != nil:
		return "a type"
	case d.enums[word] != nil:
		return "an enum"
	case d.byName[word] != nil:
		return "an aggregate"
	case d.imports[word] != nil:
		return "an import"
	case c.errorNamed(word) != nil:
		return "an error"
	case c.anyActionNamed(word) != nil:
		return "an action"
	}
	return ""
}

// anyActionNamed is the action of that name in whichever aggregate.
func (c *checker) anyActionNamed(name string) *action {
	for _, a := range c.declared.aggregates {
		if action := a.actionNamed(name); action != nil {
			return action
		}
	}
	return nil
}

// suggestOf adds to the message that a word names something else, if it does, and gives those of the other kind that
// belong to it as the mend: the events of an action, the actions of an event.
func suggestOf(d *source.Diagnostic, name syntax.Ident, kind string, belonging []string) {
	if kind != "" {
		d.Message += ": " + written(name) + " is " + kind
	}
	switch len(belonging) {
	case 0:
	case 1:
		d.Mend = "write " + belonging[0]
		d.Edits = []source.Edit{{Span: name.Span, Text: belonging[0]}}
	default:
		d.Mend = "write " + joinOr(belonging)
	}
}

// eventsOf are the keys that an action declares and its own aggregate has.
func (c *checker) eventsOf(x *action) []string {
	var keys []string
	for _, key := range slices.Concat(x.decl.Creates, x.decl.Emits) {
		if c.declared.events[key.Name.Name] != nil && !slices.Contains(keys, key.Name.Name) {
			keys = append(keys, key.Name.Name)
		}
	}
	return keys
}

// actionsOf are the actions of an aggregate that declare an event.
func (a *aggregate) actionsOf(key string) []string {
	declares := func(v syntax.Versioned) bool { return v.Name.Name == key }
	var names []string
	for _, x := range a.actions {
		if slices.ContainsFunc(x.decl.Creates, declares) || slices.ContainsFunc(x.decl.Emits, declares) {
			names = append(names, x.model.Name)
		}
	}
	return names
}

// itHas lists what there is, unless that is too much to read.
func itHas(names []string) string {
	if len(names) == 0 || len(names) > 12 {
		return ""
	}
	return "it has " + strings.Join(names, ", ")
}

// valueInOtherCase is the value that a name means which differs from it in case and joints only.
func valueInOtherCase(enum *model.Enum, name string) *model.EnumValue {
	for _, v := range enum.Values {
		if strings.EqualFold(lettersOf(v.Name), lettersOf(name)) {
			return v
		}
	}
	return nil
}
