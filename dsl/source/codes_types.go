package source

// typeCodes are about types.
var typeCodes = []CodeInfo{
	{
		Code: "FLV0115", Severity: Error, Title: "an unknown type",
		Explanation: "A type is string, bool, int, float, decimal, time, duration, bytes or json; a type or enum that the domain " +
			"declares; the id of an aggregate, as UserID for aggregate User; or a list, map or optional of these. Of an imported " +
			"domain only the ids can be named: shop.UserID.",
		Wrong: `domain people

aggregate Person {
    state { name text }
    event person-met { name string }
    apply person-met { }
    action MeetPerson(name string) creates person-met
}
`,
		Right: `domain people

aggregate Person {
    state { name string }
    event person-met { name string }
    action MeetPerson(name string) creates person-met
}
`,
	},
	{
		Code: "FLV0116", Severity: Error, Title: "an unknown version of a type",
		Explanation: "Line@2 names a version of the type Line that is declared: type Line@2 { … }. Bare Line is the newest.",
		Wrong: `domain shop

type Line { product string }

aggregate Order {
    state { lines []Line }
    event order-placed { lines []Line@2 }
    action PlaceOrder(lines []Line) creates order-placed
}
`,
		Right: `domain shop

type Line { product string }

aggregate Order {
    state { lines []Line }
    event order-placed { lines []Line }
    action PlaceOrder(lines []Line) creates order-placed
}
`,
	},
	{
		Code: "FLV0117", Severity: Error, Title: "a hole in the versions of a type",
		Explanation: "The versions of a type are 1, 2, 3 and so on: each is read as the next one, so none can be missing.",
		Wrong: `domain shop

type Line@2 { product string }

aggregate Order {
    state { lines []Line }
    event order-placed { lines []Line }
    action PlaceOrder(lines []Line) creates order-placed
}
`,
		Right: `domain shop

type Line@1 { product string }

aggregate Order {
    state { lines []Line }
    event order-placed { lines []Line }
    action PlaceOrder(lines []Line) creates order-placed
}
`,
	},
	{
		Code: "FLV0118", Severity: Error, Title: "a type that holds itself",
		Explanation: "A value that holds a value of its own type directly would never end. A list or a map can be empty, and an " +
			"optional can be none.",
		Wrong: `domain docs

type Section { title string, next Section }

aggregate Book {
    state { first Section }
    event book-written { first Section }
    action WriteBook(first Section) creates book-written
}
`,
		Right: `domain docs

type Section { title string, next Section? }

aggregate Book {
    state { first Section }
    event book-written { first Section }
    action WriteBook(first Section) creates book-written
}
`,
	},
	{
		Code: "FLV0119", Severity: Error, Title: "a type that cannot be the key of a map",
		Explanation: "The keys of a map are string, int, an enum or an id: they become the names of a JSON object.",
		Wrong: `domain stock

aggregate Shelf {
    state { counts map[decimal]int }
    event shelf-counted { counts map[decimal]int }
    action CountShelf(counts map[decimal]int) creates shelf-counted
}
`,
		Right: `domain stock

aggregate Shelf {
    state { counts map[string]int }
    event shelf-counted { counts map[string]int }
    action CountShelf(counts map[string]int) creates shelf-counted
}
`,
	},
	{
		Code: "FLV0121", Severity: Error, Title: "a named type of something that is not basic",
		Explanation: "type Email string gives a name to a basic type: string, bool, int, float, decimal, time, duration, bytes or " +
			"json. For more write a type with fields.",
		Wrong: `domain notes

type Tags []string

aggregate Note {
    state { tags Tags }
    event note-taken { tags Tags }
    action TakeNote(tags Tags) creates note-taken
}
`,
		Right: `domain notes

type Tags { all []string }

aggregate Note {
    state { tags Tags }
    event note-taken { tags Tags }
    action TakeNote(tags Tags) creates note-taken
}
`,
	},
	{
		Code: "FLV0122", Severity: Error, Title: "a version of what has none",
		Explanation: "Only value types and events have versions, counted from 1. Enums, ids, basic types and Go types have none: values " +
			"of an enum are added, or renamed with was.",
		Wrong: `domain shop

enum Size { small, large }

aggregate Shirt {
    state { size Size }
    event shirt-sewn { size Size@1 }
    action SewShirt(size Size) creates shirt-sewn
}
`,
		Right: `domain shop

enum Size { small, large }

aggregate Shirt {
    state { size Size }
    event shirt-sewn { size Size }
    action SewShirt(size Size) creates shirt-sewn
}
`,
	},
	{
		Code: "FLV0123", Severity: Error, Title: "a malformed Go type",
		Explanation: "type Geo go \"example.com/geo\".Point names an exported type by the import path of its package.",
		Wrong: `domain maps

type Geo go "example.com/geo/".Point

aggregate Place {
    state { at Geo? }
    event place-found { at Geo }
    action FindPlace(at Geo) creates place-found
}
`,
		Right: `domain maps

type Geo go "example.com/geo".Point

aggregate Place {
    state { at Geo? }
    event place-found { at Geo }
    action FindPlace(at Geo) creates place-found
}
`,
	},
	{
		Code: "FLV0124", Severity: Error, Title: "a default without end",
		Explanation: "A literal of a type takes the defaults of the fields that it leaves out. A default that holds such a literal of " +
			"its own type would never end.",
		Wrong: `domain docs

type Section { title string, parts []Section = [Section { title: "" }] }

aggregate Book {
    state { first Section? }
    event book-written { first Section }
    action WriteBook(first Section) creates book-written
}
`,
		Right: `domain docs

type Section { title string, parts []Section = [] }

aggregate Book {
    state { first Section? }
    event book-written { first Section }
    action WriteBook(first Section) creates book-written
}
`,
	},
	{
		Code: "FLV0125", Severity: Error, Title: "a value of an enum that is declared twice",
		Explanation: "Each value of an enum has a name of its own, here and as a Go constant.",
		Wrong: `domain shop

enum Size { small, large, small }

aggregate Shirt {
    state { size Size }
    event shirt-sewn { size Size }
    action SewShirt(size Size) creates shirt-sewn
}
`,
		Right: `domain shop

enum Size { small, large }

aggregate Shirt {
    state { size Size }
    event shirt-sewn { size Size }
    action SewShirt(size Size) creates shirt-sewn
}
`,
	},
	{
		Code: "FLV0126", Severity: Error, Title: "one JSON text for two values of an enum",
		Explanation: "A value of an enum stands in JSON as its name, or as what `as` says, and what it was called before is read as it. " +
			"Each text is one value, or old events could not be read.",
		Wrong: `domain shop

enum Size { small as "S", large as "S" }

aggregate Shirt {
    state { size Size }
    event shirt-sewn { size Size }
    action SewShirt(size Size) creates shirt-sewn
}
`,
		Right: `domain shop

enum Size { small as "S", large as "L" }

aggregate Shirt {
    state { size Size }
    event shirt-sewn { size Size }
    action SewShirt(size Size) creates shirt-sewn
}
`,
	},
	{
		Code: "FLV0127", Severity: Error, Title: "a version of a type that changes published events",
		Explanation: "A published event version keeps the shape that it was published with. After a new version of a type it says the " +
			"older one (Line@1), and a new version of the event says the newest (Line). Values of the older type are read " +
			"through its upcast. Types in between get versions of their own.",
		Wrong: `domain shop

type Line@1 { product string }
type Line@2 { product string, discount decimal }

upcast Line@1 -> @2 { discount = 0 }

aggregate Order {
    state { lines []Line }
    event order-placed { lines []Line }
    action PlaceOrder(lines []Line) creates order-placed
}
`,
		Right: `domain shop

type Line@1 { product string }
type Line@2 { product string, discount decimal }

upcast Line@1 -> @2 { discount = 0 }

aggregate Order {
    state { lines []Line }
    event order-placed@1 { lines []Line@1 }
    event order-placed@2 { lines []Line }
    action PlaceOrder(lines []Line) creates order-placed
}
`,
	},
}
