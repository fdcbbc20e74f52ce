// Package synthetic writes the texts that the compiler is measured on: domains in .fluv, and Go files of as many
// lines for the standard library's tools. The same number of lines is the same text each time.
package synthetic

import (
	"fmt"
	"strings"
)

// Domain is a valid domain of exactly that many lines, at least a hundred: aggregates with value types, enums,
// versions, folds, decisions, tests and handlers, as people mix them. Aggregates says how many.
func Domain(lines int) (text string, aggregates int) {
	return repeat("// A domain to measure the compiler with.\ndomain warehouse\n", domainUnit, lines)
}

// Go is a valid Go file of exactly that many lines, with no imports; Functions says how many units it has.
func Go(lines int) (text string, units int) {
	return repeat("// Package warehouse is to measure the compiler with.\npackage warehouse\n", goUnit, lines)
}

// repeat writes head and then the unit again and again, numbered, as long as it fits, and fills up with comments.
func repeat(head, unit string, lines int) (text string, units int) {
	var b strings.Builder
	b.WriteString(head)
	left := lines - strings.Count(head, "\n")
	for size := strings.Count(unit, "\n"); left >= size; left -= size {
		units++
		b.WriteString(strings.NewReplacer("#", fmt.Sprint(units)).Replace(unit))
	}
	if left > 0 {
		b.WriteString("\n" + strings.Repeat("// The end.\n", left-1))
	}
	return b.String(), units
}

const domainUnit = `
type Code# string where value matches ` + "`^[A-Z]{2,4}-[0-9]+$`" + `
type Amount# int where value > 0

type Line# {
    product  Code#
    quantity Amount#
    price    decimal
    note     string?
}

enum Phase# { opened, packed, sent, closed as "done" }

// Order# is what a customer has asked the warehouse for.
aggregate Order# {
    state {
        customer string
        lines    []Line#
        phase    Phase#
        total    decimal
        stock    map[string]int
        due      time?
        changes  int
    }

    derive open bool = phase != closed

    event order#-placed@1 {
        customer string
        lines    []Line#
    }

    event order#-placed@2 {
        customer string
        lines    []Line#
        due      time?
        total    decimal
    }

    event order#-line-added {
        line Line#
    }

    event order#-closed {
        reason string
        at     time
    }

    upcast order#-placed@1 -> @2 {
        due = none
        total = sum(line in old.lines: line.price * line.quantity)
    }

    apply order#-placed {
        ...event
        phase = opened
    }

    apply order#-line-added {
        lines += event.line
        total += event.line.price * event.line.quantity
        stock[event.line.product] += event.line.quantity
        changes += 1
    }

    apply order#-closed {
        phase = closed
    }

    invariant NotNegative# total >= 0

    error OrderClosed#(phase Phase#) "the order {id} is already {phase}"

    action PlaceOrder#(customer string, lines []Line#, due time?) creates order#-placed {
        require len(lines) > 0 else OrderClosed#(opened)
        let total = sum(line in lines: line.price * line.quantity)
    }

    action AddLine#(line Line#) emits order#-line-added {
        require state.phase == opened else OrderClosed#(state.phase)
    }

    action Close#(reason string) emits order#-closed {
        require state.open && reason != "" else OrderClosed#(state.phase)
        emit order#-closed { at: now }
    }

    test "a closed order# stays closed" {
        given order#-placed { customer: "Ada", lines: [], total: 0 }
        given order#-closed { reason: "sold out", at: 2026-01-02T03:04:05Z }
        when Close# { reason: "again" }
        then error OrderClosed# { phase: closed }
    }
}
handler Announce# on order#-placed, order#-closed {
    retry 3
    timeout 10s
}
`

const goUnit = `
// Line# is one row of an order.
type Line# struct {
	Product  string
	Quantity int64
	Price    int64
	Note     *string
}

// Phase# is how far an order is.
type Phase# int

// The phases.
const (
	Opened# Phase# = iota
	Packed#
	Sent#
	Closed#
)

func (p Phase#) String() string {
	switch p {
	case Opened#:
		return "opened"
	case Packed#:
		return "packed"
	case Sent#:
		return "sent"
	}
	return "done"
}

// Order# is what a customer has asked the warehouse for.
type Order# struct {
	ID       string
	Customer string
	Lines    []Line#
	Phase    Phase#
	Total    int64
	Stock    map[string]int64
	Changes  int
}

// OrderClosed# says that an order takes no more lines.
type OrderClosed# struct {
	ID    string
	Phase Phase#
}

func (e OrderClosed#) Error() string {
	return "the order " + e.ID + " is already " + e.Phase.String()
}

// Place makes an order of lines.
func Place#(id, customer string, lines []Line#) (*Order#, error) {
	o := &Order#{ID: id, Customer: customer, Stock: map[string]int64{}}
	for _, line := range lines {
		if err := o.Add(line); err != nil {
			return nil, err
		}
	}
	return o, nil
}

// Add appends a line.
func (o *Order#) Add(line Line#) error {
	if o.Phase != Opened# {
		return OrderClosed#{ID: o.ID, Phase: o.Phase}
	}
	o.Lines = append(o.Lines, line)
	o.Total += line.Price * line.Quantity
	o.Changes++
	return nil
}

// Pack counts what was packed.
func (o *Order#) Pack(packer string, counts map[string]int64) (all int64) {
	for product, n := range counts {
		if n <= 0 || product == "" {
			continue
		}
		all += n
		o.Stock[product] += n
	}
	if all > 0 && packer != "" {
		o.Phase = Packed#
	}
	return all
}

// Close ends the order.
func (o *Order#) Close(reason string) (string, bool) {
	was := o.Phase
	o.Phase = Closed#
	return was.String() + ": " + reason, was != Closed#
}
`
