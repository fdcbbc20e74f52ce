package generator_test

import (
	"context"
	"encoding/json"
	"errors"
	"image"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/generator/testdata/shop"
	"github.com/fluvius-io/fluvius-go/generator/testdata/wide"
	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/fluvius-io/fluvius-go/runtime/memory"
)

// These tests use the kept packages as a user would: what they hold is a promise of every generated package.

// shopByHand is what the shop leaves to Go.
type shopByHand struct {
	cancel func(ctx context.Context, state shop.Order, cmd shop.CancelOrder) (shop.OrderCancelled, error)
	mails  []string
	any    []shop.Event
}

func (i *shopByHand) CancelOrder(ctx context.Context, state shop.Order, cmd shop.CancelOrder) (shop.OrderCancelled, error) {
	if i.cancel != nil {
		return i.cancel(ctx, state, cmd)
	}
	return shop.OrderCancelled(cmd), nil
}

func (i *shopByHand) SendWelcomeEmail(ctx context.Context, e runtime.Event[shop.UserCreated]) error {
	if shop.FromContext(ctx) == nil {
		return errors.New("a handler must find its domain")
	}
	i.mails = append(i.mails, e.AggregateID+" "+string(e.Payload.Email))
	return nil
}

func (i *shopByHand) ReserveStock(context.Context, runtime.Event[shop.OrderPlaced]) error { return nil }

func (i *shopByHand) StreamToKafka(_ context.Context, e runtime.Event[shop.Event]) error {
	i.any = append(i.any, e.Payload)
	return nil
}

func openShop(t *testing.T) (*shop.Domain, *shopByHand, *memory.Store) {
	t.Helper()
	store, impl := memory.New(), &shopByHand{}
	d, err := shop.New(store, impl)
	require.NoError(t, err)
	return d, impl, store
}

var ada = shop.CreateUser{Name: "Ada", Email: "ada@example.com"}

func TestNewNeedsAnImplementation(t *testing.T) {
	_, err := shop.New(memory.New(), nil)
	require.ErrorIs(t, err, runtime.ErrInvalid)
	_, err = shop.New(nil, &shopByHand{})
	require.Error(t, err)
}

func TestActingAndReading(t *testing.T) {
	ctx := context.Background()
	d, impl, _ := openShop(t)
	user, err := d.User.CreateUser(ctx, "u-1", ada)
	require.NoError(t, err)
	assert.Equal(t, shop.User{ID: "u-1", Sequence: 1, Name: "Ada", Email: "ada@example.com", Active: true}, user)

	var res runtime.Result
	user, err = d.User.CorrectEmail(ctx, "u-1", shop.CorrectEmail{Email: "ada@lovelace.dev"}, runtime.ResultTo(&res))
	require.NoError(t, err)
	assert.Equal(t, user, res.State)

	before, err := d.User.AtSequence(ctx, "u-1", 1)
	require.NoError(t, err)
	assert.Equal(t, shop.Email("ada@example.com"), before.Email)

	var keys []string
	for e, err := range d.User.Events(ctx, "u-1") {
		require.NoError(t, err)
		keys = append(keys, e.Key)
	}
	assert.Equal(t, []string{shop.UserCreatedKey, shop.UserEmailCorrectedKey}, keys)

	require.NoError(t, d.CatchUp(ctx))
	assert.Equal(t, []string{"u-1 ada@example.com"}, impl.mails)
	assert.Len(t, impl.any, 2)
}

func TestExecuteTakesAnyCommandAsAValue(t *testing.T) {
	ctx := context.Background()
	d, _, _ := openShop(t)
	res, err := d.Execute(ctx, "u-1", ada)
	require.NoError(t, err)
	assert.Equal(t, uint64(1), res.Last)
	for name, cmd := range map[string]shop.Command{"nil": nil, "a pointer": &ada, "a nil pointer": (*shop.CreateUser)(nil)} {
		_, err := d.Execute(ctx, "u-2", cmd)
		assert.ErrorIs(t, err, runtime.ErrInvalid, name)
		_, err = d.User.Decide(ctx, shop.User{}, cmd)
		assert.ErrorIs(t, err, runtime.ErrInvalid, name)
	}
}

// TestPromise14 is about a command for the wrong kind of aggregate: it is refused before anything is loaded.
func TestPromise14WrongAggregateIsRefused(t *testing.T) {
	d, _, _ := openShop(t)
	_, err := d.User.Decide(context.Background(), shop.User{ID: "u-1"}, shop.ShipOrder{Carrier: "DHL"})
	require.ErrorIs(t, err, runtime.ErrInvalid)
	assert.Contains(t, err.Error(), "order")
}

func TestDecideIsTheDecisionAlone(t *testing.T) {
	d, _, _ := openShop(t)
	state, err := shop.FoldUser("u-1", []shop.UserEvent{shop.UserCreated{Name: "Ada", Email: "ada@example.com"}, shop.UserDeactivated{Reason: "left"}})
	require.NoError(t, err)
	assert.Equal(t, uint64(2), state.Sequence)
	_, err = d.User.Decide(context.Background(), state, shop.CorrectEmail{Email: "a@b.c"})
	assert.Equal(t, shop.UserInactive{ID: "u-1"}, err)
	var inactive shop.UserInactive
	require.ErrorAs(t, err, &inactive)
	assert.Equal(t, "user-inactive", runtime.Code(err))
	assert.Equal(t, 422, runtime.HTTPStatus(err))
	assert.Equal(t, "user u-1 is no longer active", err.Error())
}

func TestFoldRefusesWhatIsNoEvent(t *testing.T) {
	for name, e := range map[string]shop.UserEvent{"nil": nil, "a pointer": &shop.UserCreated{Name: "Ada", Email: "a@b.c"}} {
		_, err := shop.FoldUser("u-1", []shop.UserEvent{e})
		assert.ErrorIs(t, err, runtime.ErrInvalid, name)
	}
	_, err := shop.FoldUser("u-1", []shop.UserEvent{shop.UserDeactivated{}})
	assert.Error(t, err, "an aggregate begins with an event that is created")
}

func TestDecodeCommandIsStrict(t *testing.T) {
	cmd, err := shop.DecodeCommand("CreateUser", []byte(`{"email":"a@b.c","name":"Ada","phone":null}`))
	require.NoError(t, err)
	assert.Equal(t, shop.CreateUser{Name: "Ada", Email: "a@b.c"}, cmd)
	wrong := map[string]string{
		"missing":       `{"name":"Ada"}`,
		"unknown":       `{"name":"Ada","email":"a@b.c","age":3}`,
		"wrong case":    `{"Name":"Ada","email":"a@b.c"}`,
		"twice":         `{"name":"Ada","name":"Eva","email":"a@b.c"}`,
		"null":          `{"name":null,"email":"a@b.c"}`,
		"number":        `{"name":1,"email":"a@b.c"}`,
		"something off": `{"name":"Ada","email":"a@b.c"} 1`,
	}
	for name, body := range wrong {
		cmd, err := shop.DecodeCommand("CreateUser", []byte(body))
		assert.ErrorIs(t, err, runtime.ErrInvalid, name)
		assert.Nil(t, cmd, name)
	}
	_, err = shop.DecodeCommand("NoSuch", []byte(`{}`))
	assert.ErrorIs(t, err, runtime.ErrInvalid)

	var path runtime.InvalidError
	_, err = shop.DecodeCommand("PlaceOrder", []byte(`{"customer":"u","lines":[{"product":"p","quantity":1,"price":"1"},{"product":"p","quantity":1.5,"price":"1"}]}`))
	require.ErrorAs(t, err, &path)
	assert.Equal(t, "lines[1].quantity", path.Path)
}

func TestWhereIsCheckedDeepWithThePath(t *testing.T) {
	d, _, _ := openShop(t)
	lines := []shop.Line{{Product: "a", Quantity: 1}, {Product: "b", Quantity: 2}, {Product: "c"}}
	_, err := d.Order.PlaceOrder(context.Background(), "o-1", shop.PlaceOrder{Customer: "u-1", Lines: lines})
	var invalid runtime.InvalidError
	require.ErrorAs(t, err, &invalid)
	assert.Equal(t, "lines[2].quantity", invalid.Path)

	_, err = shop.ParseEmail("nobody")
	require.ErrorIs(t, err, runtime.ErrInvalid)
	email, err := shop.ParseEmail("a@b.c")
	require.NoError(t, err)
	assert.Equal(t, shop.Email("a@b.c"), email)
}

// TestPromise41 and 7: an optional field that is none is not there; a payload has the declared names and no other.
func TestPromise41AbsentIsLeftOut(t *testing.T) {
	d, _, store := openShop(t)
	ctx := context.Background()
	_, err := d.User.CreateUser(ctx, "u-1", ada)
	require.NoError(t, err)
	_, err = d.User.CreateUser(ctx, "u-2", shop.CreateUser{Name: "<Bo>", Email: "b@o.c", Phone: runtime.Some("1")})
	require.NoError(t, err)
	var data []string
	for r, err := range store.ReadAll(ctx, 0, 10) {
		require.NoError(t, err)
		data = append(data, r.Data)
	}
	assert.Equal(t, []string{
		`{"name":"Ada","email":"ada@example.com"}`,
		`{"name":"<Bo>","email":"b@o.c","phone":"1"}`,
	}, data)
}

func TestStateIsAValue(t *testing.T) {
	d, impl, _ := openShop(t)
	ctx := context.Background()
	price := decimal.RequireFromString("2.50")
	placed, err := d.Order.PlaceOrder(ctx, "o-1", shop.PlaceOrder{Customer: "u-1", Lines: []shop.Line{{Product: "a", Quantity: 2, Price: price}}})
	require.NoError(t, err)
	assert.Equal(t, "5", placed.Total.Truncate(0).String())
	placed.Lines[0].Product = "changed"
	impl.cancel = func(ctx context.Context, state shop.Order, cmd shop.CancelOrder) (shop.OrderCancelled, error) {
		state.Lines[0].Product = "changed by hand"
		around := runtime.DecisionFromContext(ctx)
		return shop.OrderCancelled{Reason: around.Actor}, nil
	}
	cancelled, err := d.Order.CancelOrder(ctx, "o-1", shop.CancelOrder{}, runtime.Actor("eve"))
	require.NoError(t, err)
	assert.Equal(t, "a", cancelled.Lines[0].Product)
	again, err := d.Order.Load(ctx, "o-1")
	require.NoError(t, err)
	assert.Equal(t, "a", again.Lines[0].Product)
	assert.Equal(t, shop.OrderStatusCancelled, again.Status)
}

func TestNoEventByHandStoresNothing(t *testing.T) {
	d, impl, _ := openShop(t)
	ctx := context.Background()
	_, err := d.Order.PlaceOrder(ctx, "o-1", shop.PlaceOrder{Customer: "u", Lines: []shop.Line{{Product: "a", Quantity: 1}}})
	require.NoError(t, err)
	impl.cancel = func(context.Context, shop.Order, shop.CancelOrder) (shop.OrderCancelled, error) {
		return shop.OrderCancelled{}, runtime.NoEvent
	}
	o, err := d.Order.CancelOrder(ctx, "o-1", shop.CancelOrder{})
	require.NoError(t, err)
	assert.Equal(t, uint64(1), o.Sequence)
}

func TestJSONOfAState(t *testing.T) {
	u := shop.User{ID: "u-1", Sequence: 2, Name: "Ada & Co", Phone: runtime.Some("1"), Active: true}
	text, err := u.MarshalJSON()
	require.NoError(t, err)
	assert.Equal(t, `{"id":"u-1","sequence":2,"name":"Ada & Co","email":"","phone":"1","active":true}`, string(text))
	var back shop.User
	require.NoError(t, json.Unmarshal(text, &back))
	assert.Equal(t, u, back)
}

func TestEnum(t *testing.T) {
	assert.Equal(t, "very-high", wide.LevelVeryHigh.String())
	assert.Equal(t, "Level(9)", wide.Level(9).String())
	assert.False(t, wide.Level(9).Valid())
	_, err := json.Marshal(wide.Level(9))
	require.Error(t, err)
	var l wide.Level
	require.NoError(t, json.Unmarshal([]byte(`"top"`), &l), "the text it had before")
	assert.Equal(t, wide.LevelHigh, l)
	assert.Equal(t, "HIGH", l.String())
	require.Error(t, json.Unmarshal([]byte(`"high"`), &l), "the name where another text was set")
}

// wideByHand is what wide leaves to Go.
type wideByHand struct {
	choose func(cmd wide.Choose) ([]wide.WidgetEvent, error)
	again  []wide.Again
	seen   []string
}

func (i *wideByHand) Choose(_ context.Context, _ wide.Widget, cmd wide.Choose) ([]wide.WidgetEvent, error) {
	return i.choose(cmd)
}

func (i *wideByHand) Again(_ context.Context, _ wide.Widget, cmd wide.Again) (wide.WidgetClosed, error) {
	i.again = append(i.again, cmd)
	return wide.WidgetClosed{}, nil
}

func (i *wideByHand) UpcastWidgetMadeV2(old wide.WidgetMadeV2, h runtime.Header) (wide.WidgetMade, error) {
	return wide.WidgetMade{All: everything(), Level: old.Level, Extra: runtime.Some(int64(len(old.Name)))}, nil
}

func (i *wideByHand) Watch(_ context.Context, e runtime.Event[wide.Event]) error {
	return i.saw("watch " + e.Key)
}

func (i *wideByHand) Orders(_ context.Context, e runtime.Event[shop.OrderPlaced]) error {
	return i.saw("orders " + string(e.Payload.Customer))
}

func (i *wideByHand) Users(_ context.Context, e runtime.Event[shop.Event]) error {
	if _, ok := e.Payload.(shop.UserCreated); !ok {
		return errors.New("expected a UserCreated")
	}
	return i.saw("users " + e.AggregateID)
}

func (i *wideByHand) Mixed(_ context.Context, e runtime.Event[shop.Event]) error {
	return i.saw("mixed " + e.Key)
}

func (i *wideByHand) All(_ context.Context, e runtime.Event[wide.Event]) error {
	return i.saw("all " + e.Key)
}

func (i *wideByHand) Both(_ context.Context, e runtime.Event[any]) error {
	return i.saw("both " + e.Key)
}

func (i *wideByHand) saw(what string) error {
	i.seen = append(i.seen, what)
	return nil
}

func everything() wide.Everything {
	return wide.Everything{R: wide.Price(decimal.New(1, 0)), T: wide.Pause(time.Second), W: "code", D: 1.5,
		F: time.Date(2026, 1, 2, 3, 4, 5, 6, time.UTC), I: json.RawMessage(`{"x": [1]}`), H: []byte{1, 2},
		J: []string{"j"}, M: map[wide.Level]decimal.Decimal{wide.LevelHigh: decimal.New(15, -1)},
		Q:  map[string][]wide.Item{"q": {{Name: "i", Price: runtime.Some(wide.Price(decimal.New(2, 0))), Tags: []string{"t"}}}},
		Aa: [][]string{{"a"}, nil}, Ah: runtime.Some(map[string]wide.Money{"m": {Currency: "EUR"}}), Ag: "o-1"}
}

func openWide(t *testing.T, store runtime.Store) (*wide.Domain, *wideByHand) {
	t.Helper()
	impl := &wideByHand{}
	d, err := wide.New(store, impl)
	require.NoError(t, err)
	return d, impl
}

func TestEverythingSurvivesTheStore(t *testing.T) {
	ctx := context.Background()
	store := memory.New()
	d, _ := openWide(t, store)
	made, err := d.Widget.MakeWidget(ctx, "w-1", wide.MakeWidget{All: everything(), Level: runtime.Some(wide.LevelVeryHigh)})
	require.NoError(t, err)
	again, _ := openWide(t, store)
	loaded, err := again.Widget.Load(ctx, "w-1")
	require.NoError(t, err)
	assert.Equal(t, made, loaded)
	assert.JSONEq(t, `{"x": [1]}`, string(loaded.All.I))
	assert.Equal(t, wide.LevelVeryHigh, loaded.Level)
	assert.Equal(t, int64(7), loaded.N)
}

func TestDefaultsOfParameters(t *testing.T) {
	text, err := wide.MakeWidget{All: everything()}.MarshalJSON()
	require.NoError(t, err)
	assert.NotContains(t, string(text), `"level"`)
	cmd, err := wide.DecodeCommand("MakeWidget", text)
	require.NoError(t, err)
	assert.False(t, cmd.(wide.MakeWidget).Level.IsSome())

	d, _ := openWide(t, memory.New())
	w, err := d.Widget.MakeWidget(context.Background(), "w-1", cmd.(wide.MakeWidget))
	require.NoError(t, err)
	assert.Equal(t, wide.LevelLow, w.Level)
}

func TestAFoldAsksNoWhere(t *testing.T) {
	fact := shop.UserCreated{Name: "Ada", Email: "of a time when any text was one"}
	user, err := shop.FoldUser("u-1", []shop.UserEvent{fact})
	require.NoError(t, err)
	assert.Equal(t, fact.Email, user.Email)
	_, err = shop.FoldUser("u-1", []shop.UserEvent{shop.UserCreated{Name: "\xff", Email: fact.Email}})
	require.ErrorIs(t, err, runtime.ErrInvalid, "but what cannot be stored is no fact")
}

func TestCodeByHandReadsTheDefaultsOfParameters(t *testing.T) {
	d, impl := openWide(t, memory.New())
	for _, cmd := range []wide.Again{{}, {Level: runtime.Some(wide.LevelLow), Most: runtime.Some(decimal.New(7, 0))}} {
		_, err := d.Widget.Again(context.Background(), "w-1", cmd)
		require.NoError(t, err)
	}
	assert.Equal(t, []wide.Again{
		{Level: runtime.Some(wide.LevelHigh), Most: runtime.Some(decimal.New(15, -1))},
		{Level: runtime.Some(wide.LevelLow), Most: runtime.Some(decimal.New(7, 0))},
	}, impl.again)
}

func TestDefaultsOfValueTypesStandInForWhatACommandLeavesOut(t *testing.T) {
	cmd, err := wide.DecodeCommand("AddItems", []byte(`{"items":[{"name":"a","tags":[]}]}`))
	require.NoError(t, err)
	assert.Equal(t, wide.AddItems{Items: []wide.Item{{Name: "a"}}}, cmd)

	store := memory.New()
	d, _ := openWide(t, store)
	appendRaw(t, store, "gadget", "w-1", raw{"widget-closed", 1, `{}`}, raw{"items-added", 2, `{"items":[{"name":"a","tags":[]}]}`})
	_, err = d.Widget.Load(context.Background(), "w-1")
	require.Error(t, err, "but never for what a stored event has not")
}

type raw struct {
	key     string
	version int
	data    string
}

// appendRaw stores events as an older build would have.
func appendRaw(t *testing.T, store runtime.Store, aggregate, id string, events ...raw) {
	t.Helper()
	stream := runtime.Stream{Domain: "wide", Aggregate: aggregate, ID: id}
	a := runtime.Append{Stream: stream}
	for i, e := range events {
		a.Records = append(a.Records, runtime.Record{Data: e.data, Header: runtime.Header{
			Domain: "wide", Aggregate: aggregate, AggregateID: id, Key: e.key, Version: e.version,
			Sequence: uint64(i) + 1, Timestamp: time.Date(2026, 1, 1, 0, 0, i, 0, time.UTC),
		}})
	}
	_, err := store.Append(context.Background(), a)
	require.NoError(t, err)
}

// TestPromise42 reads a history of older builds: renamed keys, upcasts by the language and by hand, value types of
// before, what is dropped, fields in another order and fields that nobody knows any more.
func TestPromise42OlderEventsAreReadAsTodays(t *testing.T) {
	ctx := context.Background()
	store := memory.New()
	appendRaw(t, store, "gadget", "w-1",
		raw{"widget-created", 1, `{"name":"four"}`},
		raw{"items-added", 1, `{"items":[{"name":"a"},{"gone":true,"name":"b"}]}`},
		raw{"point-moved", 1, `{"x":1}`},
		raw{"point-moved", 2, ` { "only" : "HIGH" } `},
		raw{"code-set", 1, `{"code":"ABC"}`},
		raw{"note-taken", 1, `{"key":"k","text":"t"}`},
		raw{"note-taken", 1, `{"optional_first":"o","key":"k2"}`},
	)
	d, impl := openWide(t, store)
	w, err := d.Widget.Load(ctx, "w-1")
	require.NoError(t, err)
	assert.Equal(t, int64(4), w.N, "the upcast by hand")
	assert.Equal(t, []wide.Item{{Name: "a"}, {Name: "b"}}, w.Items)
	assert.Equal(t, int64(2), w.Count, "a derived value")
	assert.Equal(t, wide.LevelHigh, w.Level)
	assert.Equal(t, runtime.Some("o"), w.Maybe)
	assert.Equal(t, map[string]string{"k": "t", "k2": ""}, w.Notes)

	var versions []int
	for e, err := range d.Widget.Events(ctx, "w-1") {
		require.NoError(t, err)
		versions = append(versions, e.Version)
		assert.NotEqual(t, "widget-created", e.Key)
	}
	assert.Equal(t, []int{3, 2, 2, 2, 1, 1}, versions, "what is dropped is not there")

	require.NoError(t, d.CatchUp(ctx))
	assert.NotContains(t, impl.seen, "watch widget-made", "it watches from now on")
	assert.Equal(t, 6, strings.Count(strings.Join(impl.seen, " "), "all "))
}

func TestUnknownEventsAreAnError(t *testing.T) {
	ctx := context.Background()
	store := memory.New()
	appendRaw(t, store, "gadget", "w-1", raw{"widget-closed", 1, `{}`}, raw{"widget-flown", 1, `{}`})
	appendRaw(t, store, "gadget", "w-2", raw{"widget-closed", 2, `{}`})
	appendRaw(t, store, "gadget", "w-3", raw{"widget-flown", 1, `{}`})
	d, _ := openWide(t, store)
	for _, id := range []wide.WidgetID{"w-1", "w-2", "w-3"} {
		_, err := d.Widget.Load(ctx, id)
		require.ErrorIs(t, err, runtime.ErrUnknownEvent, id)
	}
}

func TestAPinnedVersionIsWrittenAsItWas(t *testing.T) {
	ctx := context.Background()
	store := memory.New()
	d, _ := openWide(t, store)
	_, err := d.Widget.Again(ctx, "w-1", wide.Again{})
	require.NoError(t, err)
	w, err := d.Widget.SetCode(ctx, "w-1", wide.SetCode{Code: "ABCD"})
	require.NoError(t, err)
	assert.Equal(t, runtime.Some("abcd"), w.Maybe)
	for r, err := range store.Read(ctx, runtime.Stream{Domain: "wide", Aggregate: "gadget", ID: "w-1"}, runtime.Mark{Sequence: 1}) {
		require.NoError(t, err)
		assert.Equal(t, 1, r.Version)
		assert.Equal(t, `{"code":"ABCD"}`, r.Data)
	}
	folded, err := wide.FoldWidget("w-1", []wide.WidgetEvent{wide.WidgetClosed{}, wide.CodeSetV1{Code: "X"}})
	require.NoError(t, err)
	assert.Equal(t, runtime.Some("x"), folded.Maybe)
}

func TestByHandEmitsOnlyWhatIsDeclared(t *testing.T) {
	ctx := context.Background()
	d, impl := openWide(t, memory.New())
	made := wide.WidgetMade{All: everything()}
	answers := func(events ...wide.WidgetEvent) {
		impl.choose = func(wide.Choose) ([]wide.WidgetEvent, error) { return events, nil }
	}
	answers(wide.WidgetClosed{})
	_, err := d.Widget.Choose(ctx, "w-1", wide.Choose{})
	require.ErrorIs(t, err, runtime.ErrInvalid, "only where it exists")
	answers(wide.ItemsAdded{})
	_, err = d.Widget.Choose(ctx, "w-1", wide.Choose{})
	require.ErrorIs(t, err, runtime.ErrInvalid, "not declared")
	answers(nil)
	_, err = d.Widget.Choose(ctx, "w-1", wide.Choose{})
	require.ErrorIs(t, err, runtime.ErrInvalid, "nil")
	answers(made)
	_, err = d.Widget.Choose(ctx, "w-1", wide.Choose{})
	require.NoError(t, err)
	answers(made)
	_, err = d.Widget.Choose(ctx, "w-1", wide.Choose{})
	require.ErrorIs(t, err, runtime.ErrInvalid, "only where nothing exists")
	answers(wide.NoteTaken{Key: "a"}, wide.WidgetClosed{})
	w, err := d.Widget.Choose(ctx, "w-1", wide.Choose{})
	require.NoError(t, err)
	assert.Equal(t, uint64(3), w.Sequence)
}

func TestWhereOfResultsByHand(t *testing.T) {
	d, impl := openWide(t, memory.New())
	bad := everything()
	bad.W = "much too long"
	impl.choose = func(wide.Choose) ([]wide.WidgetEvent, error) {
		return []wide.WidgetEvent{wide.WidgetMade{All: bad}}, nil
	}
	_, err := d.Widget.Choose(context.Background(), "w-1", wide.Choose{})
	var invalid runtime.InvalidError
	require.ErrorAs(t, err, &invalid)
	assert.Equal(t, "all.w", invalid.Path)
}

// TestPromise36 has one domain react to the events of another, through the package of that other one.
func TestPromise36HandlersOfAnotherDomainsEvents(t *testing.T) {
	ctx := context.Background()
	s, _, store := openShop(t)
	d, impl := openWide(t, store)
	_, err := s.User.CreateUser(ctx, "u-1", ada)
	require.NoError(t, err)
	_, err = s.Order.PlaceOrder(ctx, "o-1", shop.PlaceOrder{Customer: "u-1", Lines: []shop.Line{{Product: "a", Quantity: 1}}})
	require.NoError(t, err)
	_, err = d.Thing.NameThing(ctx, "t-1", wide.NameThing{Name: "t"})
	require.NoError(t, err)
	require.NoError(t, d.CatchUp(ctx))
	assert.ElementsMatch(t, []string{
		"users u-1", "mixed user-created", "orders u-1", "mixed order-placed", "both order-placed",
		"all thing-named", "both thing-named",
	}, impl.seen)
}

func TestSnapshotsHoldNoDerivedValues(t *testing.T) {
	ctx := context.Background()
	store := memory.New()
	d, _ := openWide(t, store)
	_, err := d.Widget.MakeWidget(ctx, "w-1", wide.MakeWidget{All: everything()})
	require.NoError(t, err)
	for range 12 {
		_, err = d.Widget.AddItems(ctx, "w-1", wide.AddItems{Items: []wide.Item{{Name: "a", Discount: decimal.New(5, -1)}}})
		require.NoError(t, err)
	}
	cells, err := store.List(ctx, "snapshots", "", "", 10)
	require.NoError(t, err)
	for _, c := range cells {
		assert.NotContains(t, c.Value, `"total"`)
	}
	again, _ := openWide(t, store)
	w, err := again.Widget.Load(ctx, "w-1")
	require.NoError(t, err)
	assert.Equal(t, int64(12), w.Count)
	assert.Equal(t, "6", w.Total.String())
}

func TestNamedScalarsMarshalAsTheirBase(t *testing.T) {
	for want, v := range map[string]any{
		`"1.50"`:                 wide.Price(decimal.RequireFromString("1.50")),
		`"1m30s"`:                wide.Pause(90 * time.Second),
		`"2026-01-02T03:04:05Z"`: wide.Deadline(time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)),
		`{"a":1}`:                wide.Doc(`{"a":1}`),
		`"AQI="`:                 wide.Hash{1, 2},
	} {
		text, err := json.Marshal(v)
		require.NoError(t, err)
		assert.Equal(t, want, string(text))
	}
	assert.Equal(t, "1.50", wide.Price(decimal.RequireFromString("1.50")).String())
	_, err := wide.ParsePrice(decimal.New(-1, 0))
	assert.ErrorIs(t, err, runtime.ErrInvalid)
}

func TestGoTypesMarshalThemselves(t *testing.T) {
	ctx := context.Background()
	d, _ := openWide(t, memory.New())
	_, err := d.Widget.Again(ctx, "w-1", wide.Again{})
	require.NoError(t, err)
	w, err := d.Widget.MoveTo(ctx, "w-1", wide.MoveTo{At: runtime.Some(image.Pt(3, 4))})
	require.NoError(t, err)
	assert.Equal(t, image.Pt(3, 4), w.At)
}

func TestEventsAreSealed(t *testing.T) {
	var _ shop.Event = shop.UserCreated{}
	var _ shop.UserEvent = shop.UserCreated{}
	_, isOrder := any(shop.UserCreated{}).(shop.OrderEvent)
	assert.False(t, isOrder)
}
