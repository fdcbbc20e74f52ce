package examples_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	zombiezen "zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"github.com/fluvius-io/fluvius-go/examples/gen/shop"
	"github.com/fluvius-io/fluvius-go/runtime"
)

// Each test holds one promise of docs/promises.md on every store, with the example domain.

func TestPromise01EventsAreFacts(t *testing.T) {
	onEachStore(t, func(t *testing.T, w *world) {
		d := w.shop(&clerk{})
		_, err := d.User.CreateUser(t.Context(), "u-1", ada)
		require.NoError(t, err)
		_, err = d.User.DeactivateUser(t.Context(), "u-1", shop.DeactivateUser{Reason: "left"})
		require.NoError(t, err)
		before := w.records()
		_, err = d.User.CorrectEmail(t.Context(), "u-1", shop.CorrectEmail{Email: "a@b.c"})
		require.ErrorAs(t, err, new(shop.UserInactive))
		require.Equal(t, before, w.records(), "a refused action stores nothing")
		user, err := d.User.Load(t.Context(), "u-1")
		require.NoError(t, err)
		require.EqualValues(t, "ada@example.com", user.Email)
		published := 0
		d.OnRecord("count", func(context.Context, runtime.Record) error { published++; return nil })
		require.NoError(t, d.CatchUp(t.Context()))
		require.Equal(t, 2, published, "and publishes nothing")
	})
}

func TestPromise02Immutable(t *testing.T) {
	onEachStore(t, func(t *testing.T, w *world) {
		d := w.shop(&clerk{})
		given := lines()
		order, err := d.Order.PlaceOrder(t.Context(), "o-1", shop.PlaceOrder{Customer: "u-1", Lines: given})
		require.NoError(t, err)
		before := w.records()

		given[0].Product = "changed by the caller"
		order.Lines[0].Product = "changed in the answer"
		loaded, err := d.Order.Load(t.Context(), "o-1")
		require.NoError(t, err)
		loaded.Lines[0].Product = "changed in what was loaded"
		for e, err := range d.Order.Events(t.Context(), "o-1") {
			require.NoError(t, err)
			e.Payload.(shop.OrderPlaced).Lines[0].Product = "changed in an event"
			e.Metadata.Map()["actor"] = "mallory"
		}
		var seen []string
		d.OnOrderPlaced("first", func(_ context.Context, e runtime.Event[shop.OrderPlaced]) error {
			e.Payload.Lines[0].Product = "changed by a handler"
			return nil
		})
		d.OnOrderPlaced("second", func(_ context.Context, e runtime.Event[shop.OrderPlaced]) error {
			seen = append(seen, e.Payload.Lines[0].Product)
			return nil
		})
		require.NoError(t, d.CatchUp(t.Context()))
		require.Equal(t, []string{"notebook"}, seen)
		again, err := d.Order.ShipOrder(t.Context(), "o-1", shop.ShipOrder{Carrier: "post"})
		require.NoError(t, err)
		require.Equal(t, "notebook", again.Lines[0].Product)
		require.Equal(t, before, w.records()[:len(before)], "the bytes stay")
	})
}

func TestPromise03AppendOnly(t *testing.T) {
	log := reflect.TypeFor[runtime.Log]()
	var methods []string
	for m := range log.Methods() {
		methods = append(methods, m.Name)
	}
	require.Equal(t, []string{"Append", "Head", "Lookup", "Read", "ReadAll", "Wait"}, methods, "no method changes or removes an event")
	onEachStore(t, func(t *testing.T, w *world) {
		if w.path == "" {
			t.Skip("nothing lies underneath the memory store")
		}
		_, err := w.shop(&clerk{}).User.CreateUser(t.Context(), "u-1", ada)
		require.NoError(t, err)
		before := w.records()
		for _, statement := range []string{"UPDATE events SET payload = '{}'", "DELETE FROM events"} {
			conn, err := zombiezen.OpenConn(w.path, zombiezen.OpenReadWrite)
			require.NoError(t, err)
			require.Error(t, sqlitex.ExecuteTransient(conn, statement, nil), statement)
			require.NoError(t, conn.Close())
		}
		require.Equal(t, before, w.records())
	})
}

func TestPromise04Ordered(t *testing.T) {
	onEachStore(t, func(t *testing.T, w *world) {
		now := newClock()
		d := w.shop(&clerk{}, runtime.WithClock(now.read))
		_, err := d.User.CreateUser(t.Context(), "u-1", ada)
		require.NoError(t, err)
		for i := range 999 {
			if i == 500 {
				now.add(-time.Hour) // the clock goes back: the order and the timestamps do not
			}
			_, err := d.User.CorrectEmail(t.Context(), "u-1", shop.CorrectEmail{Email: shop.Email(fmt.Sprintf("a%d@b.c", i))})
			require.NoError(t, err)
		}
		records := w.records()
		require.Len(t, records, 1000)
		for i, r := range records {
			require.EqualValues(t, i+1, r.Sequence)
			if i > 0 {
				require.Greater(t, r.Position, records[i-1].Position)
				require.False(t, r.Timestamp.Before(records[i-1].Timestamp))
				require.Contains(t, r.Data, fmt.Sprintf("a%d@b.c", i-1))
			}
		}
	})
}

// commands runs random commands on some orders and users and gives each aggregate's state after each event.
func commands(t *testing.T, d *shop.Domain, seed uint64, n int) map[string][]any {
	t.Helper()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	live := map[string][]any{}
	for range n {
		user := shop.UserID(fmt.Sprintf("u-%d", random.IntN(3)))
		order := shop.OrderID(fmt.Sprintf("o-%d", random.IntN(4)))
		cmds := []struct {
			id  string
			cmd shop.Command
		}{
			{string(user), shop.CreateUser{Name: "Ada", Email: "a@b.c", Phone: runtime.Some("1")}},
			{string(user), shop.CorrectEmail{Email: shop.Email(fmt.Sprintf("a%d@b.c", random.IntN(1000)))}},
			{string(user), shop.DeactivateUser{Reason: "left"}},
			{string(order), shop.PlaceOrder{Customer: user, Lines: lines()[:random.IntN(3)]}},
			{string(order), shop.ShipOrder{Carrier: "post"}},
			{string(order), shop.CancelOrder{Reason: "no"}},
		}
		c := cmds[random.IntN(len(cmds))]
		res, err := d.Execute(t.Context(), c.id, c.cmd)
		if err == nil && res.First != 0 {
			live[res.Aggregate+"/"+res.AggregateID] = append(live[res.Aggregate+"/"+res.AggregateID], res.State)
			continue
		}
		if err != nil && runtime.HTTPStatus(err) >= 500 {
			t.Fatalf("%T: %v", c.cmd, err)
		}
	}
	return live
}

// at is the state after n events, through the typed handles.
func at(t *testing.T, d *shop.Domain, name string, n uint64) any {
	t.Helper()
	aggregate, id, _ := strings.Cut(name, "/")
	var state any
	var err error
	if aggregate == "user" {
		state, err = d.User.AtSequence(t.Context(), shop.UserID(id), n)
	} else {
		state, err = d.Order.AtSequence(t.Context(), shop.OrderID(id), n)
	}
	require.NoError(t, err)
	return state
}

func TestPromise05Replayable(t *testing.T) {
	onEachStore(t, func(t *testing.T, w *world) {
		live := commands(t, w.shop(&clerk{}), rand.Uint64(), 200)
		if w.reopen != nil {
			w.reopen()
		}
		d := w.shop(&clerk{})
		require.NotEmpty(t, live)
		for name, states := range live {
			require.Equal(t, states[len(states)-1], at(t, d, name, uint64(len(states))), name)
		}
	})
}

func TestPromises06To10TheEnvelope(t *testing.T) {
	onEachStore(t, func(t *testing.T, w *world) {
		now := newClock()
		d := w.shop(&clerk{}, runtime.WithClock(now.read))
		_, err := d.User.CreateUser(t.Context(), "same", ada)
		require.NoError(t, err)
		_, err = d.User.CreateUser(t.Context(), "b", shop.CreateUser{Name: "B", Email: "b@b.c", Phone: runtime.Some("1")})
		require.NoError(t, err)
		_, err = d.Order.PlaceOrder(t.Context(), "same", shop.PlaceOrder{Customer: "same", Lines: lines()})
		require.NoError(t, err)
		records := w.records()

		t.Run("promise 6: the key is as declared", func(t *testing.T) {
			require.Equal(t, "user-created", records[0].Key)
			require.Equal(t, shop.UserCreatedKey, records[0].Key)
		})
		t.Run("promise 7: the payload has the declared names and nothing else", func(t *testing.T) {
			require.Equal(t, `{"name":"Ada","email":"ada@example.com"}`, records[0].Data)
			require.Equal(t, `{"name":"B","email":"b@b.c","phone":"1"}`, records[1].Data)
		})
		t.Run("promise 8: two aggregates of one id never see each other's events", func(t *testing.T) {
			require.Equal(t, "user", records[0].Aggregate)
			require.Equal(t, "same", records[0].AggregateID)
			require.Len(t, all(t, d.User.Events(t.Context(), "same")), 1)
			require.Len(t, all(t, d.Order.Events(t.Context(), "same")), 1)
		})
		t.Run("promise 9: the timestamp is the clock's, in UTC, to the nanosecond", func(t *testing.T) {
			require.Equal(t, now.read(), records[0].Timestamp)
			require.Equal(t, time.UTC, records[0].Timestamp.Location())
		})
		t.Run("promise 10: the version is the schema's, the sequence the place", func(t *testing.T) {
			require.Equal(t, 2, records[0].Version)
			require.EqualValues(t, 1, records[0].Sequence)
		})
	})
}

func TestPromise11Metadata(t *testing.T) {
	onEachStore(t, func(t *testing.T, w *world) {
		d := w.shop(&clerk{})
		ctx := runtime.ContextWith(t.Context(), runtime.Actor("ada"), runtime.Metadata("tenant", "acme"))
		_, err := d.User.CreateUser(ctx, "u-1", ada, runtime.CommandID("c-1"))
		require.NoError(t, err)
		_, err = d.User.CreateUser(t.Context(), "u-2", ada)
		require.NoError(t, err)
		records := w.records()
		for name, want := range map[string]string{"actor": "ada", "tenant": "acme", "command_id": "c-1"} {
			require.Equal(t, want, records[0].Metadata.Map()[name], name)
		}
		require.NotEmpty(t, records[0].Metadata.Map()["correlation_id"])
		require.Equal(t, records[0].Data, records[1].Data, "metadata is never part of the payload")
	})
}

func TestPromise12OneEventFromOneAction(t *testing.T) {
	onEachStore(t, func(t *testing.T, w *world) {
		_, err := w.shop(&clerk{}).User.CreateUser(t.Context(), "u-1", ada)
		require.NoError(t, err)
		records := w.records()
		require.Len(t, records, 1)
		require.Equal(t, "user-created", records[0].Key)
	})
}

func TestPromise14AWrongAggregateIsRefused(t *testing.T) {
	onEachStore(t, func(t *testing.T, w *world) {
		d := w.shop(&clerk{})
		_, err := d.User.Decide(t.Context(), shop.User{ID: "u-1"}, shop.ShipOrder{Carrier: "post"})
		require.ErrorIs(t, err, runtime.ErrInvalid)
		for _, cmd := range []shop.Command{nil, (*shop.CreateUser)(nil), &shop.CreateUser{}} {
			_, err = d.Execute(t.Context(), "u-1", cmd)
			require.ErrorIs(t, err, runtime.ErrInvalid, "%T", cmd)
		}
		for _, wrong := range []struct{ name, body string }{
			{"CreateUsr", `{}`},
			{"CorrectEmail", `{"email":"a@b.c","extra":1}`},
			{"CorrectEmail", `{}`},
			{"CorrectEmail", `{"email":"a@b.c"} trailing`},
			{"CorrectEmail", `{"email":"a@b.c","email":"a@b.c"}`},
		} {
			_, err = shop.DecodeCommand(wrong.name, []byte(wrong.body))
			require.ErrorIs(t, err, runtime.ErrInvalid, "%v", wrong)
		}
		require.Empty(t, w.records())
	})
}

func TestPromise16TheAnswerIsTheReplay(t *testing.T) {
	onEachStore(t, func(t *testing.T, w *world) {
		d := w.shop(&clerk{})
		for name, states := range commands(t, d, rand.Uint64(), 60) {
			require.Equal(t, states[len(states)-1], at(t, d, name, uint64(len(states))))
		}
	})
}

func TestPromise17AnEmptyBodyEmitsTheParameters(t *testing.T) {
	onEachStore(t, func(t *testing.T, w *world) {
		d := w.shop(&clerk{})
		_, err := d.User.CreateUser(t.Context(), "u-1", ada)
		require.NoError(t, err)
		require.Equal(t, `{"name":"Ada","email":"ada@example.com"}`, w.records()[0].Data)
	})
}

func TestPromise18ACancelledContextStoresNothing(t *testing.T) {
	onEachStore(t, func(t *testing.T, w *world) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := w.shop(&clerk{}).User.CreateUser(ctx, "u-1", ada)
		require.ErrorIs(t, err, context.Canceled)
		require.Empty(t, w.records())
	})
}

func TestPromise20TheResultTells(t *testing.T) {
	onEachStore(t, func(t *testing.T, w *world) {
		var res runtime.Result
		user, err := w.shop(&clerk{}).User.CreateUser(t.Context(), "u-1", ada, runtime.ResultTo(&res))
		require.NoError(t, err)
		require.Equal(t, runtime.Result{Aggregate: "user", AggregateID: "u-1", First: 1, Last: 1, Position: 1, State: user}, res)
	})
}

func TestPromises21And22EventsOfOneAggregate(t *testing.T) {
	onEachStore(t, func(t *testing.T, w *world) {
		d := w.shop(&clerk{})
		for _, id := range []string{"a", "b"} {
			_, err := d.Execute(t.Context(), id, ada)
			require.NoError(t, err)
			_, err = d.Execute(t.Context(), id, shop.CorrectEmail{Email: "x@y.z"})
			require.NoError(t, err)
		}
		_, err := d.Execute(t.Context(), "a", shop.DeactivateUser{Reason: "left"})
		require.NoError(t, err)
		require.Len(t, all(t, d.User.Events(t.Context(), "a")), 3)
		require.Len(t, all(t, d.User.Events(t.Context(), "b")), 2)
		require.Empty(t, all(t, d.User.Events(t.Context(), "nobody")))
		require.Len(t, all(t, d.Records(t.Context(), 0)), 5)
	})
}

func TestPromise24ReplayRebuildsState(t *testing.T) {
	state, err := shop.FoldUser("u-1", []shop.UserEvent{
		shop.UserCreated{Name: "Ada", Email: "ada@example.com"},
		shop.UserEmailCorrected{Email: "ada@lovelace.dev"},
		shop.UserDeactivated{Reason: "left"},
	})
	require.NoError(t, err)
	require.Equal(t, shop.User{ID: "u-1", Sequence: 3, Name: "Ada", Email: "ada@lovelace.dev"}, state)

	_, err = shop.FoldUser("u-1", []shop.UserEvent{shop.UserDeactivated{Reason: "left"}})
	require.Error(t, err, "the first event is no creation")
	_, err = shop.FoldUser("u-1", []shop.UserEvent{nil})
	require.ErrorIs(t, err, runtime.ErrInvalid)
	_, err = shop.FoldUser("u-1", []shop.UserEvent{&shop.UserCreated{}})
	require.ErrorIs(t, err, runtime.ErrInvalid)

	onEachStore(t, func(t *testing.T, w *world) {
		for sequence, key := range []string{"user-created", "user-beamed-up"} {
			_, err := w.store.Append(t.Context(), runtime.Append{
				Stream: runtime.Stream{Domain: "shop", Aggregate: "user", ID: "u-1"}, After: runtime.Mark{Sequence: uint64(sequence)},
				Records: []runtime.Record{{Header: runtime.Header{
					Domain: "shop", Aggregate: "user", AggregateID: "u-1", Key: key, Version: 2, Sequence: uint64(sequence) + 1, Timestamp: time.Now().UTC(),
				}, Data: `{"name":"Ada","email":"a@b.c"}`}},
			})
			require.NoError(t, err)
		}
		_, err := w.store.Append(t.Context(), runtime.Append{
			Stream: runtime.Stream{Domain: "shop", Aggregate: "user", ID: "headless"},
			Records: []runtime.Record{{Header: runtime.Header{
				Domain: "shop", Aggregate: "user", AggregateID: "headless", Key: shop.UserDeactivatedKey, Version: 1, Sequence: 1, Timestamp: time.Now().UTC(),
			}, Data: `{"reason":"left"}`}},
		})
		require.NoError(t, err)
		_, err = w.shop(&clerk{}).User.Load(t.Context(), "headless")
		require.ErrorContains(t, err, "begins with", "no user begins so")
		require.NotErrorIs(t, err, runtime.ErrNotFound)
		_, err = w.shop(&clerk{}).User.Load(t.Context(), "u-1")
		var unknown runtime.UnknownEventError
		require.ErrorAs(t, err, &unknown)
		require.ErrorIs(t, err, runtime.ErrUnknownEvent)
		require.Equal(t, "user-beamed-up", unknown.Header.Key)
		require.EqualValues(t, 2, unknown.Header.Sequence)
		require.EqualValues(t, 2, unknown.Header.Position)
	})
}

func TestPromise25AnyPrefixReplays(t *testing.T) {
	onEachStore(t, func(t *testing.T, w *world) {
		d := w.shop(&clerk{})
		for name, states := range commands(t, d, rand.Uint64(), 100) {
			for k, state := range states {
				require.Equal(t, state, at(t, d, name, uint64(k+1)), "%s after %d events", name, k+1)
			}
		}
	})
}

func TestPromise26TimeTravel(t *testing.T) {
	onEachStore(t, func(t *testing.T, w *world) {
		now := newClock()
		d := w.shop(&clerk{}, runtime.WithClock(now.read))
		t1 := now.read()
		_, err := d.User.CreateUser(t.Context(), "u-1", ada)
		require.NoError(t, err)
		t2 := now.add(time.Nanosecond)
		_, err = d.User.CorrectEmail(t.Context(), "u-1", shop.CorrectEmail{Email: "second@b.c"})
		require.NoError(t, err)
		now.add(time.Nanosecond)
		_, err = d.User.CorrectEmail(t.Context(), "u-1", shop.CorrectEmail{Email: "third@b.c"})
		require.NoError(t, err)
		for _, c := range []struct {
			at   time.Time
			want int
		}{{t2, 2}, {t2.Add(-time.Nanosecond), 1}, {t1, 1}, {t2.Add(time.Hour), 3}, {t1.Add(-time.Nanosecond), 0}} {
			require.Len(t, all(t, d.User.Events(t.Context(), "u-1", runtime.Until(c.at))), c.want)
			state, err := d.User.At(t.Context(), "u-1", c.at.In(time.FixedZone("elsewhere", 3600)))
			if c.want == 0 {
				require.ErrorIs(t, err, runtime.ErrNotFound)
				continue
			}
			require.NoError(t, err)
			require.EqualValues(t, c.want, state.Sequence)
		}
	})
}

func TestPromise27TheStateAtAnyMoment(t *testing.T) {
	onEachStore(t, func(t *testing.T, w *world) {
		now := newClock()
		d := w.shop(&clerk{}, runtime.WithClock(func() time.Time { return now.add(time.Second) }))
		commands(t, d, rand.Uint64(), 100)
		start := newClock().read()
		for range 50 {
			moment := start.Add(time.Duration(rand.IntN(200)) * time.Second)
			for _, id := range []shop.UserID{"u-0", "u-1", "u-2"} {
				var events []shop.UserEvent
				for _, e := range all(t, d.User.Events(t.Context(), id, runtime.Until(moment))) {
					events = append(events, e.Payload)
				}
				state, err := d.User.At(t.Context(), id, moment)
				if len(events) == 0 {
					require.ErrorIs(t, err, runtime.ErrNotFound)
					continue
				}
				require.NoError(t, err)
				want, err := shop.FoldUser(id, events)
				require.NoError(t, err)
				require.Equal(t, want, state)
			}
		}
	})
}

func TestPromises28And29Handlers(t *testing.T) {
	onEachStore(t, func(t *testing.T, w *world) {
		var order []string
		d := w.shop(&clerk{welcome: func(_ context.Context, e runtime.Event[shop.UserCreated]) error {
			require.Equal(t, "Ada", e.Payload.Name)
			require.Equal(t, 2, e.Version)
			order = append(order, "declared")
			return errNoted
		}})
		d.OnUserCreated("second", func(_ context.Context, e runtime.Event[shop.UserCreated]) error {
			order = append(order, "second")
			return nil
		})
		_, err := d.User.CreateUser(t.Context(), "u-1", ada)
		require.NoError(t, err)
		_, err = d.User.CorrectEmail(t.Context(), "u-1", shop.CorrectEmail{Email: "x@y.z"})
		require.NoError(t, err)
		require.ErrorIs(t, d.CatchUp(t.Context()), errNoted, "what had to be parked is CatchUp's error")
		require.Equal(t, "declared,declared,declared,declared,declared,declared,second", strings.Join(order, ","),
			"in the order of registration; the first failing does not stop the second")
		require.NoError(t, d.CatchUp(t.Context()))
		require.Len(t, order, 7, "an event that is done with does not come again")
	})
}

func TestPromise30HandlersDoNotDelayCommands(t *testing.T) {
	onEachStore(t, func(t *testing.T, w *world) {
		begun, release := make(chan struct{}), make(chan struct{})
		d := w.shop(&clerk{welcome: func(context.Context, runtime.Event[shop.UserCreated]) error {
			close(begun)
			<-release
			return nil
		}})
		running, stop := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- d.Run(running) }()
		_, err := d.User.CreateUser(t.Context(), "u-1", ada)
		require.NoError(t, err, "the command returned, and the handler had not even ended")
		<-begun
		stop()
		close(release)
		require.NoError(t, <-done, "Run waits for what is in flight")
		status, err := d.Status(t.Context())
		require.NoError(t, err)
		require.Equal(t, "SendWelcomeEmail", status[0].Handler)
		require.EqualValues(t, 1, status[0].Position)
	})
}

// capture keeps what is logged.
type capture struct {
	slog.Handler
	mu      sync.Mutex
	records []map[string]any
}

func (c *capture) Enabled(context.Context, slog.Level) bool { return true }
func (c *capture) Handle(_ context.Context, r slog.Record) error {
	attrs := map[string]any{}
	r.Attrs(func(a slog.Attr) bool { attrs[a.Key] = a.Value.Any(); return true })
	c.mu.Lock()
	defer c.mu.Unlock()
	c.records = append(c.records, attrs)
	return nil
}

func TestPromises37And38FailuresAreTheHandlersOwn(t *testing.T) {
	for name, fail := range map[string]func() error{
		"an error": func() error { return errNoted },
		"a panic":  func() error { panic(errNoted.Error()) },
	} {
		t.Run(name, func(t *testing.T) {
			onEachStore(t, func(t *testing.T, w *world) {
				logged := &capture{}
				d := w.shop(&clerk{welcome: func(_ context.Context, e runtime.Event[shop.UserCreated]) error {
					if e.AggregateID == "bad" {
						return fail()
					}
					return nil
				}}, runtime.WithLogger(slog.New(logged)))
				for _, id := range []shop.UserID{"bad", "good"} {
					_, err := d.User.CreateUser(t.Context(), id, ada)
					require.NoError(t, err, "the command knows nothing of it")
				}
				require.Error(t, d.CatchUp(t.Context()))
				require.Len(t, w.records(), 2)
				letters, err := d.DeadLetters(t.Context(), "SendWelcomeEmail")
				require.NoError(t, err)
				require.Len(t, letters, 1)
				require.Equal(t, "bad", letters[0].AggregateID)
				require.Equal(t, "user-created", letters[0].Key)
				require.Contains(t, letters[0].Error, errNoted.Error())
				require.Equal(t, 6, letters[0].Attempts)
				require.NotEmpty(t, logged.records)
				for _, attr := range []string{"event_id", "key", "aggregate_id", "attempt", "error", "handler"} {
					require.Contains(t, logged.records[0], attr)
				}
				require.Equal(t, "user/bad/1", logged.records[0]["event_id"])
			})
		})
	}
}

// TestANewProcessGoesOn: promises 5 and 32, law 21.
func TestANewProcessGoesOn(t *testing.T) {
	onEachStore(t, func(t *testing.T, w *world) {
		if w.reopen == nil {
			t.Skip("the memory store does not outlive its process")
		}
		require.Equal(t, ".db", filepath.Ext(w.path))
		seen := 0
		impl := &clerk{welcome: func(context.Context, runtime.Event[shop.UserCreated]) error { seen++; return nil }}
		_, err := w.shop(impl).User.CreateUser(t.Context(), "u-1", ada)
		require.NoError(t, err)
		w.reopen()
		require.NoError(t, w.shop(impl).CatchUp(t.Context()))
		require.Equal(t, 1, seen, "the event was there before the handler ran")
		w.reopen()
		require.NoError(t, w.shop(impl).CatchUp(t.Context()))
		require.Equal(t, 1, seen, "after its checkpoint: not again")
	})
}

// failing is a store whose appends fail.
type failing struct{ runtime.Store }

func (failing) Append(context.Context, runtime.Append) (runtime.Appended, error) {
	return runtime.Appended{}, errors.New("the disk is on fire")
}

func TestPromise19AllOrNothing(t *testing.T) {
	onEachStore(t, func(t *testing.T, w *world) {
		w.store = failing{w.store}
		d := w.shop(&clerk{})
		_, err := d.User.CreateUser(t.Context(), "u-1", ada)
		require.ErrorContains(t, err, "on fire")
		require.Empty(t, w.records())
		_, err = d.User.Load(t.Context(), "u-1")
		require.ErrorIs(t, err, runtime.ErrNotFound)
	})
}
