package runtime_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/runtime"
	"github.com/fluvius-io/fluvius-go/runtime/value"
)

// The bank is a domain as generated code would have it, written by hand so that the core's tests need no
// generator: accounts, with an old version, an upcast, a dropped event, a derived field and an invariant.

type AccountID string

type Account struct {
	ID       AccountID
	Sequence uint64
	Owner    string
	Balance  int64
	Notes    []string
	Closed   bool
	Rich     bool // derived
}

type AccountEvent interface{ accountEvent() }

type (
	Opened struct { // account-opened@2; version 1 had no notes
		Owner string
		Notes []string
	}
	Deposited struct{ Amount int64 }
	Withdrawn struct{ Amount int64 }
	Noted     struct{ Text string }
	Closed    struct{}
	// Stray is an event that no action declares.
	Stray struct{}
)

func (Opened) accountEvent()    {}
func (Deposited) accountEvent() {}
func (Withdrawn) accountEvent() {}
func (Noted) accountEvent()     {}
func (Closed) accountEvent()    {}
func (Stray) accountEvent()     {}

type (
	Open     struct{ Owner string }
	Deposit  struct{ Amount int64 }
	Withdraw struct{ Amount int64 }
	Note     struct{ Texts []string }
	Ensure   struct{ Owner string }
	Touch    struct{}
	Custom   struct{}
)

// Insufficient is a domain's error.
type Insufficient struct {
	ID      AccountID
	Balance int64
}

func (e Insufficient) Error() string { return fmt.Sprintf("account %s has only %d", e.ID, e.Balance) }
func (Insufficient) Code() string    { return "insufficient" }

// most is what an account may hold; it is an invariant.
const most = 1_000_000

var (
	openedCodec = value.Struct(
		value.Of("owner", func(e *Opened) *string { return &e.Owner }, value.Strings[string]()),
		value.Of("notes", func(e *Opened) *[]string { return &e.Notes }, value.Lists(value.Strings[string]())),
	)
	openedV1Codec  = value.Struct(value.Of("owner", func(e *Opened) *string { return &e.Owner }, value.Strings[string]()))
	depositedCodec = value.Struct(value.Of("amount", func(e *Deposited) *int64 { return &e.Amount }, value.Ints[int64]()))
	withdrawnCodec = value.Struct(value.Of("amount", func(e *Withdrawn) *int64 { return &e.Amount }, value.Ints[int64]()))
	notedCodec     = value.Struct(value.Of("text", func(e *Noted) *string { return &e.Text }, value.Strings[string]()))
	closedCodec    = value.Struct[Closed]()
	accountCodec   = value.Struct(
		value.Of("owner", func(s *Account) *string { return &s.Owner }, value.Strings[string]()),
		value.Of("balance", func(s *Account) *int64 { return &s.Balance }, value.Ints[int64]()),
		value.Of("notes", func(s *Account) *[]string { return &s.Notes }, value.Lists(value.Strings[string]())),
		value.Of("closed", func(s *Account) *bool { return &s.Closed }, value.Bools[bool]()),
	)
)

func accountAggregate() *runtime.Aggregate[Account, AccountEvent] {
	return &runtime.Aggregate[Account, AccountEvent]{
		Name:     "account",
		Start:    func(id string) Account { return Account{ID: AccountID(id)} },
		Sequence: func(s *Account) *uint64 { return &s.Sequence },
		Fold:     foldAccount,
		Derive:   func(s *Account) error { s.Rich = s.Balance >= 1000; return nil },
		Check:    checkAccount,
		Opens:    func(key string) bool { return key == "account-opened" },
		Encode:   encodeAccount,
		Decode:   decodeAccount,
		Clone: func(s *Account) Account {
			c := *s
			c.Notes = slices.Clone(s.Notes)
			return c
		},
	}
}

func checkAccount(s *Account) error {
	if s.Balance > most {
		return runtime.InvariantError{Aggregate: "account", ID: string(s.ID), Text: "balance <= 1000000"}
	}
	return nil
}

func foldAccount(s *Account, r *runtime.Record) error {
	// The hot path, decoded in the order that the encoder writes.
	if r.Key == "money-deposited" && r.Version == 1 {
		c := value.NewCursor(r.Data)
		c.Lit(`{"amount":`)
		amount := c.Int()
		c.Lit(`}`)
		if c.End() {
			return addBalance(s, amount)
		}
	}
	e, _, ok, err := decodeAccount(r)
	if err != nil || !ok {
		return err
	}
	switch e := e.(type) {
	case Opened:
		s.Owner, s.Notes = e.Owner, e.Notes
	case Deposited:
		return addBalance(s, e.Amount)
	case Withdrawn:
		return addBalance(s, -e.Amount)
	case Noted:
		s.Notes = value.Append(s.Notes, e.Text)
	case Closed:
		s.Closed = true
	}
	return nil
}

func addBalance(s *Account, amount int64) error {
	var c value.Calc
	s.Balance = c.Add(s.Balance, amount)
	return c.Err()
}

func encodeAccount(buf []byte, e AccountEvent) (runtime.Encoded, error) {
	switch e := e.(type) {
	case Opened:
		return runtime.EncodeEvent(buf, "account-opened", 2, openedCodec, &e)
	case Deposited:
		if e.Amount <= 0 {
			return runtime.Encoded{}, runtime.InvalidError{Path: "amount", Reason: "must be > 0"}
		}
		return runtime.EncodeEvent(buf, "money-deposited", 1, depositedCodec, &e)
	case Withdrawn:
		return runtime.EncodeEvent(buf, "money-withdrawn", 1, withdrawnCodec, &e)
	case Noted:
		return runtime.EncodeEvent(buf, "note-added", 1, notedCodec, &e)
	case Closed:
		return runtime.EncodeEvent(buf, "account-closed", 1, closedCodec, &e)
	}
	return runtime.Encoded{}, runtime.NotAnEvent(e)
}

func decodeAccount(r *runtime.Record) (AccountEvent, runtime.EventType, bool, error) {
	head := runtime.EventType{Key: r.Key, Version: r.Version}
	var e AccountEvent
	var err error
	switch head {
	case runtime.EventType{Key: "account-opened", Version: 1}:
		head.Version = 2
		e, err = decoded[Opened](openedV1Codec, r)
	case runtime.EventType{Key: "account-opened", Version: 2}:
		e, err = decoded[Opened](openedCodec, r)
	case runtime.EventType{Key: "money-deposited", Version: 1}:
		e, err = decoded[Deposited](depositedCodec, r)
	case runtime.EventType{Key: "money-withdrawn", Version: 1}:
		e, err = decoded[Withdrawn](withdrawnCodec, r)
	case runtime.EventType{Key: "note-added", Version: 1}:
		e, err = decoded[Noted](notedCodec, r)
	case runtime.EventType{Key: "account-closed", Version: 1}:
		e, err = decoded[Closed](closedCodec, r)
	case runtime.EventType{Key: "account-pinged", Version: 1}: // upcast to nothing
		return nil, head, false, nil
	case runtime.EventType{Key: "account-haunted", Version: 1}: // an upcast by hand that panics
		panic("boo")
	default:
		return nil, head, false, runtime.UnknownEvent(r)
	}
	return e, head, err == nil, err
}

func decoded[E AccountEvent](c *value.Codec[E], r *runtime.Record) (AccountEvent, error) {
	e, err := c.Decode(r.Data)
	return e, err
}

// Bank is what a generated Domain is.
type Bank struct {
	*runtime.Engine
	Account *AccountHandle
	byHand  func(context.Context, Account) ([]AccountEvent, error)
}

type AccountHandle struct {
	*runtime.Handle[AccountID, Account, AccountEvent]
	actions accountActions
}

type accountActions struct {
	open     runtime.Action[Account, AccountEvent, Open]
	deposit  runtime.Action[Account, AccountEvent, Deposit]
	withdraw runtime.Action[Account, AccountEvent, Withdraw]
	note     runtime.Action[Account, AccountEvent, Note]
	ensure   runtime.Action[Account, AccountEvent, Ensure]
	touch    runtime.Action[Account, AccountEvent, Touch]
	custom   runtime.Action[Account, AccountEvent, Custom]
}

func newBank(t testing.TB, store runtime.Store, opts ...runtime.DomainOption) *Bank {
	return newBankOf(t, store, accountAggregate(), opts...)
}

func newBankOf(t testing.TB, store runtime.Store, a *runtime.Aggregate[Account, AccountEvent], opts ...runtime.DomainOption) *Bank {
	engine, err := runtime.NewEngine(store, "bank", opts...)
	require.NoError(t, err)
	b := &Bank{Engine: engine}
	b.Account = &AccountHandle{Handle: runtime.NewHandle[AccountID](engine, a), actions: b.accountActions()}
	engine.Bind(b)
	return b
}

func (b *Bank) accountActions() accountActions {
	return accountActions{
		open: runtime.Action[Account, AccountEvent, Open]{Name: "Open", Creates: true,
			Check: func(c *Open) error {
				if c.Owner == "" {
					return runtime.InvalidError{Path: "owner", Reason: "must not be empty"}
				}
				return nil
			},
			Decide: func(_ context.Context, _ *runtime.Decision, _ *Account, c *Open) ([]AccountEvent, error) {
				return []AccountEvent{Opened{Owner: c.Owner}}, nil
			}},
		deposit: runtime.Action[Account, AccountEvent, Deposit]{Name: "Deposit", Emits: true,
			Decide: func(_ context.Context, _ *runtime.Decision, _ *Account, c *Deposit) ([]AccountEvent, error) {
				return []AccountEvent{Deposited(*c)}, nil
			}},
		withdraw: runtime.Action[Account, AccountEvent, Withdraw]{Name: "Withdraw", Emits: true,
			Decide: func(_ context.Context, _ *runtime.Decision, s *Account, c *Withdraw) ([]AccountEvent, error) {
				if s.Balance < c.Amount {
					return nil, Insufficient{ID: s.ID, Balance: s.Balance}
				}
				return []AccountEvent{Withdrawn(*c)}, nil
			}},
		note: runtime.Action[Account, AccountEvent, Note]{Name: "Note", Emits: true,
			Decide: func(_ context.Context, _ *runtime.Decision, _ *Account, c *Note) ([]AccountEvent, error) {
				var events []AccountEvent
				for _, text := range c.Texts {
					events = append(events, Noted{Text: text})
				}
				return events, nil
			}},
		ensure: runtime.Action[Account, AccountEvent, Ensure]{Name: "Ensure", Creates: true, Emits: true,
			Decide: func(_ context.Context, d *runtime.Decision, _ *Account, c *Ensure) ([]AccountEvent, error) {
				if d.Exists {
					return nil, nil
				}
				return []AccountEvent{Opened{Owner: c.Owner}}, nil
			}},
		touch: runtime.Action[Account, AccountEvent, Touch]{Name: "Touch", Emits: true,
			Decide: func(context.Context, *runtime.Decision, *Account, *Touch) ([]AccountEvent, error) { return nil, nil }},
		custom: runtime.Action[Account, AccountEvent, Custom]{Name: "Custom", Creates: true, Emits: true,
			Decide: func(ctx context.Context, d *runtime.Decision, s *Account, _ *Custom) ([]AccountEvent, error) {
				state := accountAggregate().Clone(s)
				return b.byHand(d.Context(ctx), state)
			}},
	}
}

func (h *AccountHandle) Open(ctx context.Context, id AccountID, cmd Open, opts ...runtime.Option) (Account, error) {
	return runtime.Act(ctx, h.Handle, &h.actions.open, id, cmd, opts)
}

func (h *AccountHandle) Deposit(ctx context.Context, id AccountID, cmd Deposit, opts ...runtime.Option) (Account, error) {
	return runtime.Act(ctx, h.Handle, &h.actions.deposit, id, cmd, opts)
}

func (h *AccountHandle) Withdraw(ctx context.Context, id AccountID, cmd Withdraw, opts ...runtime.Option) (Account, error) {
	return runtime.Act(ctx, h.Handle, &h.actions.withdraw, id, cmd, opts)
}

func (h *AccountHandle) Note(ctx context.Context, id AccountID, cmd Note, opts ...runtime.Option) (Account, error) {
	return runtime.Act(ctx, h.Handle, &h.actions.note, id, cmd, opts)
}

func (h *AccountHandle) Ensure(ctx context.Context, id AccountID, cmd Ensure, opts ...runtime.Option) (Account, error) {
	return runtime.Act(ctx, h.Handle, &h.actions.ensure, id, cmd, opts)
}

func (h *AccountHandle) Touch(ctx context.Context, id AccountID, opts ...runtime.Option) (Account, error) {
	return runtime.Act(ctx, h.Handle, &h.actions.touch, id, Touch{}, opts)
}

func (h *AccountHandle) Custom(ctx context.Context, id AccountID, opts ...runtime.Option) (Account, error) {
	return runtime.Act(ctx, h.Handle, &h.actions.custom, id, Custom{}, opts)
}

func (h *AccountHandle) Execute(ctx context.Context, id AccountID, cmd Deposit, opts ...runtime.Option) (runtime.Result, error) {
	return runtime.Execute(ctx, h.Handle, &h.actions.deposit, id, cmd, opts)
}
