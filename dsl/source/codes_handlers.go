package source

// handlerCodes are about handlers.
var handlerCodes = []CodeInfo{
	{
		Code: "FLV0185", Severity: Error, Title: "a former name of a handler that is taken",
		Explanation: "handler New was Old goes on where Old stopped. Old is no handler of today, and one handler only was it.",
		Wrong: `domain people

aggregate Person {
    event person-met { }
    action MeetPerson() creates person-met
}

handler SendCard was SendLetter on person-met
handler SendLetter on person-met
`,
		Right: `domain people

aggregate Person {
    event person-met { }
    action MeetPerson() creates person-met
}

handler SendCard was SendPostcard on person-met
handler SendLetter on person-met
`,
	},
	{
		Code: "FLV0186", Severity: Error, Title: "a key twice in a handler",
		Explanation: "A handler lists each event that it listens to once.",
		Wrong: `domain people

aggregate Person {
    event person-met { }
    action MeetPerson() creates person-met
}

handler SendCard on person-met, person-met
`,
		Right: `domain people

aggregate Person {
    event person-met { }
    action MeetPerson() creates person-met
}

handler SendCard on person-met
`,
	},
	{
		Code: "FLV0187", Severity: Error, Title: "an option twice",
		Explanation: "Each of retry, timeout, from, concurrency and on failure stands at most once in a handler.",
		Wrong: `domain people

aggregate Person {
    event person-met { }
    action MeetPerson() creates person-met
}

handler SendCard on person-met {
    retry 3
    retry 5
}
`,
		Right: `domain people

aggregate Person {
    event person-met { }
    action MeetPerson() creates person-met
}

handler SendCard on person-met {
    retry 3
}
`,
	},
	{
		Code: "FLV0188", Severity: Error, Title: "a handler without time",
		Explanation: "A handler whose timeout is 0s would always fail.",
		Wrong: `domain people

aggregate Person {
    event person-met { }
    action MeetPerson() creates person-met
}

handler SendCard on person-met {
    timeout 0s
}
`,
		Right: `domain people

aggregate Person {
    event person-met { }
    action MeetPerson() creates person-met
}

handler SendCard on person-met {
    timeout 10s
}
`,
	},
	{
		Code: "FLV0189", Severity: Error, Title: "an event that only its own domain can read",
		Explanation: "An upcast by hand is a method of its own domain's Implementation. Another domain has no such method, so it could not " +
			"read the older versions of the event. Listen in Go, on the domain that has it, or let the upcast be one of the language.",
		Wrong: `-- shipping.fluv --
domain shipping

import shop "shop"

handler Pack on shop.order-placed
-- shop/shop.fluv --
domain shop

aggregate Order {
    state { lines int }
    event order-placed@1 { }
    event order-placed@2 { lines int }
    upcast order-placed@1 -> @2 by hand
    action PlaceOrder(lines int) creates order-placed
}
`,
		Right: `-- shipping.fluv --
domain shipping

import shop "shop"

handler Pack on shop.order-placed
-- shop/shop.fluv --
domain shop

aggregate Order {
    state { lines int }
    event order-placed@1 { }
    event order-placed@2 { lines int }
    upcast order-placed@1 -> @2 { lines = 1 }
    action PlaceOrder(lines int) creates order-placed
}
`,
	},
}
