package check

import (
	"strings"
)

// initialisms are those of staticcheck's ST1003, which write themselves in capitals in a Go name.
var initialisms = func() map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(`ACL API ASCII CPU CSS DNS EOF GUID HTML HTTP HTTPS ID IP JSON QPS RAM RPC
		SLA SMTP SQL SSH TCP TLS TTL UDP UI GID UID UUID URI URL UTF8 VM XML XMPP XSRF XSS SIP RTP AMQP DB TS`) {
		set[word] = true
	}
	return set
}()

// goName is the Go name of a snake_case or kebab-case name: customer_id is CustomerID, ids is IDs. A
// PascalCase name stays as it is.
func goName(name string) string {
	var b strings.Builder
	for part := range strings.FieldsFuncSeq(name, isSeparator) {
		b.WriteString(goPart(part))
	}
	return b.String()
}

func isSeparator(r rune) bool { return r == '_' || r == '-' }

// goPart is one word of a Go name. ST1003 says nothing of plurals; IDs is how the standard library writes them.
func goPart(part string) string {
	upper := strings.ToUpper(part)
	if initialisms[upper] {
		return upper
	}
	if singular, ok := strings.CutSuffix(upper, "S"); ok && initialisms[singular] {
		return singular + "s"
	}
	return upper[:1] + part[1:]
}

// kebab is the wire form of a PascalCase name: a break stands before an upper letter after a lower one or a
// digit, and before the last of a run of upper letters that a lower one follows (APIKey is api-key).
func kebab(pascal string) string { return lowerWords(pascal, '-') }

// lowerWords is name in lower case, its words apart by sep.
func lowerWords(name string, sep byte) string {
	var b strings.Builder
	for i := 0; i < len(name); i++ {
		if isSeparator(rune(name[i])) {
			if s := b.String(); s != "" && s[len(s)-1] != sep {
				b.WriteByte(sep)
			}
			continue
		}
		if s := b.String(); breaksBefore(name, i) && s != "" && s[len(s)-1] != sep {
			b.WriteByte(sep)
		}
		b.WriteString(strings.ToLower(name[i : i+1]))
	}
	return strings.TrimRight(b.String(), string(sep))
}

func breaksBefore(name string, i int) bool {
	if i == 0 || !isUpper(name[i]) {
		return false
	}
	before := name[i-1]
	endsRun := isUpper(before) && i+1 < len(name) && isLower(name[i+1])
	return isLower(before) || isDigit(before) || endsRun
}

func isUpper(b byte) bool { return b >= 'A' && b <= 'Z' }
func isLower(b byte) bool { return b >= 'a' && b <= 'z' }
func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// isSnake tells whether name is written as fields, parameters and `let` names are.
func isSnake(name string) bool { return isLowerWords(name, '_') }

// isKebab tells whether name is written as event keys and enum values are.
func isKebab(name string) bool { return isLowerWords(name, '-') }

func isLowerWords(name string, sep byte) bool {
	if name == "" || !isLower(name[0]) || name[len(name)-1] == sep {
		return false
	}
	for i := 1; i < len(name); i++ {
		if name[i] == sep && name[i-1] != sep {
			continue
		}
		if !isLower(name[i]) && !isDigit(name[i]) {
			return false
		}
	}
	return true
}

// isPascal tells whether name is written as types, enums, aggregates, actions, errors and handlers are.
func isPascal(name string) bool {
	if name == "" || !isUpper(name[0]) {
		return false
	}
	return !strings.ContainsFunc(name, func(r rune) bool {
		return r > 'z' || !isUpper(byte(r)) && !isLower(byte(r)) && !isDigit(byte(r))
	})
}
