package value

import (
	"math"
	"strconv"
)

// scanInt reads a number that is whole as it is written.
func scanInt(s string, i int) (n int64, next int, reason string) {
	begin := i
	if i < len(s) && s[i] == '-' {
		i++
	}
	digits := i
	for i < len(s) && s[i]-'0' <= 9 {
		n = n*10 + int64(s[i]-'0')
		i++
	}
	if i-digits > 18 || i == digits || s[digits] == '0' && i-digits > 1 || goesOn(s, i) {
		return scanLongInt(s, begin)
	}
	if digits > begin {
		n = -n
	}
	return n, i, ""
}

// goesOn says whether what follows the digits belongs to the number.
func goesOn(s string, i int) bool {
	return i < len(s) && (s[i] == '.' || s[i]|0x20 == 'e')
}

// scanLongInt takes the time to say what is wrong, or reads a number near the bounds.
func scanLongInt(s string, i int) (n int64, next int, reason string) {
	next, whole, reason := scanNumber(s, i)
	switch {
	case reason != "":
		return 0, next, reason
	case !whole:
		return 0, i, notWhole + ": " + clip(s[i:next])
	}
	n, err := strconv.ParseInt(s[i:next], 10, 64)
	if err != nil {
		return 0, i, not64 + ": " + clip(s[i:next])
	}
	return n, next, ""
}

// scanFloat reads any number that a float can hold.
func scanFloat(s string, i int) (x float64, next int, reason string) {
	next, _, reason = scanNumber(s, i)
	if reason != "" {
		return 0, next, reason
	}
	x, err := strconv.ParseFloat(s[i:next], 64)
	if err != nil || math.IsInf(x, 0) {
		return 0, i, tooLarge + ": " + clip(s[i:next])
	}
	return x, next, ""
}

// scanNumber finds the end of a number in the grammar of JSON; whole says that it has neither point nor exponent.
func scanNumber(s string, i int) (next int, whole bool, reason string) {
	if i < len(s) && s[i] == '-' {
		i++
	}
	begin := i
	i = digitsEnd(s, i)
	switch {
	case i == begin:
		return i, false, notNumber
	case s[begin] == '0' && i-begin > 1:
		return begin, false, leadingZero
	}
	whole = true
	if i < len(s) && s[i] == '.' {
		begin, whole = i+1, false
		if i = digitsEnd(s, begin); i == begin {
			return i, false, notNumber
		}
	}
	if i < len(s) && s[i]|0x20 == 'e' {
		if i++; i < len(s) && (s[i] == '+' || s[i] == '-') {
			i++
		}
		begin, whole = i, false
		if i = digitsEnd(s, begin); i == begin {
			return i, false, notNumber
		}
	}
	return i, whole, ""
}

func digitsEnd(s string, i int) int {
	for i < len(s) && s[i]-'0' <= 9 {
		i++
	}
	return i
}

// clip shortens a number that is shown in a reason.
func clip(number string) string {
	const most = 40
	if len(number) > most {
		return number[:most] + "…"
	}
	return number
}
