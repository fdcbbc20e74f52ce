package data

import "fmt"

// The steps and places that a shipment goes through.
var (
	Steps  = []string{"received", "loaded", "unloaded", "cleared"}
	Places = [][2]string{
		{"NLRTM", "Rotterdam"}, {"SGSIN", "Singapore"}, {"NLAMS", "Amsterdam"}, {"CAVAN", "Vancouver"}, {"ESBCN", "Barcelona"},
	}
)

// Handling and Storage are the charges of event i, in cents.
func Handling(i int) int64 { return 3500 + int64(i*29%5000) }
func Storage(i int) int64  { return 1275 + int64(i*31%7000) }

// Handled is the payload of event i of a shipment, from 1: 320 bytes, give or take one for the name of a step.
func Handled(i int) string {
	place := Places[i%len(Places)]
	return fmt.Sprintf(`{"step":%q,"place":{"code":%q,"name":%q,"quay":"D 3"},`+
		`"items":[{"sku":"1%04d","quantity":%d,"price":"19.99","labels":["glass","cold"]},`+
		`{"sku":"2%04d","quantity":%d,"price":"104.50","labels":[]}],`+
		`"charges":{"handling":"%s","storage":"%s"},"at":%q,"voyage":"MX-%04d"}`,
		Steps[i%len(Steps)], place[0], place[1], i%10_000, 10+i%90, i*7%10_000, 1+i%9,
		cents(Handling(i)), cents(Storage(i)), At(i), i%10_000)
}

// At is when event i happened.
func At(i int) string {
	return fmt.Sprintf("2026-01-%02dT%02d:%02d:05.123456789Z", 1+i/24%28, i%24, i%60)
}

func cents(n int64) string { return fmt.Sprintf("%d.%02d", n/100, n%100) }

// Cargo is a shipment's first n events.
func Cargo(n int) []Event {
	events := make([]Event, 0, n)
	events = append(events, Event{"shipment-booked", `{"customer":"Lovelace & Sons","due":"2026-03-01T00:00:00Z"}`})
	for i := 1; i < n; i++ {
		events = append(events, Event{"shipment-handled", Handled(i)})
	}
	return events
}

// Total is what has been charged after a shipment's first n events, in cents.
func Total(n int) int64 {
	total := int64(0)
	for i := 1; i < n; i++ {
		total += Handling(i) + Storage(i)
	}
	return total
}

// Visits is how often a shipment was at the first of Places in its first n events.
func Visits(n int) int64 {
	visits := int64(0)
	for i := 1; i < n; i++ {
		if i%len(Places) == 0 {
			visits++
		}
	}
	return visits
}
