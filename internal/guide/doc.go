// Package guide types the pages docs/guide.md and docs/recipes.md as a reader does: it makes the files that they show,
// runs the commands, and compares what is printed. It has tests only.
package guide
