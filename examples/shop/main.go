// Command shop is the example domain at work: it acts, prints the log, looks back in time, and reacts. Run it
// twice on one file and it goes on where it was.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"time"

	"github.com/shopspring/decimal"

	"github.com/fluvius-io/fluvius-go/examples/gen/shop"
	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/fluvius-io/fluvius-go/runtime/sqlite"
)

func main() {
	db := flag.String("db", "shop.db", "the SQLite file that holds the log")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *db); err != nil {
		fmt.Fprintln(os.Stderr, "shop:", err)
		os.Exit(1)
	}
}

// run tells the whole story on one file.
func run(ctx context.Context, path string) error {
	store, err := sqlite.Open(ctx, path)
	if err != nil {
		return err
	}
	defer store.Close()
	before, err := store.Head(ctx)
	if err != nil {
		return err
	}
	title("The log", fmt.Sprintf("%s holds %d events from earlier runs.", path, before))

	mailbox := &services{}
	d, err := shop.New(store, mailbox, runtime.WithLogger(slog.New(slog.DiscardHandler)))
	if err != nil {
		return err
	}
	story := &story{d: d, store: store, before: before}
	for _, chapter := range []func(context.Context) error{
		story.history, story.act, story.refuse, story.log, story.travel,
		func(ctx context.Context) error { return story.react(ctx, mailbox) },
	} {
		if err := chapter(ctx); err != nil {
			return err
		}
	}
	fmt.Printf("\nRun it again: it goes on from %s.\n", path)
	return nil
}

// story is what the chapters share.
type story struct {
	d      *shop.Domain
	store  *sqlite.Store
	before uint64 // the head when this run began
	order  shop.OrderID
}

// history stores what the first release of the shop would have stored: version 1 of user-created, which knew no
// phone numbers. A program never does this by hand; here it stands in for a log of last year.
func (s *story) history(ctx context.Context) error {
	stream := runtime.Stream{Domain: "shop", Aggregate: "user", ID: "grace"}
	_, err := s.store.Append(ctx, runtime.Append{Stream: stream, Records: []runtime.Record{{
		Header: runtime.Header{
			Domain: "shop", Aggregate: "user", AggregateID: "grace", Key: shop.UserCreatedKey, Version: 1,
			Sequence: 1, Timestamp: time.Now().UTC().AddDate(-1, 0, 0),
		},
		Data: `{"name":"Grace","email":"grace@example.com"}`,
	}}})
	if errors.Is(err, runtime.ErrConflict) {
		return nil // an earlier run stored it
	}
	return err
}

// act creates users, corrects an email, deactivates, places, ships and cancels orders.
func (s *story) act(ctx context.Context) error {
	title("Acting", "Each action is one method; it answers with the new state.")
	// The command id makes it safe to ask twice: a second run gets the answer of the first.
	ada, err := s.d.User.CreateUser(ctx, "ada", shop.CreateUser{Name: "Ada", Email: "ada@example.com"},
		runtime.CommandID("create-ada"), runtime.Actor("example"))
	if err != nil {
		return err
	}
	say("CreateUser    %s %s <%s>", ada.ID, ada.Name, ada.Email)

	email := shop.Email(fmt.Sprintf("ada+%d@lovelace.dev", s.before))
	if ada, err = s.d.User.CorrectEmail(ctx, "ada", shop.CorrectEmail{Email: email}); err != nil {
		return err
	}
	say("CorrectEmail  %s is now <%s>, at sequence %d", ada.ID, ada.Email, ada.Sequence)

	guest, err := s.d.User.CreateUser(ctx, shop.NewUserID(), shop.CreateUser{
		Name: "A guest", Email: "guest@example.com", Phone: runtime.Some("+43 1 234"),
	})
	if err != nil {
		return err
	}
	if guest, err = s.d.User.DeactivateUser(ctx, guest.ID, shop.DeactivateUser{Reason: "only looking"}); err != nil {
		return err
	}
	say("Deactivate    %s is active: %t", short(string(guest.ID)), guest.Active)
	return s.orders(ctx)
}

func (s *story) orders(ctx context.Context) error {
	lines := []shop.Line{
		{Product: "notebook", Quantity: 2, Price: decimal.RequireFromString("4.50")},
		{Product: "pencil", Quantity: 10, Price: decimal.RequireFromString("0.35")},
	}
	order, err := s.d.Order.PlaceOrder(ctx, shop.NewOrderID(), shop.PlaceOrder{Customer: "ada", Lines: lines})
	if err != nil {
		return err
	}
	say("PlaceOrder    %s for %s", short(string(order.ID)), order.Total.StringFixed(2))
	s.order = order.ID
	if order, err = s.d.Order.ShipOrder(ctx, order.ID, shop.ShipOrder{Carrier: "post"}); err != nil {
		return err
	}
	say("ShipOrder     %s is %s", short(string(order.ID)), order.Status)

	second, err := s.d.Order.PlaceOrder(ctx, shop.NewOrderID(), shop.PlaceOrder{Customer: "ada", Lines: lines[:1]})
	if err != nil {
		return err
	}
	if second, err = s.d.Order.CancelOrder(ctx, second.ID, shop.CancelOrder{Reason: "changed my mind"}); err != nil {
		return err
	}
	say("CancelOrder   %s is %s (decided by hand, in Go)", short(string(second.ID)), second.Status)
	return nil
}

// refuse shows what comes back when an action is not allowed. Nothing of it is stored.
func (s *story) refuse(ctx context.Context) error {
	title("Refused", "A refusal is a typed error; nothing is stored.")
	_, err := s.d.Order.ShipOrder(ctx, s.order, shop.ShipOrder{Carrier: "post"})
	var closed shop.OrderClosed
	if !errors.As(err, &closed) {
		return fmt.Errorf("shipping twice must be refused, and was: %w", err)
	}
	say("ShipOrder     %v  [%s, HTTP %d, status %s]", err, runtime.Code(err), runtime.HTTPStatus(err), closed.Status)

	_, err = s.d.User.CreateUser(ctx, shop.NewUserID(), shop.CreateUser{Name: "Bob", Email: "not an address"})
	if !errors.Is(err, runtime.ErrInvalid) {
		return fmt.Errorf("a bad address must be refused, and was: %w", err)
	}
	say("CreateUser    %v  [%s, HTTP %d]", err, runtime.Code(err), runtime.HTTPStatus(err))

	_, err = s.d.User.CreateUser(ctx, "ada", shop.CreateUser{Name: "Another Ada", Email: "ada@example.com"})
	if !errors.Is(err, runtime.ErrAlreadyExists) {
		return fmt.Errorf("creating twice must be refused, and was: %w", err)
	}
	say("CreateUser    %v  [%s, HTTP %d]", err, runtime.Code(err), runtime.HTTPStatus(err))
	return nil
}

// log prints what this run stored, as stored.
func (s *story) log(ctx context.Context) error {
	title("The log of this run", "As stored: position, time, aggregate, sequence, key and version.")
	for r, err := range s.d.Records(ctx, s.before) {
		if err != nil {
			return err
		}
		say("%4d  %s  %-5s %-9s #%-3d %s@%d", r.Position, r.Timestamp.Format("2006-01-02 15:04:05.000"),
			r.Aggregate, short(r.AggregateID), r.Sequence, r.Key, r.Version)
		say("      %s", r.Data)
	}
	return nil
}

// travel reads states as they were.
func (s *story) travel(ctx context.Context) error {
	title("Looking back", "Any state, at any moment, is a fold of the log.")
	now, err := s.d.User.Load(ctx, "ada")
	if err != nil {
		return err
	}
	say("ada now                <%s>", now.Email)
	first, err := s.d.User.AtSequence(ctx, "ada", 1)
	if err != nil {
		return err
	}
	say("ada at sequence 1      <%s>", first.Email)
	for e, err := range s.d.Order.Events(ctx, s.order) {
		if err != nil {
			return err
		}
		order, err := s.d.Order.At(ctx, s.order, e.Timestamp)
		if err != nil {
			return err
		}
		say("the order at %s  %s", e.Timestamp.Format("15:04:05.000000"), order.Status)
	}
	if _, err = s.d.User.At(ctx, "ada", time.Now().AddDate(-10, 0, 0)); !errors.Is(err, runtime.ErrNotFound) {
		return fmt.Errorf("ten years ago there was no ada, but: %w", err)
	}
	say("ada ten years ago      %v", err)

	title("An old version", "Version 1 of user-created knew no phone; it is read as version 2, the bytes stay.")
	for r, err := range s.store.Read(ctx, runtime.Stream{Domain: "shop", Aggregate: "user", ID: "grace"}, runtime.Mark{}) {
		if err != nil {
			return err
		}
		say("stored  %s@%d %s", r.Key, r.Version, r.Data)
	}
	for e, err := range s.d.User.Events(ctx, "grace") {
		if err != nil {
			return err
		}
		created, ok := e.Payload.(shop.UserCreated)
		if !ok {
			return fmt.Errorf("grace's first event is a %T", e.Payload)
		}
		say("read    %s@%d name %s, email %s, phone %s", e.Key, e.Version, created.Name, created.Email, created.Phone)
	}
	return nil
}
