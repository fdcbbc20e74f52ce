// Package storetest is the contract of runtime.Store as tests: whoever writes a store runs it against them.
//
//	func TestStore(t *testing.T) {
//		storetest.Run(t, func(t *testing.T) storetest.Opened {
//			s := mystore.Open(t.TempDir())
//			t.Cleanup(func() { s.Close() })
//			return storetest.Opened{Store: s}
//		})
//	}
//
// Each subtest is one sentence of the contract, which it prints, so that a failure says what was promised.
package storetest

import (
	"context"
	"testing"

	"github.com/fluvius-io/fluvius-go/runtime"
)

// Opened is an empty store, and what can be done with it besides what is in the interface. What a store
// does not have is nil; its cases are skipped, and say so. Whoever opens closes, with t.Cleanup.
type Opened struct {
	Store runtime.Store

	// Reopen closes the store and opens what it has kept.
	Reopen func(t *testing.T) runtime.Store

	// Beside opens the same log a second time, as another process would: nothing that the first one
	// notices in memory may reach it.
	Beside func(t *testing.T) runtime.Store

	// Tamper tries to change the log underneath the API. It returns a name for each way to update, delete or
	// replace the event at the position, and the error with which that was refused; no error is a failure.
	Tamper func(t *testing.T, position uint64) map[string]error
}

// Open makes an empty store for one case.
type Open func(t *testing.T) Opened

// sentence is one promise and its test.
type sentence struct {
	name string // "law 7", "append", …
	text string
	test func(t *testing.T, o Opened)
}

// Run tests the whole contract. With -short the random histories are fewer.
func Run(t *testing.T, open Open) {
	for _, group := range [][]sentence{appendLaws, lookupLaws, readLaws, readAllLaws, waitLaws, cellLaws, keptLaws, historyLaws} {
		for _, s := range group {
			t.Run(s.name+": "+s.text, func(t *testing.T) {
				t.Logf("%s: %s", s.name, s.text)
				s.test(t, open(t))
			})
		}
	}
}

// background is the context of a case: it ends with it, so that nothing hangs on after a failure.
func background(t *testing.T) context.Context { return t.Context() }

// cancelled is a context that has ended.
func cancelled(t *testing.T) context.Context {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx
}
