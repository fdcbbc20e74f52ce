package source

// testCodes are about test blocks.
var testCodes = []CodeInfo{
	{
		Code: "FLV0175", Severity: Error, Title: "two tests of one name",
		Explanation: "The tests of an aggregate have each a name of their own, by which they are run and reported.",
		Wrong: `domain people

aggregate Person {
    event person-met { }
    action MeetPerson() creates person-met
    test "somebody is met" { when MeetPerson {} then person-met {} }
    test "somebody is met" { given person-met {} when MeetPerson {} then error already-exists }
}
`,
		Right: `domain people

aggregate Person {
    event person-met { }
    action MeetPerson() creates person-met
    test "somebody is met" { when MeetPerson {} then person-met {} }
    test "nobody is met twice" { given person-met {} when MeetPerson {} then error already-exists }
}
`,
	},
	{
		Code: "FLV0176", Severity: Error, Title: "something that is given twice",
		Explanation: "A test says at most once what time it is, who acts, and which id the aggregate has.",
		Wrong: `domain people

aggregate Person {
    event person-met { }
    action MeetPerson() creates person-met
    test "somebody is met" {
        given actor "ada"
        given actor "bob"
        when MeetPerson {}
        then person-met {}
    }
}
`,
		Right: `domain people

aggregate Person {
    event person-met { }
    action MeetPerson() creates person-met
    test "somebody is met" {
        given actor "ada"
        when MeetPerson {}
        then person-met {}
    }
}
`,
	},
	{
		Code: "FLV0177", Severity: Error, Title: "by hand in a test",
		Explanation: "Test blocks are run without Go, so that what is by hand cannot stand in them: neither such an action, nor an event " +
			"that is read through such an upcast. Test these in Go.",
		Wrong: `domain people

aggregate Person {
    event person-met { }
    action MeetPerson() creates person-met by hand
    test "somebody is met" { when MeetPerson {} then person-met {} }
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
	{
		Code: "FLV0178", Severity: Error, Title: "an unknown action",
		Explanation: "when names an action of the aggregate whose test it is.",
		Wrong: `domain people

aggregate Person {
    event person-met { }
    action MeetPerson() creates person-met
    test "somebody is met" { when MetPerson {} then person-met {} }
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
	{
		Code: "FLV0179", Severity: Error, Title: "two expectations that do not agree",
		Explanation: "The then lines of a test hold together: events, or nothing, or one error; and the state, compared once.",
		Wrong: `domain people

aggregate Person {
    event person-met { }
    action MeetPerson() creates person-met
    test "somebody is met" {
        when MeetPerson {}
        then person-met {}
        then nothing
    }
}
`,
		Right: `domain people

aggregate Person {
    event person-met { }
    action MeetPerson() creates person-met
    test "somebody is met" {
        when MeetPerson {}
        then person-met {}
    }
}
`,
	},
	{
		Code: "FLV0180", Severity: Error, Title: "an expectation without a when",
		Explanation: "Without a when line a test can only compare the state that comes of the events that are given.",
		Wrong: `domain people

aggregate Person {
    event person-met { }
    action MeetPerson() creates person-met
    test "somebody is met" {
        given person-met {}
        then nothing
    }
}
`,
		Right: `domain people

aggregate Person {
    event person-met { }
    action MeetPerson() creates person-met
    test "nobody is met twice" {
        given person-met {}
        when MeetPerson {}
        then error already-exists
    }
}
`,
	},
	{
		Code: "FLV0181", Severity: Error, Title: "an event that the action never emits",
		Explanation: "then key names an event that the action declares behind creates or emits.",
		Wrong: `domain people

aggregate Person {
    event person-met { }
    event person-greeted { }
    action MeetPerson() creates person-met
    action GreetPerson() emits person-greeted
    test "somebody is met" { when MeetPerson {} then person-greeted {} }
}
`,
		Right: `domain people

aggregate Person {
    event person-met { }
    event person-greeted { }
    action MeetPerson() creates person-met
    action GreetPerson() emits person-greeted
    test "somebody is met" { when MeetPerson {} then person-met {} }
}
`,
	},
	{
		Code: "FLV0182", Severity: Error, Title: "an error that cannot be expected",
		Explanation: "then error names an error of the aggregate, with parameters to compare, or one of invalid, invariant, overflow, " +
			"not-found and already-exists, which have none.",
		Wrong: `domain people

aggregate Person {
    event person-met { }
    action MeetPerson() creates person-met
    test "nobody is met twice" {
        given person-met {}
        when MeetPerson {}
        then error already-exists { name: "Ada" }
    }
}
`,
		Right: `domain people

aggregate Person {
    event person-met { }
    action MeetPerson() creates person-met
    test "nobody is met twice" {
        given person-met {}
        when MeetPerson {}
        then error already-exists
    }
}
`,
	},
	{
		Code: "FLV0183", Severity: Error, Title: "a text that cannot be an id",
		Explanation: "An id is 1 to 256 bytes of text without control characters.",
		Wrong: `domain people

aggregate Person {
    event person-met { }
    action MeetPerson() creates person-met
    test "somebody is met" {
        given id ""
        when MeetPerson {}
        then person-met {}
    }
}
`,
		Right: `domain people

aggregate Person {
    event person-met { }
    action MeetPerson() creates person-met
    test "somebody is met" {
        given id "p-1"
        when MeetPerson {}
        then person-met {}
    }
}
`,
	},
}
