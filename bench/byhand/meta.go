package byhand

import (
	"strconv"
	"sync/atomic"
)

// IDs makes the ids of appends: a word of the process and a number.
type IDs struct{ last atomic.Uint64 }

const process = "8f14e45fceea167a5a36dedd"

// Metadata is the metadata of the next append: its id, and the conversation that it begins.
func (ids *IDs) Metadata() string {
	var room [160]byte
	buf := append(room[:0], `{"command_id":"`...)
	begin := len(buf)
	buf = append(buf, process...)
	buf = strconv.AppendUint(append(buf, '-'), ids.last.Add(1), 36)
	end := len(buf)
	buf = append(buf, `","correlation_id":"`...)
	buf = append(buf, buf[begin:end]...)
	return string(append(buf, '"', '}'))
}
