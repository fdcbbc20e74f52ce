package decimals

import (
	"github.com/shopspring/decimal"

	"github.com/fluvius-io/fluvius-go/runtime/value"
)

// Codec is the Codec of decimals.
func Codec() *value.Codec[decimal.Decimal] { return value.NewCodec(Append, Read) }
