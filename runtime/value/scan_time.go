package value

import (
	"encoding/base64"
	"strings"
	"time"
)

// The first and the last second that RFC 3339 can write: the years 0 to 9999.
const (
	firstSecond = -62167219200
	lastSecond  = 253402300799
)

// writable says whether JSON can hold t.
func writable(t time.Time) bool {
	s := t.Unix()
	return firstSecond <= s && s <= lastSecond
}

// parseUTC reads what AppendTime writes, without the quotes: a time in UTC ("Z") of at most nine places.
func parseUTC(s string) (t time.Time, ok bool) {
	const shortest = len("2006-01-02T15:04:05Z")
	if len(s) < shortest || s[4] != '-' || s[7] != '-' || s[10] != 'T' || s[13] != ':' || s[16] != ':' ||
		s[len(s)-1] != 'Z' {
		return time.Time{}, false
	}
	year := two(s, 0)*100 + two(s, 2)
	month, day := two(s, 5), two(s, 8)
	hour, minute, second := two(s, 11), two(s, 14), two(s, 17)
	if year|month|day|hour|minute|second < 0 || hour > 23 || minute > 59 || second > 59 ||
		month < 1 || month > 12 || day < 1 || day > daysIn(year, month) {
		return time.Time{}, false
	}
	nanos := fraction(s[19 : len(s)-1])
	if nanos < 0 {
		return time.Time{}, false
	}
	seconds := daysSince1970(year, month, day)*86400 + int64(hour*3600+minute*60+second)
	return time.Unix(seconds, nanos).UTC(), true
}

// two reads two digits; what is none makes the answer negative, and keeps it so when multiplied by 100.
func two(s string, i int) int {
	high, low := s[i]-'0', s[i+1]-'0'
	if high > 9 || low > 9 {
		return -1 << 20
	}
	return int(high)*10 + int(low)
}

// fraction reads nothing, or "." and one to nine digits, as nanoseconds; -1 for all else.
func fraction(s string) (nanos int64) {
	if s == "" {
		return 0
	}
	if s[0] != '.' || len(s) < 2 || len(s) > 10 {
		return -1
	}
	for _, c := range []byte(s[1:]) {
		if c-'0' > 9 {
			return -1
		}
		nanos = nanos*10 + int64(c-'0')
	}
	for range 10 - len(s) {
		nanos *= 10
	}
	return nanos
}

var monthDays = [13]int{0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

func daysIn(year, month int) int {
	if month == 2 && year%4 == 0 && (year%100 != 0 || year%400 == 0) {
		return 29
	}
	return monthDays[month]
}

// daysSince1970 counts in the Gregorian calendar, carried back to the year 0. Years begin in March, so that the
// leap day is the last one. time.Date does the same, but normalises first, at three times the cost.
func daysSince1970(year, month, day int) int64 {
	if month <= 2 {
		year--
		month += 12
	}
	era, ofEra := year/400, year%400
	if ofEra < 0 {
		era, ofEra = era-1, ofEra+400
	}
	ofYear := (153*(month-3)+2)/5 + day - 1
	return int64(era)*146097 + int64(ofEra*365+ofEra/4-ofEra/100+ofYear) - 719468
}

// ParseTime reads a time of RFC 3339 with any offset and at most nine places, strictly: no leap second, no
// comma, no lower-case letters. The answer is in UTC and is one that can be written again.
func ParseTime(s string) (time.Time, bool) {
	if t, ok := parseUTC(s); ok {
		return t, true
	}
	const local, offset = len("2006-01-02T15:04:05"), len("+00:00")
	if len(s) < local+offset {
		return time.Time{}, false
	}
	wall, zone := s[:len(s)-offset], s[len(s)-offset:]
	t, ok := parseUTC(wall + "Z")
	if !ok || zone[0] != '+' && zone[0] != '-' || zone[3] != ':' {
		return time.Time{}, false
	}
	hours, minutes := two(zone, 1), two(zone, 4)
	if hours < 0 || hours > 23 || minutes < 0 || minutes > 59 {
		return time.Time{}, false
	}
	east := time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute
	if zone[0] == '-' {
		east = -east
	}
	t = t.Add(-east)
	return t, writable(t)
}

// ParseBytes reads padded base64 in the standard alphabet, strictly: no line breaks, no stray bits.
func ParseBytes(s string) ([]byte, bool) {
	if s == "" {
		return nil, true
	}
	out, err := base64.StdEncoding.Strict().DecodeString(s)
	return out, err == nil && !strings.ContainsAny(s, "\r\n")
}
