package source

// nameCodes are about files, imports and names.
var nameCodes = []CodeInfo{
	{
		Code: "FLV0100", Severity: Error, Title: "a name that a domain cannot have",
		Explanation: "A domain becomes a Go package of that name: no word of Go, and none of main, internal, vendor and runtime.",
		Wrong: `domain runtime
`,
		Right: `domain webshop
`,
	},
	{
		Code: "FLV0101", Severity: Error, Title: "files of a folder that say different domains",
		Explanation: "A domain is one file, or a folder of files that all say so: together they become one Go package. Another " +
			"domain has a folder of its own.",
		Wrong: `-- orders.fluv --
domain shop
-- users.fluv --
domain people
`,
		Right: `-- orders.fluv --
domain shop
-- users.fluv --
domain shop
`,
	},
	{
		Code: "FLV0102", Severity: Error, Title: "an import that is declared twice",
		Explanation: "An import gives another domain a name in this one, and each name is given once. Files of one domain may " +
			"repeat an import as it is.",
		Wrong: `domain shipping

import shop "../shop"
import shop "../oldshop"

handler PackParcel on shop.order-placed
`,
		Right: `domain shipping

import shop "../shop"
import oldshop "../oldshop"

handler PackParcel on shop.order-placed, oldshop.order-placed
`,
	},
	{
		Code: "FLV0103", Severity: Error, Title: "an unknown import",
		Explanation: "What stands before the dot of other.key and other.UserID is the name of an import.",
		Wrong: `domain shipping

import shop "../shop"

handler PackParcel on shop.order-placed
handler BookTruck on shopp.order-placed
`,
		Right: `domain shipping

import shop "../shop"

handler PackParcel on shop.order-placed
handler BookTruck on shop.order-placed
`,
	},
	{
		Code: "FLV0104", Severity: Error, Title: "a malformed path of an import",
		Explanation: "An import names the file or folder of another domain, as seen from this file; behind the word go stands the " +
			"import path of its Go package, where that is not the sibling in the same output.",
		Wrong: `domain shipping

import shop "../shop" go "/gen/shop/"

handler PackParcel on shop.order-placed
`,
		Right: `domain shipping

import shop "../shop" go "example.com/app/gen/shop"

handler PackParcel on shop.order-placed
`,
	},
	{
		Code: "FLV0105", Severity: Error, Title: "two domains of one name",
		Explanation: "In the log an event belongs to a domain, an aggregate and an id. A domain imports none of its own name, " +
			"and no two of one name.",
		Wrong: `-- shipping.fluv --
domain shipping

import old "../old"

handler PackParcel on old.parcel-packed
-- old/shipping.fluv --
domain shipping

aggregate Parcel {
    event parcel-packed { }
    action PackParcel() creates parcel-packed
}
`,
		Right: `-- shipping.fluv --
domain shipping

import old "../old"

handler PackParcel on old.parcel-packed
-- old/shipping.fluv --
domain oldshipping

aggregate Parcel {
    event parcel-packed { }
    action PackParcel() creates parcel-packed
}
`,
	},
	{
		Code: "FLV0106", Severity: Error, Title: "a reserved name",
		Explanation: "Every generated package declares some names itself (Domain, New, Implementation, Decisions, Upcasts, " +
			"Handlers, Event, Command, DecodeCommand, FromContext); the handle of every aggregate has the methods Load, At, " +
			"AtSequence, Events and Decide, and every domain has Execute, Run, CatchUp, WaitFor, Records, DeadLetters, Retry, Discard, Replay and " +
			"Status. Nothing of the domain can have the same name there. An event key is not now, state, error, nothing, actor or id.",
		Wrong: `domain docs

aggregate Page {
    state { text string }
    event page-written { text string }
    action Load(text string) creates page-written
}
`,
		Right: `domain docs

aggregate Page {
    state { text string }
    event page-written { text string }
    action WritePage(text string) creates page-written
}
`,
	},
	{
		Code: "FLV0107", Severity: Error, Title: "a name that is declared twice",
		Explanation: "Each type, enum, aggregate, action, error and handler is declared once in a domain, in whichever of its files. " +
			"A type may have versions: type Line@1, type Line@2.",
		Wrong: `domain shop

enum Size { small, large }
enum Size { small, medium, large }

aggregate Shirt {
    state { size Size }
    event shirt-sewn { size Size }
    action SewShirt(size Size) creates shirt-sewn
}
`,
		Right: `domain shop

enum Size { small, medium, large }

aggregate Shirt {
    state { size Size }
    event shirt-sewn { size Size }
    action SewShirt(size Size) creates shirt-sewn
}
`,
	},
	{
		Code: "FLV0108", Severity: Error, Title: "one Go name for two things",
		Explanation: "Events, actions, errors, types, enums and aggregates become declarations of one Go package, so that no two " +
			"of them can have the same Go name: the event account-closed is AccountClosed, as the error AccountClosed is. An " +
			"aggregate X also brings XID, NewXID, XEvent, XHandle and FoldX, an event its key XKey and its older versions XV1, an " +
			"enum E its constants EValue, a named type its ParseX. A handler and a decision by hand are methods of one interface.",
		Wrong: `domain bank

aggregate Account {
    state { closed bool }
    event account-opened { }
    event account-closed { }
    apply account-closed { closed = true }
    error AccountClosed "the account {id} is closed"
    action OpenAccount() creates account-opened
    action CloseAccount() emits account-closed {
        require !state.closed else AccountClosed
    }
}
`,
		Right: `domain bank

aggregate Account {
    state { closed bool }
    event account-opened { }
    event account-closed { }
    apply account-closed { closed = true }
    error AlreadyClosed "the account {id} is closed"
    action OpenAccount() creates account-opened
    action CloseAccount() emits account-closed {
        require !state.closed else AlreadyClosed
    }
}
`,
	},
	{
		Code: "FLV0109", Severity: Error, Title: "a field that is declared twice",
		Explanation: "The fields of a type, an event or a state, and the parameters of an action or error, have each a name of their " +
			"own. The derived values of a state share their names with its fields.",
		Wrong: `domain people

aggregate Person {
    state { name string }
    event person-met { name string, name string }
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
		Code: "FLV0110", Severity: Error, Title: "one Go name for two fields",
		Explanation: "Two fields that are different here can be the same in Go: url and u_r_l are both URL. A field is not " +
			"named as a method of the generated struct either: marshal_json would be MarshalJSON.",
		Wrong: `domain web

aggregate Page {
    state { url string }
    event page-found { url string, u_r_l string }
    apply page-found { url = event.url }
    action FindPage(url string) creates page-found {
        emit page-found { u_r_l: "" }
    }
}
`,
		Right: `domain web

aggregate Page {
    state { url string }
    event page-found { url string, source_url string }
    apply page-found { url = event.url }
    action FindPage(url string) creates page-found {
        emit page-found { source_url: "" }
    }
}
`,
	},
	{
		Code: "FLV0111", Severity: Error, Title: "the name of a field that is always there",
		Explanation: "Every state has an id and a sequence, every error an id, a code and the method error, and in every action id, " +
			"now, actor, metadata, state and exists mean something. No field or parameter takes one of these names.",
		Wrong: `domain people

aggregate Person {
    state { id string, name string }
    event person-met { name string }
    action MeetPerson(name string) creates person-met
}
`,
		Right: `domain people

aggregate Person {
    state { passport string, name string }
    event person-met { name string }
    action MeetPerson(name string) creates person-met
}
`,
	},
}
