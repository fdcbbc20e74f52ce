package value

import "math/bits"

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// plainEnd is the place of the first byte at or after i that is a quote, a backslash, a control character or
// not ASCII; the length of s if there is none. It looks at eight bytes at once.
func plainEnd(s string, i int) int {
	for i+8 <= len(s) {
		if stop := notPlain(eight(s, i)); stop != 0 {
			return i + bits.TrailingZeros64(stop)>>3
		}
		i += 8
	}
	for i < len(s) && s[i] >= ' ' && s[i] < 0x80 && s[i] != '"' && s[i] != '\\' {
		i++
	}
	return i
}

// eight is the eight bytes at i, the first one lowest; the compiler makes one load of it.
func eight(s string, i int) uint64 {
	b := s[i : i+8]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

// notPlain has the high bit set of each byte that is not plain. A borrow may set it wrongly in bytes behind
// the first such one, so only the lowest bit counts.
func notPlain(w uint64) uint64 {
	quote := w ^ ones*'"'
	slash := w ^ ones*'\\'
	return ((w - ones*0x20) | (quote - ones) | (slash - ones) | w) & highs
}
