package sqlite_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/fluvius-io/fluvius-go/runtime/sqlite"
	"github.com/stretchr/testify/require"
)

// The test binary is also the other process: with FLUV_CHILD set it does what that says to the file
// FLUV_CHILD_FILE, and prints a line for each append that was acknowledged.
func TestMain(m *testing.M) {
	if role := os.Getenv("FLUV_CHILD"); role != "" {
		os.Exit(child(role, os.Getenv("FLUV_CHILD_FILE"), os.Getenv("FLUV_CHILD_NAME")))
	}
	os.Exit(m.Run())
}

func child(role, file, name string) int {
	s, err := sqlite.Open(context.Background(), file)
	if err == nil {
		switch role {
		case "write":
			writeForEver(s, name)
		case "contend":
			err = errors.Join(contend(s, name), s.Close())
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// start runs a child; its acknowledgements come on the reader.
func start(t *testing.T, role, file, name string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "FLUV_CHILD="+role, "FLUV_CHILD_FILE="+file, "FLUV_CHILD_NAME="+name)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	return cmd, bufio.NewScanner(io.Reader(out))
}

// acks prints whole lines from several goroutines.
var acks sync.Mutex

func acknowledge(format string, args ...any) {
	acks.Lock()
	defer acks.Unlock()
	fmt.Fprintf(os.Stdout, format+"\n", args...)
}

const crashWriters = 8

// writeForEver appends 1 to 5 events at a time in streams of its own until it is killed.
func writeForEver(s *sqlite.Store, name string) {
	var wg sync.WaitGroup
	for g := range crashWriters {
		wg.Go(func() {
			id, after := fmt.Sprintf("%s-%d", name, g), uint64(0)
			for {
				n := 1 + rand.IntN(5)
				command := fmt.Sprintf("%s-%d-%d", id, after, n)
				recs := records(user(id), after, n)
				for i := range recs {
					recs[i].Data = fmt.Sprintf(`{"command":%q,"of":%d}`, command, n)
				}
				_, err := s.Append(context.Background(), runtime.Append{
					Stream: user(id), After: runtime.Mark{Sequence: after}, CommandID: command, Records: recs,
				})
				if err != nil {
					fmt.Fprintln(os.Stderr, err)
					return
				}
				acknowledge("%s %s %d %d", id, command, after+1, n)
				after += uint64(n)
			}
		})
	}
	wg.Wait()
}

// A writer is killed in the middle of its work, again and again, on one file. (That the power fails is not tested: a killed process
// leaves what it wrote with the operating system.)
func TestLaw1CrashLosesNothingAcknowledgedAndTearsNothing(t *testing.T) {
	times := 50
	if testing.Short() {
		times = 5
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	path := t.TempDir() + "/shop.db"
	acknowledged, stored := 0, 0
	for i := range times {
		lines := killOne(t, path, fmt.Sprint("run", i), 1+random.IntN(300))
		acknowledged += len(lines)
		stored += requireWhole(t, path, fmt.Sprint("run", i), lines)
	}
	t.Logf("%d kills: %d appends acknowledged, %d stored, 0 lost, 0 torn", times, acknowledged, stored)
	requireSound(t, path)
}

// killOne starts a writer, kills it when it has acknowledged so many appends, and returns all that it did.
func killOne(t *testing.T, path, name string, after int) (lines []string) {
	cmd, out := start(t, "write", path, name)
	for out.Scan() {
		if lines = append(lines, out.Text()); len(lines) == after {
			require.NoError(t, cmd.Process.Kill()) // SIGKILL
		}
	}
	require.GreaterOrEqual(t, len(lines), after, "the writer ended by itself")
	cmd.Wait()
	return lines
}

// requireWhole checks that what was acknowledged is there, and that of every append in the file all events are.
func requireWhole(t *testing.T, path, name string, lines []string) (appends int) {
	s := open(t, path)
	defer s.Close()
	for i, line := range lines {
		var id, command string
		var first, n uint64
		_, err := fmt.Sscanf(line, "%s %s %d %d", &id, &command, &first, &n)
		if err != nil && i == len(lines)-1 {
			break // cut by the kill
		}
		require.NoError(t, err, line)
		done, ok, err := s.Lookup(t.Context(), user(id), command)
		require.NoError(t, err)
		require.True(t, ok, "acknowledged and lost: %s", line)
		require.Equal(t, first, done.First)
		require.Equal(t, first+n-1, done.Last.Sequence)
	}
	for g := range crashWriters {
		appends += requireWholeStream(t, s, fmt.Sprintf("%s-%d", name, g))
	}
	return appends
}

func requireWholeStream(t *testing.T, s *sqlite.Store, id string) (appends int) {
	counts, sizes := map[string]int{}, map[string]int{}
	sequence := uint64(0)
	for r, err := range s.Read(t.Context(), user(id), runtime.Mark{}) {
		require.NoError(t, err)
		sequence++
		require.Equal(t, sequence, r.Sequence)
		command, of, ok := strings.Cut(strings.Trim(r.Data, "{}"), ",")
		require.True(t, ok)
		size, err := strconv.Atoi(strings.TrimPrefix(of, `"of":`))
		require.NoError(t, err)
		counts[command]++
		sizes[command] = size
	}
	require.Equal(t, sizes, counts, "a torn append")
	return len(counts)
}

// contend appends to streams that another process appends to as well, and counts up a cell.
func contend(s *sqlite.Store, name string) error {
	ctx := context.Background()
	var wg sync.WaitGroup
	failures := make([]error, 4)
	for g := range failures {
		wg.Go(func() { failures[g] = contendOne(ctx, s, fmt.Sprint("shared-", g%2), 30) })
	}
	wg.Wait()
	return errors.Join(failures...)
}

func contendOne(ctx context.Context, s *sqlite.Store, id string, times int) error {
	for done := 0; done < times; {
		after := uint64(0)
		for r, err := range s.Read(ctx, user(id), runtime.Mark{}) {
			if err != nil {
				return err
			}
			after = r.Sequence
		}
		_, err := s.Append(ctx, runtime.Append{Stream: user(id), After: runtime.Mark{Sequence: after}, Records: records(user(id), after, 2)})
		switch {
		case err == nil:
			done++
			acknowledge("%s %d", id, after)
		case !errors.Is(err, runtime.ErrConflict):
			return err
		}
		if err := count(ctx, s, err == nil); err != nil {
			return err
		}
	}
	return nil
}

func count(ctx context.Context, s *sqlite.Store, up bool) error {
	for up {
		value, revision, err := s.Get(ctx, "lease", "count")
		if err != nil {
			return err
		}
		n, _ := strconv.Atoi(value)
		_, err = s.Put(ctx, "lease", "count", strconv.Itoa(n+1), revision)
		if err == nil || !errors.Is(err, runtime.ErrRevision) {
			return err
		}
	}
	return nil
}

func TestSeveralProcessesShareOneFile(t *testing.T) {
	path := t.TempDir() + "/shop.db"
	const processes = 3
	var cmds []*exec.Cmd
	var outs []*bufio.Scanner
	for i := range processes { // they make the file at the same time too
		cmd, out := start(t, "contend", path, fmt.Sprint("p", i))
		cmds, outs = append(cmds, cmd), append(outs, out)
	}
	acknowledged := 0
	for i, out := range outs {
		for out.Scan() {
			acknowledged++
		}
		require.NoError(t, cmds[i].Wait())
	}
	require.Equal(t, processes*4*30, acknowledged)
	s := open(t, path)
	got := all(t, s)
	require.Len(t, got, 2*acknowledged)
	for i, r := range got {
		require.Equal(t, uint64(i+1), r.Position)
	}
	for _, id := range []string{"shared-0", "shared-1"} {
		n := uint64(0)
		for r, err := range s.Read(t.Context(), user(id), runtime.Mark{}) {
			require.NoError(t, err)
			n++
			require.Equal(t, n, r.Sequence)
		}
	}
	value, _, err := s.Get(t.Context(), "lease", "count")
	require.NoError(t, err)
	require.Equal(t, strconv.Itoa(acknowledged), value)
	requireSound(t, path)
}
