package runtime

import "context"

// HandlerStatus tells how a handler stands.
type HandlerStatus struct {
	Handler  string
	Position uint64 // its checkpoint: all events up to here are done with
	Head     uint64 // the end of the log
	Lag      uint64 // Head - Position: how many events of the log are before it, wanted or not
	Parked   int    // dead letters
	Owner    string // the process that runs it; "" when none does
}

// Status tells how each handler of this domain stands, in the order of registration, whichever process runs it.
func (e *Engine) Status(ctx context.Context) ([]HandlerStatus, error) {
	head, err := e.store.Head(ctx)
	if err != nil {
		return nil, err
	}
	e.subscriptions.mu.Lock()
	subs := e.subscriptions.list
	e.subscriptions.mu.Unlock()
	var all []HandlerStatus
	for _, s := range subs {
		one := HandlerStatus{Handler: s.name, Head: head}
		cell, _, err := readLease(ctx, e.store, s.key(e.domain))
		if err != nil {
			return nil, err
		}
		one.Position, one.Owner = cell.After, cell.Owner
		if w := e.subscriptions.worker(s.name); w != nil && w.lease.leading() {
			w.mu.Lock()
			one.Position = max(one.Position, w.passed)
			w.mu.Unlock()
		}
		one.Lag = head - min(head, one.Position)
		err = list(ctx, e.store, deadBucket, s.key(e.domain)+"/", func(Entry) error { one.Parked++; return nil })
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}
