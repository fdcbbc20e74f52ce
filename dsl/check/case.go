package check

import "github.com/fluvius-io/fluvius-go/dsl/syntax"

// pascal is the name of a declaration that is in Go as written. Wrong case is reported, and mended in what is
// returned, so that uses in the right case find it.
func (c *checker) pascal(name syntax.Ident, what string) string {
	c.wantPascal(name, what)
	return rightCase(name.Name, isPascal, toPascal)
}

// kebab is an event key or enum value; see pascal.
func (c *checker) kebab(name syntax.Ident, what string) string {
	c.wantKebab(name, what)
	return rightCase(name.Name, isKebab, kebab)
}

// snake is a field, parameter or other name of a value; see pascal.
func (c *checker) snake(name syntax.Ident, what string) string {
	c.wantSnake(name, what)
	return rightCase(name.Name, isSnake, func(name string) string { return lowerWords(name, '_') })
}

func rightCase(name string, is func(string) bool, mend func(string) string) string {
	if is(name) {
		return name
	}
	if right := mend(name); is(right) {
		return right
	}
	return name
}
