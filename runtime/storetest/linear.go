package storetest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"
	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/stretchr/testify/require"
)

// A history of what several clients did at once is linearizable if there is an order, one operation after
// the other, that explains all answers and agrees with the clock where two did not overlap. Porcupine
// looks for one.

// clients run each a number of operations at once and record them.
func clients(t *testing.T, count, each int, do func(ctx context.Context, r *rand.Rand) (input, output any)) []porcupine.Operation {
	random := seed(t)
	start := time.Now()
	all := make([][]porcupine.Operation, count)
	var wg sync.WaitGroup
	for client := range count {
		own := rand.New(rand.NewPCG(random.Uint64(), random.Uint64()))
		wg.Go(func() {
			for range each {
				call := time.Since(start)
				input, output := do(t.Context(), own)
				all[client] = append(all[client], porcupine.Operation{
					ClientId: client, Input: input, Call: int64(call), Output: output, Return: int64(time.Since(start)),
				})
			}
		})
	}
	wg.Wait()
	var history []porcupine.Operation
	for _, ops := range all {
		history = append(history, ops...)
	}
	return history
}

// requireLinear fails on what no order explains; a check that takes too long is no failure.
func requireLinear(t *testing.T, model porcupine.Model, history []porcupine.Operation) {
	t.Helper()
	requireNoErrors(t, history)
	switch porcupine.CheckOperationsTimeout(model, history, 20*time.Second) {
	case porcupine.Illegal:
		for _, op := range history {
			t.Logf("client %d: %d..%d %+v -> %+v", op.ClientId, op.Call, op.Return, op.Input, op.Output)
		}
		t.Fatal("no order of these operations explains their answers")
	case porcupine.Unknown:
		t.Log("the checker ran out of time: no violation was found")
	}
}

type streamInput struct {
	stream  string
	after   uint64 // of an append
	n       int    // events to append; 0 is a read
	command string
}

type streamOutput struct {
	err       string
	last      uint64 // sequence: where an append stands, what a conflict found, how far a read went
	conflict  bool
	duplicate bool
}

// streamState is the stream's length, and where the one command that the clients use stands.
type streamState struct{ length, commandLast uint64 }

func lawLinearAppends(t *testing.T, o Opened) {
	history := clients(t, many(8, 4), many(60, 30), func(ctx context.Context, r *rand.Rand) (any, any) {
		in := streamInput{stream: pick(r, "a", "b", "c")}
		if r.IntN(3) == 0 {
			return in, readLength(ctx, o.Store, in)
		}
		in.n = 1 + r.IntN(3)
		in.after = readLength(ctx, o.Store, in).last
		if r.IntN(8) == 0 {
			in.command = "c"
		}
		return in, tryAppend(ctx, o.Store, in)
	})
	requireLinear(t, porcupine.Model{
		Partition: partition(func(op porcupine.Operation) string { return op.Input.(streamInput).stream }),
		Init:      func() any { return streamState{} },
		Step: func(state, input, output any) (bool, any) {
			return stepStream(state.(streamState), input.(streamInput), output.(streamOutput))
		},
	}, history)
}

func readLength(ctx context.Context, s runtime.Store, in streamInput) streamOutput {
	out := streamOutput{}
	for r, err := range s.Read(ctx, user(in.stream), runtime.Mark{}) {
		if err != nil {
			return streamOutput{err: err.Error()}
		}
		out.last = r.Sequence
	}
	return out
}

func tryAppend(ctx context.Context, s runtime.Store, in streamInput) streamOutput {
	done, err := s.Append(ctx, named(next(user(in.stream), in.after, in.n), in.command))
	var conflict runtime.ConflictError
	switch {
	case err == nil:
		return streamOutput{last: done.Last.Sequence, duplicate: done.Duplicate}
	case errors.As(err, &conflict):
		return streamOutput{last: conflict.Actual, conflict: true}
	}
	return streamOutput{err: err.Error()}
}

func stepStream(s streamState, in streamInput, out streamOutput) (bool, any) {
	switch {
	case in.n == 0:
		return out == streamOutput{last: s.length}, s
	case in.command != "" && s.commandLast != 0:
		return out == streamOutput{last: s.commandLast, duplicate: true}, s
	case in.after != s.length:
		return out == streamOutput{last: s.length, conflict: true}, s
	}
	s.length += uint64(in.n)
	if in.command != "" {
		s.commandLast = s.length
	}
	return out == streamOutput{last: s.length}, s
}

type cellInput struct {
	op, key, value string
	revision       uint64
}

type cellOutput struct {
	err      string
	value    string
	revision uint64
	refused  bool
}

type cellState struct {
	value             string
	revision, highest uint64
}

func lawLinearCells(t *testing.T, o Opened) {
	history := clients(t, many(8, 4), many(60, 30), func(ctx context.Context, r *rand.Rand) (any, any) {
		in := cellInput{op: pick(r, "get", "put", "put", "delete"), key: pick(r, "a", "b", "c")}
		if in.op == "get" {
			return in, cell(ctx, o.Store, in)
		}
		in.revision = cell(ctx, o.Store, cellInput{op: "get", key: in.key}).revision
		in.value = fmt.Sprint(r.Uint64())
		return in, cell(ctx, o.Store, in)
	})
	requireLinear(t, porcupine.Model{
		Partition: partition(func(op porcupine.Operation) string { return op.Input.(cellInput).key }),
		Init:      func() any { return cellState{} },
		Step: func(state, input, output any) (bool, any) {
			return stepCell(state.(cellState), input.(cellInput), output.(cellOutput))
		},
	}, history)
}

func cell(ctx context.Context, s runtime.Store, in cellInput) (out cellOutput) {
	var err error
	switch in.op {
	case "get":
		out.value, out.revision, err = s.Get(ctx, "lease", in.key)
	case "put":
		out.revision, err = s.Put(ctx, "lease", in.key, in.value, in.revision)
	case "delete":
		err = s.Delete(ctx, "lease", in.key, in.revision)
	}
	if isRevision(err) {
		return cellOutput{refused: true}
	}
	if err != nil {
		return cellOutput{err: err.Error()}
	}
	return out
}

func stepCell(s cellState, in cellInput, out cellOutput) (bool, any) {
	switch {
	case in.op == "get":
		return out == cellOutput{value: s.value, revision: s.revision}, s
	case in.revision != s.revision:
		return out == cellOutput{refused: true}, s
	case in.op == "delete":
		return out == cellOutput{}, cellState{highest: s.highest}
	}
	ok := out == cellOutput{revision: out.revision} && out.revision > s.highest
	return ok, cellState{value: in.value, revision: out.revision, highest: out.revision}
}

// partition splits a history into those of what is independent, which makes the search short.
func partition(by func(porcupine.Operation) string) func([]porcupine.Operation) [][]porcupine.Operation {
	return func(history []porcupine.Operation) [][]porcupine.Operation {
		parts := map[string][]porcupine.Operation{}
		for _, op := range history {
			parts[by(op)] = append(parts[by(op)], op)
		}
		var all [][]porcupine.Operation
		for _, part := range parts {
			all = append(all, part)
		}
		return all
	}
}

// requireNoErrors is for what porcupine would only call unexplained.
func requireNoErrors(t *testing.T, history []porcupine.Operation) {
	t.Helper()
	for _, op := range history {
		switch out := op.Output.(type) {
		case streamOutput:
			require.Empty(t, out.err)
		case cellOutput:
			require.Empty(t, out.err)
		}
	}
}
