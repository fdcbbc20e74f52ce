package runtime

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"
)

// A lease is one cell for a subscription: {after, owner, beat}. Every checkpoint and every heart-beat is a Put at the
// revision last seen, so the revision is the fencing token: a process that slept gets ErrRevision and stops. A
// contender takes over when it has seen one revision unmoved for the lease time on its own monotonic clock; no
// clocks are compared. The lease time is the owner's, and stands in the cell, so that processes may differ in theirs.
// (That the owner's process is gone could be seen sooner on one machine, by its number: but not across containers, which
// may share a host's name and not its processes. The scheme is that of Chubby's sequencers, Burrows 2006, with the store as the lock.)

const (
	leaseBucket = "lease"
	leaseTime   = 6 * time.Second // unless WithLeaseTime says otherwise
	leastLease  = 500 * time.Millisecond
)

// errLost says that another process has taken the subscription over.
var errLost = errors.New("another process has taken the subscription over")

// leaseCell is what the cell holds.
type leaseCell struct {
	After uint64 `json:"after"`
	Owner string `json:"owner,omitempty"` // "" when nobody runs it
	Beat  uint64 `json:"beat"`            // so that two beats never have the same bytes
	Lease string `json:"lease,omitempty"` // how long the owner may be silent, where it is not leaseTime
}

// silence is how long the owner may be silent.
func (c leaseCell) silence() time.Duration {
	if d, err := time.ParseDuration(c.Lease); err == nil && d > 0 {
		return d
	}
	return leaseTime
}

// lease is one subscription's cell as its owner, or a contender, sees it. It is safe for concurrent use.
type lease struct {
	store Store
	key   string
	owner string
	time  time.Duration // how long this process may be silent while it holds the lease

	mu       sync.Mutex
	held     bool
	revision uint64
	cell     leaseCell
	seen     time.Time // when a contender first saw this revision
	wrote    time.Time // when the owner last wrote
}

// acquire takes the lease if nobody holds it, or its holder has been silent for the lease time. start gives the
// position at which a new subscription begins.
func (l *lease) acquire(ctx context.Context, start func(context.Context) (uint64, error)) (bool, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	cell, revision, err := readLease(ctx, l.store, l.key)
	if err != nil {
		return false, err
	}
	if revision == 0 {
		if cell.After, err = start(ctx); err != nil {
			return false, err
		}
	}
	if cell.Owner != "" && cell.Owner != l.owner {
		if revision != l.revision || l.seen.IsZero() {
			l.revision, l.cell, l.seen = revision, cell, time.Now()
			return false, nil
		}
		if time.Since(l.seen) < cell.silence() {
			return false, nil
		}
	}
	cell.Owner, cell.Lease = l.owner, ""
	if l.time != leaseTime {
		cell.Lease = l.time.String()
	}
	err = l.put(ctx, cell, revision)
	l.held = err == nil
	if errors.Is(err, errLost) {
		l.seen = time.Time{} // another contender was faster
		return false, nil
	}
	return l.held, err
}

// beat is how often a holder writes, and a contender looks.
func (l *lease) beat() time.Duration { return l.time / 3 }

// save is a checkpoint, and a heart-beat.
func (l *lease) save(ctx context.Context, after uint64) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.held {
		return errLost
	}
	cell := l.cell
	cell.After = after
	return l.put(ctx, cell, l.revision)
}

// renew makes sure that the lease is still held: after a silence as long as the lease time another process may
// have taken it, and only a write can tell.
func (l *lease) renew(ctx context.Context, after uint64) error {
	l.mu.Lock()
	fresh := l.held && time.Since(l.wrote) < l.time
	l.mu.Unlock()
	if fresh {
		return nil
	}
	return l.save(ctx, after)
}

// release is the last checkpoint: nobody owns the subscription afterwards.
func (l *lease) release(ctx context.Context, after uint64) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.held {
		return nil
	}
	cell := l.cell
	cell.After, cell.Owner = after, ""
	err := l.put(ctx, cell, l.revision)
	l.held, l.seen = false, time.Time{}
	return err
}

// put writes the cell at a revision. After an unknown outcome the cell itself tells.
func (l *lease) put(ctx context.Context, cell leaseCell, at uint64) error {
	cell.Beat++
	text, err := json.Marshal(cell)
	if err != nil {
		return err
	}
	revision, err := l.store.Put(ctx, leaseBucket, l.key, string(text), at)
	if errors.Is(err, ErrOutcomeUnknown) {
		var value string
		value, revision, err = l.store.Get(ctx, leaseBucket, l.key)
		if err == nil && value != string(text) {
			if revision == at {
				return fmt.Errorf("the checkpoint of %s was not written", l.key)
			}
			err = ErrRevision
		}
	}
	if errors.Is(err, ErrRevision) {
		l.held = false
		return errLost
	}
	if err == nil {
		l.cell, l.revision, l.wrote = cell, revision, time.Now()
	}
	return err
}

func readLease(ctx context.Context, store KV, key string) (cell leaseCell, revision uint64, err error) {
	value, revision, err := store.Get(ctx, leaseBucket, key)
	if err != nil || revision == 0 {
		return leaseCell{}, revision, err
	}
	if err := json.Unmarshal([]byte(value), &cell); err != nil {
		return leaseCell{}, 0, fmt.Errorf("the checkpoint of %s cannot be read: %w", key, err)
	}
	return cell, revision, nil
}

// leading tells whether this process holds the lease, as far as it knows.
func (l *lease) leading() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.held
}

// process names this engine in its leases: for people the host and the process, for the lease a random end.
func (e *Engine) process() string {
	e.subscriptions.mu.Lock()
	defer e.subscriptions.mu.Unlock()
	if e.subscriptions.process == "" {
		host, err := os.Hostname()
		if err != nil {
			host = "unknown"
		}
		e.subscriptions.process = fmt.Sprintf("%s/%d/%s", host, os.Getpid(), RandomID())
	}
	return e.subscriptions.process
}
