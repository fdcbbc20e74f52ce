package soak

import (
	"bufio"
	"context"
	"fmt"
	"hash/fnv"
	"log/slog"
	"math/rand/v2"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/fluvius-io/fluvius-go/examples/gen/shop"
	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/fluvius-io/fluvius-go/runtime/sqlite"
)

// The variables that make this test's program the child.
const (
	childVar = "FLUV_SOAK_CHILD" // the log's file
	roundVar = "FLUV_SOAK_ROUND" // begins each command id, so that no two rounds have one
	drainVar = "FLUV_SOAK_DRAIN" // only finish what is open, then end
)

func TestMain(m *testing.M) {
	if path := os.Getenv(childVar); path != "" {
		if err := child(context.Background(), path); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

const (
	shared  = 10 // users that many commands contend for
	sinks   = 3  // users that only a handler corrects
	orders  = 200
	workers = 6
)

// child does commands until it is killed. What it tells is one write a line, so that no line is torn by the kill:
//
//	try ID             a command is about to be given
//	done ID            it was acknowledged
//	refused ID         it was refused: nothing of it may be stored
//	saw HANDLER AGGREGATE ID SEQUENCE
func child(ctx context.Context, path string) error {
	store, err := sqlite.Open(ctx, path)
	if err != nil {
		return err
	}
	defer store.Close()
	r := &reactions{}
	d, err := shop.New(store, r, runtime.WithLogger(slog.New(slog.NewTextHandler(os.Stderr, nil))))
	if err != nil {
		return err
	}
	r.domain = d
	d.OnRecord("Audit", func(_ context.Context, e runtime.Record) error { return saw("Audit", e.Header) }, runtime.Concurrency(4))
	running, stop := context.WithCancel(ctx)
	defer stop()
	ended := make(chan error, 1)
	go func() { ended <- d.Run(running) }()
	if err := commands(ctx, d); err != nil {
		return err
	}
	if err := settle(ctx, d, store); err != nil {
		return err
	}
	stop()
	return <-ended
}

// settle waits until every handler has seen everything, what handlers append included.
func settle(ctx context.Context, d *shop.Domain, store runtime.Store) error {
	for {
		head, err := store.Head(ctx)
		if err != nil {
			return err
		}
		if err := d.WaitFor(ctx, head); err != nil {
			return err
		}
		if again, err := store.Head(ctx); err != nil || again == head {
			return err
		}
	}
}

// commands repeats what the round before left open, then goes on for ever, unless it is to drain.
func commands(ctx context.Context, d *shop.Domain) error {
	if err := found(ctx, d); err != nil {
		return err
	}
	open := bufio.NewScanner(os.Stdin)
	for open.Scan() {
		give(ctx, d, open.Text())
	}
	if os.Getenv(drainVar) != "" {
		return open.Err()
	}
	var all sync.WaitGroup
	for w := range workers {
		all.Go(func() {
			for n := 0; ; n++ {
				give(ctx, d, fmt.Sprintf("%s-%d-%d", os.Getenv(roundVar), w, n))
				time.Sleep(rand.N(16 * time.Millisecond)) // or an hour's log is too much to check
			}
		})
	}
	all.Wait()
	return nil
}

// found makes the users that all rounds share.
func found(ctx context.Context, d *shop.Domain) error {
	for i := range shared + sinks {
		id := fmt.Sprintf("shared-%d", i)
		if i >= shared {
			id = fmt.Sprintf("sink-%d", i-shared)
		}
		if _, err := d.User.CreateUser(ctx, shop.UserID(id), shop.CreateUser{Name: id, Email: "a@b.c"}, runtime.CommandID("found-"+id)); err != nil {
			return err
		}
	}
	return nil
}

func give(ctx context.Context, d *shop.Domain, id string) {
	say("try %s", id)
	aggregate, cmd := commandOf(id)
	if _, err := d.Execute(ctx, aggregate, cmd, runtime.CommandID(id)); err != nil {
		say("refused %s %v", id, err)
		return
	}
	say("done %s", id)
}

// commandOf is the command of an id: the same in every process, so that it can be repeated.
func commandOf(id string) (aggregate string, cmd shop.Command) {
	h := fnv.New64a()
	h.Write([]byte(id))
	rnd := rand.New(rand.NewPCG(h.Sum64(), 0))
	round, _, _ := strings.Cut(id, "-")
	order := fmt.Sprintf("o-%s-%d", round, rnd.IntN(orders))
	switch n := rnd.IntN(100); {
	case n < 20:
		return "u-" + id, shop.CreateUser{Name: id, Email: "new@example.com"}
	case n < 60:
		return fmt.Sprintf("shared-%d", rnd.IntN(shared)), shop.CorrectEmail{Email: shop.Email(id + "@example.com")}
	case n < 80:
		return order, shop.PlaceOrder{Customer: "shared-0", Lines: []shop.Line{
			{Product: "pencil", Quantity: shop.Quantity(1 + rnd.IntN(9)), Price: decimal.New(35, -2)},
		}}
	case n < 92:
		return order, shop.ShipOrder{Carrier: "post"}
	}
	return order, shop.CancelOrder{Reason: id}
}

var telling sync.Mutex

func say(format string, args ...any) {
	telling.Lock()
	defer telling.Unlock()
	fmt.Fprintf(os.Stdout, format+"\n", args...)
}

func saw(handler string, h runtime.Header) error {
	say("saw %s %s %s %d", handler, h.Aggregate, h.AggregateID, h.Sequence)
	return nil
}

// reactions are the handlers: each tells what it saw, and one of them gives a command.
type reactions struct{ domain *shop.Domain }

var handlers = []string{"SendWelcomeEmail", "ReserveStock", "StreamToKafka", "Audit"}

func (r *reactions) CancelOrder(_ context.Context, state shop.Order, cmd shop.CancelOrder) (shop.OrderCancelled, error) {
	if state.Status != shop.OrderStatusPlaced {
		return shop.OrderCancelled{}, shop.OrderClosed{ID: state.ID, Status: state.Status}
	}
	return shop.OrderCancelled(cmd), nil
}

// SendWelcomeEmail leaves a trace in another aggregate, of which there must be exactly one for each user.
func (r *reactions) SendWelcomeEmail(ctx context.Context, e runtime.Event[shop.UserCreated]) error {
	h := fnv.New32a()
	h.Write([]byte(e.AggregateID))
	sink := shop.UserID(fmt.Sprintf("sink-%d", h.Sum32()%sinks))
	if _, err := r.domain.User.CorrectEmail(ctx, sink, shop.CorrectEmail{Email: shop.Email(e.AggregateID + "@welcome")}); err != nil {
		return err
	}
	return saw("SendWelcomeEmail", e.Header)
}

func (r *reactions) ReserveStock(_ context.Context, e runtime.Event[shop.OrderPlaced]) error {
	return saw("ReserveStock", e.Header)
}

func (r *reactions) StreamToKafka(_ context.Context, e runtime.Event[shop.Event]) error {
	return saw("StreamToKafka", e.Header)
}
