package check

import "github.com/fluvius-io/fluvius-go/dsl/source"

// The codes of what is wrong with declarations. dsl/source explains each.
const (
	// Files and names.
	codeDomainName    source.Code = "FLV0100"
	codeDomainsDiffer source.Code = "FLV0101"
	codeImportTwice   source.Code = "FLV0102"
	codeUnknownImport source.Code = "FLV0103"
	codeImportPath    source.Code = "FLV0104"
	codeImportName    source.Code = "FLV0105"
	codeReserved      source.Code = "FLV0106"
	codeDeclaredTwice source.Code = "FLV0107"
	codeGoNameClash   source.Code = "FLV0108"
	codeDeclaredField source.Code = "FLV0109"
	codeFieldGoName   source.Code = "FLV0110"
	codeFieldReserved source.Code = "FLV0111"

	// Types.
	codeUnknownType   source.Code = "FLV0115"
	codeUnknownTypeV  source.Code = "FLV0116"
	codeTypeHole      source.Code = "FLV0117"
	codeRecursive     source.Code = "FLV0118"
	codeMapKey        source.Code = "FLV0119"
	codeScalarBase    source.Code = "FLV0121"
	codeNoVersions    source.Code = "FLV0122"
	codeGoReference   source.Code = "FLV0123"
	codeDefaultCircle source.Code = "FLV0124"
	codeEnumValue     source.Code = "FLV0125"
	codeEnumWire      source.Code = "FLV0126"
	codeTypePin       source.Code = "FLV0127"

	// Aggregates.
	codeStateTwice    source.Code = "FLV0130"
	codeWireName      source.Code = "FLV0131"
	codeSnapshot      source.Code = "FLV0132"
	codeDeriveCircle  source.Code = "FLV0133"
	codeInvariantName source.Code = "FLV0134"

	// Events and upcasts.
	codeEventTwice     source.Code = "FLV0135"
	codeEventHole      source.Code = "FLV0136"
	codeEventElsewhere source.Code = "FLV0137"
	codeWas            source.Code = "FLV0138"
	codeUnknownEvent   source.Code = "FLV0139"
	codeUnknownEventV  source.Code = "FLV0140"
	codeUpcastStep     source.Code = "FLV0141"
	codeUpcastTwice    source.Code = "FLV0142"
	codeUpcastMissing  source.Code = "FLV0144"

	// Folds.
	codeApplyTwice   source.Code = "FLV0150"
	codeFoldField    source.Code = "FLV0151"
	codeFoldFixed    source.Code = "FLV0152"
	codeFoldTwice    source.Code = "FLV0153"
	codeSpreadPlace  source.Code = "FLV0154"
	codeNoPlace      source.Code = "FLV0155"
	codeSpreadFit    source.Code = "FLV0156"
	codeFoldIndex    source.Code = "FLV0157"
	codeFoldOperator source.Code = "FLV0158"

	// Errors and actions.
	codeUnknownError source.Code = "FLV0160"
	codeErrorArgs    source.Code = "FLV0161"
	codeErrorCode    source.Code = "FLV0162"
	codeClauseTwice  source.Code = "FLV0163"
	codeClausePins   source.Code = "FLV0164"
	codeUndeclared   source.Code = "FLV0165"
	codeExcluded     source.Code = "FLV0166"
	codeEmitMissing  source.Code = "FLV0167"
	codeFillFit      source.Code = "FLV0168"
	codeWritesBack   source.Code = "FLV0169"
	codeNoEmit       source.Code = "FLV0170"
	codeDropped      source.Code = "FLV0171"

	// Tests.
	codeTestTwice     source.Code = "FLV0175"
	codeGivenTwice    source.Code = "FLV0176"
	codeTestByHand    source.Code = "FLV0177"
	codeUnknownAction source.Code = "FLV0178"
	codeThenClash     source.Code = "FLV0179"
	codeThenNoWhen    source.Code = "FLV0180"
	codeThenEvent     source.Code = "FLV0181"
	codeThenError     source.Code = "FLV0182"
	codeTestID        source.Code = "FLV0183"

	// Handlers.
	codeHandlerWas    source.Code = "FLV0185"
	codeHandlerKey    source.Code = "FLV0186"
	codeHandlerOption source.Code = "FLV0187"
	codeHandlerBounds source.Code = "FLV0188"
	codeHandlerByHand source.Code = "FLV0189"

	// Lint.
	lintVagueName    source.Code = "FLV0300"
	lintTense        source.Code = "FLV0301"
	lintNeverEmitted source.Code = "FLV0302"
	lintNotInBody    source.Code = "FLV0303"
	lintUnusedType   source.Code = "FLV0304"
	lintUnusedError  source.Code = "FLV0305"
	lintFloatMoney   source.Code = "FLV0306"
	lintIdleHandler  source.Code = "FLV0307"
	lintUnusedImport source.Code = "FLV0308"
	lintUnusedLet    source.Code = "FLV0309"
	lintUnusedParam  source.Code = "FLV0310"
	lintEmptyTest    source.Code = "FLV0311"
)
