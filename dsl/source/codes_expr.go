package source

// account is a small domain for the examples below: declarations, an aggregate with these fields, which an event
// sets, and one member that is right or wrong.
func account(declarations, fields, member string) string {
	if declarations != "" {
		declarations += "\n\n"
	}
	return "domain bank\n\n" + declarations + "aggregate Account {\n" +
		"    state { " + fields + " }\n\n" +
		"    event account-opened { " + fields + " }\n\n" +
		"    action OpenAccount(" + fields + ") creates account-opened\n\n" +
		"    " + member + "\n}\n"
}

const phases = "enum Phase { active, frozen, closed }"

// exprCodes are the codes FLV0200 to FLV0299: what is wrong in an expression.
var exprCodes = []CodeInfo{
	{
		Code: "FLV0200", Severity: Error, Title: "an unknown name",
		Explanation: "A name in an expression is a field, a parameter, a `let`, a name of the comprehension around it, or a value of " +
			"the enum that is expected there. What can be named depends on the place: a fold, a derived value and an invariant " +
			"read the state's fields by their bare names, an action reads them as state.name, an upcast reads old.name.",
		Wrong: account("", "balance decimal", "invariant balence >= 0"),
		Right: account("", "balance decimal", "invariant balance >= 0"),
	},
	{
		Code: "FLV0201", Severity: Error, Title: "a minus read as part of a word",
		Explanation: "Event keys and enum values are kebab-case, so that a-b is one word. A subtraction needs spaces around its minus.",
		Wrong:       account("", "balance decimal, reserved decimal", "invariant balance-reserved >= 0"),
		Right:       account("", "balance decimal, reserved decimal", "invariant balance - reserved >= 0"),
	},
	{
		Code: "FLV0202", Severity: Error, Title: "an unknown field",
		Explanation: "The value, or the event, state or old version that is read, has no field of that name.",
		Wrong:       account("type Money {\n    amount decimal\n}", "balance Money", "invariant balance.amuont >= 0"),
		Right:       account("type Money {\n    amount decimal\n}", "balance Money", "invariant balance.amount >= 0"),
	},
	{
		Code: "FLV0203", Severity: Error, Title: "a value without fields",
		Explanation: "Only values of a type with fields have something behind a dot; lists, texts and numbers have functions instead.",
		Wrong:       account("", "owner string", "invariant owner.length > 0"),
		Right:       account("", "owner string", "invariant len(owner) > 0"),
	},
	{
		Code: "FLV0204", Severity: Error, Title: "a name that cannot be used here",
		Explanation: "What follows from the events must be the same in every replay. A fold, a derived value and an invariant therefore " +
			"know no clock, no actor and no metadata: what they need of these, the event must carry.",
		Wrong: account("", "due time", "invariant due > now"),
		Right: account("", "due time", "invariant due > 2000-01-01T00:00:00Z"),
	},
	{
		Code: "FLV0205", Severity: Error, Title: "a name declared twice",
		Explanation: "A name has one meaning in all places from which it can be seen: a comprehension or a `let` may not take the name of " +
			"a field, parameter or `let` around it.",
		Wrong: account("", "tags []string, tag string", "invariant all(tag in tags: tag != \"\")"),
		Right: account("", "tags []string, tag string", "invariant all(t in tags: t != \"\")"),
	},
	{
		Code: "FLV0206", Severity: Error, Title: "a name that is not a value by itself",
		Explanation: "state, event and old are no values: their fields are read one by one.",
		Wrong:       account("", "tags []string", "apply account-opened {\n        tags = event\n    }"),
		Right:       account("", "tags []string", "apply account-opened {\n        tags = event.tags\n    }"),
	},
	{
		Code: "FLV0207", Severity: Error, Title: "an unknown value of an enum",
		Explanation: "Where an enum is expected, a bare word is one of its values, unless the word is a name there.",
		Wrong:       account(phases, "phase Phase", "invariant phase != actve"),
		Right:       account(phases, "phase Phase", "invariant phase != active"),
	},
	{
		Code: "FLV0208", Severity: Error, Title: "an unknown enum",
		Explanation: "Before the dot of Phase.active stands an enum of this domain.",
		Wrong:       account(phases, "phase Phase", "invariant phase != Fase.frozen"),
		Right:       account(phases, "phase Phase", "invariant phase != Phase.frozen"),
	},
	{
		Code: "FLV0210", Severity: Error, Title: "a value of another type is expected",
		Explanation: "A value fits a type if it is of that type; a T fits T?, an int fits decimal, a base fits its named scalar, and the " +
			"other way about. There is no other conversion by itself.",
		Wrong: account("", "balance decimal", "derive label string = balance"),
		Right: account("", "balance decimal", "derive label string = \"{balance}\""),
	},
	{
		Code: "FLV0211", Severity: Error, Title: "a value that may be none",
		Explanation: "An optional value, an entry of a map and an item of a list may not be there. Say what to take then with ??, or ask " +
			"before: behind x != none, k in m and len(l) > n the value is known to be there, in what &&, if, ?, require and the `if` of a " +
			"comprehension let through, and behind the opposite with ||, else and `:`.",
		Wrong: account("", "nickname string?", "invariant len(nickname) < 20"),
		Right: account("", "nickname string?", "invariant nickname == none || len(nickname) < 20"),
	},
	{
		Code: "FLV0212", Severity: Error, Title: "two different named scalars",
		Explanation: "Named scalars are told apart so that they are not mixed up: an Email is never compared with a Phone or assigned to one.",
		Wrong:       account("type Email string\n\ntype Phone string", "email Email, phone Phone", "invariant email != phone"),
		Right:       account("type Email string\n\ntype Phone string", "email Email, phone Phone", "invariant email != \"\" || phone != \"\""),
	},
	{
		Code: "FLV0213", Severity: Error, Title: "alternatives of different types",
		Explanation: "The branches of ? :, the cases of a match, both sides of ?? and the items of a list must be of one type.",
		Wrong:       account("", "balance decimal", "invariant (balance > 0 ? \"plus\" : 0) != \"\""),
		Right:       account("", "balance decimal", "invariant (balance > 0 ? \"plus\" : \"zero\") != \"\""),
	},
	{
		Code: "FLV0214", Severity: Error, Title: "none of an unknown type",
		Explanation: "none is a value of the optional type that is expected; here nothing is expected.",
		Wrong:       account("", "nickname string?", "invariant none == none"),
		Right:       account("", "nickname string?", "invariant nickname == none || len(nickname) > 0"),
	},
	{
		Code: "FLV0215", Severity: Error, Title: "an empty literal of an unknown type",
		Explanation: "[] and { } are of the list or map type that is expected; here nothing is expected.",
		Wrong:       account("", "tags []string", "invariant len([]) == 0"),
		Right:       account("", "tags []string", "invariant tags != []"),
	},
	{
		Code: "FLV0216", Severity: Error, Title: "a value that is never none",
		Explanation: "Only a T? can be none; asking it of another value, or saying with ?? what to take instead, has no effect.",
		Wrong:       account("", "owner string", "invariant owner != none"),
		Right:       account("", "owner string", "invariant owner != \"\""),
	},
	{
		Code: "FLV0217", Severity: Error, Title: "an item that may be none",
		Explanation: "Items of lists and values of maps are never optional.",
		Wrong:       account("", "nickname string?", "invariant len([nickname]) == 1"),
		Right:       account("", "nickname string?", "invariant len(nickname == none ? [\"\"] : [nickname]) == 1"),
	},
	{
		Code: "FLV0218", Severity: Error, Title: "a default that is not a literal",
		Explanation: "A default is written out: numbers, texts, enum values, none, lists, maps and values of types. Nothing is read or " +
			"reckoned in it.",
		Wrong: account("type Limit {\n    days int = 7 * 2\n}", "limit Limit", "invariant limit.days > 0"),
		Right: account("type Limit {\n    days int = 14\n}", "limit Limit", "invariant limit.days > 0"),
	},
	{
		Code: "FLV0219", Severity: Error, Title: "a value that cannot stand in a text",
		Explanation: "In the braces of a text stand scalars: strings, numbers, bools, times, durations, enums and ids, and none of them optional.",
		Wrong:       account("", "tags []string", "derive label string = \"tags: {tags}\""),
		Right:       account("", "tags []string", "derive label string = \"tags: \" + join(tags, \", \")"),
	},
	{
		Code: "FLV0220", Severity: Error, Title: "a number that is too large",
		Explanation: "An int has 64 bits, a decimal at most 60 digits, a float what fits into 64 bits.",
		Wrong:       account("", "points int", "invariant points < 9223372036854775808"),
		Right:       account("", "points int", "invariant points < 9223372036854775807"),
	},
	{
		Code: "FLV0221", Severity: Error, Title: "a value that cannot be the key of a map",
		Explanation: "The keys of a map are strings, ints, values of an enum or ids, for they become the names of a JSON object.",
		Wrong:       account("", "rate decimal", "invariant len({ 1.5: \"a\" }) == 1"),
		Right:       account("", "rate decimal", "invariant len({ \"1.5\": \"a\" }) == 1"),
	},
	{
		Code: "FLV0222", Severity: Error, Title: "a key twice in one map",
		Explanation: "A map has one entry for a key; of two in a literal one would be lost.",
		Wrong:       account("", "plan string", "invariant plan in { \"basic\": 1, \"basic\": 2 }"),
		Right:       account("", "plan string", "invariant plan in { \"basic\": 1, \"plus\": 2 }"),
	},
	{
		Code: "FLV0223", Severity: Error, Title: "a literal of a type without fields",
		Explanation: "Only a type that was declared with fields has literals like Line { … }.",
		Wrong:       account("type Email string", "email Email", "invariant email != Email { value: \"\" }"),
		Right:       account("type Email string", "email Email", "invariant email != \"\""),
	},
	{
		Code: "FLV0224", Severity: Error, Title: "a missing field",
		Explanation: "A literal of a type gives every field that is neither optional nor has a default.",
		Wrong:       account("type Money {\n    amount   decimal\n    currency string\n}", "balance Money", "invariant balance != Money { amount: 0 }"),
		Right:       account("type Money {\n    amount   decimal\n    currency string\n}", "balance Money", "invariant balance != Money { amount: 0, currency: \"\" }"),
	},
	{
		Code: "FLV0225", Severity: Error, Title: "a field that is given twice",
		Explanation: "Each field is given once.",
		Wrong:       account("type Money {\n    amount decimal\n}", "balance Money", "invariant balance != Money { amount: 0, amount: 1 }"),
		Right:       account("type Money {\n    amount decimal\n}", "balance Money", "invariant balance != Money { amount: 0 }"),
	},
	{
		Code: "FLV0230", Severity: Error, Title: "a value that an operator or function does not take",
		Explanation: "Each operator and function is for certain types; the message says which.",
		Wrong:       account("", "points int", "invariant len(points) > 0"),
		Right:       account("", "points int", "invariant points > 0"),
	},
	{
		Code: "FLV0231", Severity: Error, Title: "an operation that does not exist",
		Explanation: "+ - * / are for two numbers of one type, an int being a decimal beside one; % is for ints; + also joins strings and lists. " +
			"A time and a duration are added or subtracted, two times subtracted, a duration is multiplied by an int.",
		Wrong: account("", "opened time, closed time", "invariant opened + closed > opened"),
		Right: account("", "opened time, closed time", "invariant closed - opened > 1h"),
	},
	{
		Code: "FLV0232", Severity: Error, Title: "two types that cannot be compared",
		Explanation: "Both sides of a comparison must be of one type; an int can stand beside a decimal, a T beside a T?, a base beside its named scalar.",
		Wrong:       account("", "points int", "invariant points != \"0\""),
		Right:       account("", "points int", "invariant points != 0"),
	},
	{
		Code: "FLV0233", Severity: Error, Title: "a type that is not compared",
		Explanation: "json and Go types are not compared: what is equal in them only their owner knows.",
		Wrong:       account("", "extra json, other json", "invariant extra == other"),
		Right:       account("", "extra json, other json, version int", "invariant version > 0"),
	},
	{
		Code: "FLV0234", Severity: Error, Title: "a type without an order",
		Explanation: "< <= > >= are for numbers, times, durations and strings.",
		Wrong:       account(phases, "phase Phase", "invariant phase < closed"),
		Right:       account(phases, "phase Phase", "invariant phase != closed"),
	},
	{
		Code: "FLV0235", Severity: Error, Title: "a division that is not rounded",
		Explanation: "A decimal has no exact quotient in general, so that each division says to how many places: round(a / b, places), rounded " +
			"once, half away from zero.",
		Wrong: account("", "total decimal, count int", "derive mean decimal = total / count"),
		Right: account("", "total decimal, count int", "derive mean decimal = count == 0 ? 0 : round(total / count, 2)"),
	},
	{
		Code: "FLV0236", Severity: Error, Title: "a division by zero",
		Explanation: "The right side of this / or % is the number 0.",
		Wrong:       account("", "points int", "invariant points % 0 == 0"),
		Right:       account("", "points int", "invariant points % 10 == 0"),
	},
	{
		Code: "FLV0237", Severity: Error, Title: "a pattern that is not a literal",
		Explanation: "matches takes one regular expression, written out without values in it, so that a wrong one is found before anything runs.",
		Wrong:       account("", "code string, pattern string", "invariant code matches pattern"),
		Right:       account("", "code string, pattern string", "invariant code matches `^[A-Z]{3}$`"),
	},
	{
		Code: "FLV0238", Severity: Error, Title: "a malformed regular expression",
		Explanation: "The pattern is in RE2's language, which is that of Go's package regexp.",
		Wrong:       account("", "code string", "invariant code matches `^[A-Z`"),
		Right:       account("", "code string", "invariant code matches `^[A-Z]+$`"),
	},
	{
		Code: "FLV0240", Severity: Error, Title: "an unknown function",
		Explanation: "The functions are len lower upper trim contains starts_with ends_with before after split join abs round min max first last " +
			"keys values, and the comprehensions sum count all any map filter.",
		Wrong: account("", "owner string", "invariant length(owner) > 0"),
		Right: account("", "owner string", "invariant len(owner) > 0"),
	},
	{
		Code: "FLV0241", Severity: Error, Title: "the wrong number of arguments",
		Explanation: "Each function takes the arguments that the message says.",
		Wrong:       account("", "balance decimal", "invariant round(balance) >= 0"),
		Right:       account("", "balance decimal", "invariant round(balance, 2) >= 0"),
	},
	{
		Code: "FLV0242", Severity: Error, Title: "a value twice in one match",
		Explanation: "Each value of the enum stands in one case.",
		Wrong:       account(phases, "phase Phase", "derive usable bool = match phase { active: true  active: false  else: false }"),
		Right:       account(phases, "phase Phase", "derive usable bool = match phase { active: true  else: false }"),
	},
	{
		Code: "FLV0243", Severity: Error, Title: "a match that forgets a value",
		Explanation: "Each value of the enum stands in one case, or there is an else. A value that is added later is found here.",
		Wrong:       account(phases, "phase Phase", "derive usable bool = match phase { active: true  frozen: false }"),
		Right:       account(phases, "phase Phase", "derive usable bool = match phase { active: true  frozen, closed: false }"),
	},
}
