package runtime

import (
	"context"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"time"
)

// snapshotBucket is where snapshots are, under domain/aggregate/id. Only the id may have a slash, so that
// the key is exact.
const snapshotBucket = "snapshot"

// note is what is known of the snapshot in the store: the sequence of one that is valid here, 0 for none,
// and the cell's revision.
type note struct{ sequence, revision uint64 }

// fromSnapshot begins at the snapshot if it is valid here and not past the end; else at start. What is wrong
// with a snapshot is never an error: the events tell the same.
func (h history[S, E]) fromSnapshot(ctx context.Context, id string, start loaded[S], end readRange) (loaded[S], error) {
	text, revision, err := h.engine.store.Get(ctx, snapshotBucket, h.stream(id).key())
	if err != nil {
		return start, fmt.Errorf("snapshot of %s %q: %w", h.about.Name, id, err)
	}
	start.kept.revision = revision
	if text == "" {
		return start, nil
	}
	l := start
	if err := h.parseSnapshot(text, &l); err != nil {
		h.engine.config.logger.LogAttrs(ctx, slog.LevelWarn, "snapshot cannot be read and is passed over",
			slog.String("aggregate", h.about.Name), slog.String("id", id), slog.Any("error", err))
		return start, nil
	}
	if l.mark.Sequence == 0 || end.ends(&Header{Sequence: l.mark.Sequence, Timestamp: l.last}) {
		return start, nil
	}
	l.kept.sequence = l.mark.Sequence
	return l, nil
}

// parseSnapshot leaves the mark at zero if the snapshot was made by other folds or of another shape.
func (h history[S, E]) parseSnapshot(text string, l *loaded[S]) (err error) {
	defer catch(&err)
	head, state, _ := strings.Cut(text, "\n")
	fields := strings.Split(head, " ")
	if len(fields) != 5 || fields[0] != snapshotFormat || fields[1] != h.about.Snapshot.fingerprint() {
		return nil
	}
	mark, last, err := parseMark(fields[2], fields[3], fields[4])
	if err != nil {
		return err
	}
	s := l.state
	if err := h.about.Snapshot.Read(state, &s); err != nil {
		return err
	}
	*h.about.Sequence(&s) = mark.Sequence
	if h.about.Derive != nil {
		if err := h.about.Derive(&s); err != nil {
			return err
		}
	}
	l.state, l.mark, l.last = s, mark, last
	return nil
}

// snapshotFormat begins a snapshot's first line: format, fingerprint, sequence, position, timestamp. The
// state is all that follows. One of another format is passed over like one of another fingerprint.
const snapshotFormat = "1"

func (s *Snapshot[S]) fingerprint() string { return strings.ReplaceAll(s.Fingerprint, " ", "_") }

func parseMark(sequence, position, last string) (Mark, time.Time, error) {
	n, err := strconv.ParseUint(sequence, 10, 64)
	if err != nil {
		return Mark{}, time.Time{}, err
	}
	p, err := strconv.ParseUint(position, 10, 64)
	if err != nil {
		return Mark{}, time.Time{}, err
	}
	t, err := time.Parse(time.RFC3339Nano, last)
	return Mark{Sequence: n, Position: p}, t.UTC(), err
}

// snapshot keeps the state if it is time to, best effort: the events have been stored, and a state that is
// not kept costs a longer read. It says in l what is kept; so l must not be shared yet.
func (h history[S, E]) snapshot(ctx context.Context, id string, l *loaded[S]) {
	s := h.about.Snapshot
	if s == nil || s.Every == 0 || l.mark.Sequence < l.kept.sequence+s.Every {
		return
	}
	if err := h.writeSnapshot(context.WithoutCancel(ctx), id, l); err != nil {
		h.engine.config.logger.LogAttrs(ctx, slog.LevelDebug, "snapshot not written",
			slog.String("aggregate", h.about.Name), slog.String("id", id), slog.Any("error", err))
	}
}

func (h history[S, E]) writeSnapshot(ctx context.Context, id string, l *loaded[S]) (err error) {
	defer catch(&err)
	text := fmt.Appendf(nil, "%s %s %d %d %s\n", snapshotFormat, h.about.Snapshot.fingerprint(),
		l.mark.Sequence, l.mark.Position, l.last.Format(time.RFC3339Nano))
	text = h.about.Snapshot.Append(text, &l.state)
	key := h.stream(id).key()
	revision, err := h.engine.store.Put(ctx, snapshotBucket, key, string(text), l.kept.revision)
	if err != nil {
		// Another process has written one: it is looked at when the aggregate is next read from the start.
		_, l.kept.revision, _ = h.engine.store.Get(ctx, snapshotBucket, key)
		l.kept.sequence = l.mark.Sequence
		return err
	}
	l.kept = note{sequence: l.mark.Sequence, revision: revision}
	return nil
}

// key is the stream as the key of a cell.
func (s Stream) key() string { return s.Domain + "/" + s.Aggregate + "/" + s.ID }
