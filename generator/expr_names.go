package generator

import (
	"go/token"
	"go/types"
	"strconv"
	"strings"
)

// names are the local names in use at a place. Inner scopes take none of their outer ones, so that nothing is ever
// shadowed; scopes side by side may use the same ones.
type names struct {
	outer *names
	used  map[string]bool
}

// taken are names that locals never get: they are what generated code imports and calls.
var taken = map[string]bool{}

func init() {
	for _, id := range strings.Fields(`bytes cmp context decimal decimals errors fluvius fmt iter json maps math regexp
		reflect runtime slices strconv strings testing time value calc err init main`) {
		taken[id] = true
	}
}

func (n *names) inner() *names { return &names{outer: n, used: map[string]bool{}} }

func (n *names) has(id string) bool {
	for s := n; s != nil; s = s.outer {
		if s.used[id] {
			return true
		}
	}
	return false
}

// pick takes hint, or hint with the first number that is free.
func (n *names) pick(hint string) string {
	id := hint
	for i := 2; n.has(id) || taken[id] || token.IsKeyword(id) || types.Universe.Lookup(id) != nil; i++ {
		id = hint + strconv.Itoa(i)
	}
	if n.used == nil {
		n.used = map[string]bool{}
	}
	n.used[id] = true
	return id
}

// localName is how a snake_case name is written for a local variable: customer_id is customerID. goName is the
// exported form, CustomerID: its initialisms are kept, and only the first word is lowered.
func localName(snake, goName string) string {
	first, _, _ := strings.Cut(strings.ReplaceAll(snake, "-", "_"), "_")
	if len(first) > len(goName) || !strings.EqualFold(first, goName[:len(first)]) {
		return lowerFirst(goName)
	}
	return first + goName[len(first):]
}

// camel is a snake_case name as a local one: customer_id is customerID.
func camel(snake string) string {
	words := strings.FieldsFunc(snake, func(r rune) bool { return r == '_' || r == '-' })
	for i, w := range words {
		switch {
		case i == 0:
		case initialisms[w]:
			words[i] = strings.ToUpper(w)
		default:
			words[i] = strings.ToUpper(w[:1]) + w[1:]
		}
	}
	if len(words) == 0 {
		return "x"
	}
	return strings.Join(words, "")
}

// initialisms are those of staticcheck's ST1003.
var initialisms = map[string]bool{}

func init() {
	for _, w := range strings.Fields(`acl api ascii cpu css dns eof guid html http https id ip json qps ram rpc sla smtp
		sql ssh tcp tls ttl udp ui gid uid uuid uri url utf8 vm xml xmpp xsrf xss sip rtp amqp db ts`) {
		initialisms[w] = true
	}
}

// lowerFirst is UserID as userID, and URL as url: a leading run of capitals is lowered but for the one that
// begins a word.
func lowerFirst(goName string) string {
	n := 0
	for n < len(goName) && goName[n] >= 'A' && goName[n] <= 'Z' {
		n++
	}
	if n > 1 && n < len(goName) && goName[n] >= 'a' && goName[n] <= 'z' && goName[n:] != "s" {
		n--
	}
	return strings.ToLower(goName[:n]) + goName[n:]
}
