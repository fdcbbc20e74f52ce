package source

// aggregateCodes are about states, derived values and invariants.
var aggregateCodes = []CodeInfo{
	{
		Code: "FLV0130", Severity: Error, Title: "a second state",
		Explanation: "An aggregate has one state.",
		Wrong: `domain people

aggregate Person {
    state { name string }
    state { born time }
    event person-met { name string }
    action MeetPerson(name string) creates person-met
}
`,
		Right: `domain people

aggregate Person {
    state { name string, born time }
    event person-met { name string }
    action MeetPerson(name string) creates person-met
}
`,
	},
	{
		Code: "FLV0131", Severity: Error, Title: "a wire name that cannot be used",
		Explanation: "The wire name of an aggregate, its name in kebab-case or what `as` says, stands in every stored event. Each " +
			"aggregate of a domain has another, and none is empty.",
		Wrong: `domain people

aggregate Person {
    event person-met { }
    action MeetPerson() creates person-met
}

aggregate Member as "person" {
    event member-joined { }
    action Join() creates member-joined
}
`,
		Right: `domain people

aggregate Person {
    event person-met { }
    action MeetPerson() creates person-met
}

aggregate Member as "member" {
    event member-joined { }
    action Join() creates member-joined
}
`,
	},
	{
		Code: "FLV0132", Severity: Error, Title: "a second snapshot",
		Explanation: "An aggregate says once, if at all, after how many events a snapshot of its state is made.",
		Wrong: `domain people

aggregate Person {
    event person-met { }
    action MeetPerson() creates person-met
    snapshot every 10
    snapshot every 100
}
`,
		Right: `domain people

aggregate Person {
    event person-met { }
    action MeetPerson() creates person-met
    snapshot every 100
}
`,
	},
	{
		Code: "FLV0133", Severity: Error, Title: "a derived value that follows from itself",
		Explanation: "A derived value follows from the fields of the state, and from other derived values, but not in a circle.",
		Wrong: `domain bank

aggregate Account {
    state { balance decimal }
    derive free decimal = balance - held
    derive held decimal = balance - free
    event account-opened { balance decimal }
    action OpenAccount(balance decimal) creates account-opened
}
`,
		Right: `domain bank

aggregate Account {
    state { balance decimal, held decimal }
    derive free decimal = balance - held
    event account-opened { balance decimal }
    action OpenAccount(balance decimal) creates account-opened
}
`,
	},
	{
		Code: "FLV0134", Severity: Error, Title: "two invariants of one name",
		Explanation: "An invariant may have a name, which stands in the error when it is broken. No two of an aggregate have the same.",
		Wrong: `domain bank

aggregate Account {
    state { balance decimal, held decimal }
    event account-opened { balance decimal }
    action OpenAccount(balance decimal) creates account-opened
    invariant Covered balance >= 0
    invariant Covered balance >= held
}
`,
		Right: `domain bank

aggregate Account {
    state { balance decimal, held decimal }
    event account-opened { balance decimal }
    action OpenAccount(balance decimal) creates account-opened
    invariant Positive balance >= 0
    invariant Covered balance >= held
}
`,
	},
}
