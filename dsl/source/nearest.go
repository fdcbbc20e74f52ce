package source

import "strings"

// Nearest is the candidate that name was most likely meant to be, if one is near enough: for each three
// characters of the longer one may be wrong, missing, too many or swapped with its neighbour; case alone is always
// near. Of equally near ones it is the first in alphabetical order.
func Nearest(name string, candidates []string) (string, bool) {
	best, bestDistance := "", 0
	for _, candidate := range candidates {
		if candidate == name || candidate == "" || name == "" {
			continue
		}
		distance := 2*editDistance(strings.ToLower(name), strings.ToLower(candidate)) + caseDifference(name, candidate)
		if longer := max(len([]rune(name)), len([]rune(candidate))); distance >= 2*(longer/3)+2 {
			continue
		}
		if best == "" || distance < bestDistance || distance == bestDistance && candidate < best {
			best, bestDistance = candidate, distance
		}
	}
	return best, best != ""
}

// caseDifference is half an edit if the first letters differ in case only: User is nearer to Usr than user is.
func caseDifference(a, b string) int {
	if a[:1] != b[:1] && strings.EqualFold(a[:1], b[:1]) {
		return 1
	}
	return 0
}

// editDistance counts insertions, deletions, replacements and swaps of neighbours.
func editDistance(from, to string) int {
	a, b := []rune(from), []rune(to)
	before := make([]int, len(b)+1)
	last := make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row := make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
