package value

import "strings"

// depthFits says whether valid JSON text nests no deeper than MaxDepth. Each level takes two bytes, and most
// texts have few brackets, so that the walk is rarely needed.
func depthFits(s string) bool {
	if len(s) <= 2*MaxDepth || strings.Count(s, "{")+strings.Count(s, "[") <= MaxDepth {
		return true
	}
	return depthExcess(s) < 0
}

// depthExcess is the place of the first bracket that is too deep, or -1.
func depthExcess(s string) int {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '{', '[':
			if depth++; depth > MaxDepth {
				return i
			}
		case '}', ']':
			depth--
		case '"':
			i = textEnd(s, i) - 1
		}
	}
	return -1
}
