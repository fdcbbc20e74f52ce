// Package data is what all rivals are given: the same bytes, and what must come out, computed here without any
// of their code.
package data

import "fmt"

// Event is a stored event: its key and its payload. All are of version 1.
type Event struct{ Key, Data string }

// Owner and Credit are what each account begins with.
const (
	Owner  = "Ada Byron"
	Credit = 10_000
)

// Reference is the text of move i; its payloads have 36 bytes.
func Reference(i int) string { return fmt.Sprintf("r-%04d", i%10_000) }

// Deposit and Withdrawal are the amounts of move i; a deposit is always more than a withdrawal.
func Deposit(i int) int64    { return 5000 + int64(i*37%4000) }
func Withdrawal(i int) int64 { return 1000 + int64(i*53%3000) }

// Move is event i of an account, from 1: by turns a deposit and a withdrawal.
func Move(i int) (amount int64, deposit bool) {
	if i%2 == 1 {
		return Deposit(i), true
	}
	return Withdrawal(i), false
}

// Bank is an account's first n events.
func Bank(n int) []Event {
	events := make([]Event, 0, n)
	events = append(events, Event{"account-opened", fmt.Sprintf(`{"owner":%q,"credit":%d}`, Owner, Credit)})
	for i := 1; i < n; i++ {
		amount, deposit := Move(i)
		key := "money-withdrawn"
		if deposit {
			key = "money-deposited"
		}
		events = append(events, Event{key, fmt.Sprintf(`{"amount":%d,"reference":%q}`, amount, Reference(i))})
	}
	return events
}

// Balance is what is in the account after its first n events.
func Balance(n int) int64 {
	balance := int64(0)
	for i := 1; i < n; i++ {
		amount, deposit := Move(i)
		if !deposit {
			amount = -amount
		}
		balance += amount
	}
	return balance
}

// Passbook is Bank for the aggregate that has snapshots: amounts go in with their sign.
func Passbook(n int) []Event {
	events := make([]Event, 0, n)
	events = append(events, Event{"passbook-opened", fmt.Sprintf(`{"owner":%q}`, Owner)})
	for i := 1; i < n; i++ {
		amount, deposit := Move(i)
		if !deposit {
			amount = -amount
		}
		events = append(events, Event{"passbook-entered", fmt.Sprintf(`{"amount":%d,"reference":%q}`, amount, Reference(i))})
	}
	return events
}

// Deposited is the payload of a deposit.
func Deposited(i int) string {
	return fmt.Sprintf(`{"amount":%d,"reference":%q}`, Deposit(i), Reference(i))
}
