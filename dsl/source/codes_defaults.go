package source

// defaultCodes are the codes FLV0410 to FLV0419: what is found by working constants out, once a domain has no errors.
var defaultCodes = []CodeInfo{
	{
		Code: "FLV0410", Severity: Warning, Title: "a default that its own type refuses",
		Explanation: "The where of a type is checked in what an action is given and in each event that is made. A default that it does " +
			"not hold for makes every command or event invalid that leaves the field out. (The default of a state field is not " +
			"meant: a state begins somewhere, and where is not checked there.)",
		Wrong: `domain market

type Quantity int where value > 0

aggregate Order {
    state { quantity Quantity }
    event order-placed { quantity Quantity }
    action PlaceOrder(quantity Quantity = 0) creates order-placed
}
`,
		Right: `domain market

type Quantity int where value > 0

aggregate Order {
    state { quantity Quantity }
    event order-placed { quantity Quantity }
    action PlaceOrder(quantity Quantity = 1) creates order-placed
}
`,
	},
}
