package source

import "strings"

// syntaxCodes are the codes FLV0001 to FLV0099: what is wrong before a file means anything. Wrong and Right are
// whole files; the tests of dsl/syntax parse them.
var syntaxCodes = []CodeInfo{
	{
		Code: "FLV0001", Severity: Error, Title: "something that was not expected here",
		Explanation: "A declaration has a fixed form, and something stands in the place of what the form needs. The message says what was expected, the mend shows how such a declaration is written. Each declaration is read by itself: a broken one hides no error of the others.",
		Wrong: `domain shop

aggregate Cart {
    state {
        product string
        quantity int 1
    }
}
`,
		Right: `domain shop

aggregate Cart {
    state {
        product  string
        quantity int = 1
    }
}
`,
	},
	{
		Code: "FLV0002", Severity: Error, Title: "a character that is not used in the language",
		Explanation: "Some characters mean nothing in a .fluv file: `;`, `#`, single quotes, typographic quotes and dashes, non-breaking spaces, control characters. Where it is plain what was meant, the file is read as if that stood there, and the edit of the message writes it.",
		Wrong: `domain shop

aggregate Cart {
    state {
        product string;
        quantity int;
    }
}
`,
		Right: `domain shop

aggregate Cart {
    state {
        product  string
        quantity int
    }
}
`,
	},
	{
		Code: "FLV0003", Severity: Error, Title: "text that is not UTF-8",
		Explanation: "A .fluv file is UTF-8 text, with or without a byte order mark. Editors call it \"UTF-8\" in the box where a file's encoding is chosen.",
		Wrong:       "domain shop\n\n// Gr\xf6\xdfe\n",
		Right: `domain shop

// Größe
`,
	},
	{
		Code: "FLV0004", Severity: Error, Title: "a text that is not closed",
		Explanation: "A text in double quotes ends on its line. A text of several lines stands in backquotes, in which nothing has to be escaped.",
		Wrong: `domain shop

aggregate User {
    state {
        name string
        age  int
    }

    event user-created {
        name string
        age  int
    }

    action CreateUser(name string, age int) creates user-created {
        require age > 17 else TooYoung
    }

    error TooYoung "too young
}
`,
		Right: `domain shop

aggregate User {
    state {
        name string
        age  int
    }

    event user-created {
        name string
        age  int
    }

    action CreateUser(name string, age int) creates user-created {
        require age > 17 else TooYoung
    }

    error TooYoung "too young"
}
`,
	},
	{
		Code: "FLV0005", Severity: Error, Title: "a bracket without its partner",
		Explanation: "Each `(`, `[` and `{` needs its closing bracket. Where brackets do not match, the layout tells which declaration lacks one, so that the others can still be read.",
		Wrong: `domain shop

aggregate Cart {
    state {
        product string
    }

aggregate Address {
    state {
        street string
    }
}
`,
		Right: `domain shop

aggregate Cart {
    state {
        product string
    }
}

aggregate Address {
    state {
        street string
    }
}
`,
	},
	{
		Code: "FLV0006", Severity: Error, Title: "a letter beyond a to z in a name",
		Explanation: "Names become Go names and JSON fields, and are written with the letters a to z, digits, and `_` or `-` between words. Texts and comments may hold every letter.",
		Wrong: `domain shop

aggregate Cart {
    state {
        größe int
    }
}
`,
		Right: `domain shop

aggregate Cart {
    state {
        size int
    }
}
`,
	},
	{
		Code: "FLV0007", Severity: Error, Title: "a malformed number",
		Explanation: "A number is written in decimal digits, without leading zeros, exponents and `_`; a duration is numbers with the units d, h, m, s, ms, us and ns.",
		Wrong: `domain shop

aggregate Cart {
    state {
        quantity int = 1_000
    }
}
`,
		Right: `domain shop

aggregate Cart {
    state {
        quantity int = 1000
    }
}
`,
	},
	{
		Code: "FLV0008", Severity: Error, Title: "nested too deep",
		Explanation: "Expressions, types and blocks may be nested 200 levels deep, and 2000 operators may follow each other. What a person can read stays far below; a `derive` or a `let` gives a part a name.",
		Wrong:       "domain shop\n\naggregate Deep {\n    state {\n        value " + strings.Repeat("[]", 201) + "int\n    }\n}\n",
		Right: `domain shop

aggregate Deep {
    state {
        value [][]int
    }
}
`,
	},
	{
		Code: "FLV0009", Severity: Error, Title: "a word that cannot be a name",
		Explanation: "The words `if else in matches with true false none match` are reserved and name nothing. All others are names where a name may stand, but an event key is none of `now state error nothing actor id`, which mean something else in a test.",
		Wrong: `domain shop

aggregate Cart {
    state {
        match string
    }
}
`,
		Right: `domain shop

aggregate Cart {
    state {
        match_code string
    }
}
`,
	},
	{
		Code: "FLV0010", Severity: Error, Title: "the wrong case of a name",
		Explanation: "The case says what a name is: types, enums, aggregates, actions, errors and handlers are PascalCase, as in Go; fields, parameters and `let` names are snake_case, event keys and enum values kebab-case, as on the wire.",
		Wrong: `domain shop

aggregate Cart {
    state {
        unitPrice decimal
    }
}
`,
		Right: `domain shop

aggregate Cart {
    state {
        unit_price decimal
    }
}
`,
	},
	{
		Code: "FLV0011", Severity: Error, Title: "a number out of range",
		Explanation: "Versions count from 1. A snapshot is taken every 1 or more events; a handler runs 1 or more events at once.",
		Wrong: `domain shop

aggregate Cart {
    state {
        product string
    }

    snapshot every 0
}
`,
		Right: `domain shop

aggregate Cart {
    state {
        product string
    }

    snapshot every 100
}
`,
	},
	{
		Code: "FLV0012", Severity: Error, Title: "a duration that is too long",
		Explanation: "A duration is a Go time.Duration, which counts nanoseconds and ends after about 292 years.",
		Wrong: `domain shop

aggregate Loan {
    state {
        term duration = 1000000d
    }
}
`,
		Right: `domain shop

aggregate Loan {
    state {
        term duration = 3650d
    }
}
`,
	},
	{
		Code: "FLV0013", Severity: Error, Title: "a malformed time",
		Explanation: "A time is written as in RFC 3339, to the second or finer, with `Z` for UTC: `2026-01-02T03:04:05Z`. The day has to exist.",
		Wrong: `domain shop

aggregate Offer {
    state {
        since time = 2026-02-30T00:00:00Z
    }
}
`,
		Right: `domain shop

aggregate Offer {
    state {
        since time = 2026-02-28T00:00:00Z
    }
}
`,
	},
	{
		Code: "FLV0014", Severity: Error, Title: "a malformed expression in a text",
		Explanation: "In a text, `{expr}` stands for the value of an expression, which has no quotes and braces of its own. A brace that is meant as such is written twice: `{{` and `}}`.",
		Wrong: `domain shop

aggregate User {
    state {
        name string
        age  int
    }

    event user-created {
        name string
        age  int
    }

    action CreateUser(name string, age int) creates user-created {
        require age > 17 else TooYoung
    }

    error TooYoung "too young: {id"
}
`,
		Right: `domain shop

aggregate User {
    state {
        name string
        age  int
    }

    event user-created {
        name string
        age  int
    }

    action CreateUser(name string, age int) creates user-created {
        require age > 17 else TooYoung
    }

    error TooYoung "too young: {id}"
}
`,
	},
	{
		Code: "FLV0015", Severity: Error, Title: "an unknown escape",
		Explanation: "A text in double quotes knows Go's escapes \\n, \\t, \\r, \\\", \\\\ and \\u1234. In backquotes there are none, which suits patterns.",
		Wrong: `domain shop

type Code string where value matches "^\d+$"

aggregate Coupon {
    state {
        code Code
    }
}
`,
		Right: "domain shop\n\ntype Code string where value matches `^\\d+$`\n\naggregate Coupon {\n    state {\n        code Code\n    }\n}\n",
	},
	{
		Code: "FLV0020", Severity: Error, Title: "a missing value",
		Explanation: "An expression is not complete: an operator has nothing on one side, or something stands where a value should.",
		Wrong: `domain shop

aggregate User {
    state {
        name string
        age  int
    }

    event user-created {
        name string
        age  int
    }

    action CreateUser(name string, age int) creates user-created

    invariant age >=
}
`,
		Right: `domain shop

aggregate User {
    state {
        name string
        age  int
    }

    event user-created {
        name string
        age  int
    }

    action CreateUser(name string, age int) creates user-created

    invariant age >= 0
}
`,
	},
	{
		Code: "FLV0021", Severity: Error, Title: "comparisons in a chain",
		Explanation: "`a < b < c` would compare the result of the first comparison. Two comparisons are joined with `&&`.",
		Wrong: `domain shop

aggregate User {
    state {
        name string
        age  int
    }

    event user-created {
        name string
        age  int
    }

    action CreateUser(name string, age int) creates user-created

    invariant 0 <= age <= 150
}
`,
		Right: `domain shop

aggregate User {
    state {
        name string
        age  int
    }

    event user-created {
        name string
        age  int
    }

    action CreateUser(name string, age int) creates user-created

    invariant 0 <= age && age <= 150
}
`,
	},
	{
		Code: "FLV0022", Severity: Error, Title: "an operator of another language",
		Explanation: "The operators are `! - ?? * / % + - == != < <= > >= in matches && || ? :`. A single `=` assigns; two are compared with `==`.",
		Wrong: `domain shop

aggregate User {
    state {
        name string
        age  int
    }

    event user-created {
        name string
        age  int
    }

    action CreateUser(name string, age int) creates user-created

    invariant age >= 0 and age <= 150
}
`,
		Right: `domain shop

aggregate User {
    state {
        name string
        age  int
    }

    event user-created {
        name string
        age  int
    }

    action CreateUser(name string, age int) creates user-created

    invariant age >= 0 && age <= 150
}
`,
	},
	{
		Code: "FLV0023", Severity: Error, Title: "a missing comma",
		Explanation: "Commas are optional between fields, parameters and `field: expr`, but must stand in lists, map literals, arguments, enums and lists of keys.",
		Wrong: `domain shop

enum Phase { open closed }

aggregate Door {
    state {
        phase Phase
    }
}
`,
		Right: `domain shop

enum Phase { open, closed }

aggregate Door {
    state {
        phase Phase
    }
}
`,
	},
	{
		Code: "FLV0024", Severity: Error, Title: "`=` and `:` mixed up",
		Explanation: "Where something is set for good (a default, a fold, an upcast, a `let`, a derived value) stands `=`; in what is written in braces as a value (a record, a map) stands `:`. A type follows its name without any.",
		Wrong: `domain shop

aggregate Cart {
    state {
        product: string
    }
}
`,
		Right: `domain shop

aggregate Cart {
    state {
        product string
    }
}
`,
	},
	{
		Code: "FLV0025", Severity: Error, Title: "a type where a value should stand",
		Explanation: "A value of a type is written `Line { product: \"ink\" }`; a value of an enum `Phase.open`, or just `open` where that enum is expected.",
		Wrong: `domain shop

aggregate User {
    state {
        name string
        age  int
    }

    event user-created {
        name string
        age  int
    }

    action CreateUser(name string, age int) creates user-created

    invariant name != User
}
`,
		Right: `domain shop

aggregate User {
    state {
        name string
        age  int
    }

    event user-created {
        name string
        age  int
    }

    action CreateUser(name string, age int) creates user-created

    invariant name != "User"
}
`,
	},
	{
		Code: "FLV0026", Severity: Error, Title: "a malformed comprehension",
		Explanation: "`sum`, `count`, `all`, `any`, `map` and `filter` go through a list or map: a name for the item, `in`, the list, an optional condition, and behind `:` what to take of each.",
		Wrong: `domain shop

aggregate Cart {
    state {
        prices []decimal
    }

    derive total decimal = sum(prices)
}
`,
		Right: `domain shop

aggregate Cart {
    state {
        prices []decimal
    }

    derive total decimal = sum(p in prices: p)
}
`,
	},
	{
		Code: "FLV0030", Severity: Error, Title: "a malformed type",
		Explanation: "A type is a name, `[]T` for a list, `map[K]T` for a map, and `T?` for an optional. It follows the name of its field.",
		Wrong: `domain shop

aggregate Cart {
    state {
        tags List<string>
    }
}
`,
		Right: `domain shop

aggregate Cart {
    state {
        tags []string
    }
}
`,
	},
	{
		Code: "FLV0031", Severity: Error, Title: "a misplaced `?` of a type",
		Explanation: "`?` stands last and is about the whole type: `[]string?` is an optional list. Items, keys and values of maps are never optional, and nothing is optional twice.",
		Wrong: `domain shop

aggregate Cart {
    state {
        note string??
    }
}
`,
		Right: `domain shop

aggregate Cart {
    state {
        note string?
    }
}
`,
	},
	{
		Code: "FLV0032", Severity: Error, Title: "an unknown attribute",
		Explanation: "`@word` behind a field's type is kept for attributes to come. None is known yet.",
		Wrong: `domain shop

aggregate Cart {
    state {
        note string @private
    }
}
`,
		Right: `domain shop

aggregate Cart {
    state {
        note string
    }
}
`,
	},
	{
		Code: "FLV0040", Severity: Error, Title: "an unknown statement",
		Explanation: "A statement of an action begins with `require`, `let`, `emit` or `if`. An action changes nothing itself: it emits events, and their `apply` changes the state.",
		Wrong: `domain shop

aggregate User {
    state {
        name string
        age  int
    }

    event user-created {
        name string
        age  int
    }

    action CreateUser(name string, age int) creates user-created {
        reqire age > 0 else TooYoung
    }

    error TooYoung "too young"
}
`,
		Right: `domain shop

aggregate User {
    state {
        name string
        age  int
    }

    event user-created {
        name string
        age  int
    }

    action CreateUser(name string, age int) creates user-created {
        require age > 0 else TooYoung
    }

    error TooYoung "too young"
}
`,
	},
	{
		Code: "FLV0041", Severity: Error, Title: "a malformed statement of an action",
		Explanation: "`require` needs `else` and an error; `emit` needs a key, and its fields in braces.",
		Wrong: `domain shop

aggregate User {
    state {
        name string
        age  int
    }

    event user-created {
        name string
        age  int
    }

    action CreateUser(name string, age int) creates user-created {
        require age > 0
    }

    error TooYoung "too young"
}
`,
		Right: `domain shop

aggregate User {
    state {
        name string
        age  int
    }

    event user-created {
        name string
        age  int
    }

    action CreateUser(name string, age int) creates user-created {
        require age > 0 else TooYoung
    }

    error TooYoung "too young"
}
`,
	},
	{
		Code: "FLV0042", Severity: Error, Title: "a malformed statement of a fold",
		Explanation: "A fold has `field = expr`, `+=`, `-=`, `map[key] = expr`, `remove map[key]`, `if` and, first, `...event`. It assigns whole fields of the state; a part of a value is changed with `with`.",
		Wrong: `domain shop

aggregate User {
    state {
        name string
        age  int
    }

    event user-created {
        name string
        age  int
    }

    action CreateUser(name string, age int) creates user-created

    apply user-created {
        ...event
        state.age = event.age + 1
    }
}
`,
		Right: `domain shop

aggregate User {
    state {
        name string
        age  int
    }

    event user-created {
        name string
        age  int
    }

    action CreateUser(name string, age int) creates user-created

    apply user-created {
        ...event
        age = event.age + 1
    }
}
`,
	},
	{
		Code: "FLV0043", Severity: Error, Title: "an unknown option or word",
		Explanation: "A handler has the options `retry N`, `timeout D`, `from start|now`, `concurrency N` and `on failure park|skip|halt`; a test awaits an error of the aggregate or one of `invalid`, `invariant`, `overflow`, `not-found` and `already-exists`.",
		Wrong: `domain shop

aggregate User {
    state {
        name string
        age  int
    }

    event user-created {
        name string
        age  int
    }

    action CreateUser(name string, age int) creates user-created
}

handler Greet on user-created {
    on failure stop
}
`,
		Right: `domain shop

aggregate User {
    state {
        name string
        age  int
    }

    event user-created {
        name string
        age  int
    }

    action CreateUser(name string, age int) creates user-created
}

handler Greet on user-created {
    on failure halt
}
`,
	},
	{
		Code: "FLV0050", Severity: Error, Title: "an unknown declaration",
		Explanation: "A declaration at the top of a file begins with `import`, `type`, `upcast`, `enum`, `aggregate` or `handler`; one in an aggregate with `state`, `event`, `upcast`, `apply`, `error`, `action`, `derive`, `invariant`, `snapshot` or `test`.",
		Wrong: `domain shop

agregate Cart {
    state {
        product string
    }
}
`,
		Right: `domain shop

aggregate Cart {
    state {
        product string
    }
}
`,
	},
	{
		Code: "FLV0051", Severity: Error, Title: "a file without a domain",
		Explanation: "Each file begins with `domain` and a name, which all files of a folder share.",
		Wrong: `aggregate Cart {
    state {
        product string
    }
}
`,
		Right: `domain shop

aggregate Cart {
    state {
        product string
    }
}
`,
	},
	{
		Code: "FLV0052", Severity: Error, Title: "a second or misplaced domain",
		Explanation: "A file belongs to one domain, and says so in its first line.",
		Wrong: `domain shop

domain billing
`,
		Right: `domain shop
`,
	},
	{
		Code: "FLV0053", Severity: Error, Title: "a declaration in the wrong place",
		Explanation: "States, events, folds, actions, errors, invariants and tests belong to an aggregate. Types, enums, handlers and imports stand at the top of a file.",
		Wrong: `domain shop

event user-created {
    name string
}
`,
		Right: `domain shop

aggregate User {
    state {
        name string
        age  int
    }

    event user-created {
        name string
        age  int
    }

    action CreateUser(name string, age int) creates user-created
}
`,
	},
}
