package source

// eventCodes are about events, their versions and upcasts.
var eventCodes = []CodeInfo{
	{
		Code: "FLV0135", Severity: Error, Title: "a version of an event that is declared twice",
		Explanation: "Each version of an event is declared once: without @N it is version 1. A changed event is a new version, so that " +
			"old events can still be read.",
		Wrong: `domain people

aggregate Person {
    state { name string }
    event person-met { name string }
    event person-met { name string, at time }
    apply person-met { name = event.name }
    action MeetPerson(name string, at time) creates person-met
}
`,
		Right: `domain people

aggregate Person {
    state { name string }
    event person-met@1 { name string }
    event person-met@2 { name string, at time }
    upcast person-met@1 -> @2 { at = timestamp }
    apply person-met { name = event.name }
    action MeetPerson(name string, at time) creates person-met
}
`,
	},
	{
		Code: "FLV0136", Severity: Error, Title: "a hole in the versions of an event",
		Explanation: "The versions of an event are 1, 2, 3 and so on: each is read as the next one, so none can be missing.",
		Wrong: `domain people

aggregate Person {
    state { name string }
    event person-met@2 { name string }
    action MeetPerson(name string) creates person-met
}
`,
		Right: `domain people

aggregate Person {
    state { name string }
    event person-met@1 { name string }
    action MeetPerson(name string) creates person-met
}
`,
	},
	{
		Code: "FLV0137", Severity: Error, Title: "a key in two aggregates",
		Explanation: "A key belongs to one aggregate: handlers, and whoever reads the log, know an event by its key.",
		Wrong: `domain web

aggregate Page {
    event opened { }
    action OpenPage() creates opened
}

aggregate Session {
    event opened { }
    event session-left { }
    action Leave() creates session-left
}
`,
		Right: `domain web

aggregate Page {
    event page-opened { }
    action OpenPage() creates page-opened
}

aggregate Session {
    event session-opened { }
    action Enter() creates session-opened
}
`,
	},
	{
		Code: "FLV0138", Severity: Error, Title: "a former key that is taken",
		Explanation: "event new-key was old-key reads stored events of the old key as the new one. The old key is no event of " +
			"today, and was one event's only.",
		Wrong: `domain people

aggregate Person {
    event person-met was person-seen { }
    event person-seen { }
    action MeetPerson() creates person-met
    action SeePerson() emits person-seen
}
`,
		Right: `domain people

aggregate Person {
    event person-met was person-greeted { }
    event person-seen { }
    action MeetPerson() creates person-met
    action SeePerson() emits person-seen
}
`,
	},
	{
		Code: "FLV0139", Severity: Error, Title: "an unknown event",
		Explanation: "An upcast, an apply, an action and a test name an event of their own aggregate by its key; a handler any of the " +
			"domain, or one of an import: shop.order-placed.",
		Wrong: `domain people

aggregate Person {
    event person-met { }
    action MeetPerson() creates person-meet
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
		Code: "FLV0140", Severity: Error, Title: "an unknown version of an event",
		Explanation: "person-met@2 names a version that is declared: event person-met@2 { … }.",
		Wrong: `domain people

aggregate Person {
    event person-met { }
    action MeetPerson() creates person-met@2
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
		Code: "FLV0141", Severity: Error, Title: "an upcast of more than one step",
		Explanation: "An upcast leads from one version to the next. Older events go step by step, so that a new version needs one new " +
			"upcast, not one from each version before.",
		Wrong: `domain people

aggregate Person {
    state { name string }
    event person-met@1 { }
    event person-met@2 { name string? }
    event person-met@3 { name string }
    upcast person-met@1 -> @3 { name = "" }
    upcast person-met@2 -> @3 { name = old.name ?? "" }
    action MeetPerson(name string) creates person-met
}
`,
		Right: `domain people

aggregate Person {
    state { name string }
    event person-met@1 { }
    event person-met@2 { name string? }
    event person-met@3 { name string }
    upcast person-met@2 -> @3 { name = old.name ?? "" }
    action MeetPerson(name string) creates person-met
}
`,
	},
	{
		Code: "FLV0142", Severity: Error, Title: "an upcast that is declared twice",
		Explanation: "Each older version has one upcast.",
		Wrong: `domain people

aggregate Person {
    state { name string }
    event person-met@1 { }
    event person-met@2 { name string }
    upcast person-met@1 -> @2 { name = "" }
    upcast person-met@1 -> @2 { name = "?" }
    action MeetPerson(name string) creates person-met
}
`,
		Right: `domain people

aggregate Person {
    state { name string }
    event person-met@1 { }
    event person-met@2 { name string }
    upcast person-met@1 -> @2 { name = "?" }
    action MeetPerson(name string) creates person-met
}
`,
	},
	{
		Code: "FLV0144", Severity: Error, Title: "a new field that no upcast fills",
		Explanation: "Old events are read as the newest version. What fits carries over, a new field that is optional or has a default " +
			"takes none or the default; for every other one, and for one whose type was changed, an upcast says what it is. " +
			"The same holds for the versions of a type.",
		Wrong: `domain people

aggregate Person {
    state { name string, country string }
    event person-met@1 { name string }
    event person-met@2 { name string, country string }
    action MeetPerson(name string, country string) creates person-met
}
`,
		Right: `domain people

aggregate Person {
    state { name string, country string }
    event person-met@1 { name string }
    event person-met@2 { name string, country string }
    upcast person-met@1 -> @2 { country = "unknown" }
    action MeetPerson(name string, country string) creates person-met
}
`,
	},
}
