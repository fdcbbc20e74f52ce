package runtime

import (
	"context"
	"sort"
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
	window [][]Record // the events with from < Position <= to, in order; what is there is never written to again
	from   uint64
	to     uint64
	spare  []Record // an empty page, for what follows the window
	count  int
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
		return readPage(ctx, f.store, after, make([]Record, 0, pageRecords))
	}
	defer f.mu.Unlock()
	page, err := readPage(ctx, f.store, after, f.room(after))
	if err == nil {
		f.keep(page)
	}
	return page, err
}

// kept is a part of the window after a position.
func (f *feed) kept(after uint64) ([]Record, bool) {
	if after < f.from || after >= f.to {
		return nil, false
	}
	last := func(page []Record) uint64 { return page[len(page)-1].Position }
	n := sort.Search(len(f.window), func(i int) bool { return last(f.window[i]) > after })
	page := f.window[n]
	i := sort.Search(len(page), func(i int) bool { return page[i].Position > after })
	return page[i:len(page):len(page)], true
}

// room is an empty slice to read into, behind what the last page of the window has: events that come one by one share
// a page. What does not follow the window begins a new one, and so does what would make it too large.
func (f *feed) room(after uint64) []Record {
	if after != f.to || f.count+pageRecords > windowRecords || f.bytes > windowBytes {
		f.window, f.from, f.to, f.count, f.bytes = nil, after, after, 0, 0
	}
	if last := f.unfilled(); last != nil {
		return (*last)[len(*last):]
	}
	if f.spare == nil {
		f.spare = make([]Record, 0, pageRecords)
	}
	return f.spare
}

// unfilled is the last page of the window if there is room behind it, else nil.
func (f *feed) unfilled() *[]Record {
	if n := len(f.window); n > 0 && len(f.window[n-1]) < cap(f.window[n-1]) {
		return &f.window[n-1]
	}
	return nil
}

// keep puts what was read into the room behind the window.
func (f *feed) keep(got []Record) {
	if len(got) == 0 {
		return
	}
	if last := f.unfilled(); last != nil {
		*last = (*last)[:len(*last)+len(got)]
	} else {
		f.window, f.spare = append(f.window, got), nil
	}
	f.to = got[len(got)-1].Position
	f.count += len(got)
	for i := range got {
		f.bytes += len(got[i].Data) + len(got[i].Metadata.text)
	}
}

// readPage reads from the store into the empty slice page: as much as there is room for, but not much more than
// pageBytes.
func readPage(ctx context.Context, store Log, after uint64, page []Record) ([]Record, error) {
	bytes := 0
	for r, err := range store.ReadAll(ctx, after, cap(page)) {
		if err != nil {
			return nil, err
		}
		page = append(page, r)
		if bytes += len(r.Data); bytes > pageBytes || len(page) == cap(page) {
			break
		}
	}
	return page, nil
}
