package storetest_test

import (
	"context"
	"iter"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/fluvius-io/fluvius-go/runtime/memory"
	"github.com/fluvius-io/fluvius-go/runtime/storetest"
	"github.com/stretchr/testify/require"
)

// broken is a store that keeps the contract but for one sentence. The harness must find it out, and say which.
type broken struct {
	runtime.Store
	append func(s runtime.Store, ctx context.Context, a runtime.Append) (runtime.Appended, error)
	read   func(runtime.Record) runtime.Record
	all    func(s runtime.Store, ctx context.Context, after uint64, limit int) iter.Seq2[runtime.Record, error]
	put    func(s runtime.Store, ctx context.Context, bucket, key, value string, revision uint64) (uint64, error)
	list   func(s runtime.Store, ctx context.Context, bucket, prefix, after string, limit int) ([]runtime.Entry, error)
}

func (b broken) Append(ctx context.Context, a runtime.Append) (runtime.Appended, error) {
	if b.append != nil {
		return b.append(b.Store, ctx, a)
	}
	return b.Store.Append(ctx, a)
}

func (b broken) Read(ctx context.Context, s runtime.Stream, after runtime.Mark) iter.Seq2[runtime.Record, error] {
	if b.read == nil {
		return b.Store.Read(ctx, s, after)
	}
	return func(yield func(runtime.Record, error) bool) {
		for r, err := range b.Store.Read(ctx, s, after) {
			if !yield(b.read(r), err) {
				return
			}
		}
	}
}

func (b broken) ReadAll(ctx context.Context, after uint64, limit int) iter.Seq2[runtime.Record, error] {
	if b.all != nil {
		return b.all(b.Store, ctx, after, limit)
	}
	return b.Store.ReadAll(ctx, after, limit)
}

func (b broken) Put(ctx context.Context, bucket, key, value string, revision uint64) (uint64, error) {
	if b.put != nil {
		return b.put(b.Store, ctx, bucket, key, value, revision)
	}
	return b.Store.Put(ctx, bucket, key, value, revision)
}

func (b broken) List(ctx context.Context, bucket, prefix, after string, limit int) ([]runtime.Entry, error) {
	if b.list != nil {
		return b.list(b.Store, ctx, bucket, prefix, after, limit)
	}
	return b.Store.List(ctx, bucket, prefix, after, limit)
}

// moved appends after wherever the stream stands.
func moved(s runtime.Store, ctx context.Context, a runtime.Append) (runtime.Appended, error) {
	a.After = runtime.Mark{}
	for r := range s.Read(ctx, a.Stream, a.After) {
		a.After.Sequence = r.Sequence
	}
	records := make([]runtime.Record, len(a.Records))
	for i, r := range a.Records {
		r.Sequence = a.After.Sequence + uint64(i) + 1
		records[i] = r
	}
	a.Records = records
	return s.Append(ctx, a)
}

var breakages = []struct {
	name, finds string
	store       broken
}{
	{"a stale append is moved to the end", "law 3", broken{append: moved}},
	{"command ids are forgotten", "law 6", broken{append: func(s runtime.Store, ctx context.Context, a runtime.Append) (runtime.Appended, error) {
		a.CommandID = ""
		return s.Append(ctx, a)
	}}},
	{"the sequence is looked at before the command id", "a duplicate id is looked at before the sequence",
		broken{append: func(s runtime.Store, ctx context.Context, a runtime.Append) (runtime.Appended, error) {
			n := uint64(0)
			for r := range s.Read(ctx, a.Stream, runtime.Mark{}) {
				n = r.Sequence
			}
			if n != a.After.Sequence && a.After.Sequence > 0 {
				return runtime.Appended{}, runtime.ConflictError{Stream: a.Stream, Expected: a.After.Sequence, Actual: n}
			}
			return s.Append(ctx, a)
		}}},
	{"only the first event is stored", "law 1", broken{append: func(s runtime.Store, ctx context.Context, a runtime.Append) (runtime.Appended, error) {
		a.Records = a.Records[:min(1, len(a.Records))]
		return s.Append(ctx, a)
	}}},
	{"contexts are ignored", "law 10", broken{append: func(s runtime.Store, ctx context.Context, a runtime.Append) (runtime.Appended, error) {
		return s.Append(context.WithoutCancel(ctx), a)
	}}},
	{"JSON is made compact", "law 8", broken{read: func(r runtime.Record) runtime.Record {
		r.Data = strings.ReplaceAll(r.Data, " ", "")
		return r
	}}},
	{"times are rounded to microseconds", "law 11", broken{read: func(r runtime.Record) runtime.Record {
		r.Timestamp = r.Timestamp.Round(time.Microsecond)
		return r
	}}},
	{"times come back as local ones", "law 11", broken{read: func(r runtime.Record) runtime.Record {
		r.Timestamp = r.Timestamp.In(time.FixedZone("here", 3600))
		return r
	}}},
	{"a limit is ignored", "readall", broken{all: func(s runtime.Store, ctx context.Context, after uint64, limit int) iter.Seq2[runtime.Record, error] {
		return s.ReadAll(ctx, after, max(limit, 1000))
	}}},
	{"an error looks like the end", "law 12", broken{all: func(s runtime.Store, ctx context.Context, after uint64, limit int) iter.Seq2[runtime.Record, error] {
		return func(yield func(runtime.Record, error) bool) {
			for r, err := range s.ReadAll(ctx, after, limit) {
				if err != nil || !yield(r, nil) {
					return
				}
			}
		}
	}}},
	{"an event is skipped", "law 13", broken{all: func(s runtime.Store, ctx context.Context, after uint64, limit int) iter.Seq2[runtime.Record, error] {
		return func(yield func(runtime.Record, error) bool) {
			for r, err := range s.ReadAll(ctx, after, limit) {
				if err == nil && r.Position%17 == 0 {
					continue
				}
				if !yield(r, err) {
					return
				}
			}
		}
	}}},
	{"any revision is right", "put", broken{put: func(s runtime.Store, ctx context.Context, bucket, key, value string, revision uint64) (uint64, error) {
		_, current, err := s.Get(ctx, bucket, key)
		if err != nil {
			return 0, err
		}
		return s.Put(ctx, bucket, key, value, current)
	}}},
	{"a prefix is a pattern", "list", broken{list: func(s runtime.Store, ctx context.Context, bucket, prefix, after string, limit int) ([]runtime.Entry, error) {
		return s.List(ctx, bucket, strings.ReplaceAll(prefix, "%", ""), after, limit)
	}}},
}

// TestAStore is run by the test below, in a process of its own, where it has to fail.
func TestAStore(t *testing.T) {
	for _, b := range breakages {
		if b.name == os.Getenv("FLUV_BROKEN") {
			storetest.Run(t, func(t *testing.T) storetest.Opened {
				b.store.Store = memory.New()
				return storetest.Opened{Store: b.store}
			})
			return
		}
	}
	t.Skip("only for TestTheHarnessFindsABrokenStore")
}

func TestTheHarnessFindsABrokenStore(t *testing.T) {
	for _, b := range breakages {
		t.Run(b.name, func(t *testing.T) {
			t.Parallel()
			cmd := exec.Command(os.Args[0], "-test.run=^TestAStore$", "-test.short", "-test.timeout=60s")
			cmd.Env = append(os.Environ(), "FLUV_BROKEN="+b.name)
			out, err := cmd.CombinedOutput()
			require.Error(t, err, "a store was taken for right in which %s", b.name)
			require.Regexp(t, `--- FAIL: TestAStore/[^\n]*`+strings.ReplaceAll(b.finds, " ", "_"), string(out))
			require.Contains(t, string(out), b.finds, "the sentence that was broken")
		})
	}
}
