package source

// foldCodes are about how events change the state.
var foldCodes = []CodeInfo{
	{
		Code: "FLV0150", Severity: Error, Title: "a second apply",
		Explanation: "An event is applied in one place, whatever its versions: older ones are read as the newest first.",
		Wrong: `domain people

aggregate Person {
    state { met bool, count int }
    event person-met { }
    apply person-met { met = true }
    apply person-met { count += 1 }
    action MeetPerson() creates person-met
}
`,
		Right: `domain people

aggregate Person {
    state { met bool, count int }
    event person-met { }
    apply person-met {
        met = true
        count += 1
    }
    action MeetPerson() creates person-met
}
`,
	},
	{
		Code: "FLV0151", Severity: Error, Title: "an unknown field of the state",
		Explanation: "An apply writes to the fields of the aggregate's state.",
		Wrong: `domain people

aggregate Person {
    state { active bool }
    event person-met { }
    apply person-met { activ = true }
    action MeetPerson() creates person-met
}
`,
		Right: `domain people

aggregate Person {
    state { active bool }
    event person-met { }
    apply person-met { active = true }
    action MeetPerson() creates person-met
}
`,
	},
	{
		Code: "FLV0152", Severity: Error, Title: "a name that cannot be assigned",
		Explanation: "Derived values follow from the state, and an id never changes: no apply writes to them.",
		Wrong: `domain bank

aggregate Account {
    state { balance decimal }
    derive solvent bool = balance >= 0
    event account-opened { }
    apply account-opened { solvent = true }
    action OpenAccount() creates account-opened
}
`,
		Right: `domain bank

aggregate Account {
    state { balance decimal }
    derive solvent bool = balance >= 0
    event account-opened { }
    apply account-opened { balance = 0 }
    action OpenAccount() creates account-opened
}
`,
	},
	{
		Code: "FLV0153", Severity: Error, Title: "a field that is assigned twice",
		Explanation: "All right sides read the state before the event, so that of two = to one field on one path the first would " +
			"count for nothing. Two += both count.",
		Wrong: `domain bank

aggregate Account {
    state { balance decimal }
    event money-deposited { amount decimal }
    apply money-deposited {
        balance = balance + event.amount
        balance = balance - 1
    }
    action Deposit(amount decimal) creates money-deposited emits money-deposited
}
`,
		Right: `domain bank

aggregate Account {
    state { balance decimal }
    event money-deposited { amount decimal }
    apply money-deposited {
        balance += event.amount
        balance -= 1
    }
    action Deposit(amount decimal) creates money-deposited emits money-deposited
}
`,
	},
	{
		Code: "FLV0154", Severity: Error, Title: "...event in the wrong place",
		Explanation: "...event copies what fits, and what follows overrules it: so it stands first in an apply, and only there.",
		Wrong: `domain people

aggregate Person {
    state { name string, met bool }
    event person-met { name string }
    apply person-met {
        met = true
        ...event
    }
    action MeetPerson(name string) creates person-met
}
`,
		Right: `domain people

aggregate Person {
    state { name string, met bool }
    event person-met { name string }
    apply person-met {
        ...event
        met = true
    }
    action MeetPerson(name string) creates person-met
}
`,
	},
	{
		Code: "FLV0155", Severity: Error, Title: "a field without a place in the state",
		Explanation: "An event without an apply is copied to the state, field by field. A field for which the state has none would be " +
			"forgotten: add one to the state, or say in an apply what the event does.",
		Wrong: `domain people

aggregate Person {
    state { name string }
    event person-met { name string, place string }
    action MeetPerson(name string, place string) creates person-met
}
`,
		Right: `domain people

aggregate Person {
    state { name string }
    event person-met { name string, place string }
    apply person-met { ...event }
    action MeetPerson(name string, place string) creates person-met
}
`,
	},
	{
		Code: "FLV0156", Severity: Error, Title: "a field that does not fit the state's",
		Explanation: "...event, and an event without an apply, copy each field to the state's of the same name. Where its type does " +
			"not fit, an apply assigns it.",
		Wrong: `domain people

aggregate Person {
    state { age string }
    event person-met { age int }
    apply person-met { ...event }
    action MeetPerson(age int) creates person-met
}
`,
		Right: `domain people

aggregate Person {
    state { age string }
    event person-met { age int }
    apply person-met {
        ...event
        age = "{event.age}"
    }
    action MeetPerson(age int) creates person-met
}
`,
	},
	{
		Code: "FLV0157", Severity: Error, Title: "an entry of what is not a map",
		Explanation: "field[key] = expr and remove field[key] are for the entries of a map. A list is made anew, grows with += and loses " +
			"items with -=.",
		Wrong: `domain notes

aggregate Note {
    state { tags []string }
    event note-tagged { tag string }
    apply note-tagged { tags[0] = event.tag }
    action TagNote(tag string) creates note-tagged
}
`,
		Right: `domain notes

aggregate Note {
    state { tags []string }
    event note-tagged { tag string }
    apply note-tagged { tags += event.tag }
    action TagNote(tag string) creates note-tagged
}
`,
	},
	{
		Code: "FLV0158", Severity: Error, Title: "an operator that the field does not take",
		Explanation: "+= adds to a number, a string, a time, a duration or a list, -= takes from a number, a time, a duration or a " +
			"list.",
		Wrong: `domain notes

aggregate Note {
    state { done bool }
    event note-done { }
    apply note-done { done += true }
    action FinishNote() creates note-done
}
`,
		Right: `domain notes

aggregate Note {
    state { done bool }
    event note-done { }
    apply note-done { done = true }
    action FinishNote() creates note-done
}
`,
	},
}
