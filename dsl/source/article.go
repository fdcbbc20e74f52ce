package source

import "strings"

// Article is a noun behind "a" or "an", as it is spoken: an Email, a User, an SMS, a URL. The noun may be a name of
// a domain in any case. It goes by the sound as far as spelling tells it.
func Article(noun string) string {
	if startsWithVowel(noun) {
		return "an " + noun
	}
	return "a " + noun
}

// Words whose first letter does not sound as it is written.
var (
	silentH     = []string{"heir", "honest", "honor", "honour", "hour"}
	soundsLikeW = []string{"once", "one"}
	soundsLikeY = []string{"eu", "ewe", "ubi", "uni", "ura", "uri", "uro", "usa", "use", "usi", "usu", "ute", "uti", "uto"}
	saidUn      = []string{"unid", "unim", "unin"} // unidentified, unimportant, uninvited: no "uni" as in unit
)

func startsWithVowel(noun string) bool {
	if isSpelt(noun) {
		return strings.ContainsRune("AEFHILMNORSX", rune(noun[0]))
	}
	word := strings.ToLower(noun)
	switch {
	case beginsWith(word, saidUn):
		return true
	case beginsWith(word, soundsLikeY), beginsWith(word, soundsLikeW):
		return false
	}
	return word != "" && strings.ContainsRune("aeiou", rune(word[0])) || beginsWith(word, silentH)
}

// isSpelt tells whether a noun begins with letters that are said one by one: SMS, URLPath, X.
func isSpelt(noun string) bool {
	if noun == "" || noun[0] < 'A' || noun[0] > 'Z' {
		return false
	}
	return len(noun) == 1 || noun[1] < 'a' || noun[1] > 'z'
}

func beginsWith(word string, heads []string) bool {
	for _, head := range heads {
		if strings.HasPrefix(word, head) {
			return true
		}
	}
	return false
}
