package check

import "github.com/fluvius-io/fluvius-go/dsl/source"

// The codes of what is wrong in an expression. dsl/source explains each.
const (
	// Names.
	codeUnknownName  source.Code = "FLV0200"
	codeKebabName    source.Code = "FLV0201"
	codeUnknownField source.Code = "FLV0202"
	codeNoFields     source.Code = "FLV0203"
	codeBarred       source.Code = "FLV0204"
	codeNameTwice    source.Code = "FLV0205"
	codeObject       source.Code = "FLV0206"
	codeUnknownValue source.Code = "FLV0207"
	codeUnknownEnum  source.Code = "FLV0208"

	// Types.
	codeMisfit       source.Code = "FLV0210"
	codeMayBeNone    source.Code = "FLV0211"
	codeTwoNames     source.Code = "FLV0212"
	codeDiffer       source.Code = "FLV0213"
	codeNoneOfWhat   source.Code = "FLV0214"
	codeEmptyOfWhat  source.Code = "FLV0215"
	codeNeverNone    source.Code = "FLV0216"
	codeItemNone     source.Code = "FLV0217"
	codeNotConstant  source.Code = "FLV0218"
	codeNotText      source.Code = "FLV0219"
	codeNumberRange  source.Code = "FLV0220"
	codeNoKey        source.Code = "FLV0221"
	codeKeyTwice     source.Code = "FLV0222"
	codeNotStruct    source.Code = "FLV0223"
	codeMissingField source.Code = "FLV0224"
	codeRecordTwice  source.Code = "FLV0225"

	// Operators.
	codeOperand        source.Code = "FLV0230"
	codeNoOperation    source.Code = "FLV0231"
	codeCompare        source.Code = "FLV0232"
	codeIncomparable   source.Code = "FLV0233"
	codeNoOrder        source.Code = "FLV0234"
	codeBareDivision   source.Code = "FLV0235"
	codeDivisionByZero source.Code = "FLV0236"
	codePattern        source.Code = "FLV0237"
	codeBadPattern     source.Code = "FLV0238"

	// Functions and match.
	codeUnknownFunction source.Code = "FLV0240"
	codeArguments       source.Code = "FLV0241"
	codeMatchTwice      source.Code = "FLV0242"
	codeMatchMissing    source.Code = "FLV0243"
)
