package runtime

// encode makes the records of an append. All payloads are parts of one string.
func (h history[S, E]) encode(head Header, after uint64, events []E) ([]Record, error) {
	return h.write(head, after, events, false)
}

// write is encode, also for facts: events that have happened, which no `where` of today can refuse.
func (h history[S, E]) write(head Header, after uint64, events []E, facts bool) ([]Record, error) {
	records := make([]Record, len(events))
	var few [8]int
	ends := few[:0]
	buf := h.engine.buffer()
	defer func() { h.engine.recycle(buf) }()
	for i, e := range events {
		encoded, err := h.about.Encode(buf.bytes, e)
		if err != nil && (!facts || encoded.Data == nil) {
			return nil, Invalid(err)
		}
		buf.bytes = encoded.Data
		ends = append(ends, len(buf.bytes))
		records[i].Header = head
		records[i].Key, records[i].Version = encoded.Key, encoded.Version
		records[i].Sequence = after + uint64(i) + 1
	}
	all, begin := string(buf.bytes), 0
	for i, end := range ends {
		records[i].Data = all[begin:end]
		begin = end
	}
	return records, nil
}

// buffer is where payloads are written before they become one string.
type buffer struct{ bytes []byte }

// keepBuffer is the largest buffer that is kept for the next command.
const keepBuffer = 64 << 10

func (e *Engine) buffer() *buffer {
	if b, ok := e.buffers.Get().(*buffer); ok {
		return b
	}
	return &buffer{bytes: make([]byte, 0, 512)}
}

func (e *Engine) recycle(b *buffer) {
	if cap(b.bytes) <= keepBuffer {
		b.bytes = b.bytes[:0]
		e.buffers.Put(b)
	}
}
