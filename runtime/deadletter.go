package runtime

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"time"
)

// Dead letters lie in a bucket of the store under domain/handler/aggregate/id/position, escaped so that a
// prefix is exact and the position of fixed width, so that the order of the keys is the order of the log. A letter
// is only a reference and the error: the event is in the log.
//
// Retry, Discard and Replay write a wish into a cell. Whoever runs the subscription carries it out between two
// events, so that the order within an aggregate is kept whichever process asks.

const (
	deadBucket = "dead"
	wishBucket = "wish"
	listLimit  = 500
)

// DeadLetter is an event that a handler could not handle, or that waits behind such a one of its aggregate.
type DeadLetter struct {
	Handler     string
	Aggregate   string // wire name
	AggregateID string
	Position    uint64
	Sequence    uint64
	Key         string // of the event, as stored
	Error       string // of the last try; "" for one that only waits behind another
	Attempts    int    // 0 for one that only waits
	ParkedAt    time.Time
}

type letterCell struct {
	Sequence uint64    `json:"sequence"`
	Key      string    `json:"key"`
	Error    string    `json:"error,omitempty"`
	Attempts int       `json:"attempts,omitempty"`
	ParkedAt time.Time `json:"parked_at"`
}

// The wishes.
const (
	wishRetry   = "retry"
	wishDiscard = "discard"
	wishReplay  = "replay"
)

// place names one aggregate's dead letters, or with an empty aggregate a whole subscription.
type place struct{ aggregate, id string }

func (s *subscription) key(domain string) string {
	return url.PathEscape(domain) + "/" + url.PathEscape(s.name)
}

func placePrefix(key string, p place) string {
	return key + "/" + url.PathEscape(p.aggregate) + "/" + url.PathEscape(p.id) + "/"
}

func letterKey(key string, r *Record) string {
	return placePrefix(key, place{r.Aggregate, r.AggregateID}) + fmt.Sprintf("%016x", r.Position)
}

// list pages through the cells under a prefix.
func list(ctx context.Context, store KV, bucket, prefix string, each func(Entry) error) error {
	after := ""
	for {
		entries, err := store.List(ctx, bucket, prefix, after, listLimit)
		if err != nil {
			return err
		}
		for _, entry := range entries {
			if err := each(entry); err != nil {
				return err
			}
			after = entry.Key
		}
		if len(entries) < listLimit {
			return nil
		}
	}
}

func readLetter(key string, entry Entry) (DeadLetter, error) {
	parts := strings.Split(strings.TrimPrefix(entry.Key, key+"/"), "/")
	var cell letterCell
	if len(parts) != 3 {
		return DeadLetter{}, fmt.Errorf("a dead letter has the strange key %q", entry.Key)
	}
	aggregate, err1 := url.PathUnescape(parts[0])
	id, err2 := url.PathUnescape(parts[1])
	var position uint64
	_, err3 := fmt.Sscanf(parts[2], "%x", &position)
	err4 := json.Unmarshal([]byte(entry.Value), &cell)
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return DeadLetter{}, fmt.Errorf("the dead letter %q cannot be read: %w", entry.Key, err)
	}
	return DeadLetter{
		Aggregate: aggregate, AggregateID: id, Position: position, Sequence: cell.Sequence, Key: cell.Key,
		Error: cell.Error, Attempts: cell.Attempts, ParkedAt: cell.ParkedAt,
	}, nil
}

// putLetter writes a letter. One that is there already, from before a crash, is replaced.
func putLetter(ctx context.Context, store KV, key string, cell letterCell) error {
	text, err := json.Marshal(cell)
	if err != nil {
		return err
	}
	return putOver(ctx, store, deadBucket, key, string(text))
}

// putOver writes a cell whatever it holds.
func putOver(ctx context.Context, store KV, bucket, key, value string) error {
	for {
		have, revision, err := store.Get(ctx, bucket, key)
		if err != nil || revision != 0 && have == value {
			return err
		}
		if _, err = store.Put(ctx, bucket, key, value, revision); err == nil || !moved(err) {
			return err
		}
	}
}

// drop removes a cell if it is there.
func drop(ctx context.Context, store KV, bucket, key string) error {
	for {
		_, revision, err := store.Get(ctx, bucket, key)
		if err != nil || revision == 0 {
			return err
		}
		if err = store.Delete(ctx, bucket, key, revision); err == nil || !moved(err) {
			return err
		}
	}
}

// moved tells that a cell must be looked at again.
func moved(err error) bool { return errors.Is(err, ErrRevision) || errors.Is(err, ErrOutcomeUnknown) }

// DeadLetters are what a handler could not handle, by aggregate, each aggregate's in the order of the log.
func (e *Engine) DeadLetters(ctx context.Context, handler string) ([]DeadLetter, error) {
	s, err := e.subscriptions.named(handler)
	if err != nil {
		return nil, err
	}
	var letters []DeadLetter
	key := s.key(e.domain)
	err = list(ctx, e.store, deadBucket, key+"/", func(entry Entry) error {
		letter, err := readLetter(key, entry)
		letter.Handler = s.name
		letters = append(letters, letter)
		return err
	})
	return letters, err
}

// Retry handles the dead letters of one aggregate again, in order, until one fails or none is left. Where another
// process runs the handler, that process does it soon; else it is done when Retry returns.
func (e *Engine) Retry(ctx context.Context, handler, aggregate, id string) error {
	return e.wish(ctx, handler, place{aggregate, id}, wishRetry)
}

// Discard drops the dead letters of one aggregate; what comes of it later is handled again. When it is done is as
// Retry says.
func (e *Engine) Discard(ctx context.Context, handler, aggregate, id string) error {
	return e.wish(ctx, handler, place{aggregate, id}, wishDiscard)
}

// Replay lets a handler begin again with the first event of the log, and drops its dead letters: their events come
// again as well. The events are handled by the next or the running Run or CatchUp.
func (e *Engine) Replay(ctx context.Context, handler string) error {
	return e.wish(ctx, handler, place{}, wishReplay)
}

// wish writes a wish and sees to it that it is carried out.
func (e *Engine) wish(ctx context.Context, handler string, p place, what string) error {
	s, err := e.subscriptions.named(handler)
	if err != nil {
		return err
	}
	if what != wishReplay && (p.aggregate == "" || p.id == "") {
		return InvalidError{Path: "aggregate", Reason: "a dead letter has an aggregate and an id"}
	}
	if err := putOver(ctx, e.store, wishBucket, wishKey(s.key(e.domain), p), what); err != nil {
		return err
	}
	if w := e.subscriptions.worker(s.name); w != nil {
		return w.carryOut(ctx)
	}
	return e.grant(ctx, s)
}

func wishKey(key string, p place) string {
	if p == (place{}) {
		return key
	}
	return strings.TrimSuffix(placePrefix(key, p), "/")
}

// grant carries out the wishes for a subscription that this process does not run, if nobody else does.
func (e *Engine) grant(ctx context.Context, s *subscription) error {
	w := e.newWorker(ctx, s, e.process(), false)
	defer w.stop()
	if held, err := w.lead(ctx); err != nil || !held {
		return err
	}
	err := w.wishes(ctx)
	return errors.Join(err, w.retire())
}

// wishes carries out what was wished for this subscription.
func (w *worker) wishes(ctx context.Context) error {
	key := w.sub.key(w.engine.domain)
	value, revision, err := w.engine.store.Get(ctx, wishBucket, key)
	if err != nil {
		return err
	}
	if revision != 0 && value == wishReplay {
		if err := w.replay(ctx, key); err != nil {
			return err
		}
	}
	return list(ctx, w.engine.store, wishBucket, key+"/", func(entry Entry) error {
		parts := strings.Split(strings.TrimPrefix(entry.Key, key+"/"), "/")
		if len(parts) != 2 {
			return fmt.Errorf("a wish has the strange key %q", entry.Key)
		}
		aggregate, err1 := url.PathUnescape(parts[0])
		id, err2 := url.PathUnescape(parts[1])
		if err := errors.Join(err1, err2); err != nil {
			return fmt.Errorf("the wish %q cannot be read: %w", entry.Key, err)
		}
		if err := w.letters(ctx, place{aggregate, id}, entry.Value == wishDiscard); err != nil {
			return err
		}
		return drop(ctx, w.engine.store, wishBucket, entry.Key)
	})
}

// replay goes back to the start. The checkpoint goes first: a crash before the wish is dropped repeats it all.
func (w *worker) replay(ctx context.Context, key string) error {
	w.move(0)
	if err := w.lease.save(ctx, 0); err != nil {
		return err
	}
	err := list(ctx, w.engine.store, deadBucket, key+"/", func(entry Entry) error {
		return drop(ctx, w.engine.store, deadBucket, entry.Key)
	})
	clear(w.parked)
	return errors.Join(err, drop(ctx, w.engine.store, wishBucket, key))
}

// letters handles or drops the dead letters of one aggregate. The first that fails again stays, and those behind it.
func (w *worker) letters(ctx context.Context, p place, discard bool) error {
	key := w.sub.key(w.engine.domain)
	stuck := errors.New("stuck")
	err := list(ctx, w.engine.store, deadBucket, placePrefix(key, p), func(entry Entry) error {
		letter, err := readLetter(key, entry)
		if err != nil {
			return err
		}
		if !discard {
			failed, err := w.again(ctx, letter, entry.Key)
			if err != nil {
				return err
			}
			if failed {
				return stuck
			}
		}
		return drop(ctx, w.engine.store, deadBucket, entry.Key)
	})
	if errors.Is(err, stuck) {
		return nil
	}
	if err == nil {
		delete(w.parked, p)
	}
	return err
}

// again delivers the event of a dead letter, through today's upcasts.
func (w *worker) again(ctx context.Context, letter DeadLetter, key string) (failed bool, err error) {
	r, err := w.engine.recordAt(ctx, letter.Position)
	if err != nil {
		return false, err
	}
	failure := w.deliver(ctx, &r)
	if failure == nil {
		return false, nil
	}
	if !failure.final {
		return false, failure
	}
	w.log(slog.LevelError, "a handler fails again with a parked event", &r, failure)
	if !w.patient {
		w.engine.subscriptions.parkedNow(w.sub.name, &r, failure.error)
	}
	return true, putLetter(ctx, w.engine.store, key, letterCell{
		Sequence: letter.Sequence, Key: letter.Key, ParkedAt: letter.ParkedAt,
		Error: failure.Error(), Attempts: letter.Attempts + failure.attempts,
	})
}

func (e *Engine) recordAt(ctx context.Context, position uint64) (Record, error) {
	for r, err := range e.store.ReadAll(ctx, position-1, 1) {
		if err != nil {
			return Record{}, err
		}
		if r.Position == position {
			return r, nil
		}
	}
	return Record{}, fmt.Errorf("the log has no event at position %d", position)
}
