//go:build goexperiment.jsonv2

// Run it with GOEXPERIMENT=jsonv2: until the standard library's second JSON package is part of every Go, it is built
// only so.

package value_test

import (
	"encoding/json/jsontext"
	jsonv2 "encoding/json/v2"
	"strings"
	"testing"

	"github.com/fluvius-io/fluvius-go/runtime/value"
	"github.com/stretchr/testify/require"
)

// FuzzStrictAgainstJSONv2: we accept exactly what encoding/json/v2 accepts with unknown fields refused, save for
// null, missing fields and what is nested too deep, and read it as the same.
func FuzzStrictAgainstJSONv2(f *testing.F) {
	for _, text := range []string{`{"product":"p","quantity":1,"weight":2.5}`, `{"weight":1e2,"product":"\u00e4","quantity":-0}`,
		`{"product":"p","product":"q","quantity":1,"weight":1}`, `{"product":"\ud800","quantity":1,"weight":1}`,
		`{"product":"p","quantity":1.0,"weight":1}`, `{"Product":"p","quantity":1,"weight":1}`, `{"product":"p","quantity":1,"weight":1e999}`,
		`{"product":null,"quantity":1,"weight":1}`, ` { "product" : "p" , "quantity" : 1 , "weight" : 1 } x`} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r := value.NewReader(text)
		got := readLine(r)
		ours := r.End()
		var want struct {
			Product  *string  `json:"product"`
			Quantity *int64   `json:"quantity"`
			Weight   *float64 `json:"weight"`
		}
		theirs := jsonv2.Unmarshal([]byte(text), &want, jsonv2.RejectUnknownMembers(true))
		if ours == nil {
			require.NoError(t, theirs)
			require.Equal(t, got.Product, *want.Product)
			require.Equal(t, int64(got.Quantity), *want.Quantity)
			if want.Weight != nil { // it has a default
				require.Equal(t, got.Weight, *want.Weight)
			}
			return
		}
		complete := want.Product != nil && want.Quantity != nil && !strings.Contains(text, "null")
		require.False(t, theirs == nil && complete, ours)
	})
}

// FuzzSyntaxAgainstJSONText compares what is JSON with jsontext, which checks UTF-8 and surrogates too. It also
// refuses names that are there twice; in raw JSON we let them pass.
func FuzzSyntaxAgainstJSONText(f *testing.F) {
	addTexts(f)
	f.Fuzz(func(t *testing.T, text string) {
		r := value.NewReader(text)
		r.JSON()
		theirs := jsontext.Value(text).IsValid(jsontext.AllowDuplicateNames(true))
		if strings.Count(text, "[")+strings.Count(text, "{") <= value.MaxDepth {
			require.Equal(t, theirs, r.End() == nil, r.Err())
		}
	})
}
