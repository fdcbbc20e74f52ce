package value

import (
	"bytes"
	"encoding/json"
	"strings"
	"unsafe"
)

// MaxText is how long JSON may be before another list or map is begun in it: 32 times what a store must take in
// one append. It is there so that a value that holds itself, which Go code can build out of slices and maps, ends
// as an error before the stack does.
const MaxText = 16 << 20

// AppendList writes a list; nil is [].
func AppendList[T any](dst []byte, list []T, item func([]byte, T) []byte) []byte {
	if len(dst) > MaxText {
		return appendFault(dst, tooLong)
	}
	dst = append(dst, '[')
	for i := range list {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = item(dst, list[i])
	}
	return append(dst, ']')
}

// AppendMap writes a map as an object, its keys sorted by their bytes; nil is {}.
func AppendMap[K comparable, V any](dst []byte, m map[K]V, key Key[K], item func([]byte, V) []byte) []byte {
	if len(dst) > MaxText {
		return appendFault(dst, tooLong)
	}
	var room [16]K // most maps need no memory to be sorted in
	dst = append(dst, '{')
	for i, k := range sortedKeys(room[:0], m, key) {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(key.AppendKey(dst, k), ':')
		dst = item(dst, m[k])
	}
	return append(dst, '}')
}

// AppendField writes a field's name and the colon, and a comma before it if it is not the first. It is needed
// only where the fields before may all be left out.
func AppendField(dst []byte, name string) []byte {
	if n := len(dst); n > 0 && dst[n-1] != '{' {
		dst = append(dst, ',')
	}
	dst = append(dst, '"')
	dst = append(dst, name...)
	return append(dst, '"', ':')
}

// AppendJSON writes raw JSON as it is; nil is null. What is not valid JSON cannot be written.
func AppendJSON[T ~[]byte](dst []byte, raw T) []byte {
	if len(raw) == 0 {
		return append(dst, "null"...)
	}
	r := Reader{s: view(raw)}
	r.skip()
	if err := r.End(); err != nil {
		return appendFault(dst, "not JSON: "+err.Error())
	}
	return append(dst, bytes.TrimSpace(raw)...)
}

// AppendGo writes a value of a type that marshals itself.
func AppendGo[T any](dst []byte, v T) []byte {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return appendFault(dst, strings.TrimPrefix(err.Error(), "json: "))
	}
	return AppendJSON(dst, out.Bytes())
}

// view reads bytes as a string without copying them. The string must be forgotten before the bytes change.
func view(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
