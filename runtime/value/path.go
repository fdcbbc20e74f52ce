package value

import (
	"strconv"
	"strings"
)

// pathAt is the path of the place at which prefix ends, where prefix is the beginning of JSON text that has
// been read or written. Codecs keep no path while all goes well: it is found again after an error.
func pathAt(prefix string) string {
	var walk pathWalk
	for i := 0; i < len(prefix); i++ {
		switch c := prefix[i]; c {
		case '{', '[':
			walk.levels = append(walk.levels, level{list: c == '['})
		case '}', ']':
			walk.close()
		case ',':
			walk.comma()
		case '"':
			end := textEnd(prefix, i)
			walk.text(prefix[i:end])
			i = end - 1
		}
	}
	return walk.String()
}

// level is an object or list that is open.
type level struct {
	list  bool
	index int
	named bool
	name  string // of the entry that is being read, if named
}

type pathWalk struct{ levels []level }

func (w *pathWalk) close() {
	if len(w.levels) > 0 {
		w.levels = w.levels[:len(w.levels)-1]
	}
}

func (w *pathWalk) comma() {
	if len(w.levels) == 0 {
		return
	}
	top := &w.levels[len(w.levels)-1]
	top.index++
	top.named = false
}

// text is for a string: the first one since the last comma of an object is a name.
func (w *pathWalk) text(written string) {
	if len(w.levels) == 0 {
		return
	}
	if top := &w.levels[len(w.levels)-1]; !top.list && !top.named {
		if name, _, reason := scanText(written, 0); reason == "" {
			top.name, top.named = name, true
		}
	}
}

func (w *pathWalk) String() string {
	const most = 20 // a path is for people
	var b strings.Builder
	for i, l := range w.levels {
		switch {
		case i == most:
			return b.String() + "…"
		case l.list:
			b.WriteString("[" + strconv.Itoa(l.index) + "]")
		case l.named:
			b.WriteString(step(l.name, b.Len() == 0))
		}
	}
	return b.String()
}

// step is one name of a path: ".name", or ["any text"] for a map key that is no name.
func step(name string, first bool) string {
	switch {
	case !isName(name):
		return "[" + quoted(name) + "]"
	case first:
		return name
	}
	return "." + name
}

// join puts a field behind the path of its object.
func join(path, field string) string { return path + step(field, path == "") }

func isName(s string) bool {
	for _, c := range s {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '_' && c != '-' {
			return false
		}
	}
	return s != ""
}

// textEnd is the place behind the string that begins at i, or the end of s.
func textEnd(s string, i int) int {
	for i++; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(s)
}
