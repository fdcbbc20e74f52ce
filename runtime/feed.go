package runtime

import (
	"context"
	"sync"
)

// Bounds of what is read at once, and of what is kept for the subscriptions that follow closely.
const (
	pageRecords   = 256
	pageBytes     = 4 << 20
	windowRecords = 4096
	windowBytes   = 16 << 20
)

// feed is the one reader of the log's end in a process. Subscriptions that are near the end share what it has
// read; those that lag read by themselves.
type feed struct {
	store Store

	mu     sync.Mutex
	window []Record // the events with from < Position <= to, in order; never written to once there
	from   uint64
	to     uint64
	bytes  int
}

// next is some of the events after a position, in order; none at the end of the log. Callers share the slice
// and do not change it.
func (f *feed) next(ctx context.Context, after uint64) ([]Record, error) {
	f.mu.Lock()
	if page, ok := f.kept(after); ok {
		f.mu.Unlock()
		return page, nil
	}
	if after < f.to {
		f.mu.Unlock()
		return readPage(ctx, f.store, after)
	}
	defer f.mu.Unlock()
	page, err := readPage(ctx, f.store, after)
	if err == nil {
		f.keep(after, page)
	}
	return page, err
}

// kept is the part of the window after a position.
func (f *feed) kept(after uint64) ([]Record, bool) {
	if after < f.from || after >= f.to {
		return nil, false
	}
	i, j := 0, len(f.window)
	for i < j {
		if m := (i + j) / 2; f.window[m].Position <= after {
			i = m + 1
		} else {
			j = m
		}
	}
	end := min(len(f.window), i+pageRecords)
	return f.window[i:end:end], true
}

// keep puts a page behind the window. A page that does not follow begins a new one, and so does one that would
// make it too large.
func (f *feed) keep(after uint64, page []Record) {
	if len(page) == 0 {
		return
	}
	if after != f.to || len(f.window)+len(page) > windowRecords || f.bytes > windowBytes {
		f.window, f.from, f.bytes = nil, after, 0
	}
	f.window = append(f.window, page...)
	f.to = page[len(page)-1].Position
	for i := range page {
		f.bytes += len(page[i].Data) + len(page[i].Metadata.text)
	}
}

// readPage reads from the store, bounded in records and bytes.
func readPage(ctx context.Context, store Log, after uint64) ([]Record, error) {
	var page []Record
	bytes := 0
	for r, err := range store.ReadAll(ctx, after, pageRecords) {
		if err != nil {
			return nil, err
		}
		page = append(page, r)
		if bytes += len(r.Data); bytes > pageBytes {
			break
		}
	}
	return page, nil
}
