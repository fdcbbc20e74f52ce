package check

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// What stands behind a guard is known to be there.
func TestGuards(t *testing.T) {
	b := newBench(t)
	for text, want := range map[string]string{
		// x != none, for names and their fields.
		`os != none && len(os) > 0`:                                `(&& (!= os none:string?) (> (len (! os)) 0))`,
		`none != os && len(os) > 0`:                                `(&& (!= none:string? os) (> (len (! os)) 0))`,
		`(os != none) && (len((os)) > 0)`:                          `(&& (!= os none:string?) (> (len (! os)) 0))`,
		`os == none || len(os) > 0`:                                `(|| (== os none:string?) (> (len (! os)) 0))`,
		`!(os != none) || len(os) > 0`:                             `(|| (! (!= os none:string?)) (> (len (! os)) 0))`,
		`!(os == none) && len(os) > 0`:                             `(&& (! (== os none:string?)) (> (len (! os)) 0))`,
		`os != none ? len(os) : 0`:                                 `(? (!= os none:string?) (len (! os)) 0)`,
		`os == none ? 0 : len(os)`:                                 `(? (== os none:string?) 0 (len (! os)))`,
		`os != none && oi != none && len(os) > oi`:                 `(&& (&& (!= os none:string?) (!= oi none:int?)) (> (len (! os)) (! oi)))`,
		`os == none || oi == none || len(os) > oi`:                 `(|| (|| (== os none:string?) (== oi none:int?)) (> (len (! os)) (! oi)))`,
		`os == none || oi != none && len(os) > oi`:                 `(|| (== os none:string?) (&& (!= oi none:int?) (> (len (! os)) (! oi))))`,
		`(os != none && oi != none) ? oi + len(os) : 0`:            `(? (&& (!= os none:string?) (!= oi none:int?)) (+ (! oi) (len (! os))) 0)`,
		`!(os == none || oi == none) ? oi + len(os) : 0`:           `(? (! (|| (== os none:string?) (== oi none:int?))) (+ (! oi) (len (! os))) 0)`,
		`os == none ? 0 : b ? len(os) : 1`:                         `(? (== os none:string?) 0 (? b (len (! os)) 1))`,
		`line.to != none && line.to.city == ""`:                    `(&& (!= (.to line) none:Address?) (== (.city (! (.to line))) ""))`,
		`event.os != none && event.os == "a"`:                      `(&& (!= os none:string?) (== (! os) "a"))`,
		`event.line.to != none && event.line.to.door > 1`:          ``,
		`oline != none && oline.to != none && oline.to.door > 1`:   ``,
		`oaddr != none && oaddr.zip != none && len(oaddr.zip) > 0`: ``,
		`ob != none && ob`:                                         `(&& (!= ob none:bool?) (! ob))`,
		`oemail != none && email == oemail`:                        `(&& (!= oemail none:Email?) (== email (! oemail)))`,
		`os != none ? [os] : []`:                                   `(? (!= os none:string?) [(! os)]:[]string []:[]string)`,
		`os != none && "{os}" == ""`:                               `(&& (!= os none:string?) (== (text (! os)) ""))`,

		// In comprehensions, from around them and from their own if.
		`sum(x in addrs if x.zip != none: len(x.zip))`:                       `(sum | x:Address in addrs if (!= (.zip x) none:string?): (len (! (.zip x))))`,
		`sum(x in lines if x.to != none && x.to.zip != none: len(x.to.zip))`: ``,
		`oi != none && all(x in is: x > oi)`:                                 `(&& (!= oi none:int?) (all | x:int in is: (> x (! oi))))`,
		`all(x in addrs: x.zip == none || len(x.zip) == 5)`:                  `(all | x:Address in addrs: (|| (== (.zip x) none:string?) (== (len (! (.zip x))) 5)))`,
		`any(k, v in ml: v.to != none && v.to.door == 1)`:                    ``,

		// k in m.
		`s in m && m[s] > 1`:                     `(&& (in s m) (> (at! m s) 1))`,
		`"a" in m && m["a"] > 1`:                 `(&& (in "a" m) (> (at! m "a") 1))`,
		`opened in mp ? mp[opened] : 0`:          `(? (in Phase.opened mp) (at! mp Phase.opened) 0)`,
		`phase in mp ? mp[phase] : 0`:            `(? (in phase mp) (at! mp phase) 0)`,
		`1 in mi ? mi[1] : ""`:                   `(? (in 1 mi) (at! mi 1) "")`,
		`!(s in m) || m[s] > 1`:                  `(|| (! (in s m)) (> (at! m s) 1))`,
		`s in m ? m[s] : 0`:                      `(? (in s m) (at! m s) 0)`,
		`email in m ? m[email] : 0`:              `(? (in (base:string email) m) (at! m (base:string email)) 0)`,
		`thing_id in mid && mid[thing_id] == ""`: `(&& (in thing_id mid) (== (at! mid thing_id) ""))`,
		`sum(x in ss if x in m: m[x])`:           `(sum | x:string in ss if (in x m): (at! m x))`,
		`sum(k, v in m if k in md: md[k])`:       `(sum k:string | v:int in m if (in k md): (at! md k))`,
		`event.s in m && m[event.s] > 1`:         `(&& (in s m) (> (at! m s) 1))`,
		`om != none && s in om && om[s] > 1`:     `(&& (&& (!= om none:map[string]int?) (in s (! om))) (> (at! (! om) s) 1))`,
		`s in ml && ml[s].price > 1`:             `(&& (in s ml) (> (.price (at! ml s)) 1d))`,

		// len(l) > n.
		`len(is) > 0 && is[0] > 1`:                    `(&& (> (len is) 0) (> (at! is 0) 1))`,
		`len(is) > 2 && is[0] + is[1] + is[2] > 1`:    `(&& (> (len is) 2) (> (+ (+ (at! is 0) (at! is 1)) (at! is 2)) 1))`,
		`0 < len(is) && is[0] > 1`:                    `(&& (< 0 (len is)) (> (at! is 0) 1))`,
		`len(is) >= 1 && is[0] > 1`:                   `(&& (>= (len is) 1) (> (at! is 0) 1))`,
		`len(is) == 2 && is[1] > 1`:                   `(&& (== (len is) 2) (> (at! is 1) 1))`,
		`len(is) != 0 && is[0] > 1`:                   `(&& (!= (len is) 0) (> (at! is 0) 1))`,
		`len(is) == 0 || is[0] > 1`:                   `(|| (== (len is) 0) (> (at! is 0) 1))`,
		`len(is) <= 1 || is[1] > 1`:                   `(|| (<= (len is) 1) (> (at! is 1) 1))`,
		`len(is) < 2 ? 0 : is[1]`:                     `(? (< (len is) 2) 0 (at! is 1))`,
		`!(len(is) > 0) || is[0] > 1`:                 `(|| (! (> (len is) 0)) (> (at! is 0) 1))`,
		`len(is) > i ? is[i] : 0`:                     `(? (> (len is) i) (at! is i) 0)`,
		`sum(n in qtys if len(is) > n: is[n])`:        ``,
		`len(lines) > 0 && lines[0].price > 1`:        `(&& (> (len lines) 0) (> (.price (at! lines 0)) 1d))`,
		`len(event.is) > 0 && event.is[0] > 1`:        `(&& (> (len is) 0) (> (at! is 0) 1))`,
		`oss != none && len(oss) > 0 && oss[0] == ""`: `(&& (&& (!= oss none:[]string?) (> (len (! oss)) 0)) (== (at! (! oss) 0) ""))`,
		`len(is) > 5 || len(is) > 3 ? is[3] : 0`:      `(? (|| (> (len is) 5) (> (len is) 3)) (at! is 3) 0)`,

		// What is known to be there may still be used as what it is.
		`os != none && (os ?? "") == ""`: `(&& (!= os none:string?) (== (?? os "") ""))`,
		`os != none && os != none`:       `(&& (!= os none:string?) (!= os none:string?))`,
		`os != none ? os : none`:         `(? (!= os none:string?) os none:string?)`,
		`s in m ? (m[s] ?? 0) : 0`:       `(? (in s m) (?? (at m s) 0) 0)`,
		`s in m && m[s] == none`:         `(&& (in s m) (== (at m s) none:int?))`,
	} {
		x, list := b.typed(t, text, nil)
		if assert.Empty(t, list, text) && want != "" {
			assert.Equal(t, want, sexpr(x), text)
		}
	}
}

// What is no guard, or stands on the wrong side of one, shows nothing.
func TestNoGuards(t *testing.T) {
	b := newBench(t)
	for _, text := range []string{
		`os != none || len(os) > 0`, `os == none && len(os) > 0`, `len(os) > 0 && os != none`, `os != none ? 0 : len(os)`,
		`os == none ? len(os) : 0`, `!(os != none) && len(os) > 0`, `!(os == none) || len(os) > 0`,
		`(os != none || b) && len(os) > 0`, `(os == none && b) || len(os) > 0`, `(os != none || oi != none) ? len(os) : 0`,
		`(os != none && b) ? 1 : len(os)`, `os != none && len(event.os) > 0`, `event.os != none && len(os) > 0`,
		`line.to != none && oline.to.city == ""`, `oline != none && oline.to.city == ""`, `os == "a" && len(os) > 0`,
		`os != "a" && len(os) > 0`, `(b ? os != none : true) && len(os) > 0`, `(b || os != none) && len(os) > 0`,
		`first(addrs) != none && first(addrs).city == ""`, `ml["a"] != none && ml["a"].price > 1`,
		`all(x in addrs: x.zip != none) && all(y in addrs: len(y.zip) > 0)`, `sum(x in addrs if x.zip == none: len(x.zip)) > 0`,
		`any(x in addrs if x.zip != none: true) && all(x in addrs: len(x.zip) > 0)`,

		`s in m || m[s] > 1`, `s in m && m[s2] > 1`, `s in m && md[s] > 1`, `"a" in m && m["b"] > 1`, `!(s in m) && m[s] > 1`,
		`s in ss && m[s] > 1`, `(s in m ? 0 : m[s]) > 1`, `(s + s in m) && m[s + s] > 1`, `s in keys(m) && m[s] > 1`, `event.s in m && m[s] > 1`,
		`opened in mp && mp[closed] > 1`, `s in m && event.m[s] > 1`,

		`len(is) > 0 && is[1] > 1`, `len(is) > 0 || is[0] > 1`, `len(is) >= 0 && is[0] > 1`, `len(is) < 1 && is[0] > 1`,
		`len(is) == 0 && is[0] > 1`, `len(is) != 1 && is[0] > 1`, `len(ss) > 0 && is[0] > 1`, `len(is) > -1 && is[0] > 1`,
		`len(is) > 3 && is[-1] > 1`, `len(is) >= i && is[i] > 1`, `len(is) > i && is[j] > 1`, `len(is) > i && is[i - 1] > 1`,
		`len(is) < i || is[i] > 1`, `(len(is) > 5 || len(is) > 3 ? is[4] : 0) > 1`, `len(s) > 0 && is[0] > 1`, `len(m) > 0 && m["a"] > 1`,
		`len(is + is) > 0 && is[0] > 1`, `len(is) > 0 && first(is) > 1`, `len(is) > 0 && min(is) > 1`, `len(is) != 0 || is[0] > 1`,
		`len(is) > 0 && event.is[0] > 1`, `len(is) > 1.5 && is[0] > 1`,
	} {
		_, list := b.typed(t, text, nil)
		if assert.Len(t, list, 1, text) {
			assert.Contains(t, []string{string(codeMayBeNone), string(codeDiffer)}, string(list[0].Code), "%s: %v", text, list)
		}
	}
}

// What the guards say of exists is asked by those who follow an action's emits.
func TestExists(t *testing.T) {
	b := newBench(t)
	for text, want := range map[string][2]string{
		`exists`:                        {"yes", "no"},
		`!exists`:                       {"no", "yes"},
		`!!exists`:                      {"yes", "no"},
		`(exists)`:                      {"yes", "no"},
		`exists && b`:                   {"yes", "?"},
		`b && exists`:                   {"yes", "?"},
		`exists || b`:                   {"?", "no"},
		`!exists || b`:                  {"?", "yes"},
		`!(exists || b)`:                {"no", "?"},
		`b`:                             {"?", "?"},
		`exists && b || exists`:         {"yes", "no"},
		`exists && b || exists && flag`: {"yes", "?"},
		`exists && b || !exists && b`:   {"?", "?"},
		`exists == true`:                {"yes", "no"},
		`exists == false`:               {"no", "yes"},
		`exists != false`:               {"yes", "no"},
		`true == exists`:                {"yes", "no"},
	} {
		b.list = nil
		_, yes, no := b.cond(b.scope, parseExpr(t, text))
		assert.Empty(t, b.list, text)
		assert.Equal(t, want, [2]string{existsWord(yes), existsWord(no)}, text)
	}
	_, known := b.scope.exists()
	assert.False(t, known)
	assert.Equal(t, "no", existsWord(newScope(b.scope.withExists(false))))
	assert.Equal(t, "yes", existsWord(b.scope.withExists(false).withExists(true)), "what was said last counts")
}

func existsWord(s *scope) string {
	value, known := s.exists()
	switch {
	case !known:
		return "?"
	case value:
		return "yes"
	}
	return "no"
}

// The scopes that a condition gives hold for what is written after it: require, if, else.
func TestConditionsNarrowWhatFollows(t *testing.T) {
	b := newBench(t)
	parse := func(text string) syntax.Expr { return parseExpr(t, text) }
	_, yes, no := b.cond(b.scope, parse(`os != none && len(is) > 0`))
	x := b.expr(yes, parse(`len(os) + is[0]`), intType)
	assert.Empty(t, b.list)
	assert.Equal(t, `(+ (len (! os)) (at! is 0))`, sexpr(x))
	b.expr(no, parse(`len(os)`), intType)
	assert.Len(t, b.list, 1)

	b.list = nil
	_, _, no = b.cond(b.scope, parse(`os == none || oi == none`))
	b.expr(no, parse(`len(os) + oi`), intType)
	assert.Empty(t, b.list)
	b.expr(b.scope, parse(`len(os)`), intType)
	assert.Len(t, b.list, 1, "the scope around is as it was")
}
