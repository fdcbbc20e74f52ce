package check

import (
	"strconv"
	"strings"
)

// count is a number of things in words: "no parameters", "1 parameter", "2 parameters".
func count(n int, what string) string {
	switch n {
	case 0:
		return "no " + what + "s"
	case 1:
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}

// joinOr is words as one reads them: "park, skip or halt".
func joinOr(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
