package runtime

import (
	"reflect"
	goruntime "runtime"
	"sync/atomic"
)

// A decision by hand must not issue a command. Under the context that it was given that is found out by the context. Under
// another one (context.Background) a command on its own aggregate would wait for the turn that the decision itself holds,
// for ever. So who has to wait for a turn looks whether a decision by hand lies below it on its own stack; that costs
// nothing as long as no decision by hand runs. (An owner of the turn in the context would not be there under another
// context; Go has no names for goroutines; a time limit would break what only takes long.) What a decision has another
// goroutine do, and waits for, is not seen.

// byHandNow counts the decisions by hand that run, in all domains.
var byHandNow atomic.Int32

// byHand runs a decision by hand. It is not inlined, so that decidingHere finds it.
//
//go:noinline
func byHand(decide func()) {
	byHandNow.Add(1)
	defer byHandNow.Add(-1)
	decide()
}

var byHandName = goruntime.FuncForPC(reflect.ValueOf(byHand).Pointer()).Name()

// decidingHere says whether a decision by hand is what calls, on this goroutine.
func decidingHere() bool {
	if byHandNow.Load() == 0 {
		return false
	}
	callers := make([]uintptr, 64)
	for skip := 2; ; skip += len(callers) {
		n := goruntime.Callers(skip, callers)
		if hasFrame(callers[:n], byHandName) {
			return true
		}
		if n < len(callers) {
			return false
		}
	}
}

func hasFrame(callers []uintptr, function string) bool {
	frames := goruntime.CallersFrames(callers)
	for {
		frame, more := frames.Next()
		if frame.Function == function {
			return true
		}
		if !more {
			return false
		}
	}
}
