package source

// loadCodes are the codes FLV0400 to FLV0409: what is wrong between domains.
var loadCodes = []CodeInfo{
	{
		Code: "FLV0400", Severity: Error, Title: "an imported domain that cannot be read",
		Explanation: "An import names the file or folder of another domain, relative to the folder of the file that imports it. " +
			"Nothing that can be read stands there.",
		Wrong: "domain shipping\n\nimport shop \"./nowhere\"\n\nhandler Pack on shop.order-placed\n",
		Right: "domain shipping\n\ntype Parcel {\n    weight int\n}\n\naggregate Shipment {\n    state { parcels []Parcel }\n    event shipment-packed { parcels []Parcel }\n    action Pack(parcels []Parcel) creates shipment-packed\n}\n",
	},
	{
		Code: "FLV0401", Severity: Error, Title: "domains that import each other in a circle",
		Explanation: "Each domain becomes a Go package, and Go packages cannot import each other in a circle. Let one of the two " +
			"listen to the other, or move what both need into a third domain.",
		Wrong: `-- shop/shop.fluv --
domain shop

import bill "../bill"

aggregate Order {
    event order-placed {
    }

    action Place() creates order-placed
}

handler Close on bill.bill-paid

-- bill/bill.fluv --
domain bill

import shop "../shop"

aggregate Bill {
    event bill-paid {
    }

    action Pay() creates bill-paid
}

handler Send on shop.order-placed
`,
		Right: `-- shop/shop.fluv --
domain shop

import bill "../bill"

aggregate Order {
    event order-placed {
    }

    action Place() creates order-placed
}

handler Close on bill.bill-paid

-- bill/bill.fluv --
domain bill

aggregate Bill {
    event bill-paid {
    }

    action Pay() creates bill-paid
}
`,
	},
}
