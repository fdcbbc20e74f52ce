// Package wire is the strict JSON that the hand-written codecs of this module are made of. It has two
// halves: a fast one (Int, Text, Time, … in this file), which knows only what our own encoder writes and
// says "no" to all else, and a Reader, which takes any order and spacing and tells what is wrong.
//
// It imports nothing of the project. It is the baseline that the project is measured against, so it is
// written once, as fast as its authors could make it, and then left alone (docs/performance.md).
package wire

import (
	"math/bits"
	"time"
)

// No is the answer of the fast half to what it does not know; the caller then takes the Reader.
const No = -1

// Int reads a number of at most 18 digits that ends before a comma, bracket or brace. It returns the
// place behind it, or No.
func Int(s string, i int) (int64, int) {
	neg := false
	if i < len(s) && s[i] == '-' {
		neg = true
		i++
	}
	begin := i
	var n int64
	for i < len(s) {
		c := s[i] - '0'
		if c > 9 {
			break
		}
		n = n*10 + int64(c)
		i++
	}
	digits := i - begin
	if digits == 0 || digits > 18 || (digits > 1 && s[begin] == '0') || !ends(s, i) {
		return 0, No
	}
	if neg {
		n = -n
	}
	return n, i
}

// ends says whether a number may end at i: what follows is no part of one.
func ends(s string, i int) bool {
	return i < len(s) && (s[i] == ',' || s[i] == '}' || s[i] == ']')
}

// Text reads a string without escapes and of ASCII alone, from its opening quote; the answer is a part
// of s. It returns the place behind the closing quote, or No.
func Text(s string, i int) (string, int) {
	if i >= len(s) || s[i] != '"' {
		return "", No
	}
	i++
	begin := i
	for i+8 <= len(s) {
		stop := special(load(s, i))
		if stop != 0 {
			i += bits.TrailingZeros64(stop) >> 3
			if s[i] != '"' {
				return "", No
			}
			return s[begin:i], i + 1
		}
		i += 8
	}
	for ; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"':
			return s[begin:i], i + 1
		case c < ' ' || c == '\\' || c >= 0x80:
			return "", No
		}
	}
	return "", No
}

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// load is the eight bytes at i, the first one lowest; the compiler makes one load of it.
func load(s string, i int) uint64 {
	b := s[i : i+8]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

// special has the high bit of each byte set that is a quote, a backslash, a control character or not
// ASCII. Borrows may mark bytes behind the first one wrongly; only the first is looked at.
func special(w uint64) uint64 {
	quote := w ^ (ones * '"')
	slash := w ^ (ones * '\\')
	return ((w - ones*0x20) | (quote - ones) | (slash - ones) | w) & highs
}

// Bool reads true or false.
func Bool(s string, i int) (bool, int) {
	if i+4 <= len(s) && s[i:i+4] == "true" {
		return true, i + 4
	}
	if i+5 <= len(s) && s[i:i+5] == "false" {
		return false, i + 5
	}
	return false, No
}

// Time reads a quoted time of RFC 3339 in UTC ("Z"), of at most nine places.
func Time(s string, i int) (time.Time, int) {
	const shape = len(`"2006-01-02T15:04:05Z"`)
	if i+shape > len(s) || s[i] != '"' {
		return time.Time{}, No
	}
	b := s[i+1:]
	if b[4] != '-' || b[7] != '-' || b[10] != 'T' || b[13] != ':' || b[16] != ':' {
		return time.Time{}, No
	}
	year := two(b, 0)*100 + two(b, 2)
	month, day := two(b, 5), two(b, 8)
	hour, minute, second := two(b, 11), two(b, 14), two(b, 17)
	if year|month|day|hour|minute|second < 0 || hour > 23 || minute > 59 || second > 59 ||
		month < 1 || month > 12 || day < 1 || day > daysIn(year, month) {
		return time.Time{}, No
	}
	nanos, n := fraction(b, 19)
	if n == No || n+1 >= len(b) || b[n] != 'Z' || b[n+1] != '"' {
		return time.Time{}, No
	}
	seconds := daysBefore(year, month, day)*86400 + int64(hour*3600+minute*60+second)
	return time.Unix(seconds, nanos).UTC(), i + n + 3
}

// two reads two digits; what is none makes the answer negative, and keeps it so times 100.
func two(s string, i int) int {
	hi, lo := s[i]-'0', s[i+1]-'0'
	if hi > 9 || lo > 9 {
		return -1 << 20
	}
	return int(hi)*10 + int(lo)
}

// fraction reads "." and one to nine digits as nanoseconds, or nothing.
func fraction(s string, i int) (int64, int) {
	if i >= len(s) || s[i] != '.' {
		return 0, i
	}
	i++
	begin := i
	var n int64
	for i < len(s) && s[i]-'0' <= 9 {
		n = n*10 + int64(s[i]-'0')
		i++
	}
	if i == begin || i-begin > 9 {
		return 0, No
	}
	for p := i - begin; p < 9; p++ {
		n *= 10
	}
	return n, i
}

var monthDays = [13]int{0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

func daysIn(year, month int) int {
	if month == 2 && year%4 == 0 && (year%100 != 0 || year%400 == 0) {
		return 29
	}
	return monthDays[month]
}

// daysBefore is the days from 1970-01-01 to the date, in the proleptic Gregorian calendar: years are
// counted from March, so that the leap day is the last one.
func daysBefore(year, month, day int) int64 {
	if month <= 2 {
		year--
		month += 12
	}
	era := year / 400
	if year < 0 {
		era = (year - 399) / 400
	}
	ofEra := year - era*400
	ofYear := (153*(month-3)+2)/5 + day - 1
	return int64(era)*146097 + int64(ofEra*365+ofEra/4-ofEra/100+ofYear) - 719468
}
