package source

import (
	"slices"
	"strings"
)

// Code names one kind of diagnostic, for ever: "FLV0101".
type Code string

// CodeInfo is what the registry knows of a code. Explanation, Wrong and Right are the long form: some
// sentences, an example that gives this diagnostic and the same example mended.
type CodeInfo struct {
	Code        Code
	Severity    Severity
	Title       string // some words, without a full stop: "unknown name"
	Explanation string
	Wrong       string
	Right       string
}

var registry = slices.Concat(syntaxCodes, exprCodes, checkCodes, loadCodes, defaultCodes)

// registryByCode is written only here, so that readers need no lock.
var registryByCode = func() map[Code]CodeInfo {
	byCode := make(map[Code]CodeInfo, len(registry))
	for _, info := range registry {
		byCode[info.Code] = info
	}
	return byCode
}()

// Codes are all codes, in their order.
func Codes() []CodeInfo {
	codes := slices.Clone(registry)
	slices.SortFunc(codes, func(a, b CodeInfo) int { return strings.Compare(string(a.Code), string(b.Code)) })
	return codes
}

// Lookup finds what is known of a code.
func Lookup(code Code) (CodeInfo, bool) {
	info, ok := registryByCode[code]
	return info, ok
}
