package source

// lintCodes are the warnings FLV0300 to FLV0349: what is allowed and probably not meant.
var lintCodes = []CodeInfo{
	{
		Code: "FLV0300", Severity: Warning, Title: "an event named vaguely",
		Explanation: "user-updated says that something is different now, and not what happened, so that every reader must find out by " +
			"itself. Name the fact: user-email-corrected, user-account-activated.",
		Wrong: `domain people

aggregate Person {
    state { name string }
    event person-met { name string }
    event person-updated { name string }
    action MeetPerson(name string) creates person-met
    action Rename(name string) emits person-updated
}
`,
		Right: `domain people

aggregate Person {
    state { name string }
    event person-met { name string }
    event person-renamed { name string }
    action MeetPerson(name string) creates person-met
    action Rename(name string) emits person-renamed
}
`,
	},
	{
		Code: "FLV0301", Severity: Warning, Title: "an event that is not in the past tense",
		Explanation: "An event is a fact: it has happened. What is asked for is an action.",
		Wrong: `domain people

aggregate Person {
    event create-person { }
    action MeetPerson() creates create-person
}
`,
		Right: `domain people

aggregate Person {
    event person-created { }
    action MeetPerson() creates person-created
}
`,
	},
	{
		Code: "FLV0302", Severity: Warning, Title: "an event that no action emits",
		Explanation: "An event that nothing emits can only be in old logs. If it still matters there, keep it; if not, an upcast to " +
			"nothing drops it.",
		Wrong: `domain people

aggregate Person {
    event person-met { }
    event person-greeted { }
    action MeetPerson() creates person-met
}
`,
		Right: `domain people

aggregate Person {
    event person-met { }
    event person-greeted { }
    action MeetPerson() creates person-met
    action GreetPerson() emits person-greeted
}
`,
	},
	{
		Code: "FLV0303", Severity: Warning, Title: "an event that is declared and not emitted",
		Explanation: "An action declares an event behind creates or emits that nothing in its body emits.",
		Wrong: `domain people

aggregate Person {
    event person-met { }
    event person-greeted { }
    action MeetPerson() creates person-met, person-greeted {
        emit person-met
    }
    action GreetPerson() emits person-greeted
}
`,
		Right: `domain people

aggregate Person {
    event person-met { }
    event person-greeted { }
    action MeetPerson() creates person-met {
        emit person-met
    }
    action GreetPerson() emits person-greeted
}
`,
	},
	{
		Code: "FLV0304", Severity: Warning, Title: "a type that is not used",
		Explanation: "Nothing is of this type or enum: no field, no parameter, no derived value.",
		Wrong: `domain people

type Email string

aggregate Person {
    state { email string }
    event person-met { email string }
    action MeetPerson(email string) creates person-met
}
`,
		Right: `domain people

type Email string

aggregate Person {
    state { email Email }
    event person-met { email Email }
    action MeetPerson(email Email) creates person-met
}
`,
	},
	{
		Code: "FLV0305", Severity: Warning, Title: "an error that no action gives",
		Explanation: "No require of the aggregate gives this error, and no action of it is by hand.",
		Wrong: `domain people

aggregate Person {
    error Nameless "somebody has a name"
    event person-met { name string }
    apply person-met { }
    action MeetPerson(name string) creates person-met
}
`,
		Right: `domain people

aggregate Person {
    error Nameless "somebody has a name"
    event person-met { name string }
    apply person-met { }
    action MeetPerson(name string) creates person-met {
        require name != "" else Nameless
    }
}
`,
	},
	{
		Code: "FLV0306", Severity: Warning, Title: "money in a float",
		Explanation: "A float is a binary fraction, which cannot hold 0.1, so that sums of money drift. A decimal is exact, and so is " +
			"an int of cents.",
		Wrong: `domain bank

aggregate Account {
    state { balance float }
    event account-opened { }
    apply account-opened { balance = 0.0 }
    action OpenAccount() creates account-opened
}
`,
		Right: `domain bank

aggregate Account {
    state { balance decimal }
    event account-opened { }
    apply account-opened { balance = 0.0 }
    action OpenAccount() creates account-opened
}
`,
	},
	{
		Code: "FLV0307", Severity: Warning, Title: "a handler with nothing to do",
		Explanation: "All that this handler listens to is dropped when it is read, or the domain has no events at all.",
		Wrong: `domain people

aggregate Person {
    event person-met { }
    event person-seen { }
    upcast person-seen@1 -> nothing
    action MeetPerson() creates person-met
}

handler SendCard on person-seen
`,
		Right: `domain people

aggregate Person {
    event person-met { }
    event person-seen { }
    upcast person-seen@1 -> nothing
    action MeetPerson() creates person-met
}

handler SendCard on person-met
`,
	},
	{
		Code: "FLV0308", Severity: Warning, Title: "an import that is not used",
		Explanation: "No handler listens to an event of this import, and no field holds one of its ids.",
		Wrong: `domain shipping

import shop "../shop"
`,
		Right: `domain shipping

import shop "../shop"

handler PackParcel on shop.order-placed
`,
	},
	{
		Code: "FLV0309", Severity: Warning, Title: "a let that is not used",
		Explanation: "A let names a value for what follows. Nothing uses this one, nor does an event have a field of its name.",
		Wrong: `domain people

aggregate Person {
    state { name string }
    event person-met { name string }
    action MeetPerson(name string) creates person-met {
        let tidy = trim(name)
        emit person-met
    }
}
`,
		Right: `domain people

aggregate Person {
    state { name string }
    event person-met { name string }
    action MeetPerson(name string) creates person-met {
        let tidy = trim(name)
        emit person-met { name: tidy }
    }
}
`,
	},
	{
		Code: "FLV0310", Severity: Warning, Title: "a parameter that is not used",
		Explanation: "What a command says and no event holds is lost. Nothing uses this parameter, and no event that is emitted has a " +
			"field of its name.",
		Wrong: `domain people

aggregate Person {
    event person-met { }
    action MeetPerson(place string) creates person-met
}
`,
		Right: `domain people

aggregate Person {
    event person-met { place string }
    apply person-met { }
    action MeetPerson(place string) creates person-met
}
`,
	},
	{
		Code: "FLV0311", Severity: Warning, Title: "a test that compares nothing",
		Explanation: "A test without a then line passes whatever happens, as long as its events can be read.",
		Wrong: `domain people

aggregate Person {
    event person-met { }
    action MeetPerson() creates person-met
    test "somebody is met" { when MeetPerson {} }
}
`,
		Right: `domain people

aggregate Person {
    event person-met { }
    action MeetPerson() creates person-met
    test "somebody is met" { when MeetPerson {} then person-met {} }
}
`,
	},
}
