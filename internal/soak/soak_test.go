package soak

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/fluvius-io/fluvius-go/runtime/sqlite"
)

// TestKilledAgainAndAgain runs for FLUV_SOAK, or without it for two kills.
func TestKilledAgainAndAgain(t *testing.T) {
	if testing.Short() {
		t.Skip("a successor waits for the lease of the killed: seconds")
	}
	var length time.Duration
	if text := os.Getenv("FLUV_SOAK"); text != "" {
		var err error
		length, err = time.ParseDuration(text)
		require.NoError(t, err)
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	s := &soak{path: filepath.Join(t.TempDir(), "shop.db"), long: length > 0, rnd: rand.New(rand.NewPCG(seed, 0)), notes: newNotes()}
	rounds := 0
	for end := time.Now().Add(length); rounds < 2 || time.Now().Before(end); rounds++ {
		s.round(t, rounds, false)
	}
	s.round(t, rounds, true)
	s.check(t)
	t.Logf("%d kills, %d commands done, %d refused, %d events, %d seen by handlers of which %d again",
		rounds, len(s.notes.done), len(s.notes.refused), s.events, s.notes.saw, s.notes.again)
}

type soak struct {
	path   string
	long   bool // whether there is time to wait for leases
	rnd    *rand.Rand
	notes  *notes
	events int
}

// round runs the child until it is killed, or, draining, has ended by itself. Half of the rounds are too short for a
// handler to begin, as it waits for the lease of who was killed (but in the first, when there is none); if the soak is
// long, the others are not.
func (s *soak) round(t *testing.T, n int, drain bool) {
	program, err := os.Executable()
	require.NoError(t, err)
	child := exec.Command(program)
	child.Env = append(os.Environ(), childVar+"="+s.path, roundVar+"="+strconv.Itoa(n))
	child.Stdin = strings.NewReader(s.notes.open())
	var complaints strings.Builder
	child.Stderr = &complaints
	if drain {
		child.Env = append(child.Env, drainVar+"=1")
	}
	out, err := child.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, child.Start())
	life := time.Duration(100+s.rnd.IntN(1900)) * time.Millisecond
	if s.long && n%2 == 1 {
		life = time.Duration(7000+s.rnd.IntN(7000)) * time.Millisecond
	}
	if !drain {
		kill := time.AfterFunc(life, func() { _ = child.Process.Kill() })
		defer kill.Stop()
	}
	require.NoError(t, s.notes.listen(out))
	err = child.Wait()
	if drain {
		require.NoError(t, err, complaints.String())
	} else {
		require.Equal(t, -1, child.ProcessState.ExitCode(), "the child ended by itself: %s", &complaints)
	}
	require.NotContains(t, complaints.String(), "panic")
}

// check looks at the log when all is done.
func (s *soak) check(t *testing.T) {
	store, err := sqlite.Open(t.Context(), s.path, sqlite.MustExist())
	require.NoError(t, err)
	defer store.Close()
	last, times, welcomes := map[string]runtime.Header{}, map[string]int{}, map[string]int{}
	users, position := 0, uint64(0)
	for r, err := range store.ReadAll(t.Context(), 0, 1<<40) {
		require.NoError(t, err)
		position++
		require.Equal(t, position, r.Position, "positions are whole")
		name := r.Aggregate + " " + r.AggregateID
		require.Equal(t, last[name].Sequence+1, r.Sequence, "sequences of %s are whole", name)
		require.False(t, r.Timestamp.Before(last[name].Timestamp), "the timestamps of %s go back at %d", name, r.Sequence)
		last[name] = r.Header
		id, ok := r.Metadata.Get("command_id")
		require.True(t, ok)
		times[id]++
		if r.Key == "user-created" {
			users++
		}
		if strings.HasPrefix(r.AggregateID, "sink-") && r.Key == "user-email-corrected" {
			welcomes[r.Data]++
		}
	}
	s.events = int(position)
	require.NoError(t, s.notes.commands(times))
	require.Len(t, welcomes, users, "a handler's command for each user")
	for data, n := range welcomes {
		require.Equal(t, 1, n, "the handler's command %s was done more than once", data)
	}
	require.NoError(t, s.notes.handled(last))
}

// notes are what the children have told.
type notes struct {
	tried, done, refused map[string]bool
	next                 map[string]uint64 // by handler, aggregate and id: the sequence that was seen last
	saw, again           int
}

func newNotes() *notes {
	return &notes{tried: map[string]bool{}, done: map[string]bool{}, refused: map[string]bool{}, next: map[string]uint64{}}
}

// open are the commands of which no answer was heard.
func (n *notes) open() string {
	var b strings.Builder
	for id := range n.tried {
		b.WriteString(id + "\n")
	}
	return b.String()
}

func (n *notes) listen(out io.Reader) error {
	var wrong error
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if err := n.note(strings.Fields(lines.Text())); err != nil && wrong == nil {
			wrong = err // the output is read to its end, or the child would block
		}
	}
	if wrong != nil {
		return wrong
	}
	return lines.Err()
}

func (n *notes) note(words []string) error {
	switch id := words[1]; words[0] {
	case "try":
		n.tried[id] = true
	case "done":
		delete(n.tried, id)
		n.done[id] = true
	case "refused":
		delete(n.tried, id)
		n.refused[id] = true
		if text := strings.Join(words[2:], " "); !expected(text) {
			return fmt.Errorf("command %s: %s", id, text)
		}
	case "saw":
		return n.see(words[1], words[2], words[3], words[4])
	default:
		return fmt.Errorf("the child said %q", words)
	}
	return nil
}

// expected are the refusals that random commands meet. All else is a failure of the system.
func expected(refusal string) bool {
	for _, known := range []string{"already", "does not exist", "not found", "no order", "no user"} {
		if strings.Contains(refusal, known) {
			return true
		}
	}
	return false
}

func (n *notes) see(handler, aggregate, id, text string) error {
	sequence, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return err
	}
	n.saw++
	key := handler + " " + aggregate + " " + id
	switch seen := n.next[key]; {
	case sequence <= seen:
		n.again++
	case sequence == seen+1:
		n.next[key] = sequence
	default:
		return fmt.Errorf("handler %s saw %d of %s %s after %d", handler, sequence, aggregate, id, seen)
	}
	return nil
}

// commands holds what was answered against what is stored. Each command of this shop stores one event.
func (n *notes) commands(times map[string]int) error {
	for id := range n.tried {
		return fmt.Errorf("command %s was never answered", id)
	}
	for id := range n.done {
		if times[id] != 1 {
			return fmt.Errorf("command %s was acknowledged, and is in the log %d times", id, times[id])
		}
	}
	for id := range n.refused {
		if times[id] != 0 {
			return fmt.Errorf("command %s was refused, and is in the log", id)
		}
	}
	for id, stored := range times {
		if stored != 1 {
			return fmt.Errorf("command %s is in the log %d times", id, stored)
		}
	}
	return nil
}

// handled demands that every handler saw all that it is about.
func (n *notes) handled(last map[string]runtime.Header) error {
	for name, h := range last {
		for _, handler := range handlers {
			want := h.Sequence
			switch {
			case handler == "SendWelcomeEmail" && h.Aggregate == "user", handler == "ReserveStock" && h.Aggregate == "order":
				want = 1 // the first event, and no other
			case handler == "SendWelcomeEmail", handler == "ReserveStock":
				want = 0
			}
			if got := n.next[handler+" "+name]; got != want {
				return fmt.Errorf("handler %s saw %d events of %s, not %d", handler, got, name, want)
			}
		}
	}
	return nil
}
