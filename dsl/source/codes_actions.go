package source

// actionCodes are about errors and actions.
var actionCodes = []CodeInfo{
	{
		Code: "FLV0160", Severity: Error, Title: "an unknown error",
		Explanation: "require … else Name and then error Name name an error of their own aggregate.",
		Wrong: `domain people

aggregate Person {
    error Nameless "somebody has a name"
    event person-met { name string }
    apply person-met { }
    action MeetPerson(name string) creates person-met {
        require len(name) > 0 else NameLess
    }
}
`,
		Right: `domain people

aggregate Person {
    error Nameless "somebody has a name"
    event person-met { name string }
    apply person-met { }
    action MeetPerson(name string) creates person-met {
        require len(name) > 0 else Nameless
    }
}
`,
	},
	{
		Code: "FLV0161", Severity: Error, Title: "the wrong number of arguments of an error",
		Explanation: "An error gets a value for each of its parameters, in their order. The id is always there and is not given.",
		Wrong: `domain people

aggregate Person {
    error TooYoung(age int) "{age} is too young"
    event person-met { age int }
    apply person-met { }
    action MeetPerson(age int) creates person-met {
        require age >= 18 else TooYoung
    }
}
`,
		Right: `domain people

aggregate Person {
    error TooYoung(age int) "{age} is too young"
    event person-met { age int }
    apply person-met { }
    action MeetPerson(age int) creates person-met {
        require age >= 18 else TooYoung(age)
    }
}
`,
	},
	{
		Code: "FLV0162", Severity: Error, Title: "two errors of one code",
		Explanation: "The code of an error is its name in kebab-case, by which programs know it. Two errors whose names differ only in " +
			"case have one code.",
		Wrong: `domain web

aggregate Page {
    error APIDown "the service is down"
    error ApiDown "the service is down again"
    event page-found { up bool }
    apply page-found { }
    action FindPage(up bool) creates page-found {
        require up else APIDown
        require up else ApiDown
    }
}
`,
		Right: `domain web

aggregate Page {
    error APIDown "the service is down"
    event page-found { up bool }
    apply page-found { }
    action FindPage(up bool) creates page-found {
        require up else APIDown
    }
}
`,
	},
	{
		Code: "FLV0163", Severity: Error, Title: "an event twice in a clause",
		Explanation: "creates and emits list each event once. An event may stand in both.",
		Wrong: `domain people

aggregate Person {
    event person-met { }
    action MeetPerson() creates person-met, person-met
}
`,
		Right: `domain people

aggregate Person {
    event person-met { }
    action MeetPerson() creates person-met
}
`,
	},
	{
		Code: "FLV0164", Severity: Error, Title: "two versions of an event in one action",
		Explanation: "emits key@N pins the version that an action emits. In both its clauses that is the same one: `emit key` does not " +
			"say which.",
		Wrong: `domain people

aggregate Person {
    event person-met@1 { }
    event person-met@2 { place string? }
    apply person-met { }
    action MeetPerson() creates person-met@1 emits person-met
}
`,
		Right: `domain people

aggregate Person {
    event person-met@1 { }
    event person-met@2 { place string? }
    apply person-met { }
    action MeetPerson() creates person-met@1 emits person-met@1
}
`,
	},
	{
		Code: "FLV0165", Severity: Error, Title: "an event that the action does not declare",
		Explanation: "An action declares what it may emit: behind creates where the aggregate does not exist, behind emits where it " +
			"does.",
		Wrong: `domain people

aggregate Person {
    event person-met { }
    event person-greeted { }
    action MeetPerson() creates person-met {
        emit person-met
        emit person-greeted
    }
    action GreetPerson() emits person-greeted
}
`,
		Right: `domain people

aggregate Person {
    event person-met { }
    event person-greeted { }
    action MeetPerson() creates person-met, person-greeted {
        emit person-met
        emit person-greeted
    }
    action GreetPerson() emits person-greeted
}
`,
	},
	{
		Code: "FLV0166", Severity: Error, Title: "an event in the case that its clause excludes",
		Explanation: "With both clauses an action may find the aggregate or not. An event that stands only behind creates is emitted " +
			"where exists is false, one that stands only behind emits where it is true: in an if, or behind a require, on exists.",
		Wrong: `domain people

aggregate Person {
    event person-met { }
    event person-greeted { }
    action Greet() creates person-met emits person-greeted {
        if exists {
            emit person-met
        } else {
            emit person-greeted
        }
    }
}
`,
		Right: `domain people

aggregate Person {
    event person-met { }
    event person-greeted { }
    action Greet() creates person-met emits person-greeted {
        if exists {
            emit person-greeted
        } else {
            emit person-met
        }
    }
}
`,
	},
	{
		Code: "FLV0167", Severity: Error, Title: "a field that nothing fills",
		Explanation: "A field that is not given comes from the parameter or let of its name; else, if the action cannot create, from " +
			"the state; else from its default; else it is none. Where there is nothing of all that, it must be given. In a " +
			"test every field that is neither optional nor has a default is given.",
		Wrong: `domain shop

aggregate Order {
    state { total decimal }
    event order-placed { total decimal }
    action PlaceOrder(prices []decimal) creates order-placed {
        require len(prices) > 0 else Empty
        emit order-placed
    }
    error Empty "nothing was ordered"
}
`,
		Right: `domain shop

aggregate Order {
    state { total decimal }
    event order-placed { total decimal }
    action PlaceOrder(prices []decimal) creates order-placed {
        require len(prices) > 0 else Empty
        emit order-placed { total: sum(price in prices: price) }
    }
    error Empty "nothing was ordered"
}
`,
	},
	{
		Code: "FLV0168", Severity: Error, Title: "a field that is filled by what does not fit",
		Explanation: "A field that is not given comes from what has its name: the parameter, the let, the state. If that is of a type that " +
			"does not fit, the field must be given.",
		Wrong: `domain people

aggregate Person {
    state { age int }
    event person-met { age int }
    action MeetPerson(age string) creates person-met
}
`,
		Right: `domain people

aggregate Person {
    state { age int }
    event person-met { age int }
    action MeetPerson(age int) creates person-met
}
`,
	},
	{
		Code: "FLV0169", Severity: Error, Title: "a field taken from where it is written back",
		Explanation: "A field that is not given may come from the state. If the fold of the event then writes it to the very field from " +
			"which it came, the event would change nothing: surely a parameter of that name is missing.",
		Wrong: `domain people

aggregate Person {
    state { name string }
    event person-met { name string }
    event person-renamed { name string }
    action MeetPerson(name string) creates person-met
    action Rename() emits person-renamed
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
		Code: "FLV0170", Severity: Error, Title: "several events and no emit",
		Explanation: "An action without an emit emits the one event that it declares. With several it must say which.",
		Wrong: `domain people

aggregate Person {
    event person-met { }
    event person-greeted { }
    action Greet() creates person-met emits person-greeted
}
`,
		Right: `domain people

aggregate Person {
    event person-met { }
    event person-greeted { }
    action Greet() creates person-met emits person-greeted {
        if exists { emit person-greeted } else { emit person-met }
    }
}
`,
	},
	{
		Code: "FLV0171", Severity: Error, Title: "an event that is dropped",
		Explanation: "upcast key@N -> nothing drops the event when it is read: to emit that version would do nothing.",
		Wrong: `domain people

aggregate Person {
    event person-met { }
    event person-seen { }
    upcast person-seen@1 -> nothing
    action MeetPerson() creates person-met
    action SeePerson() emits person-seen
}
`,
		Right: `domain people

aggregate Person {
    event person-met { }
    event person-seen { }
    upcast person-seen@1 -> nothing
    action MeetPerson() creates person-met
}
`,
	},
}
