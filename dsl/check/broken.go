package check

import (
	"regexp"
	"slices"
	"strings"

	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// Where a file could not be parsed whole, something that was written is missing from the tree, and what refers to
// it would be reported as unknown. That would only follow from the error that is reported already.

// aboutNames are codes of names that nothing declares.
var aboutNames = []source.Code{
	codeUnknownName, codeKebabName, codeUnknownField, codeUnknownValue, codeUnknownEnum, codeUnknownImport, codeUnknownType,
	codeUnknownTypeV, codeUnknownEvent, codeUnknownEventV, codeUnknownError, codeUnknownAction, codeFoldField,
}

// aboutAbsence are codes of something that ought to be there.
var aboutAbsence = []source.Code{
	codeTypeHole, codeEventHole, codeTypePin, codeUpcastMissing, codeNoPlace, codeSpreadFit, codeEmitMissing, codeMissingField,
	codeMatchMissing, codeErrorArgs, codeNoEmit, codeUndeclared, codeExcluded, codeFillFit, codeWritesBack, codeThenNoWhen,
	codeThenEvent,
}

// broken tells whether something is missing from the tree of a file.
func (c *checker) broken() bool {
	return len(c.brokenFiles()) > 0
}

// brokenFiles are the texts of the files from whose trees something is missing.
func (c *checker) brokenFiles() []*source.File {
	var files []*source.File
	for _, file := range c.files {
		if file.Broken {
			files = append(files, file.Source)
		}
	}
	return files
}

// dropFollowing takes back what may only follow from a file that could not be parsed whole: that something is not
// there; and that a name is unknown, if a broken file has it in yet another place, which may be its declaration.
func (c *checker) dropFollowing() {
	files := c.brokenFiles()
	if len(files) == 0 {
		return
	}
	reported := map[string]int{}
	for _, d := range c.list {
		if slices.Contains(aboutNames, d.Code) && slices.Contains(files, d.Span.File) {
			reported[d.Span.Text()]++
		}
	}
	written, nameless := wordsOf(files), namelessIn(files)
	c.list = slices.DeleteFunc(c.list, func(d source.Diagnostic) bool {
		if slices.Contains(aboutNames, d.Code) {
			if slices.Contains(nameless, d.Code) {
				return true
			}
			return written[d.Span.Text()] > reported[d.Span.Text()] || isLostID(written, d)
		}
		return slices.Contains(aboutAbsence, d.Code) && (c.lacking() || c.inBrokenAction(d.Span))
	})
}

// lacking tells whether something is missing that is not only read in its place, as the statements of an action are.
func (c *checker) lacking() bool {
	return slices.ContainsFunc(c.files, func(f *syntax.File) bool { return f.Lacks })
}

// inBrokenAction tells whether a place is in an action of which statements are missing.
func (c *checker) inBrokenAction(at source.Span) bool {
	for _, a := range c.declared.aggregates {
		for _, action := range a.actions {
			where := action.decl.Span
			if action.decl.Broken && where.File == at.File && where.Start <= at.Start && at.End <= where.End {
				return true
			}
		}
	}
	return false
}

// isLostID tells whether an unknown type may be the id of an aggregate that could not be read.
func isLostID(written map[string]int, d source.Diagnostic) bool {
	aggregate, isID := strings.CutSuffix(d.Span.Text(), "ID")
	return d.Code == codeUnknownType && isID && written[aggregate] > 0
}

// withoutName is a declaration whose name was left out; what it declares is any of the names that nothing declares.
var withoutName = regexp.MustCompile(`(?m)^[ \t]*(type|enum|event|error|action)(?:@\d+)?[ \t]*(?:[{("\x60]|$)`)

// namelessIn are the codes of what the declarations without names may declare.
func namelessIn(files []*source.File) (codes []source.Code) {
	for _, file := range files {
		for _, found := range withoutName.FindAllStringSubmatch(file.Text, -1) {
			switch found[1] {
			case "type", "enum":
				codes = append(codes, codeUnknownType, codeUnknownTypeV, codeUnknownEnum)
			case "event":
				codes = append(codes, codeUnknownEvent, codeUnknownEventV)
			case "error":
				codes = append(codes, codeUnknownError)
			case "action":
				codes = append(codes, codeUnknownAction)
			}
		}
	}
	return codes
}

// wholeWords are names and keys; a minus before one is none of it.
var wholeWords = regexp.MustCompile(`\w+(?:-\w+)*`)

// wordsOf counts the words in the texts of files.
func wordsOf(files []*source.File) map[string]int {
	count := map[string]int{}
	for _, file := range files {
		for _, word := range wholeWords.FindAllString(file.Text, -1) {
			count[word]++
		}
	}
	return count
}
