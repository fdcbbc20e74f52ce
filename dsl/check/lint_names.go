package check

import (
	"slices"
	"strings"

	"github.com/fluvius-io/fluvius-go/dsl/model"
)

// lintNames looks at names alone, and so runs whether there are errors or not.
func (c *checker) lintNames() {
	for _, a := range c.declared.aggregates {
		for _, e := range a.events {
			c.lintKey(e)
			for _, v := range e.versions {
				c.lintMoney(v.model.Fields)
			}
		}
		c.lintMoney(a.model.State)
		for _, d := range a.derives {
			c.lintMoney([]*model.Field{d.field})
		}
		for _, action := range a.actions {
			c.lintMoney(action.model.Params)
		}
	}
	c.lintMoneyTypes()
}

// vague says that something is different now and not what happened.
var vague = []string{"updated", "changed", "modified", "edited"}

// imperatives are words that are never a past tense nor, at the end of a key, a noun. `set`, `put` and `read` are
// both, and are left alone; so is `open`.
var imperatives = []string{
	"activate", "add", "approve", "archive", "assign", "cancel", "complete", "confirm", "correct", "create", "deactivate", "delete",
	"deliver", "enroll", "finish", "invite", "notify", "pay", "place", "publish", "receive", "register", "reject",
	"remove", "rename", "renew", "reopen", "reserve", "restore", "revoke", "send", "ship", "submit", "suspend",
	"unsubscribe", "update", "upload", "withdraw",
}

func (c *checker) lintKey(e *event) {
	words := strings.Split(e.key, "-")
	last := words[len(words)-1]
	switch {
	case slices.Contains(vague, last):
		c.warn(lintVagueName, e.at, "say what happened, as user-email-corrected, price-raised",
			"%s says that something is different, and not what happened", e.key)
	case slices.Contains(imperatives, last), slices.Contains(imperatives, words[0]) && !pastTense(words):
		c.warn(lintTense, e.at, "say it in the past tense, as user-created", "%s is not in the past tense: an event has happened", e.key)
	}
}

// pastTense tells whether one of the words may be a past participle. Most end in -ed; those that do not are given
// the benefit of the doubt.
func pastTense(words []string) bool {
	return slices.ContainsFunc(words[1:], func(word string) bool {
		return strings.HasSuffix(word, "ed") || slices.Contains(irregular, word)
	})
}

var irregular = []string{
	"begun", "bought", "broken", "built", "chosen", "cut", "done", "drawn", "fallen", "found", "frozen", "given", "gone", "held", "hidden",
	"kept", "laid", "left", "lent", "lost", "made", "met", "paid", "put", "read", "run", "said", "seen", "sent", "set", "shown", "shut",
	"sold", "spent", "split", "taken", "thrown", "told", "undone", "withdrawn", "won", "written",
}

// money are names of amounts of money. A rate or a weight is no money, so the last word of a name counts.
var money = []string{
	"amount", "balance", "budget", "cash", "charge", "cost", "costs", "credit", "debit", "deposit", "fee", "fees", "money", "payment",
	"price", "prices", "refund", "revenue", "salary", "subtotal", "total", "wage",
}

func (c *checker) lintMoney(fields []*model.Field) {
	for _, field := range fields {
		words := strings.Split(field.Name, "_")
		if isFloat(field.Type) && slices.Contains(money, words[len(words)-1]) {
			c.warn(lintFloatMoney, field.Span, "use decimal, or an int of the smallest unit", "%s is named as money is, and a float cannot hold 0.1", field.Name)
		}
	}
}

func (c *checker) lintMoneyTypes() {
	for _, t := range c.declared.typeOrder {
		for _, v := range t.versions {
			switch typ := v.typ.(type) {
			case *model.Struct:
				c.lintMoney(typ.Fields)
			case *model.Scalar:
				words := strings.Split(kebab(typ.Name), "-")
				if isFloat(typ.Base) && slices.Contains(money, words[len(words)-1]) {
					c.warn(lintFloatMoney, typ.Span, "make it of decimal, or of an int of the smallest unit", "%s is named as money is, and a float cannot hold 0.1", typ.Name)
				}
			}
		}
	}
}

// isFloat tells whether a type holds floats directly. A named scalar is reported where it is declared.
func isFloat(t model.Type) bool {
	switch t := t.(type) {
	case *model.Basic:
		return t.Kind == model.Float
	case *model.Optional:
		return isFloat(t.Elem)
	case *model.List:
		return isFloat(t.Elem)
	case *model.Map:
		return isFloat(t.Elem)
	}
	return false
}
